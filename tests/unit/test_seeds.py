"""Whether verdicts hold from seed to seed: what contradicts what, and what is told of it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from demarche.analysis.calibration import repeated as again
from demarche.analysis.calibration.contrast import leaning as leaning_of
from demarche.analysis.scorecard import over_seeds as module
from demarche.analysis.scorecard.assemble import Plan
from demarche.analysis.scorecard.over_seeds import over_seeds, rows, sentences
from demarche.analysis.seed_to_seed import Held, held_over, steadiness
from demarche.history.scorecard.card import Column
from demarche.history.scorecard.ranking import Difference
from demarche.history.scorecard.verdict import Verdict


def card(word: str, line: str, gap: float) -> SimpleNamespace:
    near = Verdict("P05", word, np.zeros(60), 0.06, -1.0, line=line)  # type: ignore[arg-type]
    sure = Verdict("P02", "pass", np.zeros(60), 0.5, -1.0, line="pass")
    lacking = Verdict("P09", "not applicable", np.empty(0))
    verdicts = {"P02": sure, "P05": near, "P09": lacking}
    columns = (Column("T1", "T1 One", "account", verdicts), Column("B0", "persistence", "baseline", verdicts))
    ranking = SimpleNamespace(differences=(Difference("T1 One", "T2 Two", gap, gap - 0.1, gap + 0.1),))
    return SimpleNamespace(card=SimpleNamespace(columns=columns, ranking=ranking))


def test_a_scorecard_is_judged_at_every_seed_and_contradictions_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [card("undecided", "pass", 0.0)] * 10 + [card("undecided", "fail", 0.0)] * 8
    made += [card("fail", "fail", 0.5), card("pass", "pass", -0.5)]
    seeds: list[int] = []

    def judged(setup: object, roles: object, plan: Plan) -> SimpleNamespace:
        assert plan.permutations == 0
        seeds.append(plan.seed)
        return made[len(seeds) - 1]

    monkeypatch.setattr(module, "judge_setup", judged)
    found = over_seeds(None, None, Plan(7, 60), 20, lambda line: None)  # type: ignore[arg-type]
    assert len(set(seeds)) == 20
    assert np.diff(sorted(seeds)).min() > 60  # runs of one seed are not those of the next
    assert found.held == {("P02", "T1 One"): Held(20, 0, 0), ("P05", "T1 One"): Held(1, 18, 1)}
    assert (found.by_line, found.ranked) == (1, 2)
    told = list(sentences(found))
    assert "1 of 2 (50%) are the same word on 19 of 20 seeds or more, 1 on all of them; 1 waver; 0 are" in told[0]
    assert "1 would be contrary if nothing were undecided." in told[0]
    assert "Undecided are 45% of all verdicts." in told[1]
    assert "on 2 of 20 seeds (all pairs held together at 95 %): " in told[2]
    assert told[2].endswith("T1 One before T2 Two on 1, T2 Two before T1 One on 1.")
    assert rows(found) == [["P05", "T1 One", "1", "18", "1", "no"]]


@pytest.mark.parametrize(
    ("words", "flips"),
    [(["yes"] * 18 + ["no"] * 2, True), (["yes"] * 18 + ["no"] + ["undecided"], False), (["undecided"] * 20, False)],
)
def test_one_seed_in_twenty_may_be_contrary(words: list[str], flips: bool) -> None:
    assert held_over(words).flips == flips


@pytest.mark.parametrize(
    ("held", "waver", "contrary"),
    [(Held(19, 1, 0), 0, 0), (Held(19, 0, 1), 0, 0), (Held(18, 2, 0), 1, 0), (Held(0, 1, 6), 1, 0),
     (Held(18, 0, 2), 0, 1)],
)
def test_every_verdict_is_the_same_wavers_or_is_contrary(held: Held, waver: int, contrary: int) -> None:
    """One that is not applicable on most seeds wavers too."""
    same = 1 - waver - contrary
    assert f"{same} of 1 ({same:.0%}) are the same" in steadiness([held], 20)
    assert steadiness([held], 20).endswith(f"; {waver} waver; {contrary} are contrary")


def test_what_banks_of_several_seeds_narrow_is_told() -> None:
    some = {"rate.a": Held(15, 5, 0), "rate.b": Held(8, 4, 8), "rate.c": Held(0, 3, 17)}
    numbers = {"P02": Held(20, 0, 0), "P03": Held(0, 0, 20), "P04": Held(7, 0, 13)}
    leaning = again.Leaning("releases", "prior", Held(19, 1, 0), [1.0] * 20, [0.5] * 19 + [0.25], [0.1] * 20)
    found = again.Repeated("common", 1998, 20, 900, some, 622, 9, numbers, ("quiet", "vocal"), (leaning,))
    told = list(again.sentences(found))
    assert "on parameters 619 of 622 (100%) are the same word on 19 of 20 seeds or more, 619 on all" in told[0]
    assert "2 waver; 1 are contrary; 9 would be contrary if nothing were undecided" in told[0]
    assert "0 of 2 (0%) are the same word" in told[1]
    assert told[2] == "Narrowed or moved on most seeds: rate.a."
    assert "something of 1 of 3 numbers" in told[3]
    assert told[3].endswith("and on none of P03; on some seeds (how many) of P04 (7).")
    assert "whether quiet or vocal has more of an outcome 1 of 1 (100%)" in told[4]
    parameters, arms = again.tables(found)
    assert parameters[1] == [["rate.a", "15", "5", "0", "no"], ["rate.b", "8", "4", "8", "yes"]]
    assert arms[1] == [["releases", "prior", "19", "1", "0", "25% to 50%", "10% to 10%", "no"]]


def test_which_arm_has_more_is_undecided_within_the_error_of_the_draws() -> None:
    """As often as the level says: 1 % on each side if there is no difference."""
    rng = np.random.default_rng(4)
    said = held_over([leaning_of(rng.normal(size=60)) for _ in range(8000)])
    # 8,000 tries of 1 % with Student's t of 59 degrees in the place of a normal: 1.17 %, standard error 0.12 %
    assert said.yes / 8000 == pytest.approx(0.0117, abs=0.0036)
    assert said.no / 8000 == pytest.approx(0.0117, abs=0.0036)
    assert leaning_of(rng.normal(1.0, 1.0, 60)) == "yes"
    assert leaning_of(np.r_[rng.normal(-1.0, 1.0, 60), np.nan]) == "no"


def test_where_nothing_is_narrowed_on_any_seed_nothing_is_told_of_what_is() -> None:
    found = again.Repeated("common", 1998, 20, 900, {"rate.c": Held(0, 3, 17)}, 622, 9, {})
    told = list(again.sentences(found))
    assert len(told) == 3
    assert told[1] == "Narrowed or moved on most seeds: none."
    assert again.tables(found) == []
