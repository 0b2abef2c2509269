"""Patterns of society at home: P38, P40, P41, P55, P56."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demarche.history.patterns.contract import Pattern, PatternKeys, Reads
from demarche.history.patterns.kit.lines import correlations, fitted, series_of
from demarche.history.patterns.view import BASELINE, View

if TYPE_CHECKING:
    import pandas as pd

ALONE = "no_backing"
CHANNELS = ("rival_criticism", "third_party_criticism", "un_criticism")


class NamingKeys(PatternKeys):
    """Keys of P56: series of naming and of local groups, and the largest main effect beside the interaction."""

    naming: str
    local: str
    main_at_most: float


def growth(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P38: the lower of the correlations of growth with protest and with security effort, over months of a run."""
    growing = view.monthly("growth_rate", keys.years)
    protest = correlations(growing, view.monthly("protest", keys.years))
    effort = correlations(growing, view.monthly("security_effort", keys.years))
    return protest.combine(effort, min)


def own_citizens(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P40: mobilisation without backing from abroad over that with it."""
    levels = {role: view.yearly("mobilisation", keys.years, role).mean(axis=1) for role in (BASELINE, ALONE)}
    pairs = view.paired(levels)
    return pairs[ALONE] / pairs[BASELINE]


def who_speaks(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P41: 1 if nationalism is highest where a rival speaks, lower with a third party, not higher with the UN."""
    levels = {role: view.yearly("nationalism", keys.years, role).mean(axis=1) for role in CHANNELS}
    pairs = view.paired(levels)
    rival, third, un = (pairs[role] for role in CHANNELS)
    return ((rival > third) & (third >= un)).astype(float)


def soft_power(view: View, keys: PatternKeys) -> pd.Series[float]:
    """P55: 1 if soft power rises with the rival's failures and with own practice, both in one line, over years."""
    power, failures, own = (view.yearly(name, keys.years) for name in ("soft_power", "rival_failures", "core_practice"))
    weights = {
        run: fitted(power.loc[run].to_numpy(), failures.loc[run].to_numpy(), own.loc[run].to_numpy())
        for run in power.index
    }
    return series_of(
        {run: float((some > 0).all()) if (some == some).all() else float("nan") for run, some in weights.items()}
    )


def local_groups(view: View, keys: NamingKeys) -> pd.Series[float]:
    """P56: 1 if naming times local groups goes with next year's practice and naming alone hardly does."""
    practice = view.yearly("core_practice", keys.years)
    naming, local = (view.yearly(name, keys.years) for name in (keys.naming, keys.local))
    found = {}
    for run in practice.index:
        change = practice.loc[run].diff().to_numpy()[1:]
        named = naming.loc[run].to_numpy()[:-1]
        there = local.loc[run].to_numpy()[:-1]
        there = there - there.mean()
        main, product = fitted(change, named, named * there)
        known = main == main and product == product
        found[run] = float(product > 0 and abs(main) <= keys.main_at_most) if known else float("nan")
    return series_of(found)


P38 = Pattern(
    "P38",
    PatternKeys,
    growth,
    Reads(series={"growth_rate": "growth", "protest": "protest", "security_effort": "security effort"}),
)
P40 = Pattern("P40", PatternKeys, own_citizens, Reads(series={"mobilisation": "mobilisation"}, arms=(BASELINE, ALONE)))
P41 = Pattern("P41", PatternKeys, who_speaks, Reads(series={"nationalism": "nationalism"}, arms=CHANNELS))
P55 = Pattern(
    "P55",
    PatternKeys,
    soft_power,
    Reads(
        series={
            "soft_power": "soft power",
            "rival_failures": "wars and crises of the rival, 0-1",
            "core_practice": "own practice",
        }
    ),
)
P56 = Pattern(
    "P56",
    NamingKeys,
    local_groups,
    Reads(
        series={
            "public_pressure": "naming",
            "activist_capacity": "capacity of local groups",
            "core_practice": "practice",
        }
    ),
)
