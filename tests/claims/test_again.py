"""A fixed sample of the study is run again: verdicts stand. Minutes, in the long part."""

from __future__ import annotations

import pytest
from tests.claims.rows import rows
from tests.claims.study import PAIRS, judge, kept, run_arms, arms_of, verdict_of, clear, windowed
from tests.claims.rows import Arm

pytestmark = pytest.mark.long

SAMPLE = (
    "PRS-07", "PRS-11", "PRS-17", "PRS-28", "DLG-07", "DLG-15", "COA-05", "COA-24", "UNB-04", "UNB-13", "UNB-22",
    "NGO-05", "NGO-09", "NGO-30", "DOM-15", "DOM-20", "DOM-46", "TGT-11", "TGT-26", "SND-05",
)  # fmt: skip
