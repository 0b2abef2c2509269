"""The bundled cast says what the record says, and a bad cast file is refused with its place."""

from __future__ import annotations

import dataclasses
import pickle
import re
import shutil
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from demarche.cast.cast import Cast, load_cast
from demarche.cast.members import TradeOrganisation
from demarche.cast.tables import PAIR_RANGES, YEARLY_RANGES
from demarche.errors import ScenarioError
from demarche.world.axes import REGIONS
from demarche.world.calendar import Month
from demarche.world.fields import given_as
from demarche.world.kinds import NGO_KINDS
from tests.support.editing import edit

CASTS = Path(__file__).parents[2] / "scenarios" / "casts"
ISSUES = (
    "civil_political", "due_process", "extralegal_detention", "labour", "religion", "minority_regions",
    "expression", "rural_residents", "women", "land_environment", "economic_social", "prison_conditions",
    "death_penalty", "psychiatric_abuse",
)
MODULES = ("cast", "checks", "members", "tables")
SMALL_COMMISSION = dict(zip(REGIONS, (11, 9, 5, 8, 10), strict=True))
LARGE_COMMISSION = dict(zip(REGIONS, (15, 12, 5, 11, 10), strict=True))
COUNCIL = dict(zip(REGIONS, (13, 13, 6, 8, 7), strict=True))


@pytest.fixture(scope="module")
def cast() -> Cast:
    return load_cast(CASTS / "china_1989.yaml")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(CASTS, tmp_path / "casts")
    return tmp_path / "casts" / "china_1989.yaml"


def refused(path: Path) -> str:
    with pytest.raises(ScenarioError) as error:
        load_cast(path)
    return str(error.value)


def named(cast: Cast, mask: np.ndarray) -> set[str]:
    return {code for code, is_in in zip(cast.state_codes, mask, strict=True) if is_in}


@pytest.mark.parametrize("year", range(1989, 2010))
def test_seats_by_region(cast: Cast, year: int) -> None:
    expected = COUNCIL if year >= 2006 else SMALL_COMMISSION if year < 1992 else LARGE_COMMISSION
    assert {region: n for region, n in zip(REGIONS, cast.quotas(year), strict=True) if n} == expected
    if year <= cast.last_seated:
        body, mask = cast.seats(year)
        assert body == "commission"
        assert Counter(region for region, is_in in zip(cast.regions, mask, strict=True) if is_in) == expected


def test_a_body_that_says_nothing_of_seats_has_those_of_the_last_year_on_record(cast: Cast) -> None:
    bodies = tuple(body.model_copy(update={"seats": {}}) for body in cast.bodies)
    silent = dataclasses.replace(cast, bodies=bodies)
    assert silent.quotas(2007).tolist() == cast.quotas(1998).tolist() != cast.quotas(2007).tolist()


def test_who_sat_in_every_year_on_record(cast: Cast) -> None:
    assert cast.last_seated == 1998
    assert {"CHN", "USA", "RUS", "FRA", "IND"} <= named(cast, cast.seated_always)
    assert "GBR" not in named(cast, cast.seated_always)


def test_seats_and_years_outside_the_table_take_the_nearest(cast: Cast) -> None:
    assert np.array_equal(cast.seats(1970)[1], cast.seats(1989)[1])
    assert np.array_equal(cast.seats(2030)[1], cast.seats(1998)[1])
    assert np.array_equal(cast.yearly("democracy", 1970), cast.yearly("democracy", 1989))
    assert np.array_equal(cast.yearly("democracy", 2030), cast.yearly("democracy", 1998))


def test_every_yearly_value_is_in_range(cast: Cast) -> None:
    assert cast.years == tuple(range(1989, 1999))
    for name, (low, high) in {**YEARLY_RANGES, **PAIR_RANGES}.items():
        for year in cast.years:
            values = cast.yearly(name, year)
            assert values.shape == (len(cast.state_codes),)
            assert np.isfinite(values).all()
            assert low <= values.min()
            assert values.max() <= high


