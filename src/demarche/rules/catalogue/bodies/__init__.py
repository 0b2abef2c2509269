"""Rules of UN bodies and lenders."""
