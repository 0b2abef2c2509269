"""The explorer of a lecture: two arms of a scenario, and a fan of their differences that grows and sharpens."""
