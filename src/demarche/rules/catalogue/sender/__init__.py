"""Senders: will, channels, message, credit and levers."""
