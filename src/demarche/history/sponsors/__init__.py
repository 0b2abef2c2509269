"""Who puts its name to a motion on the focal state: lists on record, a model of them, what it is held against."""
