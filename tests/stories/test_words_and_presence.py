"""What documents 003 and 004 ask of senders: a house in order, open words if private ones fail, presence at trials."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from demarche.arrays import Array
from demarche.engine.initial import world_codes
from demarche.rules.kit.codes import status
from demarche.world.fields import FIELDS
from tests.support.reform_world import run
from tests.support.story_world import START, story

pytestmark = pytest.mark.long
RUNS, YEARS = 80, 5
WORDS = ("senders.attention", "senders.reasons", "senders.subjects", "senders.asking", "senders.weight",
         "senders.pressure", "senders.scandals", "senders.credit")  # fmt: skip
CRITIC = "USA"
SPEAKERS = ("USA", "FRA", "GBR", "DEU", "SWE")


@cache
def house(answer: str, off: tuple[str, ...] = ()) -> tuple[float, float]:
    """Return weight of the critic's word and the public pressure it makes, a scandal answered in one way or none."""
    dated = (("scandal", "1991-01", (CRITIC,)),) if answer else ()
    moves = tuple(("1991-0" + str(month), "scandal_answer", answer, (CRITIC,)) for month in (1, 4)) if answer else ()
    setup = story(WORDS, YEARS, dated=dated, off=off, moves=moves)
    world, kept = run(
        RUNS, account="domestic_engine", world=setup, values={"rate.scandal_own": 1e-6},
        held={"sender_will": 0.8}, watched=("word_weight", "pressure_rival"),
    )  # fmt: skip
    critic, span = world.codes["sender"].index(CRITIC), slice(14, 34)
    return float(kept["word_weight"][span, critic].mean()), float(kept["pressure_rival"][span].mean())


def test_an_own_scandal_costs_the_word_its_weight_and_repair_gives_some_back() -> None:
    """Document 003, first point: set the best possible example; renditions and prisons did damage."""
    (clean, heard), (mended, _), (denied, muffled) = house(""), house("repair"), house("deny")
    assert denied < mended < clean
    assert denied < 0.95 * clean
    assert muffled < heard


def test_without_the_weighing_of_words_a_scandal_costs_nothing() -> None:
    off = ("senders.word_weight", "senders.word_loses_weight")
    assert house("deny", off)[0] == house("", off)[0]
    assert house("deny", ("senders.scandals_tell",))[0] == house("", ("senders.scandals_tell",))[0]


RATES = {"rate.representation_private": 0.2, "rate.representation_of_person": 0.01}
"""They keep at it, on issues."""


@cache
def unanswered(after: float, off: tuple[str, ...] = ()) -> dict[str, float]:
    """Return how much is said in private and in public by year, where nothing is ever answered."""
    setup = story((*WORDS, "focal.persons"), YEARS, off=off)
    few = np.isin(world_codes(setup.cast)["state"], SPEAKERS)
    held = {"sender_will": 0.8 * few, "lever_escalate_after": after}
    _, kept = run(RUNS, account="domestic_engine", world=setup, held=held, values=RATES,
                  watched=("representation_event", "representation_choice", "said_public"))  # fmt: skip
    event, choice = kept["representation_event"], kept["representation_choice"]
    turned = (choice == 1) & (event >= 2)
    return {
        "first year": float(turned[:6].sum() / max((choice[:6] == 1).sum(), 1)),
        "later": float(turned[36:].sum() / max((choice[36:] == 1).sum(), 1)),
        "heard": float(kept["said_public"][36:].sum(axis=1).mean()),
    }


PATIENT, FOREVER = 2.0, 120.0


def test_whoever_gets_no_answer_in_private_goes_public() -> None:
    """Document 003, second point: not to be shy of vocal diplomacy when private diplomacy yields no result."""
    soon, never = unanswered(PATIENT), unanswered(FOREVER)
    assert soon["later"] > soon["first year"] + 0.02
    assert soon["later"] > 3.0 * never["later"]
    assert soon["heard"] > 1.02 * never["heard"]


@pytest.mark.parametrize("rule", ["senders.out_of_patience", "senders.asks_on_issues"])
def test_without_counting_own_asks_nobody_changes_channel(rule: str) -> None:
    less, whole = unanswered(PATIENT, (rule,)), unanswered(PATIENT)
    assert less["later"] < 0.7 * whole["later"]


PERSONS = ("focal.answers", "focal.arrests", "focal.persons", "focal.reform.words")
VISITS = ("senders.deeds", "senders.reasons", "senders.visits")
VISITED = 400
SUMMITS = tuple(("summit", f"{START.year + year}-{month:02d}", (CRITIC,)) for year in range(YEARS) for month in (3, 9))


@cache
def at_trials(deed: str, off: tuple[str, ...] = ()) -> dict[str, float]:
    """Return what became of persons whom a visitor stood by, and of the others; the visitor does one deed each time."""
    moves = tuple((date, "deed", deed, (CRITIC,)) for _, date, _ in SUMMITS)
    setup = story((*PERSONS, *VISITS), YEARS, dated=SUMMITS, off=off, moves=moves)
    _, kept = run(
        VISITED, {"presence_risk": 0.2}, world=setup, held={"sender_will": 0.5},
        watched=("person_presence", "person_event", "person_status", "deed_event"),
    )  # fmt: skip
    months = np.arange(len(kept["person_presence"]))[:, None, None]
    stood_by = kept["person_presence"] >= months
    free = kept["person_status"] == status("at_liberty")
    return {
        "deeds": float((kept["deed_event"] > 0).sum() / VISITED),
        "stood by": float(stood_by.sum() / VISITED),
        "arrested if stood by": rate(kept["person_event"], stood_by, free),
        "arrested if not": rate(kept["person_event"], ~stood_by, free),
    }


def rate(event: Array, mask: Array, free: Array) -> float:
    """Return the share of months at liberty that end in a new arrest, among some known persons."""
    code = FIELDS["person_event"].labels.index("detained_again") + 1
    before = np.concatenate([free[:1], free[:-1]])
    months = before & mask
    return float((event == code)[months].mean()) if months.any() else float("nan")


def test_who_is_visited_at_home_is_arrested_more_seldom() -> None:
    """Document 004, item 3: visit the homes of activists, be present at trials."""
    told = at_trials("visit")
    assert told["deeds"] > 5.0
    assert told["stood by"] > 10.0
    assert told["arrested if stood by"] < 0.6 * told["arrested if not"]


@pytest.mark.parametrize("rule", ["senders.deeds", "focal.contacts"])
def test_without_the_deed_or_its_reader_presence_shields_nobody(rule: str) -> None:
    told = at_trials("visit", (rule,))
    assert not told["arrested if stood by"] < 0.6 * told["arrested if not"]
