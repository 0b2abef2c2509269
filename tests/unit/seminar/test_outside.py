"""The last page of the debrief: which recorded patterns each account meets, from the verdicts that are kept."""

from __future__ import annotations

import dataclasses
import json

from demarche.analysis.kept import read_kept
from demarche.analysis.scorecard.kept_verdicts import FILE, FOLDER, MET, MISSED, OPEN, KeptVerdict, kept_verdicts
from demarche.history.scorecard.card import EVIDENCE
from demarche.scenario.content import Scenario
from demarche.seminar.outside import Outside, outside_of
from demarche.seminar.pages import render
from demarche.seminar.steps import STEPS

WORDS = {"pass": MET, "fail": MISSED, "-": OPEN}


def page_of(scenario: Scenario, outside: Outside | None) -> str:
    """Return the ninth page as the projector shows it."""
    frame = {
        "title": "A class", "step": 9, "steps": STEPS, "leads": False, "said": "", "version": "", "news": "",
        "standpoints": {name: one.account for name, one in scenario.accounts.items()}, "outside": outside,
    }  # fmt: skip
    return " ".join(render("projector.html", frame).split())


def test_the_page_says_what_was_kept_and_nothing_else(small: Scenario) -> None:
    kept = read_kept(FOLDER, FILE)
    found = outside_of(small)
    assert found is not None
    assert [one.pattern for one in found.patterns] == list(kept)
    page = page_of(small, found)
    for name in small.accounts:
        words = [WORDS[one[name]] for one in kept.values()]
        assert found.counts[name] == tuple(words.count(word) for word in (MET, MISSED, OPEN))
        cells = "".join(f"<td>{n}</td>" for n in found.counts[name])
        assert f'{name.replace("_", " ").capitalize()}</th>{cells}' in page
    assert found.undisputed == tuple([one["A"] for one in kept.values()].count(word) for word in WORDS)
    evidence = [name for name, one in kept.items() if EVIDENCE in one["marks"]]
    assert [one.pattern for one in found.evidence] == evidence
    assert f"Of {len(evidence)} patterns that nothing stands against" in page
    for name, one in kept.items():
        words = "".join(f"<td>{WORDS[one[account]]}</td>" for account in small.accounts)
        row = f"{one['title']} <small>({name})</small></th>{words}<td>{WORDS[one['A']]}</td>"
        assert row.replace("'", "&#39;") in page
    assert "What it cannot tell" in page


def test_what_sets_accounts_apart_is_named(small: Scenario) -> None:
    def row(pattern: str, *words: str, marks: tuple[str, ...] = ()) -> KeptVerdict:
        return KeptVerdict(pattern, f"title of {pattern}", dict(zip(small.accounts, words, strict=True)), MET, marks)

    alike, unsure = row("P01", MET, MET), row("P02", MISSED, OPEN, marks=(EVIDENCE,))
    apart = row("P03", MET, MISSED, marks=(EVIDENCE,))
    counts = dict.fromkeys(small.accounts, (1, 1, 1))
    found = Outside((alike, unsure, apart), counts, (3, 0, 0))
    assert found.unlike == (unsure, apart)
    assert (found.splits, found.met_evidence) == ((apart,), (apart,))
    page = page_of(small, found)
    assert "One account meets and another does not: title of P03 (P03)." in page
    assert "1 is met by some account: title of P03" in page
    none = page_of(small, Outside((alike, unsure), counts, (2, 0, 0)))
    assert "No pattern is met by one account and missed by another." in none
    assert "none is met by any account" in none


def test_nothing_is_said_of_accounts_and_rules_that_were_not_judged(small: Scenario) -> None:
    name, account = next(iter(small.accounts.items()))
    own = dataclasses.replace(account, digest="0" * 64)
    assert kept_verdicts({name: account}, small.catalogue)
    assert kept_verdicts({name: own}, small.catalogue) == ()
    assert kept_verdicts({"my_own": account}, small.catalogue) == ()
    more = dataclasses.replace(small.catalogue, added=small.catalogue.rules[:1])
    assert outside_of(dataclasses.replace(small, catalogue=more)) is None
    assert "What the record says" not in page_of(small, None)


def test_every_verdict_that_is_kept_can_be_said() -> None:
    for name, one in read_kept(FOLDER, FILE).items():
        assert {*one} - {"title", "marks"} >= {"A", "B", "C"}, name
        assert {word for key, word in one.items() if key not in ("title", "marks")} <= set(WORDS)
        assert json.dumps(one["title"])
