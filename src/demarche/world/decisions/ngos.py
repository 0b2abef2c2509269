"""What NGOs and their donors decide."""

from __future__ import annotations

from demarche.world.decisions.decision import Decision

NGO_DECISIONS: tuple[Decision, ...] = ()
