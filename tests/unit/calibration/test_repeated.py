"""Calibration at several seeds: each has a bank of its own, and what they say is counted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from demarche.analysis.calibration import repeated as module
from demarche.analysis.calibration.bank import Bank, World
from demarche.analysis.calibration.contrast import Pair
from demarche.analysis.calibration.narrowing import Narrowed
from demarche.analysis.calibration.study import Plan
from demarche.analysis.calibration.waves import Size
from demarche.analysis.seed_to_seed import Held
from demarche.cast.cast import Cast
from demarche.engine.setup import Setup
from tests.conftest import make_setup

ACCOUNT = "strategic_target"


@pytest.fixture(scope="module")
def setup(cast: Cast) -> Setup:
    return make_setup(cast, 14)


def narrowed(path: str, is_narrowed: bool, is_undecided: bool) -> Narrowed:
    return Narrowed(path, 0.8, 0.1, is_narrowed, False, is_undecided)


def test_seeds_have_banks_of_their_own_and_verdicts_are_counted(
    setup: Setup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, Path]] = []

    def said(bank: Bank, plan: Plan) -> module._One:
        number = len(asked)
        asked.append((bank.world.seed, bank.folder))
        found = [narrowed("rate.a", True, False), narrowed("rate.b", number < 2, number == 2),
                 narrowed("link.c", False, False)]  # fmt: skip
        gaps = np.random.default_rng(number).normal(0.0 if number else 9.0, 1.0, 30)
        return module._One({one.path: one for one in found}, {"P02": "yes", "P03": "no" if number else "yes"},
                           {"prior": {"releases": gaps + 5.0, "sponsors": gaps - 5.0}})  # fmt: skip

    monkeypatch.setattr(module, "_said_by", said)
    bank = Bank(tmp_path, World(setup, "as_it_was", ACCOUNT, 1995, 1))
    plan = Plan(1998, Size(100), pair=Pair(setup, ("quiet", "vocal"), ("releases", "sponsors")))
    found = module.repeated(bank, plan, 4, lambda line: None)
    assert asked[0] == (1995, tmp_path)
    assert len({seed for seed, _ in asked}) == len({folder for _, folder in asked}) == 4
    assert all(folder.parent == tmp_path and (folder / "bank.json").exists() for _, folder in asked[1:])
    assert found.rows == {"rate.a": Held(4, 0, 0), "rate.b": Held(2, 1, 1)}
    assert (found.parameters, found.by_line) == (3, 1)
    assert found.told == {"P02": Held(4, 0, 0), "P03": Held(1, 0, 3)}
    assert [(one.outcome, one.over, one.held) for one in found.leanings] == [
        ("releases", "prior", Held(4, 0, 0)), ("sponsors", "prior", Held(1, 0, 3)),
    ]  # fmt: skip
    assert found.leanings[0].above == [1.0] * 4
    assert len(found.leanings[1].means) == 4


def test_nothing_is_said_of_arms_if_none_are_compared(
    setup: Setup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = module._One({"rate.a": narrowed("rate.a", True, False)}, {"P02": "yes"}, {})
    monkeypatch.setattr(module, "_said_by", lambda bank, plan: one)
    found = module.repeated(Bank(tmp_path, World(setup, "as_it_was", ACCOUNT, 1995, 1)), Plan(1998, Size(100)), 3,
                            lambda line: None)  # fmt: skip
    assert (found.arms, found.leanings) == ((), ())
    assert len(module.tables(found)) == 1
    assert not [line for line in module.sentences(found) if "has more" in line]
