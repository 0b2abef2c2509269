"""Simple generators of output tables, to stand beside accounts: persistence, weighted mean, two blocs."""
