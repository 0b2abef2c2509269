"""From an experiment file to the table of runs."""
