"""The catalogue of rules, the packs, and the contract that rules keep."""
