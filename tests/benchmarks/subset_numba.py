"""The subset as straight loops over runs, months and agents, compiled by Numba for one thread."""

from __future__ import annotations

from math import exp, sqrt
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.subset import (
    ARRIVAL,
    CHANNEL,
    DOOR,
    LISTED,
    NAMED,
    PERSON,
    RELEASE,
    ROUTINE,
    SERIES,
    Facts,
)

SILENT, QUIET, VOCAL = range(3)
AT_LIBERTY, DETAINED, RELEASED, EXILED = range(4)
GOLDEN, STEP = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03)
MIX_A, MIX_B = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
S30, S27, S31, S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
N_SERIES = len(SERIES)
ISSUE, FAME, ORGANISING, STATUS, MONTHS, LISTED_NOW, NAMED_NOW, TREATMENT, DETENTIONS, EVENT, RAISED = range(11)
WILL, CHANGE, CREDIT, QUIET_YIELD, VOCAL_YIELD, IN_VAIN, STANCE, SAID = range(8)
RESISTANCE, NEEDS, RANK, EFFORT, MEMORY, CONCESSIONS = range(6)
EFFECT, QUIET_NOW, VOCAL_NOW, RIVAL_NOW, MEETINGS, LEFT = range(6, 12)

jit = numba.njit(error_model="numpy")


@jit
def mix(z: Any) -> Any:
    z = (z ^ (z >> S30)) * MIX_A
    z = (z ^ (z >> S27)) * MIX_B
    return z ^ (z >> S31)


@jit
def month_key(run: Any, stream: Any, step: Any) -> Any:
    return mix((run ^ stream) + np.uint64(step + 2) * STEP)


@jit
def luck(base: Any, entity: Any) -> Any:
    return (mix(base + entity * GOLDEN) >> S11) * 2.0**-53


@jit
def share(value: float) -> float:
    return min(max(value, 0.0), 1.0)


@jit
def start_year(s: Any, n: Any, yearly: Any, lasting: Any, first: bool) -> None:
    for i in range(s.shape[1]):
        present, ideal, democracy, rights = yearly[1, i], yearly[2, i], yearly[3, i], yearly[4, i]
        gates = share((democracy - 0.4) / 0.35) * share((rights - 0.3) / 0.25)
        size = sqrt(yearly[6, i])
        means = gates * (size / (size + 0.01)) * (1.0 - yearly[5, i]) * (1.0 - lasting[0, i]) * present
        level = max(n.standing_will_slope * (ideal - n.standing_will_threshold), 0.0)
        level = min(level + n.standing_will_western * lasting[2, i], n.standing_will_most) * means
        level = share((level + n.standing_will_lead * lasting[1, i]) * n.standing_will_strength)
        if first:
            s[WILL, i] = level
            s[CREDIT, i] = share(n.starting_credit_strength * 0.5 * (rights + democracy))
        else:
            s[CHANGE, i] = min(n.standing_will_strength, 1.0) * n.standing_will_return_share * (level - s[WILL, i])


