"""The ledger: which runs a folder is to hold, and what became of each."""
