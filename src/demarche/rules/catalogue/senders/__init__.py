"""Rules of sender governments."""
