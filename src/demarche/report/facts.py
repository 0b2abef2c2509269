"""What a report says besides numbers: arms against the reference, methods, dictionary, provenance."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from demarche.errors import shell_word
from demarche.experiment.design.parameters_from import PRIOR
from demarche.figures.common import list_words, runs_text
from demarche.scenario.load import load_scenario
from demarche.scenario.shown import name_and_code
from demarche.world.levers import LEVERS, LeverPart

if TYPE_CHECKING:
    from demarche.experiment.results.store import Results
    from demarche.figures.tables import FigureTables
    from demarche.report.effects import Effects
    from demarche.scenario.content import Arm, Choice, Scenario


def scenario_of(results: Results) -> Scenario:
    """Return the scenario of some results from the copy of its inputs.

    Raises
    ------
    ScenarioError
        If this version cannot read it.
    """
    return load_scenario(results.input("scenario"))


def arm_differences(scenario: Scenario, arms: tuple[str, ...], reference: str) -> dict[str, tuple[str, ...]]:
    """Return arm -> what it sets that the reference arm does not, and the other way round, in words.

    Parameters
    ----------
    scenario
        The scenario.
    arms, reference
        Arms to tell, and the arm that they are held against.
    """
    base = set(_said(scenario.arms[reference], scenario))
    found = {}
    for name in arms:
        mine = _said(scenario.arms[name], scenario)
        told = [text for text in mine if text not in base]
        told += [f"not: {text}" for text in _said(scenario.arms[reference], scenario) if text not in mine]
        found[name] = tuple(told)
    return found


def _said(arm: Arm, scenario: Scenario) -> list[str]:
    """Return everything that an arm sets, one sentence each."""
    told = [_choice(choice, scenario) for choice in arm.choices]
    told += [f"its levers hold from {arm.start}"] if arm.start is not None else []
    told += [f"adds to the calendar: {event.kind.replace('_', ' ')} {event.month}" for event in arm.edits.add]
    told += [f"moves in the calendar: {code} to {month}" for code, month in arm.edits.move.items()]
    told += [f"takes out of the calendar: {code}" for code in arm.edits.remove]
    told += [f"switches off the rule {rule}" for rule in arm.rules_off]
    told += [f"binds {list_words(move.actors)} in {move.month} to {move.decision}: {move.option}" for move in arm.moves]
    return told


def _choice(choice: Choice, scenario: Scenario) -> str:
    lever = next((one for one in LEVERS if one.name == choice.lever), None)
    meaning = lever.meaning if lever is not None else choice.lever
    parts = {part.field: part for part in lever.parts} if lever is not None else {}
    values = ", ".join(_value(parts.get(field), field, value) for field, value in choice.values.items()
                       if not math.isnan(value))  # fmt: skip
    who = f" for {name_and_code(choice.group, scenario.aliases).replace('_', ' ')}" if choice.group else ""
    span = f", from {choice.start}" if choice.start is not None else ""
    span += f" until {choice.until}" if choice.until is not None else ""
    return f"{choice.lever.replace('_', ' ')}{who}: {values or 'left to the rules'}{span} ({meaning})"


def _value(part: LeverPart | None, field: str, value: float) -> str:
    """Return what a part of a lever is set to, in the words of scenario files where there are such."""
    words = {number: word for word, number in part.words.items()} if part is not None else {}
    name = part.key if part is not None else field
    return f"{name.replace('_', ' ')} {words.get(value, f'{value:g}')}".strip()


def methods(results: Results, tables: FigureTables, effects: Effects | None) -> tuple[str, ...]:
    """Return paragraphs on how the numbers were made, which a paper may take over."""
    manifest = results.manifest
    versions = manifest.versions
    period = f"{tables.start} to {tables.start.plus(tables.n_steps - 1)} ({tables.n_steps} months)"
    drawn = "draw" in tables.outcomes.columns
    design = (
        f"In each draw every uncertain number was taken from its {tables.parameters_from or PRIOR}, the same draw "
        "in every arm, and run with several lucks."
        if drawn else "Parameters were held at the medians of the accounts"
        f"{' except those that vary: ' + list_words(tables.parameters) if tables.parameters else ''}."
    )  # fmt: skip
    text = [
        f"We simulated the scenario “{tables.title}” with Demarche {versions['demarche']}, an agent-based model of "
        f"human-rights diplomacy, over {period}: {runs_text(tables)}, in {_counted(len(tables.arms), 'arm')} and "
        f"{_counted(len(tables.accounts), 'account')}. {design} Random numbers are keyed by run seed, rule, month and "
        "actor, so "
        f"that runs of the same number meet the same luck in every arm and account (seed {tables.seed}).",
    ]
    if effects is not None:
        text.append(
            f"Effects are mean differences of pairs of runs with the same luck, {effects.arm} minus {effects.against}; "
            f"the interval is the {effects.how}."
            + (" A second interval holds the draws fixed and tells of luck alone." if effects.has_draws else
               " It tells of luck alone, not of doubt about numbers of an account.")
            + f" {effects.rule}"
        )  # fmt: skip
    text.append(
        "An effect is what the rules, with the numbers of an account, make of a change; it is not an estimate of what "
        "happened. Accounts are priors over disputed links; doubt about them shows in the spread between them."
    )
    return tuple(text)


def provenance(results: Results) -> dict[str, str]:
    """Return what the numbers rest on, by name."""
    manifest = results.manifest
    told = {
        "Experiment": manifest.name, "Identity of all runs": manifest.identity, "Begun": manifest.created,
        "Finished": manifest.finished, "Runs": ", ".join(f"{count:,} {name}" for name, count in manifest.runs.items()),
        "CPU time": f"{manifest.cpu_seconds:,.0f} s", "Seed": str(manifest.experiment["seed"]),
    }  # fmt: skip
    told |= {f"Version of {name}" if name not in ("platform", "machine") else name.capitalize(): version
             for name, version in manifest.versions.items()}  # fmt: skip
    return told | {f"SHA-256 of the {name}": digest for name, digest in manifest.digests.items() if digest}


def commands(results: Results) -> dict[str, str]:
    """Return what a reader may type to ask on, with what it does."""
    folder = shell_word(results.path.resolve().name)
    return {
        f"demarche results verify {folder}": "compare the checksum of every file",
        f"demarche compare {folder}": "the differences of this page, or others, as a table",
        f"demarche plot {folder} --kind difference --outcome NAME --format pdf": "a figure of this page for a paper",
        f"demarche why {folder} --help": "why one actor chose what it did in one month of one run",
        f"demarche results show {folder}": "what the folder holds",
    }


def dictionary(results: Results) -> dict[str, list[dict[str, str]]]:
    """Return table -> columns with name, unit, meaning and type."""
    return {table: list(columns) for table, columns in results.manifest.columns.items()}


def _counted(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"
