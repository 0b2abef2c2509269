"""Experiments: the file that asks for runs, the table of runs, the runner and the store."""
