"""Posterior files: what is written is read back, what does not fit is refused, and experiments draw from them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from demarche.accounts.posterior import Posterior, read_posterior
from demarche.errors import ScenarioError
from demarche.experiment.design.experiment import load_experiment
from demarche.experiment.design.table import make_design
from demarche.rules.find import packaged
from demarche.rules.identity import digest_of, rule_digest
from tests.unit.test_draws import HEAD, read

LINK, RATE = "link.affront_detention", "rate.tactic_defend"
LEARNED = HEAD + "draws: 4\nlucks: 2\naccounts: [strategic_target]\nparameters: posterior\nposteriors: [learned.json]\n"


@cache
def rules() -> str:
    return digest_of(rule_digest(rule) for rule in packaged().rules)


def made(account: str = "strategic_target", **more: str) -> Posterior:
    draws = {LINK: np.array([0.125, 0.25, 0.5]), RATE: np.array([0.1, 0.2, 0.3])}
    report = {"matched": ["P02"]}
    return Posterior(account, "held", more.get("rules", rules()), 1998, draws, "demarche calibrate", report)


def write(folder: Path, text: str) -> Path:
    path = folder / "learned.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    back = read_posterior(write(tmp_path, made().text()))
    assert (back.account, back.until, back.rules) == ("strategic_target", 1998, rules())
    for path, values in made().draws.items():
        np.testing.assert_array_equal(back.draws[path], values)
    np.testing.assert_array_equal(back.rows([0, 3, 5])[LINK], [0.125, 0.125, 0.5])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda said: said | {"version": 99}, "another version"),
        (lambda said: {key: value for key, value in said.items() if key != "draws"}, "lacks keys"),
        (lambda said: said | {"draws": {LINK: [1.0], RATE: [1.0, 2.0]}}, "differ in their number of draws"),
        (lambda said: said | {"draws": {LINK: [float("nan")]}}, "is no number"),
        (lambda said: [said], "lacks keys"),
        (lambda said: said | {"draws": [1.0]}, "is no number"),
        (lambda said: said | {"draws": None}, "is no number"),
        (lambda said: said | {"draws": {LINK: ["x"]}}, "is no number"),
        (lambda said: said | {"draws": {LINK: [[1.0], [1.0, 2.0]]}}, "is no number"),
        (lambda said: said | {"draws": {LINK: [{}]}}, "is no number"),
        (lambda said: said | {"draws": {LINK: [10**400]}}, "is no number"),
        (lambda said: said | {"until": "soon"}, "is no number"),
        (lambda said: said | {"until": None}, "is no number"),
    ],
)
def test_files_that_cannot_be_used_are_refused(tmp_path: Path, change: object, words: str) -> None:
    assert callable(change)
    path = write(tmp_path, json.dumps(change(json.loads(made().text()))))
    with pytest.raises(ScenarioError, match=words):
        read_posterior(path)


def test_no_file_and_no_json_are_told(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        read_posterior(tmp_path / "none.json")
    with pytest.raises(ScenarioError, match="cannot be read"):
        read_posterior(tmp_path)
    for text in ("{", "[" * 100_000):
        with pytest.raises(ScenarioError, match="is no JSON"):
            read_posterior(write(tmp_path, text))


def test_draws_are_rows_of_the_posterior(tmp_path: Path) -> None:
    path = read(tmp_path, HEAD + "draws: 4\nlucks: 2\naccounts: [strategic_target]\n").path
    prior = make_design(load_experiment(path))
    write(path.parent, made().text())
    head = path.read_text(encoding="utf-8")
    path.write_text(head + "parameters: posterior\nposteriors: [learned.json]\n", encoding="utf-8")
    found = load_experiment(path)
    design = make_design(found)
    runs, before = design.to_runs(), prior.to_runs()
    rows = [runs.arm[at] == runs.arm[0] for at in range(len(runs))]
    assert np.asarray(runs.values[LINK])[rows].tolist() == [0.125, 0.125, 0.25, 0.25, 0.5, 0.5, 0.125, 0.125]
    assert not np.array_equal(runs.values[LINK], before.values[LINK])
    other = "rate.visit_request"
    np.testing.assert_array_equal(runs.values[other], before.values[other])
    assert found.describe_design()["learned"] == {"strategic_target": {"until": 1998, "matched": ["P02"]}}
    assert path.parent / "learned.json" in [one.absolute() for one in found.files]


@pytest.mark.parametrize(
    ("posterior", "text", "words"),
    [
        (made(rules="0"), LEARNED, "learned with other rules"),
        (made("domestic_engine"), LEARNED, "accounts have no posterior file"),
        (made(), LEARNED.replace("parameters: posterior\n", ""), "belong together"),
        (made(), LEARNED.replace("posteriors: [learned.json]\n", ""), "belong together"),
        (made(), LEARNED.replace("learned.json", "none.json"), ""),
    ],
)
def test_experiments_refuse_posteriors_that_do_not_fit(
    tmp_path: Path, posterior: Posterior, text: str, words: str
) -> None:
    path = read(tmp_path, HEAD + "draws: 4\nlucks: 2\n").path
    write(path.parent, posterior.text())
    first = path.read_text(encoding="utf-8").splitlines()[0]
    path.write_text(text.replace("scenario: ../scenarios/tiny.yaml", first), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_experiment(path)
    assert any(words in problem.what for problem in caught.value.problems), caught.value
