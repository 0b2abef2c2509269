"""The members of a cast - issues, organisations, bodies, treaties, cases, groups - as its file says them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, Field, model_validator

from demarche.cast.keys import MonthText, OneOf, OptionalMonth, Said, Share
from demarche.cast.tables import CastEvent, StateTable
from demarche.reading.strict import Strict, unfit
from demarche.world.axes import ISSUE_GROUPS, ISSUE_ROLES, REGIONS, TREATY_STAGES
from demarche.world.calendar import Month
from demarche.world.kinds import BODY_KIND_NAMES, NGO_KIND_NAMES

GROUP_RULES = ("states", "region", "bloc", "joint_bloc")
TREATY_GROUPS = ("social", "civil")

IssueGroup = Annotated[str, AfterValidator(OneOf("group of issues", ISSUE_GROUPS))]
IssueRole = Annotated[str, AfterValidator(OneOf("role of an issue", ISSUE_ROLES))]
TreatyGroup = Annotated[str, AfterValidator(OneOf("group of treaties", TREATY_GROUPS))]
Region = Annotated[str, AfterValidator(OneOf("region", REGIONS))]
NgoKindName = Annotated[str, AfterValidator(OneOf("kind of organisation", NGO_KIND_NAMES))]
BodyKindName = Annotated[str, AfterValidator(OneOf("kind of body", BODY_KIND_NAMES))]


class Sourced(Strict):
    """A number and where it comes from; `low` and `high` are its 5 % and 95 % quantiles where it is an assumption."""

    value: float
    low: float | None = None
    high: float | None = None
    source: Said

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise unfit("a range has two ends", "both low and high, or neither")
        if self.low is not None and self.high is not None and not self.low < self.high:
            raise unfit("the range is empty", "low below high")
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise unfit("the value lies outside its range", "low <= value <= high")
        if self.low is None and "assumption" in self.source:
            raise unfit("an assumption has no range", "low and high", fix="add low and high, from which draws take it")
        return self

    @property
    def ends(self) -> tuple[float, float] | None:
        """The range, None if the value is known."""
        return None if self.low is None or self.high is None else (self.low, self.high)


class IssueFile(Strict):
    """One area of rights; `cast_model` adds a number for each field of the world that an issue area gives."""

    code: Said
    title: Said
    group: IssueGroup
    role: IssueRole = ""
    source: Said
    levels_source: Said

    def issue(self) -> Issue:
        """Return it as a plain value, with the numbers that were added."""
        levels = {name: getattr(self, name) for name in type(self).model_fields if name not in IssueFile.model_fields}
        return Issue(self.code, self.title, self.group, self.role, self.source, self.levels_source, levels)


@dataclass(frozen=True)
class Issue:
    """One area of rights.

    Parameters
    ----------
    code, title, group
        Code and name; the group that it belongs to.
    role
        What acts on this area alone: `work` codes of firms, `custody` the institution of punishment without
        courts; empty for neither.
    source, levels_source
        Where its ratings and its levels come from.
    levels
        Field of the world -> its value for this area.
    """

    code: str
    title: str
    group: str
    role: str
    source: str
    levels_source: str
    levels: Mapping[str, float]


class Ngo(Strict):
    """One archetype of organisation; `attention` maps codes of issues to weights in [0, 1]."""

    code: Said
    title: Said
    kind: NgoKindName
    budget: Share
    access: Share
    network: Share
    attention: dict[str, Share]
    start: MonthText
    source: Said

    def is_active(self, month: Month) -> bool:
        """Tell whether the organisation works in a month."""
        return month >= self.start


class Donor(Strict):
    """One donor; `pot` is its part of the money that groups and state organs may get, `groups` its leaning to them.

    `pot` counts in any unit; `groups` multiplies the odds with which it gives to independent groups.
    """

    code: Said
    title: Said
    pot: Annotated[float, Field(gt=0.0, le=1e6)]
    groups: Annotated[float, Field(gt=0.0, le=20.0)]
    source: Said


class Body(Strict):
    """One international body with means and scrutiny in [0, 1]; it ends before the month `until`.

    `treaty` names what a committee examines, which says what it deals with; `covers` maps codes of issues to weights
    in [0, 1] for others. `seats` says how many members of a charter body each regional group has; without it, as many
    as in the last year on record.
    """

    code: Said
    title: Said
    kind: BodyKindName
    treaty: Said = ""
    covers: dict[str, Share] = Field(default={}, description="issues that it deals with; all if it names none")
    seats: dict[Region, Annotated[int, Field(ge=0, le=1000)]] = Field(
        default={}, description="seats of each regional group in a charter body, after the years on record"
    )
    strength: Share
    scrutiny: Share
    start: OptionalMonth = Field(default=None, alias="from")
    until: OptionalMonth = None
    source: Said

    def is_active(self, month: Month) -> bool:
        """Tell whether the body exists in a month."""
        return (self.start is None or month >= self.start) and (self.until is None or month < self.until)


class Visits(Strict):
    """Until which month the calendar names all visits and meetings with senders; later ones are drawn."""

    record_until: MonthText
    source: Said


class TradeOrganisation(Strict):
    """How the focal state stands to the trade organisation: a member from the start, or in talks on entry.

    Talks are open from `talks_since` on; to the month `record_until` they are known to have brought no entry but on
    dates of the calendar.
    """

    member: bool = False
    talks_since: OptionalMonth = None
    record_until: OptionalMonth = None
    source: Said

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.member and (self.talks_since or self.record_until):
            raise unfit("a member holds no talks on entry", "member alone, or talks_since")
        return self

    def is_open(self, month: Month) -> bool:
        """Tell whether entry may be drawn in a month."""
        known = self.record_until is not None and month <= self.record_until
        return self.talks_since is not None and self.talks_since <= month and not known


class Treaty(Strict):
    """One treaty; `stage` counts in `TREATY_STAGES`.

    `covers` names the issue areas that it binds on, `since` the month in which its stage was reached.
    """

    code: Said
    title: Said
    group: TreatyGroup
    stage: Annotated[int, Field(ge=0, le=len(TREATY_STAGES) - 1)]
    covers: list[str] = Field(min_length=1)
    since: OptionalMonth = None
    source: Said

    def months_since(self, month: Month) -> float:
        """Return the months since its stage was reached; 0 if none was."""
        return 0.0 if self.since is None else float(max(self.since.steps_to(month), 0))


class Firm(Strict):
    """One company whose goods the focal state makes in part.

    `home` is the code of a state, `exposure` the share of its sourcing, `brand` how far it lives by its name, `conduct`
    how far it has a code of conduct at the start; all shares in [0, 1].
    """

    code: Said
    title: Said
    home: Said
    sector: Said
    exposure: Share
    brand: Share
    conduct: Share
    source: Said


class ShapeFile(Strict):
    """The two shape numbers of a beta distribution."""

    a: Annotated[float, Field(ge=0.01, le=100.0)]
    b: Annotated[float, Field(ge=0.01, le=100.0)]


class PersonsFile(Strict):
    """From what persons are drawn, as the file says it; weights by issue in any unit."""

    count: Annotated[int, Field(ge=1, le=10_000)]
    detained: Share
    at_liberty: Share
    fame: ShapeFile
    organising: ShapeFile
    by_issue: dict[str, Annotated[float, Field(ge=0.0, le=1e6)]]
    source: Said

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.detained + self.at_liberty > 1:
            raise unfit("detained and at liberty are more than all slots", "at most 1 together")
        if sum(self.by_issue.values()) <= 0:
            raise unfit("the weights by issue add up to nothing", "a positive sum")
        return self

    def mix(self, issues: Sequence[str]) -> PersonMix:
        """Return it with weights that add up to 1, in the order of the issues."""
        total = sum(self.by_issue.values())
        return PersonMix(
            count=self.count,
            detained=self.detained,
            at_liberty=self.at_liberty,
            fame=(self.fame.a, self.fame.b),
            organising=(self.organising.a, self.organising.b),
            by_issue=tuple(self.by_issue[code] / total for code in issues),
            source=self.source,
        )


@dataclass(frozen=True)
class PersonMix:
    """From what the engine draws persons.

    Parameters
    ----------
    count
        Number of slots of a run.
    detained, at_liberty
        Shares of slots that hold a person detained, or known and at liberty, at the start; the others are empty.
    fame, organising
        The two shape numbers of the beta distributions of fame and organising capacity.
    by_issue
        Share of each issue area, in the cast's order; they add up to 1.
    """

    count: int
    detained: float
    at_liberty: float
    fame: tuple[float, float]
    organising: tuple[float, float]
    by_issue: tuple[float, ...]
    source: str


class Group(Strict):
    """A named group of states: a list of codes, a region, a bloc, or the joint bloc of the year."""

    states: list[str] = Field(default=[], min_length=1)
    region: Region = ""
    bloc: str = ""
    joint_bloc: Literal[True] | None = None
    source: Said

    @model_validator(mode="after")
    def _check(self) -> Self:
        if len(self.model_fields_set & set(GROUP_RULES)) != 1:
            raise unfit("a group needs exactly one rule", f"one of {', '.join(GROUP_RULES)}")
        return self

    def members(self, states: StateTable, year: int) -> NDArray[np.bool_]:
        """Return the members in a year `(n_states,)`, whether they act in that year or not."""
        if self.joint_bloc:
            return states.eu_from <= year
        if self.region:
            return np.array([region == self.region for region in states.regions], dtype=np.bool_)
        if self.bloc:
            return np.array([self.bloc in blocs for blocs in states.blocs], dtype=np.bool_)
        return np.array([code in self.states for code in states.codes], dtype=np.bool_)


def expanded(event: CastEvent, groups: Mapping[str, Group], states: StateTable) -> tuple[str, ...]:
    """Return the actors of an event, a group as its members that act in the month."""
    found: list[str] = []
    for actor in event.actors:
        if actor in groups:
            year = event.month.year
            chosen = groups[actor].members(states, year) & states.present(year)
            found += [code for code, is_in in zip(states.codes, chosen, strict=True) if is_in]
        else:
            found.append(actor)
    return tuple(found)
