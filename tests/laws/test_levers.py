"""Laws of levers and shared chunks: dates, the run axis, and runs of several arms side by side."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import numpy as np
import pytest
from tests.conftest import EVERY_ACCOUNT, make_setup
from tests.support.compare import assert_equal

from demarche.accounts.links import all_links
from demarche.accounts.packaged import packaged_accounts
from demarche.arrays import REAL
from demarche.cast.cast import Cast
from demarche.engine.graph import graph_of, reached
from demarche.engine.levers import bound_option
from demarche.engine.setup import ArmSetup, Runs, Setup
from demarche.engine.simulate import simulate
from demarche.engine.simulation import Simulation
from demarche.engine.snapshot import fork
from demarche.errors import RuleError
from demarche.rules.find import find_rules
from demarche.scenario.members import mask_of, names_of
from demarche.scenario.reach import neutral_links
from demarche.world.fields import FIELDS
from demarche.world.levers import LEVER_OF, LEVER_PATHS, LEVERS, LeverSetting

N_STEPS = 30


def with_arm(setup: Setup, name: str, *settings: LeverSetting) -> Setup:
    arm = ArmSetup(name, setup.arms["as_it_was"].calendar, settings)
    return dataclasses.replace(setup, arms={**setup.arms, name: arm})


@pytest.mark.long
@pytest.mark.parametrize("account", EVERY_ACCOUNT)
def test_arms_side_by_side_equal_arms_alone(cast: Cast, account: str) -> None:
    setup = make_setup(cast, N_STEPS)
    senders = cast.group("all_senders")
    setup = with_arm(
        setup, "everything",
        *(LeverSetting(part.field, part.high, senders if path.count(".") and _of_senders(path) else None, 3, 20)
          for path, part in LEVER_PATHS.items()),
    )  # fmt: skip
    arms = [arm for arm in setup.arms for _ in range(3)]
    together = simulate(setup, Runs(arms, [account] * len(arms), [1, 2, 3] * len(setup.arms)))
    for position, arm in enumerate(setup.arms):
        alone = simulate(setup, Runs([arm] * 3, [account] * 3, [1, 2, 3]))
        rows = slice(3 * position, 3 * position + 3)
        np.testing.assert_array_equal(together.series[..., rows], alone.series, err_msg=arm)
        for name, values in alone.outcomes.items():
            np.testing.assert_array_equal(together.outcomes[name][rows], values, err_msg=f"{arm} {name}")


def _of_senders(path: str) -> bool:
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
    expected = [np.nan] * 2 + [0.2] * 3 + [0.9] * 4 + [np.nan] * 3
    np.testing.assert_array_equal(phased, np.array(expected, dtype=REAL))
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
    bare = dataclasses.replace(setup.arms["as_it_was"], rules_off=("senders.says",))
    setup = dataclasses.replace(setup, arms={**setup.arms, "bare": bare})
    runs = Runs(["as_it_was", "bare"], ["leverage_toolbox", "domestic_engine"], [1, 1])
    with pytest.raises(RuleError, match="must share rules and calendar"):
        Simulation(setup, runs)
    assert len(runs.groups(setup.company)) == 2
    assert len(Runs(["quiet", "vocal"], ["leverage_toolbox"] * 2, [1, 1]).groups(setup.company)) == 1
    assert_equal(simulate(setup, runs), simulate(setup, runs, chunk=1))


def test_temperatures_are_parameters_with_a_run_axis(cast: Cast) -> None:
    """Every term is in units of the temperature: utilities follow it run by run, choices do not depend on it."""
    setup = make_setup(cast, 12)
    path, scales = "decision.representation.temperature", np.array([1.0, 2.0, 0.5])
    runs = Runs(["as_it_was"] * 3, ["leverage_toolbox"] * 3, [5] * 3, {path: scales})
    simulation = Simulation(setup, runs)
    for _ in range(setup.period.n_steps):
        simulation.advance()
    utility = simulation.world["representation_utility"][:, : simulation.world.n_senders]
    assert not np.array_equal(utility[..., 1], utility[..., 0])
    np.testing.assert_allclose(utility / scales, np.broadcast_to(utility[..., :1], utility.shape), rtol=1e-9)


def every_lever_at(setup: Setup, end: str) -> Setup:
    """Return a setup with an arm for each lever whose parts stand at their `low`, `high` or `start`."""
    senders = setup.cast.group("all_senders")
    for lever in LEVERS:
        mask = senders if lever.scope == "senders" else None
        parts = [part for part in lever.parts if not np.isnan(getattr(part, end))]
        if parts:
            setup = with_arm(setup, lever.name, *(LeverSetting(part.field, getattr(part, end), mask) for part in parts))
    return setup


def test_a_lever_at_its_neutral_value_changes_nothing(cast: Cast) -> None:
    setup = every_lever_at(make_setup(cast, N_STEPS), "start")
    arms = [arm for arm in setup.arms if arm == "as_it_was" or arm in LEVER_OF]
    assert len(arms) > 10
    out = simulate(setup, Runs([arm for arm in arms for _ in range(3)], ["domestic_engine"] * 3 * len(arms),
                               [1, 2, 3] * len(arms)))  # fmt: skip
    plain = 3 * arms.index("as_it_was")
    for place, arm in enumerate(arms):
        rows = slice(3 * place, 3 * place + 3)
        np.testing.assert_array_equal(out.series[..., rows], out.series[..., plain : plain + 3], err_msg=arm)


def differs(array: np.ndarray, n: int) -> np.ndarray:
    """Return which arms, of `n` runs each, differ from the first."""
    arms = array.reshape(-1, array.shape[-1] // n, n)
    found: np.ndarray = ((arms != arms[:, :1]) & ~(np.isnan(arms) & np.isnan(arms[:, :1]))).any(axis=(0, 2))
    return found


@pytest.mark.long
@pytest.mark.parametrize("neutral", [False, True], ids=["medians", "neutral links"])
def test_no_lever_moves_what_the_graph_says_it_cannot(cast: Cast, neutral: bool) -> None:
    """With all links at neutral paths are few; whatever then moves beyond them is a flow that was not seen."""
    account, n = "cooperative_learning", 4
    declared = {link.id: link.said.neutral for link in all_links().values()}
    held = {name: float(value) for name, value in declared.items() if neutral and not isinstance(value, str)}
    setup = every_lever_at(make_setup(cast, N_STEPS), "high")
    arms = ["as_it_was", *(name for name in setup.arms if name in LEVER_OF and name != "seats")]
    values = {f"link.{name}": np.full(n * len(arms), value) for name, value in held.items()}
    runs = Runs([arm for arm in arms for _ in range(n)], [account] * n * len(arms), [*range(n)] * len(arms), values)
    simulation, moved = Simulation(setup, runs), {arm: set[str]() for arm in arms}
    for _ in range(N_STEPS):
        simulation.advance()
        for name, array in simulation.world.arrays.items():
            if array.shape[-1] > 1 and FIELDS[name].kind != "lever":
                for place in np.flatnonzero(differs(array, n)):
                    moved[arms[place]].add(name)
    graph = graph_of(find_rules(), held if neutral else dict(neutral_links(packaged_accounts()[account], {}, False)))
    beyond = {arm: moved[arm] - reached(graph, [part.field for part in LEVER_OF[arm].parts]) for arm in arms[1:]}
    assert not {arm: sorted(names) for arm, names in beyond.items() if names}
    assert sum(bool(names) for names in moved.values()) > 25, "most levers move something within the months"
    if neutral:
        assert not moved["comparing_notes"]
        assert len(moved["circulation"]) < 5


def test_a_lever_that_binds_says_what_is_decided(cast: Cast) -> None:
    setup, senders = make_setup(cast, 12), cast.group("all_senders")
    setup = with_arm(setup, "led", LeverSetting("lever_motions", 2.0, cast.group("USA"), 0, 10))
    setup = with_arm(setup, "given", LeverSetting("lever_donor_policy", 3.0))
    setup = with_arm(setup, "barred", LeverSetting("lever_sanctions", 0.0, senders))
    runs = Runs(["led", "given", "barred", "as_it_was"], ["leverage_toolbox"] * 4, [3] * 4)
    simulation, seen = Simulation(setup, runs), []
    usa = simulation.world.codes["state"].index("USA")
    for _ in range(12):
        simulation.advance()
        held = simulation.world["sponsor_held"][usa].tolist()
        seen.append((held, simulation.world["sponsor_choice"][usa, 0]))
        assert not (simulation.world["sanction_choice"][..., 2] > 0).any()
    asked = [(held, choice) for held, choice in seen if held[0] >= 0]
    assert len(asked) >= 3, "capitals form positions before a session"
    assert all(held == [2, -1, -1, -1] for held, _ in asked), "only in the arm, only while the setting holds"
    assert all(choice == 2 for _, choice in asked)
    assert (simulation.world["grant_choice"][:, 1] == 3).all()
    assert not simulation.world["sanction_kind"][..., 2].any()
    assert simulation.world["sanction_kind"][..., 3].any()


def test_a_lever_that_binds_is_swept_like_any_other(cast: Cast) -> None:
    setup = make_setup(cast, 14)
    setup = with_arm(setup, "held", LeverSetting("lever_donor_policy", 0.0))
    swept = np.array([np.nan, 0.3])  # sampled from a range; the nearest option counts
    out = simulate(setup, Runs(["as_it_was"] * 2, ["leverage_toolbox"] * 2, [5] * 2, {"lever.donor_policy": swept}))
    plain = simulate(setup, Runs(["as_it_was", "held"], ["leverage_toolbox"] * 2, [5] * 2))
    np.testing.assert_array_equal(out.series, plain.series)
    assert not np.array_equal(out.series[..., 0], out.series[..., 1])


def seats_by_january(cast: Cast, years: int) -> tuple[list[str], list[dict[str, np.ndarray]]]:
    """Return the arms, and by January who sits now and at the coming session `(n_states, n_runs)`, 8 runs an arm."""
    setup, arms = make_setup(cast, 12 * years + 8), ["as_it_was", "fixed", "rotating", "contested"]
    for place, arm in enumerate(arms[1:]):
        setup = with_arm(setup, arm, LeverSetting("lever_seats", float(place)))
    runs = Runs([arm for arm in arms for _ in range(8)], ["leverage_toolbox"] * 32, [*range(8)] * 4)
    simulation, found = Simulation(setup, runs), []
    for step in range(12 * years + 8):
        simulation.advance()
        if (step + 6) % 12 == 1:  # the period begins in June
            found.append({name: simulation.world[name].copy() for name in ("has_seat", "has_next_seat", "region")})
    rights = simulation.world["own_rights"][:, 0]
    return arms, [{**one, "rights": rights} for one in found]


@pytest.mark.long
def test_who_sits_is_fixed_drawn_or_elected(cast: Cast) -> None:
    arms, years = seats_by_january(cast, 5)
    of = {arm: slice(8 * place, 8 * place + 8) for place, arm in enumerate(arms)}
    stay: dict[str, list[float]] = {arm: [] for arm in arms}
    for before, now in pairwise(years):
        for arm, runs in of.items():
            old, new = before["has_seat"][:, runs] > 0, now["has_seat"][:, runs] > 0
            stay[arm].append(float((old & new).sum() / old.sum()))
    for now in years:
        record = now["has_seat"][:, :1]
        for region in range(5):
            here = now["region"][:, 0] == region
            counts = now["has_seat"][here].sum(axis=0)
            assert (counts[of["rotating"]] == record[here].sum()).all()
            assert (counts[of["contested"]] == record[here].sum()).all()
        np.testing.assert_array_equal(now["has_seat"][:, of["as_it_was"]], np.broadcast_to(record, (len(record), 8)))
    assert stay["fixed"][0] > 0.97, "all but a state that is gone"
    assert stay["fixed"][1:] == [1.0] * (len(years) - 2)
    assert 0.5 < np.mean(stay["rotating"]) < 0.85, "about two thirds stay a year"
    last = years[-1]
    means = {arm: float((last["has_seat"][:, runs] * last["rights"][:, None]).sum() / last["has_seat"][:, runs].sum())
             for arm, runs in of.items()}  # fmt: skip
    assert means["contested"] > means["rotating"] + 0.03, "better records are elected"
    assert not np.array_equal(last["has_seat"][:, of["rotating"]][:, 0], last["has_seat"][:, of["rotating"]][:, 1])


def test_levers_of_groups_and_treaties_reach_those_that_are_named(cast: Cast) -> None:
    setup = make_setup(cast, 4)
    settings = [LeverSetting("lever_funding", 0.0, mask_of(cast, "ngos", "regional_network")),
                LeverSetting("lever_circulation", 0.7, mask_of(cast, "treaties", "CAT")),
                LeverSetting("lever_effort", 2.0, mask_of(cast, "senders", "FRA"))]  # fmt: skip
    simulation = Simulation(with_arm(setup, "named", *settings), Runs(["named"] * 2, ["leverage_toolbox"] * 2, [1, 2]))
    simulation.advance()
    world, kinds = simulation.world, {ngo.code: ngo.kind for ngo in cast.ngos}
    poor = {code for code, value in zip(world.codes["ngo"], world["lever_funding"][:, 0], strict=True) if value == 0.0}
    assert poor == {code for code, kind in kinds.items() if kind == "regional_network"} != set()
    said = dict(zip(world.codes["treaty"], world["lever_circulation"][:, 0], strict=True))
    assert {code for code, value in said.items() if value == 0.7} == {"CAT"}
    assert {code for code, value in said.items() if np.isnan(value)} == set(said) - {"CAT"}
    hard = {code for code, value in zip(world.codes["state"], world["lever_effort"][:, 0], strict=True) if value == 2.0}
    assert hard == {"FRA"}
    assert mask_of(cast, "ngos", "all_groups").all()
    assert "all_treaties" in names_of(cast, "treaties")
    assert cast.focal not in names_of(cast, "senders")


def test_a_run_that_is_forked_has_the_seats_of_a_straight_one(cast: Cast) -> None:
    setup = with_arm(make_setup(cast, N_STEPS), "drawn", LeverSetting("lever_seats", 1.0, None, 15))
    plain = Simulation(setup, Runs(["as_it_was"] * 2, ["leverage_toolbox"] * 2, [1, 2]))
    for _ in range(15):
        plain.advance()
    other = fork(plain, arm="drawn")
    straight = Simulation(setup, Runs(["drawn"] * 2, ["leverage_toolbox"] * 2, [1, 2]))
    for _ in range(N_STEPS):
        straight.advance()
    for _ in range(N_STEPS - 15):
        other.advance()
    for name, values in straight.world.arrays.items():
        np.testing.assert_array_equal(other.world[name], values, err_msg=name)


def test_why_names_the_lever_that_binds(cast: Cast) -> None:
    setup = make_setup(cast, 12)
    setup = with_arm(setup, "led", LeverSetting("lever_motions", 2.0, cast.group("USA"), 2, 8),
                     LeverSetting("lever_donor_policy", 0.0))  # fmt: skip
    runs = Runs(["led"] * 2, ["leverage_toolbox"] * 2, [1, 2], {"lever.sanctions": np.array([1.0, 1.0])})
    assert bound_option(setup, runs, "sponsor", 5, "USA") == ("motions", "lead")
    assert bound_option(setup, runs, "sponsor", 5, "FRA") is None
    assert bound_option(setup, runs, "sponsor", 9, "USA") is None
    assert bound_option(setup, runs, "grant", 7, "members") == ("donor_policy", "none")
    assert bound_option(setup, runs, "sanction", 0, "FRA") == ("sanctions", "diplomatic")
    assert bound_option(setup, runs, "representation", 5, "USA") is None
