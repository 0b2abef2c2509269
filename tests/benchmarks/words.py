"""A part of the model that runs alone, small enough to be written again in other frameworks: words of senders.

Sixty-two capitals, each with a will that stands by itself and moves with the news; every month each decides whether to
speak in private, in public, or both, and for whom; words are remembered a year, add up by the weight of who said
them, and come back as the hush of a leading critic that speaks in private only and as weight lost by swinging. Thirteen
rules of the catalogue and one decision; left out are asks and their answers, talks, motions, persons, society and the
calendar, so headlines stay as they were at the start.

Every framework gets the same `Facts` and the same keyed random numbers, and leaves the same series.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from demarche.arrays import TINY, Array
from demarche.engine.draws import Draws
from demarche.engine.initial import world_codes
from demarche.engine.setup import Setup
from demarche.engine.simulation import Simulation, Turn
from demarche.keyed import entity_keys, run_keys, text_key, uniforms
from demarche.rules.find import find_rules, get_rule, parameters
from demarche.world.decisions import DECISION_OF, Decision
from demarche.world.world import World

Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]

ACCOUNT, ARM = "cooperative_learning", "words"
RULES = (
    "senders.swings", "senders.will_stands", "senders.attention_starts", "senders.word_weight",
    "senders.news_moves_will", "senders.ordinary_month", "senders.will_speaks", "senders.quieter_leader",
    "senders.subject", "senders.says", "senders.pressure", "senders.will_returns", "senders.words_fade",
)  # fmt: skip
DECISION = "representation"
STREAMS = (f"decide.{DECISION}", "senders.subject/kind", "senders.subject/issue")
CHANNEL, KIND, ISSUE = range(len(STREAMS))
YEARLY = (
    "is_sender", "is_present", "ideal_point", "democracy", "own_rights", "aid_need", "economic_weight",
    "trade_exposure", "agree_focal", "agree_critic",
)  # fmt: skip
LASTING = ("is_focal", "is_critic", "is_western")
HEAVIEST = 12  # senders whose weights add up to 1, as in senders.word_weight
SMALLEST = float(TINY)


def _sum(name: str) -> Callable[[World], Array]:
    def total(world: World) -> Array:
        values = world[name] if world[name].ndim == 2 else world[name].sum(axis=1)
        summed: Array = values[: world.n_senders].sum(axis=0)
        return summed

    return total


def _whole(name: str) -> Callable[[World], Array]:
    def total(world: World) -> Array:
        values = world[name]
        summed: Array = values if values.ndim == 1 else values.sum(axis=0)
        return summed

    return total


SERIES: dict[str, Callable[[World], Array]] = {
    "spoke_private": _sum("spoke_private"),
    "spoke_public": _sum("spoke_public"),
    "spoke_for_persons": _sum("subject_persons"),
    "will": _sum("sender_will"),
    "words_private": _sum("word_private"),
    "words_public": _sum("word_public"),
    "swing": _sum("swing"),
    "pressure_private": _whole("pressure_private"),
    "pressure_public": _whole("pressure_public"),
    "pressure_friends": _whole("pressure_friends"),
    "pressure_rival": _whole("pressure_rival"),
    "voice": _whole("voice"),
}

_ARGUMENTS = {
    f"{rule.partition('.')[2]}_{name}": path for rule in RULES for name, path in get_rule(rule).arguments.items()
}
Numbers: Any = namedtuple("Numbers", [*_ARGUMENTS, "temperature"])  # type: ignore[misc]


class Facts(NamedTuple):
    """What all runs have in common; yearly arrays have one row a year, by `year_of` of the step."""

    year_of: NDArray[np.int64]
    yearly: Floats  # (n_years, len(YEARLY), n_senders)
    lasting: Floats  # (len(LASTING), n_senders)
    foreign_interest: Floats  # (n_issues,)
    news: float  # mean headline in the core of rights
    compartment: float  # how far rights stand in a file of their own
    public_share: float  # share of public words of the year before the first
    sender_keys: Keys
    stream_keys: Keys


class Starts(NamedTuple):
    """What each run starts with: tastes that are drawn once."""

    attention: Floats  # (n_runs, n_senders, n_issues)
    interest: Floats  # (n_runs, n_senders), in persons


class Case(NamedTuple):
    """What a rewritten model is given; it returns its series `(n_series, n_steps, n_runs)`."""

    facts: Facts
    numbers: Any
    starts: Starts
    keys: Keys  # (n_runs,)


Rewritten = Callable[[Case], Floats]


def words_setup(setup: Setup) -> Setup:
    """Return the reference case with one arm in which only the rules of the part are on."""
    off = tuple(rule.id for rule in find_rules() if rule.id not in RULES)
    return replace(setup, arms={ARM: replace(setup.arms["as_it_was"], name=ARM, rules_off=off)})


def case_of(setup: Setup, seeds: list[int]) -> Case:
    """Return what the rewritten models need to run some seeds."""
    facts, numbers = _facts(setup), _numbers(setup)
    return Case(facts, numbers, _starts(facts, numbers, setup, seeds), run_keys(seeds))


def _numbers(setup: Setup) -> Any:
    known, settings = parameters(), setup.accounts[ACCOUNT].settings
    values = [float(settings.get(path, known[path].default)) for path in _ARGUMENTS.values()]
    return Numbers(*values, float(DECISION_OF[DECISION].temperature.default))


def _facts(setup: Setup) -> Facts:
    """Return what the cast says, read from the engine's own world year by year."""
    simulation = WordsAlone.of(setup, ARM, ACCOUNT, [0, 1])
    world, calendar, codes = simulation.world, simulation.calendar, world_codes(setup.cast)
    rows, years, year_of = world.n_senders, [], []
    public_share = float(world["public_share_last"][0, 0])
    for step in range(setup.period.n_steps):
        simulation.advance()
        if calendar.is_due("year", step):
            years.append([world[name][:rows, 0].copy() for name in YEARLY])
        year_of.append(len(years) - 1)
    core = world["is_core"][:, 0]
    return Facts(
        np.array(year_of),
        np.array(years, dtype=np.float64),
        np.array([world[name][:rows, 0] for name in LASTING], dtype=np.float64),
        world["foreign_interest"][:, 0].astype(np.float64),
        float((world["headline"][:, 0] * core).sum() / core.sum()),
        float(world["compartment"][0, 0]),
        public_share,
        entity_keys(codes["state"][:rows]),
        np.array([text_key(stream) for stream in STREAMS], dtype=np.uint64),
    )


