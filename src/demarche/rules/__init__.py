"""The catalogue of rules, the accounts, and the contract that rules keep."""
