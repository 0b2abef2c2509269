"""The bank: parts on disk, taken up again where it stopped, refused for another world."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from demarche.analysis.calibration import bank as module
from demarche.analysis.calibration.bank import HEAD, Bank, World
from demarche.analysis.calibration.measures import Measured, Seen
from demarche.cast.cast import Cast
from demarche.engine.setup import Runs
from demarche.errors import DesignError
from tests.conftest import make_setup

ACCOUNT = "strategic_target"


class Counted(World):
    """A world whose runs are numbers made of their seeds, and which counts them."""

    made: ClassVar[list[int]] = []

    def seen(self, runs: Runs) -> Seen:
        self.made.append(len(runs))
        values = np.array([[seed % 1000] for seed in runs.seed], dtype=float)
        return Seen({"tabling": values[:, None, :]}, {1998: Measured(("n",), values, np.zeros(1))})


@pytest.fixture
def world(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Counted:
    monkeypatch.setattr(module, "PART_DRAWS", 3)
    Counted.made = []
    return Counted(make_setup(cast, 12), "as_it_was", ACCOUNT, 1995, 2)


def fill(bank: Bank, n: int) -> None:
    bank.fill(range(n), lambda done, of: None)


def test_a_bank_that_was_stopped_goes_on_where_it_stopped(world: Counted, tmp_path: Path) -> None:
    fill(Bank(tmp_path / "whole", world), 7)
    assert world.made == [6, 6, 2]
    begun = tmp_path / "begun"
    fill(Bank(begun, world), 3)
    world.made.clear()
    fill(Bank(begun, world), 7)
    assert world.made == [6, 2]
    whole, again = Bank(tmp_path / "whole", world).read(range(7)), Bank(begun, world).read(range(7))
    np.testing.assert_array_equal(whole.draws, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6])
    np.testing.assert_array_equal(whole.draws, again.draws)
    np.testing.assert_array_equal(whole.seen.until[1998].values, again.seen.until[1998].values)


def test_a_lost_part_is_run_again_and_no_other(world: Counted, tmp_path: Path) -> None:
    bank = Bank(tmp_path, world)
    fill(bank, 7)
    before = bank.read(range(7)).seen.until[1998].values
    (tmp_path / "part_0000003.bank").unlink()
    world.made.clear()
    fill(bank, 7)
    assert world.made == [6]
    np.testing.assert_array_equal(bank.read(range(7)).seen.until[1998].values, before)


def test_some_draws_can_be_read(world: Counted, tmp_path: Path) -> None:
    bank = Bank(tmp_path, world)
    bank.fill([1, 40, 9, 17], lambda done, of: None)
    assert bank.read([40, 9]).draws.tolist() == [9, 9, 40, 40]


@pytest.mark.parametrize("change", [{"seed": 7}, {"account": "domestic_engine"}, {"lucks": 3}, {"arm": "quiet"}])
def test_a_bank_of_another_world_is_refused(world: Counted, tmp_path: Path, change: dict[str, object]) -> None:
    Bank(tmp_path, world)
    with pytest.raises(DesignError, match="another world"):
        Bank(tmp_path, replace(world, **change))


def test_a_bank_of_other_rules_is_refused(world: Counted, tmp_path: Path) -> None:
    Bank(tmp_path, world)
    head = tmp_path / HEAD
    head.write_text(json.dumps(json.loads(head.read_text()) | {"rules": "0"}))
    with pytest.raises(DesignError, match="another rules"):
        Bank(tmp_path, world)


def test_places_follow_from_the_number_of_a_draw_and_are_standard_normal(world: Counted) -> None:
    places = world.places(range(60))
    np.testing.assert_array_equal(places[[5, 40]], world.places([5, 40]))
    assert abs(places.mean()) < 0.03
    assert places.std() == pytest.approx(1.0, abs=0.03)
    values = world.values(places)
    path, prior = next(iter(world.priors.items()))
    np.testing.assert_array_equal(values[path], prior.values(places[:, 0]))


def test_values_are_those_that_the_design_of_draws_gives(world: Counted) -> None:
    """Draw k of the bank is draw k of any other study of the account with the same seed."""
    from demarche.rules.priors import drawn_columns

    account = world.setup.accounts[ACCOUNT]
    drawn = drawn_columns(world.setup.catalogue, [account] * 4, [0, 1, 2, 3], world.seed)
    values = world.values(world.places(range(4)))
    assert set(values) <= set(drawn)
    for path, column in values.items():
        np.testing.assert_allclose(column, drawn[path], rtol=1e-12)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"[" * 100_000])
def test_a_damaged_head_is_told(world: Counted, tmp_path: Path, content: bytes) -> None:
    fill(Bank(tmp_path, world), 3)
    (tmp_path / HEAD).write_bytes(content)
    with pytest.raises(DesignError, match="this file of the bank is damaged"):
        Bank(tmp_path, world)


def test_a_damaged_part_is_told_wherever_it_is_cut_or_turned_over(world: Counted, tmp_path: Path) -> None:
    bank = Bank(tmp_path, world)
    fill(bank, 3)
    (part,) = tmp_path.glob("part_*")
    good = part.read_bytes()
    for place in range(0, len(good), 7):
        for bad in (good[:place], good[:place] + bytes([good[place] ^ 0xFF]) + good[place + 1 :]):
            part.write_bytes(bad)
            for use in (lambda: bank.read(range(3)), lambda: fill(bank, 3)):
                with pytest.raises(DesignError, match="is damaged"):
                    use()
