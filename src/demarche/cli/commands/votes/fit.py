"""`demarche votes fit`: estimate the model of votes on the packaged record, and check it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.votes import Packaged, read_packaged

if TYPE_CHECKING:
    from demarche.history.votes.scoring import Scored

CHECKS = ("focal", "targets", "forward")


def fit(
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write the posterior to this file.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Leave years and targets out instead, priors chosen in each fold (minutes).")
    ] = False,
    only: Annotated[str, typer.Option("--only", help="One check: focal, targets or forward.")] = "",
) -> None:
    """Estimate the model of votes on the packaged record, or cross-validate it."""
    from demarche.errors import check_known
    from demarche.history.votes import left_out
    from demarche.history.votes.estimate import estimate_on, fit_without, lay_out
    from demarche.history.votes.memory import Memory
    from demarche.history.votes.posterior import FILE, write
    from demarche.history.votes.rollcalls import in_order
    from demarche.history.votes.validation import choose

    packaged = read_packaged()
    if check:
        check_known("--only", "check", [only] if only else [], CHECKS)
        for name in [only] if only else CHECKS:
            _check(packaged, name)
        return
    sheets = lay_out(Memory(in_order(packaged.calls), packaged.attributes), packaged.calls)
    settings = choose(sheets)
    path = out or Path(FILE)
    posterior = estimate_on(sheets, settings)
    write(posterior, path)
    without = {one: fit_without(packaged.calls, packaged.attributes, posterior, one) for one in posterior.targets}
    left_out.write(without, path.with_name(left_out.FILE))
    typer.echo(f"{len(sheets)} motions, {sum(len(sheet.stance) for sheet in sheets):,} votes")
    typer.echo(f"priors: features {settings.features}, targets {settings.targets}, members {settings.members}")
    typer.echo(f"posterior: {path}; without each target in turn: {path.with_name(left_out.FILE)}")


def _check(packaged: Packaged, name: str) -> None:
    """Print one cross-validation, fold by fold."""
    from demarche.cli.say.votes import print_groups, shown_number
    from demarche.history.votes.scoring import GROUPS, log_score
    from demarche.history.votes.validation import by_target, by_year, forward, leave_out, together

    focal = packaged.focal
    titles = {
        "focal": f"One year left out, votes on {focal}",
        "targets": "One target left out",
        "forward": "Fitted on the years before, all votes",
    }
    typer.echo(titles[name])
    folds = []
    ways = {
        "focal": lambda: leave_out(packaged.calls, packaged.attributes, by_year, focal),
        "targets": lambda: leave_out(packaged.calls, packaged.attributes, by_target),
        "forward": lambda: forward(packaged.calls, packaged.attributes),
    }
    for left, settings, scored in ways[name]():
        scores = log_score(scored, scored.group(GROUPS[0]))
        told = ", ".join(f"{one} {shown_number(value)}" for one, value in scores.items())
        typer.echo(f"{left}: {told} (priors {settings.features}, {settings.targets}, {settings.members})")
        folds.append((left, settings, scored))
    whole = together(folds)
    print_groups(whole)
    if name == "targets":
        _print_largest(whole)


def _print_largest(scored: Scored) -> None:
    """Print the difference to the last vote without the largest target, and for it alone, left out whole."""
    from demarche.history.votes.scoring import difference

    targets = scored.targets.tolist()
    largest = max(sorted(set(targets)), key=targets.count)
    for title, mask in (("without", scored.targets != largest), ("alone,", scored.targets == largest)):
        gap = difference(scored, "persistence", mask)
        typer.echo(f"{title} {largest}: {gap['mean']:.3f} [{gap['low']:.3f}, {gap['high']:.3f}] against persistence")