def test_ties_of_the_focal_state_and_the_critic_with_themselves(cast: Cast) -> None:
    for year in cast.years:
        assert cast.yearly("agree_focal", year)[cast.index(cast.focal)] == 1.0
        assert cast.yearly("agree_critic", year)[cast.index(cast.critic)] == 1.0
        assert cast.yearly("trade_exposure", year)[cast.index(cast.focal)] == 0.0
    # Some states have no output figure: the shares then miss a little of 1.
    assert cast.yearly("economic_weight", 1995).sum() == pytest.approx(1.0, abs=0.01)


def test_known_facts_survive_the_transformation(cast: Cast) -> None:
    # Scores are known a year later: the low point of 1989 stands in 1990, the level before it in 1989.
    own = cast.yearly("own_rights", 1990)[cast.index("CHN")]
    assert own == pytest.approx((-2.3471 + 4) / 8, abs=0.01)
    assert cast.yearly("own_rights", 1989)[cast.index("CHN")] == pytest.approx(0.35, abs=0.01)
    ideal = cast.yearly("ideal_point", 1995)
    order = [ideal[cast.index(code)] for code in ("USA", "FRA", "IND", "CUB")]
    assert order == sorted(order, reverse=True)
    assert cast.yearly("filled", 1995)[cast.index("FRA")] == 0


def test_successors_and_predecessors(cast: Cast) -> None:
    def present(code: str, year: int) -> bool:
        return bool(cast.present(year)[cast.index(code)])

    assert [present("DDR", year) for year in (1989, 1990, 1991)] == [True, True, False]
    assert [present("SVK", year) for year in (1992, 1993)] == [False, True]
    assert all(present(code, 1989) for code in ("RUS", "SRB", "CZE", "CHE", "KOR"))
    members = [named(cast, cast.is_member(year)) for year in (1989, 1991, 2006)]
    # Two Yemens sat until 1990; this cast has one row for them.
    assert [len(found) for found in members] == [158, 166, 192]
    assert {"RUS", "SRB", "CZE", "DDR"} <= members[0]
    assert {"CHE", "KOR", "SVK"}.isdisjoint(members[0])
    for year in cast.years:
        assert not (cast.seats(year)[1] & ~cast.present(year)).any()
        assert "CZE" in named(cast, cast.seats(1991)[1])
    assert "DDR" in named(cast, cast.seats(1989)[1])


def test_groups_are_known_and_follow_the_years(cast: Cast) -> None:
    expected = {
        "all_senders", "european_union", "western_group", "african_group", "asian_group",
        "latin_american_group", "eastern_group", "g7", "nordic",
    }
    assert expected <= set(cast.group_names())
    for name in cast.group_names():
        assert cast.group(name).any()
        assert cast.groups[name].source
    sizes = [int(cast.group("european_union", year).sum()) for year in (1989, 1995, 2004, 2007)]
    assert sizes == [12, 15, 25, 27]
    assert np.array_equal(cast.group("european_union", 1995), cast.joint_bloc(1995))
    assert 35 <= cast.group("all_senders").sum() <= 80
    assert not cast.group("all_senders")[cast.index(cast.focal)]
    assert named(cast, cast.group("NOR")) == {"NOR"}
    groups = [f"{name}_group" for name in ("western", "african", "asian", "latin_american", "eastern")]
    assert sum(int(cast.group(name, 2009).sum()) for name in groups) == 192


def test_unknown_names_are_answered_with_the_nearest(cast: Cast) -> None:
    with pytest.raises(ScenarioError, match="Did you mean 'nordic'"):
        cast.group("nordics")
    with pytest.raises(ScenarioError, match="Did you mean 'democracy'"):
        cast.yearly("democrcy", 1995)
    with pytest.raises(ScenarioError, match="unknown state"):
        cast.index("XXX")


