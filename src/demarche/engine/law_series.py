"""What a run leaves behind of reform, law and treaties: series, events and outcomes."""

from __future__ import annotations

from demarche.engine.measured import EventKind, OutcomeSpec, SeriesSpec, events, issue_mean
from demarche.world.axes import ISSUE_GROUPS

LEVELS = {"recorded": "practice as recorded", "structural": "standing level of practice"}

LAW_SERIES: tuple[SeriesSpec, ...] = (
    SeriesSpec(
        "procedural_practice", "share", "mean practice in procedure and custody",
        issue_mean("practice", "is_procedural"),
    ),
    *(
        SeriesSpec(
            f"{kind}_{group}", "share", f"{what}, mean over {group} issues",
            issue_mean(f"{kind}_practice", f"is_{group}"),
        )
        for kind, what in LEVELS.items()
        for group in ISSUE_GROUPS
    ),
    SeriesSpec("loosened", "issues", "issue areas loosened", events("reform_event", "loosened"), True),
    SeriesSpec("tightened", "issues", "issue areas tightened", events("reform_event", "tightened"), True),
    SeriesSpec("statutes", "acts", "statutes enacted", events("law_event", "statute"), True),
    SeriesSpec("documents", "acts", "programmes and clauses that name rights", events("law_event", "document"), True),
    SeriesSpec("plans", "acts", "plans adopted", events("law_event", "plan"), True),
    SeriesSpec("signatures", "acts", "treaties signed", events("treaty_event", "signed"), True),
    SeriesSpec(
        "reservations", "acts", "ratifications with reservations",
        events("treaty_event", "ratified_with_reservations"), True,
    ),
    SeriesSpec(
        "documents_granted", "acts", "documents and plans on issues somebody asks about",
        lambda month: month["documents_granted"], True,
    ),
)  # fmt: skip

LAW_EVENTS: tuple[EventKind, ...] = (
    EventKind("reform", "reform_event", "structural_practice"),
    EventKind("law", "law_event", "formal_law"),
    EventKind("custody", "custody_event"),
)

LAW_OUTCOMES: tuple[OutcomeSpec, ...] = (
    OutcomeSpec(
        "recorded_core", "share", "civil-political practice as recorded, last five years", "recorded_core", "last"
    ),
    OutcomeSpec(
        "recorded_core_change", "share", "change of civil-political practice as recorded", "recorded_core", "change"
    ),
    OutcomeSpec(
        "overlap_practice_change", "share", "change of practice where political rights serve social claims",
        "overlap_practice", "change",
    ),
    OutcomeSpec(
        "procedural_practice_change", "share", "change of practice in procedure and custody", "procedural_practice",
        "change",
    ),
    OutcomeSpec(
        "structural_core_change", "share", "change of the standing level of civil-political practice",
        "structural_core", "change",
    ),
    OutcomeSpec("statutes", "acts", "statutes enacted", "statutes", "total"),
    OutcomeSpec("documents", "acts", "programmes and clauses that name rights", "documents", "total"),
    OutcomeSpec("plans", "acts", "plans adopted", "plans", "total"),
    OutcomeSpec("reservations", "acts", "ratifications with reservations", "reservations", "total"),
    OutcomeSpec("signatures", "acts", "concessions by signature: treaties signed", "signatures", "total"),
    OutcomeSpec(
        "documents_granted", "acts", "concessions by document: on issues somebody asks about", "documents_granted",
        "total",
    ),
    OutcomeSpec(
        "extralegal_stands", "share", "punishment without courts stands, mean over all months", "extralegal_stands",
        "mean",
    ),
)  # fmt: skip
