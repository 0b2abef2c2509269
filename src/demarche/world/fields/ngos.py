"""Fields of non-governmental organisations and donors: what kind they are, means, evidence, standing."""

from __future__ import annotations

from demarche.world.field_spec import FieldSpec, event, share

WORLD: tuple[str, ...] = ()
NGO = ("ngo",)
ISSUE = ("issue",)
TACTIC = ("option:ngo_tactic",)

NGO_TURNS = ("opened", "closed", "allied", "left_alliance", "admitted", "barred")

KIND_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("ngo_is_active", NGO, "0 or 1", 0, 1, "the organisation works this year", "data", "cast"),
    share("ngo_attention", (*NGO, *ISSUE), "weight an NGO gives to an issue area", "data", "cast"),
    FieldSpec("ngo_fit", (*TACTIC, *NGO), "ratio of odds", 0, 8, "how readily its kind uses a tactic", "data", "cast"),
    share("ngo_joins", NGO, "how far its voice is that of local people or third parties", "data", "cast"),
    FieldSpec("ngo_is_cooperative", NGO, "0 or 1", 0, 1, "works with the authorities' consent", "data", "cast"),
    FieldSpec("ngo_is_sheltered", NGO, "0 or 1", 0, 1, "works where no doors are shut to it", "data", "cast"),
    FieldSpec("ngo_is_next_door", NGO, "0 or 1", 0, 1, "works in a freer territory next door", "data", "cast"),
    FieldSpec("ngo_is_regional", NGO, "0 or 1", 0, 1, "of the region: briefs neighbours, shows their example", "data",
              "cast"),
    FieldSpec("ngo_is_union", NGO, "0 or 1", 0, 1, "may file complaints on labour", "data", "cast"),
    FieldSpec("ngo_is_campaigner", NGO, "0 or 1", 0, 1, "may ask for an inspection of a project", "data", "cast"),
    FieldSpec("tactic_cost", TACTIC, "work-quarters", 0, 10, "cost of a tactic", "data", "cast"),
    FieldSpec("ngo_reserve", NGO, "work-quarters", 0, 20, "means that it keeps at most", "data", "cast"),
    share("donor_pot", ("donor",), "part of donors' money that it gives", "data", "cast"),
    FieldSpec("donor_lean", ("donor",), "ratio of odds", 0, 20, "leaning to independent groups", "data", "cast"),
)

GROUP_FIELDS: tuple[FieldSpec, ...] = (
    share("ngo_budget", NGO, "means of the organisation at the start, 1 is ample", "data", "cast"),
    share("ngo_access", NGO, "access to places, people and forums", initial="cast"),
    share("ngo_access_usual", NGO, "access that its post allows", "data", "cast"),
    share("ngo_network", NGO, "ties to other groups", initial="cast"),
    FieldSpec("ngo_purse", NGO, "work-quarters", -10, 40, "means in hand", "memory", "cast"),
    FieldSpec("ngo_free", NGO, "work-quarters", 0, 40, "means that may be spent on work", "memory", "cast"),
    FieldSpec("ngo_is_open", NGO, "0 or 1", 0, 1, "works and has not closed", "memory"),
    FieldSpec("ngo_has_closed", NGO, "0 or 1", 0, 1, "has closed for want of money", "memory"),
    FieldSpec("ngo_short", NGO, "quarters", 0, 100, "quarters in a row with means below nothing", "memory"),
    FieldSpec("ngo_focus", NGO, "position of the issue", 0, 99, "issue area that it works on", "memory", "cast"),
    share("ngo_evidence", (*NGO, *ISSUE), "evidence in hand", "memory"),
    share("ngo_yield", (*TACTIC, *NGO, *ISSUE), "remembered part of a tactic's full effect", "memory", 0.5),
    share("ngo_results", NGO, "effect of its work over the past year", "memory"),
    share("ngo_visibility", NGO, "how far it made news over the past year", "memory"),
    FieldSpec("ngo_standing", NGO, "-1 to 1", -1, 1, "barred, tolerated or admitted by the focal state", "memory"),
    FieldSpec("ngo_is_allied", NGO, "0 or 1", 0, 1, "belongs to a joint campaign", "memory"),
    event("ngo_event", NGO, "turns of groups", NGO_TURNS),
    event("report_event", (*NGO, *ISSUE), "what groups put before the world", ("documented",)),
    event("filing_event", NGO, "complaints that groups file", ("labour", "inspection")),
    event("grant_event", ("donor",), "grants of the year", ("groups", "state_organs", "both")),
)

WORK_FIELDS: tuple[FieldSpec, ...] = (
    share("backing", WORLD, "work of groups that reaches activists inside, over the past year", "memory"),
    share("trained_activists", WORLD, "training of activists, over the past year", "memory"),
    FieldSpec("state_grants", WORLD, "work-quarters", 0, 60, "grants to state organs, a quarter", "memory"),
    share("circumvention", WORLD, "support for getting round censorship, over the past year", "memory"),
    share("carried_home", WORLD, "how far groups carried findings home over the past year", "memory"),
    share("examples_known", ISSUE, "what people inside know of rights won next door, fading", "memory"),
    share("official_training", WORLD, "training of officials paid from outside, over the past year", "memory"),
    share("neighbours_briefed", WORLD, "what neighbouring governments know from their own groups, fading", "memory"),
    FieldSpec("person_defended", ("person",), "step", -1, 1e4, "last step in which a partnered defence counts",
              "memory",
              -1.0),
)

NGO_FIELDS = KIND_FIELDS + GROUP_FIELDS + WORK_FIELDS
