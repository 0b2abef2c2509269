"""The skeleton of a cast: every key and column with what it means, for somebody to fill in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from demarche.cast.cast import Cast, load_cast
from demarche.cast.checks import OTHER_COLUMNS, SOURCED_COLUMNS
from demarche.cast.tables import CALENDAR_COLUMNS, PAIR_COLUMNS, SEAT_COLUMNS, STATE_COLUMNS, YEAR_COLUMNS
from demarche.errors import DesignError, Problem, closest
from demarche.scenario.bundled import bundled_root
from demarche.world.fields import FieldSpec, given_as
from demarche.world.kinds import BODY_KIND_NAMES, NGO_KIND_NAMES

TEMPLATE = Path(__file__).with_name("skeleton.yaml")
WORLD = Path("scenarios/casts/world")
EXAMPLE = Path("scenarios/casts/china_1989.yaml")
OF_ONES_OWN = re.compile("X[A-Z]{2}")
COLUMNS_OF_THE_CASE = ("pairs", "calendar")
OF_THE_WORLD = ("session", "norm_conference")  # kinds of events that belong to no case
EMPTY_SOURCE = "source: , transformation: , assumption: "
MEANINGS = {
    "states.code": "three capital letters",
    "states.name": "common short name",
    "states.region": "regional group in elections",
    "states.joined_un": "year of admission",
    "states.exists_from": "first year in which it acts",
    "states.exists_until": "last year in which it acts, empty if it still exists",
    "states.predecessor": "state whose seat it carries before its own admission",
    "states.blocs": "organisations, with ; between them",
    "states.eu_from": "year of entry into the bloc that sponsors jointly, empty if never",
    "states.leads_bloc": "years in which it presides over that bloc, with ; between them",
    "states.clock": "0 to 1: how regularly it must speak on rights at home",
    "years.filled": "how many values of the row were filled in from elsewhere",
    "seats.body": "code of the charter body",
    "seats.year": "year of the spring session",
    "seats.code": "member in that year",
    "calendar.code": "short name of the event, once",
    "calendar.kind": "see demarche calendar",
    "calendar.date": "year and month",
    "calendar.actor": "state, group, body or treaty, or nothing",
    "calendar.strength": "0 to 1, against the strongest of its kind",
    "calendar.source": "where it comes from",
    "calendar.verified": "yes, partly or no",
}
"""Column of a table -> what stands in it; columns that are fields of the world say so themselves."""


def skeleton(name: str, focal: str, critic: str) -> dict[Path, bytes]:
    """Return path -> content of the files of a new case, with the tables of the world that it rests on.

    Parameters
    ----------
    name
        Name of the case in files.
    focal, critic
        Codes of states; the focal state may be one of your own, from XAA to XZZ.

    Raises
    ------
    DesignError
        If a code is not one of a state.
    """
    cast = load_cast(bundled_root() / EXAMPLE)
    _check_codes(cast, focal, critic)
    own = focal not in cast.state_codes
    files = {Path(f"{name}.yaml"): _filled(cast, name, focal, critic, own).encode()}
    for table in ("states", "years", "seats"):
        files[Path("world", f"{table}.csv")] = (bundled_root() / WORLD / f"{table}.csv").read_bytes()
    files[Path(name, "pairs.csv")] = _csv(PAIR_COLUMNS, _pairs(cast, focal, critic))
    files[Path(name, "calendar.csv")] = _csv(CALENDAR_COLUMNS, _dates(cast))
    if own:
        files[Path(name, "states.csv")] = _csv(STATE_COLUMNS, [(focal, *[""] * (len(STATE_COLUMNS) - 1))])
        empty = [""] * (len(YEAR_COLUMNS) - 2)
        files[Path(name, "years.csv")] = _csv(YEAR_COLUMNS, [(focal, year, *empty) for year in cast.years])
        files[Path(name, "seats.csv")] = _csv(SEAT_COLUMNS, [("commission", cast.years[0], focal)])
    return files


def _check_codes(cast: Cast, focal: str, critic: str) -> None:
    problems = []
    for option, code in (("--focal", focal), ("--critic", critic)):
        if code in cast.state_codes or (option == "--focal" and OF_ONES_OWN.fullmatch(code)):
            continue
        expected = "the code of a state" + (", or one of your own from XAA to XZZ" if option == "--focal" else "")
        near = closest(code, cast.state_codes)
        problems.append(Problem(option, "this is no state", f"'{code}'", expected, near))
    if problems:
        raise DesignError(problems)


def _filled(cast: Cast, name: str, focal: str, critic: str, own: bool) -> str:
    text = TEMPLATE.read_text(encoding="utf-8")
    senders = [code for code in cast.groups["all_senders"].states if code != focal]
    rows = [", ".join(senders[at : at + 16]) for at in range(0, len(senders), 16)]
    parts = {
        "NAME": name,
        "FOCAL": focal,
        "CRITIC": critic,
        "ADDED": _added(name) if own else "",
        "SENDERS": ",\n      ".join(rows),
        "SOURCES": "".join(_sources(cast)),
        "INITIAL": "".join(_initial(field, spec) for field, spec in given_as("start").items()),
        "LEVELS": "".join(_level(field, spec) for field, spec in given_as("issue").items()),
        "NGO_KINDS": ", ".join(NGO_KIND_NAMES[1:]),
        "BODY_KINDS": ", ".join(BODY_KIND_NAMES),
    }
    for key, value in parts.items():
        text = text.replace(f"@{key}@", value)
    return text


def _added(name: str) -> str:
    return (
        "\n# Rows that this case adds to the tables of the world: a state of your own. The rows of seats may go.\n"
        f"added:\n  states: {name}/states.csv\n  years: {name}/years.csv\n  seats: {name}/seats.csv\n"
    )


def _sources(cast: Cast) -> Iterable[str]:
    """Yield a line for each column: sources of the world's tables as they are, those of the case empty."""
    fields = {f"{where}.{name}": spec.meaning for where in ("years", "pairs") for name, spec in given_as(where).items()}
    for column in (*SOURCED_COLUMNS, *OTHER_COLUMNS):
        if column not in fields | MEANINGS:
            continue
        said = {} if column.startswith(COLUMNS_OF_THE_CASE) else cast.sources.get(column, {})
        texts = ", ".join(f'{key}: "{text}"' for key, text in said.items()) or EMPTY_SOURCE
        yield f"  # {(fields | MEANINGS)[column]}\n  {column}: {{{texts}}}\n"


