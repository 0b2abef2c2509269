"""Decisions counted: shares add up, seats that may not decide do not count, names are checked."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from typer.testing import CliRunner

from demarche.analysis.decisions.counted import Counter, OptionCount, count_options, rates_by_decision, seldom
from demarche.analysis.decisions.study import COMMAND
from demarche.cast.cast import Cast
from demarche.cli.main import app
from demarche.report.decisions import decisions_page
from demarche.rules.collected import Catalogue
from demarche.rules.find import packaged
from demarche.world.decisions import DECISION_OF, DECISIONS
from tests.conftest import make_setup
from tests.unit.test_runner import write_tiny

ACCOUNT = "strategic_target"


def test_options_of_a_decision_share_its_occasions(cast: Cast) -> None:
    counts = count_options(make_setup(cast, 12), "quiet", ACCOUNT, [1, 2, 3, 4])
    assert [(one.decision, one.option) for one in counts] == [(d.name, o) for d in DECISIONS for o in d.options]
    for decision in DECISIONS:
        mine = [one for one in counts if one.decision == decision.name]
        assert len({one.occasions for one in mine}) == 1
        if mine[0].occasions > 0 and not decision.takes_some:
            assert sum(one.runs > 0 for one in mine) >= 1
            assert all(0.0 <= one.low <= one.share <= one.high <= 1.0 for one in mine)


def test_only_rows_that_may_decide_count(monkeypatch: pytest.MonkeyPatch) -> None:
    decision = next(one for one in DECISIONS if len(one.axes) == 1 and not one.takes_some and not one.rows)
    may = np.array([[True, False], [True, True], [False, False]])
    monkeypatch.setattr("demarche.analysis.decisions.counted.may_decide", lambda decision, world: may)
    counter = Counter(2)
    choice = np.array([[1, 1], [0, 1], [1, 1]], dtype=np.int8)
    counter(decision, SimpleNamespace(n_senders=3), choice)  # type: ignore[arg-type]
    assert counter.occasions[decision.name].tolist() == [2.0, 1.0]
    assert counter.taken[decision.name][:2].tolist() == [[1.0, 0.0], [1.0, 1.0]]


def test_rates_are_those_of_rules_that_weigh_the_decision() -> None:
    found = rates_by_decision(packaged())
    for name, rates in found.items():
        writing = [rule for rule in packaged().rules if f"{name}_utility" in rule.writes]
        assert set(rates) == {rate for rule in writing for rate in rule.rates}
    assert rates_by_decision(Catalogue.of([])) == {}


def test_a_decision_that_is_younger_than_the_count_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    before = decisions_page()
    added = replace(DECISIONS[0], name="added")
    monkeypatch.setitem(DECISION_OF, "added", added)
    after = decisions_page()
    assert after.startswith(before)
    assert after.removeprefix(before).strip() == f"## added\n\nIt has changed since the count: `{COMMAND}`."


def test_what_is_seldom_taken_is_seldom_everywhere() -> None:
    def option(name: str, runs: float) -> OptionCount:
        return OptionCount("d", name, ("state",), 10.0, 0.1, 0.0, 0.2, runs, ())

    assert seldom([[option("a", 0.01), option("b", 0.01)], [option("a", 0.02), option("b", 0.5)]]) == (("d", "a"),)


@pytest.mark.long
def test_the_command_prints_a_table_or_json_and_refuses_unknown_arms(tmp_path: Path) -> None:
    path = str(write_tiny(tmp_path))
    told = CliRunner().invoke(app, ["decisions", "count", path, "-n", "2", "--json"])
    assert told.exit_code == 0, told.output
    assert set(json.loads(told.output)["accounts"]) == {"strategic_target", "domestic_engine"}
    shown = CliRunner().invoke(app, ["decisions", "count", path, "-n", "2"])
    assert "draws of each account" in shown.output
    other = CliRunner().invoke(app, ["decisions", "count", path, "-n", "2", "--json", "--accounts", "common"])
    assert list(json.loads(other.output)["accounts"]) == ["common"]
    wrong = CliRunner().invoke(app, ["decisions", "count", path, "--arm", "quite"])
    assert wrong.exit_code == 2
    assert "Did you mean 'quiet'?" in wrong.output
