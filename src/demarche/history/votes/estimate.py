"""Estimation in two steps: coefficients that hold for any target, then effects of the targets on record.

First step: every motion on a target with earlier votes stands twice, once with these votes forgotten, so that
coefficients also serve targets that are new. Weights even out targets with many motions. Second step, the first one
held fixed: effects of the target (level, slope on ideal point and on democracy) and each member's lasting strictness.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demarche.history.votes.attributes import Attributes
from demarche.history.votes.baselines import fit_baselines
from demarche.history.votes.features import BASE_NAMES, FEATURES, OF_TARGETS, columns, labels, scales_of
from demarche.history.votes.left_out import LeftOut
from demarche.history.votes.logit import Fitted, Rows, fit
from demarche.history.votes.memory import Known, Memory
from demarche.history.votes.posterior import Posterior, Settings, effect_columns
from demarche.history.votes.rollcalls import NONE, STANCE_OF, RollCall, in_order

FORGOTTEN = 0.3
"""Weight of the copy of a motion in which earlier votes on its target are forgotten; the other copy has the rest."""
EVENING = -0.5
"""A target with n motions weighs n to the power of 1 plus this."""
BASE_SPREAD = 2.0


@dataclass(frozen=True, eq=False)
class Sheet:
    """Votes of one motion with what was known before it, and the same with its target forgotten.

    Parameters
    ----------
    call
        The motion.
    known, forgotten
        What was known of those who took a stance; the latter None where the target was new anyway.
    stance
        Index of each stance.
    """

    call: RollCall
    known: Known
    forgotten: Known | None
    stance: NDArray[np.int64]


def lay_out(memory: Memory, calls: Iterable[RollCall], forgets: bool = True) -> list[Sheet]:
    """Return a sheet for each roll call in which somebody took a stance."""
    found = []
    for call in calls:
        stances = {code: STANCE_OF.get((call.kind, word), NONE) for code, word in sorted(call.votes.items())}
        members = [code for code, stance in stances.items() if stance != NONE]
        if members:
            known = memory.known(call, members)
            forgotten = memory.known(call, members, hides_target=True) if forgets and known.has_target else None
            found.append(Sheet(call, known, forgotten, np.array([stances[code] for code in members])))
    return found


def estimate(calls: Sequence[RollCall], attributes: Attributes, settings: Settings) -> Posterior:
    """Return the model estimated on roll calls, which are all that it knows of history."""
    return estimate_on(lay_out(Memory(in_order(calls), attributes), calls), settings)


def estimate_on(sheets: Sequence[Sheet], settings: Settings) -> Posterior:
    """Return the model estimated on sheets."""
    first, scales = fit_any(sheets, settings)
    return with_effects(sheets, first, scales, settings)


def with_effects(
    sheets: Sequence[Sheet], first: Fitted, scales: Mapping[str, tuple[float, float]], settings: Settings
) -> Posterior:
    """Return the model with effects of targets and members, given the coefficients that hold for any target."""
    targets = tuple(sorted({sheet.call.target for sheet in sheets}))
    members = tuple(sorted({code for sheet in sheets for code in sheet.known.members}))
    second = _fit_effects(sheets, scales, first, targets, members, settings)
    return Posterior(
        settings, scales, first.mean, first.covariance, targets, members,
        max(sheet.call.year for sheet in sheets), second.mean, second.covariance,
        np.concatenate([first.motions, second.motions]),
        fit_baselines([(sheet.known, sheet.stance) for sheet in sheets]),
    )  # fmt: skip


def fit_without(calls: Sequence[RollCall], attributes: Attributes, posterior: Posterior, target: str) -> LeftOut:
    """Return the model estimated on the roll calls on all other targets, with the priors and scales of the whole one.

    Strengths of priors were chosen, among three each, with all targets; scales are of attributes, not of votes.
    """
    others = [call for call in calls if call.target != target]
    sheets = lay_out(Memory(in_order(others), attributes), others)
    found, _ = fit_any(sheets, posterior.settings, posterior.scales)
    return LeftOut(found.mean, found.covariance, found.motions[0])


def fit_any(
    sheets: Sequence[Sheet], settings: Settings, scales: Mapping[str, tuple[float, float]] | None = None
) -> tuple[Fitted, Mapping[str, tuple[float, float]]]:
    """Return the coefficients that hold for any target, and the scales of features: those given, or of the sheets."""
    scales = scales or scales_of([sheet.known for sheet in sheets])
    counts: dict[str, int] = {}
    for sheet in sheets:
        counts[sheet.call.target] = counts.get(sheet.call.target, 0) + 1
    parts: list[tuple[Known, NDArray[np.int64], int, float]] = []
    for sheet in sheets:
        weight = counts[sheet.call.target] ** EVENING
        if sheet.forgotten is None:
            parts.append((sheet.known, sheet.stance, int(not sheet.known.has_target), weight))
        else:
            parts.append((sheet.known, sheet.stance, 0, weight * (1 - FORGOTTEN)))
            parts.append((sheet.forgotten, sheet.stance, 1, weight * FORGOTTEN))
    sizes = [len(stance) for _, stance, _, _ in parts]
    both = [columns(FEATURES, known, scales) for known, _, _, _ in parts]
    weights = np.repeat([weight for *_, weight in parts], sizes)
    rows = Rows(
        abstain=np.vstack([a for a, _ in both]),
        favour=np.vstack([f for _, f in both]),
        stance=np.concatenate([stance for _, stance, _, _ in parts]),
        motion=np.repeat(np.arange(len(parts)), sizes),
        kind=np.repeat([kind for _, _, kind, _ in parts], sizes),
        weight=weights * sum(len(sheet.stance) for sheet in sheets) / weights.sum(),
    )
    names = labels(FEATURES)
    spread = np.array([BASE_SPREAD if name in BASE_NAMES else settings.features for name in names])
    return fit(rows, np.zeros(len(names)), spread), scales


def _fit_effects(
    sheets: Sequence[Sheet], scales: Mapping[str, tuple[float, float]], first: Fitted,
    targets: Sequence[str], members: Sequence[str], settings: Settings,
) -> Fitted:  # fmt: skip
    known = stacked([sheet.known for sheet in sheets])
    sizes = [len(sheet.stance) for sheet in sheets]
    of_rows = [sheet.call.target for sheet in sheets for _ in sheet.stance]
    both = [columns(FEATURES, sheet.known, scales) for sheet in sheets]
    fixed = [np.concatenate([pair[place] for pair in both]) @ first.mean for place in (0, 1)]
    a, f = effect_columns(known, of_rows, targets, members, scales)
    rows = Rows(
        abstain=np.hstack([fixed[0][:, None], a]),
        favour=np.hstack([fixed[1][:, None], f]),
        stance=np.concatenate([sheet.stance for sheet in sheets]),
        motion=np.repeat(np.arange(len(sheets)), sizes),
        kind=np.array([targets.index(target) for target in of_rows]),
        weight=np.ones(sum(sizes)),
    )
    n_effects = 2 * len(OF_TARGETS) * len(targets)
    spread = np.concatenate([[1e-6], np.full(n_effects, settings.targets), np.full(len(members), settings.members)])
    found = fit(rows, np.concatenate([[1.0], np.zeros(len(spread) - 1)]), spread)
    return Fitted(found.mean[1:], found.covariance[1:, 1:], found.motions)


def stacked(known: Sequence[Known]) -> Known:
    """Return what was known before several roll calls in one; arrays one after the other."""
    values: dict[str, Any] = {}
    for field in fields(Known):
        found = [getattr(one, field.name) for one in known]
        values[field.name] = np.concatenate(found) if isinstance(found[0], np.ndarray) else found[0]
    values["members"] = tuple(code for one in known for code in one.members)
    return Known(**values)

