from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy import stats

from demarche.analysis.discovery.prim import choose, peel, prim
from demarche.analysis.discovery.search import Cases, Limit, in_words, make_box, make_cases, quasi_p, search
from demarche.analysis.discovery.tree import grow
from demarche.errors import DesignError
from demarche.figures.kinds.discover import FIGURE
from tests.unit.test_figures_tables import make_tables

pytestmark = pytest.mark.long

Mask = NDArray[np.bool_]
ACCOUNTS = np.array(["cooperative_learning", "strategic_target", "leverage_toolbox"])


def conditions(n: int = 600, seed: int = 1) -> tuple[dict[str, NDArray[np.float64]], NDArray[np.str_]]:
    rng = np.random.default_rng(seed)
    return {f"a.b.p{i}": rng.random(n) for i in range(5)}, ACCOUNTS[rng.integers(3, size=n)]


def cases_of(interest: Mask, numbers: dict[str, NDArray[np.float64]], accounts: NDArray[np.str_]) -> Cases:
    return Cases(numbers, {"account": accounts}, np.where(interest, 1.0, -1.0), interest)


def known_box(noise: float = 0.0) -> tuple[Cases, Mask]:
    """Cases of interest where p0 < 0.5 and p1 > 0.3, not in the leverage toolbox; some turned round by noise."""
    numbers, accounts = conditions()
    inside = (numbers["a.b.p0"] < 0.5) & (numbers["a.b.p1"] > 0.3) & (accounts != "leverage_toolbox")
    turned = np.random.default_rng(9).random(len(inside)) < noise
    return cases_of(inside ^ turned, numbers, accounts), inside


@pytest.mark.parametrize("method", ["prim", "tree"])
def test_a_known_box_is_found(method: str) -> None:
    cases, inside = known_box()
    (box,) = search(cases, method, 0.9).boxes  # type: ignore[arg-type]
    limits = {limit.name: limit for limit in box.limits}
    assert set(limits) == {"a.b.p0", "a.b.p1", "account"}
    assert limits["a.b.p0"].high == pytest.approx(0.5, abs=0.05)
    assert limits["a.b.p1"].low == pytest.approx(0.3, abs=0.06)
    assert limits["account"].allowed == ("cooperative_learning", "strategic_target")
    assert box.coverage > 0.95
    assert box.density > 0.9
    assert box.mass == pytest.approx(inside.mean(), abs=0.04)
    assert max(limit.quasi_p for limit in box.limits) < 1e-6


@pytest.mark.parametrize("method", ["prim", "tree"])
def test_a_box_is_found_under_noise(method: str) -> None:
    cases, _ = known_box(0.1)
    found = search(cases, method, 0.8)  # type: ignore[arg-type]
    assert {limit.name for limit in found.boxes[0].limits} == {"a.b.p0", "a.b.p1", "account"}
    assert 0.8 <= found.boxes[0].density <= 0.96
    assert found.boxes[0].coverage > 0.6


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_found_in_noise(seed: int) -> None:
    numbers, accounts = conditions(seed=seed)
    cases = cases_of(np.random.default_rng(seed + 50).random(600) < 0.3, numbers, accounts)
    tree = search(cases, "tree", 0.8)
    assert not tree.boxes
    assert "no question splits the cases" in tree.why_nothing
    found = search(cases, "prim", 0.8)
    assert not found.boxes
    assert "no better than what shuffled cases give" in found.why_nothing
    assert found.p_value > 0.05


def test_a_tree_finds_two_boxes() -> None:
    numbers, accounts = conditions()
    x = numbers["a.b.p0"]
    found = grow(cases_of((x < 0.25) | (x > 0.75), numbers, accounts))
    assert sorted(str(box.limits[0])[:18] for box in found.boxes) == ["a.b.p0 is at least", "a.b.p0 is at most "]
    assert sum(box.coverage for box in found.boxes) > 0.95
    assert sum(box.n for box in found.trajectory) == 600


