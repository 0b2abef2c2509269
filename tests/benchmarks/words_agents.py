"""The words of senders in plain Python, one agent after the other, driven by Mesa and by AgentPy.

What a capital does in a month is written once, in `Capital`; each framework makes the agents its own way, holds them,
and calls them in order.
"""

from __future__ import annotations

from math import exp, log, sqrt
from statistics import median
from typing import Any

import numpy as np

from tests.benchmarks.words import CHANNEL, HEAVIEST, ISSUE, KIND, SERIES, SMALLEST, Case, Facts, Floats

WORD = (1 << 64) - 1
GOLDEN, STEP = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03


def mix(z: int) -> int:
    """Return the finaliser of the engine's random numbers."""
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & WORD
    return z ^ (z >> 31)


def log_of(value: float) -> float:
    """Return the logarithm; of 0 that of the smallest number."""
    return log(max(value, SMALLEST))


class World:
    """What the capitals of one run share: the year's facts, words that add up, and luck."""

    def __init__(self, case: Case, run: int) -> None:
        self.facts, self.n = case.facts, case.numbers
        self.key = int(case.keys[run])
        self.streams = [int(key) for key in case.facts.stream_keys]
        n_issues = len(case.facts.foreign_interest)
        self.attention = case.starts.attention[run].tolist()
        self.interest = case.starts.interest[run].tolist()
        self.foreign = case.facts.foreign_interest.tolist()
        self.lasting = case.facts.lasting.T.tolist()
        self.said_private, self.said_public, self.said_by_friends = ([0.0] * n_issues for _ in range(3))
        self.bases = [0, 0, 0]
        self.step = self.year = 0
        self.starts_year = False
        self.hush = self.middle = 0.0
        n = self.n
        silence = 1.0 - n.ordinary_month_representation_private - n.ordinary_month_representation_public
        chances = (n.ordinary_month_representation_private, n.ordinary_month_representation_public,
                   n.ordinary_month_representation_both)  # fmt: skip
        self.usual = [log_of(chance) - log_of(silence - chances[2]) for chance in chances]

    def begin(self, step: int) -> None:
        """Start a month: the year's facts, and the part of luck that all capitals share."""
        year = int(self.facts.year_of[step])
        self.starts_year = step == 0 or year != self.year
        self.step, self.year = step, year
        at = (step + 2) * STEP & WORD
        self.bases = [mix(((self.key ^ stream) + at) & WORD) for stream in self.streams]

    def luck(self, stream: int, entity: int) -> float:
        """Return a uniform of a stream and a capital, the same as the engine's."""
        return float(mix((self.bases[stream] + entity * GOLDEN) & WORD) >> 11) * 2.0**-53


