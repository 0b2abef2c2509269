"""Slides of a report: one message each, with the picture that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from demarche.figures.look import Look
from demarche.figures.view import View
from demarche.report.pictures import Picture, picture

if TYPE_CHECKING:
    from demarche.figures.tables import FigureTables
    from demarche.report.contents import Contents

ON_SLIDE = Look("slide", size=(12.0, 4.7), caption=False, title=False)
EFFECTS = 3  # outcomes that get a slide with a fan
MOST_LINES = 6
MOST_IN_TABLE = 8
MOST_IN_NOTE = 560  # characters: five lines
NO_ESTIMATE = (
    "An effect is what the rules, with the numbers of an account, make of a change.",
    "It is not an estimate of what happened.",
    "Intervals tell of luck and of what an account leaves open, not of doubt about the account.",
    "That doubt is the spread between the accounts.",
)
"""What numbers of a report are not, one sentence each."""


@dataclass(frozen=True)
class Slide:
    """One slide.

    Parameters
    ----------
    message
        What it says, as its heading.
    lines
        Sentences below it.
    picture
        What shows it, if anything does.
    note
        Where the numbers come from.
    """

    message: str
    lines: tuple[str, ...] = ()
    picture: Picture | None = None
    note: str = ""


def slides_of(contents: Contents, tables: FigureTables) -> tuple[Slide, ...]:
    """Return the slides of a report.

    Parameters
    ----------
    contents
        What the report says.
    tables
        What was run, for pictures that are drawn for a projector.
    """
    arms = [f"{name}: {title}" if title and title != name else name for name, title in contents.arms.items()]
    accounts = [f"{title}: {held}" if held else title for title, held in contents.accounts.values()]
    found = [
        Slide(contents.title, (contents.question,), note=f"{contents.period}; {contents.runs}"),
        Slide("What is compared", tuple(arms[:2 * MOST_LINES])),
        Slide("Who says what: the accounts", tuple(accounts[:MOST_LINES])),
    ]
    if contents.effects is not None:
        found += _effects(contents, tables)
    found += [*_pictures(tables), *_reasons(contents)]
    return (*found, Slide("What these numbers are not", NO_ESTIMATE, note=contents.assumed))


def _effects(contents: Contents, tables: FigureTables) -> list[Slide]:
    effects = contents.effects
    assert effects is not None
    first = tuple(row.name for row in effects.telling[:MOST_IN_TABLE])
    table = picture(tables, "accounts", "slide-accounts", View(outcomes=first), ON_SLIDE)
    found = [Slide(f"{effects.arm} instead of {effects.against}: {effects.headline}", picture=table, note=effects.rule)]
    for row in effects.telling[:EFFECTS]:
        fan = picture(tables, "difference", f"slide-{row.name}", View(outcomes=(row.name,)), ON_SLIDE)
        note = f"{effects.how}. {tables.batch.projection}".strip()
        found.append(Slide(f"{row.title}: {row.sentence}", picture=fan, note=note))
    return found


def _pictures(tables: FigureTables) -> list[Slide]:
    messages = {
        "votes": "Geneva: is a text on the state ever voted on?",
        "rollcall": "Who votes how?",
        "persons": "The same persons under two arms, with the same luck",
    }
    found = [(kind, message, picture(tables, kind, f"slide-{kind}", look=ON_SLIDE))
             for kind, message in messages.items()]  # fmt: skip
    return [Slide(f"{message} {one.title}" if kind == "rollcall" else message, picture=one,
                  note=sentences(one.caption.split("\n")[0]))
            for kind, message, one in found if one is not None]  # fmt: skip


def sentences(text: str) -> str:
    """Return as many whole sentences of a text as a note of a slide has room for."""
    kept = text
    while len(kept) > MOST_IN_NOTE and ". " in kept:
        kept = f"{kept[:-1].rpartition('. ')[0]}."
    return kept


def _reasons(contents: Contents) -> list[Slide]:
    """Return a slide on the links that carry the most telling effect, an account a line."""
    if not contents.whys or contents.effects is None:
        return []
    first = contents.effects.telling[0].title
    lines = []
    for why in (one for one in contents.whys if one.outcome == first):
        title = contents.accounts[why.account][0]
        clear = [f"{part.meaning} ({part.carried})" for part in why.parts if part.clear]
        named = "; ".join(clear[:2]) or "no single link is clear of luck"
        lines.append(f"{title}, {why.effect} {why.unit}: {named}")
    note = ("Each link in turn set to where it does nothing, same luck; named are links that carry more than two "
            "standard errors; the parts need not add up.")  # fmt: skip
    return [Slide(f"What carries the effect: {first[:1].lower()}{first[1:]}", tuple(lines[:MOST_LINES]), note=note)]
