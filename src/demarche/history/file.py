"""The keys of `record.yaml`: whose history the tables beside it are, and what a figure must say of them."""

from __future__ import annotations

from pydantic import Field

from demarche.cast.keys import MonthText, Said
from demarche.reading.strict import Strict


class RightsFile(Strict):
    """What the yearly scores are of."""

    issue: Said = Field(description="issue area whose practice they score", examples=["civil_political"])
    name: Said = Field(description="name of the score", examples=["physical-integrity score"])
    caption: Said = Field(description="what a figure says of them", examples=["'Crosses: ...'"])


class VotesFile(Strict):
    """What the sessions and their votes are."""

    caption: Said = Field(description="what a figure says of them", examples=["'Crosses: ...'"])


class RecordFile(Strict):
    """The keys of `record.yaml`."""

    focal: Said = Field(description="code of the state whose history it is", examples=["CHN"])
    start: MonthText = Field(description="first month of the record", examples=["1989-06"])
    end: MonthText = Field(description="last month of the record", examples=["1998-12"])
    treaties: list[Said] = Field(default=[], min_length=1, description="treaties that make up commitment")
    rights: RightsFile | None = Field(default=None, description="what the table of rights scores")
    votes: VotesFile | None = Field(default=None, description="what the tables of motions and votes hold")
