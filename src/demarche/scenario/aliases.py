"""The aliases of a scenario: codes of its cast with names for display, checked."""

from __future__ import annotations

from demarche.cast.cast import Cast
from demarche.reading.names import check_names
from demarche.reading.report import Report
from demarche.reading.yaml_nodes import ANY
from demarche.scenario.shown import plain_name

EXPECTED = "the code of a state, NGO, UN body, issue area, treaty or person (person_001, ...) of the cast"


def check_aliases(report: Report, cast: Cast) -> None:
    """Refuse codes that the cast does not have, and names that are blank, used twice, or the code of another."""
    entries = list(report.document.select("aliases", ANY))
    codes = {code for listed in cast.axis_codes.values() for code in listed}
    check_names(report, "code", entries, sorted(codes), expected=EXPECTED, at_key=True)
    other = {plain_name(code): code for code in codes}
    seen: dict[str, str] = {}
    for path, name in entries:
        if not isinstance(name, str):
            continue
        code, plain = str(path[-1]), plain_name(name)
        if not plain:
            report.add(path, "the name is blank", found=name, fix="write a name, or leave the code out")
        elif plain in seen:
            what = f"the name is that of '{seen[plain]}' already"
            report.add(path, what, found=name, fix="give one of the two another name")
        elif other.get(plain, code) != code:
            what = f"the name is the code of another, '{other[plain]}'"
            report.add(path, what, found=name, fix="choose a name that is no code of the cast")
        seen.setdefault(plain, code)
