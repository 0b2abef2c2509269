"""Who speaks to whom and who briefs whom in one run, which is repeated and watched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from demarche.engine.setup import Runs, Setup
from demarche.engine.simulate import padded
from demarche.engine.simulation import Simulation
from demarche.rules.contract import Rule
from demarche.world.fields import FIELDS
from demarche.world.kinds import TACTICS
from demarche.world.world import World

if TYPE_CHECKING:
    import pandas as pd

BODIES = "UN bodies"
BRIEFS = "briefs"
CAPITALS_RULE = "ngos.briefs_capitals"
COLUMNS = ("speaker", "listener", "how", "times")


def talks(setup: Setup, runs: Runs) -> pd.DataFrame:
    """Repeat one run and return who spoke to whom.

    Parameters
    ----------
    setup
        What the scenario compiled to.
    runs
        One run.

    Returns
    -------
    pandas.DataFrame
        One row a speaker, listener and way: `private`, `public` or `both` for representations of governments to the
        focal government; `briefs` for groups that brief capitals (those on whose agenda the group's issue rose) and UN
        bodies; times, months in which it did (quarters for briefings).
    """
    import pandas as pd

    found: Counter[tuple[str, str, str]] = Counter()
    simulation = Simulation(setup, padded(runs), watcher=lambda rule, world, act: _watch(found, rule, world, act))
    calendar, focal = setup.arms[runs.arm[0]].calendar, setup.cast.focal
    for step in range(setup.period.n_steps):
        simulation.advance()
        _count_words(found, simulation.world, focal)
        if calendar.is_due("quarter", step):
            _count_briefings(found, simulation.world)
    rows = [(*key, times) for key, times in sorted(found.items(), key=lambda entry: -entry[1])]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _watch(found: Counter[tuple[str, str, str]], rule: Rule, world: World, act: Callable[[], None]) -> None:
    """Let a rule act; of the one that briefs capitals, note on whose agendas which group's issue rose."""
    if rule.id != CAPITALS_RULE:
        act()
        return
    before = world["attention_change"][..., 0].copy()
    act()
    rose = world["attention_change"][..., 0] - before > 0
    groups = np.flatnonzero(world["ngo_tactic_choice"][TACTICS.index("brief_capital"), :, 0] > 0)
    focus = world["ngo_focus"][:, 0].astype(int)
    names = world.codes["sender"]
    for group in groups:
        for capital in np.flatnonzero(rose[:, focus[group]]):
            found[world.codes["ngo"][int(group)], names[int(capital)], BRIEFS] += 1


def _count_words(found: Counter[tuple[str, str, str]], world: World, focal: str) -> None:
    labels, codes = FIELDS["representation_event"].labels, world["representation_event"][:, 0]
    names = world.codes["state"]
    for row in np.flatnonzero(codes > 0):
        found[names[int(row)], focal, labels[int(codes[row]) - 1]] += 1


def _count_briefings(found: Counter[tuple[str, str, str]], world: World) -> None:
    chosen = world["ngo_tactic_choice"][TACTICS.index("brief_un"), :, 0] > 0
    for group in np.flatnonzero(chosen):
        found[world.codes["ngo"][int(group)], BODIES, BRIEFS] += 1
