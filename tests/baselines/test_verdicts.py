"""The verdicts of history on this version, frozen: another verdict is a changed result and is written down as one."""

from __future__ import annotations

import json

import pytest

from demarche.analysis.scorecard import kept_verdicts
from demarche.analysis.scorecard.assemble import REPLICATIONS, Plan, judge_setup
from demarche.analysis.scorecard.jobs import Roles
from demarche.cli.say.scorecard import cell, on_record, short
from demarche.history.scorecard.card import Scorecard
from tests.baselines.measuring import setup
from tests.conftest import ROOT

FILE = ROOT / "src" / "demarche" / "analysis" / "scorecard" / kept_verdicts.FILE
PAGE = ROOT / "docs" / "validation.md"
MARK = "<!-- verdicts: written by python -m pytest --update-baselines -->\n"
SEED = 1995


@pytest.mark.long
def test_verdicts_are_those_that_were_frozen(pytestconfig: pytest.Config) -> None:
    card = judge_setup(setup(), Roles("as_it_was", "quiet"), Plan(SEED, REPLICATIONS, workers=2)).card
    found = kept_verdicts.to_keep(card)
    if pytestconfig.option.update_baselines:
        FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        before, _, after = PAGE.read_text(encoding="utf-8").split(MARK)
        PAGE.write_text(MARK.join((before, page_table(card), after)), encoding="utf-8")
    assert found == json.loads(FILE.read_text(encoding="utf-8"))
    assert PAGE.read_text(encoding="utf-8").split(MARK)[1] == page_table(card)
    assert card.notes == (), "the study of single rules is of these rules: demarche validate --restate"


def page_table(card: Scorecard) -> str:
    """Return the first line and the table of verdicts and means as they stand on the page."""
    names = [short(column) for column in card.columns]
    lines = [f"**{card.first_line}.**", "", f"| pattern | record | {' | '.join(names)} | marks |"]
    lines.append("|" + "---|" * (len(names) + 3))
    for name in card.applicable:
        told = [cell(column, name, brief=False) for column in card.columns]
        cells = " | ".join(one.replace("\n", " ").replace("FAIL", "**fail**") for one in told)
        record = on_record(card.patterns[name]).partition(" +-")[0]
        lines.append(f"| {name} | {record} | {cells} | {', '.join(card.marks[name])} |")
    rates = " | ".join(f"{passed} of {judged}" for passed, judged in (column.rate for column in card.columns))
    lines.append(f"| passed | | {rates} | |")
    return "\n".join(lines) + "\n"
