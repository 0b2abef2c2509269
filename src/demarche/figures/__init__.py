"""Figures: tidy tables in, Matplotlib figures out."""