class Capital:
    """A capital: what it wants, what it is remembered for, and what it does in a month."""

    def settle(self, shared: World, row: int) -> None:
        """Take a place among the capitals."""
        self.shared, self.row = shared, row
        self.key = int(shared.facts.sender_keys[row])
        self.is_focal, self.is_critic, self.is_western = shared.lasting[row]
        n_issues = len(shared.foreign)
        self.will = self.standing = self.swing = self.weight = self.words = self.public_words = 0.0
        self.share = shared.facts.public_share
        self.word_private, self.word_public = [0.0] * n_issues, [0.0] * n_issues
        self.choice, self.for_persons, self.is_friend = 0, False, False

    def start_year(self) -> None:
        """Look up this year's facts; swing, and find where will stands by itself."""
        shared, n = self.shared, self.shared.n
        row = shared.facts.yearly[shared.year, :, self.row].tolist()
        self.is_sender, present, ideal, democracy, rights, need, self.economy, self.trade, self.agrees = row[:9]
        self.agrees_with_critic = row[9]
        share = self.public_words / self.words if self.words > 0.0 else self.share
        self.swing, self.share, self.words, self.public_words = abs(share - self.share), share, 0.0, 0.0
        own = min(max(min(democracy, rights) / n.will_stands_least - 1.0, 0.0), 1.0)
        size = sqrt(self.economy)
        means = size / (size + n.will_stands_small) * (1.0 - need) * (1.0 - self.is_focal) * present
        near = n.will_stands_western * self.is_western
        if ideal > n.will_stands_threshold:
            near += n.will_stands_slope * (ideal - n.will_stands_threshold)
        self.standing = min(max(min(near, n.will_stands_most) * own * means, 0.0), 1.0)
        if shared.step == 0:
            self.will = self.standing

    def speak(self) -> None:
        """Decide whether to raise rights this month, in private, in public or both, and say it."""
        shared, n = self.shared, self.shared.n
        self.choice, self.for_persons = 0, False
        if not self.is_sender:
            return
        care = n.will_speaks_strength * log_of(self.will / n.will_speaks_usual)
        lost = n.quieter_leader_strength * shared.hush * self.agrees_with_critic * (1.0 - self.is_critic)
        utilities = [0.0, shared.usual[0] + care, shared.usual[1] + care - lost, shared.usual[2] + care - lost]
        best = max(utilities)
        weights = [exp(utility - best) for utility in utilities]
        threshold = shared.luck(CHANNEL, self.key) * sum(weights)
        bound = 0.0
        for weight in weights[:-1]:
            bound += weight
            self.choice += threshold >= bound
        if self.choice:
            self.say()

    def say(self) -> None:
        """Say what was decided, on one issue or for persons."""
        shared, n = self.shared, self.shared.n
        private, public = self.choice in (1, 3), self.choice >= 2
        self.words += 1.0
        self.public_words += public
        likely = min(n.subject_representation_of_person * shared.interest[self.row], 0.98)
        self.for_persons = shared.luck(KIND, self.key) < likely
        if self.for_persons:
            return
        weights = [a * f for a, f in zip(shared.attention[self.row], shared.foreign, strict=True)]
        wanted, bound, issue = shared.luck(ISSUE, self.key) * sum(weights), 0.0, 0
        for weight in weights[:-1]:
            bound += weight
            issue += bound <= wanted
        if private:
            shared.said_private[issue] += self.weight * (1.0 - self.word_private[issue])
            self.word_private[issue] = 1.0
        if public:
            heard = self.weight * (1.0 - self.word_public[issue])
            self.word_public[issue] = 1.0
            shared.said_public[issue] += heard
            shared.said_by_friends[issue] += heard * self.is_friend

    def end_month(self) -> None:
        """Let will move with the news and return to where it stands; words fade every second month."""
        n, news = self.shared.n, self.shared.facts.news
        moved = n.news_moves_will_pace * (news - n.news_moves_will_usual) * self.will * (1.0 - self.will)
        moved += (self.standing - self.will) * (1.0 - 2.0 ** (-1.0 / n.will_returns_half_life))
        self.will = min(max(self.will + moved, 0.0), 1.0)
        if self.shared.step % 2:
            left = 2.0 ** (-2.0 / n.words_fade_half_life)
            self.word_private = [left * word for word in self.word_private]
            self.word_public = [left * word for word in self.word_public]


def weigh_words(shared: World, capitals: Any) -> None:
    """Weigh the words of all capitals, and add them up anew; the twelve heaviest add up to 1 before losses."""
    n = shared.n
    economy = [one.economy * one.is_sender for one in capitals]
    trade = [one.trade * part for one, part in zip(capitals, economy, strict=True)]
    whole, traded = max(sum(economy), SMALLEST), max(sum(trade), SMALLEST)
    weights = [0.5 * (a / whole + b / traded) for a, b in zip(economy, trade, strict=True)]
    heaviest = max(sum(sorted(weights)[-HEAVIEST:]), SMALLEST)
    filed = 1.0 - n.word_weight_compartment_word * (shared.facts.compartment - n.word_weight_usual)
    middle = median(one.agrees for one in capitals)
    for total in (shared.said_private, shared.said_public, shared.said_by_friends):
        total[:] = [0.0] * len(total)
    for one, weight in zip(capitals, weights, strict=True):
        kept = (1.0 - n.word_weight_oscillation_word * one.swing) * filed
        one.weight = min(max(weight / heaviest * kept, 0.0), 2.0)
        one.is_friend = one.agrees > middle
        for issue, (private, public) in enumerate(zip(one.word_private, one.word_public, strict=True)):
            shared.said_private[issue] += one.weight * private
            shared.said_public[issue] += one.weight * public
            shared.said_by_friends[issue] += one.weight * public * one.is_friend


def note_hush(shared: World, critic: Any) -> None:
    """Note by how much the leading critic's private words stand above its public ones."""
    shared.hush = max(max(critic.word_private) - max(critic.word_public), 0.0)