def test_every_member_has_a_source(cast: Cast) -> None:
    assert tuple(issue.code for issue in cast.issues) == ISSUES
    for issue in cast.issues:
        assert "document 002 line" in issue.source
        assert "assumption" in issue.source
        assert issue.levels_source
        assert issue.levels["tractability"] in (0.1, 0.3, 0.5, 0.7, 0.9)
    sources = [ngo.source for ngo in cast.ngos] + [body.source for body in cast.bodies]
    sources += [treaty.source for treaty in cast.treaties] + [event.source for event in cast.events]
    assert all([*sources, cast.persons.source])
    assert all(number.source and 0 <= number.value <= 1 for number in cast.initial.values())
    assert {f"years.{name}" for name in YEARLY_RANGES} <= set(cast.sources)
    assert {f"pairs.{name}" for name in PAIR_RANGES} <= set(cast.sources)


def test_issues_keep_the_order_of_the_documents(cast: Cast) -> None:
    by_code = {issue.code: issue for issue in cast.issues}
    assert by_code["civil_political"].levels["practice"] == 0.35
    core = [issue.levels["tractability"] for issue in cast.issues if issue.group == "core"]
    social = [issue.levels["tractability"] for issue in cast.issues if issue.group == "social"]
    assert max(core) < min(social)
    assert {issue.group for issue in cast.issues} == {"core", "overlap", "social", "procedural"}


def test_organisations_bodies_and_treaties(cast: Cast) -> None:
    assert len(cast.ngos) == 12
    for issue in cast.issues:
        assert any(issue.code in ngo.attention for ngo in cast.ngos), issue.code
    online = next(ngo for ngo in cast.ngos if ngo.code == "online_centre")
    assert not online.is_active(Month(2000, 12))
    assert online.is_active(Month(2001, 1))
    bodies = {body.code: body for body in cast.bodies}
    assert len(bodies) == 14
    committees = [body for body in cast.bodies if body.kind == "committee"]
    assert [body.treaty for body in committees] == [treaty.code for treaty in cast.treaties]
    assert {ngo.kind for ngo in cast.ngos} == set(NGO_KINDS)
    assert sum(donor.pot for donor in cast.donors) == 20.0
    for month in (Month(1989, 6), Month(2006, 5), Month(2006, 6), Month(2009, 12)):
        assert bodies["commission"].is_active(month) != bodies["council"].is_active(month)
    assert not bodies["high_commissioner"].is_active(Month(1993, 11))
    stages = {treaty.code: treaty.stage for treaty in cast.treaties}
    assert stages == {"CEDAW": 2, "CERD": 2, "CAT": 2, "CRC": 0, "ICESCR": 0, "ICCPR": 0}


def test_persons_add_up(cast: Cast) -> None:
    assert cast.persons.count == 128
    assert len(cast.axis_codes["person"]) == 128
    assert len(set(cast.axis_codes["person"])) == 128
    assert len(cast.persons.by_issue) == len(cast.issues)
    assert sum(cast.persons.by_issue) == pytest.approx(1.0)
    a, b = cast.persons.fame
    assert a / (a + b) < 0.2


def test_the_calendar(cast: Cast) -> None:
    dates = {event.code: str(event.month) for event in cast.events}
    sessions = {event.month.year: event.month.month for event in cast.events if event.kind == "session"}
    assert [sessions[year] for year in (1990, 1995, 1996, 2005, 2009)] == [3, 3, 4, 4, 3]
    assert 2006 not in sessions
    deadlines = [event for event in cast.events if event.kind == "tariff_deadline"]
    assert [str(event.month) for event in deadlines] == [f"{year}-06" for year in range(1990, 2010)]
    assert {event.strength for event in deadlines} == {1.0}  # no row says what condition was set
    assert not any(event.kind == "trade_accession" for event in cast.events), "entry is drawn"
    assert dates["crackdown_1989"] == "1989-06"
    reviews = {actor for event in cast.events if event.kind == "treaty_review" for actor in event.actors}
    assert reviews == {"CEDAW", "CERD", "CAT", "CRC", "ICESCR"}
    states = set(cast.state_codes)
    for event in cast.events:
        if event.kind == "summit":
            assert event.actors
            assert set(event.actors) <= states
        if event.verified == "no":
            assert "general knowledge" in event.source
    summit = next(event for event in cast.events if event.code == "summit_european_union_1998_04")
    assert set(summit.actors) == named(cast, cast.joint_bloc(1998))


