"""The home front: citizens, law, control, growth."""
