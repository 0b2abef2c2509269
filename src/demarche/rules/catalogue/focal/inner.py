"""The inner stocks of the focal state: conviction, resistance, nationalism, skill, and belief about cost."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array, cells
from demarche.rules.contract import ALL, Fields, Moment, Parameter, rule
from demarche.rules.kit.arithmetic import by_run, real
from demarche.rules.kit.links import factor, return_to, share_a_year
from demarche.rules.kit.talks import talks_on
from demarche.rules.kit.usual import usual

RATIFIED = 2.0


@rule(
    "focal.conviction_spreads",
    "Treatment as an equal and adoption by the leadership speed how norms spread in a state, or do not.",
    claims=("DLG-02", "DOM-06", "DOM-08"),
    accounts=ALL,
    phase="learning",
    reads=("pressure_public", "is_core", "document_adopted"),
    writes=("conviction_speed", "adoption_speed"),
    links=("equality_internalisation", "state_adoption"),
)
def conviction_spreads(w: Fields, now: Moment, *, equality_internalisation: Array, state_adoption: Array) -> None:
    """Set how fast contact becomes conviction. Limits: verdicts count by their mean on the core."""
    verdicts = (w.pressure_public * w.is_core).sum(axis=0) / np.maximum(w.is_core.sum(axis=0), 1.0)
    w.adoption_speed[...] = factor(state_adoption, w.document_adopted)
    w.conviction_speed[...] = w.adoption_speed * factor(equality_internalisation, 1.0 - verdicts.clip(0.0, 1.0))


@rule(
    "focal.talks_convince",
    "Rounds of talk turn tactics into conviction, if their substance is not emptied.",
    claims=("DLG-01", "DLG-07", "DLG-11", "DLG-14", "DLG-21", "DLG-22", "DLG-28"),
    accounts=ALL,
    phase="learning",
    rows="senders",
    reads=("has_dialogue", "dialogue_suspended", "dialogue_substance", "internalisation", "conviction_speed"),
    writes=("internalisation_change",),
    links=("dialogue_internalisation",),
    parameters=(
        Parameter("partners", 10.0, 10.0, 10.0, "states", "partners in full talks that count as 1",
                  "definition of the link on talks", "constant"),
    ),
    after=("focal.conviction_spreads",),
)  # fmt: skip
def talks_convince(w: Fields, now: Moment, *, dialogue_internalisation: Array, partners: Array) -> None:
    """Move conviction with the substance of running talks."""
    at = cells(w.has_dialogue)
    running = talks_on(at.of(w.has_dialogue), at.of(w.dialogue_suspended))
    talks = (by_run(now.n_runs, at[1], running * at.of(w.dialogue_substance)) / partners).clip(0.0, 1.0)
    w.internalisation_change += share_a_year(w.internalisation, dialogue_internalisation * w.conviction_speed, talks)


@rule(
    "focal.membership_convinces",
    "A seat, reports on time and treaties in force make an insider, or an expert in form.",
    claims=("DOM-02", "DOM-05", "DOM-07", "UNB-28", "UNB-31", "TGT-13", "TGT-14", "TGT-22"),
    accounts=ALL,
    phase="learning",
    reads=("has_seat", "is_focal", "treaty_stage", "reports_on_time", "has_owed_report", "internalisation",
           "conviction_speed"),
    writes=("internalisation_change",),
    links=("membership_internalisation",),
    after=("focal.conviction_spreads",),
)
def membership_convinces(w: Fields, now: Moment, *, membership_internalisation: Array) -> None:
    """Each counts for a third, reports once one was owed. Limits: they count by their dates, not by what they say."""
    seated = (w.has_seat * w.is_focal).sum(axis=0)
    in_force = real(w.treaty_stage == RATIFIED)
    reported = w.reports_on_time * w.has_owed_report * in_force.max(axis=0)
    counted = np.broadcast_arrays(seated, reported, in_force.mean(axis=0))
    membership = np.mean(counted, axis=0)
    speed = membership_internalisation * w.conviction_speed
    w.internalisation_change += share_a_year(w.internalisation, speed, membership)


@rule(
    "focal.resents_verdicts",
    "Demands in the manner of a judge breed resistance; the state's own words and neighbours' voices breed less.",
    claims=("PRS-07", "PRS-31", "SND-03", "SND-12", "SND-13", "SND-14", "SND-19", "COA-17"),
    accounts=ALL,
    phase="learning",
    reads=("pressure_public", "share_by_law", "share_from_neighbours", "resistance"),
    writes=("resistance_change",),
    links=("word_resistance", "frame_law", "regional_voice"),
)
def resents_verdicts(
    w: Fields, now: Moment, *, word_resistance: Array, frame_law: Array, regional_voice: Array,
) -> None:
    """Move resistance with the strongest public pressure on any issue, by how and by whom it is voiced."""
    voiced = factor(frame_law, w.share_by_law) * factor(regional_voice, w.share_from_neighbours)
    w.resistance_change += share_a_year(w.resistance, word_resistance * voiced, w.pressure_public.max(axis=0))


@rule(
    "focal.resents_a_leaders_interest",
    "Words of the leading critic breed more resistance as more of them than usual speak of its own interest, or less.",
    claims=("SND-09", "SND-07"),
    accounts=ALL,
    phase="learning",
    reads=("pressure_rival", "leader_argues_interest", "resistance"),
    writes=("resistance_change",),
    links=("leader_interest",),
    parameters=(usual("leader_argues_interest"),),
)
def resents_a_leaders_interest(
    w: Fields, now: Moment, *, leader_interest: Array, usual_leader_argues_interest: Array
) -> None:
    """Move resistance with the leader's strongest words. Limits: other states do not resist its lead."""
    led = w.pressure_rival.max(axis=0) * (w.leader_argues_interest - usual_leader_argues_interest)
    w.resistance_change += share_a_year(w.resistance, leader_interest, led)


