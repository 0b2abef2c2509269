"""Scenario files: strict YAML in, checked scenarios out, and what they compile to."""
