"""Accounts over which tests run: those of the documents, since the others differ from one of them by a link or two."""

from __future__ import annotations

from demarche.accounts.account import Account
from demarche.accounts.packaged import packaged_accounts


def document_accounts() -> dict[str, Account]:
    """Return the accounts that speak for documents, by id."""
    return {name: account for name, account in packaged_accounts().items() if account.documents}
