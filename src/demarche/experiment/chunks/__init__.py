"""Chunks of runs: simulated and written by this process, by workers or on a cluster."""
