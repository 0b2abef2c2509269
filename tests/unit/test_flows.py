"""What flows where when a rule acts, and what a neutral link takes away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from demarche.arrays import Array
from demarche.engine.graph import fields_of_outcomes, graph_of, reached
from demarche.rules.contract import ALL, Body, Fields, Moment, Rule, rule
from demarche.rules.find import find_rules, get_rule
from demarche.rules.flows import flows_of
from demarche.rules.kit.links import factor, gain, log_odds, loss, share_a_year
from tests.support.each import check_each


def made(body: Body, *links: str) -> Rule:
    """Return a rule whose declaration is not looked at."""
    whole = rule("world.made", "It flows.", claims=("PRS-01",), accounts=ALL, phase="society",
                 reads=("voice",), writes=("awareness", "legitimacy", "headline"), links=links)  # fmt: skip
    return whole(body)


def share(w: Fields, now: Moment, *, list_release: Array) -> None:
    rate = w.voice * list_release
    w.awareness += share_a_year(w.awareness, list_release, w.voice)
    w.legitimacy[...] = np.where(w.protest > 0.5, rate, rate)
    gain(w.headline, list_release, w.protest)


def odds(w: Fields, now: Moment, *, list_release: Array) -> None:
    added = log_odds(1.0, list_release, w.voice) + w.protest
    w.awareness += added
    w.legitimacy *= factor(list_release, w.voice)
    w.headline[...] = w.report * loss(list_release - 1.0, w.voice)


def by_many_ways(w: Fields, now: Moment) -> None:
    if w.protest.any():
        part = w.awareness[w.voice > 0.0]
        part += w.report
        for field in (w.legitimacy, w.headline):
            np.copyto(field, w.fear_of_instability)


def test_a_neutral_share_brings_nothing() -> None:
    found = flows_of(made(share, "list_release"), {"list_release": 0.0})
    assert "awareness" not in found
    assert "headline" not in found
    assert found["legitimacy"] == frozenset(), "it is still laid, from nothing"
    assert flows_of(made(share, "list_release"))["awareness"] >= {"voice"}
    assert flows_of(made(share, "list_release"))["headline"] >= {"protest"}


def test_a_neutral_ratio_leaves_what_stands_beside_it() -> None:
    found = flows_of(made(odds, "list_release"), {"list_release": 1.0})
    assert found["awareness"] - {"awareness"} == {"protest"}
    assert "legitimacy" not in found
    assert found["headline"] == {"report"}
    plain = flows_of(made(odds, "list_release"))
    assert plain["awareness"] >= {"voice", "protest"}
    assert plain["legitimacy"] >= {"voice"}
    assert plain["headline"] >= {"voice", "report"}


def test_parts_aliases_conditions_and_copies_are_followed() -> None:
    found = flows_of(made(by_many_ways))
    assert found["awareness"] >= {"report", "voice", "protest"}
    assert found["legitimacy"] >= {"fear_of_instability", "protest"}
    assert found["headline"] >= {"fear_of_instability", "protest"}


def test_a_write_that_is_not_understood_counts_as_flowing_from_everything() -> None:
    def strange(w: Fields, now: Moment) -> None:
        w.awareness.put(0, w.voice)

    assert flows_of(made(strange))["awareness"] == {"voice", "awareness", "legitimacy", "headline"}


def test_every_write_of_every_rule_is_understood() -> None:
    check_each(find_rules(), _is_understood, lambda found: found.id)


def _is_understood(found: Rule) -> None:
    flows = flows_of(found)
    assert set(flows) == set(found.writes)
    named = {*found.reads, *found.writes, found.trigger}
    assert all(sources <= named for sources in flows.values()), "only what the rule declares"
    used = frozenset().union(*flows.values())
    assert set(found.reads) - used <= SHAPES.get(found.id, set()), "what is read flows somewhere"


SHAPES: dict[str, set[str]] = {}
"""Rules that look at a field for its size alone."""


def test_the_graph_follows_decisions_stocks_and_seats() -> None:
    graph = graph_of([get_rule("bodies.findings_circulate")], {})
    assert reached(graph, ["lever_circulation"]) >= {"circulation_event", "awareness_change", "awareness"}
    assert reached(graph, ["sponsor_utility"]) == {"sponsor_utility", "sponsor_choice"}
    assert reached(graph, ["lever_seats"]) >= {"has_seat", "has_next_seat", "vote_no_action_choice"}
    cut = graph_of([get_rule("bodies.findings_circulate")], {"circulation_awareness": 0.0})
    assert "awareness" not in reached(cut, ["lever_circulation"])


def test_a_trigger_and_a_purse_are_paths() -> None:
    triggered = replace(made(share, "list_release"), trigger="crackdown_seen")
    assert flows_of(triggered)["awareness"] >= {"crackdown_seen"}
    assert "crackdown_seen" not in flows_of(triggered, {"list_release": 0.0}).get("awareness", frozenset())
    assert "ngo_tactic_choice" in reached(graph_of([], {}), ["ngo_free"])


def test_outcomes_are_read_from_fields(cast) -> None:  # type: ignore[no-untyped-def]
    found = fields_of_outcomes(cast, ["core_practice", "mobilisation", "releases"])
    assert found["core_practice"] == {"practice", "is_core"}
    assert found["mobilisation"] == {"mobilisation"}
    assert found["releases"] == {"person_event"} or "person_event" in found["releases"]
