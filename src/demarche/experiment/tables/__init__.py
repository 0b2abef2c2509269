"""Tables on disk: files that are complete or absent, columns with units, Parquet."""
