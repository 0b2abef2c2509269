"""What `compare` and `reps` read of their options and how they say what they found."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from demarche.analysis.comparison.shown import MISSING, side_of
from demarche.cli.say.bundles import tell_bundles
from demarche.cli.say.choosing import ALL, NONE, as_options, split_names
from demarche.cli.say.console import plain, table
from demarche.cli.say.numbers import count, difference, difference_words, number
from demarche.cli.say.signs import tell_grounds, tell_unknown
from demarche.errors import DesignError, Problem, check_known

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from demarche.analysis.comparison.answer import Comparison
    from demarche.analysis.comparison.batch import Batch
    from demarche.analysis.comparison.replications import Pilot
    from demarche.experiment.design.experiment import Experiment
    from demarche.experiment.results.store import Results

MOST_COLUMNS = 4
STAR = "*"
MANY = 24
"""Most outcomes that are told in full: of more, each difference is one number, and no figure can be read."""


def ask(
    batch: Batch, between: str, reference: str, by: str, outcomes: tuple[str, ...], interval: str, unpaired: bool
) -> Comparison:
    """Compare as options ask, after saying on standard error what was done with the runs.

    Raises
    ------
    DesignError
        If a name is unknown, or runs cannot be paired and nobody asked to compare them unpaired.
    """
    from demarche.analysis.comparison.answer import compare

    kind: Any = interval
    averaged = () if by == NONE else tuple(split_names(by)) or None
    with as_options("between", "reference", "by", "interval"):
        found = compare(batch, between, reference=reference, by=averaged, outcomes=outcomes, interval=kind,
                        paired=not unpaired)  # fmt: skip
    for note in found.notes:
        typer.echo(note, err=True)
    if found.lost:
        word = "pair was" if found.lost == 1 else "pairs were"
        typer.echo(f"{found.lost:,} {word} left out: a run failed or is not part of the design.", err=True)
    return found


def half_widths(text: str, outcomes: Sequence[str]) -> dict[str, float]:
    """Return the wished half-width by outcome, of one number for all or of pairs `outcome=number`.

    Raises
    ------
    DesignError
        If a name is unknown or a number is not above 0.
    """
    from demarche.engine.variables import OUTCOMES

    entries = [entry.partition("=") for entry in split_names(text)]
    check_known("--half-width", "outcome", [name.strip() for name, sign, _ in entries if sign], outcomes)
    units = sorted({OUTCOMES[name].unit for name in outcomes})
    if len(units) > 1 and any(not sign for _, sign, _ in entries):
        fix = f"name the outcome of each, such as {outcomes[0]}=2"
        raise DesignError([Problem("--half-width", "the outcomes differ in unit", ", ".join(units), fix=fix)])
    found: dict[str, float] = {}
    for name, sign, value in entries:
        said = value if sign else name
        try:
            width = float(said)
        except ValueError:
            width = math.nan
        if not 0 < width < math.inf:
            raise DesignError([Problem("--half-width", "a half-width must be a number above 0", found=said)])
        found.update({name.strip(): width} if sign else dict.fromkeys(outcomes, width))
    return found


def add_needed(found: pd.DataFrame, widths: Mapping[str, float]) -> pd.DataFrame:
    """Return a table of differences with the wished half-width and the units (replications) that it needs."""
    from demarche.analysis.comparison.intervals import needed

    if not widths:
        return found
    wished = found["outcome"].map(widths)
    rows = zip(found["error"], found["units"], wished, strict=True)
    counts = [needed(e * math.sqrt(u), w) if e == e and w == w else math.nan for e, u, w in rows]
    return found.assign(half_width=wished, needed=counts)


def print_comparison(shown: Console, results: Results, found: Comparison, table_: pd.DataFrame) -> None:
    """Print the differences: outcomes and levels in rows, groups in columns if there are few."""
    contrast, many = found.contrast, len(found.contrast.outcomes) > MANY
    titles = {name: str(account["title"]) for name, account in results.manifest.accounts.items()}
    units = results.manifest.units("outcomes")
    cells: dict[tuple[str, str], dict[str, str]] = {}
    order = {name: place for place, name in enumerate(contrast.outcomes)}
    for row in sorted(table_.to_dict("records"), key=lambda one: order[one["outcome"]]):
        group = ", ".join(titles.get(str(row[name]), str(row[name])) for name in contrast.by) or "all runs"
        key = (f"{row['outcome']} ({units[row['outcome']]})", _level(row["level"]))
        unit = units[row["outcome"]]
        cells.setdefault(key, {})[plain(group)] = _mean(row, unit) if many else _cell(row, unit, found.has_draws)
    luck = "pairs of runs with the same luck" if contrast.paired else "runs that do NOT share their luck (unpaired)"
    words = f"; {difference_words(found.unit_words, found.has_draws)}" if contrast.paired else ""
    in_full = f"{found.how}{words}; P: probability of lying above"
    alone = f"mean; {STAR}: clear of 0 ({found.how}), as one in twenty would be by luck alone"
    title = f"Difference to {_level(contrast.reference)}: {luck}; {alone if many else in_full}"
    shown.print(f"[bold]{plain(title)}[/bold]", soft_wrap=True)
    _print_cells(shown, contrast.between, _that_differ(shown, cells) if many else cells)
    if many:
        fix = f"name up to {MANY} outcomes (--outcomes NAME,NAME), or write all into a table (--to FILE)"
        shown.print(f"For intervals and all else of a difference {fix}.", soft_wrap=True)
    tell_bundles(shown, results.manifest, (*contrast.levels, contrast.reference))
    what = ("pair" if found.pairs_text == "1" else "pairs") if contrast.paired else "runs a side"
    shown.print(f"n = {found.pairs_text} {what}, {found.units_text}. {found.warning}".rstrip())
    for name in found.missing:
        shown.print(f"{name} is {MISSING}.", soft_wrap=True)
    tell_unknown(shown, found.unknown or {})
    tell_grounds(shown)


def _print_cells(shown: Console, between: str, cells: Mapping[tuple[str, str], Mapping[str, str]]) -> None:
    """Print cells by outcome and level, and by group."""
    groups = list(dict.fromkeys(group for told in cells.values() for group in told))
    wide = len(groups) <= MOST_COLUMNS
    made = table(between, *(groups if wide else ("group", "difference")), right=tuple(groups))
    last = ""
    for (outcome, level), told in cells.items():
        if outcome != last:
            made.add_row(f"[bold]{plain(outcome)}[/bold]")
        last = outcome
        if wide:
            made.add_row(f"  {level}", *(told.get(group, "-") for group in groups))
        for group, cell in () if wide else told.items():
            made.add_row(f"  {level}", group, cell.replace("\n", "   "))
    shown.print(made)


def _that_differ(
    shown: Console, cells: Mapping[tuple[str, str], dict[str, str]]
) -> dict[tuple[str, str], dict[str, str]]:
    """Name the outcomes of which no difference is other than 0 as it is printed, and return the cells of the others."""
    differ = {outcome for (outcome, _), told in cells.items() if any(cell.strip("+-0. ") for cell in told.values())}
    alike = [name.partition(" (")[0] for name in dict.fromkeys(outcome for outcome, _ in cells) if name not in differ]
    if alike:
        shown.print(f"No difference in the digits shown: {plain(', '.join(alike))}.", soft_wrap=True)
    return {key: told for key, told in cells.items() if key[0] in differ}


def _level(level: Hashable) -> str:
    return f"{level:g}" if isinstance(level, float) else str(level)


def _mean(row: dict[Any, Any], unit: str) -> str:
    if not row["n"]:
        return "missing"
    return f"{number(row['mean'], unit, True)}{STAR if side_of(row['low'], row['high'], unit) else ' '}"


def _cell(row: dict[Any, Any], unit: str, with_luck: bool) -> str:
    if not row["n"]:
        return "missing"
    lines = difference(row, unit, with_luck)
    if not math.isnan(row["low"]):  # one pair has neither an interval nor a probability
        lines.append(f"P {row['p_superior']:.2f}")
    if not math.isnan(row.get("needed", math.nan)):
        lines.append(f"needs {int(row['needed']):,} for ±{row['half_width']:g}")
    return "\n".join(lines)


def pilot_outcomes(experiment: Experiment, wanted: str) -> tuple[str, ...]:
    """Return the outcomes of a pilot that an option asks for: those of the scenario if it is empty."""
    from demarche.engine.variables import OUTCOMES

    names = tuple(OUTCOMES) if wanted == ALL else tuple(split_names(wanted)) or experiment.scenario.outcomes
    check_known("--outcomes", "outcome", names, list(OUTCOMES))
    return tuple(dict.fromkeys(names))


def print_proposal(
    shown: Console, experiment: Experiment, pilot: Pilot, rows: pd.DataFrame, tried: int, quiet: bool
) -> None:
    """Print how many draws or replications each outcome needs, and how many are enough for all."""
    from demarche.engine.variables import OUTCOMES

    most = int(rows["needed"].max()) if len(rows) else 2
    if quiet:
        shown.print(str(most))
        return
    columns = ("outcome", "half-width", "most demanding", "needed", "unpaired", "to tell the sign")
    units = f"draws of {count(experiment.replications, 'luck')}" if experiment.has_draws else "replications"
    said = units[0].upper() + units[1:]
    shown.print(f"[bold]{said} that are enough, from a pilot of {tried} of each arm and account[/bold]")
    made = table(*columns, right=columns[1:2] + columns[3:])
    titles = {name: one.title for name, one in experiment.scenario.accounts.items()}
    for row in rows.to_dict("records"):
        unit = OUTCOMES[row["outcome"]].unit
        what = f"{row['arm']} minus {row['reference']}" if row["reference"] else f"mean of {row['arm']}"
        counts = (_count(row[name]) for name in ("needed", "needed_unpaired", "needed_for_sign"))
        width = f"±{row['half_width']:.3g} {unit}"
        made.add_row(row["outcome"], width, plain(f"{what}, {titles[row['account']]}"), *counts)
    shown.print(made)
    differ = rows[rows["what"] == "difference"]["needed"]
    if len(differ):
        shown.print(f"Differences: {int(differ.max()):,} {units} are enough for every outcome above.")
    seconds = pilot.seconds * experiment.n_runs / experiment.units * most
    runs = f"{most * experiment.n_runs // experiment.units:,} runs, {seconds / 60:.1f} minutes of one processor"
    asked = f"The file asks for {experiment.units:,}."
    shown.print(f"Means and differences: {most:,} {units} ({runs}). {asked}", soft_wrap=True)
    several = experiment.points > 1 and not experiment.has_draws
    where = f" at {len(pilot.points)} of {experiment.points:,} design points" if several else ""
    shown.print(f"95 % t intervals; spread from the pilot{where}, its upper 80 % limit used.")


def print_layers(
    shown: Console, rows: pd.DataFrame, titles: Mapping[str, str], luck_share: float, quiet: bool
) -> None:
    """Print how many draws and lucks the most demanding difference of each outcome needs."""
    from demarche.engine.variables import OUTCOMES

    most = [int(rows[name].max()) for name in ("draws", "lucks")]
    if quiet:
        shown.print(f"{most[0]} {most[1]}")
        return
    shown.print("[bold]Draws and lucks that are enough, from the two layers of variance of differences[/bold]")
    columns = ("outcome", "half-width", "most demanding", "sd draws", "sd luck", "draws x lucks", "for signs")
    made = table(*columns, right=columns[1:2] + columns[3:])
    for row in rows.to_dict("records"):
        unit = OUTCOMES[row["outcome"]].unit
        what = f"{row['arm']} minus {row['reference']}, {titles[row['account']]}"
        signs = f"{row['draws_for_signs']:,} x {row['lucks_for_signs']}" if row["lucks_for_signs"] else "-"
        made.add_row(row["outcome"], f"±{row['half_width']:.3g} {unit}", plain(what), f"{row['sd_draws']:.3g}",
                     f"{row['sd_luck']:.3g}", f"{row['draws']:,} x {row['lucks']}", signs)  # fmt: skip
    shown.print(made)
    shown.print(
        f"Enough for every outcome above: {most[0]:,} draws x {most[1]} lucks. The fewest runs whose 95 % interval "
        "over draws and luck is as narrow as wanted, and whose interval given the draws is at most "
        f"{luck_share:g} of it. For signs: lucks with which four fifths of the variance of a draw's mean are its own, "
        "so that the share of draws of one sign is not luck's; - if luck decides. sd as measured; needs from the upper "
        "80 % limit.", soft_wrap=True,
    )  # fmt: skip


def _count(value: float) -> str:
    return "-" if math.isnan(value) else f"{int(value):,}"
