"""Fields of the focal state: issue areas, regime, treaties, society."""

from __future__ import annotations

from demarche.world.field_spec import FieldSpec, event, share

ISSUE = ("issue",)
TREATY = ("treaty",)
WORLD: tuple[str, ...] = ()

ISSUE_FIELDS: tuple[FieldSpec, ...] = (
    share("tractability", ISSUE, "how movable the documents rate the issue area", "data", "issue"),
    share("threatens_monopoly", ISSUE, "how far the issue touches the ruling monopoly", "data", "issue"),
    share("home_support", ISSUE, "support for the cause inside the focal state", "data", "issue"),
    share("foreign_interest", ISSUE, "support for the cause abroad", "data", "issue"),
    FieldSpec("is_core", ISSUE, "0 or 1", 0, 1, "belongs to the civil-political core", "data", "cast"),
    FieldSpec("is_overlap", ISSUE, "0 or 1", 0, 1, "political rights used for social claims", "data", "cast"),
    FieldSpec("is_social", ISSUE, "0 or 1", 0, 1, "economic and social rights", "data", "cast"),
    FieldSpec("is_procedural", ISSUE, "0 or 1", 0, 1, "rules of procedure and custody", "data", "cast"),
    share("structural_practice", ISSUE, "level to which practice returns if nothing acts on it", "stock", "cast"),
    share("practice", ISSUE, "truth: respect for the right in fact", "stock", "issue"),
    share("formal_law", ISSUE, "respect for the right in statutes", "stock", "issue"),
    share("commitment", ISSUE, "respect for the right in treaties, texts and professions", "stock", "issue"),
    share("report", ISSUE, "report: what monitors can see of violations", "memory"),
    share("headline", ISSUE, "headline: what publics hear of violations", "memory"),
    share("recorded_practice", ISSUE, "practice as monitors record it, with their error", "memory", "cast"),
    share("issue_protest", ISSUE, "protest on the issue", "memory"),
    share("groups_on_issue", ISSUE, "local groups or third parties at work on the issue", "memory"),
    share("evidence", ISSUE, "evidence on the issue in the hands of all groups", "memory"),
    FieldSpec("issue_granted", ISSUE, "acts", 0, 1e3, "documents, plans, visits, signatures on the issue", "flow"),
)

REGIME_FIELDS: tuple[FieldSpec, ...] = (
    share("resistance", WORLD, "resistance to outside demands", initial="start"),
    share("nationalism", WORLD, "nationalism at home", initial="start"),
    share("legitimacy", WORLD, "legitimacy of the regime at home", initial="start"),
    share("fear_of_instability", WORLD, "fear of disorder among rulers and public", initial="start"),
    share("internalisation", WORLD, "norms held as one's own by officials", initial="start"),
    share("belief_costless", WORLD, "belief of the focal state that repression costs nothing", initial=0.3),
    share("extralegal_stands", WORLD, "the institution of punishment without courts stands", "memory", 1.0),
    share("welfare_claim", WORLD, "claim of success in welfare", initial=0.3),
    share("skill", WORLD, "skill in counter-moves", initial="start"),
    share("target_status", WORLD, "rank and status among states", initial="start"),
    share("soft_power", WORLD, "attraction abroad, mean over states", "memory", "start"),
    share("security_effort", WORLD, "effort of the security apparatus", initial="start"),
    share("emergency", WORLD, "emergency rule after an open challenge", "memory"),
    FieldSpec("growth_rate", WORLD, "per year", -0.2, 0.3, "economic growth", "memory", "start"),
    FieldSpec("concession_push", WORLD, "log odds", -50, 50, "what pushes every concession this month", "flow"),
)

TREATY_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("treaty_stage", TREATY, "position in TREATY_STAGES", 0, 2, "stage reached", "memory", "cast"),
    FieldSpec("treaty_is_social", TREATY, "0 or 1", 0, 1, "mainly economic, social or group rights", "data", "cast"),
    FieldSpec("treaty_months", TREATY, "months", 0, 1e4, "months since the last step", "memory", "cast"),
    event("treaty_event", TREATY, "treaty acts", ("signed", "ratified", "ratified_with_reservations")),
)

FOCAL_FIELDS = ISSUE_FIELDS + REGIME_FIELDS + TREATY_FIELDS
