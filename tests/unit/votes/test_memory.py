"""What is known before a roll call: never the same day, never later, whatever the order of rows."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest

from demarche.history.votes.attributes import Attributes
from demarche.history.votes.estimate import estimate_on, lay_out
from demarche.history.votes.memory import Known, Memory
from demarche.history.votes.posterior import Settings, packaged_posterior
from demarche.history.votes.rollcalls import AGAINST, FOR, NEUTRAL, NONE, RollCall, in_order, word_of
from demarche.history.votes.scoring import predict

MEMBERS = ("AAA", "BBB", "CCC", "DDD")
POINTS = {"AAA": 1.0, "BBB": 0.4, "CCC": -0.5, "DDD": -1.0, "TTT": -1.5, "UUU": 0.8}
SETTINGS = Settings(0.3, 0.7, 0.5)


def attributes() -> Attributes:
    known = {("ideal_point", code): ((1988, 1990), (point, point + 0.1)) for code, point in POINTS.items()}
    known |= {("democracy", code): ((1988,), (0.5 + point / 4,)) for code, point in POINTS.items()}
    groups = {code: "north" if point > 0 else "south" for code, point in POINTS.items()}
    return Attributes(known, groups)


def call(target: str, year: int, stances: str, kind: str = "resolution", month: int = 3, key: str = "") -> RollCall:
    """Return a roll call; `stances` has a letter a member: a(gainst), n(eutral), f(or), - absent."""
    words = {"a": word_of(kind, AGAINST), "n": word_of(kind, NEUTRAL), "f": word_of(kind, FOR), "-": "absent"}
    votes = {code: words[letter] for code, letter in zip(MEMBERS, stances, strict=True)}
    return RollCall(key or f"{target}-{year}-{month}", "CHR", kind, target, year, date(year, month, 8), votes)


RECORD = [
    call("TTT", 1990, "aanf"), call("TTT", 1991, "anff"), call("UUU", 1991, "nffa"), call("TTT", 1992, "aan-"),
    call("UUU", 1992, "ffna"), call("TTT", 1993, "aaff"), call("TTT", 1993, "aanf", key="second"),
]  # fmt: skip


def same(one: Known, other: Known) -> bool:
    pairs = [(getattr(one, field.name), getattr(other, field.name)) for field in fields(Known)]
    return all(np.array_equal(a, b, equal_nan=True) if isinstance(a, np.ndarray) else a == b for a, b in pairs)


def test_own_last_vote_its_age_and_shares_are_those_of_earlier_days() -> None:
    memory = Memory(in_order(RECORD), attributes())
    known = memory.known(RECORD[5], MEMBERS)
    assert known.last.tolist() == [AGAINST, AGAINST, NEUTRAL, FOR]
    assert known.last_age[:3] == pytest.approx([365 / 365.25] * 3)
    assert known.last_age[3] == pytest.approx(731 / 365.25)
    weights = 0.5 ** (np.array([3, 2, 1]) / 4)
    assert known.own[0, AGAINST] == pytest.approx(weights.sum() / (weights.sum() + 0.5), abs=1e-3)
    assert known.recent[3].tolist() == pytest.approx([0, 0, 0.5 ** (731 / 365.25 / 4)])
    last = 0.5 ** (365 / 365.25 / 2)
    older = 0.5 ** (731 / 365.25 / 2)
    ages = np.array([365, 731, 1096]) / 365.25  # those of BBB: against, neutral, against; of CCC: neutral, for, neutral
    parts = 0.5**ages / (0.5**ages).sum()
    others = np.array([parts[0] + parts[2], parts[1], 0]) + np.array([0, parts[0] + parts[2], parts[1]])
    expected = last * others + older * np.array([0, 0, 1])
    assert known.everybody[0] == pytest.approx(expected / (2 * last + older + 2))
    assert known.group_last[2].tolist() == [0, 0, 1]  # the other one of the south
    assert known.distance == pytest.approx([2.5, 1.9, 1.0, 0.5])


@pytest.mark.parametrize("place", range(len(RECORD)))
def test_the_votes_of_the_day_and_later_ones_change_nothing(place: int) -> None:
    aim = RECORD[place]
    changed = [one if one.day < aim.day else replace(one, votes=dict.fromkeys(MEMBERS, "no")) for one in RECORD]
    before, after = (Memory(in_order(one), attributes()).known(aim, MEMBERS) for one in (RECORD, changed))
    assert same(before, after)
    blind = Memory(in_order(RECORD), attributes()).known(replace(aim, votes={}), MEMBERS)
    assert same(before, blind)


def test_an_earlier_vote_changes_what_is_known() -> None:
    changed = [replace(RECORD[0], votes=dict.fromkeys(MEMBERS, "no")), *RECORD[1:]]
    before, after = (Memory(in_order(one), attributes()).known(RECORD[1], MEMBERS) for one in (RECORD, changed))
    assert not same(before, after)


def test_order_of_roll_calls_and_of_rows_is_nothing() -> None:
    turned = [replace(one, votes=dict(reversed(one.votes.items()))) for one in reversed(RECORD)]
    model = packaged_posterior()
    one, other = (predict(model, Memory(in_order(calls), attributes()), calls) for calls in (RECORD, turned))
    assert one.member == other.member
    for name, chances in one.chances.items():
        assert np.array_equal(chances, other.chances[name]), name


def test_hidden_votes_on_the_target_leave_it_new() -> None:
    memory = Memory(in_order(RECORD), attributes())
    hidden = memory.known(RECORD[5], MEMBERS, hides_target=True)
    without = Memory(in_order([one for one in RECORD if one.target != "TTT"]), attributes()).known(RECORD[5], MEMBERS)
    assert same(hidden, without)
    assert hidden.has_target == 0
    assert (hidden.last == NONE).all()


def test_a_no_action_motion_is_the_same_vote_turned_round() -> None:
    turned = [call(one.target, one.year, "anf-", kind) for one in RECORD[:1] for kind in ("resolution", "no_action")]
    stances = [in_order([one]).stance.tolist() for one in turned]
    assert stances[0] == stances[1] == [[AGAINST, NEUTRAL, FOR, NONE]]


def test_a_record_turned_round_gives_a_model_turned_round() -> None:
    """No side is favoured: the chances of against and for change places, but for the nodes of the average."""
    letters = {"a": "f", "f": "a", "n": "n", "-": "-"}
    rng = np.random.default_rng(3)
    drawn = [
        (target, year, "".join(rng.choice(list("aanf"), size=4)))
        for year in range(1990, 1997)
        for target in ("TTT", "UUU")
    ]
    table = attributes()

    def chances(turns: bool) -> np.ndarray:
        calls = [call(t, y, "".join(letters[s] for s in v) if turns else v) for t, y, v in drawn]
        sheets = lay_out(Memory(in_order(calls), table), calls)
        model = estimate_on(sheets, SETTINGS)
        return np.concatenate([model.chances(sheet.known, sheet.call.target) for sheet in sheets])

    assert np.abs(chances(False) - chances(True)[:, ::-1]).max() < 0.005


def test_unknown_states_get_the_median_of_their_group_or_of_all() -> None:
    table = replace(attributes(), groups={**attributes().groups, "NEW": "north"})
    assert table.value("ideal_point", "NEW", 1990) == pytest.approx(0.8)
    assert table.value("ideal_point", "XXX", 1990) == pytest.approx((0.4 - 0.5) / 2)
    assert table.value("ideal_point", "AAA", 1991) == pytest.approx(1.1)
    assert table.value("ideal_point", "AAA", 1990) == pytest.approx(1.0)
    assert table.value("ideal_point", "AAA", 2040) == pytest.approx(1.1)
    assert not table.is_known("ideal_point", "AAA", 1988)
