"""The words of senders as straight loops over runs, months and capitals, compiled by Numba for one thread."""

from __future__ import annotations

from math import exp, log, sqrt
from typing import Any

import numba
import numpy as np

from tests.benchmarks.words import CHANNEL, HEAVIEST, ISSUE, KIND, SERIES, SMALLEST, Case, Floats

GOLDEN, STEP = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03)
MIX_A, MIX_B = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
S30, S27, S31, S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
N_SERIES = len(SERIES)
IS_SENDER, PRESENT, IDEAL, DEMOCRACY, RIGHTS, NEED, ECONOMY, TRADE, AGREES, AGREES_CRITIC = range(10)
WILL, STANDING, SWING, SHARE, SAID, SAID_PUBLIC, WEIGHT, FRIEND = range(8)  # of a capital
PRIVATE, PUBLIC, BY_FRIENDS = range(3)  # sums by issue

jit = numba.njit(error_model="numpy")


@jit
def mix(z: Any) -> Any:
    z = (z ^ (z >> S30)) * MIX_A
    z = (z ^ (z >> S27)) * MIX_B
    return z ^ (z >> S31)


@jit
def luck(key: Any, stream: Any, step: Any, entity: Any) -> Any:
    base = mix((key ^ stream) + np.uint64(step + 2) * STEP)
    return (mix(base + entity * GOLDEN) >> S11) * 2.0**-53


@jit
def share(value: float) -> float:
    return min(max(value, 0.0), 1.0)


@jit
def log_of(value: float) -> float:
    return log(max(value, SMALLEST))


@jit
def start_year(s: Any, n: Any, yearly: Any, lasting: Any, first: bool) -> None:
    for i in range(s.shape[1]):
        now = s[SAID_PUBLIC, i] / s[SAID, i] if s[SAID, i] > 0.0 else s[SHARE, i]
        s[SWING, i] = abs(now - s[SHARE, i])
        s[SHARE, i] = now
        s[SAID, i] = s[SAID_PUBLIC, i] = 0.0
        own = share(min(yearly[DEMOCRACY, i], yearly[RIGHTS, i]) / n.will_stands_least - 1.0)
        size = sqrt(yearly[ECONOMY, i])
        means = size / (size + n.will_stands_small) * (1.0 - yearly[NEED, i]) * (1.0 - lasting[0, i])
        near = n.will_stands_western * lasting[2, i]
        near += n.will_stands_slope * max(yearly[IDEAL, i] - n.will_stands_threshold, 0.0)
        s[STANDING, i] = share(min(near, n.will_stands_most) * own * means * yearly[PRESENT, i])
        if first:
            s[WILL, i] = s[STANDING, i]


@jit
def weigh_words(s: Any, words: Any, said: Any, n: Any, yearly: Any, compartment: float) -> None:
    economy = yearly[ECONOMY] * yearly[IS_SENDER]
    trade = yearly[TRADE] * economy
    weight = 0.5 * (economy / max(economy.sum(), SMALLEST) + trade / max(trade.sum(), SMALLEST))
    heaviest = max(np.sort(weight)[-HEAVIEST:].sum(), SMALLEST)
    filed = 1.0 - n.word_weight_compartment_word * (compartment - n.word_weight_usual)
    middle = np.median(yearly[AGREES])
    said[:] = 0.0
    for i in range(s.shape[1]):
        kept = (1.0 - n.word_weight_oscillation_word * s[SWING, i]) * filed
        s[WEIGHT, i] = min(max(weight[i] / heaviest * kept, 0.0), 2.0)
        s[FRIEND, i] = yearly[AGREES, i] > middle
        for issue in range(said.shape[1]):
            said[PRIVATE, issue] += s[WEIGHT, i] * words[PRIVATE, i, issue]
            said[PUBLIC, issue] += s[WEIGHT, i] * words[PUBLIC, i, issue]
            said[BY_FRIENDS, issue] += s[WEIGHT, i] * words[PUBLIC, i, issue] * s[FRIEND, i]


