"""The accounts that a scenario runs: packaged ones by name, and those of account files of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from demarche.accounts.account import Account
from demarche.accounts.file import read_account
from demarche.accounts.packaged import common_account, packaged_accounts
from demarche.errors import ScenarioError
from demarche.reading.includes import find_include
from demarche.reading.names import check_names, check_repeats
from demarche.reading.report import Report
from demarche.reading.yaml_nodes import ANY, KeyPath

KEY = "accounts"
ENDINGS = (".yaml", ".yml")


def read_accounts(report: Report, folder: Path) -> dict[str, Account]:
    """Return the accounts that a scenario names, in order, by id; what cannot be used stands in the report.

    Parameters
    ----------
    report
        Of the scenario file; entries that end in `.yaml` are account files.
    folder
        Its folder, which the files may not leave.
    """
    if report.document.get("packs") is not None:
        report.add(("packs",), "the key 'packs' is now 'accounts'", fix="write 'accounts' in its place", at_key=True)
    entries = list(report.document.select(KEY, ANY))
    named = [(key, name) for key, name in entries if isinstance(name, str) and not name.endswith(ENDINGS)]
    check_names(report, "account", named, packaged_accounts())
    check_repeats(report, entries)
    found: dict[str, Account] = {}
    for key, text in entries:
        if isinstance(text, str) and not report.is_covered(key):
            found |= {account.id: account for account in _accounts_of(report, key, text, folder, found)}
    return found


def _accounts_of(
    report: Report, key: KeyPath, text: str, folder: Path, found: dict[str, Account]
) -> Iterator[Account]:
    if not text.endswith(ENDINGS):
        yield packaged_accounts()[text]
    elif (path := find_include(report, key, text, folder, folder)) is not None:
        try:
            account = read_account(path, common_account())
        except ScenarioError as error:
            report.add(key, "the account cannot be used", found=text, fix="mend the problems of its file below")
            report.add_foreign(error.problems)
            return
        if account.id in packaged_accounts() or account.id in found:
            what = f"another account has the id of this one, '{account.id}'"
            report.add(key, what, found=text, fix="give the account another id in its file")
        else:
            yield account
