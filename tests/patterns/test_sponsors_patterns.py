from __future__ import annotations

import math

import pytest
from synthetic_tables import batch, judge, names, session, sponsors


def _left_and_voted(*later: str) -> list[tuple[int, str, str, str, str]]:
    events = sponsors("1993-02", ["AAA", "BBB"]) + sponsors("1994-02", ["BBB"], left=["AAA"])
    for month, vote in zip(("1994-03", "1995-03", "1996-04"), later, strict=False):
        events += session(month, {"AAA": vote, "BBB": "no"})
    return events


@pytest.mark.parametrize(
    ("later", "share", "expected"),
    [
        (("no", "no"), 0.0, "pass"),
        (("no", "abstain"), 0.0, "pass"),
        (("no", "yes"), 0.5, "fail"),
        (("no", "no", "yes"), 0.0, "pass"),
    ],
)
def test_p09_follows_ex_sponsors_for_two_sessions(later: tuple[str, ...], share: float, expected: str) -> None:
    verdict = judge("P09", batch(_left_and_voted(*later)))
    assert verdict.measured == pytest.approx(share)
    assert verdict.verdict == expected


def test_p09_ignores_votes_after_a_return_and_votes_of_those_who_never_sponsored() -> None:
    events = _left_and_voted("no") + sponsors("1995-02", ["AAA", "BBB"])
    events += session("1995-03", {"AAA": "yes", "CCC": "yes"})
    verdict = judge("P09", batch(events))
    assert verdict.measured == 0.0
    assert verdict.note == "1 votes"


def test_p09_is_not_applicable_while_nobody_leaves() -> None:
    events = sponsors("1993-02", ["AAA"]) + sponsors("1994-02", ["AAA"]) + session("1994-03", {"AAA": "yes"})
    assert judge("P09", batch(events)).verdict == "not applicable"
    assert judge("P09", batch()).verdict == "not applicable"


def _exits(after: int, run: int = 0, size: int = 16, month: str = "1998-02") -> list[tuple[int, str, str, str, str]]:
    """Return two full lists, the exit of the first state, then `after` of the others remain."""
    full = names(size)
    rest = full[1:]
    return (
        sponsors("1995-02", full, run=run) + sponsors("1996-03", full, run=run)
        + sponsors("1997-03", rest, left=full[:1], run=run)
        + sponsors(month, rest[:after], left=rest[after:], run=run)
    )


def test_p10_passes_on_a_cascade_and_fails_on_a_lone_exit() -> None:
    verdict = judge("P10", batch(_exits(after=3)))
    assert verdict.measured == pytest.approx((1.0, 12 / 15))
    assert verdict.verdict == "pass"
    verdict = judge("P10", batch(_exits(after=14)))
    assert verdict.measured == pytest.approx((0.0, 1 / 15))
    assert verdict.verdict == "fail"


def test_p10_does_not_count_those_who_leave_later_than_two_years() -> None:
    late = _exits(after=15) + sponsors("1999-04", [], left=names(16)[1:])
    verdict = judge("P10", batch(late))
    assert verdict.measured == (0.0, 0.0)
    assert judge("P10", batch(_exits(after=0, month="1999-03"))).verdict == "pass"


def test_p10_counts_runs_without_a_pivotal_exit_as_missing_the_cascade() -> None:
    events = [row for run in range(7) for row in _exits(after=0, run=run)]
    assert judge("P10", batch(events, n_runs=10)).verdict == "pass"
    verdict = judge("P10", batch(events, n_runs=11))
    assert verdict.measured == pytest.approx((7 / 11, 1.0))
    assert verdict.verdict == "fail"


def test_p10_pivotal_means_a_long_list_and_a_lasting_sponsor() -> None:
    assert judge("P10", batch(_exits(after=0, size=14))).verdict == "fail"
    full = names(16)
    newcomer = sponsors("1995-02", full[1:]) + sponsors("1996-03", full) + sponsors("1997-03", full[1:], full[:1])
    verdict = judge("P10", batch(newcomer))
    assert verdict.note == "no pivotal exit in any run"
    assert math.isnan(verdict.measured[1])


def test_p10_sees_an_exit_of_all_at_once() -> None:
    full = names(16)
    events = sponsors("1995-02", full) + sponsors("1996-03", full) + sponsors("1997-03", [], left=full)
    assert judge("P10", batch(events)).measured == (1.0, 1.0)


def _talks(partners_on: int, others_on: int, suspended: bool = False) -> list[tuple[int, str, str, str, str]]:
    """Return ten partners and ten others that once sponsored; so many of each sponsor in 1996 again."""
    partners, others = names(20)[:10], names(20)[10:]
    events = sponsors("1992-02", partners + others)
    events += [(0, "1995-06", "dialogue", state, "started") for state in partners]
    if suspended:
        events += [(0, "1995-12", "dialogue", state, "suspended") for state in partners]
    on = partners[:partners_on] + others[:others_on]
    return events + sponsors("1996-03", on, left=[s for s in partners + others if s not in on])


@pytest.mark.parametrize(
    ("partners_on", "others_on", "ratio", "expected"),
    [(3, 9, 1 / 3, "pass"), (9, 9, 1.0, "fail"), (0, 9, 0.0, "fail"), (9, 3, 3.0, "fail")],
)
def test_p16_compares_partners_with_others(partners_on: int, others_on: int, ratio: float, expected: str) -> None:
    verdict = judge("P16", batch(_talks(partners_on, others_on)))
    assert verdict.measured == pytest.approx(ratio)
    assert verdict.verdict == expected


def test_p16_stratifies_by_session() -> None:
    """All leave in 1997 whoever talks to whom: the fall must not be booked on dialogue."""
    others_later = [(0, "1996-06", "dialogue", state, "started") for state in names(20)[10:19]]
    collapse = sponsors("1997-03", [], left=names(20))
    verdict = judge("P16", batch(_talks(5, 10) + others_later + collapse))
    assert verdict.measured == pytest.approx(0.5)


def test_p16_needs_running_dialogues() -> None:
    assert judge("P16", batch(_talks(3, 9, suspended=True))).verdict == "not applicable"
    assert judge("P16", batch(sponsors("1996-03", names(3)))).verdict == "not applicable"
    assert judge("P16", batch()).verdict == "not applicable"