def measure(shared: World, capitals: Any, critic: Any) -> list[float]:
    """Return this month's series; pressure is that of the month, before words fade."""
    public = [min(said, 1.0) for said in shared.said_public]
    top = max(public)
    others = (sum(public) - top) / max(len(public) - 1, 1)
    return [
        sum(one.choice in (1, 3) for one in capitals),
        sum(one.choice >= 2 for one in capitals),
        sum(one.for_persons for one in capitals),
        0.0, 0.0, 0.0,
        sum(one.swing for one in capitals),
        sum(min(said, 1.0) for said in shared.said_private),
        sum(public),
        sum(min(said, 1.0) for said in shared.said_by_friends),
        sum(min(critic.weight * word, 1.0) for word in critic.word_public),
        min(top + shared.n.pressure_rest * others, 1.0),
    ]  # fmt: skip


def finish(row: list[float], capitals: Any, shared: World) -> list[float]:
    """Let what was said fade, and complete the series with what is known at the month's end."""
    if shared.step % 2:
        left = 2.0 ** (-2.0 / shared.n.words_fade_half_life)
        for total in (shared.said_private, shared.said_public, shared.said_by_friends):
            total[:] = [left * said for said in total]
    row[3] = sum(one.will for one in capitals)
    row[4] = sum(sum(one.word_private) for one in capitals)
    row[5] = sum(sum(one.word_public) for one in capitals)
    return row


def run_mesa(case: Case) -> Floats:
    """Run each run as a Mesa model whose agents are the capitals."""
    import mesa

    class MesaCapital(Capital, mesa.Agent):  # type: ignore[misc]
        def __init__(self, model: Any, shared: World, row: int) -> None:
            mesa.Agent.__init__(self, model)
            self.settle(shared, row)

    class Words(mesa.Model):  # type: ignore[misc]
        def __init__(self, shared: World) -> None:
            super().__init__(rng=np.random.default_rng(0))
            self.shared, self.series = shared, []
            for row in range(len(shared.facts.sender_keys)):
                MesaCapital(self, shared, row)
            self.critic = next(one for one in self.agents if one.is_critic)

        def step(self) -> None:
            self.shared.begin(len(self.series))
            if self.shared.starts_year:
                self.agents.do("start_year")
                weigh_words(self.shared, self.agents)
            note_hush(self.shared, self.critic)
            self.agents.do("speak")
            row = measure(self.shared, self.agents, self.critic)
            self.agents.do("end_month")
            self.series.append(finish(row, self.agents, self.shared))

    def series_of(run: int) -> list[list[float]]:
        model = Words(World(case, run))
        for _ in case.facts.year_of:
            model.step()
        return model.series

    return _together(case, [series_of(run) for run in range(len(case.keys))])


def run_agentpy(case: Case) -> Floats:
    """Run each run as an AgentPy model whose agents are the capitals."""
    import agentpy

    class PyCapital(Capital, agentpy.Agent):  # type: ignore[misc]
        pass

    class Words(agentpy.Model):  # type: ignore[misc]
        def setup(self) -> None:
            self.shared = World(case, self.p.run)
            self.capitals = agentpy.AgentList(self, len(case.facts.sender_keys), PyCapital)
            for row, one in enumerate(self.capitals):
                one.settle(self.shared, row)
            self.critic = next(one for one in self.capitals if one.is_critic)
            self.rows: list[list[float]] = []

        def step(self) -> None:
            self.shared.begin(len(self.rows))
            if self.shared.starts_year:
                self.capitals.start_year()
                weigh_words(self.shared, self.capitals)
            note_hush(self.shared, self.critic)
            self.capitals.speak()
            row = measure(self.shared, self.capitals, self.critic)
            self.capitals.end_month()
            self.rows.append(finish(row, self.capitals, self.shared))

    def series_of(run: int) -> list[list[float]]:
        model = Words({"run": run, "steps": len(case.facts.year_of)})
        model.run(display=False)
        return model.rows

    return _together(case, [series_of(run) for run in range(len(case.keys))])


def _together(case: Case, found: list[list[list[float]]]) -> Floats:
    series = np.array(found).transpose(2, 1, 0)
    assert series.shape == (len(SERIES), len(case.facts.year_of), len(case.keys))
    return series


__all__ = ["Facts", "run_agentpy", "run_mesa"]
