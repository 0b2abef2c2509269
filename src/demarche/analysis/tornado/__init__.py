"""Which number moves what: every uncertain number to both ends of its prior, one at a time."""
