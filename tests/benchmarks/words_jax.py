"""The words of senders in JAX: a month of one run as a function, mapped over runs, scanned over months, compiled."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from tests.benchmarks.words import CHANNEL, HEAVIEST, ISSUE, KIND, SMALLEST, Case, Floats

jax.config.update("jax_enable_x64", True)  # 64-bit luck; everything else is single precision, as in the engine
jax.config.update("jax_platforms", "cpu")

REAL = jnp.float32
GOLDEN, STEP = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03
IS_SENDER, PRESENT, IDEAL, DEMOCRACY, RIGHTS, NEED, ECONOMY, TRADE, AGREES, AGREES_CRITIC = range(10)


def mix(z: Any) -> Any:
    """Return the finaliser of the engine's random numbers."""
    z = (z ^ (z >> 30)) * jnp.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> 27)) * jnp.uint64(0x94D049BB133111EB)
    return z ^ (z >> 31)


def log_of(values: Any) -> Any:
    """Return the logarithm; of 0 that of the smallest number."""
    return jnp.log(jnp.maximum(values, SMALLEST))


def share_of(part: Any, whole: Any) -> Any:
    """Return part / whole."""
    return part / jnp.maximum(whole, SMALLEST)


def month_of(case: Case) -> Any:
    """Return the function of one month of one run: state, (step, year, does it start) -> state, series."""
    f, n = case.facts, case.numbers
    lasting, foreign = jnp.asarray(f.lasting, REAL), jnp.asarray(f.foreign_interest, REAL)
    all_years = jnp.asarray(f.yearly, REAL)
    keys = jnp.asarray(f.sender_keys, jnp.uint64) * jnp.uint64(GOLDEN)
    critic, n_issues = int(np.argmax(f.lasting[1])), len(f.foreign_interest)
    chances = np.array([n.ordinary_month_representation_private, n.ordinary_month_representation_public,
                        n.ordinary_month_representation_both])  # fmt: skip
    usual = jnp.asarray(np.log(chances) - np.log(1.0 - chances.sum()), REAL)
    filed = 1.0 - n.word_weight_compartment_word * (f.compartment - n.word_weight_usual)
    likely_scale, rest = n.subject_representation_of_person, n.pressure_rest
    fading, back = 2.0 ** (-2.0 / n.words_fade_half_life), 1.0 - 2.0 ** (-1.0 / n.will_returns_half_life)

    def new_year(s: dict[str, Any], yearly: Any, step: Any) -> dict[str, Any]:
        now = jnp.where(s["words"] > 0.0, share_of(s["public_words"], s["words"]), s["share"])
        own = jnp.clip(jnp.minimum(yearly[DEMOCRACY], yearly[RIGHTS]) / n.will_stands_least - 1.0, 0.0, 1.0)
        size = jnp.sqrt(yearly[ECONOMY])
        means = size / (size + n.will_stands_small) * (1.0 - yearly[NEED]) * (1.0 - lasting[0]) * yearly[PRESENT]
        near = n.will_stands_slope * jnp.maximum(yearly[IDEAL] - n.will_stands_threshold, 0.0)
        near = jnp.minimum(near + n.will_stands_western * lasting[2], n.will_stands_most)
        standing = jnp.clip(near * own * means, 0.0, 1.0)
        economy = yearly[ECONOMY] * yearly[IS_SENDER]
        trade = yearly[TRADE] * economy
        weight = 0.5 * (share_of(economy, economy.sum()) + share_of(trade, trade.sum()))
        swing = jnp.abs(now - s["share"])
        kept = (1.0 - n.word_weight_oscillation_word * swing) * filed
        weight = jnp.clip(share_of(weight, jnp.sort(weight)[-HEAVIEST:].sum()) * kept, 0.0, 2.0)
        friend = (yearly[AGREES] > jnp.median(yearly[AGREES])).astype(REAL)
        none = jnp.zeros_like(now)
        return s | {
            "swing": swing, "share": now, "words": none, "public_words": none, "standing": standing,
            "will": jnp.where(step == 0, standing, s["will"]), "weight": weight, "friend": friend,
            "said": jnp.stack([weight @ s["word_private"], weight @ s["word_public"],
                               (weight * friend) @ s["word_public"]]),
        }  # fmt: skip

    def month(s: dict[str, Any], when: Any) -> tuple[dict[str, Any], Any]:
        step, year, starts = when
        yearly = all_years[year]
        fresh = new_year(s, yearly, step)
        s = {name: jnp.where(starts, fresh[name], kept) for name, kept in s.items()}
        at = (step + 2).astype(jnp.uint64) * jnp.uint64(STEP)

        def luck(stream: int) -> Any:
            base = mix((s["key"] ^ jnp.uint64(f.stream_keys[stream])) + at)
            return ((mix(base + keys) >> 11).astype(jnp.float64) * 2.0**-53).astype(REAL)

        hush = jnp.maximum(s["word_private"][critic].max() - s["word_public"][critic].max(), 0.0)
        care = n.will_speaks_strength * log_of(s["will"] / n.will_speaks_usual)
        lost = n.quieter_leader_strength * hush * yearly[AGREES_CRITIC] * (1.0 - lasting[1])
        utility = jnp.stack([jnp.zeros_like(care), usual[0] + care, usual[1] + care - lost, usual[2] + care - lost])
        bounds = jnp.cumsum(jnp.exp(utility - utility.max(axis=0)), axis=0)
        choice = (luck(CHANNEL) * bounds[-1] >= bounds[:-1]).sum(axis=0) * (yearly[IS_SENDER] > 0.0)
        speaks = choice > 0
        private, public = (choice == 1) | (choice == 3), choice >= 2
        persons = speaks & (luck(KIND) < jnp.minimum(likely_scale * s["interest"], 0.98))
        wanted = jnp.cumsum(s["attention"] * foreign, axis=1)
        passed = (wanted <= luck(ISSUE)[:, None] * wanted[:, -1:]).sum(axis=1)
        on = jax.nn.one_hot(jnp.minimum(passed, n_issues - 1), n_issues, dtype=REAL) * (speaks & ~persons)[:, None]
        on_private, on_public = on * private[:, None], on * public[:, None]
        heard = on_public * (1.0 - s["word_public"]) * s["weight"][:, None]
        said = s["said"] + jnp.stack([
            (on_private * (1.0 - s["word_private"]) * s["weight"][:, None]).sum(axis=0), heard.sum(axis=0),
            (heard * s["friend"][:, None]).sum(axis=0),
        ])  # fmt: skip
        word_private = jnp.where(on_private > 0.0, 1.0, s["word_private"]).astype(REAL)
        word_public = jnp.where(on_public > 0.0, 1.0, s["word_public"]).astype(REAL)
        pressure = jnp.minimum(said, 1.0)
        rival = jnp.minimum(s["weight"][critic] * word_public[critic], 1.0).sum()
        top = pressure[1].max()
        voice = jnp.minimum(top + rest * (pressure[1].sum() - top) / max(n_issues - 1, 1), 1.0)
        moved = n.news_moves_will_pace * (f.news - n.news_moves_will_usual) * s["will"] * (1.0 - s["will"])
        will = jnp.clip(s["will"] + moved + (s["standing"] - s["will"]) * back, 0.0, 1.0)
        left = jnp.where(step % 2 == 1, fading, 1.0).astype(REAL)
        s = s | {
            "will": will, "words": s["words"] + speaks, "public_words": s["public_words"] + public,
            "word_private": word_private * left, "word_public": word_public * left, "said": said * left,
        }  # fmt: skip
        out = [private.sum(), public.sum(), persons.sum(), will.sum(), s["word_private"].sum(), s["word_public"].sum(),
               s["swing"].sum(), pressure[0].sum(), pressure[1].sum(), pressure[2].sum(), rival, voice]  # fmt: skip
        return s, jnp.stack([one.astype(REAL) for one in out])

    return month


