"""Fields of reform, law and treaties: what the focal state has decided, and what that sets in motion."""

from __future__ import annotations

from demarche.world.field_spec import FieldSpec, event, share

WORLD: tuple[str, ...] = ()
ISSUE = ("issue",)
TREATY = ("treaty",)
ONES = "0 or 1"

REFORM_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("is_work", ISSUE, ONES, 0, 1, "working conditions, which codes of firms reach", "data", "cast"),
    FieldSpec("is_custody", ISSUE, ONES, 0, 1, "custody without courts, the institution's own issue", "data", "cast"),
    FieldSpec("freeze", ISSUE, "multiplier", 0, 10, "what the monopoly at stake leaves of a push to loosen", "memory",
              1.0),
    FieldSpec("freeze_of_tightening", ISSUE, "multiplier", 0, 10, "what it leaves of a push to tighten", "memory",
              1.0),
    FieldSpec("pressure_yield", WORLD, "multiplier", 0, 10, "what skill in counter-moves leaves of a public word, "
              "and what its argument adds or takes", "memory", 1.0),
    share("demands", WORLD, "what mobilised citizens demand of their rulers", "memory", 0.3),
    share("reform_gain", ISSUE, "gain of the last reform in standing practice", "memory"),
    FieldSpec("recording_error", WORLD, "share", -1, 1, "error of this year's scores of practice", "memory"),
    event("reform_event", ISSUE, "reforms", ("tightened", "loosened")),
    share("paper_gain", ISSUE, "gain of statutes on paper that has not had time to reach practice", "memory"),
    FieldSpec("paper_months", ISSUE, "months", 0, 600, "time left in which it reaches practice", "memory"),
    event("law_event", ISSUE, "acts of a congress", ("statute", "document", "plan")),
    FieldSpec("documents_granted", WORLD, "acts", 0, 1e4, "documents and plans on issues somebody asks about", "flow"),
    FieldSpec("document_adopted", WORLD, ONES, 0, 1, "the leadership has adopted a document on rights", "memory"),
    FieldSpec("plan_months", WORLD, "months", 0, 600, "time left of the plan that runs", "memory"),
    share("official_programmes", WORLD, "programmes for officials, judges and legislators", "memory"),
    FieldSpec("custody_open", ISSUE, ONES, 0, 1, "the institution may be decided on here", "memory"),
    event("custody_event", ISSUE, "fate of punishment without courts", ("renamed", "abolished")),
    FieldSpec("treaty_open", TREATY, ONES, 0, 1, "a next step of the treaty is open", "memory", 1.0),
    FieldSpec("treaty_reserved", TREATY, ONES, 0, 1, "ratified with reservations", "memory"),
    FieldSpec("treaty_covers", (*TREATY, *ISSUE), ONES, 0, 1, "the treaty binds on the issue", "data", "cast"),
    FieldSpec("adoption_speed", WORLD, "multiplier", 0, 10, "speed at which adopted norms spread", "memory", 1.0),
    FieldSpec("conviction_speed", WORLD, "multiplier", 0, 100, "speed at which contact becomes conviction", "memory",
              1.0),
    share("internalisation_at_start", WORLD, "conviction at the start", "memory", "cast"),
    share("resistance_at_start", WORLD, "resistance at the start", "memory", "cast"),
    share("nationalism_at_start", WORLD, "nationalism at the start", "memory", "cast"),
    share("belief_costless_at_start", WORLD, "belief that repression costs nothing, at the start", "memory", "cast"),
    share("skill_at_start", WORLD, "skill in counter-moves at the start", "memory", "cast"),
    share("welfare_at_start", WORLD, "mean practice in social issues at the start", "memory", "cast"),
)  # fmt: skip
