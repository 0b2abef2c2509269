"""Summary, `compare`, figure and Python give the same answer to the digit: over luck alone, and over draws and luck."""

from __future__ import annotations

import dataclasses
import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from tests.unit.test_runner import SCENARIO, write_tiny
from typer.testing import CliRunner

from demarche.analysis.comparison.answer import Comparison, compare, compare_asked
from demarche.cli.main import app
from demarche.engine.variables import OUTCOMES
from demarche.experiment.results.store import Results, open_results
from demarche.figures.kinds import accounts as accounts_figure
from demarche.figures.kinds import compare as compare_figure
from demarche.figures.kinds import contrast as contrast_figure
from demarche.figures.tables import read_tables
from demarche.figures.titles import title_of

pytestmark = pytest.mark.long

SHOWN = ("sponsors", "releases", "core_practice_change", "mobilisation", "dialogues")
KNOWN = ("sponsors", "releases", "mobilisation", "dialogues")
TEXT = SCENARIO.replace("outcomes: [releases, sponsors]", f"outcomes: [{', '.join(SHOWN)}]")
TEXT = TEXT.replace("end: 1990-12", "end: 1994-12") + "contrast: [vocal, as_it_was]\nreference: vocal\n"
HEAD = "scenario: ../scenarios/tiny.yaml\nseed: 4\nrecord: {series: false, events: false}\n"
FORMS = {
    "luck alone": ("replications: 5\n", "over luck alone", "5 independent replications"),
    "draws and luck": ("draws: 5\nlucks: 2\n", "over draws and luck", "5 independent draws"),
}
NUMBER = r"[+-]?[\d,]+\.\d+"


@dataclasses.dataclass
class Told:
    """What was printed by the run, and where the results lie."""

    results: Results
    summary: str
    over: str
    units: str


def invoke(*arguments: object) -> str:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "240"})
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module", params=FORMS, ids=[name.replace(" ", "_") for name in FORMS])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    form, over, units = FORMS[request.param]
    folder = tmp_path_factory.mktemp("agreement")
    path = write_tiny(folder, HEAD + form, TEXT)
    summary = invoke("run", path, "--out", folder / "out", "--workers", 1, "--no-figures")
    return Told(open_results(folder / "out"), summary, over, units)


def as_read(value: float, outcome: str) -> str:
    """Return a number with the digits of its unit and its sign, as a reader sees it."""
    digits = 3 if OUTCOMES[outcome].unit == "share" else 1
    text = f"{value:+,.{digits}f}"
    return text.lstrip("+-") if not re.search("[1-9]", text) else text


def expected(found: Comparison) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Return (level, account, outcome) -> mean, low and high as they must be read."""
    return {
        (row["level"], row["account"], row["outcome"]): tuple(
            as_read(row[name], row["outcome"]) for name in ("mean", "low", "high")
        )
        for row in found.known.to_dict("records")
    }


def cells(lines: list[str], accounts: list[str]) -> dict[str, tuple[str, ...]]:
    """Return account -> mean, low and high in two lines of a table."""
    means = re.findall(rf"(?<![\w.])({NUMBER})(?= +P |\s|$)", re.sub(r"P \d\.\d\d", "P", lines[0]))
    ends = re.findall(rf"({NUMBER}) to ({NUMBER})", lines[1])
    assert len(means) == len(ends) == len(accounts), lines
    return {account: (mean, *both) for account, mean, both in zip(accounts, means, ends, strict=True)}


def test_the_summary_prints_what_python_returns(told: Told) -> None:
    found = compare_asked(told.results)
    assert found is not None
    wanted = expected(found)
    accounts = list(told.results.manifest.accounts)
    text = told.summary.partition("vocal minus as_it_was")[2].partition("Means of all runs")[0]
    lines = text.splitlines()
    seen = {}
    for place, line in enumerate(lines):
        name = line.strip().partition(" ")[0]
        if name in KNOWN:
            seen |= {("vocal", one, name): cell for one, cell in cells(lines[place : place + 2], accounts).items()}
    assert seen == wanted
    assert {name for _, _, name in seen} == set(KNOWN)
    flat = " ".join(told.summary.split())
    assert told.over in flat
    assert told.units in flat
    assert "Without a number: core_practice_change needs a period of 72 months or more, this one has 60" in flat


def test_compare_prints_and_writes_what_python_returns(told: Told, tmp_path: Path) -> None:
    found = compare(told.results)
    assert found.contrast.reference == "vocal"
    assert found.contrast.outcomes == SHOWN
    to = tmp_path / "table.csv"
    text = invoke("compare", told.results.path, "--no-figure", "--to", to)
    pd.testing.assert_frame_equal(pd.read_csv(to), found.table, check_dtype=False, check_exact=True)
    accounts, seen, outcome = list(told.results.manifest.accounts), {}, ""
    lines = text.splitlines()
    for place, line in enumerate(lines):
        words = line.split()
        if len(words) == 2 and words[0] in SHOWN:
            outcome = words[0]
        elif words and words[0] in ("quiet", "as_it_was") and outcome in KNOWN:
            found_here = cells(lines[place : place + 2], accounts).items()
            seen |= {(words[0], account, outcome): cell for account, cell in found_here}
    assert seen == expected(found)
    flat = " ".join(text.split())
    assert told.over in flat
    assert told.units in flat


def test_python_and_the_command_agree_on_the_contrast_whichever_way_it_is_asked(told: Told) -> None:
    asked = compare_asked(told.results)
    assert asked is not None
    whole = compare(told.results, reference="as_it_was")
    mine = whole.table[whole.table["level"] == "vocal"].reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, asked.table, check_exact=True)


def blocks(text: str, starts: set[str]) -> dict[str, list[str]]:
    """Return first word of a row -> its lines in a table, those after the first included."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        first = line.strip().partition(" ")[0]
        if first in starts:
            name = first
        elif name and not line.strip():
            name = ""
        if name:
            found.setdefault(name, []).append(line)
    return found


