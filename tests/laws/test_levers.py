"""Laws of levers and shared chunks: dates, the run axis, and runs of several arms side by side."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from tests.conftest import EVERY_PACK, make_setup
from tests.support.compare import assert_equal

from demarche.cast.cast import Cast
from demarche.engine.setup import ArmSetup, Runs, Setup
from demarche.engine.simulate import simulate
from demarche.engine.simulation import Simulation
from demarche.errors import RuleError
from demarche.world.levers import LEVER_PATHS, LeverSetting

N_STEPS = 30


def with_arm(setup: Setup, name: str, *settings: LeverSetting) -> Setup:
    arm = ArmSetup(name, setup.arms["as_it_was"].calendar, settings)
    return dataclasses.replace(setup, arms={**setup.arms, name: arm})


@pytest.mark.parametrize("pack", EVERY_PACK)
def test_arms_side_by_side_equal_arms_alone(cast: Cast, pack: str) -> None:
    setup = make_setup(cast, N_STEPS)
    senders = cast.group("all_senders")
    setup = with_arm(
        setup, "everything",
        *(LeverSetting(part.field, part.high, senders if path.count(".") and _of_senders(path) else None, 3, 20)
          for path, part in LEVER_PATHS.items()),
    )  # fmt: skip
    arms = [arm for arm in setup.arms for _ in range(3)]
    together = simulate(setup, Runs(arms, [pack] * len(arms), [1, 2, 3] * len(setup.arms)))
    for position, arm in enumerate(setup.arms):
        alone = simulate(setup, Runs([arm] * 3, [pack] * 3, [1, 2, 3]))
        rows = slice(3 * position, 3 * position + 3)
        np.testing.assert_array_equal(together.series[..., rows], alone.series, err_msg=arm)
        for name, values in alone.outcomes.items():
            np.testing.assert_array_equal(together.outcomes[name][rows], values, err_msg=f"{arm} {name}")


def _of_senders(path: str) -> bool:
    from demarche.world.levers import LEVER_OF

    return LEVER_OF[path.split(".")[1]].scope == "senders"


def test_a_setting_holds_in_its_months_only(cast: Cast) -> None:
    setup = with_arm(
        make_setup(cast, 12), "phased",
        LeverSetting("lever_coordination", 0.2, None, 2, 6), LeverSetting("lever_coordination", 0.9, None, 5, 8),
    )  # fmt: skip
    simulation = Simulation(setup, Runs(["phased", "as_it_was"], ["leverage_toolbox"] * 2, [1, 2]))
    seen = []
    for _ in range(12):
        simulation.advance()
        seen.append(simulation.world["lever_coordination"].copy())
    phased = [float(values[0]) for values in seen]
    np.testing.assert_array_equal(phased, [np.nan] * 2 + [0.2] * 3 + [0.9] * 4 + [np.nan] * 3)
    assert np.isnan([values[1] for values in seen]).all()


def test_a_setting_that_ends_leaves_the_months_before_it_untouched(cast: Cast) -> None:
    senders = cast.group("all_senders")
    setup = with_arm(make_setup(cast, N_STEPS), "late", LeverSetting("lever_vocal", 1.0, senders, 20))
    setup = with_arm(setup, "brief", LeverSetting("lever_vocal", 1.0, senders, 20, 22))
    runs = Runs(["as_it_was", "late", "brief"], ["leverage_toolbox"] * 3, [7, 7, 7])
    series = simulate(setup, runs).series
    np.testing.assert_array_equal(series[:, :20, 0], series[:, :20, 1])
    np.testing.assert_array_equal(series[:, :23, 1], series[:, :23, 2])
    assert not np.array_equal(series[:, 20:, 0], series[:, 20:, 1])


def test_levers_are_swept_by_run_on_top_of_the_arm(cast: Cast) -> None:
    setup = make_setup(cast, N_STEPS)
    senders = cast.group("all_senders")
    setup = with_arm(setup, "tight", LeverSetting("lever_coordination", 0.8))
    swept = np.array([np.nan, 0.8, 0.1])
    runs = Runs(["as_it_was"] * 3, ["leverage_toolbox"] * 3, [5] * 3, {"lever.coordination": swept})
    out = simulate(setup, runs)
    plain = simulate(setup, Runs(["as_it_was", "tight"], ["leverage_toolbox"] * 2, [5] * 2))
    np.testing.assert_array_equal(out.series[..., 0], plain.series[..., 0])
    np.testing.assert_array_equal(out.series[..., 1], plain.series[..., 1])
    assert not np.array_equal(out.series[..., 2], plain.series[..., 1])
    with pytest.raises(RuleError, match=r"(?s)lever.coordinaton.*Did you mean"):
        simulate(setup, Runs(["as_it_was"], ["leverage_toolbox"], [1], {"lever.coordinaton": np.array([0.1])}))
    assert senders.any()


def test_runs_that_do_not_keep_company_are_not_simulated_together(cast: Cast) -> None:
    setup = make_setup(cast, 6)
    runs = Runs(["as_it_was"] * 2, ["leverage_toolbox", "domestic_engine"], [1, 1])
    with pytest.raises(RuleError, match="must share rules and calendar"):
        Simulation(setup, runs)
    assert len(runs.groups(setup.company)) == 2
    assert len(Runs(["quiet", "vocal"], ["leverage_toolbox"] * 2, [1, 1]).groups(setup.company)) == 1
    assert_equal(simulate(setup, runs), simulate(setup, runs, chunk=1))


def test_temperatures_are_parameters_with_a_run_axis(cast: Cast) -> None:
    setup = make_setup(cast, 18)
    path = "decision.channel.temperature"
    runs = Runs(["as_it_was"] * 3, ["leverage_toolbox"] * 3, [5] * 3, {path: np.array([1.0, 2.0, 0.5])})
    out = simulate(setup, runs)
    plain = simulate(setup, Runs(["as_it_was"], ["leverage_toolbox"], [5]))
    np.testing.assert_array_equal(out.series[..., :1], plain.series)
    assert not np.array_equal(out.series[..., 1], out.series[..., 0])
    hotter = simulate(setup, dataclasses.replace(runs, values={path: np.array([2.0, 2.0, 2.0])}))
    np.testing.assert_array_equal(hotter.series[..., 1], out.series[..., 1])
