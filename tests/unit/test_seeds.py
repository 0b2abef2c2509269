"""Whether verdicts hold from seed to seed: what contradicts what, and what is told of it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from demarche.analysis.calibration import repeated as again
from demarche.analysis.scorecard import over_seeds as module
from demarche.analysis.scorecard.assemble import Plan
from demarche.analysis.scorecard.over_seeds import over_seeds, rows, sentences
from demarche.analysis.seed_to_seed import Held, held_over
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
    assert "of 2 verdicts on patterns in accounts and placebos A and B 0 are contrary" in told[0]
    assert "1 would be if nothing were undecided. 1 are the same word on every seed." in told[0]
    assert "Undecided are 45% of all verdicts." in told[1]
    assert told[2].endswith("on 2 of 20 seeds: T1 One before T2 Two on 1, T2 Two before T1 One on 1.")
    assert rows(found) == [["P05", "T1 One", "1", "18", "1", "yes"]]


@pytest.mark.parametrize(
    ("words", "flips"),
    [(["yes"] * 18 + ["no"] * 2, True), (["yes"] * 18 + ["no"] + ["undecided"], False), (["undecided"] * 20, False)],
)
def test_one_seed_in_twenty_may_be_contrary(words: list[str], flips: bool) -> None:
    assert held_over(words).flips == flips


def test_what_banks_of_several_seeds_narrow_is_told() -> None:
    some = {"rate.a": Held(15, 5, 0), "rate.b": Held(8, 4, 8), "rate.c": Held(0, 3, 17)}
    found = again.Repeated("common", 1998, 20, 900, some, 622, 9)
    told = list(again.sentences(found))
    assert "of 622 parameters 1 get contrary verdicts" in told[0]
    assert "9 would if nothing were undecided" in told[0]
    assert told[1] == "Narrowed or moved on most seeds: rate.a."
    assert again.rows(found) == [["rate.a", "15", "5", "0", "yes"], ["rate.b", "8", "4", "8", "no"]]
