"""The one table of titles: what a reader sees instead of the name of an outcome, a series or a unit."""

from __future__ import annotations

from collections.abc import Mapping

from demarche.engine.variables import OUTCOMES, SERIES

TITLES: dict[str, str] = {
    "releases": "Persons released",
    "exiles": "Persons released into exile",
    "treated_better": "Prisoners treated better",
    "person_months_detained": "Months spent in detention",
    "first_detentions": "Persons detained for the first time",
    "renewed_detentions": "Persons detained again",
    "terms_ended": "Terms served to the end",
    "asks": "Asks of the focal government",
    "asks_for_persons": "Asks for persons",
    "answered_asks": "Asks that were answered",
    "concessions_persons": "Concessions to persons asked for",
    "public_pressure": "Public pressure",
    "private_pressure": "Private pressure",
    "recorded_core": "Civil and political practice as recorded",
    "recorded_core_change": "Change of civil and political practice as recorded",
    "core_practice": "Civil and political practice",
    "core_practice_change": "Change of civil and political practice",
    "social_practice": "Economic and social practice",
    "social_practice_change": "Change of economic and social practice",
    "overlap_practice": "Practice where political rights serve social claims",
    "overlap_practice_change": "Change of practice where political rights serve social claims",
    "procedural_practice": "Practice in procedure and custody",
    "procedural_practice_change": "Change of practice in procedure and custody",
    "structural_core": "Standing level of civil and political practice",
    "structural_core_change": "Change of the standing level of practice",
    "statutes": "Statutes enacted",
    "documents": "Official texts that name rights",
    "plans": "Plans adopted",
    "reservations": "Ratifications with reservations",
    "signatures": "Treaties signed",
    "documents_granted": "Official texts on issues asked about",
    "extralegal_stands": "Punishment without courts stands",
    "sponsors": "Sponsors of a motion",
    "sponsor_count": "Sponsors of the last motion",
    "motions_tabled": "Motions tabled",
    "motions_carried": "No-action motions carried",
    "texts_adopted": "Texts adopted",
    "no_action_margin": "Margin for taking no action",
    "motion_margin": "Margin of the last vote on no action",
    "near_misses": "Votes decided by three or fewer",
    "dialogues": "Official rights dialogues",
    "dialogue_rounds": "Rounds of dialogue",
    "dialogue_substance": "Substance of rounds of dialogue",
    "talks_granted": "Talks and open terms granted",
    "talks_demanded": "Talks demanded",
    "resumptions_booked": "Resumptions booked as concessions",
    "suspensions": "Talks broken off",
    "pledges": "Pledges to stay out of a motion",
    "canvassed_states": "Governments called on by sponsors",
    "lobbied_states": "Governments called on by the focal state",
    "sanctions_imposed": "Sanctions imposed",
    "sanctioning_states": "Governments with a sanction in force",
    "coordination": "Coordination of senders",
    "needs": "Need of the focal state",
    "target_needs": "Need of the focal state",
    "lending_halted": "Lending held back",
    "punishments": "Senders punished",
    "rewards": "Senders rewarded",
    "exports_lost": "Exports lost by those who led",
    "waivers": "Unmet conditions waived",
    "groups_closed": "Groups that closed",
    "groups_barred": "Groups shut out",
    "groups_open": "Groups at work",
    "reports_published": "Reports of groups",
    "evidence": "Evidence on abuses",
    "backing": "Support that reaches activists inside",
    "circumvention": "Help in getting round censors",
    "official_training": "Training of officials paid from outside",
    "findings_noted": "Findings of committees that note",
    "findings_of_concern": "Findings of concern",
    "findings_urging": "Findings that urge",
    "findings_cited": "Findings cited by the High Commissioner",
    "findings_taken_up": "Share of findings taken up",
    "months_to_take_up": "Time until a finding was taken up",
    "state_reports": "State reports to committees",
    "reports_on_time": "State reports on time",
    "visits_asked": "Visits asked for by UN experts",
    "visits_granted": "Visits granted to UN experts",
    "visits_refused": "Visits refused to UN experts",
    "mandate_scope": "Scope of expert mandates",
    "mandates_cut": "Mandates shortened or ended",
    "agreements": "Agreements with the High Commissioner",
    "complaints_found": "Complaints found justified",
    "recommendations": "Recommendations of peers",
    "recommendations_sensitive": "Sensitive recommendations of peers",
    "forum_merits": "Forums answered on the merits",
    "forum_values": "Forums answered with other values",
    "forum_attack": "Forums answered by attack",
    "forum_block": "Forums blocked",
    "texts_held_back": "Norm texts held back by the focal state",
    "texts_of_its_own": "Norm texts of the focal state",
    "issue_protest": "Protest over issue areas",
    "mobilisation": "Mobilisation of citizens",
    "protests_accommodated": "Protest bought off",
    "protests_repressed": "Protest put down",
    "protests_ignored": "Protest sat out",
    "crackdowns": "Force used against unrest",
    "ways_given": "Unrest given way to",
    "activist_capacity": "Capacity of activists",
    "activist_risk": "Risk that activists run",
    "awareness": "Awareness of rights",
    "legitimacy": "Legitimacy of the government at home",
    "security_effort": "Outlays on order",
    "corporate_codes": "Codes of foreign brands",
    "attraction": "Attraction of the focal state abroad",
    "soft_power": "Attraction of the focal state abroad",
    "own_scandals": "Own scandals of senders",
    "commitment": "Commitment to norms",
    "commitment_change": "Change of commitment to norms",
    "formal_law": "Formal law",
    "formal_law_change": "Change of formal law",
    "treaty_acts": "Treaties signed or ratified",
    "internalisation": "Norms held as one's own",
    "norm_strength": "Strength of the norms abroad",
    "norm_tilt": "Shift of the norms abroad",
    "institution_scrutiny": "Scrutiny in UN bodies",
    "reported_violations": "Violations that monitors see",
    "headline_violations": "Violations that publics hear of",
    "detained": "Followed persons in detention",
    "persons_raised": "Persons raised by senders",
    "private_words": "Words in private alone",
    "public_words": "Words in public",
    "voice": "Public words in all",
    "skill": "Skill in counter-moves",
}
"""Name -> title; a name that stands here not is shown as its own words, see `title_of`."""

