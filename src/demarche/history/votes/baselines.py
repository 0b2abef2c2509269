"""What the model has to beat: last vote, group, ideal point, covariates; fitted on the same training data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.history.votes.features import REACH
from demarche.history.votes.logit import Rows, fit, softmax
from demarche.history.votes.memory import Known
from demarche.history.votes.rollcalls import NONE, STANCES

NAMES = ("persistence", "group", "ideal_point", "covariates")
COUNT = 0.5
"""Added to every count of a table."""
SPREAD = 2.0
"""Standard deviation of the prior of a logit's coefficients, for standardised covariates: hardly a limit."""
LEAST_SCALE = 0.05

Seen = Sequence[tuple[Known, NDArray[np.int64]]]


def fit_baselines(seen: Seen) -> dict[str, Any]:
    """Return the parameters of all baselines as plain numbers."""
    after, majority, overall = np.full((3, 3), COUNT), np.full((3, 3), COUNT), np.full(3, COUNT)
    for known, stance in seen:
        has = known.last != NONE
        np.add.at(after, (known.last[has], stance[has]), 1.0)
        told = ~np.isnan(known.group_last[:, 0])
        np.add.at(majority, (known.group_last[told].argmax(axis=1), stance[told]), 1.0)
        np.add.at(overall, stance, 1.0)
    return {
        "after": _rows(after),
        "majority": _rows(majority),
        "overall": np.round(overall / overall.sum(), 5).tolist(),
        "ideal_point": _fit_logit(seen, _ideal_point),
        "covariates": _fit_logit(seen, _covariates),
    }


def baseline_chances(parameters: Mapping[str, Any], known: Known) -> dict[str, Array]:
    """Return the chances of the stances `(n, 3)` by baseline.

    `persistence`: the stance that followed the same last stance in training; without one, as the group voted last,
    and where nobody of it did, as all votes of training. `group`: what followed the majority of the group.
    """
    overall = np.array(parameters["overall"])
    told = ~np.isnan(known.group_last[:, :1])
    shares = np.where(told, (known.group_last + COUNT * overall) / (1 + COUNT), overall)
    major = np.nan_to_num(known.group_last).argmax(axis=1)
    return {
        "persistence": np.where((known.last != NONE)[:, None], np.array(parameters["after"])[known.last], shares),
        "group": np.where(told, np.array(parameters["majority"])[major], overall),
        "ideal_point": _logit(parameters["ideal_point"], _ideal_point(known)),
        "covariates": _logit(parameters["covariates"], _covariates(known)),
    }


def _rows(counts: Array) -> list[list[float]]:
    found: list[list[float]] = np.round(counts / counts.sum(axis=1, keepdims=True), 5).tolist()
    return found


def _ideal_point(known: Known) -> Array:
    procedural = np.full(len(known.members), known.is_procedural)
    return np.stack([known.ideal_point, known.distance, procedural, procedural * known.ideal_point], axis=1)


def _covariates(known: Known) -> Array:
    target = np.full(len(known.members), known.target_democracy)
    last = [(known.last == stance).astype(np.float64) for stance in range(len(STANCES))]
    return np.column_stack([_ideal_point(known), known.democracy, target, *last])


def _fit_logit(seen: Seen, covariates: Any) -> dict[str, Any]:
    """Return centre, scale and coefficients of a plain logit of three stances."""
    values = np.vstack([covariates(known) for known, _ in seen])
    centre = np.nanmean(values, axis=0)
    scale = np.maximum(np.nanstd(values, axis=0), LEAST_SCALE)
    stance = np.concatenate([stance for _, stance in seen])
    found = {"centre": np.round(centre, 5).tolist(), "scale": np.round(scale, 5).tolist()}
    x = _standard(found, values)
    zero, n = np.zeros_like(x), len(x)
    rows = Rows(
        np.hstack([x, zero]), np.hstack([zero, x]), stance, np.zeros(n, np.int64), np.zeros(n, np.int64), np.ones(n)
    )
    mean = fit(rows, np.zeros(2 * x.shape[1]), np.full(2 * x.shape[1], SPREAD), has_effects=False).mean
    return {**found, "coefficients": np.round(mean.reshape(2, -1), 5).tolist()}


def _standard(parameters: Mapping[str, Any], values: Array) -> Array:
    scaled = (values - np.array(parameters["centre"])) / np.array(parameters["scale"])
    clipped = np.clip(np.nan_to_num(scaled), -REACH, REACH)
    return np.hstack([np.ones((len(values), 1)), clipped])


def _logit(parameters: Mapping[str, Any], values: Array) -> Array:
    abstain, favour = (_standard(parameters, values) @ np.array(one) for one in parameters["coefficients"])
    return softmax(abstain, favour)
