"""The causal graph as the rules draw it: what moves what, measured on their bodies, and what reaches an outcome."""
