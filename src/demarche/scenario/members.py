"""Whom a lever may be set for: names of groups, kinds and members of a cast, and whom each stands for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from demarche.cast.cast import Cast
from demarche.world.levers import ALL_OF, Scope


def members_by_name(cast: Cast, scope: Scope) -> dict[str, tuple[int, ...]]:
    """Return name -> positions in the order of the cast, of whom a lever of a scope may be set for.

    Senders go by group or code of a state, organisations by kind or code, treaties by code.
    """
    if scope == "senders":
        names = (*cast.group_names(), *cast.state_codes)
        return {name: tuple(np.flatnonzero(cast.group(name)).tolist()) for name in names}
    rows = [(one.code, (one.kind,)) for one in cast.ngos] if scope == "ngos" else [(t.code, ()) for t in cast.treaties]
    found: dict[str, tuple[int, ...]] = {ALL_OF[scope]: tuple(range(len(rows)))} if scope in ALL_OF else {}
    for place, (code, kinds) in enumerate(rows):
        for name in dict.fromkeys((*kinds, code)):
            found[name] = (*found.get(name, ()), place)
    return found


def mask_of(cast: Cast, scope: Scope, name: str) -> NDArray[np.bool_]:
    """Return whom a name stands for as a mask over the members of the cast `(n_members,)`."""
    if scope == "senders":
        return cast.group(name)
    mask = np.zeros(len(cast.ngos if scope == "ngos" else cast.treaties), dtype=bool)
    mask[list(members_by_name(cast, scope)[name])] = True
    return mask
