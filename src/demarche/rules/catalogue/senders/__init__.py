"""Rules of sender governments: what they attend to, say, ask, do and remember."""
