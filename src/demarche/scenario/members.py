"""Whom a lever may be set for: groups, kinds and members of a cast by name, and whom each name stands for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demarche.cast.cast import Cast
from demarche.world.levers import ALL_OF, Scope


def _names(cast: Cast, scope: Scope) -> list[tuple[str, ...]]:
    """Return by what names each organisation or treaty of the cast goes: all of them, its kind, its code."""
    if scope == "ngos":
        return [(ALL_OF[scope], ngo.kind, ngo.code) for ngo in cast.ngos]
    return [(ALL_OF[scope], treaty.code) for treaty in cast.treaties]


def names_of(cast: Cast, scope: Scope) -> tuple[str, ...]:
    """Return whom a lever of a scope may be set for.

    Senders go by group or code of a state, organisations by kind or code, treaties by code.
    """
    if scope == "senders":
        return (*cast.group_names(), *(code for code in cast.state_codes if code != cast.focal))
    return tuple(dict.fromkeys(name for names in _names(cast, scope) for name in names))


def mask_of(cast: Cast, scope: Scope, name: str) -> NDArray[np.bool_]:
    """Return whom a name stands for as a mask over the members of the cast `(n_members,)`."""
    if scope == "senders":
        return cast.group(name)
    return np.array([name in names for names in _names(cast, scope)], dtype=np.bool_)
