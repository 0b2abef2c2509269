"""A rule that rests on no claim says so, on the terminal and on the page."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from demarche.analysis.why.told import Reason, Told
from demarche.cli.say.why import print_reason
from demarche.report.why import why_page


@pytest.mark.parametrize(
    ("claims", "said"), [((), "no claim of the register"), (("PRS-01", "DLG-01"), "PRS-01, DLG-01")]
)
def test_what_a_rule_expresses(claims: tuple[str, ...], said: str) -> None:
    reason = Reason("world.record_errs", "Scores err.", "moved it", (), (), claims)
    written = io.StringIO()
    print_reason(Console(file=written, width=100), 1, reason)
    assert f"expresses {said}" in written.getvalue()
    assert f"Expresses {said}.</p>" in why_page(Told("Why.", (), "run 0", (), (), (reason,)))
