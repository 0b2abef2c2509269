"""The worlds of the 58 patterns: one that shows it, one that does not, with the value of the measure in each."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from hand_made import (
    BASELINE,
    QUIET,
    Arm,
    Surroundings,
    World,
    base,
    by_year,
    ev,
    flat,
    jump,
    line,
    many,
    quiet,
    released,
    session,
    sponsors,
)

STATES = many(26)
TARIFFS = tuple((f"{year}-06", "tariff_deadline") for year in range(1990, 1999))
SESSIONS = tuple((f"{year}-03", "session") for year in range(1990, 1999))
GROUPS = Surroundings({"M00": "african", "M01": "asian", "M02": "latin_american", "M03": "western"})
COVARIATES = Surroundings(covariates=pd.DataFrame({
    "state": many(4, "M"), "year": 1992, "ideal_point": [-1.0, -0.5, 1.0, 2.0], "trade": [0.1, 0.3, 0.1, 0.3],
}))  # fmt: skip
UPSIDE_DOWN = Surroundings(covariates=COVARIATES.covariates.assign(ideal_point=[2.0, 1.0, -0.5, -1.0]))


UNKNOWN = Surroundings()


@dataclass(frozen=True)
class Case:
    """A world that shows the pattern, its value, and one that does not, with its value."""

    shows: World
    value: float
    lacks: World
    other: float
    calendar: tuple[tuple[str, str], ...] = ()
    around: Surroundings = UNKNOWN
    around_lacks: Surroundings | None = None


def talks(n: int, month: str = "1995-03") -> list:
    return [ev(month, "dialogue", state, "started") for state in many(n)]


def vote(text: str, month: str = "1992-03") -> World:
    return base(session(month, text))


def cascade(left_after_1996: int) -> World:
    """Return lists of 26 in 1995 and 1996, of which some leave with S00 in 1997."""
    return base(sponsors("1995-01", STATES), sponsors("1996-01", STATES), sponsors("1997-01", STATES[left_after_1996:]))


def recommended(accepted: int, noted: int, acted: int, acted_noted: int) -> Arm:
    done = [float(i < acted) for i in range(accepted)], [float(i < acted_noted) for i in range(noted)]
    return Arm([ev("1995-01", "recommendation", "S00", "accepted", one) for one in done[0]]
               + [ev("1995-01", "recommendation", "S00", "noted", one) for one in done[1]])  # fmt: skip


def worlds_of_targets(*arms: Arm) -> World:
    return {BASELINE: Arm(targets=arms)}


def tied(order: str) -> Arm:
    """Return recommendations by ties 0, 0.5 and 1: friends ask softly and get more, or the other way."""
    kinds = ["sensitive noted", "specific noted", "soft accepted"]
    rows = kinds if order == "friends" else kinds[::-1]
    ties = (0.0, 0.5, 1.0)
    return Arm([ev("1995-01", "recommendation_tie", "S00", kind, tie) for kind, tie in zip(rows, ties, strict=True)])


def aided(after: float, text: bool = True) -> Arm:
    series = {"aid_multilateral": jump("1995-01", 1.0, after), "aid_bilateral": flat(1.0)}
    return Arm([ev("1995-01", "text", "", "adopted" if text else "rejected")], series)


def named(level: float, words: int) -> Arm:
    return Arm([ev("1995-01", "statement", "S00", about="speech")] * words, {"core_practice": flat(level)})


def practices(**levels):
    """Return practice of the issues that P34 and P36 name; 0.3 where nothing is said."""
    issues = ("economic_social", "civil_political", "labour", "land_environment", "due_process", "extralegal_detention",
              "religion", "expression")  # fmt: skip
    return {f"practice_{issue}": levels.get(issue, flat(0.3)) for issue in issues}


def resumed(paid: tuple[float, float]) -> list:
    """Return five resumptions (conditional, unity); two concessions follow those of one kind."""
    kinds = [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0), paid]
    rows = []
    for year, (condition, unity) in zip(range(1990, 1999, 2), kinds, strict=True):
        rows.append(ev(f"{year}-01", "resumption", "S00", "conditional" if condition else "free", unity))
        if (condition, unity) == paid:
            rows += [ev(f"{year}-04", "concession", detail="release")] * 2
    return rows


def raised(route: str) -> list:
    """Return three persons raised by the three routes; the one of `route` is `p01994-06`, who is then released."""
    return [ev("1994-01", "person_raised", "p01994-06" if one == route else f"other_{one}", one)
            for one in ("both", "public", "private")]  # fmt: skip


def stock(fame: float, organising: float) -> list:
    """Return two prisoners: `p` with these levels, and one with 0.5 of both."""
    levels = (("p", "fame", fame), ("p", "organising", organising), ("q", "fame", 0.5), ("q", "organising", 0.5))
    return [ev("1994-01", "prisoner", person, what, level) for person, what, level in levels]


def demands() -> list:
    return [ev("1991-01", "demand", "S00", value=0.1), ev("1993-01", "demand", "S00", value=0.5),
            ev("1996-01", "demand", "S00", value=0.9)]  # fmt: skip


def displaced(other: float) -> dict:
    names = ("civil_political", "due_process", "extralegal_detention", "expression")
    return practices(religion=jump("1995-01", 0.2, 0.6), **{name: jump("1995-01", 0.3, 0.3 + other) for name in names})


def critics(rival: float, third: float, un: float) -> World:
    names = ("rival_criticism", "third_party_criticism", "un_criticism")
    return {name: Arm((), {"nationalism": flat(level)}) for name, level in zip(names, (rival, third, un), strict=True)}


def groups(*rows: tuple[int, int, int]) -> list:
    """Return groups with their allies, policy changes and whether they closed."""
    return [ev("1995-01", "group_year", f"g{i}", what, float(value)) for i, row in enumerate(rows)
            for what, value in zip(("allies", "policy_change", "closed"), row, strict=True)]  # fmt: skip


def wave(years: tuple[int, ...], level: float = 1.0):
    return by_year(dict.fromkeys(years, level))


def labour(weight: float) -> dict:
    """Return practice that changes by `weight` in the year after one with both codes and the right to organise."""
    steps = {1993: weight, 1994: 2 * weight, 1997: 3 * weight, 1998: 3 * weight}
    level = {year: 0.5 + (steps.get(year) or steps.get(year - 1) or steps.get(year - 2) or 0.0)
             for year in range(1989, 1999)}  # fmt: skip
    return {"corporate_codes": wave((1990, 1992, 1993, 1996)), "right_to_organise": wave((1991, 1992, 1993, 1996)),
            "practice_labour": by_year(level)}  # fmt: skip


def finding(issue: str, circulated: bool = True) -> list:
    rows = [ev("1994-03", "finding", "CAT", about=issue), ev("1994-06", "citation", about=issue)]
    return [*rows, ev("1994-07", "circulation", about=issue)] if circulated else rows


def power(failures: float, own: float) -> dict:
    """Return soft power as a weighted sum of the rival's failures and own practice."""
    one, two = (1991, 1992, 1996), (1992, 1994, 1997, 1998)
    levels = {year: failures * (year in one) + own * (year in two) for year in range(1989, 1999)}
    return {"soft_power": by_year(levels), "rival_failures": wave(one), "core_practice": wave(two)}


