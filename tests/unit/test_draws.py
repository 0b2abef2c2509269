"""The design of draws: parameters from their priors, luck anew in each draw, paired over arms and accounts."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from demarche.accounts.packaged import packaged_accounts
from demarche.accounts.priors import draw_values
from demarche.cast.cast import Cast
from demarche.cli.main import app
from demarche.engine.simulate import simulate
from demarche.errors import DesignError, ScenarioError
from demarche.experiment.design.experiment import Experiment, load_experiment
from demarche.experiment.design.methods.draws import priors
from demarche.experiment.design.table import Design, make_design
from demarche.experiment.design.writing import write_design
from demarche.experiment.results.store import open_results
from demarche.experiment.run.runner import run_experiment
from demarche.rules.find import packaged
from demarche.scenario.load import compile_scenario
from tests.unit.test_runner import SCENARIO, write_tiny

HEAD = "scenario: ../scenarios/tiny.yaml\nseed: 1995\n"
DRAWN = HEAD + "draws: 6\nlucks: 2\n"
TWO_ACCOUNTS = SCENARIO.replace("[strategic_target, domestic_engine]", "[leverage_toolbox, domestic_engine]")


FREEZES = """from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, rule


@rule(
    "senders.freezes",
    "A threat to the monopoly freezes.",
    claims=("DOM-34",),
    accounts=ALL,
    phase="acting",
    writes=("voice",),
    links=("monopoly_freeze",),
)
def freezes(w: Fields, now: Moment, *, monopoly_freeze: Array) -> None:
    w.voice[...] = 1.0 - monopoly_freeze
