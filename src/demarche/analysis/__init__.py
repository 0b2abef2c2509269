"""Analysis: tables of a batch, the historical record, patterns and their verdicts."""
