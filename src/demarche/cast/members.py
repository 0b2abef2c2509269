"""The members of a cast - issues, organisations, bodies, treaties, cases, groups - and how they are read.

Every reader takes an item of the cast file and the list in which problems are collected;
it returns a member even when something is wrong, so that one pass finds all problems.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from demarche.cast import checks as check
from demarche.cast.checks import Item
from demarche.cast.tables import (
    CALENDAR_COLUMNS,
    SEAT_COLUMNS,
    STATE_COLUMNS,
    YEAR_COLUMNS,
    Row,
    StateTable,
    read_rows,
)
from demarche.errors import Problem
from demarche.world.axes import ISSUE_GROUPS, REGIONS, TREATY_STAGES
from demarche.world.calendar import EVENT_KINDS, CalendarEvent, Month

INITIAL_NAMES = (
    "resistance",
    "nationalism",
    "legitimacy",
    "fear_of_instability",
    "internalisation",
    "skill",
    "target_status",
    "target_needs",
    "mobilisation",
    "activist_capacity",
    "activist_risk",
    "awareness",
    "professional_strength",
    "corporate_codes",
    "right_to_organise",
    "security_effort",
    "soft_power",
    "norm_strength",
    "institution_strength",
    "coordination",
    "message_credibility",
    "media_visibility",
    "growth_rate",
    "threat_credibility",
)
ISSUE_LEVELS = (
    "tractability",
    "threatens_monopoly",
    "home_support",
    "foreign_interest",
    "practice",
    "formal_law",
    "commitment",
)
GROUP_RULES = ("states", "region", "bloc", "joint_bloc")
TREATY_GROUPS = ("social", "civil")
VERIFIED = ("yes", "partly", "no")
SOURCED_COLUMNS = (
    *(f"states.{name}" for name in STATE_COLUMNS),
    *(f"years.{name}" for name in YEAR_COLUMNS[2:]),
)
OTHER_COLUMNS = (
    *(f"seats.{name}" for name in SEAT_COLUMNS),
    *(f"calendar.{name}" for name in CALENDAR_COLUMNS),
)


@dataclass(frozen=True)
class Sourced:
    """A number and where it comes from."""

    value: float
    source: str


@dataclass(frozen=True)
class Issue:
    """One area of rights; levels are shares in [0, 1] before the first step."""

    code: str
    title: str
    group: str
    tractability: float
    threatens_monopoly: float
    home_support: float
    foreign_interest: float
    practice: float
    formal_law: float
    commitment: float
    source: str
    levels_source: str


@dataclass(frozen=True)
class Ngo:
    """One archetype of organisation; `attention` maps codes of issues to weights in [0, 1]."""

    code: str
    title: str
    budget: float
    access: float
    network: float
    attention: dict[str, float]
    start: Month
    source: str

    def is_active(self, month: Month) -> bool:
        """Tell whether the organisation works in a month."""
        return month >= self.start


@dataclass(frozen=True)
class Body:
    """One international body with means and scrutiny in [0, 1]; it ends before the month `until`."""

    code: str
    title: str
    strength: float
    scrutiny: float
    start: Month | None
    until: Month | None
    source: str

    def is_active(self, month: Month) -> bool:
        """Tell whether the body exists in a month."""
        return (self.start is None or month >= self.start) and (self.until is None or month < self.until)


@dataclass(frozen=True)
class Treaty:
    """One treaty; `stage` counts in `TREATY_STAGES`, `sovereignty_cost` is a share in [0, 1]."""

    code: str
    title: str
    group: str
    stage: int
    sovereignty_cost: float
    source: str


@dataclass(frozen=True)
class CaseMix:
    """From what the engine draws individual cases.

    Parameters
    ----------
    count
        Number of cases of a run.
    detained
        Share that is detained at the start.
    fame, organising
        The two shape numbers of the beta distributions of fame and organising capacity.
    by_issue
        Share of each issue area, in the cast's order; they add up to 1.
    """

    count: int
    detained: float
    fame: tuple[float, float]
    organising: tuple[float, float]
    by_issue: tuple[float, ...]
    source: str


@dataclass(frozen=True)
class CastEvent(CalendarEvent):
    """A dated event of the cast; `verified` is yes, partly or no."""

    verified: str = "no"


@dataclass(frozen=True)
class Group:
    """A named group of states: a list of codes, a region, a bloc, or the joint bloc of the year."""

    states: tuple[str, ...] = ()
    region: str = ""
    bloc: str = ""
    is_joint_bloc: bool = False
    source: str = ""


def members(group: Group, states: StateTable, year: int) -> NDArray[np.bool_]:
    """Return the members of a group in a year `(n_states,)`, whether they act in that year or not."""
    if group.is_joint_bloc:
        return states.eu_from <= year
    if group.region:
        return np.array([region == group.region for region in states.regions], dtype=np.bool_)
    if group.bloc:
        return np.array([group.bloc in blocs for blocs in states.blocs], dtype=np.bool_)
    return np.array([code in group.states for code in states.codes], dtype=np.bool_)


def refuse_repeats(item: Item, codes: Sequence[str], problems: list[Problem]) -> None:
    """Report codes that an entry of a list shares with an earlier one."""
    for position, code in enumerate(codes):
        if code in codes[:position]:
            problems.append(Problem(item.value[position].where, "the code is used twice", f"'{code}'"))


def read_issue(item: Item, problems: list[Problem]) -> Issue:
    """Read one issue area."""
    names = ("code", "title", "group", *ISSUE_LEVELS, "source", "levels_source")
    entry = check.mapping(item, problems, names)
    levels = {name: check.number(entry.get(name), problems) for name in ISSUE_LEVELS}
    return Issue(
        code=check.text(entry.get("code"), problems),
        title=check.text(entry.get("title"), problems),
        group=check.choice(entry.get("group"), ISSUE_GROUPS, "group of issues", problems),
        source=check.text(entry.get("source"), problems),
        levels_source=check.text(entry.get("levels_source"), problems),
        tractability=levels["tractability"],
        threatens_monopoly=levels["threatens_monopoly"],
        home_support=levels["home_support"],
        foreign_interest=levels["foreign_interest"],
        practice=levels["practice"],
        formal_law=levels["formal_law"],
        commitment=levels["commitment"],
    )


def read_ngo(item: Item, issues: Sequence[str], problems: list[Problem]) -> Ngo:
    """Read one archetype of organisation; `issues` are the codes that its attention may name."""
    names = ("code", "title", "budget", "access", "network", "attention", "start", "source")
    entry = check.mapping(item, problems, names)
    weights = check.mapping(entry["attention"], problems, (), issues) if "attention" in entry else {}
    return Ngo(
        code=check.text(entry.get("code"), problems),
        title=check.text(entry.get("title"), problems),
        budget=check.number(entry.get("budget"), problems),
        access=check.number(entry.get("access"), problems),
        network=check.number(entry.get("network"), problems),
        attention={name: check.number(weight, problems) for name, weight in weights.items()},
        start=check.month(entry.get("start"), problems) or Month(1, 1),
        source=check.text(entry.get("source"), problems),
    )


def read_body(item: Item, problems: list[Problem]) -> Body:
    """Read one body; `from` and `until` may be left out."""
    names = ("code", "title", "strength", "scrutiny", "source")
    entry = check.mapping(item, problems, names, ("from", "until"))
    start, until = check.month(entry.get("from"), problems), check.month(entry.get("until"), problems)
    if start and until and until <= start:
        where = entry["until"].where
        problems.append(Problem(where, "the body ends before it begins", str(until), f"after {start}"))
    return Body(
        code=check.text(entry.get("code"), problems),
        title=check.text(entry.get("title"), problems),
        strength=check.number(entry.get("strength"), problems),
        scrutiny=check.number(entry.get("scrutiny"), problems),
        start=start,
        until=until,
        source=check.text(entry.get("source"), problems),
    )


def read_treaty(item: Item, problems: list[Problem]) -> Treaty:
    """Read one treaty."""
    entry = check.mapping(item, problems, ("code", "title", "group", "stage", "sovereignty_cost", "source"))
    return Treaty(
        code=check.text(entry.get("code"), problems),
        title=check.text(entry.get("title"), problems),
        group=check.choice(entry.get("group"), TREATY_GROUPS, "group of treaties", problems),
        stage=check.whole(entry.get("stage"), problems, 0, len(TREATY_STAGES) - 1),
        sovereignty_cost=check.number(entry.get("sovereignty_cost"), problems),
        source=check.text(entry.get("source"), problems),
    )


def read_groups(item: Item, states: StateTable, problems: list[Problem]) -> dict[str, Group]:
    """Read the named groups of states."""
    return {
        name: _read_group(name, entry, states, problems)
        for name, entry in check.mapping(item, problems, (), None).items()
    }


def _read_group(name: str, item: Item, states: StateTable, problems: list[Problem]) -> Group:
    entry = check.mapping(item, problems, ("source",), GROUP_RULES)
    if len(set(entry) & set(GROUP_RULES)) != 1:
        expected = "one of " + ", ".join(GROUP_RULES)
        problems.append(Problem(item.where, "a group needs exactly one rule", expected=expected))
    if "joint_bloc" in entry and entry["joint_bloc"].value is not True:
        problems.append(Problem(entry["joint_bloc"].where, "not an admissible value", expected="true"))
    if name in states.codes:
        problems.append(Problem(item.where, "the group has the code of a state", f"'{name}'"))
    blocs = sorted({bloc for member in states.blocs for bloc in member})
    listed = check.sequence(entry.get("states"), problems)
    return Group(
        states=tuple(check.choice(member, states.codes, "state", problems) for member in listed),
        region=check.choice(entry.get("region"), REGIONS, "region", problems),
        bloc=check.choice(entry.get("bloc"), blocs, "bloc", problems),
        is_joint_bloc="joint_bloc" in entry,
        source=check.text(entry.get("source"), problems),
    )


def read_sources(item: Item, problems: list[Problem]) -> dict[str, dict[str, str]]:
    """Read where the columns of the tables come from; every column of states and years needs an entry."""
    found: dict[str, dict[str, str]] = {}
    for column, entry in check.mapping(item, problems, SOURCED_COLUMNS, OTHER_COLUMNS).items():
        parts = check.mapping(entry, problems, ("source",), ("transformation", "assumption"))
        found[column] = {name: check.text(part, problems) for name, part in parts.items()}
    return found


def read_initial(item: Item, problems: list[Problem]) -> dict[str, Sourced]:
    """Read the starting values of the focal state, its society and the arena."""
    found: dict[str, Sourced] = {}
    for name, part in check.mapping(item, problems, INITIAL_NAMES).items():
        entry = check.mapping(part, problems, ("value", "source"))
        source = check.text(entry.get("source"), problems)
        found[name] = Sourced(check.number(entry.get("value"), problems), source)
    return found


def read_cases(item: Item, issues: Sequence[str], problems: list[Problem]) -> CaseMix:
    """Read from what individual cases are drawn; weights by issue are scaled to add up to 1."""
    entry = check.mapping(item, problems, ("count", "detained", "fame", "organising", "by_issue", "source"))
    weights = check.mapping(entry["by_issue"], problems, issues) if "by_issue" in entry else {}
    parts = [check.number(weights.get(code), problems, 0, 1e6) for code in issues]
    total = sum(parts)
    if "by_issue" in entry and total <= 0:
        where = entry["by_issue"].where
        problems.append(Problem(where, "the weights add up to nothing", expected="a positive sum"))
    return CaseMix(
        count=check.whole(entry.get("count"), problems, 1, 10_000),
        detained=check.number(entry.get("detained"), problems),
        fame=_read_shape(entry.get("fame"), problems),
        organising=_read_shape(entry.get("organising"), problems),
        by_issue=tuple(part / (total or 1.0) for part in parts),
        source=check.text(entry.get("source"), problems),
    )


def _read_shape(item: Item | None, problems: list[Problem]) -> tuple[float, float]:
    entry = check.mapping(item, problems, ("a", "b")) if item is not None else {}
    a, b = (check.number(entry.get(name), problems, 0.01, 100.0) for name in ("a", "b"))
    return a, b


def read_events(
    path: Path, states: StateTable, groups: dict[str, Group], others: Sequence[str], problems: list[Problem]
) -> tuple[CastEvent, ...]:
    """Read the calendar table; an actor is a state, a group, or one of `others` (bodies and treaties)."""
    rows = read_rows(path, CALENDAR_COLUMNS, ("code",), problems)
    return tuple(_read_event(row, states, groups, others, problems) for row in rows)


def _read_event(
    row: Row, states: StateTable, groups: dict[str, Group], others: Sequence[str], problems: list[Problem]
) -> CastEvent:
    month = row.month("date", problems)
    actor = row.cells["actor"]
    if actor:
        row.choice("actor", (*states.codes, *groups, *others), "actor", problems)
    actors: tuple[str, ...] = (actor,) if actor else ()
    if actor in groups:
        chosen = members(groups[actor], states, month.year) & states.present(month.year)
        actors = tuple(code for code, is_in in zip(states.codes, chosen, strict=True) if is_in)
    return CastEvent(
        code=row.text("code", problems),
        kind=row.choice("kind", EVENT_KINDS, "kind of event", problems),
        month=month,
        actors=actors,
        strength=row.number("strength", 0.0, 1.0, problems),
        source=row.text("source", problems),
        verified=row.choice("verified", VERIFIED, "mark", problems),
    )
