"""The patterns by trade, one module a family."""
