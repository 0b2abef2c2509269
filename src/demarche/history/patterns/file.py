"""The keys of `patterns.yaml`: what a case says of its patterns, of the error of its record, and of inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated

from pydantic import Field, model_validator

from demarche.cast.keys import MonthText, Said
from demarche.history.patterns.contract import PatternKeys
from demarche.history.patterns.find import find_patterns
from demarche.history.patterns.view import PracticeError
from demarche.reading.strict import Strict, extended, unfit


class PracticeErrorFile(Strict):
    """Error of recorded practice: standard deviation, correlation from year to year, source."""

    sd: Annotated[float, Field(gt=0.0, le=0.5)]
    correlation: Annotated[float, Field(ge=0.0, le=0.99)]
    source: Said


class EncodingFile(Strict):
    """Inputs that encode an outcome.

    Parameters
    ----------
    what
        The outcome that they encode.
    calendar
        Codes of dated events; or of all of some `kinds`, `since` a month.
    inputs
        Other inputs of the cast, by what a reader would look for.
    patterns
        Patterns that thereby are tested less than they seem.
    """

    what: Said
    calendar: list[Said] = Field(default=[])
    kinds: list[Said] = Field(default=[])
    since: MonthText | None = None
    inputs: list[Said] = Field(default=[])
    patterns: list[Said] = Field(default=[])

    @model_validator(mode="after")
    def _check(self) -> EncodingFile:
        if not (self.calendar or self.kinds or self.inputs):
            raise unfit("nothing is named that encodes it", "'calendar', 'kinds' or 'inputs'")
        return self


class PatternsFile(Strict):
    """The keys of `patterns.yaml`."""

    practice_error: PracticeErrorFile
    words: dict[str, list[Said]] = Field(default={}, description="table -> words by which sources name it")
    encodes: list[EncodingFile] = Field(default=[])
    given_away: list[Said] = Field(default=[], description="what the documents tell, which is never scored")

    def judging(self) -> Judging:
        """Return what the file says."""
        listed = getattr(self, "patterns")  # noqa: B009  # a key of the extended model
        patterns = {name: getattr(listed, name) for name in find_patterns() if name in listed.model_fields_set}
        error = PracticeError(self.practice_error.sd, self.practice_error.correlation)
        words = {table: tuple(some) for table, some in self.words.items()}
        return Judging(patterns, error, words, tuple(self.encodes), tuple(self.given_away))


class ListedPatterns(Strict):
    """The patterns of a case, each under its number; any may be left out."""

    @model_validator(mode="after")
    def _check(self) -> ListedPatterns:
        if not self.model_fields_set:
            raise unfit("there is no pattern", f"one or more of {', '.join(find_patterns())}")
        return self


@cache
def patterns_model() -> type[PatternsFile]:
    """Return the model of `patterns.yaml`."""
    keys = {one.id: (one.keys, Field(default=None)) for one in find_patterns().values()}
    listed = extended(ListedPatterns, "ListedPatterns", keys)
    return extended(PatternsFile, "Patterns", {"patterns": (listed, Field())})


@dataclass(frozen=True)
class Judging:
    """What a case says of its patterns.

    Parameters
    ----------
    patterns
        Id -> keys, in order.
    error
        Error of recorded practice.
    words
        Table of the record -> words by which sources of parameters name it.
    encodings
        Inputs that encode an outcome.
    given_away
        What the documents tell.
    """

    patterns: Mapping[str, PatternKeys]
    error: PracticeError
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    encodings: tuple[EncodingFile, ...] = ()
    given_away: tuple[str, ...] = ()
