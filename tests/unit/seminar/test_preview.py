"""The preview: features are what is seen, the reader reads, weights are told from luck."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from demarche.experiment.design.seeds import replication_seed
from demarche.scenario.content import Scenario
from demarche.seminar.frames import Viewer
from demarche.seminar.preview.features import ADOPTED, LOST, MARGIN
from demarche.seminar.preview.guessing import Reader, guessing_curve
from demarche.seminar.preview.preview import preview
from demarche.seminar.preview.runs import Played, play
from demarche.seminar.preview.scripts import CAMPAIGN, Scripts, at_random, bent_on, posture
from demarche.seminar.preview.weights import Votes, share_of_rooms, weights_of
from demarche.seminar.seen import HEADLINES, PROTEST
from demarche.seminar.timeline import NOBODY
from tests.unit.seminar.conftest import close
from tests.unit.seminar.test_room import SEED, new_room

ACCOUNTS = ["strategic_target", "domestic_engine"]


def made(seen: np.ndarray, arms: list[str], accounts: list[str], replication: list[int]) -> Played:
    names = tuple(f"seen {number}" for number in range(seen.shape[1]))
    return Played(np.array(arms), np.array(accounts), np.array(replication), names, seen, np.zeros((0, seen.shape[-1])))


def test_features_are_what_a_room_shows(small: Scenario, tmp_path: Path) -> None:
    room = new_room(small, tmp_path)
    for _ in room.stages:
        close(room)
    played = play(small, [Scripts(small).nobody()], 2, SEED)
    assert room.worlds.seed == replication_seed(SEED, 0)
    run = np.flatnonzero(played.of(NOBODY, room.state.account) & (played.replication == 0))[0]
    rounds = Viewer(room).rounds()
    assert len(rounds) == len(played.seen) == 2
    for shown, row in zip(rounds, played.seen[..., run], strict=True):
        told = dict(zip(played.names, row.tolist(), strict=True))
        assert {name: told[name] for name in shown.acts} == shown.acts
        assert HEADLINES[int(told["headline"])] == shown.headline
        assert PROTEST[int(told["protest"])] == shown.protest
        assert told[MARGIN] == (shown.margin or 0.0)
        assert {f"report_{group}": value for group, value in shown.report.items()} == {
            name: value for name, value in told.items() if name.startswith("report_")
        }
        assert told[LOST] == ("motion: no action failed" in shown.outcome)
        assert told[ADOPTED] == ("text: adopted" in shown.outcome)


def test_a_reader_names_what_differs_and_guesses_what_does_not() -> None:
    luck = np.random.default_rng(3)
    n = 400
    accounts, replication = ["a"] * n + ["b"] * n, [*range(n), *range(n)]
    seen = luck.normal(size=(2, 3, 2 * n))
    seen[1, 1, n:] += 3.0
    first, second = guessing_curve(made(seen, ["x"] * 2 * n, accounts, replication), ["x"], ["a", "b"])
    assert abs(first.accuracy - 0.5) < 4 * first.error, "nothing differs in the first round"
    # two normals three spreads apart are told apart in 0.933 of cases
    assert abs(second.accuracy - 0.933) < 4 * 0.0154
    assert second.score < 0.2 < first.score


def test_shares_of_a_reader_are_probabilities() -> None:
    features = np.random.default_rng(4).normal(size=(60, 2))
    reader = Reader.learn(features, np.arange(60) % 3, 3)
    shares = reader.shares(features)
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)
    constant = Reader.learn(np.ones((6, 2)), np.arange(6) % 2, 2).shares(np.ones((1, 2)))
    np.testing.assert_allclose(constant, 0.5)


def test_only_weight_that_can_be_told_from_luck_is_told() -> None:
    luck = np.random.default_rng(5).normal(size=(1, 2, 40))
    change = np.random.default_rng(6).normal(size=40)
    moved = luck + np.stack([np.zeros(40), 2.0 + change])[None]
    played = made(np.concatenate([luck, moved], axis=-1), [NOBODY] * 40 + ["s"] * 40, ["a"] * 80, [*range(40)] * 2)
    (found,) = weights_of(played, {"seat": ["s"]}, ["a"])
    assert (found.seen, found.seat) == ("seen 1", "seat")
    assert 1.3 < found.mean < 2.7
    still = made(np.concatenate([luck, luck], axis=-1), [NOBODY] * 40 + ["s"] * 40, ["a"] * 80, [*range(40)] * 2)
    assert weights_of(still, {"seat": ["s"]}, ["a"]) == []


def test_scripts_are_legal_and_the_same_for_the_same_seed(small: Scenario) -> None:
    scripts = Scripts(small)
    assert scripts.arm("x", at_random(1)) == scripts.arm("x", at_random(1))
    assert scripts.arm("x", at_random(1)) != scripts.arm("x", at_random(2))
    private = scripts.arm("x", posture("private"))
    assert {choice.lever for choice in private.choices} == {"channel_mix"}
    assert {choice.group for choice in private.choices} == {"USA", "FRA"}
    assert not private.moves


@pytest.mark.long
def test_a_preview_tells_seats_curves_and_votes(small: Scenario) -> None:
    found = preview(small, 8, 1, 12)
    assert set(found.weights) == {"critic", "france", "bloc", "monitors"}
    assert {name: len(curve) for name, curve in found.curves.items()} == {
        "nobody": 2, "all_private": 2, "all_public": 2, "at_random": 2,
    }  # fmt: skip
    assert {kind: set(accounts) for kind, accounts in found.rooms.items()} == {
        kind: set(ACCOUNTS) for kind in ("at_random", "campaign", "spoil")
    }


def test_shares_of_rooms_are_counted_once_a_room() -> None:
    """Three rooms: a motion lost twice and a text adopted; one carried; nothing tabled."""
    seen = np.zeros((2, 3, 3))
    seen[:, 1, 0], seen[1, 2, 0], seen[0, 0, 1], seen[0, 0, 0] = 1.0, 1.0, 4.0, -2.0
    names, none = (MARGIN, LOST, ADOPTED), np.zeros((0, 3))
    rooms = Played(np.array(["x"] * 3), np.array(["a"] * 3), np.arange(3), names, seen, none)
    assert share_of_rooms(rooms, ["x"]) == {"a": Votes(1 / 3, 1 / 3, 1 / 3)}


def test_who_is_bent_on_a_text_does_what_it_takes_and_calls_on_capitals(small: Scenario) -> None:
    arm = Scripts(small).arm("x", bent_on(CAMPAIGN, 1))
    taken = {(move.decision, move.option) for move in arm.moves}
    assert {("sponsor", "lead"), ("vote_no_action", "no"), ("vote_text", "yes"), ("canvass", "assist")} <= taken
    assert {choice.lever for choice in arm.choices} == {"bloc_rule"}, "conduct is left to the ministry"
