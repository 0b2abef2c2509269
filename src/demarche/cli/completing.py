"""What a shell completes: names of accounts, rules, outcomes, figures, kinds of events, arms of a folder or a file."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from copy import copy
from pathlib import Path
from typing import Annotated, Any

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


def _claims(_: Any) -> Iterable[str]:
    from demarche.claims import load_register

    return load_register().ids


def _decisions(_: Any) -> Iterable[str]:
    from demarche.world.decisions import DECISION_OF

    return DECISION_OF


def _levers(_: Any) -> Iterable[str]:
    from demarche.world.levers import LEVERS

    return (lever.name for lever in LEVERS)


def _parameters(_: Any) -> Iterable[str]:
    from demarche.rules.find import packaged

    return packaged().parameters


def _scenarios(_: Any) -> Iterable[str]:
    from demarche.scenario.library import library

    return (name for id_, one in library().items() for name in (id_, one.path.stem))


def _templates(_: Any) -> Iterable[str]:
    from demarche.scenario.templates import TEMPLATES

    return TEMPLATES


def _actors(ctx: Any) -> Iterable[str]:
    from demarche.cli.reading import read_case

    return (code for codes in read_case(ctx.params.get("case")).cast.axis_codes.values() for code in codes)


def _calendar(ctx: Any) -> Iterable[str]:
    from demarche.cli.reading import read_case

    calendars = read_case(ctx.params.get("case")).calendars.values()
    return dict.fromkeys(event.code for events in calendars for event in events)


ARMS, OUTCOMES, ACCOUNTS = _completing(_arms), _completing(_outcomes), _completing(_accounts)
SCENARIOS = _completing(_scenarios)
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
    ("actors", "NAME"): _completing(_actors),
    ("calendar", "NAME"): _completing(_calendar),
    ("claims", "ID"): _completing(_claims),
    ("decisions", "NAME"): _completing(_decisions),
    ("levers", "NAME"): _completing(_levers),
    ("parameters", "NAME"): _completing(_parameters),
    ("scenarios", "NAME"): SCENARIOS,
    ("init", "--scenario"): SCENARIOS,
    ("init", "--template"): _completing(_templates),
}
"""Command, or group of commands, and option or word for an argument -> what completes its values."""


def complete_values(command: str, parameters: Iterable[inspect.Parameter]) -> list[inspect.Parameter]:
    """Return a command's parameters, those that have known names such that a shell completes them.

    Parameters
    ----------
    command
        Name of the command, or of its group.
    parameters
        Its parameters with their annotations.
    """
    return [parameter.replace(annotation=_completed(command, parameter.annotation)) for parameter in parameters]


def _completed(command: str, annotation: Any) -> Any:
    if not hasattr(annotation, "__metadata__"):
        return annotation
    infos = []
    for info in annotation.__metadata__:
        told = (getattr(info, "default", ""), *(getattr(info, "param_decls", None) or ()), info.metavar)
        names = [name for name in told if isinstance(name, str)]
        found = (BY_COMMAND.get((command, name)) or BY_OPTION.get(name) for name in names)
        own = copy(info)  # commands share what they say of an option, and complete it each in their way
        own.autocompletion = next(filter(None, found), None)
        infos.append(own)
    return Annotated[annotation.__origin__, *infos]
