"""Society, firms and attraction at the start: what the cast says of them laid into fields."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.cast.cast import Cast
from demarche.engine.draws import Draws
from demarche.world.world import World

STARTS = (
    "mobilisation", "activist_capacity", "activist_risk", "awareness", "legitimacy", "fear_of_instability",
    "security_effort", "media_visibility", "soft_power",
)  # fmt: skip


def lay_firms(world: World, cast: Cast) -> None:
    """Lay companies: home, sector, exposure, brand, and the code of conduct that they begin with."""
    senders = np.array(world.codes["sender"])
    sectors = sorted({firm.sector for firm in cast.firms})
    for row, firm in enumerate(cast.firms):
        world["firm_of"][row] = (senders == firm.home)[:, None]
        world["firm_sector"][row] = sectors.index(firm.sector)
        world["firm_exposure"][row] = firm.exposure
        world["firm_brand"][row] = firm.brand
        world["firm_code"][row] = firm.conduct
    exposure = world["firm_exposure"]
    total = float(exposure.sum())
    world["corporate_codes"][...] = (exposure * world["firm_code"]).sum(axis=0) / total if total else 0.0


def lay_society(world: World, draws: Draws) -> None:
    """Lay grievances, the venality of officials, appeal in each region, and where stocks began."""
    world["grievance"][...] = 1.0 - world["practice"]
    world["venality"][...] = draws.draw_lasting("initial.society/venality", "issue")
    world["region_appeal"][...] = world["soft_power"]
    world["attraction"][...] = world["soft_power"]
    for name in (*STARTS, "grievance"):
        start: Array = world[name]
        world[f"{name}_at_start"][...] = start