@jit
def senders_speak(s: Any, f: Any, n: Any, yearly: Any, lasting: Any, keys: Any, base: Any) -> None:
    said_quiet = said_vocal = critic_quiet = critic_vocal = meetings = 0.0
    fade = 2.0 ** (-1.0 / n.voice_stance_months)
    for i in range(s.shape[1]):
        s[STANCE, i] *= fade
        s[SAID, i] = SILENT
        if yearly[0, i] == 0.0:
            continue
        barred = 900.0 * max(lasting[0, i], 1.0 - yearly[1, i])
        lead = n.remembered_yields_strength * (s[QUIET_YIELD, i] - s[VOCAL_YIELD, i])
        quiet = n.raising_strength * s[WILL, i] - n.default_silence_quiet - barred + lead
        vocal = n.raising_strength * s[WILL, i] - n.default_silence_vocal - barred - lead
        best = max(0.0, quiet, vocal)
        silent, quiet, vocal = exp(-best), exp(quiet - best), exp(vocal - best)
        bound = luck(base, keys[i]) * (silent + quiet + vocal)
        if bound < silent:
            continue
        weight = sqrt(yearly[6, i]) * s[CREDIT, i]
        if bound < silent + quiet:
            s[SAID, i] = QUIET
            meetings += s[WILL, i]
            said_quiet += weight
            critic_quiet += weight * lasting[1, i]
        else:
            s[SAID, i] = VOCAL
            said_vocal += weight
            critic_vocal += weight * lasting[1, i]
            s[STANCE, i] += n.voice_stance_gain * (1.0 - s[STANCE, i])
    more, full = n.voice_lead_weight - 1.0, n.voice_fullness
    f[QUIET_NOW] = share(1.0 - exp(-(said_quiet + more * critic_quiet) / full))
    f[VOCAL_NOW] = share(1.0 - exp(-(said_vocal + more * critic_vocal) / full))
    f[RIVAL_NOW] = share(1.0 - exp(-n.voice_lead_weight * critic_vocal / full))
    f[MEETINGS] = n.case_lists_carried * meetings


@jit
def raise_persons(c: Any, f: Any, n: Any, groups: float, headline: Any, keys: Any, listed: Any, named: Any) -> None:
    prominence = 0.0
    for i in range(c.shape[1]):
        c[EVENT, i] = c[RAISED, i] = 0.0
        if c[STATUS, i] == DETAINED:
            prominence += n.case_lists_unknown + c[FAME, i]
    prominence = max(prominence, 1e-9)
    names = f[MEETINGS] * n.case_lists_list_size
    for i in range(c.shape[1]):
        if c[STATUS, i] != DETAINED:
            continue
        part = (n.case_lists_unknown + c[FAME, i]) / prominence
        if luck(listed, keys[i]) < n.case_lists_strength * (1.0 - exp(-names * part)):
            c[LISTED_NOW, i] += (1.0 - c[LISTED_NOW, i]) / (1.0 + n.case_lists_list_size / n.case_lists_dilution)
            c[RAISED, i] = 1.0
        reach = n.public_naming_statements * f[VOCAL_NOW]
        reach += n.public_naming_campaigns * groups * headline[int(c[ISSUE, i])]
        if luck(named, keys[i]) < n.public_naming_strength * c[FAME, i] * reach:
            c[NAMED_NOW, i] += n.public_naming_jump * (1.0 - c[NAMED_NOW, i])
            c[RAISED, i] = 1.0


@jit
def answer(c: Any, i: int, effect: float, n: Any, chance: float) -> int:
    bite = c[LISTED_NOW, i] * min(effect, 1.5)
    affront = n.affront_hardens_strength * c[NAMED_NOW, i]
    served = n.holds_term * min(c[MONTHS, i], 120.0) / 12.0 + n.chosen_releases_strength * bite - affront
    threat = n.threat_screen_strength * c[ORGANISING, i]
    credit = n.exile_pays_strength * (c[FAME, i] + n.exile_pays_leader * c[ORGANISING, i])
    better = n.holds_treat_better + min(n.chosen_releases_strength, 1.0) * n.chosen_releases_treatment * bite - affront
    free = n.holds_release + served - threat
    abroad = n.holds_exile + served + credit - n.threat_screen_abroad * threat
    best = max(0.0, better, free, abroad)
    hold, better, free, abroad = exp(-best), exp(better - best), exp(free - best), exp(abroad - best)
    bound = chance * (hold + better + free + abroad)
    if bound < hold:
        return 0
    if bound < hold + better:
        return 1
    return 2 if bound < hold + better + free else 3


