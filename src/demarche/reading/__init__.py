"""The reading room: strict YAML and CSV in, plain data with marks out, all problems of a file at once."""