"""


def read(folder: Path, text: str = DRAWN, scenario: str = SCENARIO) -> Experiment:
    path = write_tiny(folder, scenario=scenario)
    (folder / "scenarios" / "freezes.py").write_text(FREEZES, encoding="utf-8")
    head = path.read_text("utf-8").splitlines()[0]
    path.write_text(text.replace("scenario: ../scenarios/tiny.yaml", head), encoding="utf-8")
    return load_experiment(path)


@pytest.fixture
def design(tmp_path: Path) -> Design:
    return make_design(read(tmp_path))


def test_every_uncertain_parameter_of_the_accounts_is_drawn_and_nothing_else(design: Design, cast: Cast) -> None:
    on = [rule for account in design.accounts for rule in packaged().on(account)]
    roles = {one.path(rule.id): one.role for rule in on for one in rule.parameters}
    shared = {path for rule in on for path in rule.shared_paths}
    own = {path for path, role in roles.items() if role in ("uncertainty", "strength")}
    starts = {f"initial.{name}" for name in ("legitimacy", "mobilisation", "skill")}
    drawn = set(design.parameters)
    assert drawn >= own | shared | starts
    assert all(path.startswith("initial.") for path in drawn - own - shared)
    assert drawn - own - shared == {f"initial.{name}" for name, one in cast.initial.items() if one.ends is not None}
    assert "initial.growth_rate" not in drawn  # known, not assumed
    assert {"lever", "constant"} & set(roles.values())
    assert len(design.parameters) > 100


def test_arms_and_accounts_share_draws_and_luck(design: Design) -> None:
    runs, index = design.to_runs(), design.index(np.arange(len(design)))
    assert len(design) == 3 * 2 * 6 * 2
    shared = [path for path in design.parameters if all(_is_on(path, account) for account in design.accounts)]
    assert len(shared) > 50
    for path in shared[:20]:
        drawn = runs.values[path].reshape(3, 2, 6, 2)
        assert np.ptp(drawn, axis=(0, 1, 3)).max() == 0
        assert len(np.unique(drawn[0, 0, :, 0])) > 3
    seeds = np.array(runs.seed).reshape(3, 2, 6, 2)
    assert (seeds == seeds[:1, :1]).all()
    assert len(np.unique(seeds)) == 6 * 2
    assert index["point"].max() == 5


def _is_on(path: str, account: str) -> bool:
    return any(path in rule.parameter_paths for rule in packaged().on(account))


def test_values_are_those_of_the_priors_and_an_accounts_own_setting_is_its_median(tmp_path: Path) -> None:
    experiment = read(tmp_path, scenario=TWO_ACCOUNTS + "rules: [freezes.py]\n")
    design = make_design(experiment)
    path = "link.monopoly_freeze"
    column = design.parameters.index(path)
    for account in design.accounts:
        held = {prior.id: prior for prior in priors(experiment, experiment.options, account)}  # type: ignore[arg-type]
        assert held[path] == packaged_accounts()[account].links["monopoly_freeze"].prior
        told = draw_values([held[path]], 1995, range(6))[path]
        np.testing.assert_array_equal(design.values_of(account)[:, column], told)
    first, second = (design.values_of(account)[:, column] for account in design.accounts)
    assert (first != second).any()
    np.testing.assert_array_equal(np.argsort(first), np.argsort(second))


def test_a_parameter_that_the_scenario_sets_is_not_drawn(tmp_path: Path) -> None:
    fixed = "focal.threat_screen.strength"
    design = make_design(read(tmp_path, scenario=f"{SCENARIO}parameters: {{{fixed}: 3.0}}\n"))
    assert fixed not in design.parameters
    assert len(design.parameters) > 100


def test_draw_rules_restrict_what_is_drawn(tmp_path: Path) -> None:
    design = make_design(read(tmp_path, DRAWN + "draw_rules: [bodies, focal.threat_screen]\n"))
    rules = {path.rpartition(".")[0] for path in design.parameters}
    shared = {"senders.trade_gives_firms_a_voice"}  # under whose name a number of a rule of bodies stands
    assert {rule.partition(".")[0] for rule in rules - shared} == {"bodies", "focal", "link", "rate"}
    assert {rule for rule in rules if rule.startswith("focal")} == {"focal.threat_screen"}


@pytest.mark.long
def test_more_draws_lucks_and_accounts_keep_the_runs_that_there_are(tmp_path: Path) -> None:
    small = read(tmp_path)
    keys = set(make_design(small).keys())
    more = dataclasses.replace(small, replications=3).with_units(9)
    assert keys < set(make_design(more).keys())
    alone = dataclasses.replace(small, accounts=small.accounts[:1])
    assert set(make_design(alone).keys()) < keys


@pytest.mark.long
def test_another_seed_draws_other_values_and_luck(tmp_path: Path) -> None:
    first = read(tmp_path)
    one, other = (make_design(dataclasses.replace(first, seed=seed)) for seed in (1995, 1996))
    account = one.accounts[0]
    assert not np.isclose(one.values_of(account), other.values_of(account)).all(axis=0).all()
    assert not set(one.to_runs().seed) & set(other.to_runs().seed)


@pytest.mark.long
def test_tables_have_the_columns_draw_and_luck_and_a_run_can_be_repeated(tmp_path: Path) -> None:
    lean = "arms: [quiet, vocal]\naccounts: [strategic_target]\nrecord: {series: false, events: false}\n"
    experiment = read(tmp_path / "project", DRAWN.replace("draws: 6", "draws: 2") + lean)
    report = run_experiment(experiment, tmp_path / "out", workers=1)
    results = open_results(report.path)
    assert results.manifest.experiment["design"] == "draws"
    for table in (results.runs(), results.outcomes()):
        assert list(table.columns[:5]) == ["run", "arm", "account", "draw", "luck"]
        assert not {"point", "replication"} & set(table.columns)
    again = run_experiment(experiment.with_units(3), tmp_path / "out", workers=1)
    assert (again.kept, again.manifest.runs["done"]) == (8, 12)
    design = make_design(experiment.with_units(3))
    single = simulate(compile_scenario(experiment.scenario), design.to_runs([5])).outcomes["releases"][0]
    stored = open_results(report.path).outcomes()
    place = design.index(np.array([5]))
    row = stored[(stored["arm"] == design.arms[place["arm"][0]]) & (stored["draw"] == place["point"][0])
                 & (stored["luck"] == place["replication"][0])]  # fmt: skip
    assert row["releases"].to_list() == [single]


def test_units_of_draws_are_draws_and_without_points_all_luck_is_left(tmp_path: Path) -> None:
    experiment = read(tmp_path)
    assert (experiment.has_draws, experiment.units, experiment.replications) == (True, 6, 2)
    assert experiment.with_units(20).units == 20
    plain = experiment.without_points()
    assert (plain.has_draws, plain.points, plain.replications) == (False, 1, 12)
    assert plain.with_units(7).replications == 7


def test_a_table_of_runs_cannot_say_draws(design: Design, tmp_path: Path) -> None:
    with pytest.raises(DesignError, match="luck of its own"), (tmp_path / "t.csv").open("w") as stream:
        write_design(design, stream)


def test_levers_are_drawn_alike_in_every_arm_and_account(tmp_path: Path) -> None:
    levers = "draw_levers: {lever.effort: [0.5, 1.5], lever.donor_policy: [0, 3]}\n"
    plain, design = make_design(read(tmp_path / "plain")), make_design(read(tmp_path / "drawn", DRAWN + levers))
    assert set(design.parameters) - set(plain.parameters) == {"lever.effort", "lever.donor_policy"}
    runs, index = design.to_runs(), design.index(np.arange(len(design)))
    effort = np.asarray(runs.values["lever.effort"])
    by_draw = {draw: set(effort[index["point"] == draw].tolist()) for draw in range(6)}
    assert all(len(values) == 1 for values in by_draw.values()), "one value a draw"
    assert len(set().union(*by_draw.values())) == 6
    assert effort.min() >= 0.5
    assert effort.max() <= 1.5
    shared = plain.parameters[0]
    np.testing.assert_array_equal(runs.values[shared], plain.to_runs().values[shared])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD, "the key 'replications' is missing"),
        (HEAD + "draws: 6\n", "the draws design needs 'lucks'"),
        (HEAD + "lucks: 2\nreplications: 3\n", "the factorial design takes no 'lucks'"),
        (DRAWN + "replications: 3\n", "the draws design counts its runs by 'lucks'"),
        (DRAWN + "design: sobol\n", "the sobol design takes no 'draws'"),
        (DRAWN + "vary: {focal.threat_screen.strength: {range: [1, 2]}}\n", "the draws design takes no 'vary'"),
        (DRAWN + "draw_rules: [target.paiment]\n", "unknown rule or family"),
        (DRAWN + "family_correlation: 1.5\n", "out of range"),
        (DRAWN + "draw_levers: {lever.efort: [0, 1]}\n", "unknown lever"),
        (DRAWN + "draw_levers: {lever.effort: [0, 9]}\n", "the range does not fit the lever"),
        (DRAWN + "draw_levers: {lever.effort: [2, 1]}\n", "the range does not fit the lever"),
        (HEAD + "replications: 2\ndraw_levers: {lever.effort: [0, 1]}\n", "takes no 'draw_levers'"),
        (HEAD + "draws: 1\nlucks: 2\n", "out of range"),
    ],
)
def test_files_that_do_not_fit_are_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, text)
    assert any(words in problem.what for problem in caught.value.problems), caught.value


@pytest.mark.long
def test_every_command_on_results_knows_draws(tmp_path: Path) -> None:
    lean = "accounts: [strategic_target]\narms: [quiet, vocal]\nrecord: {series: false, events: false}\n"
    path = read(tmp_path / "project", DRAWN + lean).path

    def said(*arguments: object) -> str:
        done = CliRunner().invoke(app, [str(one) for one in arguments], env={"COLUMNS": "200"})
        assert done.exit_code == 0, done.output
        return " ".join(done.output.split())

    assert "2 arms x 1 account x 6 draws x 2 lucks = 24 runs" in said("check", path)
    assert "2 arms x 1 account x 6 draws x 2 lucks = 24 runs" in said("design", path)
    out = tmp_path / "out"
    said("run", path, "--out", out, "--no-figures", "--workers", 1)
    assert "draws, 6 draws, 2 lucks, seed 1995" in said("results", "show", out)
    assert "in brackets: given the draws, over luck alone" in said("compare", out, "--no-figure")
    assert "bootstrap over draws, 6 draws" in said("sensitivity", out, "--split", "--no-figure")
    assert "of 6 cases (design points in an account)" in said("discover", out, "--no-figure")
    proposal = said("reps", path, "--pilot", 4, "--outcomes", "releases")
    assert "Draws of 2 lucks that are enough, from a pilot of 4 of each arm and account" in proposal
    assert "The file asks for 6." in proposal


def test_the_design_may_be_named(tmp_path: Path) -> None:
    assert read(tmp_path, DRAWN + "design: draws\n").design == "draws"
