"""What differences between two arms have in common: rules and links, the heaviest first."""

from __future__ import annotations

from collections.abc import Mapping

from demarche.analysis.why.case import Case
from demarche.analysis.why.course import links_in_short
from demarche.analysis.why.digits import DIGITS, signed
from demarche.analysis.why.grounds import numbers_of
from demarche.analysis.why.told import Reason, Table

SHOWN_RULES = 6
NOTHING = 1e-6
"""Differences that are not worth a line."""
NO_LINK = "rules that carry no link"


def ranked(gaps: Mapping[str, float]) -> dict[str, float]:
    """Return rules and what they differ by, the heaviest first, those that differ by nothing left out."""
    order = sorted(gaps, key=lambda rule: (-abs(gaps[rule]), rule))
    return {rule: gaps[rule] for rule in order if abs(gaps[rule]) > NOTHING}


def heaviest(case: Case, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the sentence on the rule that made most of the difference; `texts` are rules, the heaviest first."""
    if not texts:
        return ("No rule did anything else in the two arms.",)
    rule = next(iter(texts))
    links = links_in_short(case, rule)
    carried = f" (links: {links})" if links else ""
    return (f"The heaviest part is from {rule} ({texts[rule]}){carried}: {case.setup.catalogue.get(rule).sentence}",)


def reasons_of(case: Case, texts: Mapping[str, str]) -> tuple[Reason, ...]:
    """Return the heaviest rules with what they rest on; what they saw differs from month to month and is left out."""
    known = case.setup.catalogue
    return tuple(
        Reason(rule, known.get(rule).sentence, f"{text} of the difference", (), numbers_of(case, known.get(rule)),
               known.get(rule).claims, known.get(rule).draws)
        for rule, text in list(texts.items())[:SHOWN_RULES]
    )  # fmt: skip


def links_tables(case: Case, texts: Mapping[str, str]) -> tuple[Table, ...]:
    """Return the difference summed by the links that rules carry, of numbers as they are printed; none without rules.

    A rule that carries several links counts for all of them together.
    """
    if not texts:
        return ()
    by_links: dict[str, int] = {}
    for rule, text in texts.items():
        name = links_in_short(case, rule) or NO_LINK
        by_links[name] = by_links.get(name, 0) + round(float(text.replace(",", "")) * 10**DIGITS)
    order = sorted(by_links, key=lambda name: (-abs(by_links[name]), name))
    rows = tuple((name, signed(by_links[name] / 10**DIGITS)) for name in order)
    foot = (("sum of rules", signed(sum(by_links.values()) / 10**DIGITS)),)
    return (Table("The difference by link", ("link and its value in the run", "difference"), rows, foot),)