@rule(
    "focal.yields_less_in_resistance",
    "A state that resists concedes less.",
    claims=("PRS-07",),
    accounts=ALL,
    phase="answer_weighing_common",
    reads=("resistance",),
    writes=("concession_push",),
    links=("resistance_yield",),
    parameters=(usual("resistance"),),
)
def yields_less_in_resistance(w: Fields, now: Moment, *, resistance_yield: Array, usual_resistance: Array) -> None:
    """Weigh resistance against its usual level on every concession; its price divides this."""
    w.concession_push += np.log(resistance_yield) * (w.resistance - usual_resistance)


@rule(
    "focal.concedes_to_credit",
    "Gains openly acknowledged make concessions easier, or are taken for approval.",
    claims=("SND-11", "NGO-05"),
    accounts=ALL,
    phase="answer_weighing_common",
    reads=("share_acknowledging",),
    writes=("concession_push",),
    links=("acknowledge_openness",),
)
def concedes_to_credit(w: Fields, now: Moment, *, acknowledge_openness: Array) -> None:
    """Weigh how far words give credit first on every concession."""
    w.concession_push += np.log(acknowledge_openness) * w.share_acknowledging


@rule(
    "focal.rival_stokes_nationalism",
    "Criticism by a rival stokes resentment, or does not; through the UN it does so less.",
    claims=("DOM-30", "TGT-27", "UNB-22"),
    accounts=ALL,
    phase="learning",
    reads=("pressure_rival", "share_through_un", "nationalism"),
    writes=("nationalism_change",),
    links=("rival_nationalism", "un_nationalism"),
)
def rival_stokes_nationalism(w: Fields, now: Moment, *, rival_nationalism: Array, un_nationalism: Array) -> None:
    """Move nationalism with the rival's strongest public pressure on any issue. Limits: others' words do nothing."""
    stoked = rival_nationalism * factor(un_nationalism, w.share_through_un)
    w.nationalism_change += share_a_year(w.nationalism, stoked, w.pressure_rival.max(axis=0))


@rule(
    "focal.nationalism_brakes_demands",
    "Hostility to foreigners is a brake on demands at home.",
    claims=("DOM-29", "DOM-30"),
    accounts=ALL,
    phase="answer_weighing_common",
    reads=("mobilisation", "nationalism"),
    writes=("demands",),
    links=("nationalism_brake",),
    parameters=(usual("nationalism"),),
)
def nationalism_brakes_demands(w: Fields, now: Moment, *, nationalism_brake: Array, usual_nationalism: Array) -> None:
    """Set what mobilised citizens demand of their rulers."""
    w.demands[...] = (w.mobilisation * factor(nationalism_brake, w.nationalism - usual_nationalism)).clip(0.0, 1.0)


@rule(
    "focal.learns",
    "A state under pressure learns to blunt it.",
    claims=("TGT-12",),
    accounts=ALL,
    phase="learning",
    reads=("voice", "lever_learning"),
    writes=("skill_change",),
    rates=("skill_learning",),
)
def learns(w: Fields, now: Moment, *, skill_learning: Array) -> None:
    """Move skill with what is voiced, at the pace of the lever. Limits: nothing is forgotten."""
    w.skill_change += skill_learning * w.voice * w.lever_learning / 12.0


@rule(
    "focal.infers_cost_from_silence",
    "Where nobody speaks, the focal state infers that repression costs nothing, or that a bargain was struck.",
    claims=("PRS-28", "PRS-35"),
    accounts=ALL,
    phase="learning",
    reads=("voice", "belief_costless"),
    writes=("belief_costless_change",),
    links=("silence_belief",),
)
def infers_cost_from_silence(w: Fields, now: Moment, *, silence_belief: Array) -> None:
    """Move the belief with what was not voiced in the last year."""
    w.belief_costless_change += share_a_year(w.belief_costless, silence_belief, 1.0 - w.voice)


@rule(
    "focal.moods_return",
    "Conviction, resistance, nationalism and belief drift back to where they began when nothing feeds them.",
    claims=(),
    accounts=ALL,
    phase="bookkeeping",
    reads=("internalisation", "resistance", "nationalism", "belief_costless", "internalisation_at_start",
           "resistance_at_start", "nationalism_at_start", "belief_costless_at_start"),
    writes=("internalisation_change", "resistance_change", "nationalism_change", "belief_costless_change"),
    parameters=(
        Parameter("conviction", 240.0, 120.0, 480.0, "months", "half-life of conviction", "assumption: twenty years"),
        Parameter("temper", 60.0, 30.0, 120.0, "months", "half-life of resistance and nationalism",
                  "assumption: five years"),
        Parameter("belief", 24.0, 12.0, 48.0, "months", "half-life of the belief that repression costs nothing",
                  "assumption: two years"),
    ),
)  # fmt: skip
def moods_return(w: Fields, now: Moment, *, conviction: Array, temper: Array, belief: Array) -> None:
    """Let each stock go back to its start with its own half-life."""
    w.internalisation_change += return_to(w.internalisation, w.internalisation_at_start, conviction)
    w.resistance_change += return_to(w.resistance, w.resistance_at_start, temper)
    w.nationalism_change += return_to(w.nationalism, w.nationalism_at_start, temper)
    w.belief_costless_change += return_to(w.belief_costless, w.belief_costless_at_start, belief)
