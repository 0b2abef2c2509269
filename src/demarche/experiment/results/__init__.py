"""Results folders: opened, exported, repeated."""
