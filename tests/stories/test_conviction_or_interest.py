"""What document 003 disputes within itself, a case from conviction or from interest: each wins where links say so.

Senders speak twice as often as they did and in public, once by morals alone and once by their own interest alone.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from demarche.arrays import Array
from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import simulate
from demarche.scenario.load import compile_scenario, load_scenario
from tests.conftest import ROOT

pytestmark = pytest.mark.long
RUNS = 48
NEUTRAL = {"conviction_yield": 1.0, "interest_lapse": 1.0, "leader_interest": 0.0}
SIDES = {
    "conviction_yield": ("treated_better", 0.6, 1.6),
    "interest_lapse": ("asks", 0.5, 2.0),
    "leader_interest": ("treated_better", -0.1, 0.1),
}
"""Link -> outcome, the value with which interest wins, and that with which conviction does."""
LOUD = "channel_mix: {all_senders: {quiet: 0, vocal: 1}}, effort: {all_senders: 2}"
SCENARIO = f"""\
title: How senders argue
cast: casts/china_1989.yaml
period: {{start: 1989-06, end: 2004-12}}
accounts: [common, domestic_engine]
outcomes: [treated_better, asks]
arms:
  morals: {{argument: {{all_senders: moral}}, {LOUD}}}
  interest: {{argument: {{all_senders: interest}}, {LOUD}}}
"""


Gaps = dict[tuple[str, float], dict[str, Array]]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Setup:
    folder: Path = tmp_path_factory.mktemp("argue")
    shutil.copytree(ROOT / "scenarios" / "casts", folder / "casts")
    (folder / "argue.yaml").write_text(SCENARIO, encoding="utf-8")
    return compile_scenario(load_scenario(folder / "argue.yaml"))


@pytest.fixture(scope="module", params=["common", "domestic_engine"])
def won(world: Setup, request: pytest.FixtureRequest) -> Gaps:
    """Return (link, value) -> outcome -> what interest brings beyond morals, by run; other links neutral."""
    sides = [(link, value) for link, (_, *ends) in SIDES.items() for value in (*ends, NEUTRAL[link])]
    values: dict[str, Any] = {
        f"link.{name}": np.tile(np.repeat([v if link == name else NEUTRAL[name] for link, v in sides], RUNS), 2)
        for name in NEUTRAL
    }
    n = RUNS * len(sides)
    seeds = [*range(RUNS)] * 2 * len(sides)
    runs = Runs(["interest"] * n + ["morals"] * n, [request.param] * 2 * n, seeds, values)
    found = simulate(world, runs, events=False).outcomes
    gaps = {name: (found[name][:n] - found[name][n:]).reshape(len(sides), RUNS) for name in ("treated_better", "asks")}
    return {side: {name: gap[place] for name, gap in gaps.items()} for place, side in enumerate(sides)}


@pytest.mark.parametrize("link", SIDES)
def test_each_side_wins_where_the_link_says_so(won: Gaps, link: str) -> None:
    outcome, interest, morals = SIDES[link]
    for value, sign in ((interest, 1), (morals, -1)):
        gap = sign * won[link, value][outcome]
        assert gap.mean() > 2.0 * gap.std(ddof=1) / RUNS**0.5, (value, gap.mean())


def test_where_no_link_says_so_it_is_the_same_how_a_case_is_argued(won: Gaps) -> None:
    for link, value in NEUTRAL.items():
        for name, gap in won[link, value].items():
            assert not gap.any(), (link, name)
