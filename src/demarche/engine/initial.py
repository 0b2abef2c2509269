"""The world at the start and at the turn of each year: facts of the cast laid into fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np

from demarche.arrays import Array
from demarche.cast.cast import Cast
from demarche.engine.draws import Draws
from demarche.engine.homefront import lay_firms, lay_society
from demarche.engine.membership import able, able_ever, coming_session, lay_seats, state_order
from demarche.engine.organisations import lay_organisations, lay_presence
from demarche.engine.votes import lay_others
from demarche.history.votes.running import TERMS
from demarche.world.axes import FIXED_AXES, ISSUE_ROLES, PERSON_STATUS, REGIONS
from demarche.world.calendar import Calendar, Month
from demarche.world.decisions import Decision
from demarche.world.fields import DECLARED, given_as
from demarche.world.world import World

QUANTILES = 2049  # points of the table of a beta distribution; the error stays below 1e-3
DETAINED, AT_LIBERTY = PERSON_STATUS.index("detained"), PERSON_STATUS.index("at_liberty")
STARTS = ("internalisation", "resistance", "nationalism", "belief_costless", "skill")


def make_world(
    cast: Cast,
    n_runs: int,
    draws: Draws,
    calendar: Calendar,
    wide: Iterable[str] = (),
    starts: Mapping[str, Array] | None = None,
    assumed: Mapping[str, Array] | None = None,
) -> World:
    """Return the world before the first month.

    Parameters
    ----------
    cast
        Actors and their attributes.
    n_runs
        Length of the run axis, at least 2.
    draws
        Random numbers for what differs between runs at the start (the persons).
    calendar
        Tells the first year and the coming session.
    wide
        Lever fields, and facts, in which runs differ.
    starts
        Field -> values of the start `(n_runs,)` over those of the cast; NaN leaves these.
    assumed
        Field with gaps in the cast -> what they stand for `(n_runs,)`; see `start_year`.
    """
    world = World(world_codes(cast), n_runs, int(able_ever(cast).sum()), wide)
    _lay_scalars(world, cast, starts or {})
    _lay_issues(world, cast)
    _lay_treaties(world, cast, calendar.period.month(0))
    _lay_starts(world)
    _lay_states(world, cast)
    _lay_dates(world, cast, calendar.period.month(0))
    lay_organisations(world, cast)
    _lay_persons(world, cast, draws)
    lay_firms(world, cast)
    lay_society(world, draws)
    start_year(world, cast, calendar, 0, assumed or {})
    lay_seats(world, cast, calendar, 0, draws)
    return world


def world_codes(cast: Cast) -> dict[str, tuple[str, ...]]:
    """Return the codes of all axes, in the order of the world; rows of rings are axes too."""
    states = tuple(cast.state_codes[i] for i in state_order(cast))
    senders = states[: int(able_ever(cast).sum())]
    ours = {"state": states, "sender": senders, "vote_term": TERMS}
    return {**FIXED_AXES, **DECLARED.ring_axes, **cast.axis_codes, **ours}


def _column(values: list[float]) -> Array:
    return np.array(values, dtype=np.float64)[:, None]


def _lay_scalars(world: World, cast: Cast, starts: Mapping[str, Array]) -> None:
    for name, sourced in cast.initial.items():
        world[name][...] = sourced.value
    for name, values in starts.items():
        np.copyto(world[name], values, where=~np.isnan(values))


def _lay_issues(world: World, cast: Cast) -> None:
    for name in given_as("issue"):
        world[name][...] = _column([issue.levels[name] for issue in cast.issues])
    for group in ("core", "overlap", "social", "procedural"):
        world[f"is_{group}"][...] = _column([float(issue.group == group) for issue in cast.issues])
    for role in ISSUE_ROLES:
        world[f"is_{role}"][...] = _column([float(issue.role == role) for issue in cast.issues])
    world["structural_practice"][...] = world["practice"]
    world["recorded_practice"][...] = world["practice"]
    world["report"][...] = 1.0 - world["practice"]
    world["headline"][...] = (1.0 - world["practice"]) * world["foreign_interest"]


def _lay_treaties(world: World, cast: Cast, first: Month) -> None:
    world["treaty_stage"][...] = _column([float(treaty.stage) for treaty in cast.treaties])
    world["treaty_months"][...] = _column([treaty.months_since(first) for treaty in cast.treaties])
    world["treaty_is_social"][...] = _column([float(treaty.group == "social") for treaty in cast.treaties])
    for row, treaty in enumerate(cast.treaties):
        world["treaty_covers"][row] = _column([float(issue.code in treaty.covers) for issue in cast.issues])


def _lay_starts(world: World) -> None:
    """Remember where stocks began that drift back there, or whose gain since then counts."""
    for name in STARTS:
        world[f"{name}_at_start"][...] = world[name]
    social = world["is_social"]
    world["welfare_at_start"][...] = (world["practice"] * social).sum(axis=0) / max(float(social.sum()), 1.0)


def _lay_states(world: World, cast: Cast) -> None:
    codes = np.array(world.codes["state"])
    regions = [cast.regions[i] for i in state_order(cast)]
    world["is_focal"][...] = (codes == cast.focal)[:, None]
    world["is_critic"][...] = (codes == cast.critic)[:, None]

    world["region"][...] = _column([float(REGIONS.index(region)) for region in regions])
    home = regions[int(np.flatnonzero(codes == cast.focal)[0])]
    world["is_neighbour"][...] = _column([float(region == home) for region in regions])[: world.n_senders]
    world["is_western"][...] = _column([float(region == "western") for region in regions])


def _lay_dates(world: World, cast: Cast, first: Month) -> None:
    """Lay until when the calendar gives visits, after which they are drawn, and whether the focal state trades as one
    of the organisation's members.
    """
    world["next_visit"][...] = 0.0 if cast.visits is None else max(first.steps_to(cast.visits.record_until) + 1, 0)
    world["in_trade_organisation"][...] = cast.trade_organisation is not None and cast.trade_organisation.member


def _lay_persons(world: World, cast: Cast, draws: Draws) -> None:
    """Draw the individuals: issue, fame, organising capacity and whether detained at the start."""
    mix = cast.persons
    luck = {
        label: draws.draw_lasting(f"initial.persons/{label}", "person")
        for label in ("issue", "fame", "status", "skill")
    }
    bounds = np.cumsum(np.array(mix.by_issue))
    bounds /= bounds[-1]
    world["person_issue"][...] = np.searchsorted(bounds, luck["issue"], side="right")
    world["arrest_share"][...] = bounds[:, None]
    steps = np.linspace(0.0, 1.0, len(world.codes["quantile"]))
    for name, shape in (("fame", mix.fame), ("organising", mix.organising)):
        world[f"{name}_quantiles"][...] = _beta_quantiles(*shape, steps)[:, None]
    world["person_fame"][...] = _beta_quantiles(*mix.fame, luck["fame"])
    world["person_organising"][...] = _beta_quantiles(*mix.organising, luck["skill"])
    detained = luck["status"] < mix.detained
    free = ~detained & (luck["status"] < mix.detained + mix.at_liberty)
    world["person_status"][...] = DETAINED * detained + AT_LIBERTY * free
    world["person_detentions"][...] = detained | free


@cache
def _beta_table(a: float, b: float) -> tuple[Array, Array]:
    from scipy.special import betaincinv

    shares = np.linspace(0.0, 1.0, QUANTILES)
    return shares, betaincinv(a, b, shares)


def _beta_quantiles(a: float, b: float, shares: Array) -> Array:
    """Return quantiles of a beta distribution; a table and interpolation, since the inverse is slow."""
    table: Array = np.interp(shares, *_beta_table(a, b))
    return table


def start_year(world: World, cast: Cast, calendar: Calendar, step: int, assumed: Mapping[str, Array]) -> None:
    """Lay the facts of the year into the fields: attributes, presence, blocs, organisations.

    `assumed` holds field -> what gaps of the cast stand for in each run `(n_runs,)`; NaN is what the cast says.
    """
    month, order = calendar.period.month(step), state_order(cast)
    for name, spec in {**given_as("years"), **given_as("pairs")}.items():
        world[name][...] = np.clip(cast.yearly(name, month.year), spec.low, spec.high)[order, None]
    for name, values in assumed.items():
        world[name][...] = cast.assumed(name, month.year, values)[order]
    world["is_present"][...] = cast.present(month.year)[order, None]
    world["is_sender"][...] = able(cast, month.year)[order, None]
    world["in_joint_bloc"][...] = cast.joint_bloc(month.year)[order, None]
    lay_presence(world, cast, month)
    world["trade_talks_open"][...] = cast.trade_organisation is not None and cast.trade_organisation.is_open(month)
    world["statutory_clock"][...] = cast.states.clock[order, None]
    world["presides_bloc"][...] = cast.presides(month.year)[order, None]
    lay_others(world, cast, month.year)


def may_ever_decide(cast: Cast, calendar: Calendar, decision: Decision, code: str, step: int) -> bool:
    """Tell whether a state may be asked for a decision in a step, as far as facts of the cast decide on it.

    Those that hang on what happens in a run, such as an offer, may be.
    """
    if decision.axis != "state" or not decision.among:
        return True
    row, year = cast.index(code), calendar.period.month(step).year
    if decision.rows:
        return bool(able(cast, year)[row])
    year = coming_session(calendar, step).year if decision.among == "has_next_seat" else year
    return year > cast.last_seated or bool(cast.seats(year)[1][row])
