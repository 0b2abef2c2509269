"""Law: groups and UN bodies of the Mesa model are asked, and what they decide changes what others meet."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from tests.conftest import make_setup

from demarche.cast.cast import Cast

ASKED: Counter[tuple[str, str]] = Counter()
GROUP_DECISIONS = {
    "ngo_focus": "leave", "ngo_tactic": "document", "ngo_ally": "join", "ngo_circulate": "carry",
    "complaint": "file_labour",
}  # fmt: skip
BODY_DECISIONS = {
    "finding": "urge", "take_up": "take_up", "visit_request": "ask", "urgent_appeal": "appeal", "stance": "both",
    "admit_complaint": "reject", "lend": "hold", "expert_ballot": "adopt", "special_session": "call",
    "mandate_renewal": "end",
}  # fmt: skip


def model_of(cast: Cast, classes: dict[str, Any], n_steps: int = 96) -> Any:
    from demarche.mesa_model import EngagementModel

    model = EngagementModel(make_setup(cast, n_steps), "as_it_was", "leverage_toolbox", seed=2, classes=classes)
    model.run()
    return model


@pytest.mark.long
def test_every_group_and_body_decides_on_at_least_five_kinds_of_things(cast: Cast) -> None:
    from demarche.mesa_model import NGO, UNBody

    class Group(NGO):
        def decide(self, decision, about, utilities):
            ASKED["ngo", decision] += 1
            return "file_labour" if decision == "complaint" else None

    class Body(UNBody):
        def decide(self, decision, about, utilities):
            ASKED["body", decision] += 1

    classes = {ngo.code: Group for ngo in cast.ngos} | {body.code: Body for body in cast.bodies}
    model_of(cast, classes)
    assert {decision for who, decision in ASKED if who == "ngo"} == {*GROUP_DECISIONS}
    assert {decision for who, decision in ASKED if who == "body"} == {*BODY_DECISIONS}


@pytest.mark.long
@pytest.mark.parametrize("tactic", ["document", "brief_un", "outreach", "train"])
def test_a_group_takes_the_tactic_that_it_says_and_the_world_differs(cast: Cast, tactic: str) -> None:
    from demarche.mesa_model import NGO

    class Stubborn(NGO):
        def decide(self, decision, about, utilities):
            return tactic if decision == "ngo_tactic" else None

    changed = {"document": "evidence", "brief_un": "body_evidence", "outreach": "circumvention",
               "train": "trained_activists"}[tactic]  # fmt: skip
    free, bound = model_of(cast, {}), model_of(cast, {"documentation": Stubborn})
    assert not np.array_equal(free.world[changed], bound.world[changed])
    own = bound.world["ngo_tactic_choice"][:, bound.world.codes["ngo"].index("documentation"), 0]
    assert own.sum() == 1 or not bound.actors["documentation"].ngo_is_open


@pytest.mark.long
@pytest.mark.parametrize(
    ("code", "decision", "series"),
    [
        ("committee_torture", "finding", "findings_urging"), ("high_commissioner", "take_up", "findings_cited"),
        ("special_procedures", "visit_request", "visits_asked"), ("sub_commission", "expert_ballot", "expert_texts"),
        ("world_bank", "lend", "lending"), ("commission", "mandate_renewal", "mandates_cut"),
        ("high_commissioner", "stance", "agreements"), ("special_procedures", "urgent_appeal", "urgent_appeals"),
    ],
)  # fmt: skip
def test_a_body_decides_and_the_run_differs(cast: Cast, code: str, decision: str, series: str) -> None:
    from demarche.mesa_model import UNBody

    class Stubborn(UNBody):
        def decide(self, asked, about, utilities):
            return BODY_DECISIONS[decision] if asked == decision else None

    free, bound = model_of(cast, {}), model_of(cast, {code: Stubborn})
    assert free.series(series).sum() != bound.series(series).sum()
