"""Tables in Markdown: printed, and on request written into docs/performance.md between its marks."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.benchmarks.measuring import Times, machine
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "performance.md"


def figure(value: float) -> str:
    """Return a number with three digits that mean something."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def spread(values: Iterable[float]) -> str:
    """Return `median [least most]`."""
    values = list(values)
    return f"{figure(statistics.median(values))} [{figure(min(values))} {figure(max(values))}]"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def ratios(times: Mapping[str, Sequence[float]], base: str) -> Times:
    """Return each time over that of the base in the same round."""
    return {name: [a / b for a, b in zip(found, times[base], strict=True)] for name, found in times.items()}


def replaced(page: str, name: str, text: str) -> str:
    """Return a page with the text between `<!-- table: name -->` and `<!-- end -->` exchanged."""
    pattern = rf"(<!-- table: {re.escape(name)} -->\n).*?(\n<!-- end -->)"
    new, count = re.subn(pattern, lambda marks: f"{marks[1]}{text}{marks[2]}", page, flags=re.DOTALL)
    assert count == 1, f"{PAGE.name} needs one place for the table '{name}'"
    return new


class Tables:
    """Where benchmarks leave their tables.

    Parameters
    ----------
    write
        Whether they are also written into a page.
    page
        The page.
    """

    def __init__(self, write: bool, page: Path = PAGE) -> None:
        self.write, self.page = write, page

    def show(self, name: str, text: str) -> None:
        """Print a table with the machine and its load, and write it into its place on the page."""
        text = f"{text}\n\n({machine()})"
        print(f"\n\n### {name}\n\n{text}")
        if self.write:
            self.page.write_text(replaced(self.page.read_text(encoding="utf-8"), name, text), encoding="utf-8")
