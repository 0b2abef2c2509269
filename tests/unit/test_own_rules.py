"""Rules from a scenario's own file: they join its catalogue alone, travel with it, and are told apart when wrong."""

from __future__ import annotations

import functools
import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from demarche.cast.cast import load_cast
from demarche.cli.main import app
from demarche.engine.simulate import simulate
from demarche.errors import RuleError, ScenarioError
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.design.table import make_design
from demarche.experiment.results.rerun import repeat_run, setup_of
from demarche.experiment.results.store import open_results
from demarche.experiment.run.means import Means
from demarche.experiment.run.runner import resume, run_experiment
from demarche.rules.collected import Catalogue
from demarche.rules.contract import Rule
from demarche.rules.find import find_rules, packaged
from demarche.scenario.content import Scenario
from demarche.scenario.load import compile_scenario, load_scenario
from tests.conftest import ROOT
from tests.support.compare import assert_equal, runs_of
from tests.unit.test_runner import write_tiny

RULE = '''
"""Echo of public words."""

from __future__ import annotations

import numpy as np

from demarche.accounts.account import T2
from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule, strength

HIGHEST = 1.0


def held(values: Array) -> Array:
    return np.minimum(values, HIGHEST, out=values)


@rule(
    "senders.echo",
    "Public criticism is heard again.",
    claims=("PRS-16",),
    accounts=ALL,
    phase="acting",
    reads=("media_visibility",),
    writes=("voice",),
    draws=("ear",),
    parameters=(strength("part that is heard again", "assumption", default=1.0, unit="share"),
                Parameter("reach", 0.8, 0.0, 1.0, "share", "who hears it", "assumption")),
    after=("senders.pressure",),
)
def echo(w: Fields, now: Moment, *, strength: Array, reach: Array) -> None:
    w.voice *= 1.0 + strength * w.media_visibility * (now.draw("ear") < reach)
    held(w.voice)
'''
HEAD = """\
title: A test
cast: casts/china_1989.yaml
period: {start: 1990-01, end: 1990-12}
accounts: [strategic_target, domestic_engine]
outcomes: [releases]
"""
ARMS = """\
arms:
  vocal: {channel_mix: {all_senders: {vocal: 1.0}}}
  without: {rules_off: [senders.echo]}
  as_it_was: {}
"""
read_cast = functools.cache(load_cast)
Load = Callable[..., Scenario]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Return a function that loads a scenario with rules from `own.py`."""
    shutil.copytree(ROOT / "scenarios" / "casts", tmp_path / "casts")

    def load_text(rules: str = RULE, more: str = "", key: str = "rules: [own.py]\n", arms: str = ARMS) -> Scenario:
        (tmp_path / "own.py").write_text(rules, encoding="utf-8")
        path = tmp_path / "scenario.yaml"
        path.write_text(HEAD + arms + key + more, encoding="utf-8")
        return load_scenario(path, read_cast)

    return load_text


def refused(load: Load, rules: str, *parts: str, line: int = 0, **keys: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        load(rules, **keys)
    said = str(caught.value)
    for part in parts:
        assert part in said, said
    if line:
        assert f"own.py:{line}:" in said, said
    assert all(p.fix or p.did_you_mean or p.expected for p in caught.value.problems), said
    return said


def line_of(text: str, word: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if word in line)


def test_rules_join_the_catalogue_of_their_scenario_alone(load: Load) -> None:
    scenario = load()
    assert [rule.id for rule in scenario.catalogue.added] == ["senders.echo"]
    assert len(scenario.catalogue.rules) == len(find_rules()) + 1
    assert "senders.echo" not in packaged().by_id
    assert load(key="", arms="arms: {as_it_was: {}}\n").catalogue is packaged()


def test_an_own_rule_acts_and_can_be_switched_off(load: Load) -> None:
    setup = compile_scenario(load())
    outcomes = simulate(setup, runs_of(["as_it_was", "without"], ["strategic_target"], [1, 2]))
    heard = outcomes.of("voice")
    assert (heard[:, :2] >= heard[:, 2:]).all()
    assert (heard[:, :2] > heard[:, 2:]).any()
    plain = replace(setup, catalogue=packaged())
    assert_equal(
        simulate(plain, runs_of(["as_it_was"], ["strategic_target"], [1, 2])),
        simulate(setup, runs_of(["without"], ["strategic_target"], [1, 2])),
    )


def test_its_parameters_are_those_of_any_rule(load: Load) -> None:
    setup = compile_scenario(load(more="parameters: {senders.echo.strength: 0}\n"))
    assert_equal(
        simulate(setup, runs_of(["as_it_was"], ["domestic_engine"], [1, 2])),
        simulate(setup, runs_of(["without"], ["domestic_engine"], [1, 2])),
    )
    said = "unknown parameter", "Did you mean 'senders.echo.strength'?"
    refused(load, RULE, *said, more="parameters: {senders.echo.strengt: 0}\n")


def test_what_it_runs_counts_in_the_identity_of_the_scenario(load: Load) -> None:
    before = load().digest
    assert load(RULE.replace("def held", "# a remark\n\n\ndef held")).digest == before
    for old, new in (("HIGHEST = 1.0", "HIGHEST = 0.9"), ("1.0 + strength", "1.5 + strength"), ('", 0.8', '", 0.7'),
                     ("np.minimum", "np.fmin"), ("accounts=ALL", "accounts=(T2,)")):  # fmt: skip
        assert load(RULE.replace(old, new)).digest != before, new


def test_a_setup_with_own_rules_goes_to_another_process(load: Load) -> None:
    setup = compile_scenario(load())
    again = pickle.loads(pickle.dumps(setup))
    assert [rule.id for rule in again.catalogue.added] == ["senders.echo"]
    runs = runs_of(["as_it_was"], ["strategic_target"], [1, 2])
    assert_equal(simulate(setup, runs), simulate(again, runs))
    assert pickle.loads(pickle.dumps(packaged())) is packaged()
    with pytest.raises(RuleError, match="cannot go to another process"):
        pickle.dumps(Catalogue.of(find_rules()))


# what can be wrong with a file


def test_the_syntax_is_told_at_its_place(load: Load) -> None:
    text = RULE.replace("def held(values: Array)", "def held(values: Array")
    refused(load, text, "this is no Python", line=line_of(text, "def held"))


def test_a_failed_import_is_told_at_its_line(load: Load) -> None:
    text = RULE.replace("import numpy as np", "import nmupy as np")
    refused(load, text, "an import of the file failed", "No module named 'nmupy'", line=line_of(text, "nmupy"))
    text = RULE.replace("import T2", "import T9")
    refused(load, text, "an import of the file failed", "T9", line=line_of(text, "T9"))


def test_an_error_of_the_file_is_told_at_its_line(load: Load) -> None:
    text = RULE.replace("HIGHEST = 1.0", "HIGHEST = 1.0 / 0")
    refused(load, text, "the file stops with an error", "ZeroDivisionError", line=line_of(text, "HIGHEST ="))
    refused(load, RULE + "\nraise SystemExit\n", "the file stops with an error", "SystemExit")


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ('phase="acting"', 'phse="acting"', ("argument 'phse'", "Expected: id, sentence", "Did you mean 'phase'?")),
        ("default=1.0", "defalt=1.0", ("argument 'defalt'", "Did you mean 'default'?")),
        ("Parameter(", "Parametr(", ("'Parametr' is not defined", "Did you mean 'Parameter'?")),
        ('"who hears it", "assumption"', '"who hears it"', ("missing 1 required", "Expected: name, default, low")),
    ],
)
def test_a_wrong_name_in_a_declaration_says_what_there_is(
    load: Load, old: str, new: str, parts: tuple[str, ...]
) -> None:
    head, body = RULE.split("@rule", 1)
    assert old in body
    refused(load, f"{head}@rule{body.replace(old, new, 1)}", "the file stops with an error", *parts)


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("reach: Array", "raech: Array", ("argument 'raech' is no declared parameter", "Did you mean 'reach'?")),
        ("now: Moment, *,", "now: Moment,", ("the body takes its arguments in another way",)),
        ('("media_visibility",)', '("media_visiblity",)', ("no field is called", "Did you mean 'media_visibility'?")),
        ('reads=("media_visibility",),', "", ("'media_visibility' is used but not declared in reads",)),
        ('("media_visibility",)', '("media_visibility", "resistance")', ("'resistance' is declared in reads but",)),
        ('draws=("ear",),', "", ("'ear' is used but not declared in draws",)),
        ('draws=("ear",),', 'draws=("ear",), calendar=("sesion",),', ("no kind of event", "Did you mean 'session'?")),
        ('draws=("ear",),', 'draws=("ear",), when="sumit-2",', ("no time to act", "Did you mean 'summit'?")),
        ("accounts=ALL", 'accounts=("strategic_targt",)', ("no account is called", "Did you mean 'strategic_target'?")),
        ("accounts=ALL", 'accounts=("leverage_toolbox",)', ("the rule is on in none of the scenario's accounts",)),
        ("accounts=ALL", "accounts=()", ("the rule is in no account",)),
        ("PRS-16", "PRS-999", ("no claim is called 'PRS-999'",)),
        ('phase="acting"', 'phase="actng"', ("no phase that takes rules", "Did you mean 'acting'?")),
        ('phase="acting"', 'phase="deciding"', ("no phase that takes rules is called 'deciding'",)),
        ("senders.pressure", "senders.presure", ("no rule is called", "Did you mean 'senders.pressure'?")),
        ('("senders.pressure",)', '("senders.pressure", "senders.echo")', ("wait for one another in a circle",)),
        ("senders.echo", "sendrs.echo", ("no family is called 'sendrs'", "Did you mean 'senders'?")),
        ("senders.echo", "senders.Echo", ("this is no id of a rule",)),
        ("senders.echo", "senders.pressure", ("the packaged catalogue has a rule of this id", "rules_off")),
        ("heard again.", "heard again", ("does not end with a full stop",)),
        ('"reach", 0.8', '"reach", 1.8', ("the default does not lie in a range",)),
        ('"who hears it", "assumption"', '"who hears it", ""', ("the source is empty",)),
        ('"voice",)', '"voice", "sponsor_utility",)', ("weighs choices that only senders have",)),
        ("HIGHEST = 1.0", "HIGHEST = iter((1.0,))", ("'HIGHEST', which is neither numbers nor texts nor arrays",)),
        ("    held(w", "    reach = 1.0\n    held(w", ("the body binds its parameter 'reach' anew",)),
        ('"reach", 0.8', '"reach", "0.8"', ("parameter reach: 'default' is no number", "Found: '0.8'")),
        ("default=1.0", "default=True", ("parameter strength: 'default' is no number",)),
        ('unit="share"', "unit=1", ("parameter strength: 'unit' is no text",)),
        ('claims=("PRS-16",)', 'claims="PRS-16"', ("'claims' is no tuple", 'Fix: write claims=("PRS-16",)')),
        ('writes=("voice",)', 'writes=["voice"]', ("'writes' is no tuple", 'Fix: write writes=("voice",)')),
        ("parameters=(", 'parameters=strength("a", "b") or (', ("'parameters' is no tuple", "(Parameter(...),)")),
        ("    w.voice *= ", "    w.voic *= ", ("names 'w.voic', and no field is called so", "Did you mean 'voice'?")),
        ("    w.voice *= ", "    w.voice = ", ("puts another array in the place of 'voice'", "w.voice[...] = ...")),
    ],
)
def test_a_wrong_declaration_is_told_at_its_line(load: Load, old: str, new: str, parts: tuple[str, ...]) -> None:
    assert old in RULE
    text = RULE.replace(old, new, 1)
    arms = "arms: {as_it_was: {}}\n"
    said = refused(load, text, *parts, arms=arms)
    assert "scenario.yaml:" in said
    assert f"own.py:{line_of(text, '@rule')}:" in said


def test_rules_that_would_be_lost_are_refused(load: Load) -> None:
    body = RULE[RULE.index("@rule") :]
    refused(load, RULE.replace("@rule(", "def rul(").split("@rule")[0].split("def rul(")[0], "the file holds no rule")
    twice = RULE + body.replace("senders.echo", "senders.second")
    refused(load, twice, "the rule 'echo' is hidden", line=line_of(twice, "def echo"))
    inside = RULE + "\n\ndef make():\n" + "\n".join(f"    {line}" for line in body.replace("echo", "deep").splitlines())
    refused(load, inside, "the rule 'deep' is hidden", line=line_of(inside, "def deep"))


def test_an_id_in_two_files_is_refused(load: Load, tmp_path: Path) -> None:
    (tmp_path / "more.py").write_text(RULE, encoding="utf-8")
    refused(load, RULE + "\n", "rule id 'senders.echo' is used twice", key="rules: [own.py, more.py]\n")


def test_all_problems_of_a_file_are_told_at_once(load: Load) -> None:
    text = RULE.replace("PRS-16", "PRS-999").replace("heard again.", "heard again").replace("0.8, 0.0", "1.8, 0.0")
    said = refused(load, text, "no claim is called", "full stop", "the default does not lie", arms="arms: {a: {}}\n")
    assert said.count("own.py:") == 3


@pytest.mark.long
def test_a_file_that_breaks_off_anywhere_is_refused_or_read(load: Load) -> None:
    for end in range(0, len(RULE), 9):
        if not _is_read(load, RULE[:end]):
            refused(load, RULE[:end], "own.py", arms="arms: {as_it_was: {}}\n")


def _is_read(load: Load, text: str) -> bool:
    try:
        return bool(load(text, arms="arms: {as_it_was: {}}\n"))
    except ScenarioError:
        return False


def test_bytes_that_are_no_text_are_refused(load: Load, tmp_path: Path) -> None:
    (tmp_path / "bytes.py").write_bytes(b"\xff\xfe\x00")
    refused(load, RULE, "the file is not UTF-8 text", key="rules: [bytes.py]\n", arms="arms: {a: {}}\n")


def test_a_broken_file_never_ends_in_a_traceback(load: Load, tmp_path: Path) -> None:
    load()
    (tmp_path / "own.py").write_text(RULE.replace("import numpy", "import nmupy"), encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(tmp_path / "scenario.yaml")])
    assert (result.exit_code, result.exception.__class__) == (2, SystemExit) or isinstance(
        result.exception, ScenarioError
    )
    assert "Traceback" not in result.output


def test_check_says_how_many_rules_were_added(load: Load, tmp_path: Path) -> None:
    load()
    result = CliRunner().invoke(app, ["check", str(tmp_path / "scenario.yaml")], env={"COLUMNS": "200"})
    assert "12 months, with 1 rule of its own: ok" in result.output


# batches

TINY = HEAD + ARMS + "rules: [own/echo.py]\n"
EXPERIMENT = """\
scenario: ../scenarios/tiny.yaml
replications: 2
seed: 7
arms: [vocal, as_it_was]
design: one_at_a_time
vary: {senders.echo.reach: {values: [0.2]}, senders.echo.strength: {range: [0, 1]}}
"""


@pytest.fixture(scope="module")
def experiment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("own")
    path = write_tiny(root, EXPERIMENT, TINY)
    (root / "scenarios" / "own").mkdir()
    (root / "scenarios" / "own" / "echo.py").write_text(RULE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def finished(experiment: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return results that two worker processes made, far from the files that they rest on."""
    out = tmp_path_factory.mktemp("results") / "results"
    run_experiment(load_experiment(experiment), out, means=Means(workers=2, engine="pool", chunk=4))
    return Path(shutil.copytree(out, tmp_path_factory.mktemp("elsewhere") / "results"))


