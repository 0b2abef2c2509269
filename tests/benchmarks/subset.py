"""A part of the model that runs alone, small enough to be written again in other frameworks.

Twenty-five rules of the account `cooperative_learning`: standing will and credit of senders, their
choice of channel, the pressure they voice, names on lists and in public, the focal state's choice for
each detained person, releases and the arrests that follow them, and what is remembered. Left out are
dialogues, UN bodies, votes, treaties, trade, calendar events, society and NGO work; headlines and
emergency rule therefore stay as they were at the start.

Every framework gets the same `Facts` (attributes of the cast and persons at the start) and the same
keyed random numbers, and leaves the same series.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import Array
from demarche.engine.draws import Draws
from demarche.engine.initial import make_world, start_year, world_codes
from demarche.engine.setup import Setup
from demarche.engine.simulation import Simulation, Turn
from demarche.keyed import entity_keys, run_keys, text_key
from demarche.rules.find import find_rules, get_rule, parameters
from demarche.world.decisions import Decision
from demarche.world.fields import FIELDS
from demarche.world.world import World

ACCOUNT, ARM = "cooperative_learning", "subset"
RULES = (
    "sender.standing_will", "sender.starting_credit", "target.exposure", "target.resistance_blunts",
    "sender.default_silence", "sender.raising", "sender.remembered_yields",
    "pressure.voice", "pressure.case_lists", "pressure.public_naming",
    "target.affront_hardens", "target.chosen_releases", "target.exile_pays", "target.holds", "target.threat_screen",
    "target.free_people", "target.revolving_door", "target.routine_arrests",
    "pressure.resentment", "target.rejects_criticism",
    "pressure.attention_fades", "pressure.remembered", "pressure.resistance_settles", "sender.yields",
    "target.new_faces",
)  # fmt: skip
DECISIONS_TAKEN = ("channel", "release")
STREAMS = (
    "decide.channel", "pressure.case_lists/listed", "pressure.public_naming/named", "decide.release",
    "target.revolving_door/taken", "target.routine_arrests/taken", "target.new_faces/arrival",
    "target.new_faces/person",
)  # fmt: skip
CHANNEL, LISTED, NAMED, RELEASE, DOOR, ROUTINE, ARRIVAL, PERSON = range(len(STREAMS))
YEARLY = ("is_sender", "is_present", "ideal_point", "democracy", "own_rights", "aid_need", "economic_weight")
LASTING = ("is_focal", "is_critic", "is_western")
PERSONAL = ("person_issue", "person_fame", "person_organising", "person_status")
STARTS = ("resistance", "target_needs", "target_status", "security_effort")


def _of(name: str, row: int | None = None) -> Callable[[World], Array]:
    def read(world: World) -> Array:
        return world[name] if row is None else (world[name] == row).sum(axis=0)

    return read


def _sum(name: str) -> Callable[[World], Array]:
    def total(world: World) -> Array:
        rows = world.n_senders if FIELDS[name].axes == ("state",) else None
        values: Array = world[name][:rows].sum(axis=0)
        return values

    return total


SERIES: dict[str, Callable[[World], Array]] = {
    "quiet_senders": _of("channel_event", 1),
    "vocal_senders": _of("channel_event", 2),
    "will": _sum("sender_will"),
    "quiet_yields": _sum("quiet_yield"),
    "vocal_yields": _sum("vocal_yield"),
    "rounds_in_vain": _sum("silent_rounds"),
    "public_stance": _sum("public_stance"),
    "quiet_pressure": _of("quiet_pressure"),
    "vocal_pressure": _of("vocal_pressure"),
    "pressure_memory": _of("pressure_memory"),
    "pressure_effect": _of("pressure_effect"),
    "resistance": _of("resistance"),
    "raised": lambda world: (world["person_raised"] > 0).sum(axis=0),
    "treated_better": _of("person_event", 3),
    "released": _of("person_event", 4),
    "exiled": _of("person_event", 5),
    "detained": _of("person_status", 1),
    "detentions": _sum("person_detentions"),
    "treatment": _sum("person_treatment"),
    "fame": _sum("person_fame"),
    "concessions": _of("recent_concessions"),
}

_PATHS = [path for rule in RULES for path in get_rule(rule).parameter_paths]
Numbers: Any = namedtuple("Numbers", [path.partition(".")[2].replace(".", "_") for path in _PATHS])  # type: ignore[misc]


class Facts(NamedTuple):
    """What all runs have in common; yearly arrays have one row a year, by `year_of` of the step."""

    year_of: NDArray[np.int64]
    yearly: NDArray[np.float64]  # (n_years, len(YEARLY), n_senders)
    lasting: NDArray[np.float64]  # (len(LASTING), n_senders)
    campaigns: NDArray[np.float64]  # (n_years,): weight of the organisations at work
    headline: NDArray[np.float64]  # (n_issues,)
    starts: NDArray[np.float64]  # (len(STARTS),)
    sender_keys: NDArray[np.uint64]
    case_keys: NDArray[np.uint64]
    stream_keys: NDArray[np.uint64]


def subset_setup(setup: Setup) -> Setup:
    """Return the case with one arm in which only the rules of the subset are on."""
    off = tuple(rule.id for rule in find_rules() if rule.id not in RULES)
    return replace(setup, arms={ARM: replace(setup.arms["as_it_was"], name=ARM, rules_off=off)})


def numbers(setup: Setup) -> Any:
    """Return the values of the parameters of the subset."""
    known, settings = parameters(), setup.accounts[ACCOUNT].settings
    return Numbers(*(float(settings.get(path, known[path].default)) for path in _PATHS))


def facts_of(setup: Setup) -> Facts:
    """Return what the cast says, read from the engine's own world year by year."""
    calendar = setup.arms[ARM].calendar
    codes = world_codes(setup.cast)
    world = make_world(setup.cast, 2, Draws([0, 1], codes), calendar)
    rows, years, campaigns, year_of = world.n_senders, [], [], []
    for step in range(setup.period.n_steps):
        if calendar.is_due("year", step):
            start_year(world, setup.cast, calendar, step)
            years.append([world[name][:rows, 0].copy() for name in YEARLY])
            campaigns.append((world["ngo_is_active"] * world["ngo_budget"] * world["ngo_network"])[:, 0].sum())
        year_of.append(len(years) - 1)
    return Facts(
        np.array(year_of),
        np.array(years),
        np.array([world[name][:rows, 0] for name in LASTING]),
        np.array(campaigns),
        world["headline"][:, 0].copy(),
        np.array([world[name][0] for name in STARTS]),
        entity_keys(codes["state"][:rows]),
        entity_keys(codes["person"]),
        np.array([text_key(stream) for stream in STREAMS], dtype=np.uint64),
    )


