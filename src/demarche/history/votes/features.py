"""From what is known to the columns of the model: what each adds to abstaining, and to voting for the target.

The stance against the target is the base. A share enters all three stances with one coefficient, as the
smoothed logarithm of the share of each; any other feature has one coefficient for abstaining and one for leaning to
the target's side, which abstaining shares by half: so a record turned round gives the same model turned round.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from demarche.arrays import Array
from demarche.history.votes.memory import Known

SMOOTH = 0.1
"""Added to each share before the logarithm."""
REACH = 3.0
"""Standard deviations beyond which a feature is taken as at the edge: no line is drawn further than the data."""
LEAST_SCALE = 0.05

Scales = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Feature:
    """One feature of the model.

    Parameters
    ----------
    name, meaning
        Name, and what it says, in words.
    values
        Of what is known: shares `(n, 3)` or numbers `(n,)`; NaN counts as average.
    when
        For whom it counts `(n,)`: 1 or 0.
    scaled
        Under what name its mean and spread are kept, empty if it is left as it is.
    """

    name: str
    meaning: str
    values: Callable[[Known], Array]
    when: Callable[[Known], Array]
    scaled: str = ""
    is_share: bool = False

    def columns(self, known: Known, scales: Scales) -> list[tuple[Array, Array]]:
        """Return what a unit of each of its coefficients adds to abstaining and to voting for."""
        added = self.added(known, scales, self.when(known), {})
        return [(a, np.zeros_like(a) if f is None else f) for a, f in added]

    def added(
        self, known: Known, scales: Scales, when: Array, kept: dict[int, Array]
    ) -> list[tuple[Array, Array | None]]:
        """Return the columns, None where voting for gains nothing.

        Parameters
        ----------
        known, scales
            As in `columns`.
        when
            For whom it counts `(n,)`.
        kept
            Logarithms of shares of `known`, which features have in common.
        """
        values = self.values(known)
        if self.is_share:
            odds = values if self.name == "own_recent" else _logarithm(values, kept)
            return [((odds[:, 1] - odds[:, 0]) * when, (odds[:, 2] - odds[:, 0]) * when)]
        if self.scaled:
            centre, scale = scales[self.scaled]
            values = np.clip(np.nan_to_num((values - centre) / scale), -REACH, REACH)
        found = values * when
        return [(found, None), (found / 2, found)]

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the names of its coefficients."""
        return (self.name,) if self.is_share else (f"{self.name}:abstain", f"{self.name}:lean")


def _logarithm(shares: Array, kept: dict[int, Array]) -> Array:
    if id(shares) not in kept:
        kept[id(shares)] = np.log(shares + SMOOTH)
    return kept[id(shares)]


def _always(known: Known) -> Array:
    return np.ones_like(known.has_own)


def _seen(known: Known) -> Array:
    return known.has_own


def _unseen(known: Known) -> Array:
    return 1.0 - known.has_own


def _new(known: Known) -> Array:
    return np.full_like(known.has_own, 1.0 - known.has_target)


def _procedural(known: Known) -> Array:
    return np.full_like(known.has_own, known.is_procedural)


def _share(name: str, meaning: str, values: Callable[[Known], Array], when: Callable[[Known], Array]) -> Feature:
    return Feature(name, meaning, values, when, is_share=True)


def _both(name: str, meaning: str, values: Callable[[Known], Array]) -> tuple[Feature, Feature]:
    """Return a share for members with an own vote on the target, and for those without."""
    return (
        _share(name, f"{meaning}, own vote known", values, _seen),
        _share(f"{name}_no_own", f"{meaning}, no own vote known", values, _unseen),
    )


FEATURES = (
    _share("own_recent", "own recent votes on the target, faded by age", lambda known: known.recent, _seen),
    _share("own_share", "own earlier votes on the target", lambda known: known.own, _seen),
    *_both("group", "recent votes of the regional group on the target", lambda known: known.group),
    *_both("near", "recent votes on the target of members near in ideal point", lambda known: known.near),
    *_both("everybody", "recent votes of all on the target", lambda known: known.everybody),
    *_both("alike", "own votes on other targets like it", lambda known: known.alike),
    Feature("base", "base", _always, _always),
    Feature("has_own", "an own vote on the target is known", _seen, _always),
    Feature("new_target", "no vote on the target is known", _new, _always),
    Feature("no_action", "motion to take no action", _procedural, _always),
    Feature("no_action_ideal", "ideal point, motion to take no action", lambda k: k.ideal_point, _procedural, "ideal"),
    Feature("distance", "distance to the target, own vote known", lambda k: k.distance, _seen, "distance"),
    Feature("distance_no_own", "distance to the target, no own vote known", lambda k: k.distance, _unseen, "distance"),
    Feature("distance_new", "distance to a target new to the record", lambda k: k.distance, _new, "distance"),
    Feature("ideal_new", "ideal point, target new to the record", lambda k: k.ideal_point, _new, "ideal"),
)
BASE_NAMES = ("base:abstain", "base:lean")

OF_TARGETS = (
    Feature("target", "the target", _always, _always),
    Feature("target_ideal", "ideal point, for this target", lambda known: known.ideal_point, _always, "ideal"),
    Feature("target_democracy", "democracy, for this target", lambda known: known.democracy, _always, "democracy"),
)
"""What may differ by target where the training record holds it."""

SCALED: Mapping[str, Callable[[Known], Array]] = {
    "ideal": lambda known: known.ideal_point,
    "distance": lambda known: known.distance,
    "democracy": lambda known: known.democracy,
}  # fmt: skip


def labels(features: tuple[Feature, ...]) -> tuple[str, ...]:
    """Return the names of all coefficients."""
    return tuple(label for feature in features for label in feature.labels)


def columns(features: tuple[Feature, ...], known: Known, scales: Scales) -> tuple[Array, Array]:
    """Return the columns of abstaining and of voting for, each `(n_members, n_coefficients)`."""
    pairs = [pair for feature in features for pair in feature.columns(known, scales)]
    return np.stack([pair[0] for pair in pairs], axis=1), np.stack([pair[1] for pair in pairs], axis=1)


def scales_of(rows: list[Known]) -> dict[str, tuple[float, float]]:
    """Return mean and spread of the features that are scaled."""
    found = {}
    for name, read in SCALED.items():
        values = np.concatenate([read(known) for known in rows])
        found[name] = float(np.nanmean(values)), max(float(np.nanstd(values)), LEAST_SCALE)
    return found
