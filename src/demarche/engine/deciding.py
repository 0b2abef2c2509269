"""One mechanism for every choice: from a table of utilities to an option per actor and run."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.world.decisions import Decision
from demarche.world.world import World

Choice = NDArray[np.int8]
Rows = NDArray[np.intp]
Luck = Callable[[Rows], Array]
Override = Callable[[Decision, World, Choice], None]

LARGEST_EXPONENT = 700.0  # beyond it a float64 exponential overflows


def choose(utility: Array, luck: Array, temperature: float) -> Choice:
    """Return the option taken by each actor in each run.

    An option's chance is proportional to `exp(utility / temperature)`; luck picks from the
    cumulated chances in the natural order of options, so that actors with the same luck and
    slightly other utilities move to a neighbouring option. Chances are computed in single
    precision, which is twice as fast and errs by less than 1e-6.

    Parameters
    ----------
    utility
        `(n_options, n_actors, n_runs)`, utility units.
    luck
        Uniforms `(n_actors, n_runs)`.
    temperature
        Scale of the unexplained part, above 0.

    Returns
    -------
    Choice
        Positions of options, `(n_actors, n_runs)`.

    Examples
    --------
    >>> import numpy as np
    >>> choose(np.array([[[0.0, 9.0]], [[9.0, 0.0]]]), np.array([[0.5, 0.5]]), 0.1)
    array([[1, 0]], dtype=int8)
    """
    if len(utility) == 2:
        odds = np.exp(np.minimum((utility[1] - utility[0]) / temperature, LARGEST_EXPONENT))
        odds += 1.0
        odds *= luck
        second: Choice = (odds >= 1.0).astype(np.int8)
        return second
    weights = np.empty(utility.shape, dtype=np.float32)
    np.subtract(utility, utility.max(axis=0), out=weights, casting="same_kind")
    weights /= np.float32(temperature)
    np.exp(weights, out=weights)
    for option in range(1, len(weights)):
        weights[option] += weights[option - 1]
    threshold = luck.astype(np.float32) * weights[-1]
    choice: Choice = (threshold >= weights[0]).astype(np.int8)
    for bound in weights[1:-1]:
        choice += threshold >= bound
    return choice


def decide(decision: Decision, world: World, draw: Luck, override: Override | None = None) -> None:
    """Take one decision for all its actors and write the choice field in place.

    Parameters
    ----------
    decision
        What is decided.
    world
        The arrays; the utility field is read, the choice field is written.
    draw
        Function from the rows of the deciding actors to uniforms `(n_rows, n_runs)`.
    override
        Called with the choices before they take effect; may change them in place.
    """
    choice = world[f"{decision.name}_choice"]
    utility = world[f"{decision.name}_utility"]
    if not decision.among:
        choice[...] = choose(utility, draw(np.arange(len(choice))), decision.temperature)
    else:
        choice.fill(0)
        deciders = world[decision.among] > 0
        rows = np.flatnonzero(deciders.any(axis=1))
        if len(rows):
            some = slice(rows[0], rows[-1] + 1) if rows[-1] - rows[0] + 1 == len(rows) else rows
            taken = choose(utility[:, some], draw(rows), decision.temperature)
            choice[some] = taken * deciders[some]
    if override is not None:
        override(decision, world, choice)
