"""Every series reads what its meaning says: one month of a small world, counted by hand, two runs that differ."""

from __future__ import annotations

import numpy as np
import pytest

from demarche.engine.variables import OUTCOMES, SERIES, Month, OutcomeSpec, outcome, without_window
from demarche.world.fields import FIELDS
from demarche.world.world import World
from tests.support.rule_bench import CODES

READ = {spec.name: spec for spec in SERIES}


def codes(field: str, *labels: str) -> list[int]:
    return [FIELDS[field].labels.index(label) + 1 for label in labels]


TURNS = ("detained", "detained_again", "treated_better", "treated_better", "released", "released", "released", "exiled")


def lay_groups_and_bodies(made: World) -> None:
    """Groups, committees, experts and peers: run 0 is lively, run 1 has a little of each."""
    made["ngo_is_open"][...] = [[1.0, 1.0], [1.0, 0.0], [0.0, 0.0]]
    made["ngo_event"][...] = np.transpose([codes("ngo_event", "closed", "barred", "opened"), [0, 0, 0]])
    made["report_event"][:2, :2, 0] = codes("report_event", "documented")
    made["evidence"][...] = np.array([0.0, 0.2, 0.4, 0.6])[:, None] + [0.0, 0.1]
    made["forum_event"][:, 0] = codes("forum_event", "merits", "block", "values")
    made["forum_event"][:2, 1] = codes("forum_event", "attack", "attack")
    made["instrument_event"][0] = codes("instrument_event", "opt_out", "own_text")
    made["finding_event"][1, :, 0] = codes("finding_event", "note", "concern", "concern", "urge")
    made["citation_event"][2, 1:3, 0] = codes("citation_event", "cited")
    made["finding_row_taken_step"][...] = -1.0
    for row, (grade, found, taken) in enumerate([(1.0, 0.0, 4.0), (2.0, 3.0, 11.0), (3.0, 5.0, -1.0)]):
        made["finding_row_grade"][row, 0] = grade
        made["finding_row_step"][row, 0] = found
        made["finding_row_taken_step"][row, 0] = taken
    made["state_report_event"][:, 0] = codes("state_report_event", "late", "on_time_candid")
    made["visit_request_event"][2, :3, 0] = codes("visit_request_event", "asked")
    made["visit_granted_event"][2, :2, 0] = codes("visit_granted_event", "invited", "restricted")
    made["visit_refused_event"][2, 3, 1] = codes("visit_refused_event", "refused")[0]
    made["appeal_event"][2, :, 0] = codes("appeal_event", "sent")
    made["mandate_scope"][...] = np.array([1.0, 0.6, 0.4, 0.0])[:, None] * [1.0, 0.5]
    made["mandate_event"][2, 1:3, 1] = codes("mandate_event", "shortened", "ended")
    made["stance_event"][:, 0] = codes("stance_event", "agreed", "both", "criticised")
    made["filing_event"][1:, 0] = codes("filing_event", "labour", "inspection")
    made["complaint_event"][:, 0] = codes("complaint_event", "found", "rejected", "admitted")
    made["ballot_event"][0] = codes("ballot_event", "rejected", "adopted")
    made["special_session_event"][0] = codes("special_session_event", "called", "blocked")
    made["recommendation_event"][:4, 0] = codes("recommendation_event", "soft", "specific", "sensitive", "sensitive")
    answers = ("soft accepted", "specific noted", "sensitive accepted", "sensitive noted")
    made["recommendation_answer_event"][:4, 0] = codes("recommendation_answer_event", *answers)
    made["recommendation_action_event"][:3, 0] = codes("recommendation_action_event", "accepted", "noted", "accepted")
    made["recommendation_acted"][1:4, 0] = 1.0