def test_summary_show_and_compare_print_the_same_lines_in_both_layers(told: Told) -> None:
    """Means, both intervals, shares of one sign, medians of what is skewed: to the digit, wherever they are printed."""
    found = compare_asked(told.results)
    assert found is not None
    show = invoke("results", "show", told.results.path)
    one = invoke("compare", told.results.path, "--reference", "as_it_was", "--no-figure", "--outcomes", "releases")
    summary = told.summary.partition("vocal minus as_it_was")[2].partition("Means of all runs")[0]
    whole = {name: [line[12:].rstrip() for line in lines] for name, lines in blocks(summary, set(KNOWN)).items()}
    again = {name: [line[12:].rstrip() for line in lines]
             for name, lines in blocks(show.partition("vocal minus as_it_was")[2], set(KNOWN)).items()}  # fmt: skip
    assert whole == again
    printed = " ".join(" ".join(whole["releases"]).split())
    compared = " ".join(" ".join(blocks(one, {"vocal"})["vocal"]).split())
    rows = found.table[found.table["outcome"] == "releases"].to_dict("records")
    wanted = []
    for row in rows:
        ends = [as_read(row[name], "releases") for name in ("luck_low", "luck_high")]
        wanted += [f"({ends[0]} to {ends[1]})"] if found.has_draws else []
        wanted += [f"sign in {100 * row['same_sign']:.0f} %"] if not math.isnan(row["same_sign"]) else []
        wanted += [f"median {as_read(row['median'], 'releases')}"] if row["skewed"] else []
    assert wanted
    for words in wanted:
        assert words in printed
        assert words in compared
    assert ("given the draws" in told.summary) == found.has_draws


def outcome_of(title: str) -> str | None:
    """Return the outcome of a panel's title, None for other titles."""
    named = {title_of(name): name for name in OUTCOMES}
    return named.get(" ".join(title.removesuffix(" (signs differ)").split()))


def marks(figure: Figure) -> dict[tuple[str, str], tuple[float, float, float]]:
    """Return (outcome, label) -> mean, low and high that are drawn, of a figure with one axis an outcome."""
    found = {}
    for ax in figure.axes:
        name = outcome_of(ax.get_title("left"))
        if not ax.get_visible() or name is None:
            continue
        spans = {round(float(path.vertices[0][1]), 6): path.vertices[:, 0] for lines in ax.collections
                 for path in lines.get_paths()[:1] if lines.get_linewidth()[0] < 3}  # fmt: skip
        for line in ax.lines:
            if line.get_marker() not in ("None", None) and len(line.get_xdata()) == 1:
                low, high = spans[round(float(line.get_ydata()[0]), 6)]
                found[name, str(line.get_label())] = (float(line.get_xdata()[0]), float(low), float(high))
    return found


def table_drawn(figure: Figure) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], bool], set[str]]:
    """Return of the figure of accounts: the numbers as read, whether each mark is filled, and outcomes flagged.

    A row is an outcome and a column an account, each found by what is written at the axes.
    """
    ax = figure.axes[0]
    left, titles = ([" ".join(text.get_text().split()) for text in texts]
                    for texts in (ax.get_yticklabels(), ax.get_xticklabels()))  # fmt: skip
    rows = [outcome_of(re.sub(r"\s*\([^()]*\)$", "", text)) for text in left]  # without the unit
    flagged, numbers, filled = set(), {}, {}
    for text in ax.texts:
        x, y = text.xy
        if text.get_text() == "signs differ":
            flagged.add(str(rows[round(y)]))
        else:
            numbers[str(rows[round(y)]), titles[round(x)]] = text.get_text().replace("\N{MINUS SIGN}", "-")
    for dots in ax.collections:
        places = dots.get_offsets()
        for (x, y), face in zip(places, np.resize(dots.get_facecolor(), (len(places), 4)), strict=True):
            filled[str(rows[round(float(y))]), titles[round(float(x) + 0.3)]] = tuple(face[:3]) != (1.0, 1.0, 1.0)
    return numbers, filled, flagged


