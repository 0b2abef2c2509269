"""What a shell completes: names of accounts, rules, outcomes, figures, kinds of events, arms of a folder or a file."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from demarche.errors import DemarcheError

Names = Callable[[Any, str], list[str]]


def _completing(names: Callable[[Any], Iterable[str]]) -> Names:
    """Return a completion of names, also of the last of several with commas; what cannot be read completes nothing."""

    def complete(ctx: Any, incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",")
        with suppress(DemarcheError, OSError, ValueError):
            return [f"{before}{comma}{name}" for name in names(ctx) if name.startswith(last.strip())]
        return []

    return complete


def _accounts(_: Any) -> Iterable[str]:
    from demarche.accounts.packaged import packaged_accounts

    return packaged_accounts()


def _rules(_: Any) -> Iterable[str]:
    from demarche.rules.find import packaged

    return packaged().by_id


def _outcomes(_: Any) -> Iterable[str]:
    from demarche.engine.variables import OUTCOMES

    return OUTCOMES


def _figures(_: Any) -> Iterable[str]:
    from demarche.figures.find import figures_of_experiments

    return figures_of_experiments()


def _events(_: Any) -> Iterable[str]:
    from demarche.engine.variables import EVENT_KINDS

    return (kind.kind for kind in EVENT_KINDS)


def _arms(ctx: Any) -> Iterable[str]:
    """Return the arms of the results folder or the file that the command line names."""
    given = [ctx.params.get(name) for name in ("results", "source", "experiment", "case")]
    # an option that still lacks its value hides what was given before it, but the shell tells the words
    words = (os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or "").split()
    place = next((one for one in (*filter(None, given), *words) if Path(one).exists()), None)
    if place is None:
        return ()
    if Path(place).is_dir():
        from demarche.experiment.results.read import read_manifest

        return list(read_manifest(Path(place)).experiment["arms"])
    from demarche.reading.yaml_nodes import read_yaml

    document = read_yaml(Path(place))
    scenario = document.get("scenario")
    if isinstance(scenario, str):
        document = read_yaml(Path(place).parent / scenario)
    return document.keys_at("arms")


ARMS, OUTCOMES, ACCOUNTS = _completing(_arms), _completing(_outcomes), _completing(_accounts)
BY_OPTION: Mapping[str, Names] = {
    "--account": ACCOUNTS, "--accounts": ACCOUNTS, "--arm": ARMS, "--against": ARMS, "--between": ARMS,
    "--reference": ARMS, "--outcome": OUTCOMES, "--outcomes": OUTCOMES, "--rule": _completing(_rules),
    "--event": _completing(_events),
}  # fmt: skip
"""Option, in whichever command -> what completes its values."""
BY_COMMAND: Mapping[tuple[str, str], Names] = {
    ("plot", "--kind"): _completing(_figures),
    ("events", "--kind"): _completing(_events),
    ("rules", "ID"): _completing(_rules),
    ("accounts", "ACCOUNT"): ACCOUNTS,
    ("outcomes", "NAME"): OUTCOMES,
}
"""Command, or group of commands, and option or word for an argument -> what completes its values."""


def complete_values(command: str, parameters: Iterable[inspect.Parameter]) -> None:
    """Let a shell complete the values of a command's options and arguments that have known names.

    Parameters
    ----------
    command
        Name of the command, or of its group.
    parameters
        Its parameters with their annotations.
    """
    for parameter in parameters:
        for info in getattr(parameter.annotation, "__metadata__", ()):
            told = (getattr(info, "default", ""), *(getattr(info, "param_decls", None) or ()), info.metavar)
            names = [name for name in told if isinstance(name, str)]
            found = (BY_COMMAND.get((command, name)) or BY_OPTION.get(name) for name in names)
            info.autocompletion = next(filter(None, found), None)
