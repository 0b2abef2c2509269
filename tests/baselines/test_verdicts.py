"""The verdicts of history on this version, frozen: another verdict is a changed result and is written down as one."""

from __future__ import annotations

import json

import pytest

from demarche.analysis.scorecard.assemble import Plan, judge_setup
from demarche.analysis.scorecard.jobs import Roles
from tests.baselines.measuring import setup
from tests.conftest import ROOT

FILE = ROOT / "tests" / "baselines" / "verdicts.json"
REPLICATIONS = 40
SEED = 1995


@pytest.mark.long
def test_verdicts_are_those_that_were_frozen(pytestconfig: pytest.Config) -> None:
    card = judge_setup(setup(), Roles("as_it_was", "quiet"), Plan(SEED, REPLICATIONS, workers=2)).card
    found = {
        name: {
            "marks": list(card.marks[name]),
            **{column.name: {None: "-", True: "pass", False: "fail"}[column.passes(name)] for column in card.columns},
        }
        for name in card.applicable
    }
    if pytestconfig.option.update_baselines:
        FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(FILE.read_text(encoding="utf-8"))
    assert card.notes == (), "the study of single rules is of these rules: demarche validate --restate"
