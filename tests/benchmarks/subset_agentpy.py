"""The subset in AgentPy: senders and persons are agents in plain Python, the model is the focal state.

Kind to AgentPy: numbers are Python floats, random numbers come from NumPy once a month for all agents,
and nothing is logged but the series.
"""

from __future__ import annotations

from math import exp, sqrt
from typing import Any

import agentpy
import numpy as np
from numpy.typing import NDArray

from demarche.keyed import uniforms
from tests.benchmarks.subset import (
    ARRIVAL,
    CHANNEL,
    DOOR,
    LISTED,
    NAMED,
    PERSON,
    PERSONAL,
    RELEASE,
    ROUTINE,
    SERIES,
    STARTS,
    Facts,
)

SILENT, QUIET, VOCAL = range(3)
HOLD, BETTER, FREE, ABROAD = range(4)
AT_LIBERTY, DETAINED, RELEASED, EXILED = range(4)


def share(value: float) -> float:
    """Clip to [0, 1]."""
    return min(max(value, 0.0), 1.0)


def pick(utilities: list[float], luck: float) -> int:
    """Choose an option with chances proportional to exp(utility)."""
    best = max(utilities)
    weights = [exp(utility - best) for utility in utilities]
    left = luck * sum(weights)
    for option, weight in enumerate(weights[:-1]):
        left -= weight
        if left < 0.0:
            return option
    return len(weights) - 1


class Sender(agentpy.Agent):  # type: ignore[misc]
    """A state that may raise rights."""

    def setup(self, row: int, lasting: list[float]) -> None:
        self.row = row
        self.is_focal, self.is_critic, self.is_western = lasting
        self.will = self.stance = self.in_vain = 0.0
        self.quiet_yield = self.vocal_yield = 0.3
        self.channel = SILENT

    def start_year(self, facts: list[float], first: bool) -> None:
        n = self.model.n
        self.is_sender, self.is_present, ideal, democracy, rights, need, self.weight = facts
        gates = share((democracy - 0.4) / 0.35) * share((rights - 0.3) / 0.25)
        reach = sqrt(self.weight) / (sqrt(self.weight) + 0.01)
        means = gates * reach * (1.0 - need) * (1.0 - self.is_focal) * self.is_present
        level = n.standing_will_slope * (ideal - n.standing_will_threshold) if ideal > n.standing_will_threshold else 0
        level = min(level + n.standing_will_western * self.is_western, n.standing_will_most) * means
        level = share((level + n.standing_will_lead * self.is_critic) * n.standing_will_strength)
        if first:
            self.will = level
            self.credit = share(n.starting_credit_strength * 0.5 * (rights + democracy))
            self.change = 0.0
        else:
            self.change = min(n.standing_will_strength, 1.0) * n.standing_will_return_share * (level - self.will)

    def choose(self) -> None:
        n = self.model.n
        self.channel = SILENT
        if not self.is_sender:
            return
        barred = 900.0 * max(self.is_focal, 1.0 - self.is_present)
        lead = n.remembered_yields_strength * (self.quiet_yield - self.vocal_yield)
        reason = n.raising_strength * self.will - barred
        utilities = [0.0, reason - n.default_silence_quiet + lead, reason - n.default_silence_vocal - lead]
        self.channel = pick(utilities, self.model.luck[CHANNEL][self.row])

    def speak(self) -> None:
        self.stance *= self.model.stance_fade
        if self.channel == VOCAL:
            self.stance += self.model.n.voice_stance_gain * (1.0 - self.stance)

    def remember(self) -> None:
        result, memory = self.model.result, self.model.n.yields_memory
        if self.channel == QUIET:
            self.quiet_yield += memory * (result - self.quiet_yield)
            self.in_vain = min(self.in_vain + 1.0, 1e4) if result == 0.0 else 0.0
        elif self.channel == VOCAL:
            self.vocal_yield += memory * (result - self.vocal_yield)
            if result != 0.0:
                self.in_vain = 0.0
        self.will = share(self.will + self.change)
        self.change = 0.0


