"""Coalitions: sponsors, blocs, canvass and votes."""
