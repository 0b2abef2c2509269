"""Organisations, donors and bodies of a cast laid into fields, with what their kinds do more or less than others."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from demarche.arrays import Array
from demarche.cast.cast import Cast
from demarche.world.calendar import Month
from demarche.world.kinds import BODY_KIND_NAMES, NGO_KINDS, TACTIC_COSTS, TACTICS, fit_of
from demarche.world.world import World

EVIDENCE_AT_START = 0.3  # assumption: organisations begin with a third of what they could know
TRAITS = ("cooperative", "sheltered", "next_door", "regional", "union", "campaigner")


def lay_organisations(world: World, cast: Cast) -> None:
    """Lay what does not change: kinds, attention, starting means and evidence, mandates of bodies."""
    kinds = [NGO_KINDS[ngo.kind] for ngo in cast.ngos]
    for name in ("budget", "access", "network"):
        world[f"ngo_{name}"][...] = _column(getattr(ngo, name) for ngo in cast.ngos)
    world["ngo_access_usual"][...] = world["ngo_access"][:, :1]
    for name in TRAITS:
        world[f"ngo_is_{name}"][...] = _column(getattr(kind, name) for kind in kinds)
    world["ngo_joins"][...] = _column(kind.joins for kind in kinds)
    world["ngo_reserve"][...] = _column(kind.reserve for kind in kinds)
    world["ngo_fit"][...] = np.array([[fit_of(ngo.kind, tactic) for ngo in cast.ngos] for tactic in TACTICS])[..., None]
    world["tactic_cost"][...] = _column(TACTIC_COSTS.values())
    world["ngo_purse"][...] = world["ngo_budget"][:, :1] * world["ngo_reserve"]
    world["ngo_free"][...] = world["ngo_purse"]
    issues = [issue.code for issue in cast.issues]
    attention = np.array([[ngo.attention.get(code, 0.0) for code in issues] for ngo in cast.ngos])
    world["ngo_attention"][...] = attention[:, :, None]
    world["ngo_evidence"][...] = EVIDENCE_AT_START * attention[:, :, None]
    world["ngo_focus"][...] = attention.argmax(axis=1)[:, None]
    pots = np.array([donor.pot for donor in cast.donors])
    world["donor_pot"][...] = (pots / pots.sum())[:, None]
    world["donor_lean"][...] = _column(donor.groups for donor in cast.donors)
    _lay_mandates(world, cast, issues)


def _lay_mandates(world: World, cast: Cast, issues: list[str]) -> None:
    treaties = {treaty.code: treaty for treaty in cast.treaties}
    named = [dict.fromkeys(treaties[b.treaty].covers, 1.0) if b.treaty else b.covers for b in cast.bodies]
    covers = np.array([[weights.get(code, 0.0) if weights else 1.0 for code in issues] for weights in named])
    world["body_covers"][...] = covers[:, :, None]
    world["body_treaty"][...] = _column([*treaties].index(b.treaty) if b.treaty else -1 for b in cast.bodies)
    experts = np.array([body.kind == "procedures" for body in cast.bodies])
    world["mandate_scope"][...] = (covers * experts[:, None]).max(axis=0)[:, None]


def lay_presence(world: World, cast: Cast, month: Month) -> None:
    """Lay which organisations work and which bodies exist, by kind, in the year of a month."""
    world["ngo_is_active"][...] = _column(ngo.is_active(month) for ngo in cast.ngos)
    active = np.array([body.is_active(month) for body in cast.bodies])
    world["body_is_active"][...] = active[:, None]
    for kind in BODY_KIND_NAMES:
        world[f"body_is_{kind}"][...] = (active & np.array([body.kind == kind for body in cast.bodies]))[:, None]


def _column(values: Iterable[float]) -> Array:
    return np.array([float(value) for value in values], dtype=np.float64)[:, None]
