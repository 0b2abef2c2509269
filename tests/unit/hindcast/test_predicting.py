"""Predictions from a bank made by hand: what is known of a unit counts, and the record's future never does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from demarche.analysis.calibration.facts import KINDS, Axes, Facts
from demarche.analysis.calibration.measures import History
from demarche.analysis.hindcast.known import filled, open_units, state_of
from demarche.analysis.hindcast.nowcast import clustered, joined, next_year
from demarche.analysis.hindcast.predicting import LEAST, Past, chances, ensemble
from demarche.analysis.hindcast.scoring import Skill
from demarche.analysis.hindcast.study import Expected, Hindcast, Row, Scores, scored, summed
from demarche.analysis.hindcast.words import expected_rows, sentences
from demarche.history.record import Record

N, KNOWN, YEARS = 400, 3, 5
STATES, TREATIES = ("AAA", "BBB"), ("ICCPR", "CAT")


def bank(seed: int = 1) -> Facts:
    """Runs in which everybody goes on with what was done in the last known year, talks of the second state apart."""
    rng = np.random.default_rng(seed)

    def habit(units: int) -> np.ndarray:
        found = rng.integers(0, 2, size=(N, units, YEARS)).astype(float)
        found[..., KNOWN:] = found[..., KNOWN - 1 : KNOWN]
        return found

    facts = {kind: habit(1 if kind in ("tabling", "releases", "rights") else 2) for kind in KINDS}
    facts["votes"] = facts["votes"] * 2.0 - 1.0
    facts["dialogues"][:, 1, KNOWN:] = 1.0
    facts["treaty_acts"][..., KNOWN:] = 0.0
    return facts


def past(weights: np.ndarray | None = None) -> Past:
    even = np.full(N, 1.0 / N)
    return Past(bank(), even if weights is None else weights, np.ones(N), KNOWN)


def test_of_a_state_those_runs_count_in_which_it_did_what_it_did() -> None:
    found = chances(past(), "dialogues", np.array([1.0, 0.0]), 2)
    assert found[0, 0, 1] > 0.99
    assert found[1, 0, 1] > 0.99  # it begins talks in every run, whatever it did
    assert chances(past(), "dialogues", np.array([0.0, 0.0]), 2)[0, 1, 1] < 0.01
    unknown = chances(past(), "dialogues", np.array([np.nan, np.nan]), 2)
    assert unknown[0, 0, 1] == pytest.approx(0.5, abs=0.1)


def test_votes_have_three_stances() -> None:
    found = chances(past(), "votes", np.array([1.0, -1.0]), 3)
    np.testing.assert_allclose(found.sum(axis=2), 1.0)
    assert found[0, 0].argmax() == 2
    assert found[1, 0].argmax() == 0


def test_with_few_runs_what_is_known_of_the_unit_is_let_go() -> None:
    weights = np.zeros(N)
    weights[: LEAST - 5] = 1.0 / (LEAST - 5)
    found = chances(past(weights), "sponsors", np.array([1.0, 1.0]), 2)
    assert found[0, 0, 1] > 0.99  # of all runs that are left, those with the same past


def test_an_unseated_unit_has_the_chances_of_the_others() -> None:
    facts = dict(bank())
    facts["votes"][:, 1, KNOWN:] = np.nan
    found = chances(replace(past(), facts=facts), "votes", np.array([1.0, 1.0]), 3)
    np.testing.assert_allclose(found[1], found[0])


def test_the_score_of_rights_goes_on_from_the_record() -> None:
    facts = dict(bank())
    facts["rights"] = np.full((N, 1, YEARS), 0.2) + 0.01 * np.arange(YEARS)
    found = ensemble(replace(past(), facts=facts), "rights", 0.35, np.zeros((N, YEARS)))
    np.testing.assert_allclose(found, [[0.36, 0.37]] * N)


def history(after: float) -> History:
    facts = {kind: values[:1].copy() for kind, values in bank(9).items()}
    for kind in KINDS:
        facts[kind][..., KNOWN:] = after
    return History(Axes(STATES, TREATIES, tuple(range(1990, 1990 + YEARS)), "rights"), facts, {})


def test_predictions_do_not_see_what_they_predict(record: Record) -> None:
    """Scores change with what happened after the date; the chances that they are of do not."""
    one, other = history(0.0), history(1.0)
    for kind in ("tabling", "sponsors", "dialogues"):
        known = [state_of(each.facts, kind, KNOWN)[0] for each in (one, other)]
        said = [chances(past(), kind, state, 2) for state in known]
        np.testing.assert_array_equal(*said)
    scores = [{one.kind: one for one in scored(past(), each, record, 1992)} for each in (one, other)]
    assert set(scores[0]) == set(KINDS)
    assert not np.array_equal(scores[0]["tabling"].model, scores[1]["tabling"].model)


def test_a_bank_that_goes_on_as_the_record_does_has_skill_over_the_base_rate(record: Record) -> None:
    told = history(0.0)
    state = state_of(told.facts, "dialogues", KNOWN)
    told.facts["dialogues"][0, :, KNOWN:] = np.array([[float(state[0, 0])], [1.0]])
    rows = {one.kind: summed(one, 1) for one in scored(past(), told, record, 1992)}
    assert rows["dialogues"].over["base rate"].skill > 0.9


def test_treaties_that_were_ratified_are_not_predicted() -> None:
    axes = history(0.0).axes
    assert open_units("treaty_acts", axes, ("CAT",)).tolist() == [0]
    assert open_units("sponsors", axes, ("CAT",)).tolist() == [0, 1]


def test_who_is_on_no_known_list_counts_as_absent_where_there_was_one() -> None:
    values = np.array([[[1.0, np.nan], [np.nan, np.nan]]])
    np.testing.assert_array_equal(filled({"sponsors": values}, "sponsors"), [[[1.0, np.nan], [0.0, np.nan]]])


def row(kind: str, low: float, high: float, clusters: int = 5) -> Row:
    one = Skill((low + high) / 2, low, high)
    return Row(kind, 10, clusters, 0.2, {"persistence": one, "base rate": Skill(0.5, 0.4, 0.6)})


def test_where_there_is_no_skill_that_is_the_first_sentence() -> None:
    rows = (row("votes", 0.1, 0.3), row("tabling", -0.2, 0.4), row("releases", -0.9, -0.1), row("rights", 0.1, 0.3, 4))
    told = list(sentences(Hindcast("common", 1994, 1998, rows, 50, 30.0, {}, ())))
    assert told[0].startswith("No skill shown for tabling of a motion, persons freed, score of rights")
    assert told[1].endswith("too few to tell either way: score of rights.")
    assert "Skill for votes by member" in told[2]
    assert told[3] == "Surely worse than a rival for persons freed."


def test_a_nowcast_looks_at_the_next_year_alone() -> None:
    """What the record has after the next year changes nothing, and a nowcast scores the first year of a hindcast."""
    whole, near = past(), next_year(past())
    assert near.facts["tabling"].shape[2] == KNOWN + 1
    state = np.array([1.0, 0.0])
    np.testing.assert_array_equal(chances(near, "sponsors", state, 2)[:, 0], chances(whole, "sponsors", state, 2)[:, 0])


def test_dates_of_a_nowcast_are_clusters_where_units_are_few() -> None:
    many = Scores("sponsors", np.ones(8), {"persistence": np.ones(8)}, np.arange(8))
    few = Scores("tabling", np.ones(1), {"persistence": np.zeros(1)}, np.zeros(1, dtype=np.int64))
    np.testing.assert_array_equal(clustered(many, 1994).clusters, many.clusters)
    both = joined([clustered(few, 1994), clustered(few, 1995)])
    assert both.clusters.tolist() == [1994, 1995]
    assert both.rivals["persistence"].tolist() == [0.0, 0.0]


def test_what_a_nowcast_expects_is_told_beside_what_came() -> None:
    said = Expected("tabling", 0.93, 0.0), Expected("votes", None, None), Expected("releases", (0.0, 1.0, 2.0), 1.0)
    found = Hindcast("common", 1997, 1998, (), 40, 30.0, {}, (), (1992, 1997), said)
    assert expected_rows(found) == [
        ["tabling of a motion", "0.93", "0"], ["votes by member", "-", "-"], ["persons freed", "1 (0 to 2)", "1"],
    ]  # fmt: skip
    assert any("learned to each year from 1992 to 1997" in line for line in sentences(found))
    assert expected_rows(replace(found, expected=())) == []