OF_MOTIONS: dict[str, tuple[float, float]] = {
    "talks_demanded": (3, 0),
    "pledges": (0, 2),
    "suspensions": (0, 1),
    "resumptions_booked": (0.75, 0),
    "talks_granted": (2, 3),
    "rewards": (1, 1),
    "canvassed_states": (0, 3),
    "sanctions_imposed": (2, 0),
    "waivers": (0, 1),
}
OF_GROUPS_AND_BODIES: dict[str, tuple[float, float]] = {
    "groups_closed": (1, 0),
    "groups_barred": (1, 0),
    "reports_published": (4, 0),
    "findings_noted": (1, 0),
    "findings_of_concern": (2, 0),
    "findings_urging": (1, 0),
    "findings_cited": (2, 0),
    "state_reports": (2, 0),
    "visits_asked": (3, 0),
    "visits_granted": (2, 0),
    "visits_refused": (0, 1),
    "urgent_appeals": (4, 0),
    "mandates_cut": (0, 2),
    "agreements": (2, 0),
    "complaints_filed": (2, 0),
    "complaints_found": (1, 0),
    "expert_texts": (0, 1),
    "special_sessions": (1, 0),
    "recommendations": (4, 0),
    "recommendations_sensitive": (2, 0),
    "recommendations_accepted": (2, 0),
    "recommendations_acted_on": (2, 0),
}
"""All of these and of those of motions are counted anew each month."""


def lay_motions(made: World) -> None:
    """Demands, offers and sanctions of run 0; calls on governments, waivers and lost exports of run 1."""
    made["demand_event"][1:4, 0] = codes("demand_event", "demanded")
    made["dialogue_event"][2:5, 1] = codes("dialogue_event", "pledged", "pledged", "suspended")
    made["resumption_booked"][1:3, 0] = [0.5, 0.25]
    made["offer_event"][1:3, 0] = 1.0
    made["terms_granted"][...] = [0.0, 3.0]
    made["retaliation_event"][1, 1] = codes("retaliation_event", "rewarded")[0]
    made["canvass_event"][1:4, 1] = codes("canvass_event", "visited", "assisted", "visited")
    made["sanction_event"][1:3, 0] = codes("sanction_event", "arms", "trade")
    made["sanction_kind"][1:4, 0] = 1.0
    made["condition_event"][...] = [0.0, codes("condition_event", "waived")[0]]
    made["exports_index"][...] = 1.0
    made["exports_index"][2:4, 1] = [0.9, 0.7]


@pytest.fixture(scope="module")
def world() -> World:
    """Issue areas: civil_political and extralegal_detention core, labour overlap, economic_social social."""
    made = World(CODES, 2)
    for name, row in (("is_core", [1, 0, 0, 1]), ("is_overlap", [0, 1, 0, 0]), ("is_social", [0, 0, 1, 0])):
        made[name][...] = np.array(row, dtype=float)[:, None]
    made["is_procedural"][...] = np.array([0.0, 0.0, 0.0, 1.0])[:, None]
    made["practice"][...] = np.array([0.1, 0.2, 0.3, 0.5])[:, None] + [0.0, 0.1]
    made["recorded_practice"][...] = np.array([0.2, 0.2, 0.3, 0.6])[:, None] + [0.0, 0.1]
    made["structural_practice"][...] = np.array([0.0, 0.3, 0.4, 0.5])[:, None] + [0.0, 0.1]
    made["reform_event"][:, 0] = codes("reform_event", "tightened", "loosened", "loosened", "loosened")
    made["law_event"][:, 0] = codes("law_event", "statute", "statute", "document", "plan")
    made["documents_granted"][...] = [2.0, 0.0]
    for shift, name in enumerate(("commitment", "formal_law", "report", "headline")):
        made[name][...] = np.array([0.1, 0.2, 0.3, 0.4])[:, None] + 0.1 * shift + np.array([0.0, 0.01])
    made["person_event"][: len(TURNS), 0] = codes("person_event", *TURNS)
    made["person_event"][10:12, 1] = codes("person_event", "exiled")
    made["person_status"][...] = 3.0
    made["person_status"][:5, 0] = made["person_status"][:9, 1] = 1.0
    made["person_is_detained"][:5, 0] = made["person_is_detained"][:9, 1] = 1.0
    made["asks_for_persons"][0], made["asks_on_issues"][0], made["asks_answered"][0] = 2.0, 2.0, 7.0
    made["concession_event"][:2, 1] = codes("concession_event", "treated_better", "exiled")
    made["pressure_public"][...] = np.array([0.2, 0.9, 0.9, 0.4])[:, None] + [0.0, 0.1]
    made["pressure_private"][...] = np.array([0.1, 0.9, 0.9, 0.3])[:, None] + [0.0, 0.1]
    made["person_raised"][:6, 0] = codes("person_raised", *["private"] * 3, *["public"] * 2, "both")
    made["has_dialogue"][[1, 2, 3]] = 1.0
    made["dialogue_suspended"][2, 0] = 1.0
    made["dialogue_event"][1:5, 0] = codes("dialogue_event", "round", "started", "round", "declined")
    made["round_held"][[1, 3], 0] = 1.0
    made["dialogue_substance"][...] = np.array([0.9, 0.2, 0.9, 0.6, 0.9, 0.9])[:, None]
    made["motion_event"][...] = codes("motion_event", "no_action_carried", "no_action_failed")
    made["text_event"][...] = codes("text_event", "rejected", "adopted")
    made["treaty_event"][:, 0] = codes("treaty_event", "signed", "ratified")
    made["treaty_event"][1, 1] = codes("treaty_event", "signed")[0]
    made["retaliation_event"][1:4, 0] = codes("retaliation_event", "punished", "rewarded", "punished")
    made["lobby_event"][[4, 5], 1] = codes("lobby_event", "visited", "assisted")
    made["issue_protest"][...] = np.array([0.1, 0.2, 0.3, 0.4])[:, None] + [0.0, 0.1]
    made["grievance"][...] = np.array([0.5, 0.6, 0.7, 0.8])[:, None] - [0.0, 0.1]
    answers = ("accommodated", "repressed", "ignored", "repressed")
    made["protest_event"][:, 0] = codes("protest_event", *answers)
    made["crackdown_event"][...] = codes("crackdown_event", "conceded", "cracked_down")
    made["campaign_event"][[0, 2], 1] = codes("campaign_event", "attacked")
    made["firm_event"][:, 0] = codes("firm_event", "adopted", "lobbied", "adopted")
    made["scandal_event"][:4, 1] = codes("scandal_event", "denied", "repaired", "acknowledged", "repaired")
    kinds = ("private", "public", "private", "private", "both")
    made["representation_event"][1:6, 0] = codes("representation_event", *kinds)
    lay_groups_and_bodies(made)
    lay_motions(made)
    return made


