"""A fixed sample of the study is run again, with the same pairs: verdicts stand. A minute or two, in the long part."""

from __future__ import annotations

import pytest

from tests.claims.rows import rows
from tests.claims.study import PAIRS, kept, study

SAMPLE = (
    "PRS-07", "PRS-11", "PRS-17", "PRS-28", "DLG-07", "DLG-15", "COA-05", "COA-24", "UNB-05", "UNB-13", "UNB-22",
    "NGO-05", "NGO-09", "NGO-30", "DOM-15", "DOM-20", "DOM-46", "TGT-11", "TGT-26", "SND-05",
)  # fmt: skip


def test_the_sample_is_settled_by_the_first_pairs() -> None:
    """So that no luck of the pairs is in a verdict that is compared."""
    stands = kept()["claims"]
    assert all(test["pairs"] == PAIRS for name in SAMPLE for test in stands[name]["tests"].values())


@pytest.mark.long
def test_a_sample_gives_the_same_verdicts() -> None:
    stands = kept()["claims"]
    found = study([row for row in rows() if row.claim in SAMPLE], most=PAIRS)
    assert {name: found[name]["verdict"] for name in SAMPLE} == {name: stands[name]["verdict"] for name in SAMPLE}
