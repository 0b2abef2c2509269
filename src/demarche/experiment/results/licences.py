"""Under which licence each file of an archive stands: facts that we bring have licences of their own."""

from __future__ import annotations

from dataclasses import dataclass

SPDX = "https://spdx.org/licenses/"
CODE = "MIT"
NOTICES = "LICENCES.txt"


@dataclass(frozen=True)
class Terms:
    """Terms of a source of facts.

    Parameters
    ----------
    name, address
        SPDX name of the licence, or what stands in its place, and where it is to be read.
    source
        Whose facts they are.
    notice
        What must be said with them.
    """

    name: str
    address: str
    source: str
    notice: str = ""


ROLL_CALLS = Terms(
    "PolyForm-Noncommercial-1.0.0", "https://polyformproject.org/licenses/noncommercial/1.0.0",
    "L. Szoszkiewicz, hrc-voting, 2026: roll calls and members of the Commission and the Council",
    "Required Notice: Copyright 2026 Lukasz Szoszkiewicz - https://github.com/lszoszk/hrc-voting",
)  # fmt: skip
DEMOCRACY = Terms(
    "CC-BY-SA-4.0", f"{SPDX}CC-BY-SA-4.0",
    "V-Dem version 15: electoral democracy (column democracy); the other columns as the cast names their sources",
    "Changed: rounded to two decimals, year before, Pacific islands filled; share under the same licence.",
)  # fmt: skip
UNSTATED = Terms(
    "LicenseRef-cited-as-facts", "#cited-as-facts",
    "sources that the cast names, some without a stated licence: cited as facts for research",
    "Do not publish these columns apart from the results that rest on them.",
)  # fmt: skip
BROUGHT = {
    "world/seats.csv": ROLL_CALLS,
    "record/votes.csv": ROLL_CALLS,
    "record/motions.csv": ROLL_CALLS,
    "world/years.csv": DEMOCRACY,
    "china_1989/pairs.csv": UNSTATED,
    "record/rights.csv": UNSTATED,
}
"""End of the path of a bundled table -> terms of its facts."""


def terms_of(file: str) -> Terms | None:
    """Return the terms of a copy of a bundled table, None for files of other kinds."""
    return next((terms for end, terms in BROUGHT.items() if file.startswith("inputs/") and file.endswith(end)), None)


def notices(files: list[str], licence: str) -> str:
    """Return in words which file stands under which licence, with the notices that must go with them."""
    held = {file: terms for file in files if (terms := terms_of(file))}
    lines = [
        f"Results, figures and texts: {licence}.",
        f"Demarche itself, its scenarios and casts apart from the tables below: {CODE}.",
    ]
    for terms in dict.fromkeys(held.values()):
        lines += ["", f"{terms.name} ({terms.address})", f"  {terms.source}"]
        lines += [f"  {terms.notice}"] if terms.notice else []
        lines += [f"  {file}" for file, one in held.items() if one == terms]
    return "\n".join([*lines, ""])