def persons_of(setup: Setup, seeds: list[int]) -> NDArray[np.float64]:
    """Return `(n_seeds, len(PERSONAL), n_cases)`: the persons of each run at the start."""
    padded = [*seeds, seeds[0]]
    world = make_world(setup.cast, len(padded), Draws(padded, world_codes(setup.cast)), setup.arms[ARM].calendar)
    return np.array([world[name].T[: len(seeds)] for name in PERSONAL]).swapaxes(0, 1).copy()


def keys_of(seeds: list[int]) -> NDArray[np.uint64]:
    """Return the keys of runs."""
    return run_keys(seeds)


class BareSimulation(Simulation):
    """The engine's month with the two decisions of the subset only."""

    def _make_plan(self, table: Mapping[str, NDArray[np.float64]]) -> list[Turn]:
        plan = super()._make_plan(table)
        return [turn for turn in plan if not isinstance(turn.what, Decision) or turn.what.name in DECISIONS_TAKEN]


def run_engine(setup: Setup, seeds: list[int]) -> NDArray[np.float64]:
    """Return the series `(n_series, n_steps, n_runs)` that the engine leaves."""
    simulation = BareSimulation.of(setup, ARM, ACCOUNT, seeds)
    series = np.zeros((len(SERIES), setup.period.n_steps, len(seeds)))
    for step in range(setup.period.n_steps):
        simulation.advance()
        for row, read in enumerate(SERIES.values()):
            series[row, step] = read(simulation.world)
    return series
