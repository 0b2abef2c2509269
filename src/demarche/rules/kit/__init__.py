"""Shared arithmetic of rules."""