@jit
def answer_persons(c: Any, f: Any, n: Any, keys: Any, base: Any) -> None:
    left, fame = 0, 0.0
    for i in range(c.shape[1]):
        choice = answer(c, i, f[EFFECT], n, luck(base, keys[i])) if c[STATUS, i] == DETAINED else 0
        c[MONTHS, i] += 1.0
        c[TREATMENT, i] += 0.03 * (0.3 - c[TREATMENT, i])
        if choice == 1:
            c[EVENT, i] = 3.0
            c[TREATMENT, i] += n.free_people_relief * (1.0 - c[TREATMENT, i])
        elif choice > 1:
            c[EVENT, i] = 2.0 + choice
            c[STATUS, i] = RELEASED if choice == 2 else EXILED
            c[MONTHS, i] = 0.0
            left += 1
            fame += c[FAME, i]
    f[LEFT] = left
    f[CONCESSIONS] *= 2.0 ** (-1.0 / n.free_people_memory_months)
    f[CONCESSIONS] = share(f[CONCESSIONS] + n.free_people_worth * left + n.free_people_famous * fame)


@jit
def is_free(c: Any, i: int) -> bool:
    return (c[STATUS, i] == AT_LIBERTY or c[STATUS, i] == RELEASED) and c[EVENT, i] == 0.0


@jit
def take(c: Any, i: int) -> None:
    c[EVENT, i] = 2.0 if c[DETENTIONS, i] > 0.0 else 1.0
    c[STATUS, i] = DETAINED
    c[MONTHS, i] = 0.0
    c[TREATMENT, i] = 0.3
    c[DETENTIONS, i] += 1.0


@jit
def take_persons(c: Any, f: Any, n: Any, keys: Any, door: Any, routine: Any) -> None:
    if f[LEFT] > 0.0:
        at_risk = 0.0
        for i in range(c.shape[1]):
            if is_free(c, i):
                at_risk += n.revolving_door_quiet + c[ORGANISING, i]
        at_risk = max(at_risk, 1e-9)
        for i in range(c.shape[1]):
            if is_free(c, i):
                chance = n.revolving_door_strength * f[LEFT] * (n.revolving_door_quiet + c[ORGANISING, i]) / at_risk
                if luck(door, keys[i]) < chance:
                    take(c, i)
    risk = n.routine_arrests_strength * n.routine_arrests_rate * f[EFFORT]
    for i in range(c.shape[1]):
        if is_free(c, i) and luck(routine, keys[i]) < risk * (0.2 + c[ORGANISING, i]):
            take(c, i)


@jit
def remember(s: Any, f: Any, n: Any) -> None:
    result = min(2.0 * f[LEFT], 1.0)
    for i in range(s.shape[1]):
        if s[SAID, i] == QUIET:
            s[QUIET_YIELD, i] += n.yields_memory * (result - s[QUIET_YIELD, i])
            s[IN_VAIN, i] = min(s[IN_VAIN, i] + 1.0, 1e4) if result == 0.0 else 0.0
        elif s[SAID, i] == VOCAL:
            s[VOCAL_YIELD, i] += n.yields_memory * (result - s[VOCAL_YIELD, i])
            if result != 0.0:
                s[IN_VAIN, i] = 0.0
        s[WILL, i] = share(s[WILL, i] + s[CHANGE, i])
        s[CHANGE, i] = 0.0


@jit
def new_faces(c: Any, n: Any, keys: Any, arrival: Any, person: Any) -> None:
    before = c[: ORGANISING + 1].copy()
    for i in range(c.shape[1]):
        if c[STATUS, i] == EXILED and c[EVENT, i] == 0.0 and luck(arrival, keys[i]) < 1.0 / n.new_faces_months:
            c[: ORGANISING + 1, i] = before[:, int(luck(person, keys[i]) * c.shape[1])]
            c[STATUS, i] = AT_LIBERTY
            c[MONTHS, i] = c[LISTED_NOW, i] = c[NAMED_NOW, i] = c[DETENTIONS, i] = 0.0
            c[TREATMENT, i] = 0.3


