"""Pressure: voices, occasions, trade conditions, named persons."""
