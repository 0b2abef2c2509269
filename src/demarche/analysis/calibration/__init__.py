"""What the record can teach an account: a bank of prior runs, history matching, and the posterior that is left."""