def _initial(name: str, spec: FieldSpec) -> str:
    return f"  # {spec.meaning}, {spec.low:g} to {spec.high:g}\n  {name}: {{value: , low: , high: , source: }}\n"


def _level(name: str, spec: FieldSpec) -> str:
    return f"    {name + ':':<32} # {spec.meaning}\n"


def _dates(cast: Cast) -> Iterable[Sequence[object]]:
    """Yield the dates that institutions of the world set, to the end of the tables."""
    for event in cast.events:
        if event.kind in OF_THE_WORLD and event.month <= cast.data_end:
            bodies = [actor for actor in event.actors if actor == "commission"]
            yield (event.code, event.kind, event.month, *(bodies or [""]), event.strength, event.source, event.verified)


def _pairs(cast: Cast, focal: str, critic: str) -> Iterable[Sequence[object]]:
    """Yield a row for each state and year: empty, but for agreement with a critic that another cast has too."""
    codes = sorted({*cast.state_codes, focal})
    for code in codes:
        for place, year in enumerate(cast.years):
            if code == focal:
                yield focal, code, year, "1.00", "", "0.0000", "0.0000"
                continue
            known = cast.columns["agree_critic"][place, cast.index(code)]
            yield focal, code, year, "", f"{known:.2f}" if critic == cast.critic else "", "", ""


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()