def test_entry_may_be_drawn_while_talks_are_open_and_after_the_record(cast: Cast) -> None:
    stand = cast.trade_organisation
    assert stand is not None
    assert [stand.is_open(Month(*month)) for month in ((1998, 12), (1999, 1), (2009, 12))] == [False, True, True]
    later = stand.model_copy(update={"talks_since": Month(2001, 5)})
    assert [later.is_open(Month(2001, month)) for month in (4, 5)] == [False, True]
    assert not TradeOrganisation(member=True, source="a test").is_open(Month(2001, 5))
    with pytest.raises(ValueError, match="a member holds no talks"):
        TradeOrganisation(member=True, talks_since="1986-07", source="a test")


def test_a_cast_can_be_sent_to_another_process(cast: Cast) -> None:
    sent = pickle.loads(pickle.dumps(cast))
    assert (sent.digest, sent.issues, sent.initial, sent.ngos) == (cast.digest, cast.issues, cast.initial, cast.ngos)
    assert set(sent.issues[0].levels) == set(given_as("issue"))


def test_digest_covers_every_file(cast: Cast, copied: Path) -> None:
    assert load_cast(copied).digest == cast.digest
    with (copied.parent / "china_1989" / "calendar.csv").open("a", encoding="utf-8") as file:
        file.write("another,games,1999-01,,0.5,assumption: a test,no\n")
    assert load_cast(copied).digest != cast.digest


@pytest.mark.parametrize(
    ("file", "old", "new", "counts"),
    [
        ("china_1989.yaml", "title: China,", "title: The case of China,", False),
        ("china_1989.yaml", "World Bank GDP, mean growth of about", "World Bank GDP, mean growth of some", False),
        ("china_1989.yaml", "growth_rate: {value: 0.09,", "growth_rate: {value: 0.08,", True),
        ("china_1989.yaml", "focal: CHN\n", "focal: CHN  # a remark\n", False),
        ("world/states.csv", "\nFRA,France,", "\nFRA,Gaul,", False),
        ("world/states.csv", "\nFRA,France,western,1945,", "\nFRA,France,western,1946,", True),
        ("china_1989/calendar.csv", "press of September 1989; document 001,yes", "the press,partly", False),
    ],
)
def test_texts_for_readers_are_not_part_of_the_identity(
    cast: Cast, copied: Path, file: str, old: str, new: str, counts: bool
) -> None:
    edit(copied.parent / file, old, new)
    assert (load_cast(copied).digest != cast.digest) == counts


