"""Accounts: coherent readings of one world."""
