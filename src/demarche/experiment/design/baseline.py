"""What parameters are in an account if the design says nothing of them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from demarche.arrays import Array
from demarche.experiment.design.request import Request
from demarche.rules.collected import Catalogue


def account_settings(request: Request) -> dict[str, Mapping[str, float]]:
    """Return account -> path -> value, where the account or the scenario differs from the default of the rules."""
    accounts, said = request.scenario.accounts, request.scenario.parameters
    return {name: {**accounts[name].settings, **said} for name in request.accounts}


def baseline(catalogue: Catalogue, paths: tuple[str, ...], settings: Mapping[str, float]) -> Array:
    """Return the values `(n_parameters,)` that parameters of rules have in an account if nothing else is said."""
    known = catalogue.parameters
    return np.array([settings.get(path, known[path].default) for path in paths], dtype=np.float64)