FIELD_TITLES = {
    "practice": "practice", "structural_practice": "standing practice", "recorded_practice": "practice as recorded",
    "commitment": "commitment", "formal_law": "formal law", "report": "violations reported", "attention": "attention",
}  # fmt: skip
ISSUE_TITLES = {
    "civil_political": "Civil and political core", "extralegal_detention": "Detention without trial",
    "labour": "Labour rights", "religion": "Freedom of religion", "minority_regions": "Minority regions",
    "expression": "Expression and information", "land_environment": "Land and environment",
    "economic_social": "Economic and social rights", "death_penalty": "Death penalty",
    "psychiatric_abuse": "Abuse of psychiatry", "due_process": "Due process of law",
}  # fmt: skip
UNITS = {"share": "share, 0 to 1", "times": "times", "per year": "per year"}


def title_of(name: str, aliases: Mapping[str, str] | None = None) -> str:
    """Return what a reader sees for an outcome or a series.

    Parameters
    ----------
    name
        Name in files.
    aliases
        Code -> name for display, which a scenario may give to an issue area.

    Examples
    --------
    >>> title_of("core_practice"), title_of("practice_labour"), title_of("urgent_appeals")
    ('Civil and political practice', 'Labour rights: practice', 'Urgent appeals')
    """
    if name in TITLES:
        return TITLES[name]
    for field in sorted(FIELD_TITLES, key=len, reverse=True):
        issue = name.removeprefix(f"{field}_")
        if issue != name and issue not in ("change", "violations"):
            return f"{issue_title(issue, aliases)}: {FIELD_TITLES[field]}"
    return in_words(name)


def issue_title(code: str, aliases: Mapping[str, str] | None = None) -> str:
    """Return the title of an issue area: what the scenario calls it, else ours, else its own words."""
    return (aliases or {}).get(code) or ISSUE_TITLES.get(code) or in_words(code)


def in_words(name: str) -> str:
    """Return a name as words.

    Examples
    --------
    >>> in_words("no_action_moved")
    'No action moved'
    """
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def unit_of(name: str) -> str:
    """Return the unit of an outcome or a series for readers, empty for an unknown one.

    Examples
    --------
    >>> unit_of("releases"), unit_of("core_practice"), unit_of("practice_labour")
    ('persons', 'share, 0 to 1', 'share, 0 to 1')
    """
    series = {spec.name: spec.unit for spec in SERIES}
    unit = OUTCOMES[name].unit if name in OUTCOMES else series.get(name, "")
    if not unit and any(name.startswith(f"{field}_") for field in FIELD_TITLES):
        unit = "share"
    return UNITS.get(unit, unit)
