"""What a run leaves behind of motions, talks, sanctions and trade conditions: series, events and outcomes."""

from __future__ import annotations

import numpy as np

from demarche.arrays import Array
from demarche.engine.measured import EventKind, Month, OutcomeSpec, SeriesSpec, events, how_many, level


def _running_dialogues(month: Month) -> Array:
    running: Array = (month["has_dialogue"] * (1.0 - month["dialogue_suspended"])).sum(axis=0)
    return running


def _mean_substance(month: Month) -> Array:
    rounds = month["round_held"]
    held = rounds.sum(axis=0)
    mean: Array = (month["dialogue_substance"] * rounds).sum(axis=0) / np.maximum(held, 1.0)
    return mean


MOTION_SERIES: tuple[SeriesSpec, ...] = (
    SeriesSpec("dialogues", "states", "running official rights dialogues", _running_dialogues),
    SeriesSpec("dialogue_rounds", "rounds", "dialogue rounds held", events("dialogue_event", "round"), True),
    SeriesSpec("dialogue_substance", "share", "mean substance of the rounds held", _mean_substance),
    SeriesSpec("talks_demanded", "demands", "demands for talks", events("demand_event", "demanded"), True),
    SeriesSpec("pledges", "pledges", "pledges to stay out of a motion", events("dialogue_event", "pledged"), True),
    SeriesSpec("suspensions", "suspensions", "talks broken off", events("dialogue_event", "suspended"), True),
    SeriesSpec(
        "resumptions_booked", "concessions", "resumptions of talks booked as concessions, as shares of real ones",
        lambda month: month["resumption_booked"].sum(axis=0), True,
    ),
    SeriesSpec(
        "talks_granted", "concessions", "talks offered to governments and open terms granted",
        lambda month: how_many(month["offer_event"] > 0) + month["terms_granted"], True,
    ),
    SeriesSpec(
        "motions_tabled", "motions", "motions tabled",
        events("motion_event", "no_action_carried", "no_action_failed", "no_action_not_moved"), True,
    ),
    SeriesSpec(
        "motions_carried", "motions", "no-action motions carried", events("motion_event", "no_action_carried"), True
    ),
    SeriesSpec("texts_adopted", "texts", "texts adopted", events("text_event", "adopted"), True),
    SeriesSpec("punishments", "states", "senders punished", events("retaliation_event", "punished"), True),
    SeriesSpec("rewards", "states", "senders rewarded", events("retaliation_event", "rewarded"), True),
    SeriesSpec(
        "lobbied_states", "states", "governments called on by the focal state",
        events("lobby_event", "visited", "assisted"), True,
    ),
    SeriesSpec(
        "canvassed_states", "states", "governments called on by sponsors",
        events("canvass_event", "visited", "assisted"), True,
    ),
    SeriesSpec(
        "sanctions_imposed", "sanctions", "sanctions imposed",
        events("sanction_event", "diplomatic", "aid_and_loans", "arms", "trade"), True,
    ),
    SeriesSpec(
        "sanctioning_states", "states", "governments with a sanction in force",
        lambda month: (month["sanction_kind"] > 0).sum(axis=0, dtype=np.float64),
    ),
    SeriesSpec("waivers", "conditions", "unmet conditions waived", events("condition_event", "waived"), True),
    SeriesSpec(
        "exports_lost", "share", "exports lost by those who led a motion, sum over them",
        lambda month: (1.0 - month["exports_index"]).sum(axis=0),
    ),
    *(
        level(name)
        for name in (
            "sponsor_count", "motion_margin", "chance_of_motion", "coordination", "target_needs", "sanctions_felt",
            "lending_halted", "trade_condition", "threat_credibility", "security_rivalry",
        )
    ),
)  # fmt: skip

MOTION_EVENTS: tuple[EventKind, ...] = (
    EventKind("vote_no_action", "vote_event"),
    EventKind("vote_text", "text_vote_event"),
    EventKind("motion", "motion_event", "motion_margin"),
    EventKind("text", "text_event"),
    EventKind("sponsor", "sponsor_event"),
    EventKind("no_action_moved", "mover_event"),
    EventKind("dialogue", "dialogue_event", "dialogue_substance"),
    EventKind("demand", "demand_event"),
    EventKind("offer", "offer_event"),
    EventKind("retaliation", "retaliation_event"),
    EventKind("lobby", "lobby_event"),
    EventKind("canvass", "canvass_event"),
    EventKind("sanction", "sanction_event"),
    EventKind("tariff", "tariff_event", "threat_credibility"),
    EventKind("trade_entry", "trade_entry_event"),
    EventKind("condition", "condition_event", "threat_credibility"),
)

MOTION_OUTCOMES: tuple[OutcomeSpec, ...] = (
    OutcomeSpec("sponsors", "states", "sponsors, mean over tabled and untabled sessions", "sponsor_count", "mean"),
    OutcomeSpec("motions_tabled", "motions", "motions tabled", "motions_tabled", "total"),
    OutcomeSpec("motions_carried", "motions", "no-action motions carried", "motions_carried", "total"),
    OutcomeSpec("texts_adopted", "texts", "texts adopted", "texts_adopted", "total"),
    OutcomeSpec("no_action_margin", "votes", "mean of yes minus no over no-action votes", "motion_margin", "margin"),
    OutcomeSpec(
        "near_misses", "motions", "no-action motions decided by three votes or fewer", "motion_margin", "near_miss"
    ),
    OutcomeSpec("dialogues", "states", "running dialogues, mean over all months", "dialogues", "mean"),
    OutcomeSpec("dialogue_rounds", "rounds", "dialogue rounds held", "dialogue_rounds", "total"),
    OutcomeSpec("talks_granted", "concessions", "talks and open terms granted", "talks_granted", "total"),
    OutcomeSpec(
        "resumptions_booked", "concessions", "resumptions booked as concessions", "resumptions_booked", "total"
    ),
    OutcomeSpec("suspensions", "suspensions", "talks broken off", "suspensions", "total"),
    OutcomeSpec("pledges", "pledges", "pledges to stay out of a motion", "pledges", "total"),
    OutcomeSpec("canvassed_states", "states", "governments called on by sponsors", "canvassed_states", "total"),
    OutcomeSpec("lobbied_states", "states", "governments called on by the focal state", "lobbied_states", "total"),
    OutcomeSpec("sanctions_imposed", "sanctions", "sanctions imposed", "sanctions_imposed", "total"),
    OutcomeSpec(
        "sanctioning_states", "states", "governments with a sanction in force, mean over all months",
        "sanctioning_states", "mean",
    ),
    OutcomeSpec("coordination", "share", "coordination of senders, mean over all months", "coordination", "mean"),
    OutcomeSpec("needs", "share", "need of the focal state, mean over all months", "target_needs", "mean"),
    OutcomeSpec("lending_halted", "share", "lending held back, mean over all months", "lending_halted", "mean"),
    OutcomeSpec("punishments", "states", "senders punished", "punishments", "total"),
    OutcomeSpec("rewards", "states", "senders rewarded", "rewards", "total"),
    OutcomeSpec("exports_lost", "share", "exports lost by those who led, mean over all months", "exports_lost", "mean"),
    OutcomeSpec("waivers", "conditions", "unmet conditions waived", "waivers", "total"),
)  # fmt: skip
