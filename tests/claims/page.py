"""`docs/claims.md`: for each claim its carrier, what the test found, and counts by family."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from tests.claims.rows import FOLDER, Row, rows, switches
from tests.claims.study import COMMAND, HARDLY, MOVES, PATH, SURE

CHANGED, WON = 48, 22  # claims whose test differs from that before the first run; of these, failed then, carried now
PAGE = Path(__file__).parents[2] / "docs" / "claims.md"
VERDICTS = ("carried", "failed: too small", "failed: other sign", "failed: one sign only", "failed: has an effect",
            "failed: no path", "structure")  # fmt: skip
HEAD = f"""# What carries each claim

Written by `{COMMAND}`; do not edit by hand.

Each claim of the register has a carrier: a rule, a link, a base rate, or one number of a rule. Runs in which the
claim's trigger happens are compared with the same runs, with the same luck, in which the carrier is neutral: the rule
off, the link at the value at which it does nothing, the base rate at half or at the value named in the table. Account:
that of the claim's own document, medians. What happens is read where the register says that the claim has its effect.
`tests/claims` holds as data what each word of the register is in the model, how each trigger is made to happen, and
this table.

- A claim is **carried** if the difference has the sign that the claim states, is larger than {MOVES} standard
  deviations of the measure over runs, and larger than {SURE:g} standard errors over pairs of runs.
- A claim of **no effect** is carried if the difference is smaller than {HARDLY} standard deviations, and the same test
  with a strong carrier, or where what stands in its way is lifted, finds more than {PATH}: that a path is absent is
  no pass.
- A **mixed** claim is carried if both signs are found under two named conditions.
- **Structure**: no single carrier; the reason stands beside it.

Sizes are in standard deviations over runs (the larger of that in the arm and that in the world as it was), with the
standard error. Many standard deviations say that luck hardly moves the measure, not that the effect is large. A test
says that the model does what the claim says, not that the claim is true.

The tables were written before anything was run. Tests of {CHANGED} claims were changed after a first run: where a
rule that is off is not neutral because it lays base rates, where the trigger did not happen, where the measure was not
that of the passage, where a missing rule was added, or where the path of a link is asked for at full treatment.
{WON} of them failed before the change and are carried after it, so these are weaker evidence than the others.
Thresholds were not touched, and signs are those of the register.
"""


def page(claims: dict[str, dict]) -> str:
    """Return the page of a study."""
    parts = {"Counts": _counts(claims), "Failed": _failed(claims), "Graded by reading": _grades(),
             "All": _all(claims), "Triggers": _triggers()}  # fmt: skip
    return "\n".join([HEAD, *(f"## {title}\n\n{text}\n" for title, text in parts.items())])


def _counts(claims: dict[str, dict]) -> str:
    by_family: dict[str, Counter[str]] = {}
    for row in rows():
        by_family.setdefault(row.claim[:3], Counter())[claims[row.claim]["verdict"]] += 1
    by_family["**all**"] = sum(by_family.values(), Counter())
    lines = [(name, *(str(found[verdict]) for verdict in VERDICTS), str(found.total()))
             for name, found in by_family.items()]  # fmt: skip
    return table(("family", *VERDICTS, "claims"), lines)


def _failed(claims: dict[str, dict]) -> str:
    lines = [
        (row.claim, claims[row.claim]["verdict"].removeprefix("failed: "), carrier_of(row), sizes(claims[row.claim]))
        for row in rows() if claims[row.claim]["verdict"].startswith("failed")
    ]  # fmt: skip
    return table(("claim", "what failed", "carrier", "found"), lines)


def _grades() -> str:
    with (FOLDER / "grades.csv").open(encoding="utf-8", newline="") as file:
        graded = list(csv.DictReader(file))
    counts = Counter(row["grade"] for row in graded)
    told = ", ".join(f"{counts[grade]} {grade}" for grade in ("yes", "partly", "no", "structure"))
    rest = table(("claim", "grade", "why"), [(r["claim"], r["grade"], r["remark"]) for r in graded if r["remark"]])
    how = "claims drawn at random (seed 2026), passage in hand, by the author of the tables"
    return f"{len(graded)} {how}: is the carrier what it says? {told}.\n\n{rest}"


def _all(claims: dict[str, dict]) -> str:
    lines = []
    for row in rows():
        told = claims[row.claim]
        if row.kind == "structure":
            lines.append((row.claim, "structure", "", "", "", row.reason))
            continue
        read = f"`{row.measure}` {row.sign}" + (f", `{row.texts['measure_b']}`" if row.texts["measure_b"] else "")
        when = f"`{row.switch}`" + (f", `{row.texts['switch_b']}`" if row.texts["switch_b"] else "")
        lines.append((row.claim, told["verdict"], carrier_of(row), read, when, sizes(told)))
    return table(("claim", "verdict", "carrier", "read and sign", "trigger", "found, or reason"), lines)


def _triggers() -> str:
    return table(("trigger", "what happens"), [(f"`{name}`", one.says) for name, one in switches().items()])


def carrier_of(row: Row) -> str:
    """Return what carries a claim, in words of the reference pages."""
    named = []
    for one, end in zip(row.carriers(), ("", "_b"), strict=False):
        given = row.texts["neutral" + end]
        named.append(f"{one.kind} `{one.id}`" + (f" against {given}" if given else ""))
    return ", ".join(dict.fromkeys(named))


def sizes(told: dict) -> str:
    """Return what the tests of a claim found."""
    words = {"claim": "", "path": "strong: ", "other": "second: "}
    return "; ".join(words[what] + size(one) for what, one in told["tests"].items())


def size(found: dict) -> str:
    """Return one size with its standard error."""
    if found["size"] is None:
        return f"{found['difference']:+.3g} in all runs alike"
    return f"{found['size']:+.2f} ± {found['error']:.2f}"


def table(heads: tuple[str, ...], lines: list[tuple[str, ...]]) -> str:
    """Return a table in Markdown."""
    rows_ = [heads, tuple("---" for _ in heads), *lines]
    return "\n".join("| " + " | ".join(line) + " |" for line in rows_)
