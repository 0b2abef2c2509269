"""Decisions of non-governmental organisations and of their donors."""

from __future__ import annotations

from demarche.world.decisions.decision import UNIT_NOISE, Decision
from demarche.world.kinds import PRICES, TACTICS

NGO_DECISIONS: tuple[Decision, ...] = (
    Decision(
        "ngo_focus", ("ngo", "issue"), ("leave", "work"), "year", "deciding", UNIT_NOISE,
        "on which issue area a group works this year", among="ngo_is_open", most=1,
    ),
    Decision(
        "ngo_tactic", ("ngo",), TACTICS, "quarter", "deciding", UNIT_NOISE,
        "what a group does this quarter, up to two tactics that its means can pay", among="ngo_is_open", most=2,
        prices=PRICES, purse="ngo_free",
    ),
    Decision(
        "ngo_ally", ("ngo",), ("stay_alone", "join"), "year", "deciding", UNIT_NOISE,
        "whether a group belongs to a joint campaign this year", among="ngo_is_open",
    ),
    Decision(
        "ngo_circulate", ("ngo",), ("leave", "carry"), "quarter", "deciding", UNIT_NOISE,
        "whether a group carries home what committees found and others took up", among="ngo_is_open",
    ),
    Decision(
        "complaint", ("ngo",), ("none", "file_labour", "ask_inspection"), "year", "deciding", UNIT_NOISE,
        "whether a group that has standing files a complaint", among="ngo_is_open",
    ),
    Decision(
        "grant", ("donor",), ("none", "groups", "state_organs", "both"), "year", "deciding", UNIT_NOISE,
        "to whom a donor gives this year",
    ),
)  # fmt: skip
