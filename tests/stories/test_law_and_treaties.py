"""What the documents tell of treaties, statutes and custody without courts."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.arrays import Array
from tests.support.reform_world import CONGRESSES, group_mean, run, setup

pytestmark = pytest.mark.long
RUNS = 400
FIRST = CONGRESSES[0]


def statutes(account: str, held: dict[str, float] | None = None, off: tuple[str, ...] = ()) -> tuple[Array, Array]:
    """Return how many statutes each issue sees `(n_issues,)`, and which the torture convention covers."""
    world, kept = run(RUNS, account=account, held=held, world=setup(off=off), watched=("law_event",))
    convention = world.codes["treaty"].index("CAT")
    return (kept["law_event"] == 1).sum(axis=(0, 2)), world["treaty_covers"][convention, :, 0] > 0


def test_after_the_torture_convention_came_statutes_on_what_it_covers() -> None:
    """Document 000, section III.B: ratified in 1988, statutes on confessions, evidence and prisons in 1994-97."""
    told, covered = statutes("cooperative_learning")
    without, _ = statutes("cooperative_learning", {"treaty_stage": 0.0})
    assert told[covered].mean() > 1.5 * without[covered].mean()


def test_without_what_ratification_asks_for_no_more_statutes_come() -> None:
    off = ("focal.treaties_ask_for_statutes",)
    told, covered = statutes("cooperative_learning", off=off)
    without, _ = statutes("cooperative_learning", {"treaty_stage": 0.0}, off)
    assert not told[covered].mean() > 1.5 * without[covered].mean()


def conceded(off: tuple[str, ...] = ()) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return signatures in five years and core practice at the end, in silence and under full pressure."""
    found = []
    for words in (0.0, 1.0):
        held = {"pressure_public": words, "voice": words}
        world, kept = run(RUNS, account="strategic_target", held=held, world=setup(off=off), watched=("treaty_event",))
        signed = float((kept["treaty_event"][:60] == 1).sum() / RUNS)  # there are but three to sign
        found.append((signed, float(group_mean(world, "practice").mean())))
    return found[0], found[1]


def test_form_is_conceded_and_conduct_lags() -> None:
    """Document 001, on treaties: signatures, a ratification and a phrase in the constitution; the core stays."""
    (silent, core), (loud, pressed) = conceded()
    assert loud > 1.3 * silent
    assert abs(pressed - core) < 0.02


def test_without_the_answer_to_pressure_no_form_is_conceded() -> None:
    (silent, _), (loud, _) = conceded(("focal.pressure_asks_for_signatures",))
    assert not loud > 1.3 * silent


@pytest.mark.parametrize(("fate", "kept_off"), [("keep", True), ("rename", True), ("abolish", False)])
def test_reformed_procedure_protects_few_while_police_may_punish_without_courts(fate: str, kept_off: bool) -> None:
    """Document 002, section 3, item 7: guarantees are undermined while the institution stands."""
    rows = ("due_process", "prison_conditions", "death_penalty", "psychiatric_abuse")
    enacted = tuple((FIRST, "law", "statute", row) for row in rows)
    decided = (FIRST, "custody", fate, "extralegal_detention")
    off = ("focal.reforms", "focal.drifts")
    paths = []
    for laws in (enacted, ()):
        moves = (*laws, *((month, "law", "none", row) for month in CONGRESSES[1:] for row in rows))
        moves = moves if laws else (*moves, *((FIRST, "law", "none", row) for row in rows))
        moves = (*moves, decided, *((month, "custody", "keep", "extralegal_detention") for month in CONGRESSES[1:]))
        world, _ = run(8, account="leverage_toolbox", world=setup(off=off, moves=moves),
                       values={"link.law_practice": 0.3})  # fmt: skip
        named = [world.codes["issue"].index(row) for row in rows]
        paths.append(world["structural_practice"][named].mean())
    gained = paths[0] - paths[1]
    on_paper = 0.3 * 0.3 * np.mean([1 - 0.35, 1 - 0.3, 1 - 0.2, 1 - 0.2])
    assert bool(gained < 0.65 * on_paper) is kept_off


def test_participation_becomes_conviction_when_nobody_passes_verdicts() -> None:
    """Document 000, sections III and IV: from acceptance to conviction, once the leadership has written it down."""
    calm = {"has_seat": 1.0, "treaty_stage": 2.0, "document_adopted": 1.0, "pressure_public": 0.0, "voice": 0.0}
    judged = calm | {"pressure_public": 1.0, "voice": 1.0}
    ends = [run(8, account="cooperative_learning", held=held)[0]["internalisation"].mean() for held in (calm, judged)]
    assert ends[0] > 0.25
    assert ends[0] - 0.08 > 1.3 * (ends[1] - 0.08)
