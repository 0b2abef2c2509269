"""Seat a policy: what if one government never sponsored a motion, whatever the rules advise?

Run it with a scenario file: python docs/examples/seat_a_policy.py scenarios/quiet_or_vocal.yaml
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from demarche.mesa_model import EngagementModel, State
from demarche.scenario.compile import compile_scenario
from demarche.scenario.load import load_scenario


class ReluctantState(State):
    """A government that raises rights as the rules advise, but puts its name to no motion."""

    def decide(self, decision: str, about: str, utilities: Mapping[str, float]) -> str | None:
        """Stay out of sponsorship; leave every other choice to the rules."""
        return "stay_out" if decision == "sponsor" else None


def sponsors_by_session(scenario: Path, seed: int, reluctant: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Return the codes of the sponsors at each session of one run, by month."""
    setup = compile_scenario(load_scenario(scenario))
    classes = dict.fromkeys(reluctant, ReluctantState)
    model = EngagementModel(setup, arm="as_it_was", account="strategic_target", seed=seed, classes=classes)
    sponsors = {}
    while model.simulation.step < model.simulation.n_steps:
        month = model.month
        model.step()
        if model.simulation.calendar.on("session", model.simulation.step - 1):
            rows = zip(model.world.codes["state"], model.world["is_sponsor"], strict=True)
            sponsors[month] = [code for code, row in rows if row[0]]
    return sponsors


if __name__ == "__main__":
    path = Path(sys.argv[1])
    free, bound = sponsors_by_session(path, 9), sponsors_by_session(path, 9, reluctant=("FRA", "DEU"))
    print("session  as the rules advise  two states reluctant")
    for month, names in free.items():
        print(f"{month}  {len(names):19d}  {len(bound[month]):20d}")
