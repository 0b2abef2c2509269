"""One mechanism for every choice: from a table of utilities to an option per actor and run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import LARGEST_EXPONENT, NEAR, REAL, SMALLEST_EXPONENT, TINY, Array, Cells, Mask, Spots, cells
from demarche.world.decisions import FREE_CHOICE, Decision
from demarche.world.world import World

Choice = NDArray[np.int8]
Rows = NDArray[np.intp]
Binding = Callable[[Decision, World, Choice], bool]

MATRIX = 2  # axes of utilities of cells
FEW = 6  # one in so many deciders or fewer is few


class Luck(Protocol):
    """The uniforms of one decision in one month."""

    def of_rows(self, rows: Rows) -> Array:
        """Return uniforms of rows of the first axis, `(n_rows, ..., n_runs)`."""
        ...

    def of_cells(self, where: Cells) -> Array:
        """Return uniforms of some rows in some runs, `(n,)`: those of `of_rows`."""
        ...

    def of_candidates_at(self, where: Cells) -> tuple[Array, Array]:
        """Return uniforms of candidates `(n_candidates, n)` and of reservations `(n,)` in some rows and runs."""
        ...

    def of_candidates(self, rows: Rows) -> tuple[Array, Array]:
        """Return uniforms of candidates `(n_candidates, n_rows, n_runs)` and of reservations `(n_rows, n_runs)`."""
        ...


def choose(utility: Array, luck: Array, temperature: float | Array) -> Choice:
    """Return the option taken by each actor in each run.

    An option's chance is proportional to `exp(utility / temperature)`; luck picks from the
    cumulated chances in the natural order of options, so that actors with the same luck and
    slightly other utilities move to a neighbouring option. In single precision chances err by less than 1e-6.

    Parameters
    ----------
    utility
        `(n_options, ..., n_runs)`, utility units.
    luck
        Uniforms `(..., n_runs)`.
    temperature
        Scale of the unexplained part, above 0; one for all or `(n_runs,)`.

    Returns
    -------
    Choice
        Positions of options, `(..., n_runs)`.

    Examples
    --------
    >>> import numpy as np
    >>> choose(np.array([[[0.0, 9.0]], [[9.0, 0.0]]]), np.array([[0.5, 0.5]]), 0.1)
    array([[1, 0]], dtype=int8)
    """
    scale = np.reciprocal(np.asarray(temperature, dtype=REAL))
    if len(utility) == 2:
        odds = utility[1] - utility[0]
        odds *= scale
        odds.clip(SMALLEST_EXPONENT, LARGEST_EXPONENT, out=odds)
        np.exp(odds, out=odds)
        odds += 1.0
        odds *= luck
        second: Choice = (odds >= 1.0).astype(np.int8)
        return second
    choice = np.empty(utility.shape[1:], dtype=np.int8)
    if not choice.size:  # a case may have no company, so that nobody decides
        return choice
    rows = max(NEAR // utility[:, 0].size, 1) if utility.ndim > MATRIX else max(len(choice), 1)
    for start in range(0, len(choice), rows):  # block by block, so that what lies between stays near the processor
        some = slice(start, start + rows)
        choice[some] = _of_several(utility[:, some], luck[some], scale)
    return choice


def _of_several(utility: Array, luck: Array, scale: Array) -> Choice:
    weights = np.empty(utility.shape, dtype=REAL)
    best = utility.max(axis=0)
    for weight, of_option in zip(weights, utility, strict=True):
        np.subtract(of_option, best, out=weight)
    weights *= scale
    np.maximum(weights, SMALLEST_EXPONENT, out=weights)
    np.exp(weights, out=weights)
    for option in range(1, len(weights)):
        weights[option] += weights[option - 1]
    threshold = luck.astype(REAL, copy=False) * weights[-1]
    choice: Choice = (threshold >= weights[0]).astype(np.int8)
    for bound in weights[1:-1]:
        choice += threshold >= bound
    return choice


def choose_some(
    utility: Array,
    luck: Array,
    reserved: Array,
    temperature: float | Array,
    most: int,
    prices: Array | None = None,
    purse: Array | None = None,
) -> Mask:
    """Return which candidates are taken by each actor in each run: up to `most`, each better than none.

    The worth of a candidate is its utility plus the temperature times Gumbel noise; a candidate
    must beat a reservation of utility 0 with noise of its own. With `most` 1 and no prices the
    chances are those of `choose` with the reservation as a further option. Where prices are given,
    candidates are taken in the order of their worth as long as the purse can pay for them.

    Parameters
    ----------
    utility
        `(n_candidates, n_actors, n_runs)`, utility units.
    luck, reserved
        Uniforms of the same shape, and of the reservation `(n_actors, n_runs)`.
    temperature
        Scale of the noise, above 0; one for all or `(n_runs,)`.
    most
        Largest number taken by an actor.
    prices
        Price of each candidate `(n_candidates,)`, in the unit of the purse.
    purse
        What each actor has `(n_actors, n_runs)`; not changed.
    """
    worth = utility + temperature * gumbel(luck)
    worth[worth <= temperature * gumbel(reserved)] = -np.inf
    if most >= len(utility) and prices is None:
        return np.isfinite(worth)
    left = None if purse is None else purse.copy()
    taken = np.zeros(utility.shape, dtype=bool)
    for _ in range(min(most, len(utility))):
        if left is not None and prices is not None:
            worth[prices[:, None, None] > left] = -np.inf
        best = worth.argmax(axis=0)[None]
        wanted = np.isfinite(np.take_along_axis(worth, best, axis=0))
        if not wanted.any():
            break
        np.put_along_axis(taken, best, wanted | np.take_along_axis(taken, best, axis=0), axis=0)
        np.put_along_axis(worth, best, -np.inf, axis=0)
        if left is not None and prices is not None:
            left -= np.where(wanted[0], prices[best[0]], 0.0)
    return taken


def gumbel(uniforms: Array) -> Array:
    """Return standard Gumbel noise from uniforms on [0, 1); differences of two are logistic."""
    noise: Array = -np.log(-np.log(np.maximum(uniforms, TINY)))
    return noise


def decide(
    decision: Decision, world: World, luck: Luck, temperature: float | Array, binding: Binding | None = None
) -> None:
    """Take one decision for all its actors and write the choice and the binding field in place.

    Parameters
    ----------
    decision
        What is decided.
    world
        The arrays; the utility field is read, the choice and the binding field are written.
    luck
        Where uniforms come from.
    temperature
        Scale of the unexplained part; one for all or `(n_runs,)`.
    binding
        Called with the choices before they take effect; binds seats by writing into the field
        `<decision>_held`, which wins over the utilities and over every later rule, and tells whether
        it may have bound any.
    """
    choice = world[f"{decision.name}_choice"]
    held = world[f"{decision.name}_held"]
    _take(decision, world, luck, temperature, _able(decision, world, choice))
    if decision.name in world.bound:
        held.fill(FREE_CHOICE)
        world.bound.remove(decision.name)
    if binding is not None and binding(decision, world, choice):
        world.bound.add(decision.name)
        np.copyto(choice, held, where=held != FREE_CHOICE)


def may_decide(decision: Decision, world: World) -> Mask:
    """Return where a choice is taken this month, `(n_rows, ..., n_runs)`, read-only.

    Its axes are those of the decision and the runs, without a leading axis of options.
    """
    cells = (*(world.size(axis) for axis in decision.axes), world.n_runs)
    deciders = _deciders(decision, world)
    if decision.rows and deciders is not None:
        shown = np.zeros(cells, dtype=np.bool_)
        _able(decision, world, shown)[...] = deciders
        return shown
    return np.broadcast_to(np.True_ if deciders is None else deciders, cells)


def _deciders(decision: Decision, world: World) -> Mask | None:
    """Return where a row decides this month, broadcasting to the cells of the decision; None if everywhere."""
    fields = [world[name] for name in (decision.among, decision.trigger) if name]
    masks = [(_able(decision, world, values) if values.ndim > 1 else values) > 0 for values in fields]
    masks = [_spread(mask, len(decision.axes) + 1) for mask in masks]
    return None if not masks else masks[0] if len(masks) == 1 else masks[0] & masks[1]


def _able(decision: Decision, world: World, values: NDArray[Any]) -> NDArray[Any]:
    """Return the rows of those who may ever decide: where only senders do, the first ones."""
    return values[..., : world.n_senders, :] if decision.rows else values


def _spread(mask: Mask, n_axes: int) -> Mask:
    """Give a mask of runs, or of the first axis and runs, the number of axes of the decision."""
    if mask.ndim == 1:
        return mask.reshape((1,) * (n_axes - 1) + mask.shape)
    return mask.reshape((*mask.shape[:-1], *(1,) * (n_axes - mask.ndim), mask.shape[-1]))


def _take(decision: Decision, world: World, luck: Luck, temperature: float | Array, choice: Choice) -> None:
    utility = _able(decision, world, world[f"{decision.name}_utility"])
    deciders = _deciders(decision, world)
    if deciders is None:
        rows = np.arange(utility.shape[1])
        choice[...] = _taken(decision, world, utility, luck, temperature, rows)
        return
    choice.fill(0)
    if decision.few or _few(decision, deciders, utility):
        where = cells(np.broadcast_to(deciders, utility.shape[1:]))
        world.weighed[decision.name] = where
        if not where.flat.size:
            return
        scale = temperature[where[1]] if isinstance(temperature, np.ndarray) else temperature
        if decision.takes_some:
            _take_few(decision, utility, luck, scale, choice, where)
        else:
            many = where.flat.size * FEW > deciders.size
            own = where.of(luck.of_rows(np.arange(len(deciders)))) if many else luck.of_cells(where)
            where.put_into(choice, choose(where.of_each(utility), own, scale))
        return
    deciders = np.broadcast_to(deciders, (utility.shape[1], *deciders.shape[1:]))
    rows = np.flatnonzero(deciders.any(axis=tuple(range(1, deciders.ndim))))
    if not len(rows):
        return
    some = slice(rows[0], rows[-1] + 1) if rows[-1] - rows[0] + 1 == len(rows) else rows
    taken = _taken(decision, world, utility[:, some], luck, temperature, rows) * deciders[some]
    choice[(slice(None), some) if decision.takes_some and len(decision.axes) == 1 else some] = taken


def _few(decision: Decision, deciders: Mask, utility: Array) -> bool:
    """Tell whether so few decide that each is better looked at alone; the choice is the same, bit for bit."""
    plain = not (decision.takes_some or decision.common_luck) and deciders.ndim == 2
    return plain and deciders.shape == utility.shape[1:] and int(np.count_nonzero(deciders)) * FEW < deciders.size


def _take_few(
    decision: Decision, utility: Array, luck: Luck, temperature: float | Array, choice: Choice, where: Spots
) -> None:
    """Take several options in some cells: only where somebody decides are chances worked out."""
    each, reserved = luck.of_candidates_at(where)
    found = choose_some(where.of_each(utility)[:, None], each[:, None], reserved[None], temperature, decision.most)
    for option, taken in zip(choice, found[:, 0], strict=True):
        where.put_into(option, taken)


def _taken(
    decision: Decision, world: World, utility: Array, luck: Luck, temperature: float | Array, rows: Rows
) -> Choice | Mask:
    if not decision.takes_some:
        return choose(utility, luck.of_rows(rows), temperature)
    over_pairs = len(decision.axes) == 2
    candidates = np.moveaxis(utility[1] - utility[0], 1, 0) if over_pairs else utility
    prices = np.array(decision.prices) if decision.prices else None
    purse = world[decision.purse][rows] if decision.purse else None
    each, reserved = luck.of_candidates(rows)
    taken = choose_some(candidates, each, reserved, temperature, decision.most, prices, purse)
    return np.moveaxis(taken, 0, 1) if over_pairs else taken