@jit
def learn(s: Any, c: Any, f: Any, n: Any) -> None:
    change = n.resentment_strength * f[RIVAL_NOW] * (1.5 - f[RANK])
    change += n.rejects_criticism_strength * f[VOCAL_NOW] * (1.0 - f[RESISTANCE])
    change += n.resistance_settles_strength * (n.resistance_settles_usual - f[RESISTANCE])
    c[NAMED_NOW] *= 2.0 ** (-1.0 / n.attention_fades_named_months)
    c[LISTED_NOW] *= 2.0 ** (-1.0 / n.attention_fades_listed_months)
    f[MEMORY] *= 2.0 ** (-1.0 / n.remembered_half_life)
    f[MEMORY] = share(f[MEMORY] + n.remembered_uptake * f[VOCAL_NOW] * (1.0 - f[MEMORY]))
    f[RESISTANCE] = share(f[RESISTANCE] + change)


@jit
def record(series: Any, s: Any, c: Any, f: Any) -> None:
    for i in range(s.shape[1]):
        series[0] += s[SAID, i] == QUIET
        series[1] += s[SAID, i] == VOCAL
        series[2] += s[WILL, i]
        series[3] += s[QUIET_YIELD, i]
        series[4] += s[VOCAL_YIELD, i]
        series[5] += s[IN_VAIN, i]
        series[6] += s[STANCE, i]
    series[7], series[8], series[9] = f[QUIET_NOW], f[VOCAL_NOW], f[MEMORY]
    series[10] = f[EFFECT]
    for i in range(c.shape[1]):
        series[12] += c[RAISED, i]
        series[13] += c[EVENT, i] == 3.0
        series[14] += c[EVENT, i] == 4.0
        series[15] += c[EVENT, i] == 5.0
        series[16] += c[STATUS, i] == DETAINED
        series[17] += c[DETENTIONS, i]
        series[18] += c[TREATMENT, i]
        series[19] += c[FAME, i]
    series[11], series[20] = f[RESISTANCE], f[CONCESSIONS]


@jit
def run_months(run: Any, facts: Any, n: Any, persons: Any, series: Any) -> None:
    s, c, f = np.zeros((8, len(facts.sender_keys))), np.zeros((11, persons.shape[1])), np.zeros(12)
    s[QUIET_YIELD] = s[VOCAL_YIELD] = 0.3
    c[: STATUS + 1] = persons
    c[DETENTIONS], c[TREATMENT] = persons[STATUS], 0.3
    f[:4] = facts.starts
    base = np.empty(len(facts.stream_keys), dtype=np.uint64)
    for step in range(len(facts.year_of)):
        year = facts.year_of[step]
        for stream in range(len(base)):
            base[stream] = month_key(run, facts.stream_keys[stream], step)
        if step == 0 or year != facts.year_of[step - 1]:
            start_year(s, n, facts.yearly[year], facts.lasting, step == 0)
        groups = 1.0 - exp(-0.5 * facts.campaigns[year])
        effect = min(n.exposure_needs * f[NEEDS] * (1.0 - n.exposure_rank * f[RANK]), 3.0)
        blunted = max(1.0 - n.resistance_blunts_strength * (f[RESISTANCE] - n.resistance_blunts_usual), 0.0)
        f[EFFECT] = min(effect * blunted, 3.0)
        senders_speak(s, f, n, facts.yearly[year], facts.lasting, facts.sender_keys, base[CHANNEL])
        raise_persons(c, f, n, groups, facts.headline, facts.case_keys, base[LISTED], base[NAMED])
        answer_persons(c, f, n, facts.case_keys, base[RELEASE])
        take_persons(c, f, n, facts.case_keys, base[DOOR], base[ROUTINE])
        learn(s, c, f, n)
        remember(s, f, n)
        new_faces(c, n, facts.case_keys, base[ARRIVAL], base[PERSON])
        record(series[step], s, c, f)


@jit
def run_all(keys: Any, facts: Any, n: Any, persons: Any, series: Any) -> None:
    for run in range(len(keys)):
        run_months(keys[run], facts, n, persons[run], series[run])


def run_numba(facts: Facts, n: Any, persons: NDArray[np.float64], keys: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Return the series `(n_series, n_steps, n_runs)`."""
    series = np.zeros((len(keys), len(facts.year_of), N_SERIES))
    run_all(keys, facts, n, persons, series)
    return series.transpose(2, 1, 0)
