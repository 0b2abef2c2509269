"""The focal state's answers."""
