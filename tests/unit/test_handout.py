from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from demarche.claims.register import load_register
from demarche.experiment.results.store import Results
from demarche.figures.draw import read_what_they_need
from demarche.figures.find import find_figures
from demarche.report.contents import Contents, Wanted, contents_of
from demarche.report.effects import effects_of
from demarche.report.facts import scenario_of
from demarche.report.handout import (
    MANY,
    SECOND_PAGE,
    Handout,
    carrying_links,
    handout_of,
    issues_that_fit,
    lines,
    questions_of,
    rows_that_fit,
)
from demarche.report.issues import Side, issues_of, links_word, words_of_side
from demarche.report.render import handout_page
from demarche.scenario.library import library
from tests.unit.test_cli import invoke
from tests.unit.test_figures_tables import make_tables
from tests.unit.test_report import Page, small_carriers

LESSONS = sorted(library())


@pytest.fixture(scope="module")
def contents(small_results: Results) -> Contents:
    return contents_of(small_results, Wanted(repeats=False, page=False))


@pytest.fixture(scope="module")
def sheet(contents: Contents, small_results: Results) -> Handout:
    tables = read_what_they_need(small_results, find_figures().values())
    return handout_of(contents, tables, scenario_of(small_results))


@pytest.fixture(scope="module")
def page(contents: Contents, sheet: Handout) -> str:
    return handout_page(contents, sheet)


def test_its_numbers_are_those_of_the_report(contents: Contents, sheet: Handout, page: str) -> None:
    assert contents.effects is not None
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    cells = [re.sub(r"<br>", " | ", cell) for cell in re.findall(r"<td>(.*?)</td>", table, flags=re.DOTALL)]
    told = [re.sub(r"<[^>]*>", "", cell) for cell in cells]
    expected = [
        f"{one.mean} · {one.share} | {one.interval}" if one.share else f"{one.mean} | {one.interval}"
        for row in sheet.rows for one in (row.of(account) for account in contents.accounts) if one is not None
    ]  # fmt: skip
    assert told == expected
    assert len(told) == 2 * len(sheet.rows) >= 10
    assert sheet.rows == contents.effects.telling[: len(sheet.rows)]
    assert sheet.left_out == len(contents.effects.rows) - len(sheet.rows)


def test_the_share_is_that_of_draws_whose_mean_has_the_sign_of_the_effect() -> None:
    tables = make_tables(n=12)
    runs = tables.outcomes.copy()
    # quiet frees 3 more in the first account; in draw 0 both lucks, in draw 1 one of the two is turned round
    account = next(iter(tables.accounts))
    turned = (runs["arm"] == "quiet") & (runs["account"] == account) & runs["replication"].isin([0, 1, 2])
    runs.loc[turned, "releases"] -= 7.0
    drawn = runs.assign(draw=runs["replication"] // 2, luck=runs["replication"] % 2).drop(
        columns=["point", "replication"])  # fmt: skip
    found = effects_of(dataclasses.replace(tables, outcomes=drawn))
    assert found is not None
    assert found.units == "draws"
    effect = found.rows[0].of(account)
    assert effect is not None
    assert effect.mean.startswith("+")
    assert effect.share == "67 %", "draw 0 lies below, draw 1 too (3 and -4 make -0.5 a run): 4 of 6"


