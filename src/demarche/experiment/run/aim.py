"""What is to lie in a results folder, and in words what differs from what lies there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demarche.errors import DesignError, Problem
from demarche.experiment.ledger.plan import identity_of
from demarche.experiment.tables.files import sha256
from demarche.rules.identity import COUNTED, ROOT
from demarche.scenario.bundles import bundles_of
from demarche.scenario.compile import parts_of
from demarche.version import __version__

if TYPE_CHECKING:
    from demarche.experiment.design.experiment import Experiment
    from demarche.experiment.design.table import Design

MOST_NAMED = 6
SHORT = 40  # signs of a part of a scenario that is told as it is, and not as having changed
CODE = ("rules/catalogue", "rules/kit", *COUNTED)
"""Where the code lies that makes a run what it is."""


@dataclass(frozen=True)
class Aim:
    """What is to lie in a folder: hashes of all runs and of what is told of them, and what it cannot change."""

    identity: str
    scenario: str
    rules: str
    seed: str
    record: str
    told: str

    @classmethod
    def of(cls, experiment: Experiment, design: Design) -> Aim:
        """Return the aim of an experiment."""
        return cls(
            identity=identity_of(design, experiment.record),
            scenario=design.scenario_digest,
            rules=design.rules_digest,
            seed=str(design.seed),
            record=", ".join(name for name, kept in asdict(experiment.record).items() if kept),
            told=_told(experiment),
        )

    @classmethod
    def found(cls, facts: Mapping[str, str]) -> Aim:
        """Return the aim that a ledger tells."""
        return cls(**{name: facts.get(name, "") for name in cls.__dataclass_fields__})


def _told(experiment: Experiment) -> str:
    """Return a hash of what is told of the runs: titles, bundles, outcomes, arms that are compared, figures, aliases.

    It moves no run, but the manifest of results that are there already says it anew when it changes.
    """
    scenario = experiment.scenario
    arms = {name: (scenario.arms[name].title, bundles_of(scenario, name)) for name in experiment.arms}
    asked = asdict(scenario.asked.among(experiment.arms))
    parts = (scenario.title, scenario.question, asked, arms, experiment.figures, dict(scenario.aliases))
    more = (experiment.quick_of,) if experiment.quick_of else ()
    return sha256(json.dumps((*parts, *more)).encode())


def background(experiment: Experiment) -> dict[str, str]:
    """Return what a ledger keeps so that a later version can say in words what has changed since."""
    parts = {
        name: _short(part if isinstance(part, str) else json.dumps(part, sort_keys=True))
        for name, part in parts_of(experiment.scenario).items()
    }
    return {"version": __version__, "parts": json.dumps(parts), "code": json.dumps(_code())}


def _short(text: str) -> str:
    """Return a text that is short as it is, else a hash of it."""
    return text if len(text) <= SHORT else _hash(text)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _code() -> dict[str, str]:
    """Return the modules whose code makes a run what it is, each with a hash of its text."""
    files = [path for place in CODE for path in ((ROOT / place).rglob("*.py") if (ROOT / place).is_dir()
                                                 else [ROOT / place])]  # fmt: skip
    return {path.relative_to(ROOT).as_posix(): _hash(path.read_text(encoding="utf-8")) for path in files}


NAMES = {
    "scenario": "scenario",
    "rules": "version of the rules",
    "seed": "seed",
    "record": "choice of tables",
}
FIXES = {
    "scenario": "choose another folder with --out, remove this one, or undo the change",
    "rules": "use the version that began it, or run the experiment again into another folder with --out",
    "seed": "choose another folder with --out, or remove this one",
    "record": "choose another folder with --out, or remove this one",
}


def check_aim(root: Path, facts: Mapping[str, str], wanted: Aim, experiment: Experiment) -> None:
    """Refuse to add to a folder what rests on something else.

    Raises
    ------
    DesignError
        Naming the first thing that differs and what in it has changed.
    """
    found = Aim.found(facts)
    for field, name in NAMES.items():
        there, here = getattr(found, field), getattr(wanted, field)
        if there == here:
            continue
        changed = _changed(field, facts, experiment)
        what = f"the folder holds results of another {name}"
        if changed:
            problem = Problem(str(root), f"{what}: {changed}", fix=FIXES[field])
        else:
            problem = Problem(str(root), what, found=there or "none", expected=here or "none", fix=FIXES[field])
        raise DesignError([problem])


def _changed(field: str, facts: Mapping[str, str], experiment: Experiment) -> str:
    """Return in words what has changed of a scenario or of the code since a ledger was begun."""
    if field not in ("scenario", "rules"):
        return ""
    key, now = ("parts", background(experiment)["parts"]) if field == "scenario" else ("code", json.dumps(_code()))
    known, here = _plain(facts.get(key, "")), _plain(now)
    names = [name for name in (*here, *(set(known) - set(here))) if known.get(name) != here.get(name)]
    listed = ", ".join(_in_words(name, known.get(name), here.get(name)) for name in sorted(names)[:MOST_NAMED])
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    if field == "scenario":
        return f"{listed}{more}" if known else ""
    began = f"Demarche {facts.get('version', 'another version')} began it and this is {__version__}"
    return f"{began}; changed since: {listed or 'its declarations'}{more}" if known else began


def _in_words(name: str, there: str | None, here: str | None) -> str:
    if there is None or here is None:
        return f"{name} ({'new' if there is None else 'gone'})"
    told = not (there.isalnum() or here.isalnum())
    return f"{name} ({there} there, {here} here)" if told else name


def _plain(text: str) -> dict[str, str]:
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(part) for name, part in found.items()} if isinstance(found, dict) else {}
