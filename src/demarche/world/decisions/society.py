"""What citizens, officials and firms decide, and what the leadership decides about them."""

from __future__ import annotations

from demarche.world.decisions.decision import UNIT_NOISE, Decision

SOCIETY_DECISIONS: tuple[Decision, ...] = (
    Decision(
        "firm",
        ("firm",),
        ("ignore", "lobby", "adopt"),
        "year",
        "deciding",
        UNIT_NOISE,
        "whether a company lobbies its own government, or adopts a code of conduct, or neither",
    ),
    Decision(
        "professions",
        ("issue",),
        ("wait", "push"),
        "year",
        "answer_deciding",
        UNIT_NOISE,
        "whether lawyers, reporters and academics claim the rights that their work needs",
    ),
    Decision(
        "officials",
        ("issue",),
        ("ignore", "accommodate", "repress"),
        "month",
        "answer_deciding",
        UNIT_NOISE,
        "how local officials answer a protest",
        among="protest_met",
    ),
)

LEADERSHIP_DECISIONS: tuple[Decision, ...] = (
    Decision(
        "crackdown",
        ("leadership",),
        ("hold", "concede", "crack_down"),
        "month",
        "answer_deciding",
        UNIT_NOISE,
        "whether the leadership sits unrest out, gives way to it, or puts it down by force",
        by_focal=True,
    ),
    Decision(
        "security",
        ("leadership",),
        ("lower", "keep", "raise"),
        "year",
        "answer_deciding",
        UNIT_NOISE,
        "outlays on order at home; all years decide, and keeping has utility 0",
        by_focal=True,
    ),
    Decision(
        "censor",
        ("leadership",),
        ("ease", "keep", "tighten"),
        "quarter",
        "answer_deciding",
        UNIT_NOISE,
        "effort of censors at home; all quarters decide, and keeping has utility 0",
        by_focal=True,
    ),
    Decision(
        "propaganda",
        ("leadership",),
        ("none", "home", "abroad", "both"),
        "quarter",
        "answer_deciding",
        UNIT_NOISE,
        "campaigns of the quarter and their audiences",
        by_focal=True,
    ),
    Decision(
        "charm",
        ("region",),
        ("institutes", "loans", "ceremony", "media", "courses"),
        "year",
        "answer_deciding",
        UNIT_NOISE,
        "what wins attraction in a region this year: cultural institutes, loans and aid, ceremony for visitors, own "
        "media, courses for officers and officials",
        most=2,
        prices=(1.0, 2.0, 0.5, 1.0, 0.5),
        purse="charm_purse",
        by_focal=True,
    ),
)
