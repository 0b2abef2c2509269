"""Patterns of sponsorship and lobbying: P09 to P14, P16."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demarche.history.patterns.contract import Few, Pattern, PatternKeys, Reads
from demarche.history.patterns.kit.lines import cell
from demarche.history.patterns.kit.lists import (
    exposure,
    first_pivotal_exits,
    shares_leaving,
    sponsor_lists,
    votes_after_exit,
)
from demarche.history.patterns.view import BASELINE, NotMeasured, View

if TYPE_CHECKING:
    import pandas as pd

SPONSOR = {"sponsor": "actor: state; detail: lead, sponsor, left"}
MOTION = {"motion": "detail: not_tabled or fate"}
DIALOGUE = {"dialogue": "actor: state; detail: started, suspended, resumed"}
MAJORITY = "majority_rule"


class ExSponsorsKeys(PatternKeys):
    """Keys of P09: sessions after the exit that count."""

    sessions: Few


class CascadeKeys(PatternKeys):
    """Keys of P10 and P11: what makes an exit pivotal, and the months within which others follow."""

    list_at_least: Few
    sessions_at_least: Few
    months: Few


class SpanKeys(PatternKeys):
    """Keys of patterns with one span of months."""

    months: Few


def ex_sponsors(view: View, keys: ExSponsorsKeys) -> pd.Series[float]:
    """P09: share of yes among the first votes of states that stopped sponsoring."""
    view.events("sponsor", keys.years)
    votes = votes_after_exit(view.arm(), keys.years, keys.sessions)
    return view.per_run((votes["detail"] == "yes").groupby(votes["run"]).mean())


def followers(view: View, keys: CascadeKeys, role: str = BASELINE) -> pd.Series[float]:
    """P10: share of the other sponsors gone some months after the first pivotal exit; 0 without such an exit."""
    view.events("sponsor", keys.years, role)
    lists = sponsor_lists(view.arm(role), keys.years)
    pivots = first_pivotal_exits(lists, keys.list_at_least, keys.sessions_at_least)
    return view.per_run(shares_leaving(lists, pivots, keys.months), 0.0, role)


def unanimity(view: View, keys: CascadeKeys) -> pd.Series[float]:
    """P11: share gone under unanimity minus share gone with a majority rule, same luck."""
    gone = view.paired({role: followers(view, keys, role) for role in (BASELINE, MAJORITY)})
    return gone[BASELINE] - gone[MAJORITY]


def punished_leads(view: View, keys: SpanKeys) -> pd.Series[float]:
    """P12: rate of punishment of states that led, within so many months over later, one half added to each count."""
    acts = view.events("retaliation", keys.years)
    runs = view.arm()
    leads = runs.events_of("sponsor", keys.years)
    leads = leads[leads["detail"] == "lead"][["run", "actor", "step"]].rename(columns={"step": "led"})
    if leads.empty:
        raise NotMeasured("no state led a motion")
    last = runs.steps(*keys.years)[1]
    pairs = leads.merge(acts[acts["detail"] == "punished"], on=["run", "actor"])
    wait = pairs["step"] - pairs["led"]
    soon = wait.between(0, keys.months).groupby(pairs["run"]).sum()
    late = (wait > keys.months).groupby(pairs["run"]).sum()
    left = last - leads["led"]
    time = left.clip(0, keys.months).groupby(leads["run"]).sum()
    later = (left - keys.months).clip(lower=0).groupby(leads["run"]).sum()
    rates = (soon.reindex(time.index, fill_value=0) + 0.5) / (time + 1.0)
    return view.per_run(rates / ((late.reindex(time.index, fill_value=0) + 0.5) / (later + 1.0)))


def needs_first(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P13: rate of tabling at sessions of high over that at sessions of low security salience (within the run)."""
    sessions = view.events("motion", keys.years)
    salience = view.monthly("security_salience", keys.years)
    levels = [cell(salience, run, step) for run, step in zip(sessions["run"], sessions["step"], strict=True)]
    rows = sessions.assign(salience=levels)
    high = rows["salience"] > rows.groupby("run")["salience"].transform("median")
    tabled = (rows["detail"] != "not_tabled").astype(float)
    at_high = tabled.where(high).groupby(rows["run"]).mean()
    at_low = tabled.where(~high).groupby(rows["run"]).mean()
    return view.per_run(at_high / at_low.where(at_low > 0))


def tours(view: View, keys: SpanKeys) -> pd.Series[float]:
    """P14: share of lobbying visits within so many months before a session."""
    visits = view.events("lobby", keys.years)
    sessions = view.dated("session")
    before = np.array([((sessions - step >= 0) & (sessions - step <= keys.months)).any() for step in visits["step"]])
    return view.per_run(visits.assign(before=before.astype(float)).groupby("run")["before"].mean())


def sponsoring_ratio(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P16: rate of sponsoring with over without a running dialogue, Mantel-Haenszel over the sessions of a run.

    Among states that ever sponsored, so that changes that touch all alike cancel; one half added to both sums.
    """
    view.events("dialogue", keys.years)
    risk = exposure(view.arm(), keys.years)
    talks = risk["talks"] > 0
    strata = [risk["run"], risk["step"]]
    n1, n0 = talks.groupby(strata).sum(), (~talks).groupby(strata).sum()
    n = n0 + n1
    above = ((risk["sponsors"] * talks).groupby(strata).sum() * n0 / n).groupby("run").sum()
    below = ((risk["sponsors"] * ~talks).groupby(strata).sum() * n1 / n).groupby("run").sum()
    both = (n1 * n0 > 0).groupby("run").any()
    return view.per_run(((above + 0.5) / (below + 0.5)).where(both))


P09 = Pattern("P09", ExSponsorsKeys, ex_sponsors, Reads({**SPONSOR, "vote_no_action": "actor, detail: the vote"}))
P10 = Pattern("P10", CascadeKeys, followers, Reads(SPONSOR))
P11 = Pattern("P11", CascadeKeys, unanimity, Reads(SPONSOR, arms=(BASELINE, MAJORITY)))
P12 = Pattern("P12", SpanKeys, punished_leads, Reads({**SPONSOR, "retaliation": "actor: state; detail: punished"}))
P13 = Pattern("P13", PatternKeys, needs_first, Reads(MOTION, {"security_salience": "security in world affairs, 0-1"}))
P14 = Pattern("P14", SpanKeys, tours, Reads({"lobby": "actor: government visited"}, calendar=("session",)))
P16 = Pattern("P16", PatternKeys, sponsoring_ratio, Reads({**SPONSOR, **DIALOGUE}))
