"""Sender governments: what they say, ask and answer for."""
