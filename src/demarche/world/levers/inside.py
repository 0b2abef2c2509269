"""Levers of what reaches people inside the focal state, and what its rulers and companies do."""

from __future__ import annotations

from demarche.world.decisions import DECISION_OF
from demarche.world.levers.spec import Lever, LeverPart, binding

INSIDE_LEVERS: tuple[Lever, ...] = (
    Lever(
        "foreign_support",
        "world",
        (
            LeverPart(
                "", "lever_foreign_support", "multiplier", 0, 3, "scale of what outreach and training bring inside",
                start=1.0,
            ),
        ),
        "outreach and training from abroad for local activists; who gets grants is another lever",
        "NGO-30, NGO-34, DOM-20",
    ),
    Lever(
        "network_funding",
        "ngos",
        (LeverPart("", "lever_funding", "multiplier", 0, 3, "scale of what donors give a group", start=1.0),),
        "grants to groups, by kind of group",
        "NGO-30, NGO-34, COA-14",
    ),
    binding(
        "donor_policy", "world", DECISION_OF["grant"],
        "to whom donors give: groups, state organs, both, or nobody",
        "NGO-30, DLG-23",
    ),
    Lever(
        "aid_aim",
        "world",
        (LeverPart("", "lever_aid_aim", "share", 0, 1, "share of legal aid and talks of experts that is aimed",
                   start=0.0),),
        "share of legal aid and talks of experts aimed at rules and practices of procedure that yield abuse",
        "DLG-25",
    ),
    Lever(
        "circulation",
        "treaties",
        (LeverPart("", "lever_circulation", "share", 0, 1, "circulation at home of what is found under a treaty"),),
        "circulation inside the focal state of what UN bodies find on the issues of a treaty",
        "UNB-19, UNB-21",
    ),
    Lever(
        "circumvention",
        "world",
        (LeverPart("", "lever_circumvention", "share", 0, 1, "ability to get round censors held"),),
        "how far people can get round censors",
        "NGO-17, NGO-31",
    ),
    Lever(
        "censorship",
        "world",
        (LeverPart("", "lever_censorship", "share", 0, 1, "effort of censors at home"),),
        "effort of censors at home",
        "NGO-17, DOM-22",
    ),
    Lever(
        "right_to_organise",
        "world",
        (LeverPart("", "lever_right_to_organise", "share", 0, 1, "room for independent workers' organisation"),),
        "room for independent workers' organisation, as if the focal state had granted it",
        "NGO-09, DOM-18",
    ),
    Lever(
        "company_exposure",
        "world",
        (LeverPart("", "lever_exposure", "multiplier", 0, 3, "scale of what evidence and campaigns weigh with firms",
                   start=1.0),),
        "how exposed companies are to campaigns on their brand or their trade",
        "NGO-07, NGO-08",
    ),
    Lever(
        "monitor_access",
        "world",
        (LeverPart("", "lever_monitor_access", "multiplier", 0, 3, "scale of monitors' access", start=1.0),),
        "scale of monitors' access",
        "NGO-01",
    ),
    Lever(
        "target_learning",
        "world",
        (LeverPart("", "lever_learning", "multiplier", 0, 3, "scale of what the focal state learns under pressure",
                   start=1.0),),
        "how fast the focal state learns to blunt pressure; at 0 it cannot learn",
        "TGT-12",
    ),
)
