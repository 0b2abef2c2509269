"""Larger worlds: the reference cast with every state several times."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from demarche.cast.cast import Cast
from demarche.cast.tables import StateTable


def many_states(cast: Cast, times: int) -> Cast:
    """Return a cast in which every state and its seats occur several times.

    A copy has a code of its own, so that it has luck of its own; copies of the focal state and of its
    leading critic are ordinary states.
    """
    old = cast.states
    states = StateTable(
        codes=tuple(f"{code}{copy or ''}" for copy in range(times) for code in old.codes),
        names=old.names * times,
        regions=old.regions * times,
        joined_un=np.tile(old.joined_un, times),
        exists_from=np.tile(old.exists_from, times),
        exists_until=np.tile(old.exists_until, times),
        predecessors=old.predecessors * times,
        blocs=old.blocs * times,
        eu_from=np.tile(old.eu_from, times),
        leads_bloc=old.leads_bloc * times,
        clock=np.tile(old.clock, times),
    )
    columns = {name: np.tile(values, (1, times)) for name, values in cast.columns.items()}
    seats = {year: (body, np.tile(mask, times)) for year, (body, mask) in cast.seat_table.items()}
    return replace(cast, states=states, columns=columns, seat_table=seats)
