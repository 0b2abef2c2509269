"""What a hindcast tells in words and rows; where there is no skill, that is the first sentence."""

from __future__ import annotations

from collections.abc import Iterator

from demarche.analysis.hindcast.study import LEAST_CLUSTERS, RIVALS, Hindcast, Row

NAMES = {
    "tabling": "tabling of a motion", "sponsors": "sponsors by state", "votes": "votes by member",
    "dialogues": "talks by state", "treaty_acts": "treaty acts", "releases": "persons freed",
    "rights": "score of rights",
}  # fmt: skip
COLUMNS = ("what", "facts", "score", *(f"skill over {rival}" for rival in RIVALS))
NOTE = (
    "Score: Brier, or CRPS for persons freed and the score of rights; 0 is best. Skill: 1 minus the score over the "
    "rival's, with a bootstrap interval of 95 % over states or treaties, over years where there is one unit; so few "
    "years say little, and shocks that states share are not in the interval."
)


def sentences(found: Hindcast) -> Iterator[str]:
    """Yield what stands before the table: first of what there is no skill."""
    without = [NAMES[row.kind] for row in found.rows if not row.skilful]
    having = [NAMES[row.kind] for row in found.rows if row.skilful]
    over = "surely better than both persistence and base rate"
    if without:
        yield f"No skill shown for {', '.join(without)}: the model is not {over}."
    few = [NAMES[row.kind] for row in found.rows if not row.tells]
    if few:
        yield f"Fewer than {LEAST_CLUSTERS} treaties or years, too few to tell either way: {', '.join(few)}."
    if having:
        yield f"Skill for {', '.join(having)}: {over}."
    worse = [NAMES[row.kind] for row in found.rows if row.tells and any(one.high < 0.0 for one in row.over.values())]
    if worse:
        yield f"Surely worse than a rival for {', '.join(worse)}."
    if found.origins:
        first, last = found.origins[0], found.origins[-1]
        learned = f"learned to each year from {first} to {last}, each time the next year predicted; at the last"
    else:
        learned = f"learned to {found.until}, predicted to {found.end};"
    yield f"Account {found.account}: {learned} {found.near:,} runs near the record count as {found.effective:.0f}."
    if found.missed:
        listed = ", ".join(f"{name} ({off:+.1f} standard deviations)" for name, off in found.missed.items())
        yield f"Missed whatever the parameters, and so not learned from: {listed}."


def rows(found: Hindcast) -> list[list[str]]:
    """Return the table."""
    return [_row(one) for one in found.rows]


def _row(row: Row) -> list[str]:
    cells = [f"{one.skill:+.2f} ({one.low:+.2f} to {one.high:+.2f})" for one in row.over.values()]
    return [NAMES[row.kind], str(row.facts), f"{row.score:.3g}", *cells]


EXPECTED_COLUMNS = ("of the next year", "expected", "came")
EXPECTED_NOTE = (
    "Expected number of motions, sponsors, states whose talks run and treaty acts; yes minus no on taking no action; "
    "of persons freed and the score of rights the median (10 % to 90 % of runs). Sponsors and votes: if a motion is "
    "tabled."
)


def expected_rows(found: Hindcast) -> list[list[str]]:
    """Return what is expected of the year after the last date; no row for a hindcast."""
    rows = ((one, "-" if one.came is None else f"{one.came:.3g}") for one in found.expected)
    return [[NAMES[one.kind], _said(one.said), came] for one, came in rows]


def _said(said: float | tuple[float, float, float] | None) -> str:
    if said is None:
        return "-"
    return f"{said[1]:.3g} ({said[0]:.3g} to {said[2]:.3g})" if isinstance(said, tuple) else f"{said:.3g}"
