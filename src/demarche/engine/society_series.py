"""What a run leaves behind of society at home, of firms, of attraction abroad and of senders' own scandals."""

from __future__ import annotations

from demarche.engine.measured import EventKind, OutcomeSpec, SeriesSpec, events, level, over_issues

SOCIETY_SERIES: tuple[SeriesSpec, ...] = (
    SeriesSpec("issue_protest", "share", "mean protest over issue areas", over_issues("issue_protest")),
    SeriesSpec("grievance", "share", "mean grievance over issue areas", over_issues("grievance")),
    SeriesSpec("protests_ignored", "months", "months of protest sat out", events("protest_event", "ignored"), True),
    SeriesSpec(
        "protests_accommodated", "months", "months of protest bought off", events("protest_event", "accommodated"),
        True,
    ),
    SeriesSpec(
        "protests_repressed", "months", "months of protest put down", events("protest_event", "repressed"), True
    ),
    SeriesSpec("crackdowns", "times", "force used against unrest", events("crackdown_event", "cracked_down"), True),
    SeriesSpec("ways_given", "times", "unrest given way to", events("crackdown_event", "conceded"), True),
    SeriesSpec("brand_attacks", "firms", "brands held answerable", events("campaign_event", "attacked"), True),
    SeriesSpec("codes_adopted", "firms", "companies that adopted a code", events("firm_event", "adopted"), True),
    SeriesSpec("firms_lobbying", "firms", "companies that began to lobby", events("firm_event", "lobbied"), True),
    SeriesSpec(
        "own_scandals", "states", "own scandals of senders",
        events("scandal_event", "denied", "acknowledged", "repaired"), True,
    ),
    SeriesSpec("scandals_repaired", "states", "own scandals repaired", events("scandal_event", "repaired"), True),
    *(
        level(name)
        for name in ("fear_of_instability", "emergency", "censorship", "propaganda_home", "propaganda_abroad",
                     "welfare_claim", "right_to_organise", "rival_trouble")
    ),
)  # fmt: skip

SOCIETY_EVENTS: tuple[EventKind, ...] = (
    EventKind("protest", "protest_event", "issue_protest"),
    EventKind("crackdown", "crackdown_event", "protest"),
    EventKind("firm", "firm_event", "firm_code"),
    EventKind("campaign", "campaign_event", "firm_code"),
    EventKind("scandal", "scandal_event"),
    EventKind("rival", "rival_event"),
)

SOCIETY_OUTCOMES: tuple[OutcomeSpec, ...] = (
    OutcomeSpec("issue_protest", "share", "protest, mean over issue areas and months", "issue_protest", "mean"),
    OutcomeSpec("mobilisation", "share", "mobilisation of citizens, last five years", "mobilisation", "last"),
    OutcomeSpec("protests_accommodated", "months", "months of protest bought off", "protests_accommodated", "total"),
    OutcomeSpec("protests_repressed", "months", "months of protest put down", "protests_repressed", "total"),
    OutcomeSpec("crackdowns", "times", "force used against unrest", "crackdowns", "total"),
    OutcomeSpec("activist_capacity", "share", "capacity of activists, last five years", "activist_capacity", "last"),
    OutcomeSpec("awareness", "share", "awareness of rights, last five years", "awareness", "last"),
    OutcomeSpec("legitimacy", "share", "legitimacy at home, last five years", "legitimacy", "last"),
    OutcomeSpec("security_effort", "share", "outlays on order, last five years", "security_effort", "last"),
    OutcomeSpec("corporate_codes", "share", "codes of foreign brands, last five years", "corporate_codes", "last"),
    OutcomeSpec("attraction", "share", "attraction relative to the critic, last five years", "soft_power", "last"),
    OutcomeSpec("own_scandals", "states", "own scandals of senders", "own_scandals", "total"),
)
