"""What made the difference between two arms with the same luck."""
