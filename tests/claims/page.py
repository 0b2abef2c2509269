"""`docs/claims.md`: for each claim its carrier, what the test found, and counts by family."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.claims.rows import Row, rows, switches
from tests.claims.study import COMMAND, HARDLY, MOVES, PATH, SURE

PAGE = Path(__file__).parents[2] / "docs" / "claims.md"
VERDICTS = ("carried", "failed: too small", "failed: other sign", "failed: one sign only", "failed: has an effect",
            "failed: no path", "structure")  # fmt: skip
HEAD = f"""# What carries each claim

Written by `{COMMAND}`; do not edit by hand.

Each claim of the register has a carrier: a rule, a link, a base rate, or one number of a rule. Runs in which the claim's trigger happens are compared with the
same runs, with the same luck, in which the carrier is neutral: the rule off, the link at the value at which it does nothing, the base rate at half, the number
at the value named. Account: that of the claim's own document, medians. What happens is read where the register says that the claim has its effect.
`tests/claims` holds what each word of the register is in the model, how each trigger is made to happen, and the tables below as data.

- A claim is **carried** if the difference has the sign that the claim states, is larger than {MOVES} standard deviations of the measure over runs, and than {SURE:g} standard errors over pairs of runs.
- A claim of **no effect** is carried if the difference is smaller than {HARDLY} standard deviations, and the same test with a strong carrier, or where what stands in its way is lifted, finds more than {PATH}: that a path is absent is no pass.
- A **mixed** claim is carried if both signs are found under two named conditions.
- **Structure**: no single carrier; the reason stands beside it.
- Sizes are in standard deviations over runs (the larger of that in the arm and in the world as it was), with the standard error. A test says that the model does what the claim says, not that the claim is true.
- A size of many standard deviations says that luck hardly moves the measure, not that the effect is large.
"""


def page(claims: dict[str, dict]) -> str:
    """Return the page of a study."""
    return "\n".join([HEAD, "## Counts\n", _counts(claims), "\n## Failed\n", _failed(claims), "\n## All\n",
                      _all(claims), "\n## Triggers\n", _triggers(), ""])  # fmt: skip


def _counts(claims: dict[str, dict]) -> str:
    by_family: dict[str, Counter[str]] = {}
    for row in rows():
        by_family.setdefault(row.claim[:3], Counter())[claims[row.claim]["verdict"]] += 1
    lines = [(family, *(str(found[name]) for name in VERDICTS), str(found.total())) for family, found in by_family.items()]
    total: Counter[str] = sum(by_family.values(), Counter())
    lines.append(("**all**", *(str(total[name]) for name in VERDICTS), str(total.total())))
    return table(("family", *VERDICTS, "claims"), lines)


def _failed(claims: dict[str, dict]) -> str:
    lines = [(row.claim, claims[row.claim]["verdict"].removeprefix("failed: "), carrier_of(row), sizes(claims[row.claim]))
             for row in rows() if claims[row.claim]["verdict"].startswith("failed")]  # fmt: skip
    return table(("claim", "what failed", "carrier", "found"), lines)


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
    return ", ".join(dict.fromkeys(f"{one.kind} `{one.id}`" for one in row.carriers()))


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
