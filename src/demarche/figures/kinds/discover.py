"""Conditions under which one arm ends above another: how they were found, and the cases inside and outside."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from demarche.analysis.comparison.intervals import wilson
from demarche.analysis.discovery.cases import Box, Cases, Finding, in_words
from demarche.arrays import Mask
from demarche.figures.common import caption, finish, meanings, new_figure, sign_line
from demarche.figures.figure import FigureKind
from demarche.figures.look import styled
from demarche.figures.tables import FigureTables
from demarche.figures.titles import title_of, unit_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INSIDE, OUTSIDE, BASE = "#0072B2", "#B5B5B5", "#333333"
JITTER = 0.28
SEED = 1
WRAP = 46


def draw(tables: FigureTables, cases: Cases, finding: Finding, between: tuple[str, str], outcome: str) -> Figure:
    """Draw what a search found: coverage and density on the left, the cases on the right.

    Parameters
    ----------
    tables
        What was run, for the caption.
    cases
        The cases that were searched.
    finding
        What was found; without a box, the way of the search and the cases are drawn all the same.
    between, outcome
        The arms and the outcome that were compared.
    """
    inside = np.zeros(len(cases.interest), dtype=bool)
    for box in finding.boxes:
        inside |= np.logical_and.reduce([limit.holds(cases) for limit in box.limits])
    tree = finding.method == "tree"
    with styled():
        figure = new_figure(10.0, max(3.4, 0.62 * len(finding.trajectory) + 0.8 if tree else 0.0) + 2.2)
        left, right = figure.subplots(1, 2, width_ratios=(1.0, 1.25))
        if tree:
            _leaves(left, finding, cases.share)
        else:
            _trajectory(left, finding, cases.share)
        _gains(right, cases, finding, inside, tables)
        right.set_ylabel(f"{title_of(outcome)}: {between[0]} minus {between[1]} ({unit_of(outcome)})")
        side = "lower" if cases.interest[cases.gains < 0].any() else "higher"
        title = f"Conditions under which {between[0]} ends {side} than {between[1]} in {outcome}"
        return finish(figure, title, caption(tables, _reading(cases, finding, outcome)), _legend(), 3)


def _trajectory(ax: Axes, finding: Finding, share: float) -> None:
    """Draw density against coverage on the way of PRIM."""
    boxes = finding.trajectory
    ax.plot([b.coverage for b in boxes], [b.density for b in boxes], marker="o", markersize=4, color="#7F7F7F",
            linewidth=0.8, markerfacecolor="white")  # fmt: skip
    for box in finding.boxes:
        ax.plot(box.coverage, box.density, marker="*", markersize=14, color=INSIDE, linestyle="none", zorder=4)
    ax.axhline(share, color=BASE, linewidth=0.9, linestyle=(0, (4, 2)))
    ax.set_xlim(-0.03, 1.03)
    ax.set_ylim(0, 1.03)
    ax.set_xlabel("coverage (share of the cases of interest in the box)")
    ax.set_ylabel("density (share of interest among the cases in the box)")


def _leaves(ax: Axes, finding: Finding, share: float) -> None:
    """Draw the density of each leaf with Wilson's interval."""
    leaves = finding.trajectory
    for place, leaf in enumerate(leaves):
        colour = INSIDE if leaf in finding.boxes else OUTSIDE
        ax.barh(place, leaf.density, height=0.5, color=colour)
        ax.hlines(place, *wilson(leaf.density, leaf.n), color=BASE, linewidth=1.0)
    ax.axvline(share, color=BASE, linewidth=0.9, linestyle=(0, (4, 2)))
    labels = [f"{textwrap.fill(in_words(leaf), WRAP)}\n{100 * leaf.density:.0f} % of {leaf.n} cases" for leaf in leaves]
    ax.set_yticks(range(len(leaves)), labels, fontsize=7)
    ax.set_ylim(len(leaves) - 0.5, -0.5)
    ax.set_xlim(0, 1)
    ax.set_xlabel("density (share of interest among the cases)")
    ax.grid(visible=False, axis="y")
    ax.tick_params(axis="y", length=0)


def _gains(ax: Axes, cases: Cases, finding: Finding, inside: Mask, tables: FigureTables) -> None:
    """Draw the difference of each case over the parameter that limits the box most, or by account."""
    limits = [limit for box in finding.boxes[:1] for limit in box.limits if not limit.allowed]
    limit = min(limits, key=lambda one: one.quasi_p) if limits else None
    generator = np.random.default_rng(SEED)
    if limit is not None:
        across = cases.numbers[limit.name]
        ends = (max(limit.low, across.min()), min(limit.high, across.max()))
        ax.axvspan(*ends, color="#EAF2F9", zorder=0)
        ax.set_xlabel(limit.name)
    else:
        words = cases.words.get("account", np.full(len(inside), "all cases"))
        present = [str(word) for word in np.unique(words)]
        names = sorted(present, key=lambda name: list(tables.accounts).index(name) if name in tables.accounts else -1)
        across = np.array([names.index(str(word)) for word in words]) + generator.uniform(-JITTER, JITTER, len(words))
        ax.set_xticks(range(len(names)), [textwrap.fill(tables.accounts.get(name) or name, 16) for name in names])
        ax.grid(visible=False, axis="x")
    sign_line(ax, vertical=False)
    for mask, colour, fill in ((~inside, OUTSIDE, "none"), (inside, INSIDE, INSIDE)):
        ax.scatter(across[mask], cases.gains[mask], s=13, edgecolors=colour, facecolors=fill, linewidths=0.8, alpha=0.8)


def _legend() -> list[Any]:
    from matplotlib.lines import Line2D

    dot: dict[str, Any] = {"marker": "o", "linestyle": "none", "markersize": 5}
    return [
        Line2D([], [], color=INSIDE, label="case that meets the conditions", **dot),
        Line2D([], [], color=OUTSIDE, markerfacecolor="none", label="other case", **dot),
        Line2D([], [], color=BASE, linestyle=(0, (4, 2)), linewidth=0.9, label="share of interest among all cases"),
    ]


def box_text(box: Box) -> str:
    """Return the conditions of a box with its measures."""
    size = f"{box.n} cases ({100 * box.mass:.0f} %)"
    return f"{in_words(box)}: density {box.density:.2f}, coverage {box.coverage:.2f}, {size}"


def _boxes_text(boxes: Sequence[Box]) -> str:
    return "; or ".join(box_text(box) for box in boxes)


def _reading(cases: Cases, finding: Finding, outcome: str) -> str:
    one = "a design point in an account, mean of replications" if cases.numbers else "a pair of runs with the same luck"
    how = {
        "prim": "PRIM (Friedman and Fisher 1999): the box that covers most at the wished density, without conditions "
        "that chance explains (star)",
        "tree": "Classification tree of at most three questions (Breiman et al. 1984)",
    }[finding.method]
    found = _boxes_text(finding.boxes) or f"nothing: {finding.why_nothing}"
    return (
        f"Each case: {one}; {len(cases.interest):,} cases, {100 * cases.share:.0f} % of interest. {how}. "
        f"Found: {found}. Conditions hold within the ranges and accounts that were run.\n{meanings([outcome])}"
    )


FIGURE = FigureKind(
    name="discover",
    title="Conditions under which one arm ends above another",
    reading="left: how much of what was looked for lies where the conditions hold; right: every case",
    draw=draw,
    command="discover",
)
