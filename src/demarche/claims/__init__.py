"""The register of claims: what five documents hold about the world, and where they disagree."""

from __future__ import annotations

from demarche.claims.register import Claim, Disposition, Register, Source, load_register

__all__ = ["Claim", "Disposition", "Register", "Source", "load_register"]