def make_jax(case: Case) -> Any:
    """Return a compiled function from starts and keys of runs to their series `(n_runs, n_steps, n_series)`."""
    month, f = month_of(case), case.facts
    n_steps, n_senders, n_issues = len(f.year_of), len(f.sender_keys), len(f.foreign_interest)
    starts = np.diff(f.year_of, prepend=-1) > 0
    when = (jnp.arange(n_steps), jnp.asarray(f.year_of), jnp.asarray(starts))

    def run(key: Any, attention: Any, interest: Any) -> Any:
        none, words = jnp.zeros(n_senders, REAL), jnp.zeros((n_senders, n_issues), REAL)
        state = dict.fromkeys(("swing", "words", "public_words", "standing", "will", "weight", "friend"), none)
        state |= {
            "share": none + REAL(f.public_share),
            "word_private": words,
            "word_public": words,
            "said": jnp.zeros((3, n_issues), REAL),
            "key": key,
            "attention": attention,
            "interest": interest,
        }
        return jax.lax.scan(month, state, when)[1]

    return jax.jit(jax.vmap(run))


def given(case: Case) -> tuple[Any, Any, Any]:
    """Return keys and starts of runs as JAX takes them."""
    return jnp.asarray(case.keys), jnp.asarray(case.starts.attention, REAL), jnp.asarray(case.starts.interest, REAL)


def run_jax(case: Case) -> Floats:
    """Run all runs side by side, compiling included."""
    return np.asarray(make_jax(case)(*given(case)), dtype=np.float64).transpose(2, 1, 0)
