"""Rules of the focal state."""
