"""The bundled cases beside China: what they rest on, that nothing of another is in them, and that all accounts run."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from demarche.cast.cast import Cast, load_cast
from demarche.cli.main import app
from demarche.engine.setup import Runs
from demarche.engine.simulate import simulate
from demarche.errors import ScenarioError
from demarche.history.as_tables import measure_record, surroundings_of
from demarche.history.record import need_record
from demarche.history.scorecard.baselines.common import sessions_of
from demarche.history.scorecard.baselines.persistence import persistence
from demarche.history.scorecard.baselines.two_blocs import two_blocs
from demarche.history.scorecard.baselines.weighted_mean import weighted_mean
from tests.conftest import ROOT, make_setup
from tests.support.accounts import document_accounts

CASTS = ROOT / "scenarios" / "casts"
NAMES = ("cuba_1989", "invented_1989")
INSTITUTIONAL = {"session", "expert_session", "congress", "norm_conference", "treaty_review"}


@pytest.fixture(scope="module", params=NAMES)
def case(request: pytest.FixtureRequest) -> Cast:
    return load_cast(CASTS / f"{request.param}.yaml")


@pytest.fixture(scope="module")
def cuba() -> Cast:
    return load_cast(CASTS / "cuba_1989.yaml")


@pytest.fixture(scope="module")
def invented() -> Cast:
    return load_cast(CASTS / "invented_1989.yaml")


def test_every_account_runs_through_a_session(case: Cast) -> None:
    accounts = list(document_accounts())
    runs = Runs([arm for arm in ("as_it_was", "quiet") for _ in accounts], accounts * 2, [3] * 2 * len(accounts))
    found = simulate(make_setup(case, 10), runs)
    assert len(found.outcomes["releases"]) == 2 * len(accounts)


def test_nothing_of_the_reference_case_stands_in_its_files(case: Cast) -> None:
    """The documents are about another state; their line numbers belong to its cast alone."""
    text = case.path.read_text("utf-8")
    text = text[: text.index("sources:")] + text[text.index("\ninitial:") :]
    assert not re.search(r"\bdocument \d|\bCHN\b|Tibet|Beijing", text)
    assert not [event.code for event in case.events if "CHN" in event.actors or event.kind == "tariff_deadline"]


def test_visits_are_drawn_from_the_start(case: Cast) -> None:
    assert case.visits is None
    assert not [event for event in case.events if event.kind == "summit"]


def test_an_assumed_start_has_a_range_wide_enough_to_matter(case: Cast) -> None:
    for name, one in case.initial.items():
        assert one.ends is not None, name
        assert one.ends[1] - one.ends[0] >= 0.05, name
        assert "assumption" in one.source


def test_events_say_how_far_they_were_checked(case: Cast) -> None:
    for event in case.events:
        if event.verified == "no":
            assert "not checked" in event.source or event.source.startswith("invented")


def test_the_invented_state_is_a_member_that_the_world_does_not_know(invented: Cast) -> None:
    world = {line.split(",")[0] for line in (CASTS / "world" / "states.csv").read_text("utf-8").splitlines()}
    assert re.fullmatch("X[A-Z]{2}", invented.focal)
    assert set(invented.state_codes) == {invented.focal} | world - {"code"}
    assert invented.state_codes == tuple(sorted(invented.state_codes))
    assert invented.is_member(1989)[invented.index(invented.focal)]
    assert {event.kind for event in invented.events} <= INSTITUTIONAL


def test_what_is_said_of_the_invented_state_says_that_it_is_invented(invented: Cast) -> None:
    members = (*invented.issues, *invented.ngos, *invented.treaties, *invented.donors, invented.persons)
    assert all("invented" in one.source for one in members)
    assert all("invented" in one.source or "of the world" in one.source for one in invented.initial.values())
    assert all("invented" in event.source for event in invented.events if invented.focal in event.actors)


def test_added_rows_leave_every_other_state_as_the_world_has_it(invented: Cast, cast: Cast) -> None:
    others = [invented.index(code) for code in cast.state_codes]
    for name in ("ideal_point", "democracy", "economic_weight"):
        assert (invented.columns[name][:, others] == cast.columns[name]).all()
    for year in (1990, 1993):
        theirs = set(np.array(cast.state_codes)[cast.seats(year)[1]])
        ours = set(np.array(invented.state_codes)[invented.seats(year)[1]])
        assert ours == theirs | ({invented.focal} if year == 1993 else set())


@pytest.mark.parametrize(
    ("table", "old", "new", "what"),
    [
        ("states", "XAA,Osmara", "FRA,Osmara", "the world has this state already"),
        ("years", "XAA,1989", "XAA,1988", "other years than the table of years"),
        ("seats", "XAA", "XAB", "unknown state"),
    ],
)
def test_bad_added_rows_are_refused(tmp_path: Path, table: str, old: str, new: str, what: str) -> None:
    import shutil

    shutil.copytree(CASTS, tmp_path / "casts")
    path = tmp_path / "casts" / "invented_1989" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    if table == "years":  # a year too many at the head, one too few at the end
        text = "\n".join(line for line in text.splitlines() if "1998" not in line) + "\n"
        old, new = "\nXAA,1989", "\nXAA,1988,-0.90,0.18,0.38,0.0020,0.60,0\nXAA,1989"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ScenarioError, match=what):
        load_cast(tmp_path / "casts" / "invented_1989.yaml")


def test_the_record_of_votes_adds_up_to_its_totals(cuba: Cast) -> None:
    record = need_record(cuba)
    for motion in record.motions:
        votes = Counter(vote.vote for vote in record.votes if vote.year == motion.year)
        if motion.year < 1998:
            assert (votes["yes"], votes["no"], votes["abstain"]) == (
                motion.text_for, motion.text_against, motion.text_abstain
            )  # fmt: skip
            assert motion.text_fate == "adopted"
            assert motion.verified == "partly"
    assert record.motions[-1].text_fate == "rejected"
    assert record.motions[-1].verified == "no"


def test_patterns_give_the_values_that_the_record_states(cuba: Cast) -> None:
    record = need_record(cuba)
    found = measure_record(record, surroundings_of(cuba))
    assert found == {name: keys.record for name, keys in record.patterns.items()}


def test_members_that_voted_sat_in_the_body(cuba: Cast) -> None:
    record = need_record(cuba)
    for year in range(1990, 1998):
        voted = {vote.state for vote in record.votes if vote.year == year}
        assert voted <= set(np.array(cuba.state_codes)[cuba.seats(year)[1]])


def test_baselines_say_nothing_where_taking_no_action_was_never_voted_on(cuba: Cast, cast: Cast) -> None:
    record = need_record(cuba)
    for make in (persistence, weighted_mean, two_blocs):
        assert make(cuba, record).events.empty
    assert len(sessions_of(cast, need_record(cast))) == 7


def test_check_lists_what_is_assumed() -> None:
    found = CliRunner().invoke(app, ["check", str(CASTS / "cuba_1989.yaml")], env={"COLUMNS": "200"})
    assert found.exit_code == 0
    assert "Assumed: trade_exposure in 1,900 of 1,930 cells: 0.00015, drawn from 3e-05 to 0.0008" in found.output
    assert found.output.count("Assumed:") == 3
    assert "Assumed:" not in CliRunner().invoke(app, ["check", str(CASTS / "china_1989.yaml")]).output


@pytest.mark.parametrize(("ayes", "noes", "fate"), [(20, 19, "adopted"), (20, 20, "rejected"), (None, None, "")])
def test_a_text_needs_more_yes_than_no(cuba: Cast, ayes: int | None, noes: int | None, fate: str) -> None:
    motion = dataclasses.replace(need_record(cuba).motions[0], text_for=ayes, text_against=noes)
    assert motion.text_fate == fate