def test_measures_of_a_box_are_those_of_its_cases() -> None:
    cases, _ = known_box(0.1)
    limits = [Limit("a.b.p0", high=0.5), Limit("account", allowed=("strategic_target",)), Limit("a.b.p3")]
    box = make_box(limits, cases)
    inside = (cases.numbers["a.b.p0"] <= 0.5) & (cases.words["account"] == "strategic_target")
    hits = int(cases.interest[inside].sum())
    assert (box.n, box.hits) == (inside.sum(), hits)
    assert box.density == pytest.approx(hits / inside.sum())
    assert box.coverage == pytest.approx(hits / cases.interest.sum())
    assert in_words(box) == "a.b.p0 is at most 0.5 and account is strategic_target"
    share = cases.interest[cases.words["account"] == "strategic_target"].mean()
    assert box.limits[0].quasi_p == pytest.approx(stats.binom.sf(hits - 1, box.n, share))
    assert quasi_p(10, 0, 0.3) == 1.0


def test_peeling_only_shrinks_and_a_twentieth_at_a_time() -> None:
    numbers, _ = conditions()
    boxes = peel(Cases(numbers, {}, np.ones(600), numbers["a.b.p0"] < 0.3))
    sizes = np.array([box.n for box in boxes])
    assert (np.diff(sizes) < 0).all()
    assert (np.diff(sizes) >= -0.05 * sizes[:-1] - 1).all()
    assert choose(boxes, 0.5).coverage >= choose(boxes, 0.9).coverage
    assert choose(boxes, 0.9).density >= 0.9


def test_equal_seeds_give_equal_findings() -> None:
    cases, _ = known_box(0.1)
    assert prim(cases, 0.8, 9) == prim(cases, 0.8, 9)


@pytest.mark.parametrize(
    ("interest", "words"), [(np.ones(40, bool), "holds in all of 40"), (np.zeros(40, bool), "holds in none of 40")]
)
def test_why_nothing_can_be_found_is_said(interest: Mask, words: str) -> None:
    numbers, accounts = conditions(40)
    assert words in search(cases_of(interest, numbers, accounts), "prim", 0.8).why_nothing
    some = np.arange(40) < 36
    assert "holds in 90 % of all cases" in search(cases_of(some, numbers, accounts), "prim", 0.8).why_nothing
    assert "no condition varies" in search(Cases({}, {}, np.ones(40), some), "tree", 0.8).why_nothing
    few = cases_of(some[:9], {"a.b.p0": numbers["a.b.p0"][:9]}, accounts[:9])
    assert "there are 9 cases" in search(few, "tree", 0.8).why_nothing


def outcomes(n: int = 3) -> pd.DataFrame:
    rows = [
        {"arm": arm, "account": account, "point": point, "replication": k, "a.b.c": point / 10,
         "releases": 10.0 * k + (point if arm == "quiet" else 4.0)}
        for arm in ("quiet", "vocal") for account in ("a", "b") for point in range(10) for k in range(n)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_cases_are_points_averaged_over_replications() -> None:
    cases = make_cases(outcomes(), ("quiet", "vocal"), "releases", ["a.b.c"])
    assert len(cases.gains) == 20
    assert cases.interest.tolist() == [point > 4 for point in range(10)] * 2
    lower = make_cases(outcomes(), ("quiet", "vocal"), "releases", ["a.b.c"], lower=True)
    assert lower.interest.sum() == 8
    assert make_cases(outcomes(), ("quiet", "vocal"), "releases", ["a.b.c"], margin=3.0).interest.sum() == 4


def test_cases_are_pairs_where_only_luck_varies() -> None:
    table = outcomes(30).query("point == 0")
    cases = make_cases(table, ("quiet", "vocal"), "releases", [])
    assert len(cases.gains) == 60
    assert list(cases.words) == ["account"]
    with pytest.raises(DesignError, match="nothing to search"):
        make_cases(table[table["arm"] == "quiet"], ("quiet", "vocal"), "releases", [])


@pytest.mark.parametrize("method", ["prim", "tree"])
def test_the_figure_tells_the_box_or_that_there_is_none(method: str) -> None:
    tables = make_tables()
    cases, _ = known_box()
    found = search(cases, method, 0.9)  # type: ignore[arg-type]
    label = FIGURE(tables, cases, found, ("quiet", "vocal"), "releases").get_label()
    assert "Conditions under which quiet ends higher than vocal in releases" in label
    assert in_words(found.boxes[0]) in label
    assert "600 cases" in label
    nothing = search(cases_of(np.arange(600) % 3 == 0, *conditions()), method, 0.9)  # type: ignore[arg-type]
    label = FIGURE(tables, cases, nothing, ("quiet", "vocal"), "releases").get_label()
    assert "Found: nothing" in label
