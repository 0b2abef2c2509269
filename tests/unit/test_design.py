"""Layouts of points: what each design sets, what it counts, and identities that a larger design keeps."""

from __future__ import annotations

import dataclasses
import functools
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from demarche.cast.cast import load_cast
from demarche.engine.simulate import simulate
from demarche.errors import DesignError
from demarche.experiment.design.baseline import baseline
from demarche.experiment.design.experiment import Experiment, Vary, load_experiment
from demarche.experiment.design.find import methods
from demarche.experiment.design.methods import morris, saltelli, sobol
from demarche.experiment.design.table import Design, make_design
from demarche.rules.find import packaged, parameters, rules_of
from demarche.scenario.load import compile_scenario, load_scenario
from demarche.world.calendar import Period
from tests.conftest import ROOT

FIRST, SECOND = "senders.lists.names", "senders.habit.weight"
JOINT = "focal.threat_screen.strength"  # one account is given its own value of it
OWN_VALUE = 0.8
MADE = Callable[..., Experiment]

read_scenario = functools.cache(lambda path: load_scenario(path, functools.cache(load_cast)))


@pytest.fixture(scope="module")
def base() -> Experiment:
    """Two arms, two accounts, three replications; nothing varies."""
    read = load_experiment(ROOT / "experiments" / "quiet_or_vocal.yaml", read_scenario)
    scenario = read.scenario
    toolbox = scenario.accounts["leverage_toolbox"]
    own = dataclasses.replace(toolbox, settings={**toolbox.settings, JOINT: OWN_VALUE})
    return dataclasses.replace(
        read, replications=3, arms=("quiet", "as_it_was"), accounts=("leverage_toolbox", "domestic_engine"),
        scenario=dataclasses.replace(scenario, accounts={**scenario.accounts, own.id: own}),
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(base: Experiment) -> MADE:
    """Return a function that gives the base another design."""

    def make(
        design: str, vary: dict[str, Vary] | None = None, replications: int = 3, **options: object
    ) -> Experiment:
        asked = options.pop("switched") if "switched" in options else methods()[design].keys(**options)
        return dataclasses.replace(base, design=design, vary=vary or {}, options=asked, replications=replications)

    return make


RANGES = {FIRST: Vary((), 1.0, 3.0), SECOND: Vary((), 0.5, 2.5)}
VALUES = {FIRST: Vary((1.0, 2.0, 3.0)), SECOND: Vary((0.5, 1.0))}
SWITCHED = ("senders.quieter_leader.strength", "senders.shock_seen.strength", JOINT)
EVERY = {
    "factorial": {"vary": VALUES},
    "grid": {"vary": {FIRST: RANGES[FIRST], SECOND: VALUES[SECOND]}, "levels": 5},
    "list": {"vary": {FIRST: Vary((1.0, 2.0)), SECOND: Vary((0.5, 0.5))}},
    "one_at_a_time": {"vary": {FIRST: RANGES[FIRST], SECOND: Vary((0.5, 1.0, 1.5))}},
    "latin_hypercube": {"vary": RANGES, "points": 7},
    "sobol": {"vary": RANGES, "points": 8},
    "saltelli": {"vary": RANGES, "base_points": 4},
    "morris": {"vary": RANGES, "trajectories": 5, "levels": 6},
    "ablation": {"switched": SWITCHED},
}


@pytest.mark.parametrize("name", EVERY)
def test_counts_are_those_of_the_layout(made: MADE, name: str) -> None:
    experiment = made(name, **EVERY[name])
    design = make_design(experiment)
    assert design.n_points == experiment.points == methods()[name].count(experiment, experiment.options)
    assert len(design) == experiment.n_runs == len(set(design.keys()))
    assert sum(len(rows) for _, _, rows in design.groups()) == len(design)
    values = design.to_runs().values
    known = parameters()
    assert set(values) == set(design.parameters)
    for path, column in values.items():
        assert ((column >= known[path].low) & (column <= known[path].high)).all()


def test_grid_divides_ranges(made: MADE) -> None:
    points = make_design(made("grid", **EVERY["grid"])).points
    assert sorted(set(points[:, 0])) == [1.0, 1.5, 2.0, 2.5, 3.0]
    assert len(points) == 10


def test_one_at_a_time_moves_one_and_leaves_the_others_as_the_account_has_them(made: MADE) -> None:
    own = parameters()[SECOND].default
    vary = {JOINT: Vary((OWN_VALUE, 1.0, 2.0)), SECOND: Vary((), 0.5, 2.5)}
    design = make_design(made("one_at_a_time", vary))
    runs, index = design.to_runs(), design.index(np.arange(len(design)))
    rows = {
        name: sorted(
            {(runs.values[JOINT][i], runs.values[SECOND][i]) for i in np.flatnonzero(index["account"] == number)}
        )
        for number, name in enumerate(design.accounts)
    }
    joint = OWN_VALUE
    # the value that is the account's own would repeat the first point, and is left out
    moved = [(1.0, own), (2.0, own)]
    assert rows["leverage_toolbox"] == sorted([(joint, own), (joint, 0.5), (joint, 2.5), *moved])
    default = parameters()[JOINT].default
    is_on = JOINT in packaged().paths_on("domestic_engine")
    others = [(value, own) for value in (OWN_VALUE, 1.0, 2.0) if is_on and value != default]
    assert rows["domestic_engine"] == sorted([(default, own), (default, 0.5), (default, 2.5), *others])


def test_ablation_runs_only_rules_that_are_on(made: MADE) -> None:
    design = make_design(made("ablation", switched=SWITCHED))
    sizes = {(arm, account): len(rows) for arm, account, rows in design.groups()}
    for account in design.accounts:
        on = {path for rule in rules_of(account) for path in rule.parameter_paths}
        assert sizes["quiet", account] == sizes["as_it_was", account] == 3 * (1 + len(on & set(SWITCHED)))
    runs = design.to_runs()
    off = np.array([runs.values[path] == 0.0 for path in SWITCHED])
    assert set(off.sum(axis=0)) == {0, 1}


def test_a_strength_of_zero_is_the_rule_switched_off(base: Experiment, made: MADE) -> None:
    rule = "senders.quieter_leader"
    scenario = dataclasses.replace(base.scenario, period=Period(base.scenario.period.start, 24))
    arms = {**scenario.arms, "off": dataclasses.replace(scenario.arms["quiet"], name="off", rules_off=(rule,))}
    setup = compile_scenario(dataclasses.replace(scenario, arms=arms))
    ablation = made("ablation", switched=(f"{rule}.strength",))
    experiment = dataclasses.replace(ablation, arms=("quiet",), accounts=base.accounts[:1])
    runs = make_design(experiment).to_runs()
    found = simulate(setup, runs).series
    off = simulate(setup, dataclasses.replace(runs, arm=["off"] * 6, values={})).series
    assert np.array_equal(found[..., 3:], off[..., 3:])
    assert not np.array_equal(found[..., :3], off[..., :3])


def larger(design: Design, other: Design) -> None:
    """Check that a design holds all runs of a smaller one, and that these are the same runs."""
    many, few = other.keys(), design.keys()
    assert len(many) > len(few)
    place = {key: row for row, key in enumerate(many)}
    rows = [place[key] for key in few]
    first, again = design.to_runs(), other.to_runs(rows)
    assert (first.arm, first.account, first.seed) == (again.arm, again.account, again.seed)
    for path in first.values:
        assert np.array_equal(first.values[path], again.values[path])


@pytest.mark.parametrize(
    ("name", "smaller", "wider"),
    [
        ("factorial", {"vary": VALUES}, {"vary": VALUES, "replications": 6}),
        ("factorial", {"vary": VALUES}, {"vary": {FIRST: Vary((0.5 + 0.5, 2.5, 2.0, 3.0)), SECOND: VALUES[SECOND]}}),
        ("factorial", {}, {"replications": 4}),
        ("list", EVERY["list"], {"vary": {FIRST: Vary((3.0, 1.0, 2.0)), SECOND: Vary((1.0, 0.5, 0.5))}}),
        ("one_at_a_time", {"vary": {FIRST: RANGES[FIRST]}}, {"vary": RANGES}),
        ("sobol", {"vary": RANGES, "points": 8}, {"vary": RANGES, "points": 16}),
        ("saltelli", {"vary": RANGES, "base_points": 4}, {"vary": RANGES, "base_points": 8}),
        ("saltelli", {"vary": RANGES, "base_points": 4, "second_order": False}, {"vary": RANGES, "base_points": 4}),
        ("morris", {"vary": RANGES, "trajectories": 5}, {"vary": RANGES, "trajectories": 9}),
        ("ablation", {"switched": SWITCHED[:1]}, {"switched": SWITCHED}),
    ],
)
def test_a_larger_design_holds_the_smaller_one(
    made: MADE, name: str, smaller: dict[str, object], wider: dict[str, object]
) -> None:
    larger(make_design(made(name, **smaller)), make_design(made(name, **wider)))


def test_a_value_that_is_the_default_is_the_run_without_it(made: MADE) -> None:
    """So that a new parameter keeps the runs that leave it alone, whatever the design is called."""
    plain = make_design(made("factorial"))
    default = parameters()[SECOND].default
    swept = make_design(made("factorial", {SECOND: Vary((default, default / 2))}))
    assert set(plain.keys()) < set(swept.keys())
    assert set(plain.keys()) < set(make_design(made("ablation", switched=SWITCHED)).keys())
    assert set(plain.keys()) < set(make_design(made("one_at_a_time", RANGES)).keys())


@pytest.mark.long
def test_identity_rests_on_what_the_account_and_the_scenario_set(base: Experiment) -> None:
    keys = set(make_design(base).keys())
    scenario = dataclasses.replace(base.scenario, parameters={SECOND: 2.0})
    assert not keys & set(make_design(dataclasses.replace(base, scenario=scenario)).keys())
    assert not keys & set(make_design(dataclasses.replace(base, seed=base.seed + 1)).keys())


def test_points_that_a_sample_holds_twice_have_keys_of_their_own(made: MADE) -> None:
    design = make_design(made("sobol", {FIRST: Vary((1.0, 2.0))}, points=8))
    assert len(np.unique(design.points)) == 2
    assert len(set(design.keys())) == len(design)
    larger(design, make_design(made("sobol", {FIRST: Vary((1.0, 2.0))}, points=16)))


def test_keys_of_some_rows_are_those_of_all(made: MADE) -> None:
    design = make_design(made("ablation", switched=SWITCHED))
    rows = [5, 0, len(design) - 1]
    assert design.keys(rows) == [design.keys()[row] for row in rows]
    assert design.keys(np.array(rows)) == design.keys(rows)


def test_no_zero_is_negative(made: MADE) -> None:
    one = make_design(made("list", {"focal.threat_screen.abroad": Vary((-0.0,))}))
    other = make_design(made("list", {"focal.threat_screen.abroad": Vary((0.0,))}))
    assert one.keys() == other.keys()


def test_samples_have_the_shape_that_their_analysis_needs() -> None:
    sample = saltelli.sample(3, 8, True, 1)
    assert sample.shape == (8 * 8, 3)
    a, b, mixed = sample[0], sample[7], sample[2]
    assert mixed.tolist() == [a[0], b[1], a[2]]
    assert saltelli.sample(3, 8, False, 1).shape == (8 * 5, 3)
    steps = np.diff(morris.sample(4, 6, 4, 1).reshape(6, 5, 4), axis=1)
    assert ((np.abs(steps) > 1e-9).sum(axis=2) == 1).all()
    sequence = sobol.sample(2, 64, 1)
    assert (np.histogram2d(*sequence.T, bins=8, range=[[0, 1], [0, 1]])[0] == 1).all()
    assert not np.array_equal(sequence, sobol.sample(2, 64, 2))


def test_a_missing_package_is_told_with_its_remedy(made: MADE, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib", None)
    for name in [name for name in sys.modules if name.startswith("SALib.")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(DesignError) as caught:
        make_design(made("morris", **EVERY["morris"]))
    assert "morris design needs the package SALib" in str(caught.value)
    assert "pip install 'demarche[sensitivity]'" in str(caught.value)


def test_designs_that_are_far_too_large_are_refused_before_they_are_laid_out(made: MADE) -> None:
    values = Vary(tuple(np.linspace(1.0, 3.0, 4000).tolist()))
    with pytest.raises(DesignError, match="16,000,000 points"):
        make_design(made("factorial", {FIRST: values, SECOND: values}))


def test_baseline_is_the_default_or_what_the_account_sets() -> None:
    found = baseline(packaged(), (JOINT, SECOND), {JOINT: OWN_VALUE})
    assert found.tolist() == [OWN_VALUE, parameters()[SECOND].default]


@pytest.mark.parametrize(
    ("name", "points", "runs"),
    [("sensitivity_saltelli", 43_008, 43_008), ("small_sobol", 64, 256), ("ablation", 7, 280)],
)
def test_bundled_designs(name: str, points: int, runs: int) -> None:
    experiment = load_experiment(Path(ROOT / "experiments" / f"{name}.yaml"), read_scenario)
    assert (experiment.points, experiment.n_runs) == (points, runs)
    told = experiment.describe_design()
    assert (told["design"], told["points"]) == (experiment.design, points)
    if name == "sensitivity_saltelli":
        assert (len(experiment.vary), told["base_points"], told["second_order"]) == (20, 1024, True)
        assert {path.split(".")[0] for path in experiment.vary} == {
            "senders", "focal", "ngos", "bodies", "world",
        }  # fmt: skip
        known = parameters()
        assert all((known[path].low, known[path].high) == (v.low, v.high) for path, v in experiment.vary.items())
