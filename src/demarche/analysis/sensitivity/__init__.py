"""Sensitivity: which parameter decides an outcome."""
