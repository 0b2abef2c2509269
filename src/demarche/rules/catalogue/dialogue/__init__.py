"""Dialogues: offers, acceptance, rounds, effects and ends."""
