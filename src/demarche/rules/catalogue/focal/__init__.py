"""What the focal state decides at home and towards others, and what moves it inwardly."""
