"""Votes on states: records of roll calls, a model that predicts them, and what it is held against."""
