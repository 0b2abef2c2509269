"""The keys of a cast file and the kind of value of each; what the names in it mean is checked in `checks`."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import AfterValidator, Field

from demarche.cast.gaps import GapFile
from demarche.cast.keys import OneOf, Said
from demarche.cast.members import (
    Body,
    Donor,
    Firm,
    Group,
    IssueFile,
    Ngo,
    PersonsFile,
    Sourced,
    TradeOrganisation,
    Treaty,
    Visits,
)
from demarche.reading.strict import Form, Strict, extended
from demarche.world.fields import FieldSpec, given_as

OWN_VOTES = ("used", "left_out")
OwnVotes = Annotated[str, AfterValidator(OneOf("use of votes on the case", OWN_VOTES))]


class TablesFile(Strict):
    """Where the tables lie, relative to the cast file."""

    states: str = Field(examples=["my_case/states.csv"])
    years: str = Field(examples=["my_case/years.csv"])
    pairs: str = Field(examples=["my_case/pairs.csv"])
    seats: str = Field(examples=["my_case/seats.csv"])
    calendar: str = Field(examples=["my_case/calendar.csv"])


class AddedFile(Strict):
    """Tables with rows that the case adds to those of the world, such as a state that nobody else knows."""

    states: str = Field(examples=["my_case/states.csv"])
    years: str = Field(examples=["my_case/years.csv"])
    seats: str = Field(default="", min_length=1, examples=["my_case/seats.csv"])


class SourceFile(Strict):
    """Where a column of a table comes from."""

    source: Said
    transformation: Said = ""
    assumption: Said = ""


class InitialFile(Strict):
    """Starting values of the focal state, its society and the arena; `cast_model` adds one key for each."""

    def values(self) -> dict[str, Sourced]:
        """Return them by name."""
        said = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: Sourced(**one.model_dump()) for name, one in said.items()}


class CastFile(Strict):
    """A whole cast file."""

    title: Said
    description: Said
    focal: Said = Field(examples=["CHN"])
    critic: Said = Field(examples=["USA"])
    tables: TablesFile
    added: AddedFile | None = Field(default=None, description="rows that the case adds to the tables of the world")
    gaps: dict[str, GapFile] = Field(default={}, description="column of the pairs -> what its empty cells stand for")
    own_votes: OwnVotes = Field(
        default="used", description="left_out: the model of votes has learnt nothing from votes on the focal state"
    )
    record: str = Field(default="", min_length=1, description="folder with the history of the case")
    groups: dict[str, Group]
    sources: dict[str, SourceFile]
    initial: InitialFile
    issues: list[IssueFile] = Field(min_length=1)
    ngos: list[Ngo] = Field(min_length=1)
    bodies: list[Body] = Field(min_length=1)
    donors: list[Donor] = Field(min_length=1)
    treaties: list[Treaty] = Field(min_length=1)
    firms: list[Firm] = Field(default_factory=list)
    visits: Visits | None = Field(default=None, description="until when the calendar names visits with senders")
    trade_organisation: TradeOrganisation | None = Field(default=None, description="member, or in talks on entry")
    persons: PersonsFile


@cache
def cast_model() -> type[CastFile]:
    """Return the model of a cast file with a key for each value that the fields of the world expect in it."""
    initial = extended(
        InitialFile, "Initial", {name: (_sourced(spec), ...) for name, spec in given_as("start").items()}
    )
    levels = {name: (number_of(spec), ...) for name, spec in given_as("issue").items()}
    issue: Form = extended(IssueFile, "Issue", levels)
    issues: Form = list[issue]
    return extended(CastFile, "Cast", {"initial": (initial, ...), "issues": (issues, Field(min_length=1))})


def number_of(spec: FieldSpec) -> Form:
    """Return the type of a number within the range of a field."""
    return Annotated[float, Field(ge=spec.low, le=spec.high)]


def _sourced(spec: FieldSpec) -> type[Sourced]:
    number = number_of(spec)
    ends: Form = dict.fromkeys(("low", "high"), (number | None, None))
    return extended(Sourced, "Sourced", {"value": (number, ...), **ends})
