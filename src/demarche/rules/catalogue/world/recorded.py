"""What records say: practice with the error of those who measure it."""

from __future__ import annotations

import math

import numpy as np

from demarche.arrays import Array
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule


@rule(
    "world.record_errs",
    "Yearly scores of practice err, and the error of one year lingers in the next.",
    claims=(),
    accounts=ALL,
    phase="events",
    when="year",
    writes=("recording_error",),
    draws=("error",),
    rates=("recorded_error",),
    parameters=(
        Parameter("lasting", 0.7, 0.5, 0.9, "share", "correlation of the errors of two years", "Fariss; assumption"),
    ),
)  # fmt: skip
def record_errs(w: Fields, now: Moment, *, recorded_error: Array, lasting: Array) -> None:
    """Draw the year's error, one for all issues; the first year has no other behind it."""
    kept = lasting * (now.step > 0)
    fresh = math.sqrt(12.0) * (now.draw("error") - 0.5)
    w.recording_error *= kept
    w.recording_error += np.sqrt(1.0 - kept**2) * recorded_error * fresh


@rule(
    "world.record_is_kept",
    "Records show practice with their error.",
    claims=(),
    accounts=ALL,
    phase="bookkeeping",
    reads=("practice", "recording_error"),
    writes=("recorded_practice",),
)
def record_is_kept(w: Fields, now: Moment) -> None:
    """Write down practice as the month found it."""
    np.clip(w.practice + w.recording_error, 0.0, 1.0, out=w.recorded_practice)
