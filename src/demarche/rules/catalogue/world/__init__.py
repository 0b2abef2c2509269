"""Rules of what nobody decides."""
