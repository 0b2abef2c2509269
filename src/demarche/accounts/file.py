"""Files of accounts: one YAML file each, read as strictly as scenarios, all problems told at once."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import Field

from demarche.accounts.account import Account, LinkPrior
from demarche.accounts.links import all_links
from demarche.claims.register import load_register
from demarche.errors import DesignError, ScenarioError
from demarche.reading.messages import validate
from demarche.reading.names import check_names, check_repeats
from demarche.reading.report import Report
from demarche.reading.strict import Strict
from demarche.reading.yaml_nodes import ANY, read_yaml

ID_PATTERN = r"^[a-z][a-z0-9_]*$"


class PriorFile(Strict):
    """What an account holds of one link: median, 5 and 95 % quantile, and on what grounds."""

    median: float = Field(description="the middle: half of the draws lie on either side", examples=["1.5"])
    low: float = Field(description="5 % of the draws lie below", examples=["0.8"])
    high: float = Field(description="5 % of the draws lie above", examples=["3"])
    claims: list[str] = Field(default=[], min_length=1, description="claims of the account's own documents")
    source: str = Field(default="", min_length=1, description="literature, or 'assumption' with the reason")
    note: str = Field(default="", min_length=1, description="anything a reader should know")


class AccountFile(Strict):
    """A whole account file."""

    id: str = Field(pattern=ID_PATTERN, description="name in files: small letters, digits, _", examples=["my_account"])
    title: str = Field(min_length=1, description="name for readers", examples=["My account"])
    standpoint: str = Field(min_length=1, description="what it holds, in a sentence or two", examples=["..."])
    documents: list[str] = Field(default=[], description="nicknames of the documents that it speaks for")
    varies: Literal["common"] | None = Field(
        default=None, description="'common' if it is shown as a variation of the common account"
    )
    links: dict[str, PriorFile] = Field(description="link -> what the account holds of it", examples=["{}"])


def account_files() -> list[Path]:
    """Return the files of the packaged accounts, sorted."""
    folder = Path(str(resources.files("demarche.accounts"))) / "files"
    return sorted(folder.glob("*.yaml"))


def read_account(path: Path, common: Account | None) -> Account:
    """Read and check one account file.

    Parameters
    ----------
    path
        The file.
    common
        The account that holds for links of which the file does not speak; None if it must speak of all.

    Raises
    ------
    ScenarioError
        With every problem, each with its line and column: unknown keys, links, documents and claims, claims of
        another document, numbers out of order or out of the bounds of the link's unit, links without grounds.
    """
    report = Report(read_yaml(path))
    if report.document.is_broken:
        report.raise_if_any()
    model = validate(AccountFile, report)
    _check_names(report)
    links = {} if model is None else _read_links(report, model)
    if model is not None and common is None and (silent := [name for name in all_links() if name not in model.links]):
        report.add(("links",), "the common account does not speak of every link", expected=", ".join(silent))
    report.raise_if_any()
    if model is None:
        raise ScenarioError(f"{path}:1:1: the file cannot be used, for a reason that was not found")
    held = {name: links.get(name) or common.links[name] for name in all_links()} if common else links
    settings = {all_links()[name].path: one.prior.median for name, one in held.items()}
    reasons = {all_links()[name].path: one.reason for name, one in held.items()}
    return Account(
        model.id, model.title, model.standpoint, tuple(model.documents), settings, reasons, held, tuple(links),
        model.varies or "", path, _digest(held),
    )  # fmt: skip


def _check_names(report: Report) -> None:
    """Refuse links, documents and claims that nobody knows, and claims of documents that are not the account's."""
    document, register = report.document, load_register()
    nicks = [source.nick for source in register.sources]
    check_names(report, "link", document.select("links", ANY), all_links(), at_key=True)
    check_names(report, "document", document.select("documents", ANY), nicks)
    check_repeats(report, document.select("documents", ANY))
    claims = list(document.select("links", ANY, "claims", ANY))
    check_names(report, "claim", claims, register.ids)
    check_repeats(report, claims)
    said = document.get("documents")
    own = [nick for nick in said if isinstance(nick, str)] if isinstance(said, list) else []
    for key, name in claims:
        if isinstance(name, str) and name in register.ids and register.claim(name).document not in own:
            what = f"the claim is of document {register.claim(name).document}, which is not one of the account's"
            fix = "cite a claim of its own documents, or name the document"
            report.add(key, what, found=name, expected=", ".join(own) or "no document", fix=fix)


def _read_links(report: Report, model: AccountFile) -> dict[str, LinkPrior]:
    found = {}
    for name, said in model.links.items():
        if name not in all_links():
            continue
        key = ("links", name)
        if not said.claims and not said.source:
            report.add(key, "the link stands without grounds", fix="add 'claims' of its documents, or a 'source'")
        try:
            prior = all_links()[name].prior(said.median, said.low, said.high)
        except DesignError as error:
            (problem,) = error.problems
            report.add(key, problem.what, found=problem.found, expected=problem.expected, fix=problem.fix)
            continue
        found[name] = LinkPrior(prior, tuple(said.claims), said.source, said.note)
    return found


def _digest(links: dict[str, LinkPrior]) -> str:
    held = {name: [one.prior.median, one.prior.low, one.prior.high] for name, one in sorted(links.items())}
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()
