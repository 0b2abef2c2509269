"""Fields of society at home, of firms, of attraction abroad, and of senders' own scandals."""

from __future__ import annotations

from demarche.world.field_spec import FieldSpec, event, share

WORLD: tuple[str, ...] = ()
ISSUE = ("issue",)
FIRM = ("firm",)
REGION = ("region",)
STATE = ("state",)
SENDER = ("sender",)
ONES = "0 or 1"

CITIZEN_FIELDS: tuple[FieldSpec, ...] = (
    share("grievance", ISSUE, "what people have to complain of", initial="cast"),
    FieldSpec("readiness", ISSUE, "log odds", -50, 50, "readiness to join a protest, against what is usual", "memory"),
    share("weariness", ISSUE, "how worn out those are who have protested", "memory"),
    share("venality", ISSUE, "how far officials of the issue area are for sale, lasting", "memory", 0.5),
    FieldSpec("protest_met", ISSUE, ONES, 0, 1, "protest is more than officials can overlook", "memory"),
    event("protest_event", ISSUE, "answers of officials to protest", ("ignored", "accommodated", "repressed")),
    share("profession_push", ISSUE, "push of professions whose work needs the right", "memory"),
    share("protest", WORLD, "protest on the loudest issue", "memory"),
    share("mobilisation", WORLD, "mobilisation of citizens", initial="start"),
    share("activist_capacity", WORLD, "capacity of activists", initial="start"),
    share("activist_risk", WORLD, "risk that activists run", initial="start"),
    share("awareness", WORLD, "citizens' awareness of rights", initial="start"),
    share("professional_strength", WORLD, "strength of professions that pull towards legality", initial="start"),
    *(
        share(f"{name}_at_start", WORLD, f"{meaning} at the start", "memory", "cast")
        for name, meaning in (
            ("mobilisation", "mobilisation of citizens"),
            ("activist_capacity", "capacity of activists"),
            ("activist_risk", "risk of activists"),
            ("awareness", "awareness"),
            ("legitimacy", "legitimacy"),
            ("fear_of_instability", "fear of disorder"),
            ("security_effort", "effort of the security apparatus"),
            ("media_visibility", "reach of reporting"),
            ("soft_power", "attraction abroad"),
        )
    ),
    share("grievance_at_start", ISSUE, "what people had to complain of at the start", "memory", "cast"),
)

ORDER_FIELDS: tuple[FieldSpec, ...] = (
    event("crackdown_event", WORLD, "answers of the leadership to unrest", ("conceded", "cracked_down")),
    FieldSpec("months_since_crackdown", WORLD, "months", 0, 1e4, "months since force was last used", "memory", 1e3),
    FieldSpec("crackdown_seen", WORLD, ONES, 0, 1, "force was used of which the world now hears", "flow"),
    share("censorship", WORLD, "effort of censors at home", "memory", 0.5),
    share("propaganda_home", WORLD, "own campaigns at home, of late", "memory"),
    share("propaganda_abroad", WORLD, "own campaigns abroad, of late", "memory"),
)

FIRM_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("firm_of", (*FIRM, *SENDER), ONES, 0, 1, "the company is at home there", "data", "cast"),
    FieldSpec("firm_sector", FIRM, "position of the sector", 0, 99, "sector of the company", "data", "cast"),
    share("firm_exposure", FIRM, "share of its goods that the focal state makes", "data", "cast"),
    share("firm_brand", FIRM, "how far it lives by its name", "data", "cast"),
    share("firm_code", FIRM, "code of conduct and its oversight", "memory", "cast"),
    FieldSpec("firm_adopted", FIRM, ONES, 0, 1, "has adopted a code", "memory"),
    FieldSpec("firm_attacked", FIRM, "months", 0, 24, "months of two years that a campaign against it still tells",
              "memory"),
    share("brand_campaign", WORLD, "evidence behind this quarter's campaign on brands", "flow"),
    event("firm_event", FIRM, "what companies do", ("lobbied", "adopted")),
    event("campaign_event", FIRM, "campaigns against brands", ("attacked",)),
    share("firms_lobby", SENDER, "own companies that lobby their government, by exposure", "memory"),
    share("corporate_codes", WORLD, "codes of conduct of foreign brands, by exposure", "memory"),
    share("right_to_organise", WORLD, "room for independent workers' organisation", initial="start"),
)  # fmt: skip

CHARM_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("charm_purse", REGION, "year's institutes", 0, 100, "what may be spent on attraction this year",
              "memory"),
    share("region_appeal", REGION, "appeal of the focal state in a region, its record aside", initial="cast"),
    share("attraction", STATE, "attraction relative to the leading critic; half is even", "memory", "cast"),
    share("rival_trouble", WORLD, "wars and crises of the leading critic, of late", "memory"),
    event("rival_event", WORLD, "turns of the leading critic's fortune", ("trouble",)),
)  # fmt: skip

SCANDAL_FIELDS: tuple[FieldSpec, ...] = (
    share("own_scandal", SENDER, "own scandal that is remembered, two years", "memory"),
    share("repaired", SENDER, "how far own abuses have been repaired since the scandal", "memory"),
    FieldSpec("scandal_months", SENDER, "months", 0, 24, "months that an own scandal still tells", "memory"),
    FieldSpec("scandal_breaks", STATE, ONES, 0, 1, "own abuses come to light this month", "flow"),
    event("scandal_event", SENDER, "answers to own scandals", ("denied", "acknowledged", "repaired")),
)

SOCIETY_FIELDS = CITIZEN_FIELDS + ORDER_FIELDS + FIRM_FIELDS + CHARM_FIELDS + SCANDAL_FIELDS