BY_HAND: dict[str, tuple[float, float]] = {
    **OF_GROUPS_AND_BODIES,
    **OF_MOTIONS,
    "groups_open": (2, 1),
    "evidence": (0.3, 0.4),
    "findings_taken_up": (0.5, 0),
    "months_to_take_up": (6, 0),
    "mandate_scope": (0.5, 0.25),
    "core_practice": (0.3, 0.4),
    "overlap_practice": (0.2, 0.3),
    "social_practice": (0.3, 0.4),
    "commitment": (0.25, 0.26),
    "formal_law": (0.35, 0.36),
    "reported_violations": (0.45, 0.46),
    "headline_violations": (0.55, 0.56),
    "treated_better": (2, 0),
    "releases": (4, 2),
    "exiles": (1, 2),
    "terms_ended": (0, 0),
    "first_detentions": (1, 0),
    "renewed_detentions": (1, 0),
    "person_months_detained": (5, 9),
    "at_liberty": (35, 31),
    "asks": (4, 0),
    "asks_for_persons": (2, 0),
    "answered_asks": (7, 0),
    "concessions_persons": (0, 2),
    "public_pressure": (0.3, 0.4),
    "private_pressure": (0.2, 0.3),
    "detained": (5, 9),
    "persons_raised": (6, 0),
    "dialogues": (2, 3),
    "dialogue_rounds": (2, 0),
    "dialogue_substance": (0.4, 0.0),
    "sanctioning_states": (3, 0),
    "forum_merits": (1, 0),
    "forum_values": (1, 0),
    "forum_attack": (0, 2),
    "forum_block": (1, 0),
    "texts_held_back": (1, 0),
    "texts_of_its_own": (0, 1),
    "exports_lost": (0, 0.4),
    "motions_tabled": (1, 1),
    "motions_carried": (1, 0),
    "texts_adopted": (0, 1),
    "treaty_acts": (2, 1),
    "signatures": (1, 1),
    "reservations": (0, 0),
    "loosened": (3, 0),
    "tightened": (1, 0),
    "statutes": (2, 0),
    "documents": (1, 0),
    "plans": (1, 0),
    "documents_granted": (2, 0),
    "procedural_practice": (0.5, 0.6),
    "recorded_core": (0.4, 0.5),
    "recorded_overlap": (0.2, 0.3),
    "recorded_social": (0.3, 0.4),
    "recorded_procedural": (0.6, 0.7),
    "structural_core": (0.25, 0.35),
    "structural_overlap": (0.3, 0.4),
    "structural_social": (0.4, 0.5),
    "structural_procedural": (0.5, 0.6),
    "punishments": (2, 0),
    "lobbied_states": (0, 2),
    "issue_protest": (0.25, 0.35),
    "grievance": (0.65, 0.55),
    "protests_ignored": (1, 0),
    "protests_accommodated": (1, 0),
    "protests_repressed": (2, 0),
    "crackdowns": (0, 1),
    "ways_given": (1, 0),
    "brand_attacks": (0, 2),
    "codes_adopted": (2, 0),
    "firms_lobbying": (1, 0),
    "own_scandals": (0, 4),
    "scandals_repaired": (0, 2),
    "private_words": (3, 0),
    "public_words": (2, 0),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_series_is_what_is_counted_by_hand(world: World, name: str) -> None:
    np.testing.assert_allclose(READ[name].read(Month(world)), BY_HAND[name], atol=1e-12)


@pytest.mark.parametrize("name", [name for name in READ if name not in BY_HAND])
def test_every_other_series_is_the_field_of_its_name(name: str) -> None:
    assert name in FIELDS, f"'{name}' is no field of the world: count it by hand, as an entry of BY_HAND"
    world = World(CODES, 3)
    low, high = FIELDS[name].low, FIELDS[name].high
    world[name][...] = low + (high - low) * np.array([0.1, 0.2, 0.7])
    assert world[name].shape == (3,)
    np.testing.assert_array_equal(READ[name].read(Month(world)), world[name])


STANDING = {
    "at_liberty", "detained", "dialogues", "groups_open", "months_to_take_up", "sanctioning_states", "sponsor_count",
}  # fmt: skip
OF_LEVELS = {"share", "votes", "per year"}


def test_counts_are_added_up_and_levels_are_not() -> None:
    """What happens is counted anew each month and marked so; shares, margins, rates and what stands are levels."""
    counted = {name for name, spec in READ.items() if spec.counts}
    assert counted == {name for name, spec in READ.items() if spec.unit not in OF_LEVELS} - STANDING


MONTHS = 80
RAMP = np.arange(MONTHS, dtype=float)[:, None] * [1.0, 2.0]


def reduced(how: str, values: np.ndarray, tabled: np.ndarray | None = None) -> list[float]:
    spec = OutcomeSpec("x", "", "", "values", how)
    series = {"values": values, "motions_tabled": np.zeros_like(values) if tabled is None else tabled}
    return outcome(spec, series).tolist()


def test_windows_are_those_that_are_named() -> None:
    """A ramp of 80 months: last is months 20 to 79, change compares months 56 to 79 with 24 to 47."""
    assert reduced("total", RAMP) == [3160.0, 6320.0]
    assert reduced("mean", RAMP) == [39.5, 79.0]
    assert reduced("last", RAMP) == [49.5, 99.0]
    assert reduced("change", RAMP) == [32.0, 64.0]


def test_margins_are_of_tabled_motions_alone_and_three_votes_are_near() -> None:
    margin = np.array([[3.0, 4.0], [-3.0, 9.0], [1.0, -4.0], [8.0, 2.0]])
    tabled = np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    assert reduced("near_miss", margin, tabled) == [2.0, 0.0]
    np.testing.assert_allclose(reduced("margin", margin, tabled), [8 / 3, 0.0])
    assert np.isnan(reduced("margin", margin, 0 * tabled)).all()


@pytest.mark.parametrize(("name", "months"), [("core_practice", 60), ("core_practice_change", 72), ("releases", 0)])
def test_an_outcome_needs_the_months_of_its_window(name: str, months: int) -> None:
    def taken(n_months: int) -> np.ndarray:
        return outcome(OUTCOMES[name], {spec.name: np.ones((n_months, 1)) for spec in SERIES})

    assert not np.isnan(taken(max(months, 1))).any()
    assert without_window([name], max(months, 1)) == ()
    if months:
        assert np.isnan(taken(months - 1)).all()
        assert without_window([name], months - 1) == (OUTCOMES[name],)


@pytest.mark.parametrize("spec", OUTCOMES.values(), ids=lambda spec: spec.name)
def test_an_outcome_rests_on_a_series_that_is_there(spec: OutcomeSpec) -> None:
    assert spec.series in READ
    assert (spec.how == "total") == (READ[spec.series].counts and spec.how not in ("margin", "near_miss"))
