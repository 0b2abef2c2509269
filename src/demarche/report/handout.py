"""A hand-out for a class: two pages that print in grey, with the numbers of the report."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from demarche.analysis.carriers import is_clear
from demarche.figures.carried import read_kept
from demarche.figures.common import list_words
from demarche.figures.look import Look
from demarche.figures.view import View
from demarche.history.record import load_record
from demarche.report.deck import NO_ESTIMATE
from demarche.report.issues import MOST_PASSAGES, Issue, issues_of, links_word, words_of_side
from demarche.report.pictures import Picture, picture

if TYPE_CHECKING:
    from demarche.figures.tables import FigureTables
    from demarche.report.contents import Contents
    from demarche.report.effects import Effects, OutcomeRow
    from demarche.scenario.content import Scenario

ON_SHEET = Look("grey", size=(7.15, 2.65), caption=False, title=False)
MOST_WATCHED = 4
FULL, HALF = 105, 50  # characters of a line and of half a line, small type counted as the rest
FIRST_PAGE, ARM_LINE, ROW, WIDE_ROW, MANY = 88.0, 4.3, 8.4, 13.0, 5  # mm that arms and table share, and what each takes
SECOND_PAGE = 45  # lines that words, issues and questions share
LEAST_ROWS = 3


@dataclass(frozen=True)
class Handout:
    """What a hand-out says besides what it takes from the contents of the report.

    Parameters
    ----------
    picture
        The figure of differences, None if nothing of it was kept.
    rows
        Outcomes of the table, in the order of the report's answer.
    left_out
        How many outcomes the table has no room for.
    issues, at_issue
        Links at issue with both sides, and on which ground they are.
    questions
        Three questions for a discussion.
    not_said
        What the numbers are not, one sentence each.
    """

    picture: Picture | None
    rows: tuple[OutcomeRow, ...]
    left_out: int
    issues: tuple[Issue, ...]
    at_issue: str
    questions: tuple[str, ...]
    not_said: tuple[str, ...] = NO_ESTIMATE

    @property
    def agreed(self) -> dict[str, tuple[str, ...]]:
        """What the accounts say of the outcomes in the table -> those of which they say it; nothing of the others."""
        found: dict[str, tuple[str, ...]] = {}
        for row in (one for one in self.rows if one.kind != "none"):
            found[row.sentence] = (*found.get(row.sentence, ()), row.title)
        return found

    @property
    def documents(self) -> dict[str, str]:
        """Documents of the passages at issue: mark by which a passage names it -> author, title, year."""
        found = {one.nick: one.document for issue in self.issues for side in (issue.more, issue.less)
                 for one in (*side.passages, *side.against)}  # fmt: skip
        return dict(sorted(found.items()))


def handout_of(contents: Contents, tables: FigureTables, scenario: Scenario) -> Handout:
    """Return what a hand-out says.

    Parameters
    ----------
    contents
        What the report says.
    tables
        What was run, for the figure.
    scenario
        The scenario of the results, for links at issue and questions.
    """
    telling = contents.effects.telling if contents.effects is not None else ()
    room, carrying = rows_that_fit(contents), carrying_links(tables)
    sheet = Handout(
        picture=_picture(telling, tables), rows=telling[:room], left_out=len(telling[room:]),
        issues=(), at_issue=links_word(scenario, carrying), questions=questions_of(scenario, contents.effects),
    )  # fmt: skip
    others = [row.title for row in telling if row.kind == "none"]
    taken = sum(lines(text) for text in (*sheet.questions, "; ".join(others), contents.question))
    taken += sum(lines(f"{'; '.join(titles)}: {text}") for text, titles in sheet.agreed.items())
    return replace(sheet, issues=issues_that_fit(scenario, contents.accounts, SECOND_PAGE - taken, carrying))


def rows_that_fit(contents: Contents) -> int:
    """Return how many outcomes the table of the first page has room for."""
    arms = sum(lines(f"{name}: {title}") for name, title in contents.arms.items())
    row = ROW if len(contents.accounts) <= MANY else WIDE_ROW
    return max(int((FIRST_PAGE - ARM_LINE * arms) / row), LEAST_ROWS)


def carrying_links(tables: FigureTables) -> tuple[str, ...]:
    """Return the links that a report of these results found to carry an effect of the contrast, clear of luck."""
    if tables.results is None or not tables.batch.asked.contrast:
        return ()
    kept, (arm, against) = read_kept(tables.results), tables.batch.asked.contrast
    rows = kept[(kept["arm"] == arm) & (kept["against"] == against)].to_dict("records")
    clear = [row for row in rows if row["carried"] and is_clear(float(row["carried"]), float(row["error"]))]
    return tuple(dict.fromkeys(str(row["link"]) for row in clear))


def issues_that_fit(
    scenario: Scenario, ran: Collection[str], room: int, carrying: Collection[str] = ()
) -> tuple[Issue, ...]:
    """Return links at issue that some lines have room for: three rather than two, with two passages a side if so."""
    for most in (3, 2):
        for number in (MOST_PASSAGES, 1):
            found = issues_of(scenario, ran, number, carrying)[:most]
            if sum(_height(issue) for issue in found) <= room:
                return found
    return issues_of(scenario, ran, 1, carrying)[:1]


def _height(issue: Issue) -> int:
    """Return the lines that an issue takes: its name, and the longer of its sides."""
    return 2 + max(
        lines(words_of_side(side), HALF) + sum(
            lines(f"{one.paraphrase} ({one.id}; document {one.nick}, {one.place})", HALF)
            for one in (*side.passages, *side.against)
        ) + 2 * bool(side.against) for side in (issue.more, issue.less)
    )  # fmt: skip


def lines(text: str, width: int = FULL) -> int:
    """Return how many lines a text takes; none if it is empty.

    Examples
    --------
    >>> lines(""), lines("a word"), lines("a word", 4)
    (0, 1, 2)
    """
    return -(-len(text) // width)


def _picture(telling: tuple[OutcomeRow, ...], tables: FigureTables) -> Picture | None:
    """Return the fan of differences of the first outcome that was kept by month, else effects as points."""
    for row in telling:
        found = picture(tables, "difference", "handout-difference", View(outcomes=(row.name,)), ON_SHEET)
        if found is not None:
            return found
    return picture(tables, "accounts", "handout-accounts", look=ON_SHEET) if telling else None


def questions_of(scenario: Scenario, effects: Effects | None) -> tuple[str, str, str]:
    """Return three questions for a discussion, from the scenario's question, its lesson and the patterns to watch.

    Parameters
    ----------
    scenario
        The scenario; one that belongs to no library is asked about what its runs show.
    effects
        What the runs show.
    """
    asked = scenario.question or "What does the first arm buy, for whom, and by when?"
    return (
        f"{asked} Answer from the table, once as each account would. Which answer would you give a minister, and why?",
        _second(scenario, effects), _third(scenario),
    )  # fmt: skip


def _second(scenario: Scenario, effects: Effects | None) -> str:
    if scenario.lesson is not None:
        return f"“{scenario.lesson.teaching}” Where does the table bear this out, and where does it not?"
    split = effects.of_kind("split") if effects is not None else ()
    if split:
        names = list_words([f"{row.title[:1].lower()}{row.title[1:]}" for row in split[:3]])
        return f"Accounts disagree on {names}. Which passage makes the difference, and what would make you give it up?"
    return "No two accounts disagree in sign here. Is that agreement about the world, or about what was asked?"


def _third(scenario: Scenario) -> str:
    record = load_record(scenario.cast)
    watched = scenario.lesson.watched if scenario.lesson is not None else ()
    known = record.patterns if record is not None else {}
    titles = [f"{known[key].title} ({key})" for key in watched if key in known]
    if not titles:
        return "Which fact outside the model would you look up first, and which account would be embarrassed by it?"
    return (
        f"In the record, watch: {'; '.join(titles[:MOST_WATCHED])}. Which account expects each of them? "
        "Would finding it tell two accounts apart, or do all expect it?"
    )
