"""Who may act as a sender, and who sits in the charter body: on record, or as an arm has it."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import TINY, Array, Mask
from demarche.cast.cast import Cast
from demarche.engine.draws import Draws
from demarche.world.axes import REGIONS
from demarche.world.calendar import Calendar, Month
from demarche.world.world import World

SENDER_DEMOCRACY = 0.5  # assumption: governments below the middle of the index do not take up others' rights records
SENDER_IDEAL_POINT = 0.3  # assumption: below it no state sponsored or spoke in 1990-1998 (record of sponsors)
FIXED, ROTATING, CONTESTED = 0.0, 1.0, 2.0  # values of the lever `seats`
TERM = 3  # years of a seat, in the Commission as in the Council
BEST_RECORD = 9.0  # assumption: odds of a seat in a contest, best record of rights against worst
SEAT_FIELDS = ("has_seat", "has_next_seat")


def able_ever(cast: Cast) -> Mask:
    """Return which states are able to raise rights in any year `(n_states,)`, in the order of the cast."""
    ever = np.zeros(len(cast.state_codes), dtype=bool)
    for year in cast.years:
        ever |= able(cast, year)
    return ever


def able(cast: Cast, year: int) -> Mask:
    """Return which states are able to raise rights in a year `(n_states,)`, in the order of the cast."""
    able = (cast.yearly("democracy", year) >= SENDER_DEMOCRACY) & (
        cast.yearly("ideal_point", year) >= SENDER_IDEAL_POINT
    )
    others = np.array([code != cast.focal for code in cast.state_codes])
    chosen: Mask = able & cast.present(year) & others
    return chosen


@lru_cache(maxsize=8)
def state_order(cast: Cast) -> NDArray[np.intp]:
    """Return the positions of the cast's states in the order of the world: possible senders first.

    Rules that concern senders only then work on the first rows, a third of all states.
    """
    return np.argsort(~able_ever(cast), kind="stable")


def coming_session(calendar: Calendar, step: int) -> Month:
    """Return the month of the next session, or the present one if none comes."""
    wait = calendar.months_to("session", step)
    return calendar.period.month(step + int(wait) if np.isfinite(wait) else step)


def lay_seats(world: World, cast: Cast, calendar: Calendar, step: int, draws: Draws | None = None) -> None:
    """Lay the seats of this year's and of the coming session into the fields.

    Where an arm sets the lever `seats` members differ by run: those of the first year for good, or members drawn anew.
    As many sit from each region as on record. `draws` may be left out where no arm sets it.
    """
    order = state_order(cast)
    years = (calendar.period.month(step).year, coming_session(calendar, step).year)
    record = [cast.seats(year)[1][order, None] for year in years]
    for name, sits in zip(SEAT_FIELDS, record, strict=True):
        world[name][...] = sits
    if draws is None or np.isnan(world["lever_seats"]).all():
        return
    policy = np.broadcast_to(world["lever_seats"], (world.n_runs,))
    first = cast.seats(calendar.period.start.year)[1][order, None]
    drawn = _drawn(world, draws, step, years, record, policy)
    for name, sits, chosen in zip(SEAT_FIELDS, record, drawn, strict=True):
        seated = np.where(policy == FIXED, first, chosen)
        world[name][...] = np.where(np.isnan(policy), sits, seated) * (world["is_present"] > 0.0)


def _drawn(
    world: World, draws: Draws, step: int, years: tuple[int, ...], record: list[NDArray[np.bool_]], policy: Array
) -> list[Mask]:
    """Return the drawn members of some years, each `(n_states, n_runs)`: those with the highest luck of their region.

    The luck of a state lasts for a term, and terms of states begin in different years, so that about a third changes
    every year; it depends on state and term alone, so that a year has the same members whenever it is asked for.
    """
    n_states, n_runs = len(world.codes["state"]), world.n_runs
    begins = np.floor(TERM * draws.draw_lasting("membership/begins", "state"))
    terms = np.stack([(year + begins) // TERM for year in years]).astype(np.int64)
    rows, runs = (part.ravel() for part in np.indices((n_states, n_runs)))
    where = np.tile(rows, len(years)), np.tile(runs, len(years))
    luck = draws.draw_cells("membership/seat", step, "state", where, count=terms.ravel())
    luck = luck.reshape(len(years), n_states, n_runs)
    merit = math.log(BEST_RECORD) * (world["own_rights"] - 0.5) * (policy == CONTESTED)
    worth = merit - np.log(-np.log(np.maximum(luck, TINY)))
    worth = np.where(world["is_present"] > 0.0, worth, -np.inf)
    return [_seated(score, sits[:, 0], world["region"][:, 0]) for score, sits in zip(worth, record, strict=True)]


def _seated(worth: Array, sits: NDArray[np.bool_], region: Array) -> Mask:
    """Return the members with the highest worth, as many from each region as sit on record."""
    seated = np.zeros(worth.shape, dtype=bool)
    for place in range(len(REGIONS)):
        here = np.flatnonzero(region == place)
        many = int(sits[here].sum())
        if many:
            ranked = np.argsort(-worth[here], axis=0, kind="stable")[:many]
            seated[here[ranked], np.arange(worth.shape[1])] = True
    return seated
