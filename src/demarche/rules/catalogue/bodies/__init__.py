"""UN bodies and lenders: what they decide, and what follows from it."""