class Person(agentpy.Agent):  # type: ignore[misc]
    """Somebody known abroad, detained or not."""

    def setup(self, row: int, traits: list[float]) -> None:
        self.row = row
        self.issue, self.fame, self.organising, self.status = int(traits[0]), traits[1], traits[2], int(traits[3])
        self.months = self.named = self.listed = 0.0
        self.treatment, self.detentions = 0.3, int(self.status == DETAINED)
        self.event = 0
        self.raised = False

    def be_raised(self) -> None:
        model, n = self.model, self.model.n
        self.event, self.raised = 0, False
        if self.status != DETAINED:
            return
        names = model.meetings * n.case_lists_list_size
        part = (n.case_lists_unknown + self.fame) / model.prominence
        if model.luck[LISTED][self.row] < n.case_lists_strength * (1.0 - exp(-names * part)):
            self.listed += (1.0 - self.listed) / (1.0 + n.case_lists_list_size / n.case_lists_dilution)
            self.raised = True
        reach = n.public_naming_statements * model.vocal_pressure
        reach += n.public_naming_campaigns * model.groups * model.headline[self.issue]
        if model.luck[NAMED][self.row] < n.public_naming_strength * self.fame * reach:
            self.named += n.public_naming_jump * (1.0 - self.named)
            self.raised = True

    def be_answered(self) -> None:
        model, n = self.model, self.model.n
        choice = HOLD
        if self.status == DETAINED:
            bite = self.listed * min(model.effect, 1.5)
            affront = n.affront_hardens_strength * self.named
            served = n.holds_term * min(self.months, 120.0) / 12.0 + n.chosen_releases_strength * bite - affront
            threat = n.threat_screen_strength * self.organising
            relief = min(n.chosen_releases_strength, 1.0) * n.chosen_releases_treatment * bite
            credit = n.exile_pays_strength * (self.fame + n.exile_pays_leader * self.organising)
            utilities = [0.0, n.holds_treat_better + relief - affront, n.holds_release + served - threat,
                         n.holds_exile + served + credit - n.threat_screen_abroad * threat]  # fmt: skip
            choice = pick(utilities, model.luck[RELEASE][self.row])
        self.months += 1.0
        self.treatment += 0.03 * (0.3 - self.treatment)
        if choice == BETTER:
            self.event = 3
            self.treatment += n.free_people_relief * (1.0 - self.treatment)
        elif choice > BETTER:
            self.event, self.status = (4, RELEASED) if choice == FREE else (5, EXILED)
            self.months = 0.0

    @property
    def is_free(self) -> bool:
        return self.status in (AT_LIBERTY, RELEASED) and self.event == 0

    def be_taken(self) -> None:
        self.event = 2 if self.detentions > 0 else 1
        self.status, self.months, self.treatment = DETAINED, 0.0, 0.3
        self.detentions += 1

    def pass_door(self) -> None:
        n = self.model.n
        if self.is_free:
            part = (n.revolving_door_quiet + self.organising) / self.model.at_risk
            if self.model.luck[DOOR][self.row] < n.revolving_door_strength * self.model.result_count * part:
                self.be_taken()

    def be_watched(self) -> None:
        risk = self.model.risk * (0.2 + self.organising)
        if self.is_free and self.model.luck[ROUTINE][self.row] < risk:
            self.be_taken()

    def fade(self) -> None:
        self.named *= self.model.named_fade
        self.listed *= self.model.listed_fade

    def be_replaced(self, issue: int, fame: float, organising: float) -> None:
        self.issue, self.fame, self.organising = issue, fame, organising
        self.status, self.months, self.named, self.listed, self.detentions = AT_LIBERTY, 0.0, 0.0, 0.0, 0
        self.treatment = 0.3


