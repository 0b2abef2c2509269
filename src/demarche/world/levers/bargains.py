"""Levers of motions, talks, trade and sanctions."""

from __future__ import annotations

from demarche.world.decisions import DECISION_OF
from demarche.world.levers.spec import Lever, LeverPart, binding

BARGAIN_LEVERS: tuple[Lever, ...] = (
    binding(
        "motions", "senders", DECISION_OF["sponsor"],
        "whether senders put their name to a motion on the focal state; without one that leads there is none",
        "PRS-09, COA-11",
    ),
    Lever(
        "tabling",
        "world",
        (LeverPart("", "lever_alone", "0 or 1", 0, 1, "a state may table without its bloc or company",
                   words={"joint": 0.0, "alone": 1.0}, whole=True),),
        "whether a state that wants a motion may table it alone, or only a joint list is tabled",
        "COA-10, COA-11, PRS-09",
    ),
    Lever(
        "bloc_rule",
        "world",
        (
            LeverPart(
                "", "lever_unanimity", "0 or 1", 0, 1, "joint sponsorship needs unanimity",
                start=1.0, words={"majority": 0.0, "unanimity": 1.0}, whole=True,
            ),
        ),
        "how the joint bloc decides on sponsorship",
        "COA-10",
    ),
    Lever(
        "coordination",
        "world",
        (LeverPart("", "lever_coordination", "share", 0, 1, "coordination imposed"),),
        "coordination among senders",
        "COA-22, DLG-08",
    ),
    Lever(
        "seats",
        "world",
        (LeverPart("", "lever_seats", "option", 0, 2, "who sits in the charter body",
                   words={"fixed": 0.0, "rotating": 1.0, "contested": 2.0}, whole=True),),
        "who sits in the charter body: the members of the first year for good, members drawn by region for three years "
        "each, or the like with elections in which a better record counts; free leaves the members on record, and "
        "after it members drawn by region, who serve out terms",
        "COA-04, COA-28, UNB-11",
    ),
    Lever(
        "dialogue",
        "senders",
        (
            LeverPart(
                "", "lever_dialogue", "-1, 0 or 1", -1, 1, "refuse, leave free or seek dialogue",
                start=0.0, words={"refuse": -1.0, "free": 0.0, "seek": 1.0}, whole=True,
            ),
        ),
        "policy towards official dialogues",
        "DLG-03, DLG-15",
    ),
    Lever(
        "dialogue_terms",
        "senders",
        (
            LeverPart("agenda", "lever_agenda", "share", 0, 1, "openness of agenda asked for"),
            LeverPart("secrecy", "lever_secrecy", "share", 0, 1, "secrecy agreed to"),
            LeverPart("ngo_seat", "lever_ngo_seat", "share", 0, 1, "part for independent groups asked for"),
            LeverPart("conditions", "lever_conditions", "share", 0, 1, "progress demanded before the next round"),
        ),
        "terms that senders insist on in official dialogues",
        "DLG-07, DLG-17, DLG-28, DLG-29",
    ),
    Lever(
        "comparing_notes",
        "senders",
        (LeverPart("", "lever_notes", "share", 0, 1, "what partners tell one another of their talks", start=0.0),),
        "whether senders that hold talks compare notes on them, so that separate tracks divide them less",
        "DLG-08, DLG-09",
    ),
    Lever(
        "tracks",
        "world",
        (LeverPart("", "lever_tracks", "tracks", 0, 60, "separate tracks of talks that senders take up at most",
                   whole=True),),
        "how many separate official dialogues senders enter into",
        "DLG-08, DLG-16",
    ),
    Lever(
        "tariff_condition",
        "world",
        (
            LeverPart(
                "", "lever_tariff", "share", 0, 1, "explicitness of the trade condition imposed",
                words={"none": 0.0, "vague": 0.5, "explicit": 1.0},
            ),
        ),
        "how explicit the condition on tariff renewal is",
        "PRS-13, PRS-19",
    ),
    binding(
        "tariff_bill", "world", DECISION_OF["pass_bill"],
        "whether the legislature of the leading critic passes conditions before a renewal of trade privileges",
        "PRS-05, PRS-13",
    ),
    binding(
        "tariff_answer", "world", DECISION_OF["answer_condition"],
        "whether an explicit condition that is not met is enforced or waived",
        "PRS-13, PRS-19",
    ),
    binding(
        "permanent_status", "world", DECISION_OF["make_permanent"],
        "whether trade privileges are made permanent, which ends the yearly condition",
        "PRS-14, PRS-15",
    ),
    binding(
        "sanctions", "senders", DECISION_OF["sanction"],
        "which sanction senders impose; one that is in force stays until it is lifted",
        "PRS-03, PRS-04",
    ),
)
