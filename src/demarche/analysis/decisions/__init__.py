"""What actors decide: how often each option of each decision is taken."""
