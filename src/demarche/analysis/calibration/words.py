"""What a calibration tells in words and rows, the same on a terminal and in a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Rows = list[list[str]]
SHOWN = 12
NUMBER_COLUMNS = ("number", "record", "prior", "place", "posterior", "place ")
NARROWED_COLUMNS = ("stands out of chance", "width", "median", "verdict")


def sentences(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield what stands before the tables, the plainest first."""
    narrowed = report["narrowed"]
    counts = ", ".join(
        f"{narrowed['sure'][what]} of {n} {what}" for what, n in narrowed["parameters"].items()
    )
    wide = ", ".join(f"{what} {one:.2f}" for what, one in narrowed["median_width"].items() if one is not None)
    yield (
        f"The record surely narrows or moves {counts}; {sum(narrowed['undecided'].values())} more stand out of chance "
        f"by less than other runs may change (undecided), about {narrowed['expected_by_chance']:g} would by chance. "
        f"Median width of the posterior over that of the prior: {wide}."
    )
    if report["missed"]:
        listed = ", ".join(f"{name} ({off:+.1f} standard deviations)" for name, off in report["missed"].items())
        yield f"Missed whatever the parameters, and so not learned from: {listed}."
    for number, wave in enumerate(report["waves"], start=1):
        by = sorted(wave["ruled_out_by"].items(), key=lambda item: -item[1])
        told = ", ".join(f"{name} {share:.1%}" for name, share in by[:3] if share > 0) or "nothing"
        yield f"Wave {number}: {wave['left']:.0%} of {wave['runs']:,} runs left; ruled out by {told}."
    first = report["waves"][0]["told_out_of_sample"]
    deaf = [name for name, share in first.items() if share <= 0.0]
    yield (
        f"Parameters tell nothing of {len(deaf)} of {len(first)} numbers in draws left out"
        + (f" ({', '.join(deaf)}): luck decides them, or what no linear emulator sees." if deaf else ".")
    )
    near = report["near"]
    yield f"{near['runs']:,} runs near the record count as {near['effective']:.0f}."
    if report["coverage"]:
        yield covered(report["coverage"])
    if report["contrast"]:
        one, other = report["contrast"]["arms"]
        draws, lucks = report["contrast"]["draws"], report["contrast"]["lucks"]
        surely = [row for row in report["contrast"]["observations"] if row["share"] > row["chance"]]
        listed = ", ".join(f"{row['number']} of {row['outcome']} ({row['share']:.0%})" for row in surely)
        yield (
            f"Of {len(report['contrast']['observations'])} outcomes a number of the record, known exactly, would "
            f"narrow the difference of {len(surely)} more than chance" + (f": {listed}." if listed else ".")
        )
        yield f"Below, {one} minus {other} over {draws} draws of {lucks} lucks."


def covered(told: Mapping[str, float]) -> str:
    """Return what synthetic histories say."""
    return (
        f"On {told['histories']:.0f} synthetic histories intervals of 80 % hold the truth in {told['all']:.0%} of all "
        f"parameters, and in {told['informed']:.0%} ({told['low']:.0%} to {told['high']:.0%}) of the "
        f"{told['intervals']:.0f} intervals that are narrower than the prior's by a tenth; in {told['narrowed']:.0%} "
        f"({told['narrowed_low']:.0%} to {told['narrowed_high']:.0%}) of the {told['narrowed_intervals']:.0f} that "
        f"stand out of chance, as those listed do; in {told['deciding']:.0%} of the {told['parameters']:.0f} that "
        "decide numbers of the record."
    )


def number_rows(report: Mapping[str, Any]) -> Rows:
    """Return the numbers of the record among runs of the prior and of the posterior."""
    found = []
    for row in report["check"]:
        cells = []
        for word in ("prior", "posterior"):
            one = row[word]
            has = one["mean"] is not None
            cells += [f"{one['mean']:.3g} ({one['sd']:.2g})" if has else "-", f"{one['place']:.2f}" if has else "-"]
        found.append([row["name"] + ("" if row["matched"] else " *"), f"{row['record']:.3g}", *cells])
    return found


def narrowed_rows(report: Mapping[str, Any]) -> Rows:
    """Return the parameters that the record narrows or moves, narrowest first."""
    return [
        [one["path"], f"{one['width']:.2f}", f"{one['median']:+.2f}", _said(one)]
        for one in report["narrowed"]["list"][:SHOWN]
    ]


def _said(one: Mapping[str, Any]) -> str:
    words = [word for word in ("narrowed", "moved", "undecided") if one[word]]
    return " and ".join(words)


def contrast_rows(report: Mapping[str, Any]) -> Rows:
    """Return one arm minus another over three sets of parameters; no row where nothing was compared."""
    compared = report["contrast"]
    if not compared:
        return []
    return [[name, *(_difference(one.get(word)) for word in SETS)] for name, one in compared["outcomes"].items()]


def _difference(told: Mapping[str, float] | None) -> str:
    if not told:
        return "-"
    shares = f"{told['above']:.0%} +, {told['below']:.0%} -"
    return f"{told['mean']:.3g} ({told['low']:.3g} to {told['high']:.3g}); {shares}"


SETS = ("medians", "prior", "posterior")
CONTRAST_NOTE = (
    "First arm minus second: mean (middle 80 % of draws); shares of draws above and below 0. At medians draws differ "
    "by luck alone."
)
NUMBER_NOTE = "Mean (standard deviation) of runs; place: share of runs below the record. * not learned from."
NARROWED_NOTE = (
    "Width of the middle 80 % as a share of the prior's; where the median lies, in standard deviations of the prior. "
    "Undecided: stands out by less than other runs may change."
)
TABLES = (
    (NUMBER_COLUMNS, number_rows, NUMBER_NOTE),
    (NARROWED_COLUMNS, narrowed_rows, NARROWED_NOTE),
    (("difference of the arms", *SETS), contrast_rows, CONTRAST_NOTE),
)
"""Columns of each table, what its rows are made by, and what to know of them."""
