"""How commands speak: consoles, tables, numbers, progress, summaries."""
