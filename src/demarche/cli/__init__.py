"""The command line: the only layer that prints or exits."""

from __future__ import annotations
