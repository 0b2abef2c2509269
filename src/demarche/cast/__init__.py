"""The cast of a case: who and what is in the world, read from files and checked as a whole."""
