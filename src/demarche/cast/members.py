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

GROUP_RULES = ("states", "region", "bloc", "joint_bloc")
TREATY_GROUPS = ("social", "civil")

IssueGroup = Annotated[str, AfterValidator(OneOf("group of issues", ISSUE_GROUPS))]
IssueRole = Annotated[str, AfterValidator(OneOf("role of an issue", ISSUE_ROLES))]
TreatyGroup = Annotated[str, AfterValidator(OneOf("group of treaties", TREATY_GROUPS))]
Region = Annotated[str, AfterValidator(OneOf("region", REGIONS))]


class Sourced(Strict):
    """A number and where it comes from; the range is that of its field."""

    value: float
    source: Said


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
    budget: Share
    access: Share
    network: Share
    attention: dict[str, Share]
    start: MonthText
    source: Said

    def is_active(self, month: Month) -> bool:
        """Tell whether the organisation works in a month."""
        return month >= self.start


class Body(Strict):
    """One international body with means and scrutiny in [0, 1]; it ends before the month `until`."""

    code: Said
    title: Said
    strength: Share
    scrutiny: Share
    start: OptionalMonth = Field(default=None, alias="from")
    until: OptionalMonth = None
    source: Said

    def is_active(self, month: Month) -> bool:
        """Tell whether the body exists in a month."""
        return (self.start is None or month >= self.start) and (self.until is None or month < self.until)


class Treaty(Strict):
    """One treaty; `stage` counts in `TREATY_STAGES`, `sovereignty_cost` is a share in [0, 1].

    `covers` names the issue areas that it binds on, `since` the month in which its stage was reached.
    """

    code: Said
    title: Said
    group: TreatyGroup
    stage: Annotated[int, Field(ge=0, le=len(TREATY_STAGES) - 1)]
    sovereignty_cost: Share
    covers: list[str] = Field(min_length=1)
    since: OptionalMonth = None
    source: Said

    def months_since(self, month: Month) -> float:
        """Return the months since its stage was reached; 0 if none was."""
        return 0.0 if self.since is None else float(max(self.since.steps_to(month), 0))


class ShapeFile(Strict):
    """The two shape numbers of a beta distribution."""

    a: Annotated[float, Field(ge=0.01, le=100.0)]
    b: Annotated[float, Field(ge=0.01, le=100.0)]


class CasesFile(Strict):
    """From what individual cases are drawn, as the file says it; weights by issue in any unit."""

    count: Annotated[int, Field(ge=1, le=10_000)]
    detained: Share
    fame: ShapeFile
    organising: ShapeFile
    by_issue: dict[str, Annotated[float, Field(ge=0.0, le=1e6)]]
    source: Said

    @model_validator(mode="after")
    def _check(self) -> Self:
        if sum(self.by_issue.values()) <= 0:
            raise unfit("the weights by issue add up to nothing", "a positive sum")
        return self

    def mix(self, issues: Sequence[str]) -> CaseMix:
        """Return it with weights that add up to 1, in the order of the issues."""
        total = sum(self.by_issue.values())
        return CaseMix(
            count=self.count,
            detained=self.detained,
            fame=(self.fame.a, self.fame.b),
            organising=(self.organising.a, self.organising.b),
            by_issue=tuple(self.by_issue[code] / total for code in issues),
            source=self.source,
        )


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