@pytest.mark.long
def test_workers_have_the_rules(experiment: Path, finished: Path) -> None:
    results = open_results(finished)
    read = load_experiment(experiment)
    design = make_design(read)
    assert set(design.parameters) == {"senders.echo.reach", "senders.echo.strength"}
    here = simulate(compile_scenario(read.scenario), design.to_runs())
    assert set(results.runs()["status"]) == {"done"}
    np.testing.assert_array_equal(results.outcomes()["releases"], here.outcomes["releases"])
    meanings = {column["name"]: column["meaning"] for column in results.manifest.columns["runs"]}
    assert meanings["senders.echo.reach"] == "who hears it"


@pytest.mark.long
def test_a_run_that_a_rule_ends_says_in_which_line(experiment: Path, tmp_path: Path) -> None:
    shutil.copytree(experiment.parent.parent, tmp_path / "study")
    wrong = RULE.replace("    held(w.voice)", "    w.voice += strength[:, None]")
    (tmp_path / "study" / "scenarios" / "own" / "echo.py").write_text(wrong, encoding="utf-8")
    text = EXPERIMENT.split("design:")[0].replace("replications: 2", "replications: 1")
    (tmp_path / "study" / "experiments" / experiment.name).write_text(text, encoding="utf-8")
    read = load_experiment(tmp_path / "study" / "experiments" / experiment.name)
    run_experiment(read, tmp_path / "out", means=Means(workers=1))
    told = list(open_results(tmp_path / "out").runs()["message"])
    assert told
    assert all(message.endswith(f"(rule file echo.py, line {line_of(wrong, '[:, None]')})") for message in told)


