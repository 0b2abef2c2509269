"""Names in a file: known or not, and written once; checked on the plain data, so that one problem hides no other."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from demarche.errors import listed
from demarche.reading.report import Report
from demarche.reading.yaml_nodes import KeyPath

Entries = Iterable[tuple[KeyPath, object]]
"""Path and value of some entries of a file, as `Document.select` gives them."""


def check_names(
    report: Report,
    what: str,
    entries: Entries,
    known: Collection[str],
    *,
    expected: str = "",
    at_key: bool = False,
) -> None:
    """Refuse names that are not known, in values or (`at_key`) in keys."""
    for path, value in entries:
        name = path[-1] if at_key else value
        if isinstance(name, str) and name not in known:
            report.add(
                path,
                f"unknown {what}",
                found=name,
                expected=expected or listed(known),
                name=name,
                among=known,
                fix=f"write the name of a known {what}",
                at_key=at_key,
            )


def check_repeats(report: Report, entries: Entries) -> None:
    """Refuse the second of two equal entries of a list."""
    seen: set[tuple[KeyPath, object]] = set()
    for path, value in entries:
        if isinstance(value, (dict, list)):
            continue
        key = (path[:-1], value)
        if key in seen:
            report.add(path, "the entry is written twice", found=value, fix="keep one of the two")
        seen.add(key)


def check_codes(report: Report, entries: Entries) -> None:
    """Refuse the second of two members of a list that share a code; the paths are those of the codes."""
    seen: set[object] = set()
    for path, code in entries:
        if not isinstance(code, str):
            continue
        if code in seen:
            report.add(path, "the code is used twice", found=code, fix="give one of the two another code")
        seen.add(code)