def test_the_figure_of_accounts_draws_what_python_returns(told: Told) -> None:
    found = compare_asked(told.results)
    assert found is not None
    tables = read_tables(told.results, (), ())
    figure = accounts_figure.FIGURE(tables)
    numbers, filled, flagged = table_drawn(figure)
    assert {name for name, _ in numbers} == set(KNOWN)
    for row in found.known.to_dict("records"):
        place = row["outcome"], tables.accounts[row["account"]]
        share = "" if math.isnan(row["same_sign"]) else f" · {100 * row['same_sign']:.0f} %"
        assert numbers[place] == as_read(row["mean"], row["outcome"]) + share
        assert filled[place] == (row["side"] != 0)
    assert len(numbers) == len(filled) == len(found.known)
    assert flagged == set(found.split) == disagreements(told.summary)
    for words in (told.over, told.units, "Not shown: core_practice_change needs a period of 72 months"):
        assert words in " ".join(figure.get_label().split())


def test_the_figure_of_compare_draws_what_python_returns(told: Told) -> None:
    found = compare(told.results)
    drawn = marks(compare_figure.FIGURE(read_tables(told.results, (), ()), found))
    for outcome in KNOWN:
        mine = found.known[found.known["outcome"] == outcome]
        for level in ("quiet", "as_it_was"):
            last = mine[mine["level"] == level].iloc[-1]  # of two accounts with one label the last is kept
            assert drawn[outcome, level] == pytest.approx((last["mean"], last["low"], last["high"]), abs=1e-9)


def test_the_figure_of_contrasts_draws_what_python_returns(told: Told) -> None:
    found = compare(told.results)
    tables = read_tables(told.results, (), ())
    figure = contrast_figure.FIGURE(tables)
    accounts, seen = list(told.results.manifest.accounts), 0
    for ax in figure.axes:
        outcome = outcome_of(ax.get_title("left"))
        if not ax.get_visible() or outcome is None:
            continue
        mine = found.known[found.known["outcome"] == outcome].set_index(["account", "level"])
        for line in ax.lines:
            account = str(line.get_label())
            if account in accounts:
                arm = found.contrast.levels[round(float(line.get_ydata()[0]))]
                row, seen = mine.loc[(account, arm)], seen + 1
                assert float(line.get_xdata()[0]) == pytest.approx(row["mean"], abs=1e-9)
                assert (line.get_markerfacecolor() == "white") == (row["side"] == 0)
    assert seen == len(found.known)


def disagreements(text: str) -> set[str]:
    return set(re.findall(r"The accounts disagree on (\w+)", " ".join(text.split())))


def test_all_say_alike_where_accounts_disagree(told: Told) -> None:
    found = compare(told.results, reference="as_it_was")
    text = invoke("compare", told.results.path, "--no-figure", "--reference", "as_it_was")
    assert disagreements(text) == set(found.split)
    for row in found.splits.to_dict("records"):
        sides = found.known[(found.known["outcome"] == row["outcome"]) & (found.known["level"] == row["level"])]
        seen = {as_read(side[end], row["outcome"])[0] for side in sides.to_dict("records") for end in ("low", "high")
                if side["side"]}  # fmt: skip
        assert seen == {"+", "-"}


def test_a_planted_disagreement_is_said_and_drawn_alike(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """Releases are moved by a shift that differs in sign by account: every output must say so."""
    frame = told.results.outcomes()
    second = told.results.manifest.experiment["accounts"][1]
    shift = (frame["arm"] == "vocal") * (1 - 2 * (frame["account"] == second)) * 1e3
    planted = frame.assign(releases=frame["releases"] + shift, sponsors=math.nan, mobilisation=0.1)
    monkeypatch.setattr(Results, "outcomes", lambda self: planted)
    found = compare_asked(told.results)
    assert found is not None
    assert found.split == ("releases",)
    figure = accounts_figure.FIGURE(read_tables(told.results, (), ()))
    assert table_drawn(figure)[2] == {"releases"}
    text = invoke("compare", told.results.path, "--no-figure", "--reference", "as_it_was")
    assert "releases" in disagreements(text)
