"""What citizens, officials and firms decide."""

from __future__ import annotations

from demarche.world.decisions.decision import Decision

SOCIETY_DECISIONS: tuple[Decision, ...] = ()
