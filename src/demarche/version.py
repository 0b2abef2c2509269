"""The version, which everything that is written names."""

from __future__ import annotations

__version__ = "0.1.0"
