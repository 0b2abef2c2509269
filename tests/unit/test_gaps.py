"""What a cast assumes where it has no data: declared, drawn within its range, and refused where nothing is said."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pytest

from demarche.accounts.priors import draw_values
from demarche.cast.cast import Cast, load_cast
from demarche.engine.setup import Setup
from demarche.engine.simulation import Simulation
from demarche.errors import ScenarioError
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.design.methods.draws import priors
from tests.conftest import ROOT, make_setup
from tests.support.editing import edit

CASTS = ROOT / "scenarios" / "casts"
GAP = "assumed.trade_exposure"


@pytest.fixture(scope="module")
def cuba() -> Cast:
    return load_cast(CASTS / "cuba_1989.yaml")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(CASTS, tmp_path / "casts")
    return tmp_path / "casts" / "cuba_1989.yaml"


def refused(path: Path) -> str:
    with pytest.raises(ScenarioError) as error:
        load_cast(path)
    return str(error.value)


def small(cast: Cast) -> Setup:
    return make_setup(cast, 12)


def test_known_cells_are_left_alone_and_gaps_take_what_is_assumed(cuba: Cast) -> None:
    row = {code: place for place, code in enumerate(cuba.state_codes)}
    trade = cuba.yearly("trade_exposure", 1995)
    assert trade[row["USA"]] == 0.0
    assert trade[row["CHN"]] == 0.0005
    assert trade[row["DEU"]] == trade[row["BRA"]] == cuba.gaps["trade_exposure"].value
    agree, ideal = cuba.yearly("agree_focal", 1995), cuba.yearly("ideal_point", 1995)
    distance = abs(ideal[row["DEU"]] - ideal[row["CUB"]])
    assert agree[row["DEU"]] == pytest.approx(0.89 - 0.127 * distance)
    assert agree[row["CUB"]] == 1.0


def test_a_value_of_a_run_moves_gaps_only_and_stays_in_range(cuba: Cast) -> None:
    found = cuba.assumed("agree_focal", 1995, np.array([0.8, 0.98, np.nan]))
    cells = cuba.gaps["agree_focal"].cells[cuba.years.index(1995)]
    assert (found[~cells] == cuba.yearly("agree_focal", 1995)[~cells, None]).all()
    assert found[cells, 1] - found[cells, 0] == pytest.approx(0.18)
    assert (found[:, 2] == cuba.yearly("agree_focal", 1995)).all()
    assert (cuba.assumed("agree_focal", 1995, np.array([-5.0, 5.0])) == [0.0, 1.0])[cells].all()


def test_runs_of_other_assumptions_differ_and_each_is_as_it_is_alone(cuba: Cast) -> None:
    """The median of a rule that compares states is taken within a run, whatever other runs assume."""
    values = {GAP: np.array([0.00003, 0.0008]), "assumed.agree_focal": np.array([0.78, 0.98])}
    both = Simulation.of(small(cuba), "as_it_was", "leverage_toolbox", [7, 7], values)
    alone = [
        Simulation.of(small(cuba), "as_it_was", "leverage_toolbox", [7, 7],
                      {name: column[[one, one]] for name, column in values.items()})
        for one in (0, 1)
    ]
    for simulation in (both, *alone):
        for _ in range(10):
            simulation.advance()
    for name in ("agree_focal", "trade_exposure", "business_pull", "is_friend", "word_weight", "resistance"):
        for one in (0, 1):
            assert (both.world[name][..., one] == alone[one].world[name][..., 0]).all(), name
    assert (both.world["business_pull"][:, 0] < both.world["business_pull"][:, 1]).any()


def test_without_a_value_the_assumption_of_the_cast_holds(cuba: Cast) -> None:
    plain = Simulation.of(small(cuba), "as_it_was", "leverage_toolbox", [7, 7])
    named = Simulation.of(small(cuba), "as_it_was", "leverage_toolbox", [7, 7], {GAP: np.full(2, 0.00015)})
    assert (plain.world["trade_exposure"] == named.world["trade_exposure"]).all()


def test_draws_take_every_assumption_from_its_range_and_alike_in_every_account(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    path = tmp_path / "drawn.yaml"
    path.write_text("scenario: scenarios/quiet_or_vocal_cuba.yaml\ndraws: 40\nlucks: 1\nseed: 1\n", encoding="utf-8")
    experiment = load_experiment(path)
    gaps = experiment.scenario.cast.gaps
    assert len(gaps) == 3
    for account in ("leverage_toolbox", "domestic_engine"):
        held = {one.id: one for one in priors(experiment, experiment.options, account)}  # type: ignore[arg-type]
        for name, gap in gaps.items():
            prior = held[f"assumed.{name}"]
            assert (prior.median, prior.bounds) == (gap.value, (gap.low, gap.high))
            drawn = draw_values([prior], 1, range(40))[prior.id]
            assert gap.low <= drawn.min() < gap.value < drawn.max() <= gap.high


def test_an_empty_cell_of_which_nothing_is_assumed_is_refused_with_its_place(copied: Path) -> None:
    text = copied.read_text(encoding="utf-8")
    start, end = text.index("  export_share:\n"), text.index("  agree_focal:\n")
    copied.write_text(text[:start] + text[end:], encoding="utf-8")
    message = refused(copied)
    assert "pairs.csv:2:" in message
    assert "export_share: the cell is empty, and nothing is assumed of it" in message
    assert "1,900 cells of the column are empty" in message


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("    low: 0.00003\n", "    low: 0.003\n", "not in order"),
        ("    high: 0.0008\n", "", "high"),
        ("  export_share:\n    value", "  export_shares:\n    value", "Did you mean 'export_share'"),
        ("    high: 0.0008\n", "    high: 7.0\n", "the value is out of range"),
        ("own_votes: left_out", "own_votes: left", "Did you mean 'left_out'"),
    ],
)
def test_bad_assumptions_are_refused(copied: Path, old: str, new: str, what: str) -> None:
    edit(copied, old, new)
    assert what in refused(copied)


def test_rows_may_be_left_out_only_where_every_column_is_assumed(copied: Path) -> None:
    pairs = copied.parent / "cuba_1989" / "pairs.csv"
    lines = pairs.read_text(encoding="utf-8").splitlines()
    pairs.write_text("\n".join([lines[0], *(line for line in lines if line.startswith("CUB,USA"))]) + "\n", "utf-8")
    message = refused(copied)
    assert message.count("a row is missing") == 10
    assert "more rows are missing" in message
    edit(copied, "gaps:\n", "gaps:\n  agree_critic: {value: 0.4, low: 0.3, high: 0.5, source: assumption}\n")
    cast = load_cast(copied)
    assert cast.yearly("agree_critic", 1990)[cast.index("FRA")] == 0.4


def test_what_is_assumed_is_part_of_the_identity(cuba: Cast, copied: Path) -> None:
    edit(copied, "    high: 0.0008\n", "    high: 0.0009\n")
    assert load_cast(copied).digest != cuba.digest


def test_assumed_columns_are_arrays_that_nobody_can_write(cuba: Cast) -> None:
    assert not cuba.columns["trade_exposure"].flags.writeable
    assert not np.isnan(np.stack(list(cuba.columns.values()))).any()
    assert dataclasses.is_dataclass(cuba.gaps["trade_exposure"])


def test_each_state_of_the_world_has_its_own_cell(cuba: Cast) -> None:
    """The world orders states otherwise than the cast does."""
    values = {GAP: np.array([0.0001, 0.0005]), "assumed.agree_focal": np.array([0.8, 0.9])}
    world = Simulation.of(small(cuba), "as_it_was", "leverage_toolbox", [7, 7], values).world
    row = {code: place for place, code in enumerate(world.codes["state"])}
    trade, ideal = world["trade_exposure"], cuba.yearly("ideal_point", 1989)
    assert trade[row["DEU"]] == pytest.approx([0.0001, 0.0005])
    assert trade[row["USA"]] == pytest.approx([0.0, 0.0])
    assert trade[row["CHN"]] == pytest.approx(cuba.yearly("trade_exposure", 1989)[[cuba.index("CHN")] * 2])
    for code in ("DEU", "BRA", "JPN", "ALB"):
        apart = abs(ideal[cuba.index(code)] - ideal[cuba.index("CUB")])
        assert world["agree_focal"][row[code]] == pytest.approx(np.clip(np.array([0.8, 0.9]) - 0.127 * apart, 0, 1))
