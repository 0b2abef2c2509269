"""Documentation: what groups find out, what monitors and publics get to know, what reaches agendas."""

from __future__ import annotations

from demarche.accounts.account import T3
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength
from demarche.rules.kit.arithmetic import approach, clip_share


@rule(
    "ngo.fieldwork",
    "Groups gather evidence where they look, have means, and get in.",
    claims=("NGO-01", "NGO-02", "NGO-10"),
    accounts=ALL,
    phase="documenting",
    reads=("ngo_attention", "ngo_budget", "ngo_access", "ngo_is_active", "lever_monitor_access", "practice"),
    writes=("ngo_evidence",),
    parameters=(
        strength("evidence gathered a month by a group with full attention, means and access",
                 "NGO-10; assumption: a third of what could be known with middling means", default=0.1, high=0.3,
                 unit="share per month"),
    ),
)
def fieldwork(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: access scales all."""
    effort = strength * (w.ngo_budget * w.ngo_access) ** 0.5 * w.ngo_is_active * w.lever_monitor_access
    found = effort[:, None, :] * w.ngo_attention * (1.0 - w.practice)
    w.ngo_evidence += found * (1.0 - w.ngo_evidence)


@rule(
    "ngo.evidence_ages",
    "Evidence that is not renewed loses its force.",
    claims=("NGO-02", "TGT-26"),
    accounts=ALL,
    phase="bookkeeping",
    writes=("ngo_evidence",),
    parameters=(
        strength("speed of ageing, multiple of the half-life's rate",
                 "assumption: 1 is the half-life itself"),
        Parameter("half_life", 18.0, 6.0, 36.0, "months", "half-life of evidence",
                  "NGO-02; assumption: a year and a half"),
    ),
)
def evidence_ages(w: Fields, now: Moment, *, strength: Array, half_life: Array) -> None:
    """Limits: one half-life for all."""
    w.ngo_evidence *= 2.0 ** (-strength / half_life)


@rule(
    "ngo.reports",
    "Monitors see violations as far as somebody documented them; closer watch makes the record look worse.",
    claims=("NGO-01", "NGO-10", "UNB-17"),
    accounts=ALL,
    phase="documenting",
    after=("ngo.fieldwork",),
    reads=("ngo_evidence", "ngo_is_active", "practice"),
    writes=("report",),
    parameters=(
        strength("share of the way to what is documented that a month makes up",
                 "assumption: reports appear within half a year",
                 default=0.2, high=0.4, unit="per month"),
        Parameter("seen_anyway", 0.1, 0.0, 0.3, "share", "share of violations seen without any group",
                  "NGO-01: near nothing; assumption"),
        Parameter("half_seen", 0.3, 0.1, 0.8, "evidence", "summed evidence with which half is seen",
                  "assumption: one well-placed group"),
    ),
)
def reports(w: Fields, now: Moment, *, strength: Array, seen_anyway: Array, half_seen: Array) -> None:
    """Limits: one monitor."""
    evidence = (w.ngo_evidence * w.ngo_is_active[:, None, :]).sum(axis=0)
    seen = seen_anyway + (1.0 - seen_anyway) * evidence / (evidence + half_seen)
    approach(w.report, seen * (1.0 - w.practice), strength.clip(0.0, 1.0))


@rule(
    "ngo.headlines",
    "Publics abroad hear of what is reported, as far as they care and media carry it.",
    claims=("NGO-02", "NGO-01", "TGT-26"),
    accounts=ALL,
    phase="documenting",
    after=("ngo.reports",),
    reads=("report", "foreign_interest", "media_visibility", "emergency"),
    writes=("headline",),
    parameters=(
        strength("share of the way to the reported level that a month makes up",
                 "assumption: news moves faster than reports",
                 default=0.4, high=0.8, unit="per month"),
    ),
)
def headlines(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: shared media."""
    carried = w.foreign_interest * (w.media_visibility + 0.5 * w.emergency) * w.report
    approach(w.headline, carried, strength.clip(0.0, 1.0))
    clip_share(w.headline)


@rule(
    "ngo.agenda",
    "What is documented and heard of gets a place on senders' agendas; the rest stays off.",
    claims=("NGO-01", "NGO-02", "NGO-10"),
    accounts=ALL,
    phase="documenting",
    after=("ngo.headlines",),
    reads=("headline", "report"),
    writes=("agenda",),
    parameters=(
        strength("share of the way to the headlines that a month makes up",
                 "NGO-02; assumption: pressure follows in a year",
                 default=0.1, high=0.3, unit="per month"),
        Parameter("desk", 0.4, 0.0, 1.0, "share", "weight of reports that no headline carried",
                  "NGO-10; assumption"),
    ),
)
def agenda(w: Fields, now: Moment, *, strength: Array, desk: Array) -> None:
    """Limits: all senders share it."""
    approach(w.agenda, 1.2 * w.headline + desk * w.report, strength.clip(0.0, 1.0))
    clip_share(w.agenda)


@rule(
    "ngo.territory",
    "A freer territory next door gives groups a post for research, briefing and visitors.",
    claims=("NGO-21", "NGO-22", "NGO-38"),
    accounts=(T3,),
    phase="documenting",
    reads=("ngo_network", "ngo_access"),
    writes=("ngo_access_change",),
    calendar=("handover",),
    parameters=(
        strength("gain of access a month for a group with many ties", "NGO-22; assumption: 0.1 in five years",
                 default=0.004,
                 high=0.012, unit="per month"),
    ),
)
def territory(w: Fields, now: Moment, *, strength: Array) -> None:
    """Limits: from the handover on."""
    inside = float(now.months_since("handover") < float("inf"))
    w.ngo_access_change += strength * inside * w.ngo_network * (1.0 - w.ngo_access)


@rule(
    "ngo.news_fades",
    "Reach of reporting returns to a standing level after a shock.",
    claims=("TGT-26", "NGO-01"),
    accounts=ALL,
    phase="bookkeeping",
    reads=("media_visibility",),
    writes=("media_visibility_change",),
    parameters=(
        strength("share of the distance made up in a month", "assumption: half-life near two years",
                 default=0.03, high=0.1,
                 unit="per month"),
        Parameter("standing", 0.5, 0.3, 0.7, "share", "standing reach of reporting",
                  "TGT-26; assumption: below that of 1989"),
    ),
)
def news_fades(w: Fields, now: Moment, *, strength: Array, standing: Array) -> None:
    """Limits: level does not move."""
    w.media_visibility_change += strength * (standing - w.media_visibility)
