"""A smaller form of an experiment for a class: fewer draws or replications, and said so wherever it is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from demarche.errors import DesignError, Problem
from demarche.reading.text import read_bytes

if TYPE_CHECKING:
    from demarche.experiment.design.experiment import Experiment

RUN_MONTHS = 95_000
"""Months of all runs together that a laptop does, with figures, in less than a minute: the 384 runs of 247 months of
`experiments/first_look.yaml`, which take some 12 s of one processor, so that one of half the speed keeps to it."""
LEAST = 2
MOST_BYTES = 2**24
KEY = "quick_of"
LINE = r"(?m)^{key}[ \t]*:[ \t]*\d[\d_]*"


def quick(experiment: Experiment) -> Experiment:
    """Return the experiment with so few draws or replications that a laptop runs it in less than a minute.

    Raises
    ------
    DesignError
        If even two of them take longer, or the file does not say how many there are on a line of its own.
    """
    months = experiment.n_runs * experiment.scenario.period.n_steps
    each = months / experiment.units
    n = int(RUN_MONTHS // each)
    if n >= experiment.units:
        return experiment
    where = str(experiment.path)
    if n < LEAST:
        fix = "name fewer arms, accounts or design points in a file of your own, or run it without --quick"
        what = f"even {LEAST} {experiment.unit_words} are more than a class can wait for"
        found, expected = f"{LEAST * each:,.0f} months of runs", f"{RUN_MONTHS:,} at most"
        raise DesignError([Problem(where, what, found=found, expected=expected, fix=fix)])
    smaller = replace(experiment.with_units(n), quick_of=experiment.units)
    own_text(smaller)
    return smaller


def own_text(experiment: Experiment) -> bytes:
    """Return the experiment file as it stands, or as it would stand for the smaller form."""
    content = read_bytes(experiment.path, MOST_BYTES, "experiment file")
    if not experiment.quick_of:
        return content
    text, wanted = content.decode("utf-8-sig"), experiment.units
    key = experiment.units_key
    if not re.search(LINE.format(key=key), text) and not experiment.has_draws:  # draws that are held at the medians
        key, wanted = _key_of_draws(), max(1, wanted // _lucks(text))
    made, n = re.subn(LINE.format(key=key), f"{key}: {wanted}", text)
    if n != 1:
        fix = f"write '{key}: {experiment.units}' on a line of its own"
        raise DesignError([Problem(str(experiment.path), f"--quick finds no line with '{key}'", fix=fix)])
    text = re.sub(LINE.format(key=KEY) + r"\n?", "", made)
    return f"{text.rstrip()}\n{KEY}: {experiment.quick_of}\n".encode()


def _key_of_draws() -> str:
    from demarche.experiment.design.find import methods

    return next(one.implied_by for one in methods().values() if not one.shares_luck)


def _lucks(text: str) -> int:
    found = re.search(r"(?m)^lucks[ \t]*:[ \t]*(\d+)", text)
    return int(found.group(1)) if found else 1


def quick_words(experiment: Mapping[str, Any]) -> str:
    """Return what must be said of results that are a smaller form of an experiment; empty if they are not.

    Examples
    --------
    >>> quick_words({"quick_of": 50, "points": 8, "replications": 2, "places": ["draw", "luck"]})
    'Quick: 8 of 50 draws, a size for a class; the whole experiment has narrower intervals.'
    >>> quick_words({"points": 8, "replications": 2})
    ''
    """
    of = int(experiment.get(KEY, 0))
    if not of:
        return ""
    places = experiment.get("places", ())
    drawn = "draw" in places
    n, what = (experiment["points"], f"{places[0]}s") if drawn else (experiment["replications"], "replications")
    return f"Quick: {n} of {of} {what}, a size for a class; the whole experiment has narrower intervals."