def test_it_asks_for_nothing_and_is_black_and_grey(contents: Contents, sheet: Handout, page: str) -> None:
    read = Page(page)
    assert not read.outside
    assert len(read.ids) == len(set(read.ids))
    assert read.headings[0] == 1
    assert page.count('class="sheet"') == 2
    assert page.count("<h1") == 1
    colours = {match.lower() for match in re.findall(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\b", page, flags=re.IGNORECASE)}
    assert colours
    assert all(len(set(re.findall("." * (len(one) // 3), one[1:]))) == 1 for one in colours), colours
    nasty = dataclasses.replace(contents, title="<b>$5</b> & 私下", question="<script>alert(1)</script>")
    text = handout_page(nasty, dataclasses.replace(sheet, questions=("<i>why</i>",)))
    assert "&lt;b&gt;$5&lt;/b&gt; &amp; 私下" in text
    assert "<script" not in text
    assert "<i>" not in text


def test_it_says_everything_that_a_class_needs(contents: Contents, sheet: Handout, page: str) -> None:
    plain = page.replace("&#39;", "'").replace("&#34;", '"')
    assert contents.question in plain
    assert all(f"<strong>{name}</strong>: {title}" in plain for name, title in contents.arms.items())
    assert sheet.picture is not None
    assert "<text" in sheet.picture.svg
    assert all(text in plain for text in (*sheet.questions, *sheet.not_said, *sheet.agreed))
    for issue in sheet.issues:
        assert issue.meaning in plain
        for one in (*issue.more.passages, *issue.less.passages):
            assert one.paraphrase in plain
            assert f"{one.id}; document {one.nick}, {one.place}" in plain
            assert f"Document {one.nick}: {one.document}." in plain
    assert "share of replications in which the difference has the sign of the mean" in plain


@pytest.mark.parametrize("name", LESSONS)
def test_each_scenario_of_the_library_has_its_links_on_both_sides(name: str) -> None:
    scenario = library()[name]
    assert scenario.lesson is not None
    found = issues_of(scenario, list(scenario.accounts))
    assert found
    assert {issue.name for issue in found} <= set(scenario.lesson.links)
    argued = [issue.is_argued for issue in found]
    assert argued == sorted(argued, reverse=True), "those that both sides argue come first"
    for issue in found:
        held = {short: float(median) for side in (issue.more, issue.less) for short, median, _ in side.held}
        assert set(held) == {account.short for account in scenario.accounts.values()}
        lowest = min(held[short] for short, *_ in issue.more.held)
        assert lowest > max(held[short] for short, *_ in issue.less.held)
        for side in (issue.more, issue.less):
            own = {short for short, _, is_own in side.held if is_own}
            assert bool(side.passages) <= bool(own)
            assert not (side.passages and side.against)
    told = questions_of(scenario, None)
    assert len(told) == 3
    assert scenario.question in told[0]
    assert scenario.lesson.teaching in told[1]
    assert all(f"({key})" in told[2] for key in scenario.lesson.watched[:4])


def test_what_is_set_against_a_side_without_a_passage_is_what_the_register_says() -> None:
    scenario = library()["S01"]
    issue = next(one for one in issues_of(scenario, list(scenario.accounts)) if one.name == "list_release")
    assert [one.id for one in issue.more.passages] == ["PRS-11", "PRS-20"]
    assert issue.less.passages == ()
    against = load_register().against("PRS-11")
    assert [one.id for one in issue.less.against] == [id_ for id_, _ in against][:1] == ["PRS-27"]


def test_accounts_that_were_not_run_are_not_told() -> None:
    scenario = library()["S01"]
    found = issues_of(scenario, ["cooperative_learning", "domestic_engine"])
    assert {short for issue in found for side in (issue.more, issue.less) for short, *_ in side.held} == {"T1", "T4"}
    assert issues_of(scenario, ["domestic_engine"]) == ()


def test_a_scenario_of_no_library_is_asked_about_what_its_runs_show(contents: Contents) -> None:
    scenario = dataclasses.replace(library()["S01"], lesson=None)
    found = issues_of(scenario, list(scenario.accounts))
    assert len(found) > len(issues_of(library()["S01"], list(scenario.accounts)))
    assert found[0].is_argued
    assert contents.effects is not None
    row = dataclasses.replace(contents.effects.rows[0], kind="split")
    split = dataclasses.replace(contents.effects, rows=(row,))
    assert f"disagree on {row.title[:1].lower()}{row.title[1:]}." in questions_of(scenario, split)[1]
    assert "No two accounts disagree" in questions_of(scenario, dataclasses.replace(split, rows=()))[1]
    assert questions_of(scenario, None)[2].startswith("Which fact outside the model")


def test_a_scenario_of_no_library_is_asked_about_links_that_carry_its_effects(
    small_results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = read_what_they_need(small_results, [find_figures()["accounts"]])
    assert carrying_links(tables) == ()
    made = small_carriers(small_results)
    monkeypatch.setattr("demarche.report.handout.read_kept", lambda results: made)
    assert carrying_links(tables) == ("list_release",), "2 with an error of 0.5; -0.1 is not clear and 0 is nothing"
    scenario = dataclasses.replace(library()["S01"], lesson=None)
    found = issues_of(scenario, list(scenario.accounts), 2, carrying_links(tables))
    assert [issue.name for issue in found] == ["list_release"]
    assert "carry these effects" in links_word(scenario, ("list_release",))
    assert "differ most" in links_word(scenario)
    named = issues_of(library()["S01"], list(scenario.accounts), 2, ("list_release",))
    assert len(named) > 1, "what a scenario names goes first"


def test_two_pages_hold_less_where_there_are_more_arms_and_accounts(contents: Contents) -> None:
    arms = {f"arm_{number}": "Half private, half public" for number in range(12)}
    many = {f"account_{number}": ("T", "") for number in range(MANY + 4)}
    twelve = dataclasses.replace(contents, arms=arms)
    assert rows_that_fit(contents) > rows_that_fit(twelve) >= 3
    assert rows_that_fit(dataclasses.replace(contents, accounts=many)) < rows_that_fit(contents)
    long = dataclasses.replace(contents, arms=dict.fromkeys(arms, "公开 " * 50))
    assert rows_that_fit(long) == 3
    scenario = library()["S01"]
    wide, narrow = (issues_that_fit(scenario, list(scenario.accounts), room) for room in (SECOND_PAGE, 15))
    assert len(wide) == 3
    assert len(narrow) < 3
    assert len(wide[0].more.passages) + len(wide[0].less.passages) > 2
    assert len(issues_that_fit(scenario, list(scenario.accounts), 0)) == 1
    assert lines("x" * 106) == 2


def test_equal_medians_stand_together() -> None:
    side = Side((("T1", "1.3", True), ("T2", "1", False), ("T3", "1", False), ("T4", "1", True)), ())
    assert words_of_side(side) == "T1 1.3; T2 and T3 1, as in the common account; T4 1"


def test_one_arm_makes_a_sheet_without_effects(contents: Contents, sheet: Handout) -> None:
    text = handout_page(dataclasses.replace(contents, effects=None),
                        dataclasses.replace(sheet, rows=(), picture=None, left_out=0))  # fmt: skip
    assert "There is one arm, so that no effect can be told." in text
    assert "<table>" not in text


def test_the_command_writes_it_without_repeating_runs(small_results: Results, tmp_path: Path) -> None:
    out = tmp_path / "sheet.html"
    result = invoke("report", small_results.path, "--handout", "--quiet", "--out", out)
    assert result.exit_code == 0, result.output
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    both = invoke("report", small_results.path, "--handout", "--deck")
    assert both.exit_code == 2
    assert "slides and a hand-out are two files" in both.stderr
