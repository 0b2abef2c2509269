"""The world: axes, fields, decisions, levers, cast and calendar."""
