"""Who may act as a sender, and who sits in the charter body: on record, or as an arm has it."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import TINY, Array, Mask
from demarche.cast.cast import Cast
from demarche.engine.draws import Draws
from demarche.world.calendar import Calendar, Month
from demarche.world.world import World

SENDER_DEMOCRACY = 0.5  # assumption: governments below the middle of the index do not take up others' rights records
SENDER_IDEAL_POINT = 0.3  # assumption: below it no state sponsored or spoke in 1990-1998 (record of sponsors)
FIXED, ROTATING, CONTESTED = 0.0, 1.0, 2.0  # values of the lever `seats`
TERM = 3  # years of a seat, in the Commission as in the Council
BEST_RECORD = 9.0  # assumption: odds of a seat in a contest, best record of rights against worst
BEYOND_LUCK = -math.log(TINY)  # more than luck ever makes up for
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


def draws_seats(cast: Cast, calendar: Calendar) -> bool:
    """Tell whether the period, or a session that follows it, goes beyond the seats on record."""
    return coming_session(calendar, calendar.period.n_steps - 1).year > cast.last_seated


def lay_seats(world: World, cast: Cast, calendar: Calendar, step: int, draws: Draws | None = None) -> None:
    """Lay the seats of this year's and of the coming session into the fields.

    Members are those on record; after its last year they are drawn by region for terms of three years, where members
    on record serve out their terms and whoever sat in every year of it goes on. Where an arm sets the lever `seats`
    they are those of the first year for good, or drawn anew from the start, or elected. Drawn members differ by run.
    `draws` may be left out where all years are on record and no arm sets the lever.
    """
    order = state_order(cast)
    years = (calendar.period.month(step).year, coming_session(calendar, step).year)
    record = [cast.seats(year)[1][order, None] for year in years]
    for name, sits in zip(SEAT_FIELDS, record, strict=True):
        world[name][...] = sits
    beyond = [year > cast.last_seated for year in years]
    if draws is None or (not any(beyond) and np.isnan(world["lever_seats"]).all()):
        return
    policy = np.broadcast_to(world["lever_seats"], (world.n_runs,))
    first = cast.seats(calendar.period.start.year)[1][order, None]
    drawn = _drawn(world, cast, draws, years, policy)
    for name, sits, chosen, late in zip(SEAT_FIELDS, record, drawn, beyond, strict=True):
        seated = np.where(policy == FIXED, first, chosen)
        free = chosen if late else sits
        world[name][...] = np.where(np.isnan(policy), free, seated) * (world["is_present"] > 0.0)


def _drawn(world: World, cast: Cast, draws: Draws, years: tuple[int, ...], policy: Array) -> list[Mask]:
    """Return the drawn members of some years, each `(n_states, n_runs)`: those with the highest luck of their region.

    The luck of a state lasts for a term, and terms of states begin in different years, so that about a third changes
    every year; it depends on state and term alone, so that a year has the same members whenever it is asked for.
    After the record a term that had begun is served out, and whoever sat in every year of it goes on: custom known by
    then, an assumption for later.
    """
    asked = tuple(dict.fromkeys(years))
    begins = np.floor(TERM * draws.draw_lasting("membership/begins", "state"))
    luck = _luck_of_terms(draws, asked, begins)
    if (policy == CONTESTED).any():
        merit = math.log(BEST_RECORD) * (world["own_rights"] - 0.5) * (policy == CONTESTED)
        luck = [merit - np.log(-np.log(np.maximum(one, TINY))) for one in luck]
    order, last, free = state_order(cast), cast.last_seated, np.isnan(policy)
    found = {}
    for worth, year in zip(luck, asked, strict=True):
        if year > last and free.any():
            same_term = year // TERM + _is_next(year, begins) == last // TERM + _is_next(last, begins)
            served_out = same_term & cast.seats(last)[1][order, None]
            sure = free & (served_out | cast.seated_always[order, None])
            worth = np.where(sure, worth + BEYOND_LUCK, worth)
        worth = np.where(world["is_present"] > 0.0, worth, -np.inf)
        found[year] = _seated(worth, cast.quotas(year), world["region"][:, 0])
    return [found[year] for year in years]


def _luck_of_terms(draws: Draws, years: tuple[int, ...], begins: Array) -> list[Array]:
    """Return the luck of states in the terms in which years lie, each `(n_states, n_runs)`."""
    first = min(years) // TERM
    counts = range(first, max(years) // TERM + 2)
    by_term = draws.draw_counts("membership/seat", counts, "state")
    late = [(by_term[year // TERM + 1 - first], by_term[year // TERM - first]) for year in years]
    return [np.where(_is_next(year, begins), *pair) for year, pair in zip(years, late, strict=True)]


def _is_next(year: int, begins: Array) -> Mask:
    """Tell of which states the term that a year lies in is the later of the two that it may be."""
    return begins >= TERM - year % TERM


def _seated(worth: Array, quotas: NDArray[np.int64], region: Array) -> Mask:
    """Return the members with the highest worth, as many from each region as it has seats `(n_regions,)`."""
    seated = np.zeros(worth.shape, dtype=bool)
    for place, quota in enumerate(quotas):
        here = np.flatnonzero(region == place)
        many = min(int(quota), len(here))
        if many:  # by place and not by worth: two may be worth the same
            best = np.argpartition(worth[here], len(here) - many, axis=0)[len(here) - many :]
            seated[here[best], np.arange(worth.shape[1])] = True
    return seated
