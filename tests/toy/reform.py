"""A toy of the reform block: words, pressure, odds and luck in plain NumPy, nothing of the catalogue.

The focal state decides once a year and core issue to tighten, to hold or to loosen. Links add to the log odds of
an option against `hold`; luck is one uniform an issue, from a common and an own normal. What a link buys here is
the reference for the unit law of the model: a rule that claims an odds ratio has to buy the same.

Not in the toy: mobilisation, protest, welfare claims and nationalism stay at their reference level and so push
nothing; practice follows the decided level at once and is not held within [0, 1]; congress years are like others.

How strong treatments are is not stated where the table of accounts is: full treatment without learning and without
return of stocks was chosen after several settings had been held against that table, so its agreement weighs less than
that of the spread and of the odds ratios, which follow from the block alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtri

Array = NDArray[np.float64]

BASE = (0.20, 0.60, 0.20)  # chance a year to tighten, hold, loosen: assumption, from the spread of closed autocracies
STEP = 0.05  # practice moved by one decision, share: the same source
LUCK_CORRELATION = 0.5  # of the normals behind two issues: with 0, four issues average the spread away
THREAT = np.array([0.9, 0.5, 0.7, 0.7])  # of the four core issues to the monopoly: table of issues of the cast
YEARS = 15
HEAVIEST = 12  # senders who together make a pressure of 1 when each speaks once a year
WEIGHTS = 1.0 / np.arange(1, 31)  # of thirty senders: assumption, falling as trade and output do; summed to 1 below
WEIGHTS /= WEIGHTS.sum()
HALF_NORMAL = 1.645  # standard normal at 95 %

# Median, low and high (5 and 95 %) by account; one entry stands for all four. Judgements read out of the documents
# and the literature named, made before any run; odds ratios unless a comment says otherwise.
Range = tuple[float, float, float]
LINKS: dict[str, tuple[Range, ...]] = {
    # norms held as one's own -> loosening (Risse, Ropp and Sikkink)
    "internalisation_reform": ((4, 1.5, 8), (1, 0.7, 1.4), (1.5, 0.8, 3), (1.5, 0.8, 3)),
    # full public pressure on a core issue -> loosening (Hafner-Burton 2008; Hendrix and Wong 2013)
    "pressure_reform_core": ((1, 0.7, 1.3), (1, 0.7, 1.4), (1, 0.75, 1.35), (1.1, 0.7, 1.7)),
    # naming in which groups or third parties join -> loosening (Murdie and Davis 2012)
    "naming_with_local_groups": ((1.4, 1, 2.2), (1.4, 1, 2.2), (1.4, 1, 2.2), (1.8, 1, 3.5)),
    # full private representations on an issue -> loosening (Kinzelbach 2015; Fleay 2006)
    "private_reform": ((1.3, 0.9, 2), (1, 0.8, 1.25), (1, 0.85, 1.15), (1, 0.8, 1.2)),
    # full belief that repression costs nothing -> tightening
    "silence_licence": ((1.1, 0.7, 1.8), (1.1, 0.7, 1.8), (1.1, 0.7, 1.8), (2, 1.2, 4)),
    # factor on every push at full threat to the monopoly
    "monopoly_freeze": ((0.6, 0.3, 1), (0.4, 0.15, 0.8), (0.2, 0.05, 0.5), (0.6, 0.3, 1)),
    # factor on public words after ten years of the target's learning
    "skill_yield": ((0.42, 0.18, 1), (0.3, 0.15, 0.6), (0.42, 0.18, 1), (0.42, 0.18, 1)),
    # factor on the two links that follow, where no public verdict is passed
    "equality_internalisation": ((1.7, 1, 3), (1, 0.5, 1.5), (1, 0.5, 1.5), (1, 0.5, 1.5)),
    # talks of full substance with ten partners -> norms held as one's own, share a year
    "dialogue_internalisation": (
        (0.02, 0.005, 0.04), (0, -0.005, 0.005), (0, -0.005, 0.01), (0, -0.005, 0.006),
    ),
    # seats, reports and treaties kept up -> norms held as one's own, share a year
    "membership_internalisation": (
        (0.01, 0.003, 0.02), (0, -0.005, 0.005), (0.002, -0.002, 0.008), (0.002, -0.004, 0.01),
    ),
    # nobody speaks for a year -> belief that repression costs nothing, share a year
    "silence_belief": ((0.05, 0, 0.15), (0.05, 0, 0.15), (0.05, 0, 0.15), (0.2, 0.08, 0.4)),
}  # fmt: skip
ACCOUNTS = ("T1", "T2", "T3", "T4")
RATES = ("dialogue_internalisation", "membership_internalisation", "silence_belief")
RETURN = {"belief": 2.0, "internalisation": 20.0}  # years in which half of a stock is lost

Links = Mapping[str, Array | float]
NEUTRAL: dict[str, float] = {name: 0.0 if name in RATES else 1.0 for name in LINKS}


def medians(account: str) -> dict[str, float]:
    """Return the median of every link in an account."""
    return {name: float(ranges[ACCOUNTS.index(account)][0]) for name, ranges in LINKS.items()}


def drawn(account: str, n: int, rng: np.random.Generator) -> dict[str, Array]:
    """Return `(n,)` independent draws of every link in an account."""
    row = ACCOUNTS.index(account)
    scales = {name: "identity" if name in RATES else "ln" for name in LINKS}
    return {name: draw(ranges[row], rng.normal(size=n), scales[name]) for name, ranges in LINKS.items()}


def draw(limits: Range, z: Array, scale: str) -> Array:
    """Return draws from a median and its 5 and 95 %: two half-normals on a scale.

    Parameters
    ----------
    limits
        Median, low, high.
    z
        Standard normals `(n,)`.
    scale
        `ln` for odds ratios and factors, `logit` for shares in [0, 1], `identity` for rates that may cross zero.
    """
    there = {"ln": np.log, "identity": np.asarray, "logit": lambda v: logit((np.asarray(v) + 0.02) / 1.04)}[scale]
    back = {"ln": np.exp, "identity": np.asarray, "logit": lambda v: np.clip(expit(v) * 1.04 - 0.02, 0, 1)}[scale]
    middle, low, high = (float(there(value)) for value in limits)
    values: Array = back(middle + z / HALF_NORMAL * np.where(z < 0, middle - low, high - middle))
    return values


def remembered(word: Array, spoken: Array) -> Array:
    """Return the memory of words a year later `(n_senders, n_issues)`: half-life of a year, one a year is 1."""
    kept: Array = np.minimum(1.0, (word + spoken) / 2.0)
    return kept


def pressure(word: Array) -> Array:
    """Return the pressure `(n_issues,)` of remembered words: 1 if the heaviest senders all speak once a year."""
    total: Array = WEIGHTS @ word / np.sort(WEIGHTS)[-HEAVIEST:].sum()
    return total


def words_of(n_senders: int, n_issues: int = len(THREAT)) -> Array:
    """Return words a year `(30, n_issues)` when so many of the heaviest senders speak once a year on each issue."""
    spoken = np.zeros((len(WEIGHTS), n_issues))
    spoken[:n_senders] = 1.0
    return spoken


@dataclass(frozen=True)
class World:
    """What an arm does for fifteen years, and which parts of the block act.

    Parameters
    ----------
    public, private
        Words a year `(n_senders, n_issues)`; held so long before the first year that memory is full.
    groups, talks, membership
        Treatments in [0, 1]: groups that join in naming, substance of talks, seats and treaties kept up.
    learns
        Whether the target's skill wears public words down.
    returns
        Whether belief and internalisation fall back to 0 by themselves.
    """

    public: Array
    private: Array
    groups: float = 1.0
    talks: float = 1.0
    membership: float = 1.0
    learns: bool = False
    returns: bool = False


QUIET = World(public=words_of(0), private=words_of(HEAVIEST))
VOCAL = World(public=words_of(HEAVIEST), private=words_of(0))
SILENT = World(public=words_of(0), private=words_of(0), talks=0.0, membership=0.0)


def change(
    links: Links,
    world: World,
    n: int,
    rng: np.random.Generator,
    *,
    sustained: float = 1.0,
    correlation: float = LUCK_CORRELATION,
) -> Array:
    """Return what fifteen years change in the practice of the core issues `(4, n)`, shares.

    Parameters
    ----------
    links
        Values by name, numbers or `(n,)`.
    world
        What is done.
    sustained
        A further odds ratio of loosening that holds in every year, not frozen.
    correlation
        Of the luck of two issues.
    """
    public, private = pressure(world.public), pressure(world.private)
    voice = min(1.0, float(public.max()) + 0.3 * float(np.delete(public, public.argmax()).mean()))
    practice, belief, internal = np.zeros((len(THREAT), n)), np.zeros(n), np.zeros(n)
    freeze = np.asarray(links["monopoly_freeze"]) ** THREAT[:, None]
    equality = np.asarray(links["equality_internalisation"]) ** (1.0 - float(public.mean()))
    for year in range(YEARS):
        heard = public * world.groups, public, private
        names = "naming_with_local_groups", "pressure_reform_core", "private_reform"
        skill = np.asarray(links["skill_yield"]) ** (year / 10.0) if world.learns else np.ones(1)
        worn = skill, skill, np.ones(1)
        loosen = np.log(links["internalisation_reform"]) * internal + sum(
            np.log(links[name]) * part[:, None] * factor for name, part, factor in zip(names, heard, worn, strict=True)
        )
        tighten = np.log(links["silence_licence"]) * belief
        chances = odds(freeze * tighten, freeze * loosen + np.log(sustained))
        practice += STEP * decided(chances, luck(n, correlation, rng))
        gain = world.talks * links["dialogue_internalisation"] + world.membership * links["membership_internalisation"]
        internal = internal + gain * equality * np.where(gain >= 0, 1.0 - internal, internal)
        belief = belief + np.asarray(links["silence_belief"]) * (1.0 - voice) * (1.0 - belief)
        if world.returns:
            internal, belief = internal * 0.5 ** (1 / RETURN["internalisation"]), belief * 0.5 ** (1 / RETURN["belief"])
    return practice


def odds(tighten: Array | float, loosen: Array | float) -> tuple[Array, Array]:
    """Return the chances to tighten and to loosen when log odds are added to those of the base."""
    down, up = BASE[0] * np.exp(tighten), BASE[2] * np.exp(loosen)
    total = down + BASE[1] + up
    return down / total, up / total


def decided(chances: tuple[Array, Array], z: Array) -> Array:
    """Return -1, 0 or 1 by issue and run, from normals `(n_issues, n)`: the unluckiest tighten."""
    down, up = chances
    steps: Array = (z > ndtri(1.0 - up)).astype(float) - (z < ndtri(down))
    return steps


def luck(n: int, correlation: float, rng: np.random.Generator) -> Array:
    """Return standard normals `(n_issues, n)` of a common and an own part."""
    common, own = rng.normal(size=n), rng.normal(size=(len(THREAT), n))
    z: Array = np.sqrt(correlation) * common + np.sqrt(1.0 - correlation) * own
    return z
