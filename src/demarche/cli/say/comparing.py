"""What `compare` and `reps` read of their options and how they say what they found."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

from demarche.cli.say.choosing import ALL, NONE, check_known, split_names
from demarche.cli.say.console import plain, table
from demarche.cli.say.numbers import number, rounds_to_zero
from demarche.cli.say.summary import BASELINE, HEADLINE
from demarche.errors import DesignError, Problem

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from demarche.analysis.comparison.differences import Contrast
    from demarche.analysis.comparison.replications import Pilot
    from demarche.experiment.design.experiment import Experiment
    from demarche.experiment.results.store import Results

MOST_COLUMNS = 4
MOST_LEVELS = 12


def prepare(
    results: Results, frame: pd.DataFrame, between: str, reference: str, by: str, outcomes: tuple[str, ...],
    interval: str, unpaired: bool,
) -> tuple[Contrast, pd.DataFrame]:
    """Return what is compared and the runs that can be, after saying on standard error what is left out.

    Raises
    ------
    DesignError
        If a name is unknown, or runs cannot be paired and nobody asked to compare them unpaired.
    """
    from demarche.analysis.comparison.differences import Contrast, complete, halves

    parameters = tuple(str(name) for name in results.manifest.experiment["parameters"])
    check_known("--between", "column to compare", [between], ["arm", "pack", *parameters])
    check_known("--interval", "interval", [interval], ["t", "bootstrap"])
    others = [name for name in ("pack", "arm", *parameters) if name != between]
    averaged = () if by == NONE else tuple(split_names(by)) or _default_by(between, frame)
    check_known("--by", "other column", averaged, others)
    kind: Any = interval
    contrast = Contrast(between, "", (), outcomes, averaged, parameters, kind, not unpaired)
    if unpaired and between in parameters and frame[between].nunique() > MOST_LEVELS:
        median, count = frame[between].median(), frame[between].nunique()
        typer.echo(f"{between} has {count:,} values: the halves below and above {median:.4g} are compared.", err=True)
        frame = halves(frame, contrast)
    contrast = _with_levels(results, frame, contrast, reference)
    if unpaired:
        return contrast, frame
    ready = complete(frame, contrast)
    _check_paired(frame, ready, contrast)
    return contrast, ready


def _default_by(between: str, frame: pd.DataFrame) -> tuple[str, ...]:
    if between == "pack":
        return ("arm",)
    return ("pack",) if between == "arm" or frame["arm"].nunique() == 1 else ("pack", "arm")


def _with_levels(results: Results, frame: pd.DataFrame, contrast: Contrast, reference: str) -> Contrast:
    """Return the contrast with its reference and all other levels, in the order of the experiment."""
    from demarche.analysis.comparison.differences import LOWER, UPPER

    between, present = contrast.between, set(frame[contrast.between])
    levels: Sequence[Hashable]
    if between in ("arm", "pack"):
        levels = [name for name in results.manifest.experiment[f"{between}s"] if name in present]
    elif present <= {LOWER, UPPER}:
        levels = [LOWER, UPPER]
    else:
        levels = sorted(float(value) for value in present)
    named = {f"{level:g}" if isinstance(level, float) else str(level): level for level in levels}
    check_known("--reference", between, [reference] if reference else [], list(named))
    first = BASELINE if BASELINE in named else next(iter(named))
    chosen = named[reference or first]
    rest = tuple(level for level in levels if level != chosen)
    if not rest:
        raise DesignError([Problem("--between", f"these results have one {between}, so there is nothing to compare")])
    return replace(contrast, reference=chosen, levels=rest)


def _check_paired(frame: pd.DataFrame, ready: pd.DataFrame, contrast: Contrast) -> None:
    if ready.empty:
        keys = ", ".join(contrast.keys(frame))
        what = f"the runs cannot be paired: no two share their {keys} and differ in {contrast.between}"
        fix = "add --unpaired to compare runs that do not share their luck; intervals are wider"
        raise DesignError([Problem("--between", what, fix=fix)])
    left = len(frame) - len(ready)
    if left:
        word = "run was" if left == 1 else "runs were"
        typer.echo(f"{left:,} {word} left out: a partner failed or is not part of the design.", err=True)


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


def tell_signs(shown: Console, results: Results, frame: pd.DataFrame, contrast: Contrast) -> list[str]:
    """Say where packs disagree in sign, and return the outcomes on which they do; nothing between packs."""
    from demarche.analysis.comparison.differences import by_pack, differences, sign_disagreements

    packs = {name: plain(str(pack["title"])) for name, pack in results.manifest.packs.items()}
    if contrast.between == "pack" or frame["pack"].nunique() < 2:
        return []
    found = differences(frame, by_pack(contrast))
    units = results.manifest.units("outcomes")
    seen = [not rounds_to_zero(row["mean"], units[row["outcome"]]) for row in found.to_dict("records")]
    told = sign_disagreements(found[seen])
    for row in told.to_dict("records"):
        above, below = (", ".join(packs[pack] for pack in row[side]) for side in ("above", "below"))
        where = [str(row[name]) for name in contrast.by if name != "pack"]
        within = f" ({', '.join(where)})" if where else ""
        what = f"{row['level']} is higher than {row['reference']} in {above}, lower in {below}"
        shown.print(f"[bold]The accounts disagree[/bold] on {row['outcome']}{within}: {what}.")
    if told.empty:
        shown.print(f"No two accounts disagree in sign on {', '.join(contrast.outcomes)}.")
    elif "pack" not in contrast.by:
        shown.print("An average over accounts that disagree describes none of them.")
    return list(dict.fromkeys(told["outcome"]))


def print_comparison(shown: Console, results: Results, found: pd.DataFrame, contrast: Contrast, how: str) -> None:
    """Print the differences: outcomes and levels in rows, groups in columns if there are few."""
    titles = {name: str(pack["title"]) for name, pack in results.manifest.packs.items()}
    units = results.manifest.units("outcomes")
    cells: dict[tuple[str, str], dict[str, str]] = {}
    order = {name: place for place, name in enumerate(contrast.outcomes)}
    for row in sorted(found.to_dict("records"), key=lambda one: order[one["outcome"]]):
        group = ", ".join(titles.get(str(row[name]), str(row[name])) for name in contrast.by) or "all runs"
        key = (f"{row['outcome']} ({units[row['outcome']]})", _level(row["level"]))
        cells.setdefault(key, {})[plain(group)] = _cell(row, units[row["outcome"]])
    groups = list(dict.fromkeys(group for told in cells.values() for group in told))
    luck = "pairs of runs with the same luck" if contrast.paired else "runs that do NOT share their luck (unpaired)"
    title = f"Difference to {_level(contrast.reference)}: {luck}; {how}; P: probability of lying above"
    wide = len(groups) <= MOST_COLUMNS
    shown.print(f"[bold]{plain(title)}[/bold]", soft_wrap=True)
    made = table(contrast.between, *(groups if wide else ("group", "difference")), right=tuple(groups))
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
    least, most = int(found["n"].min()), int(found["n"].max())
    n = f"{most:,}" if least == most else f"{least:,} to {most:,}"
    what = "pairs" if contrast.paired else "runs a side"
    shown.print(f"n = {n} {what}. Effects follow from the assumptions of each account: demarche rules --pack NAME.")


def _level(level: Hashable) -> str:
    return f"{level:g}" if isinstance(level, float) else str(level)


def _cell(row: dict[Any, Any], unit: str) -> str:
    mean = number(row["mean"], unit, sign=True)
    ends = " to ".join(number(row[end], unit, sign=True) for end in ("low", "high"))
    lines = [f"{mean}   P {row['p_superior']:.2f}", "no interval" if math.isnan(row["low"]) else ends]
    if not math.isnan(row.get("needed", math.nan)):
        lines.append(f"needs {int(row['needed']):,} for ±{row['half_width']:g}")
    return "\n".join(lines)


def pilot_outcomes(experiment: Experiment, wanted: str) -> tuple[str, ...]:
    """Return the outcomes of a pilot that an option asks for."""
    from demarche.engine.variables import OUTCOMES

    if not wanted:
        return HEADLINE
    names = list(experiment.scenario.outcomes) if wanted == ALL else split_names(wanted)
    check_known("--outcomes", "outcome", names, list(OUTCOMES))
    return tuple(dict.fromkeys(names))


def pilot_reference(experiment: Experiment) -> str:
    """Return the arm that others are compared with: as it was, or the first."""
    return BASELINE if BASELINE in experiment.arms else experiment.arms[0]


def print_proposal(
    shown: Console, experiment: Experiment, pilot: Pilot, rows: pd.DataFrame, replications: int, quiet: bool
) -> None:
    """Print how many replications each outcome needs, and how many are enough for all."""
    from demarche.engine.variables import OUTCOMES

    most = int(rows["needed"].max()) if len(rows) else 2
    if quiet:
        shown.print(str(most))
        return
    columns = ("outcome", "half-width", "most demanding", "needed", "unpaired", "to tell the sign")
    shown.print(f"[bold]Replications that are enough, from a pilot of {replications} of each arm and pack[/bold]")
    made = table(*columns, right=columns[1:2] + columns[3:])
    for row in rows.to_dict("records"):
        unit = OUTCOMES[row["outcome"]].unit
        what = f"{row['arm']} minus {row['reference']}" if row["reference"] else f"mean of {row['arm']}"
        counts = (_count(row[name]) for name in ("needed", "needed_unpaired", "needed_for_sign"))
        width = f"±{row['half_width']:.3g} {unit}"
        made.add_row(row["outcome"], width, f"{plain(what)}, {row['pack']}", *counts)
    shown.print(made)
    differ = rows[rows["what"] == "difference"]["needed"]
    if len(differ):
        shown.print(f"Differences: {int(differ.max()):,} replications are enough for every outcome above.")
    seconds = pilot.seconds * experiment.n_runs / experiment.replications * most
    runs = f"{most * experiment.n_runs // experiment.replications:,} runs, {seconds / 60:.1f} minutes of one processor"
    asked = f"The file asks for {experiment.replications:,}."
    shown.print(f"Means and differences: {most:,} replications ({runs}). {asked}", soft_wrap=True)
    tried = f" at {len(pilot.points)} of {experiment.points:,} design points" if experiment.points > 1 else ""
    shown.print(f"95 % t intervals; spread from the pilot{tried}, its upper 80 % limit used.")


def _count(value: float) -> str:
    return "-" if math.isnan(value) else f"{int(value):,}"
