"""Rules that a scenario brings in Python files of its own: read, run, held to the contract, added to the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from demarche.accounts.account import Account
from demarche.claims.register import load_register
from demarche.engine.schedule import PHASES, SCHEDULE, rules_in
from demarche.errors import Problem, RuleError
from demarche.reading.includes import find_include
from demarche.reading.report import Report
from demarche.reading.yaml_nodes import ANY, KeyPath
from demarche.rules.collected import Catalogue
from demarche.rules.contract import ALL, Rule
from demarche.rules.facts import rule_problems, unknown
from demarche.rules.files import RuleFile, extended, load_rules
from demarche.rules.find import packaged
from demarche.rules.identity import rule_digest

MAX_BYTES = 1_000_000
KEY = "rules"


def read_own_rules(
    report: Report, folder: Path, accounts: Mapping[str, Account]
) -> tuple[Catalogue | None, tuple[Path, ...]]:
    """Return the catalogue of a scenario and the files that it brings rules in, no catalogue if one cannot be used.

    What is wrong with the key stands in the report, what is wrong with a file after it, with file and line.

    Parameters
    ----------
    report
        Of the scenario file.
    folder
        Its folder, which the files may not leave.
    accounts
        The accounts that it runs, by id.
    """
    found: dict[Path, RuleFile] = {}
    if report.document.get(KEY) is None:
        return packaged(), ()
    for key, text in report.document.select(KEY, ANY):
        path = find_include(report, key, text, folder, folder) if isinstance(text, str) else None
        if path is None:
            continue
        if path in found:
            report.add(key, "the file is named twice", found=text, fix="keep one of the two")
            continue
        file = _read(report, key, path)
        if file is not None and _is_usable(report, key, file):
            found[path] = file
    if report.has_within(KEY):
        return None, ()
    try:
        catalogue = extended(tuple(found.values()))
    except RuleError as error:
        _refuse(report, (KEY,), error.problems)
        return None, ()
    problems = [problem for rule in catalogue.added for problem in _problems(catalogue, rule, tuple(accounts))]
    problems = problems or list(_circles(catalogue, tuple(accounts)))
    if problems:
        _refuse(report, (KEY,), problems)
        return None, ()
    return catalogue, tuple(found)


def _refuse(report: Report, key: KeyPath, problems: list[Problem] | tuple[Problem, ...]) -> None:
    report.add(key, "the rules of the scenario cannot be used", fix="mend the problems of the rule file below")
    report.add_foreign(problems)


def _read(report: Report, key: KeyPath, path: Path) -> RuleFile | None:
    try:
        content = path.read_bytes()
        if len(content) > MAX_BYTES:
            report.add(key, "the file is too large", expected=f"at most {MAX_BYTES:,} bytes")
            return None
        return RuleFile(str(path), content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        report.add(key, f"the file is not UTF-8 text (byte {error.start})", fix="save it as Python in UTF-8")
    except OSError as error:
        reason = (error.strerror or "error").lower()
        report.add(key, f"the file cannot be read ({reason})", fix="check who may read it")
    return None


def _is_usable(report: Report, key: KeyPath, file: RuleFile) -> bool:
    try:
        taken = [rule for rule in load_rules(file) if rule.id in packaged().by_id]
    except RuleError as error:
        _refuse(report, key, error.problems)
        return False
    what = "the packaged catalogue has a rule of this id"
    fix = "choose another id; to put a rule in the place of a packaged one, name that in 'rules_off' of the arms"
    if taken:
        _refuse(report, key, [Problem(rule.place, what, rule.id, fix=fix) for rule in taken])
    return not taken


def _problems(catalogue: Catalogue, rule: Rule, run: tuple[str, ...]) -> Iterator[Problem]:
    """Yield what is wrong with one rule: its own facts, then what they name beyond the catalogue."""
    yield from rule_problems(rule)
    yield from unknown(rule.place, "claim", rule.claims, load_register().ids, "see: demarche claims")
    yield from unknown(rule.place, "rule", rule.after, catalogue.by_id, "name rules of the same phase in 'after'")
    open_phases = [phase.name for phase in SCHEDULE if not phase.decides]
    yield from unknown(rule.place, "phase that takes rules", [rule.phase], open_phases)
    if rule.accounts != ALL and run and not set(rule.accounts) & set(run):
        fix = "declare one of the accounts that the scenario runs, or let it run one of the rule's"
        yield Problem(rule.place, "the rule is on in none of the scenario's accounts", ", ".join(rule.accounts),
                      ", ".join(run), fix=fix)  # fmt: skip
    try:
        rule_digest(rule)
    except RuleError as error:
        yield from error.problems


def _circles(catalogue: Catalogue, accounts: tuple[str, ...]) -> Iterator[Problem]:
    told: set[str] = set()
    for account in accounts:
        for phase in PHASES:
            try:
                rules_in(phase, catalogue.on(account))
            except RuleError as error:
                (problem,) = error.problems
                own = [rule for rule in catalogue.added if rule.id in problem.found.split(", ") and rule.id not in told]
                fix = "take one of these out of 'after'"
                yield from (Problem(rule.place, problem.what, problem.found, fix=fix) for rule in own)
                told |= {rule.id for rule in own}