YAML_ERRORS = [
    ("focal: CHN", "focal: !!str CHN", "tags", "remove the tag"),
    ("count: 128", "count: 128\n  counts: 128", "unknown key 'counts'", "Did you mean 'count'"),
    ("group: core, tractability: 0.1, threatens_monopoly: 0.9, home_support: 0.1", "group: cores, tractability: 0.1, "
     "threatens_monopoly: 0.9, home_support: 0.1", "unknown group of issues", "Did you mean 'core'"),
    ("labour: 14", "labour: twenty", "the wrong kind of value", "persons.by_issue.labour"),
    ("by_issue: {", "by_issue: {sport: 1, ", "unknown issue", "persons.by_issue.sport"),
    ("years.democracy:", "years.democrcy:", "the column has no source", "Did you mean 'years.democracy'"),
    ("nordic: {states", "FRA: {states", "the group has the code of a state", "groups.FRA"),
    ("focal: CHN", "focal: CHNN", "unknown state", "Did you mean 'CHN'"),
    ("critic: USA", "critics: USA", "key 'critic' is missing", "Did you mean 'critic'"),
    ("resistance: {value: 0.6,", "resistance: {value: 1.6,", "the value is out of range", "0 to 1"),
    ("0.7, source: \"document 002 line 531", "0.7, sauce: \"document 002 line 531",
     "key 'source' is missing",
     "initial.resistance"),
    ("resistance: {value: 0.6, low: 0.5, high: 0.7,", "resistance: {value: 0.6, low: 0.5,", "a range has two ends",
     "initial.resistance"),
    ("resistance: {value: 0.6, low: 0.5, high: 0.7,", "resistance: {value: 0.6, low: 0.65, high: 0.7,",
     "the value lies outside its range", "initial.resistance"),
    ("resistance: {value: 0.6, low: 0.5, high: 0.7,", "resistance: {value: 0.6,", "an assumption has no range",
     "initial.resistance"),
    ("g7: {states: [CAN,", "g7: {states: [CAM,", "unknown state", "groups.g7.states.0"),
    ("nordic: {states", "nordic: {sates", "unknown key 'sates'", "Did you mean 'states'"),
    ("{joint_bloc: true,", "{joint_bloc: false,", "not an admissible value", "Expected: True"),
    ("{bloc: asean,", "{bloc: asaen,", "unknown bloc", "Did you mean 'asean'"),
    ("detained: 0.47", "detained: .nan", "not a finite number", "persons.detained"),
    ("count: 128", "count: 9.5", "the wrong kind of value", "a whole number"),
    ("start: 2001-11", "start: 2001-13", "not a month", "ngos.7.start"),
    ("start: 1996-01", "start: 1996-01-05", "not a month", "ngos.5.start"),
    ("code: online_centre", "code: documentation", "the code is used twice", "ngos.6.code"),
    ("{labour: 1.0,", "{labor: 1.0,", "unknown issue", "Did you mean 'labour'"),
    ("from: 2006-06,", "from: 2006-06, until: 2006-01,", "the body ends before it begins", "2006-01"),
    ("title: China,", "title: &a C\nname: *a\nlast: China,", "aliases ('*a') are not allowed", "write the value out"),
    ("count: 128", "count: 0140", "means different things", "without the leading zero"),
    ("count: 128", "count: 1:30", "means different things", "one plain number"),
    ("title: China,", "title: China\ntitle: Chile,", "key 'title' is written twice, first in line 4", "keep one"),
    ("title: China,", "title: [", "not valid YAML", "china_1989.yaml:"),
    ("world/states.csv", "../states.csv", "the path leaves the folder that may be read", "tables.states"),
    ("world/years.csv", "world/yaers.csv", "there is no such file", "Did you mean 'world/years.csv'"),
]


@pytest.mark.parametrize(("old", "new", "what", "more"), YAML_ERRORS)
def test_bad_cast_files_are_refused(copied: Path, old: str, new: str, what: str, more: str) -> None:
    edit(copied, old, new)
    message = refused(copied)
    assert what in message
    assert more in message


def test_messages_name_file_line_and_column(copied: Path) -> None:
    line = edit(copied, "resistance: {value: 0.6,", "resistance: {value: 1.6,")
    column = len("  resistance: {value: ") + 1
    assert f"{copied}:{line}:{column}: initial.resistance.value: the value is out of range." in refused(copied)


