"""Demarche: a laboratory for human-rights diplomacy.

One world, competing accounts: states, NGOs and UN bodies act on a focal state under
rules drawn from five documents that disagree. Importing the package does nothing else
than define the version; import the part that is needed (`demarche.engine.simulate`,
`demarche.scenario.load`, `demarche.mesa_model.EngagementModel`).
"""

from __future__ import annotations

__version__ = "0.1.0"
