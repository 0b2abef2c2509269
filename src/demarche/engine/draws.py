"""The random numbers of a batch: the luck of an actor belongs to the actor.

A rule switched off moves nobody else's draws, a state added leaves the other states' luck as it
was, and replication k meets the same luck in every arm, account and design point; see `demarche.keyed`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import BELOW_ONE, REAL, TINY, Array, Cells
from demarche.errors import Problem, RuleError
from demarche.keyed import Keys, entity_keys, run_keys, text_key, uniforms, uniforms_at

Axes = str | tuple[str, ...]


def pair_keys(first: Sequence[str], second: Sequence[str]) -> Keys:
    """Return keys `(n_first, n_second)` of pairs of entities, each a digest of both codes."""
    return np.array([[text_key(f"{one}|{other}") for other in second] for one in first], dtype=np.uint64).reshape(
        len(first), len(second)
    )


def joint(own: Array, common: Array, correlation: float | Array) -> Array:
    """Return uniforms of rows whose luck has a part in common.

    Both are turned into normals, `sqrt(r) common + sqrt(1 - r) own`, and back; two rows of a run then
    have normals that correlate by r.

    Parameters
    ----------
    own
        Uniforms `(..., n_runs)`.
    common
        Uniforms `(n_runs,)`.
    correlation
        r in [0, 1], one for all or `(n_runs,)`.
    """
    from scipy.special import ndtr, ndtri

    shared, apart = ndtri(np.clip(common, TINY, BELOW_ONE)), ndtri(np.clip(own, TINY, BELOW_ONE))
    kept = np.asarray(correlation, dtype=REAL)
    together: Array = ndtr(np.sqrt(kept) * shared + np.sqrt(1.0 - kept) * apart)
    return np.minimum(together, BELOW_ONE, out=together)


class Draws:
    """The random numbers of one chunk of runs; refuses the same key twice in a step."""

    def __init__(self, seeds: Sequence[int] | NDArray[np.int64], axis_codes: Mapping[str, tuple[str, ...]]) -> None:
        self.seeds = tuple(int(seed) for seed in seeds)
        # arms and design points that are paired share seeds, and what belongs to a seed is computed once
        number = {seed: number for number, seed in enumerate(dict.fromkeys(self.seeds))}
        place = np.array([number[seed] for seed in self.seeds], dtype=np.intp)
        self._place = place if len(number) < len(place) else None
        self._in_turns = bool((place == np.arange(len(place)) % len(number)).all())
        self._seeds = run_keys(list(number))
        self._codes = dict(axis_codes)
        self._entities: dict[Axes, Keys] = {}
        self._named: dict[tuple[str, ...], Keys] = {}
        self._streams: dict[str, np.uint64] = {}
        self._lasting: dict[str, Array] = {}
        self._used: set[str] = set()

    def _keys_of(self, axes: Axes) -> Keys:
        """Return keys of the members of an axis `(n,)`, or of the pairs of two axes `(n, m)`."""
        if axes not in self._entities:
            named = (axes,) if isinstance(axes, str) else axes
            codes = [self._codes[axis] for axis in named]
            self._entities[axes] = entity_keys(codes[0]) if len(codes) == 1 else pair_keys(codes[0], codes[1])
        return self._entities[axes]

    def start_step(self) -> None:
        """Forget which streams were used."""
        self._used.clear()

    def draw(
        self, stream: str, step: int, axis: Axes | None = None, rows: NDArray[np.intp] | slice | None = None
    ) -> Array:
        """Return this step's uniforms of a stream, of all members of an axis or of some rows.

        With two axes, of all pairs of their members; rows then are rows of the first.

        Raises
        ------
        RuleError
            If the stream was already drawn in this step.
        """
        self._use(stream)
        entities = self._keys_of(axis) if axis else None
        if entities is not None and rows is not None:
            entities = entities[rows]
        return self._uniforms(stream, step, entities)

    def draw_joint(
        self,
        stream: str,
        step: int,
        axis: Axes,
        correlation: float | Array,
        rows: NDArray[np.intp] | slice | None = None,
    ) -> Array:
        """Return this step's uniforms with a part in common, see `joint`, of all members of an axis or of some rows."""
        own, common = f"{stream}/own", f"{stream}/common"
        self._use(own)
        self._use(common)
        entities = self._keys_of(axis)
        each = self._of_seeds(own, step, entities if rows is None else entities[rows])
        shared = self._of_seeds(common, step, None)
        if np.ndim(correlation):  # runs of a seed may differ in it
            return joint(self._spread(each), self._spread(shared), correlation)
        return self._spread(joint(each, shared, correlation))

    def draw_counts(self, stream: str, counts: Sequence[int], axis: Axes) -> Array:
        """Return uniforms of all members of an axis for each of several counts `(n_counts, n, n_runs)`.

        They are those that `draw_cells` gives with these counts in place of the step.
        """
        self._use(stream)
        return np.stack([self._uniforms(stream, count, self._keys_of(axis)) for count in counts])

    def draw_names(self, stream: str, step: int, names: Sequence[str], axis: str, rows: NDArray[np.intp]) -> Array:
        """Return this step's uniforms of names, such as options, for some rows `(n_names, n_rows, n_runs)`."""
        self._use(stream)
        return self._uniforms(stream, step, self._keys_of_names(names, axis)[:, rows])

    def draw_cells(
        self, stream: str, step: int, axis: Axes, where: Cells, count: NDArray[np.int64] | None = None
    ) -> Array:
        """Return this step's uniforms of some members of an axis in some runs, `(n,)`; see `Moment.draw_cells`."""
        self._use(stream)
        rows, runs = where
        steps, entities = step if count is None else count, self._keys_of(axis)[rows]
        seeds = self._seeds[runs if self._place is None else self._place[runs]]
        return uniforms_at(seeds, self._key(stream), steps, entities, REAL)

    def draw_names_cells(self, stream: str, step: int, names: Sequence[str], axis: str, where: Cells) -> Array:
        """Return this step's uniforms of names for some members in some runs `(n_names, n)`: those of `draw_names`."""
        self._use(stream)
        keys = self._keys_of_names(names, axis)
        seeds = self._seeds[where[1] if self._place is None else self._place[where[1]]]
        return uniforms_at(seeds, self._key(stream), step, keys[:, where[0]], REAL)

    def _keys_of_names(self, names: Sequence[str], axis: str) -> Keys:
        key = (axis, *names)
        if key not in self._named:
            self._named[key] = pair_keys(names, self._codes[axis])
        return self._named[key]

    def _use(self, stream: str) -> None:
        if stream in self._used:
            fix = "declare a second label"
            raise RuleError([Problem(stream, "the same random number was drawn twice in a step", fix=fix)])
        self._used.add(stream)

    def _uniforms(self, stream: str, step: int, entities: Keys | None) -> Array:
        return self._spread(self._of_seeds(stream, step, entities))

    def _of_seeds(self, stream: str, step: int, entities: Keys | None) -> Array:
        """Return uniforms of the different seeds, the run axis no longer than they are many."""
        flat = None if entities is None else entities.reshape(-1)
        values = uniforms(self._seeds, self._key(stream), step, flat, REAL)
        return values if entities is None else values.reshape(*entities.shape, len(self._seeds))

    def _spread(self, values: Array) -> Array:
        """Give each run what its seed has."""
        if self._place is None:
            return values
        if not self._in_turns:
            return values[..., self._place]
        whole, rest = divmod(len(self.seeds), len(self._seeds))  # repeating takes a third of the time of looking up
        repeated = np.tile(values, whole)
        return np.concatenate([repeated, values[..., :rest]], axis=-1) if rest else repeated

    def draw_lasting(self, stream: str, axis: Axes | None = None) -> Array:
        """Return the uniforms of a stream that last through the run (kept, read-only)."""
        if stream not in self._lasting:
            values = self._uniforms(stream, -1, self._keys_of(axis) if axis else None)
            values.flags.writeable = False
            self._lasting[stream] = values
        return self._lasting[stream]

    def _key(self, stream: str) -> np.uint64:
        if stream not in self._streams:
            self._streams[stream] = text_key(stream)
        return self._streams[stream]
