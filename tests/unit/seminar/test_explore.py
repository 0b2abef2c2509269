"""The explorer: questions and their addresses, fans of differences, jobs that stop, files that say the same."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from html import unescape
from itertools import count, islice
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest

from demarche.engine.recorder import join_events
from demarche.engine.setup import Runs
from demarche.engine.simulate import simulate_chunk
from demarche.engine.variables import EVENT_KINDS, SERIES
from demarche.errors import DesignError
from demarche.experiment.design.seeds import replication_seed
from demarche.scenario.compile import compile_scenario
from demarche.scenario.content import Scenario
from demarche.scenario.load import load_scenario
from demarche.seminar.explore.asked import EXPLORED, Asked, controls_of, explored_arm, read_asked, scenario_text
from demarche.seminar.explore.fan import SEED, SHARES, Explorer
from demarche.seminar.explore.year import year_of
from demarche.seminar.happened import BALLOTS
from tests.unit.seminar.conftest import read_cast

QUIET = Asked("quiet", "as_it_was", "strategic_target", "releases")


def test_an_address_says_the_question_and_nothing_is_lost(small: Scenario) -> None:
    controls = controls_of(small)
    link = next(iter(controls.links))
    asked = Asked("quiet", "as_it_was", "domestic_engine", "releases", {"channel_mix.vocal": 0.5, "effort": 1.5},
                  {link: controls.range_of(link)[1]})  # fmt: skip
    assert read_asked(small, controls, dict(parse_qsl(asked.query))) == asked
    assert read_asked(small, controls, {}).account == "strategic_target"


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ({"arm": "loud"}, "no such arm"),
        ({"account": "t2"}, "no such account"),
        ({"outcome": "account"}, "no such outcome"),
        ({"effort": "1e9"}, "out of range"),
        ({"effort": "nan"}, "out of range"),
        ({"channel_mix.quiet": "0.8", "channel_mix.vocal": "0.8"}, "more than 1"),
    ],
)
def test_what_cannot_be_asked_is_refused(small: Scenario, query: dict[str, str], what: str) -> None:
    with pytest.raises(DesignError, match=what):
        read_asked(small, controls_of(small), query)


@pytest.mark.long
def test_a_fan_is_the_difference_of_a_batch_year_by_year(small: Scenario) -> None:
    bands = list(Explorer(small).fan(QUIET, 3))
    assert [one.year for one in bands] == [1990, 1991, 1992]
    seeds = [replication_seed(SEED, number) for number in range(3)]
    series = [simulate_chunk(compile_scenario(small), Runs([arm] * 3, ["strategic_target"] * 3, seeds))
              for arm in ("quiet", "as_it_was")]  # fmt: skip
    row = [one.name for one in SERIES].index("releases")
    gaps = (series[0].series[row] - series[1].series[row])[7:19].mean(axis=0, dtype=np.float64)
    assert bands[1].mean == pytest.approx(gaps.mean())
    assert bands[1].quantiles == pytest.approx(np.quantile(gaps, SHARES))
    assert gaps.any(), "the arms differ"


def test_an_arm_against_itself_differs_in_nothing(small: Scenario) -> None:
    same = Asked("as_it_was", "as_it_was", "strategic_target", "releases")
    assert {one.quantiles for one in Explorer(small).fan(same, 2)} == {(0.0,) * len(SHARES)}


def test_levers_bind_the_first_arm_and_a_stopped_job_ends(small: Scenario) -> None:
    asked = Asked("as_it_was", "as_it_was", "strategic_target", "sponsor_count", {"channel_mix.vocal": 1.0})
    (first, *_) = explored_arm(small, asked).choices
    assert (first.lever, first.group, sorted(first.values.values())) == ("channel_mix", "all_senders", [0.0, 1.0])
    looked = count()
    assert list(Explorer(small).fan(asked, 2, lambda: next(looked) >= 9)) != []
    assert next(looked) == 10, "it looks every month and runs none after it is stopped"
    assert list(islice(Explorer(small).fan(asked, 2, lambda: True), 1)) == []


def test_a_saved_question_is_a_scenario_that_says_the_same(small: Scenario) -> None:
    controls = controls_of(small)
    link = next(iter(controls.links))
    asked = Asked("quiet", "as_it_was", "strategic_target", "releases", {"effort": 2.0, "channel_mix.vocal": 0.25},
                  {link: controls.range_of(link)[0]})  # fmt: skip
    path = small.path.with_name("explored.yaml")
    path.write_text(scenario_text(small, asked), encoding="utf-8")
    read = load_scenario(path, read_cast)
    assert read.arms[EXPLORED].choices == explored_arm(small, asked).choices
    assert list(read.parameters.values()) == [asked.links[link]]
    assert read.asked.contrast == (EXPLORED, "as_it_was")


HOST = "127.0.0.1:8766"


@pytest.fixture
def page(small: Scenario) -> Any:
    pytest.importorskip("starlette", reason="the explorer needs the extra demarche[seminar]")
    pytest.importorskip("httpx2", reason="its tests need httpx2")
    from starlette.testclient import TestClient

    from demarche.seminar.explore.app import make_app

    with TestClient(make_app(small, {HOST}, (2, 4)), base_url=f"http://{HOST}") as client:
        yield client


@pytest.mark.long
def test_the_page_says_what_can_be_asked_and_streams_a_fan_that_sharpens(page: Any) -> None:
    first = page.get("/", params={"account": "domestic_engine"})
    assert first.status_code == 200
    assert "unsafe" not in first.headers["content-security-policy"]
    for name in ("quiet", "as_it_was", "strategic_target", "effort", "channel_mix.quiet"):
        assert name in first.text
    assert "Why: passages" in first.text
    lines = page.get("/fan", params={"arm": "quiet"}).text.splitlines()
    told = [json.loads(line) for line in lines]
    assert [(one["year"], one["pairs"]) for one in told] == [(year, n) for n in (2, 4) for year in (1990, 1991, 1992)]
    assert page.get("/fan", params={"arm": "<script>"}).status_code == 400
    assert page.get("/", headers={"host": "evil.example"}).status_code == 421
    saved = page.get("/explored.yaml", params={"arm": "quiet", "effort": "2"})
    assert "attachment" in saved.headers["content-disposition"]
    assert '"effort": {"all_senders": 2.0}' in saved.text
    assert "replications: 200" in page.get("/explored_experiment.yaml").text


def links(text: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'href="(/why[^"]*)"', text)]


@pytest.mark.long
def test_from_a_year_to_a_vote_to_its_reasons_to_the_passages(page: Any) -> None:
    asked = {"arm": "quiet", "reference": "as_it_was", "account": "strategic_target"}
    year = page.get("/year", params={**asked, "year": "1991"})
    assert year.status_code == 200
    first, second = year.text.split("<section>")[1:3]
    assert "First arm: quiet" in first
    assert "Second arm: as_it_was" in second
    assert links(first), "the arms differ in that year"
    both = links(year.text.split("<h2>In both</h2>")[1])
    votes = [one for one in links(year.text) if "kind=vote_no_action" in one]
    for where in (*votes[:2], links(first)[0], links(second)[0], both[0]):
        why = page.get(where)
        assert why.status_code == 200, where
        assert "The rules behind it" in why.text
        assert "<style" not in why.text
        assert "demarche why" not in why.text, "no command asks a file that is not written"
    why = page.get(votes[0]).text
    assert "The passages, in our words" in why
    assert re.search(r"[A-Z]{3}-\d\d", why)
    assert page.get("/why.css").headers["content-type"].startswith("text/css")
    for bad in ({"year": "1960"}, {"year": "x"}, {"year": ""}, {"year": "1" * 50}):
        assert page.get("/year", params={**asked, **bad}).status_code == 400
    for bad in ({"side": "third"}, {"kind": "<script>"}, {"actor": "<script>"}, {"month": "1991-13"}, {"month": ""}):
        sent = {**dict(parse_qsl(urlsplit(both[0]).query)), **bad}
        answer = page.get("/why", params=sent)
        assert answer.status_code == 400, bad
        assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.long
def test_what_happened_in_a_year_is_what_a_batch_records(small: Scenario) -> None:
    explorer = Explorer(small)
    same = year_of(explorer, Asked("as_it_was", "as_it_was", "strategic_target", "releases"), "1991")
    assert same.apart == {"first": (), "second": ()}, "an arm against itself differs in nothing"
    found = year_of(explorer, QUIET, "1991")
    setup, runs = explorer.table(QUIET, 1)
    events = join_events(simulate_chunk(setup, runs).parts)
    inside = (events.step >= 7) & (events.step < 19)
    for side, row in (("first", 0), ("second", 1)):
        mine = inside & (events.run == row)
        kinds = Counter(EVENT_KINDS[kind].kind for kind in events.kind[mine].tolist())
        here = Counter(one.kind for one in (*found.apart[side], *found.same, *found.ballots))
        assert set(here) == set(kinds)
        assert all(here[kind] == kinds[kind] for kind in (*BALLOTS, "sponsor")), "each said once, none left out"
        assert found.apart[side]


@pytest.mark.long
def test_a_new_question_stops_the_one_before(small: Scenario) -> None:
    pytest.importorskip("starlette", reason="the explorer needs the extra demarche[seminar]")
    from demarche.seminar.explore.app import Jobs

    jobs = Jobs(Explorer(small), (2, 4))

    async def run() -> tuple[list[str], list[str]]:
        old = jobs.lines(QUIET)
        first = [await anext(old)]
        new = [line async for line in jobs.lines(QUIET)]
        first += [line async for line in old]
        return first, new

    first, new = asyncio.run(run())
    assert len(first) == 1, "nothing of the old fan comes after the new question"
    assert len(new) == 6
