"""The history of a case: its record, the tables of a batch, and the patterns that hold one against the other."""
