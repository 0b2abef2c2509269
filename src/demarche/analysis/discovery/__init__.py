"""Scenario discovery: under which conditions one arm ends above another."""
