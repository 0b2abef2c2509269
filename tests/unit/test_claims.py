from __future__ import annotations

import re
from collections import Counter

import pytest

from demarche.claims import load_register
from demarche.claims.register import ENDS
from demarche.errors import DemarcheError

REGISTER = load_register()
FAMILY_COUNTS = {"PRS": 38, "DLG": 30, "COA": 29, "UNB": 33, "NGO": 38, "DOM": 59, "TGT": 35, "SND": 19}
DOCUMENT_COUNTS = {"000": 47, "001": 50, "002": 129, "003": 35, "004": 20}


def test_register_holds_every_claim_once() -> None:
    assert len(REGISTER.claims) == 281
    assert len(set(REGISTER.ids)) == 281
    assert {family: len(claims) for family, claims in REGISTER.by_family().items()} == FAMILY_COUNTS


def test_counts_by_document_strength_and_direction() -> None:
    assert Counter(claim.document for claim in REGISTER.claims) == DOCUMENT_COUNTS
    assert Counter(c.strength for c in REGISTER.claims) == {"asserted": 49, "argued": 184, "evidenced": 48}
    pressure = Counter(c.direction for c in REGISTER.by_family()["PRS"])
    assert pressure == {"up": 27, "down": 7, "none": 4}


def test_loading_twice_gives_the_same_object() -> None:
    assert load_register() is REGISTER


def test_sources_exist_and_every_claim_has_one() -> None:
    assert [source.nick for source in REGISTER.sources] == sorted(DOCUMENT_COUNTS)
    for claim in REGISTER.claims:
        assert REGISTER.source(claim.document).file == claim.file
    for source in REGISTER.sources:
        assert source.title
        assert source.author
        assert source.publisher
        assert 2000 < source.year < 2021
        assert len(source.standpoint) > 40


def test_every_disagreement_names_claims_that_exist_and_is_symmetric() -> None:
    pairs = REGISTER.contradictions
    assert {id_ for a, b, _ in pairs for id_ in (a, b)} <= set(REGISTER.ids)
    assert {(b, a, kind) for a, b, kind in pairs} == set(pairs)
    assert Counter(kind for _, _, kind in pairs) == {"contradicts": 2 * 28, "qualifies": 2 * 90}
    assert len({a for a, _, _ in pairs}) == 136


def test_against_lists_a_disagreement_from_both_sides() -> None:
    assert ("DLG-01", "contradicts") in REGISTER.against("PRS-27")
    assert ("PRS-27", "contradicts") in REGISTER.against("DLG-01")
    assert ("PRS-11", "qualifies") in REGISTER.against("PRS-27")


def test_a_claim_knows_its_place() -> None:
    claim = REGISTER.claim("PRS-26")
    assert claim.lines == "196-198; 214"
    assert claim.document == "002"
    assert claim.contradicts == ()
    assert REGISTER.claim("DLG-29").qualifies == ("DLG-01", "DLG-11")


@pytest.mark.parametrize(
    "field", ["section", "lines", "actor", "trigger", "behaviour", "effect_on", "paraphrase"]
)
def test_no_claim_has_an_empty_part(field: str) -> None:
    assert [claim.id for claim in REGISTER.claims if not getattr(claim, field)] == []


def test_lines_are_numbers() -> None:
    bad = [c.id for c in REGISTER.claims if not re.fullmatch(r"\d+(-\d+)?(; \d+(-\d+)?)*", c.lines)]
    assert bad == []


def test_unknown_claim_is_refused_with_the_nearest_id() -> None:
    with pytest.raises(DemarcheError) as caught:
        REGISTER.claim("prs-99")
    assert "no claim is called 'prs-99'" in str(caught.value)
    assert "Did you mean 'PRS-" in str(caught.value)
    with pytest.raises(DemarcheError, match="000, 001, 002, 003, 004"):
        REGISTER.source("005")
    with pytest.raises(DemarcheError):
        REGISTER.against("XYZ-01")


def test_every_claim_has_a_disposition() -> None:
    assert tuple(REGISTER.dispositions) == REGISTER.ids
    assert {entry.end for entry in REGISTER.dispositions.values()} <= set(ENDS)


def test_everything_but_a_rule_gives_a_reason_and_an_outcome_its_pattern() -> None:
    for id_, entry in REGISTER.dispositions.items():
        assert entry.end == "rule" or entry.note, id_
        if entry.end == "outcome":
            assert re.match(r"P\d\d", entry.note), id_
