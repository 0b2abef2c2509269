"""Running an experiment into a results folder."""
