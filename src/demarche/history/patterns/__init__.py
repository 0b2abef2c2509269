"""Patterns of the record as checks on output tables."""