def naming(weight: float) -> dict:
    """Return practice that moves by `weight` x naming x (local groups less their mean), a year later."""
    local = {year: 1.0 if year % 2 else 0.0 for year in range(1989, 1999)}
    named_in = (1990, 1991, 1994, 1995)
    level, levels = 0.5, {1989: 0.5, 1990: 0.5}
    for year in range(1990, 1998):
        level += weight * (year in named_in) * (local[year] - 0.5) * 0.2
        levels[year + 1] = level
    return {"public_pressure": wave(named_in), "activist_capacity": by_year(local), "core_practice": by_year(levels)}


def criticised(naive_falls: bool) -> World:
    """Return targets of levels 0.3, 0.4, 0.5 with words that fall or rise with the level; naming has no true effect."""
    words = (4, 2, 0) if naive_falls else (0, 2, 4)
    rows = [named(level, n) for level, n in zip((0.3, 0.4, 0.5), words, strict=True)]
    return {name: Arm(targets=tuple(rows)) for name in (BASELINE, "all_named", "all_silent")}


CASES: dict[str, Case] = {
    "P01": Case(vote("3y 2n"), 0.0, base(session("1992-03", "2y 3n"), ev("1992-03", "text", detail="adopted")), 1.0),
    "P02": Case(vote("57y 43n"), 0.57, vote("43y 57n"), 0.43),
    "P03": Case(vote("5y 3n 2a"), 0.2, vote("8y 2n"), 0.0),
    "P04": Case(
        base(session("1992-03", "2y 2n"), session("1993-03", "3y 2n")),
        1.0,
        base(*(session(f"{year}-03", "1y 2n") for year in (1992, 1993, 1994, 1995))),
        4.0,
    ),
    "P05": Case(
        base(session("1992-03", "10y"), session("1993-03", "9y 1a")),
        0.1,
        base(session("1992-03", "10y"), session("1993-03", "5y 5n")),
        0.5,
    ),
    # one member turns from yes to abstain, two others with yes take seats
    "P06": Case(
        base(session("1992-03", "3y"), session("1993-03", "2y 1a 2y")),
        2 / 3,
        base(session("1992-03", "3y"), session("1993-03", "1y 2a")),
        0.0,
    ),
    "P07": Case(vote("2y 2n"), 1.0, vote("2y 2n"), 0.0, around=COVARIATES, around_lacks=UPSIDE_DOWN),
    "P08": Case(vote("2y 1a 1n"), 1.0, vote("2n 1a 1y"), 0.0, around=GROUPS),
    "P09": Case(
        base(
            sponsors("1992-01", STATES),
            sponsors("1993-01", STATES[2:]),
            [ev("1993-03", "vote_no_action", state, "no") for state in STATES[:2]],
        ),
        0.0,
        base(
            sponsors("1992-01", STATES),
            sponsors("1993-01", STATES[2:]),
            [ev("1993-03", "vote_no_action", state, "yes") for state in STATES[:2]],
        ),
        1.0,
    ),
    "P10": Case(cascade(26), 1.0, cascade(1), 0.0),
    "P11": Case(
        cascade(26) | {"majority_rule": cascade(1)[BASELINE]},
        1.0,
        cascade(26) | {"majority_rule": cascade(26)[BASELINE]},
        0.0,
    ),
    # 96 months remain after January 1991: 2.5 / 25 within two years over 0.5 / 72 later, and the other way
    "P12": Case(
        base(
            ev("1991-01", "sponsor", "S00", "lead"),
            ev("1991-06", "retaliation", "S00", "punished"),
            ev("1992-06", "retaliation", "S00", "punished"),
        ),
        (2.5 / 25) / (0.5 / 72),
        base(
            ev("1991-01", "sponsor", "S00", "lead"),
            ev("1995-06", "retaliation", "S00", "punished"),
            ev("1997-06", "retaliation", "S00", "punished"),
        ),
        (0.5 / 25) / (2.5 / 72),
    ),
    "P13": Case(
        base(session("1992-03"), session("1993-03", fate="not_tabled"), security_salience=jump("1993-01", 0.1, 0.9)),
        0.0,
        base(session("1992-03"), session("1993-03"), security_salience=jump("1993-01", 0.1, 0.9)),
        1.0,
    ),
    "P14": Case(
        base(ev("1991-12", "lobby", "S00", "lobbied"), ev("1991-06", "lobby", "S01", "lobbied")),
        0.5,
        base(ev("1991-06", "lobby", "S00", "lobbied")),
        0.0,
        SESSIONS,
    ),
    # two partners and two others at one decision: sums 0.5 and 0.5 + 1/2, or the other way
    "P16": Case(
        base(talks(1, "1990-01"), sponsors("1991-01", ["S00", "S01"]), sponsors("1992-01", ["S01"])),
        (0.5 + 0.5) / (0.5 + 1.0),
        base(
            talks(2, "1990-01"),
            sponsors("1991-01", many(4)),
            *(sponsors(f"{year}-01", ["S00", "S01"]) for year in range(1992, 1999)),
        ),
        8.5 / 1.5,
    ),
    "P17": Case(base(talks(6)), 6.0, base(talks(1)), 1.0),
    "P18": Case(
        base(session("1995-03"), talks(1, "1994-01"), ev("1995-05", "dialogue", "S00", "suspended")),
        1.0,
        base(session("1995-03"), talks(1, "1994-01"), ev("1996-05", "dialogue", "S00", "suspended")),
        0.0,
    ),
    "P19": Case(quiet(core_practice=line(0.35, -0.005)), -0.005, quiet(core_practice=line(0.3, 0.05)), 0.05),
    "P20": Case(
        base(*(ev(f"{year}-05", "topic", "S00", about=issue) for year in (1993, 1994) for issue in "ab")),
        1.0,
        base(ev("1993-05", "topic", "S00", about="a"), ev("1994-05", "topic", "S00", about="b")),
        0.0,
    ),
    "P21": Case(
        base(
            *(
                ev("1993-05", "round_due", "S00", how, value, about)
                for about, how, value in (("open", "held", 0.8), ("open", "missed", 0.0), ("closed", "held", 0.2))
            )
        ),
        1.0,
        base(
            *(
                ev("1993-05", "round_due", "S00", "held", value, about)
                for about, value in (("open", 0.8), ("closed", 0.2))
            )
        ),
        0.0,
    ),
    "P22": Case(base(*resumed((1.0, 1.0))), 2.0, base(*resumed((1.0, 0.0))), -2.0),
    "P22b": Case(
        base(
            ev("1990-02", "training", about="speech"),
            formal_law_speech=jump("1992-01", 0.1, 0.5),
            practice_speech=jump("1996-01", 0.1, 0.5),
        ),
        4.0,
        base(
            ev("1990-02", "training", about="speech"),
            formal_law_speech=jump("1995-01", 0.1, 0.5),
            practice_speech=jump("1996-01", 0.1, 0.5),
        ),
        1.0,
    ),
    # 18 of 109 months from December 1989 on lie near a deadline of June
    "P23": Case(
        base(released("1990-05", "1994-06", "1991-01", "1992-01", "1993-01")),
        (2.5 / 18) / (3.5 / 91),
        base(released("1990-01", "1991-01", "1992-01", "1993-01", "1994-01")),
        (0.5 / 18) / (5.5 / 91),
        TARIFFS,
    ),
    "P24": Case(
        {QUIET: Arm(released(*(f"{year}-02" for year in range(1990, 1999))))},
        1.0,
        {QUIET: Arm(released(*(f"{year}-{month:02d}" for year in range(1990, 1999) for month in range(1, 11))))},
        10.0,
    ),
    "P25": Case(
        base(released(*(f"{year}-02" for year in range(1990, 1999))), detained=flat(60.0)),
        0.0,
        base(released(*(f"{year}-02" for year in range(1990, 1999))), detained=line(60.0, -1.0)),
        -1.0,
    ),
    "P26": Case(
        base(released("1994-01", detail="exiled"), released("1995-01", fame=0.1)),
        1.0,
        base(released("1994-01"), released("1995-01", fame=0.1, detail="exiled")),
        0.0,
    ),
    # both: 1.5 / 2; one route: 0.5 / 2
    "P27": Case(
        base(raised("both"), released("1994-06")),
        (1.5 / 2) / (0.5 / 2),
        base(raised("public"), released("1994-06")),
        (0.5 / 2) / (1.5 / 2),
    ),
    "P28": Case(
        base([ev("1994-01", "ask", "S00", "person", about="p")] * 2, ev("1994-03", "answer", "S00", "told", value=1.0)),
        0.5,
        base([ev("1994-01", "ask", "S00", "person", about="p")] * 2, ev("1994-03", "answer", "S00", "told", value=2.0)),
        1.0,
    ),
    "P29": Case(
        base(stock(0.9, 0.1), ev("1994-06", "person", "p", "released")),
        1.0,
        base(stock(0.1, 0.9), ev("1994-06", "person", "p", "released")),
        0.0,
    ),
    "P30": Case(
        base(demands(), ev("1993-02", "concession", detail="release")),
        1.0,
        base(demands(), ev("1996-02", "concession", detail="release")),
        -1.0,
    ),
    # two releases before the deadlines of 1992 and 1993, none before those of 1995 and 1996
    "P31": Case(
        base(released("1992-06", "1993-06"), ev("1994-06", "condition", detail="waived")),
        1 - 0.5 / 2.5,
        base(released("1992-06", "1995-06", "1996-06"), ev("1994-06", "condition", detail="waived")),
        1 - 2.5 / 1.5,
        TARIFFS,
    ),
    "P31b": Case(
        base(ev("1994-06", "affront", "S00"), [ev("1994-01", "ask", "S00", "person")] * 2),
        0.5 / 2.5,
        base(ev("1994-06", "affront", "S00"), [ev("1994-09", "ask", "S00", "person")] * 2),
        2.5 / 0.5,
    ),
    "P32": Case(
        base(core_practice=flat(0.35), commitment=line(0.4, 0.018)),
        0.018,
        base(core_practice=line(0.3, 0.1), commitment=line(0.4, 0.018)),
        -0.082,
    ),
    "P33": Case(
        base(ev("1994-02", "treaty", "ICESCR", "signed"), ev("1994-08", "treaty", "ICCPR", "signed")),
        0.5,
        base(ev("1994-02", "treaty", "ICCPR", "signed"), ev("1994-03", "treaty", "ICESCR", "signed")),
        0.0,
        SESSIONS,
    ),
    "P34": Case(
        base(**practices(economic_social=line(0.3, 0.05))),
        1.0,
        base(**practices(economic_social=line(0.3, -0.05))),
        0.0,
    ),
    "P35": Case(
        base(detained=flat(60.0)) | {"procedure_reform": Arm((), {"detained": flat(57.0)})},
        0.05,
        base(detained=flat(60.0)) | {"procedure_reform": Arm((), {"detained": flat(30.0)})},
        0.5,
    ),
    # the gain is 0.4; four others fall by 0.08 or rise by as much
    "P36": Case(
        base(ev("1994-02", "statement", "S00", about="religion"), **displaced(-0.08)),
        0.2,
        base(ev("1994-02", "statement", "S00", about="religion"), **displaced(0.08)),
        -0.2,
    ),
    "P37": Case(
        base(core_practice=by_year({1989: 0.2, 1990: 0.3}, 0.4)),
        1.0,
        base(core_practice=by_year({1989: 0.2, 1990: 0.2, 1991: 0.2}, 0.4)),
        0.0,
    ),
    "P38": Case(
        base(growth_rate=line(0, 1), protest=line(0, 1), security_effort=line(0, 2)),
        1.0,
        base(growth_rate=line(0, 1), protest=line(0, 1), security_effort=line(0, -2)),
        -1.0,
    ),
    "P39": Case(
        base(monitor_access=line(0, 0.1), reported_violations=line(0.3, 0.1)),
        -1.0,
        base(monitor_access=line(0, 0.1), reported_violations=line(0.9, -0.1)),
        1.0,
    ),
    "P40": Case(
        base(mobilisation=flat(0.4)) | {"no_backing": Arm((), {"mobilisation": flat(0.3)})},
        0.75,
        base(mobilisation=flat(0.4)) | {"no_backing": Arm((), {"mobilisation": flat(0.04)})},
        0.1,
    ),
    "P41": Case(critics(0.6, 0.4, 0.3), 1.0, critics(0.3, 0.4, 0.6), 0.0),
    "P42": Case(
        base(ev("1993-01", "report", about="speech"), attention_speech=jump("1993-02", 0.0, 0.5)),
        1.0,
        base(ev("1993-01", "report", about="speech"), attention_speech=flat(0.5)),
        0.0,
    ),
    "P43": Case(base(groups((0, 0, 0), (1, 1, 0), (2, 2, 1))), 1.0, base(groups((0, 2, 0), (1, 1, 0), (2, 0, 1))), 0.0),
    "P44": Case(base(**labour(0.1)), 0.1, base(**labour(-0.1)), -0.1),
    "P45": Case(
        worlds_of_targets(recommended(8, 2, 4, 0), recommended(7, 3, 4, 1)),
        1.0,
        worlds_of_targets(recommended(2, 8, 2, 8), recommended(3, 7, 3, 7)),
        0.0,
    ),
    "P46": Case(
        worlds_of_targets(tied("friends"), tied("friends")), 1.0, worlds_of_targets(tied("rivals"), tied("rivals")), 0.0
    ),
    "P47": Case(
        base(
            finding("speech"),
            finding("faith", False),
            practice_speech=jump("1995-01", 0.3, 0.6),
            practice_faith=flat(0.3),
        ),
        0.3,
        base(
            finding("speech"),
            finding("faith", False),
            practice_faith=jump("1995-01", 0.3, 0.6),
            practice_speech=flat(0.3),
        ),
        -0.3,
    ),
    "P48": Case(
        worlds_of_targets(aided(0.8), aided(1.0, text=False)),
        -0.2,
        worlds_of_targets(aided(1.2), aided(1.0, text=False)),
        0.2,
    ),
    "P49": Case(
        base(ev("1994-01", "state_report", about="CAT"), core_practice=jump("1994-01", 0.3, 0.305)),
        0.005,
        base(ev("1994-01", "state_report", about="CAT"), core_practice=jump("1994-01", 0.3, 0.1)),
        -0.2,
    ),
    "P50": Case(
        base(mandate_scope=jump("1994-01", 0.8, 0.3), like_minded_share=jump("1994-01", 0.4, 0.6)),
        0.5,
        base(mandate_scope=jump("1994-01", 0.3, 0.8), like_minded_share=jump("1994-01", 0.4, 0.6)),
        -0.5,
    ),
    "P51": Case(
        base([ev("1994-01", "visit_request", "SR")] * 4, ev("1996-01", "visit_granted", "SR")),
        0.25,
        base([ev("1994-01", "visit_request", "SR")] * 4, [ev("1996-01", "visit_granted", "SR")] * 4),
        1.0,
    ),
    # 2.5 in the first third of 36 months, 0.5 in the last
    "P52": Case(
        base(released("1990-02", "1991-02"), private_pressure=flat(0.5), public_pressure=flat(0.5)),
        1 - 0.5 / 2.5,
        base(released("1997-02", "1998-02"), private_pressure=flat(0.5), public_pressure=flat(0.5)),
        1 - 2.5 / 0.5,
    ),
    "P53": Case(
        base(rights_share=line(1, -0.1), security_salience=line(0, 0.1)),
        -1.0,
        base(rights_share=line(0, 0.1), security_salience=line(0, 0.1)),
        1.0,
    ),
    "P54": Case(
        base(ev("1993-06", "sanction", "S00", "trade"), core_practice=jump("1994-01", 0.5, 0.2)),
        -0.3,
        base(ev("1993-06", "sanction", "S00", "trade"), core_practice=jump("1994-01", 0.2, 0.5)),
        0.3,
    ),
    "P55": Case(base(**power(1.0, 1.0)), 1.0, base(**power(-1.0, 1.0)), 0.0),
    "P56": Case(base(**naming(1.0)), 1.0, base(**naming(-1.0)), 0.0),
    "P57": Case(criticised(naive_falls=True), -0.05, criticised(naive_falls=False), 0.05),
}