TABLE_ERRORS = [
    ("states", "\nFRA,France,western,", "\nFRA,France,westen,", "unknown region", "Did you mean 'western'"),
    ("states", "\nFRA,France,", "\nFR,France,", "not a code of a state", "three capital letters"),
    ("states", "code,name,region", "code,label,region", "unknown column", ":1:6"),
    ("years", "\nFRA,1990,", "\nFRA,1989,", "the row repeats line", "FRA in 1990"),
    ("years", "\nFRA,1990,", "\nFRX,1990,", "unknown state", "FRA in 1990"),
    ("years", "\nFRA,1990,", "\nFRA,199,", "not a year", "'199'"),
    ("pairs", "\nCHN,FRA,1990,", "\nUSA,FRA,1990,", "the row belongs to another focal state", "CHN"),
    ("pairs", "\nCHN,FRA,1990,", "\nCHN,FRA,1989,", "the row repeats line", "FRA in 1990"),
    ("seats", "\ncommission,1990,FRA", "\ncommission,1990,DEX", "unknown state", "seats.csv"),
    ("seats", "\ncommission,1990,FRA", "\ncommission,1990,SVK", "the state does not exist in 1990", "SVK"),
    ("seats", "\ncommission,1990,FRA", "\ncouncil,1990,FRA", "two bodies sit in 1990", "commission"),
    ("calendar", "8,games,2008-08", "8,game,2008-08", "unknown kind of event", "Did you mean 'games'"),
    ("calendar", "8,games,2008-08", "8,games,2008-8", "not a month", "2008-8"),
    ("calendar", "decision,1993-09,,1.0", "decision,1993-09,,1.5", "the value is out of range", "a number from 0 to 1"),
    ("calendar", "_shock,1995-07,USA", "_shock,1995-07,USAA", "unknown actor", "Did you mean 'USA'"),
]


@pytest.mark.parametrize(("table", "old", "new", "what", "more"), TABLE_ERRORS)
def test_bad_tables_are_refused(copied: Path, table: str, old: str, new: str, what: str, more: str) -> None:
    path = copied.parent / ("china_1989" if table in ("calendar", "pairs") else "world") / f"{table}.csv"
    line = edit(path, old, new) + old.startswith("\n")
    message = refused(copied)
    assert what in message
    assert more in message
    assert f"{path}:{line}:" in message


def test_all_problems_come_at_once(copied: Path) -> None:
    edit(copied, "focal: CHN", "focal: CHM")
    edit(copied, "detained: 0.47", "detained: 6")
    edit(copied.parent / "world" / "seats.csv", "\ncommission,1990,FRA", "\ncommission,1990,SVK")
    with pytest.raises(ScenarioError) as error:
        load_cast(copied)
    assert len(error.value.problems) == 3
    assert error.value.exit_code == 2


def test_a_missing_file_is_a_scenario_error(tmp_path: Path) -> None:
    assert "there is no such file" in refused(tmp_path / "none.yaml")
    (tmp_path / "empty.yaml").write_text("", encoding="utf-8")
    assert "the file is empty" in refused(tmp_path / "empty.yaml")


def test_another_case_needs_only_other_files(copied: Path, cast: Cast) -> None:
    edit(copied, "focal: CHN", "focal: IRN")
    edit(copied, "critic: USA", "critic: GBR")
    with pytest.raises(ScenarioError, match=r"pairs\.csv:2:1: focal: the row belongs to another focal state"):
        load_cast(copied)
    pairs = copied.parent / "china_1989" / "pairs.csv"
    pairs.write_text(pairs.read_text(encoding="utf-8").replace("\nCHN,", "\nIRN,"), encoding="utf-8")
    other = load_cast(copied)
    assert (other.focal, other.critic) == ("IRN", "GBR")
    modules = [Path(sys.modules[f"demarche.cast.{name}"].__file__ or "") for name in MODULES]
    text = "\n".join(path.read_text(encoding="utf-8") for path in modules)
    assert not re.search(r"\b(19|20)\d\d\b", text)
    assert not {name for name in cast.state_names if re.search(rf"\b{re.escape(name)}\b", text)}
    assert not {code for code in cast.state_codes if re.search(rf"\b{code}\b", text)}
