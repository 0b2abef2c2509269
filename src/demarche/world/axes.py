"""The named axes of the world's arrays and the codes that never vary between cases.

Arrays have their axes in declared order with the run axis last: `(n_states, n_runs)`,
`(n_options, n_states, n_runs)`, `(n_runs,)`. Axes whose members come from a cast
(states, NGOs, bodies, issue areas, treaties, cases) are sized when the world is made.
"""

from __future__ import annotations

CHANNELS = ("quiet", "vocal")
DIALOGUE_TERMS = ("agenda", "secrecy", "ngo_seat", "conditions")
REGIONS = ("african", "asian", "eastern_european", "latin_american", "western")
CASE_STATUS = ("at_liberty", "detained", "released", "exiled")
TREATY_STAGES = ("none", "signed", "ratified")
ISSUE_GROUPS = ("core", "overlap", "social", "procedural")

CAST_AXES = ("state", "ngo", "body", "issue", "treaty", "case")
FIXED_AXES: dict[str, tuple[str, ...]] = {
    "channel": CHANNELS,
    "term": DIALOGUE_TERMS,
}
