"""Levers of what senders say, of whom, why, and what else they do towards the focal state."""

from __future__ import annotations

from demarche.world.decisions import DECISION_OF
from demarche.world.levers.spec import Lever, LeverPart, binding

WORD_LEVERS: tuple[Lever, ...] = (
    Lever(
        "channel_mix",
        "senders",
        (
            LeverPart("quiet", "lever_quiet", "share", 0, 1, "share of private representations imposed"),
            LeverPart("vocal", "lever_vocal", "share", 0, 1, "share of public statements imposed"),
        ),
        "how senders divide their representations between private and public",
        "A1, A2 of the register",
        divides_one=True,
    ),
    Lever(
        "escalation",
        "senders",
        (
            LeverPart(
                "after_silent_rounds", "lever_escalate_after", "rounds", 1, 120, "silent rounds before going public",
                whole=True,
            ),
        ),
        "private first, public once so many rounds in a row brought nothing",
        "PRS-29",
    ),
    Lever(
        "names_route",
        "senders",
        (
            LeverPart("", "lever_names_route", "share", 0, 1, "share of lists of names that are read out in public",
                      words={"private": 0.0, "public": 1.0}),
        ),
        "whether words for named persons are private or public, whatever the mix of other words; rounds of talks hand "
        "over their lists as ever",
        "PRS-18, PRS-20, PRS-36",
    ),
    Lever(
        "choice_of_names",
        "world",
        (
            LeverPart("fame", "lever_names_fame", "power", -2, 2, "power of fame in the choice of names", start=1.0),
            LeverPart("threat", "lever_names_threat", "power", -2, 2,
                      "power of what a person could organise in the choice of names", start=0.0),
            LeverPart("repetition", "lever_names_again", "multiplier", 0, 5,
                      "weight of a name that was raised within the year, against one that was not", start=1.0),
        ),
        "which persons stand on lists: the known, those who could organise, the same ones again",
        "PRS-10, PRS-20, PRS-36",
    ),
    Lever(
        "list_size",
        "world",
        (LeverPart("", "lever_list_size", "names", 0, 60, "names on each list", whole=True),),
        "names on each list that is handed over in private or read out in public",
        "PRS-20",
    ),
    binding(
        "argument", "senders", DECISION_OF["frame"],
        "how senders argue in public: by morals, interest, pledges and law, credit for gains first, or as a neighbour",
        "SND-07, SND-08, SND-09, SND-11, COA-17",
    ),
    Lever(
        "acknowledge_gains",
        "world",
        (LeverPart("", "lever_acknowledge", "share", 0, 1, "open acknowledgement of welfare gains", start=0.0),),
        "open acknowledgement of welfare gains",
        "SND-11 against NGO-05",
    ),
    Lever(
        "effort",
        "senders",
        (LeverPart("", "lever_effort", "multiplier", 0, 3, "scale of a sender's will", start=1.0),),
        "scale of the will to raise rights",
        "SND-08, SND-10",
    ),
    Lever(
        "spell_dividends",
        "senders",
        (LeverPart("", "lever_dividends", "share", 0, 1, "practical dividends of a rights policy spelled out",
                   start=0.0),),
        "spelling out at home what a rights policy is good for",
        "SND-10",
    ),
    Lever(
        "domestic_clock",
        "senders",
        (LeverPart("", "lever_clock", "multiplier", 0, 1, "scale of the clock at home", start=1.0,
                   words={"stopped": 0.0, "running": 1.0}),),
        "whether legislature or government must speak on rights every year",
        "PRS-05, PRS-09",
    ),
    Lever(
        "security_salience",
        "senders",
        (LeverPart("", "lever_security", "share", 0, 1, "salience of a security need held"),),
        "how far a security need or dispute fills the minds of senders",
        "PRS-22, SND-05",
    ),
    binding(
        "own_scandal", "senders", DECISION_OF["scandal_answer"],
        "how senders answer when abuses of their own come to light",
        "SND-01, SND-02, SND-03, DLG-27",
    ),
    binding(
        "contacts", "senders", DECISION_OF["deed"],
        "what visitors do besides speaking: stand at a trial or a home, meet activists, address the people, or nothing",
        "NGO-29, PRS-34, SND-16",
    ),
)