def _starts(facts: Facts, n: Any, setup: Setup, seeds: list[int]) -> Starts:
    """Return the tastes that `senders.attention_starts` draws, `np.exp2` of a uniform for each sender and issue."""
    codes = world_codes(setup.cast)
    rows = len(facts.sender_keys)
    draws = Draws(seeds, codes)
    taste = draws.draw_lasting("senders.attention_starts/taste", ("sender", "issue"))
    weight = n.attention_starts_usual * facts.foreign_interest[None, :, None]
    attention = np.minimum(weight * np.exp2(n.attention_starts_spread * (taste[:rows] - 0.5)), 1.0)
    keys = run_keys(seeds)
    persons = uniforms(keys, text_key("senders.attention_starts/persons"), -1, facts.sender_keys)
    return Starts(np.moveaxis(attention, -1, 0).astype(np.float64), (0.5 + persons).T.copy())


class WordsAlone(Simulation):
    """The engine's month with the one decision of the part."""

    def _make_plan(self, table: Mapping[str, Array]) -> list[Turn]:
        plan = super()._make_plan(table)
        return [turn for turn in plan if not isinstance(turn.what, Decision) or turn.what.name == DECISION]


def run_engine(setup: Setup, seeds: list[int]) -> Floats:
    """Return the series `(n_series, n_steps, n_runs)` that the engine leaves."""
    simulation = WordsAlone.of(setup, ARM, ACCOUNT, seeds)
    series = np.zeros((len(SERIES), setup.period.n_steps, len(seeds)))
    for step in range(setup.period.n_steps):
        simulation.advance()
        for row, read in enumerate(SERIES.values()):
            series[row, step] = read(simulation.world)
    return series
