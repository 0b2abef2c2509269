"""Reform of issue areas, year by year, and what pushes it."""