@jit
def speak(
    s: Any, words: Any, said: Any, n: Any, yearly: Any, lasting: Any, usual: Any, hush: float, attention: Any,
    interest: Any, foreign: Any, keys: Any, streams: Any, run: Any, step: int, out: Any,
) -> None:  # fmt: skip
    for i in range(s.shape[1]):
        if yearly[IS_SENDER, i] == 0.0:
            continue
        care = n.will_speaks_strength * log_of(s[WILL, i] / n.will_speaks_usual)
        lost = n.quieter_leader_strength * hush * yearly[AGREES_CRITIC, i] * (1.0 - lasting[1, i])
        quiet, loud, both = usual[0] + care, usual[1] + care - lost, usual[2] + care - lost
        best = max(max(0.0, quiet), max(loud, both))
        none, quiet, loud, both = exp(-best), exp(quiet - best), exp(loud - best), exp(both - best)
        bound = luck(run, streams[CHANNEL], step, keys[i]) * (none + quiet + loud + both)
        if bound < none:
            continue
        private, public = bound < none + quiet or bound >= none + quiet + loud, bound >= none + quiet
        s[SAID, i] += 1.0
        s[SAID_PUBLIC, i] += public
        out[0] += private
        out[1] += public
        if luck(run, streams[KIND], step, keys[i]) < min(n.subject_representation_of_person * interest[i], 0.98):
            out[2] += 1.0
            continue
        whole = 0.0
        for issue in range(len(foreign)):
            whole += attention[i, issue] * foreign[issue]
        wanted, bound, on = luck(run, streams[ISSUE], step, keys[i]) * whole, 0.0, 0
        for issue in range(len(foreign) - 1):
            bound += attention[i, issue] * foreign[issue]
            on += bound <= wanted
        if private:
            said[PRIVATE, on] += s[WEIGHT, i] * (1.0 - words[PRIVATE, i, on])
            words[PRIVATE, i, on] = 1.0
        if public:
            heard = s[WEIGHT, i] * (1.0 - words[PUBLIC, i, on])
            said[PUBLIC, on] += heard
            said[BY_FRIENDS, on] += heard * s[FRIEND, i]
            words[PUBLIC, i, on] = 1.0


@jit
def measure(s: Any, words: Any, said: Any, n: Any, critic: int, out: Any) -> None:
    n_issues = said.shape[1]
    top = 0.0
    for issue in range(n_issues):
        public = min(said[PUBLIC, issue], 1.0)
        top = max(top, public)
        out[7] += min(said[PRIVATE, issue], 1.0)
        out[8] += public
        out[9] += min(said[BY_FRIENDS, issue], 1.0)
        out[10] += min(s[WEIGHT, critic] * words[PUBLIC, critic, issue], 1.0)
    out[11] = min(top + n.pressure_rest * (out[8] - top) / max(n_issues - 1, 1), 1.0)


@jit
def end_month(s: Any, words: Any, said: Any, n: Any, news: float, step: int, out: Any) -> None:
    back = 1.0 - 2.0 ** (-1.0 / n.will_returns_half_life)
    left = 2.0 ** (-2.0 / n.words_fade_half_life) if step % 2 else 1.0
    for i in range(s.shape[1]):
        will = s[WILL, i]
        moved = n.news_moves_will_pace * (news - n.news_moves_will_usual) * will * (1.0 - will)
        s[WILL, i] = share(will + moved + (s[STANDING, i] - will) * back)
        out[3] += s[WILL, i]
        out[6] += s[SWING, i]
        for issue in range(said.shape[1]):
            words[PRIVATE, i, issue] *= left
            words[PUBLIC, i, issue] *= left
            out[4] += words[PRIVATE, i, issue]
            out[5] += words[PUBLIC, i, issue]
    said *= left


@jit
def run_all(
    n: Any, year_of: Any, yearly: Any, lasting: Any, foreign: Any, news: float, compartment: float, public_share: float,
    keys: Any, streams: Any, attention: Any, interest: Any, runs: Any,
) -> Any:  # fmt: skip
    n_runs, n_senders, n_issues = attention.shape
    series = np.zeros((n_runs, len(year_of), N_SERIES))
    critic = int(np.argmax(lasting[1]))
    chances = (n.ordinary_month_representation_private, n.ordinary_month_representation_public,
               n.ordinary_month_representation_both)  # fmt: skip
    silence = log_of(1.0 - chances[0] - chances[1] - chances[2])
    usual = (log_of(chances[0]) - silence, log_of(chances[1]) - silence, log_of(chances[2]) - silence)
    for run in range(n_runs):
        s = np.zeros((8, n_senders))
        s[SHARE] = public_share
        words, said = np.zeros((2, n_senders, n_issues)), np.zeros((3, n_issues))
        year = -1
        for step in range(len(year_of)):
            facts = yearly[year_of[step]]
            if year_of[step] != year:
                year = year_of[step]
                start_year(s, n, facts, lasting, step == 0)
                weigh_words(s, words, said, n, facts, compartment)
            hush = max(words[PRIVATE, critic].max() - words[PUBLIC, critic].max(), 0.0)
            out = series[run, step]
            speak(s, words, said, n, facts, lasting, usual, hush, attention[run], interest[run], foreign, keys, streams,
                  runs[run], step, out)  # fmt: skip
            measure(s, words, said, n, critic, out)
            end_month(s, words, said, n, news, step, out)
    return series


def run_numba(case: Case) -> Floats:
    """Run all runs one after the other in compiled loops."""
    f = case.facts
    found: Floats = run_all(
        case.numbers, f.year_of, f.yearly, f.lasting, f.foreign_interest, f.news, f.compartment, f.public_share,
        f.sender_keys, f.stream_keys, case.starts.attention, case.starts.interest, case.keys,
    )  # fmt: skip
    return found.transpose(2, 1, 0)
