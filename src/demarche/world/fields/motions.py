"""Fields of motions: who sponsors, what each capital expects, what delegations bring to a vote, and its result."""

from __future__ import annotations

from demarche.world.field_spec import FieldSpec, event, share

WORLD: tuple[str, ...] = ()
STATE = ("state",)
STANCE_STATE = ("stance", "state")

BEFORE: tuple[FieldSpec, ...] = (
    share("statutory_clock", STATE, "how regularly legislature or government must speak on rights before a session",
          "data", "cast"),
    share("domestic_clock", STATE, "how regularly it does so, unless an arm stops it", "memory"),
    FieldSpec("presides_bloc", STATE, "0 or 1", 0, 1, "presides over the joint bloc in the half year of the session",
              "data", "cast"),
    FieldSpec("seats_changed", WORLD, "seats", 0, 250, "seats that changed since the last vote", "memory"),
    FieldSpec("seat_shift", WORLD, "votes", -250, 250, "votes that changed seats may bring to those who table",
              "memory"),
    share("hope_of_winning", STATE, "chance of winning as a capital sees it", "memory", 0.5),
    share("winning_chance", WORLD, "chance of winning as an observer without bias sees it", "memory", 0.5),
    FieldSpec("sponsor_case", STATE, "log odds", -1e3, 1e3, "case for sponsoring as a capital now sees it", "memory"),
    FieldSpec("is_announced", STATE, "0 or 1", 0, 1, "has let it be known that it would sponsor", "memory"),
    FieldSpec("own_defeats", STATE, "motions", 0, 100, "own motions lost, fading with the years", "memory"),
    FieldSpec("is_sponsor", STATE, "0 or 1", 0, 1, "sponsors this session's motion", "memory"),
    FieldSpec("is_lead", STATE, "0 or 1", 0, 1, "leads the sponsors", "memory"),
    FieldSpec("sponsor_count", WORLD, "states", 0, 250, "sponsors of the last motion", "memory"),
    share("chance_of_motion", WORLD, "chance of a motion times its expected closeness, before a session", "memory"),
    event("sponsor_event", STATE, "sponsorship of a motion", ("lead", "sponsor", "left")),
)  # fmt: skip

VOTES: tuple[FieldSpec, ...] = (
    FieldSpec("stance_recent", STANCE_STATE, "votes", 0, 100, "own stances on the focal state, fading within a year",
              "memory"),
    FieldSpec("stance_own", STANCE_STATE, "votes", 0, 100, "own stances on the focal state, fading over four years",
              "memory"),
    FieldSpec("stance_age", STATE, "years", -1, 1e3, "years since the own last stance, -1 if there is none", "memory",
              -1.0),
    FieldSpec("last_stance", STATE, "-1, 0 or 1", -1, 1, "own last stance: 1 against the focal state, -1 for it",
              "memory"),
    FieldSpec("voted_last", STATE, "0 or 1", 0, 1, "took a stance at the last vote", "memory"),
    share("votes_alike", STANCE_STATE, "own votes on other targets like the focal state", "data", "cast"),
    FieldSpec("strictness", STATE, "log odds", -20, 20, "lasting strictness of a delegation", "memory", "cast"),
    FieldSpec("years_beyond_votes", WORLD, "years", 0, 200, "years since the last roll call of the model of votes",
              "data", "cast"),
    FieldSpec("vote_coefficient", ("vote_term",), "log odds", -100, 100, "coefficient of the model of votes", "memory",
              "cast"),
    FieldSpec("mood_root", ("mood", "mood"), "log odds", -100, 100,
              "root of the covariance of what a motion adds for all: rows abstain and favour", "data", "cast"),
    share("called_on_by_focal", STATE, "calls with assistance by the focal state before the last session", "memory"),
    share("called_on_by_sponsors", STATE, "calls with assistance by sponsors before the last session", "memory"),
    event("lobby_event", STATE, "calls of the focal state before a session", ("visited", "assisted")),
    event("canvass_event", STATE, "calls of sponsors before a session", ("visited", "assisted")),
    event("vote_event", STATE, "votes on the no-action motion", ("yes", "abstain", "no", "absent")),
    event("text_vote_event", STATE, "votes on the text", ("no", "abstain", "yes", "absent")),
)  # fmt: skip

RESULTS: tuple[FieldSpec, ...] = (
    FieldSpec("is_tabled", WORLD, "0 or 1", 0, 1, "a motion is tabled this month", "flow"),
    FieldSpec("is_moved", WORLD, "0 or 1", 0, 1, "somebody moves to take no action on it", "flow"),
    FieldSpec("text_open", WORLD, "0 or 1", 0, 1, "the text itself comes to a vote", "flow"),
    FieldSpec("votes_so_far", WORLD, "votes", 0, 1e3, "no-action motions or texts voted on so far", "memory"),
    FieldSpec("motion_margin", WORLD, "votes", -250, 250, "yes minus no on no-action, last vote", "memory"),
    event("motion_event", WORLD, "fate of the motion",
          ("not_tabled", "no_action_carried", "no_action_failed", "no_action_not_moved")),
    event("text_event", WORLD, "fate of the text", ("rejected", "adopted")),
    event("mover_event", STATE, "who moves to take no action", ("moved",)),
)  # fmt: skip

MOTION_FIELDS = BEFORE + VOTES + RESULTS
