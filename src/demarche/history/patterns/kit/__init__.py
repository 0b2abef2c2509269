"""Arithmetic that measures share."""