class Focal(agentpy.Model):  # type: ignore[misc]
    """One run."""

    def setup(self) -> None:
        facts: Facts = self.p.facts
        self.n = self.p.numbers
        lasting, traits = facts.lasting.T.tolist(), self.p.persons.T.tolist()
        self.senders = agentpy.AgentList(
            self, [Sender(self, row=row, lasting=values) for row, values in enumerate(lasting)]
        )
        self.persons = agentpy.AgentList(
            self, [Person(self, row=row, traits=values) for row, values in enumerate(traits)]
        )
        for name, value in zip(STARTS, facts.starts.tolist(), strict=True):
            setattr(self, name, value)
        self.headline, self.year, self.memory, self.concessions = facts.headline.tolist(), -1, 0.0, 0.0
        n = self.n
        half_lives = (n.voice_stance_months, n.attention_fades_named_months, n.attention_fades_listed_months,
                      n.remembered_half_life, n.free_people_memory_months)  # fmt: skip
        fades = [2.0 ** (-1.0 / months) for months in half_lives]
        self.stance_fade, self.named_fade, self.listed_fade, self.memory_fade, self.concession_fade = fades
        self.series: list[list[float]] = []

    def step(self) -> None:
        """Let one month pass."""
        step, n, facts = self.t - 1, self.n, self.p.facts
        self.luck = [
            uniforms(self.p.run_key, key, step, facts.sender_keys if row == CHANNEL else facts.case_keys)[:, 0].tolist()
            for row, key in enumerate(facts.stream_keys)
        ]
        if facts.year_of[step] != self.year:
            self.year = facts.year_of[step]
            self.groups = 1.0 - exp(-0.5 * facts.campaigns[self.year])
            for sender, values in zip(self.senders, facts.yearly[self.year].T.tolist(), strict=True):
                sender.start_year(values, step == 0)
        effect = min(n.exposure_needs * self.target_needs * (1.0 - n.exposure_rank * self.target_status), 3.0)
        blunted = max(1.0 - n.resistance_blunts_strength * (self.resistance - n.resistance_blunts_usual), 0.0)
        self.effect = min(effect * blunted, 3.0)
        self.senders.choose()
        self.hear()
        self.persons.be_raised()
        self.persons.be_answered()
        self.pay()
        self.learn()
        self.record_month()

    def hear(self) -> None:
        """Weigh what senders say; the meetings that carry lists; how many names compete for attention."""
        n, said, by_critic = self.n, [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]
        for sender in self.senders:
            if sender.channel != SILENT:
                weight = sqrt(sender.weight) * sender.credit
                said[sender.channel] += weight
                by_critic[sender.channel] += weight * (sender.is_critic > 0)
        more, full = n.voice_lead_weight - 1.0, n.voice_fullness
        self.quiet_pressure = share(1.0 - exp(-(said[QUIET] + more * by_critic[QUIET]) / full))
        self.vocal_pressure = share(1.0 - exp(-(said[VOCAL] + more * by_critic[VOCAL]) / full))
        self.rival_pressure = share(1.0 - exp(-n.voice_lead_weight * by_critic[VOCAL] / full))
        self.senders.speak()
        self.meetings = n.case_lists_carried * sum(s.will for s in self.senders if s.channel == QUIET)
        prominence = sum(n.case_lists_unknown + p.fame for p in self.persons if p.status == DETAINED)
        self.prominence = max(prominence, 1e-9)

    def pay(self) -> None:
        """Count who left, and fill the prisons again."""
        n = self.n
        left = [person for person in self.persons if person.event in (4, 5)]
        self.result_count, self.result = len(left), min(2.0 * len(left), 1.0)
        self.concessions *= self.concession_fade
        self.concessions += n.free_people_worth * len(left) + n.free_people_famous * sum(p.fame for p in left)
        self.concessions = share(self.concessions)
        if left:
            at_risk = sum(n.revolving_door_quiet + p.organising for p in self.persons if p.is_free)
            self.at_risk = max(at_risk, 1e-9)
            self.persons.pass_door()
        self.risk = n.routine_arrests_strength * n.routine_arrests_rate * self.security_effort
        self.persons.be_watched()

    def learn(self) -> None:
        """Let resistance, memories and the list of known persons move."""
        n = self.n
        change = n.resentment_strength * self.rival_pressure * (1.5 - self.target_status)
        change += n.rejects_criticism_strength * self.vocal_pressure * (1.0 - self.resistance)
        change += n.resistance_settles_strength * (n.resistance_settles_usual - self.resistance)
        self.persons.fade()
        self.memory *= self.memory_fade
        self.memory = share(self.memory + n.remembered_uptake * self.vocal_pressure * (1.0 - self.memory))
        self.senders.remember()
        arriving = []
        for person in self.persons:
            gone = person.status == EXILED and person.event == 0
            if gone and self.luck[ARRIVAL][person.row] < 1.0 / n.new_faces_months:
                like = self.persons[int(self.luck[PERSON][person.row] * len(self.persons))]
                arriving.append((person, like.issue, like.fame, like.organising))
        for person, *traits in arriving:
            person.be_replaced(*traits)
        self.resistance = share(self.resistance + change)

    def record_month(self) -> None:
        """Keep the series of the month."""
        senders, persons = self.senders, self.persons
        self.series.append([
            sum(s.channel == QUIET for s in senders), sum(s.channel == VOCAL for s in senders),
            sum(s.will for s in senders), sum(s.quiet_yield for s in senders), sum(s.vocal_yield for s in senders),
            sum(s.in_vain for s in senders), sum(s.stance for s in senders),
            self.quiet_pressure, self.vocal_pressure, self.memory, self.effect, self.resistance,
            sum(p.raised for p in persons), sum(p.event == 3 for p in persons), sum(p.event == 4 for p in persons),
            sum(p.event == 5 for p in persons), sum(p.status == DETAINED for p in persons),
            sum(p.detentions for p in persons), sum(p.treatment for p in persons), sum(p.fame for p in persons),
            self.concessions,
        ])  # fmt: skip


def run_agentpy(
    facts: Facts, n: Any, persons: NDArray[np.float64], keys: NDArray[np.uint64]
) -> NDArray[np.float64]:
    """Return the series `(n_series, n_steps, n_runs)`, one model a run."""
    series = []
    for run, key in enumerate(keys):
        parameters = {"facts": facts, "numbers": n, "persons": persons[run], "run_key": np.array([key]), "seed": 0}
        model = Focal(parameters)
        model.run(steps=len(facts.year_of), display=False)
        series.append(model.series)
    assert len(series[0][0]) == len(SERIES)
    assert persons.shape[1] == len(PERSONAL)
    return np.array(series).transpose(2, 1, 0)
