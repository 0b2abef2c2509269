"""A record learned to a date and predicted from there, with no further look, against persistence and base rate."""