@pytest.mark.long
def test_the_folder_alone_repeats_and_goes_on(finished: Path) -> None:
    results = open_results(finished)
    assert [path.name for path in (finished / "inputs").rglob("*.py")] == ["echo.py"]
    assert setup_of(results).catalogue.get("senders.echo").sentence == "Public criticism is heard again."
    repeated = repeat_run(results, 3)
    assert repeated.failure is None
    assert repeated.differences == []
    assert resume(finished).was_complete


@pytest.mark.long
def test_why_knows_own_rules(finished: Path) -> None:
    arguments = ["why", finished, "--run", "0", "--date", "1990-05", "--decision", "representation", "--actor", "USA"]
    result = CliRunner().invoke(app, list(map(str, arguments)), env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output


@pytest.mark.long
def test_other_rules_are_other_results(experiment: Path, tmp_path: Path) -> None:
    copy = tmp_path / "results"
    run_experiment(load_experiment(experiment), copy, means=Means(workers=1))
    (place,) = (copy / "inputs").rglob("echo.py")
    place.write_text(RULE.replace("1.0 + strength", "1.5 + strength"), encoding="utf-8")
    with pytest.raises(Exception, match=r"echo\.py"):
        setup_of(open_results(copy))


def test_an_ablation_takes_own_rules(experiment: Path) -> None:
    path = experiment.with_name("ablation.yaml")
    text = EXPERIMENT.partition("design:")[0] + "design: ablation\nrules: [senders.echo]\n"
    path.write_text(text, encoding="utf-8")
    assert make_design(load_experiment(path)).parameters == ("senders.echo.strength",)
    path.write_text(text.replace("senders.echo", "senders.ecco"), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"Did you mean 'senders\.echo'"):
        load_experiment(path)


@pytest.mark.long
def test_a_rule_made_in_a_program_can_join_a_setup(load: Load) -> None:
    made: Rule = replace(packaged().get("focal.holds"), id="focal.holds_again")
    setup = replace(compile_scenario(load()), catalogue=packaged().plus([made]))
    assert "focal.holds_again.famous" in setup.catalogue.parameters
    assert simulate(setup, runs_of(["as_it_was"], ["domestic_engine"], [1, 2])).outcomes
