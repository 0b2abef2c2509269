"""Comparison: paired differences, their intervals, and how many runs they need."""
