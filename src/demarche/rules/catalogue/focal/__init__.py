"""The focal state: what it decides towards senders, groups, bodies, and its own people."""
