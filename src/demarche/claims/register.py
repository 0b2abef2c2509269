"""The packaged register of claims, its sources and its disagreements, read once.

A claim is a hypothesis of its document, not a finding. Rules cite claims by id; every
claim ends as a rule or as something else with a reason (`Disposition`).
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, Literal

from demarche.errors import DemarcheError, Problem, closest

Kind = Literal["contradicts", "qualifies"]

ENDS = ("rule", "parameter_sign", "initial_condition", "institution", "outcome", "out_of_scope")


@dataclass(frozen=True)
class Source:
    """One of the documents.

    Parameters
    ----------
    nick
        Short name, `000` to `004`.
    file, title, author, publisher, year
        Name of the file that the register cites, and the bibliographic facts.
    standpoint
        From where it speaks, in our words.
    note
        What is uncertain about these facts, empty if nothing is.
    """

    nick: str
    file: str
    title: str
    author: str
    publisher: str
    year: int
    standpoint: str
    note: str = ""


@dataclass(frozen=True)
class Claim:
    """One causal claim of one document.

    Parameters
    ----------
    id, family
        Id in the register (`PRS-11`) and its prefix (`PRS`).
    document, file
        Nickname and file name of the document.
    section, lines
        Where it stands: sections and their line numbers (`24`, `196-198`), joined by `; `.
    actor, trigger, behaviour, effect_on, direction, channel, timescale
        Who does what and when, the variable that moves and how (up, down, none, mixed), through
        which channel and how fast.
    contradicts, qualifies
        Ids of claims that it flatly contradicts, and of claims that it qualifies or limits.
    strength
        How the document supports it: asserted, argued, evidenced.
    paraphrase
        The claim in our words.
    """

    id: str
    family: str
    document: str
    file: str
    section: str
    lines: str
    actor: str
    trigger: str
    behaviour: str
    effect_on: str
    direction: str
    channel: str
    timescale: str
    contradicts: tuple[str, ...]
    qualifies: tuple[str, ...]
    strength: str
    paraphrase: str

    @property
    def place(self) -> str:
        """Document, section and lines, to be cited."""
        return f"{self.document}, {self.section} (lines {self.lines})"


@dataclass(frozen=True)
class Disposition:
    """How a claim ends in the model: `end` is one of `ENDS`, `note` the reason or the pattern id."""

    end: str
    note: str = ""


@dataclass(frozen=True)
class Register:
    """All claims in register order, all sources, and how each claim ends."""

    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    dispositions: dict[str, Disposition]

    @cached_property
    def _by_id(self) -> dict[str, Claim]:
        return {claim.id: claim for claim in self.claims}

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all claims, in order."""
        return tuple(self._by_id)

    def claim(self, id: str) -> Claim:
        """Return a claim by its id.

        Raises
        ------
        DemarcheError
            If there is no such claim; names the nearest id.
        """
        if id not in self._by_id:
            near = closest(id.upper(), self._by_id)
            fix = "cite a claim by its id in the register, for example PRS-11"
            raise DemarcheError([Problem("claims", f"no claim is called '{id}'", did_you_mean=near, fix=fix)])
        return self._by_id[id]

    def source(self, nick: str) -> Source:
        """Return a document by its nickname.

        Raises
        ------
        DemarcheError
            If there is no such document.
        """
        known = {source.nick: source for source in self.sources}
        if nick not in known:
            expected = ", ".join(known)
            raise DemarcheError([Problem("claims", f"no document is called '{nick}'", expected=expected)])
        return known[nick]

    @cached_property
    def contradictions(self) -> tuple[tuple[str, str, Kind], ...]:
        """Disagreements `(a, b, kind)` in both directions, whichever claim states them."""
        pairs: set[tuple[str, str, Kind]] = set()
        for claim in self.claims:
            for others, kind in ((claim.contradicts, "contradicts"), (claim.qualifies, "qualifies")):
                for other in others:
                    pairs |= {(claim.id, other, kind), (other, claim.id, kind)}  # type: ignore[arg-type]
        order = {id_: position for position, id_ in enumerate(self._by_id)}
        return tuple(sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]])))

    def against(self, id: str) -> tuple[tuple[str, Kind], ...]:
        """Return the claims that disagree with one, with the kind of disagreement."""
        self.claim(id)
        return tuple((b, kind) for a, b, kind in self.contradictions if a == id)

    def by_family(self) -> dict[str, tuple[Claim, ...]]:
        """Return the claims of each family, in register order."""
        families = dict.fromkeys(claim.family for claim in self.claims)
        return {family: tuple(c for c in self.claims if c.family == family) for family in families}


@cache
def load_register() -> Register:
    """Read the packaged register; the same object at every call."""
    dispositions = {id_: Disposition(**entry) for id_, entry in _yaml("dispositions.yaml").items()}
    sources = tuple(Source(nick, **entry) for nick, entry in _yaml("sources.yaml").items())
    claims = tuple(_claim(row) for row in csv.DictReader(io.StringIO(_text("claims.csv"))))
    return Register(claims, sources, dispositions)


def _text(name: str) -> str:
    return (resources.files("demarche.claims") / "data" / name).read_text(encoding="utf-8")


def _yaml(name: str) -> dict[str, Any]:
    import yaml

    table: dict[str, Any] = yaml.safe_load(_text(name))
    return table


def _claim(row: dict[str, str]) -> Claim:
    places = [place.removesuffix(")").rpartition(" (L") for place in row["section_paragraph"].split("; ")]
    others = [id_ for id_ in row["contradicts"].split(";") if id_]
    same = "actor trigger behaviour effect_on direction channel timescale strength paraphrase"
    return Claim(
        id=row["id"],
        family=row["id"].partition("-")[0],
        document=row["seed_file"].partition("_")[0],
        file=row["seed_file"],
        section="; ".join(section for section, _, _ in places),
        lines="; ".join(lines for _, _, lines in places),
        contradicts=tuple(id_ for id_ in others if not id_.startswith("~")),
        qualifies=tuple(id_[1:] for id_ in others if id_.startswith("~")),
        **{name: row[name] for name in same.split()},
    )
