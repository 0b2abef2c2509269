"""What pages say of where numbers come from is what the declarations hold."""

from __future__ import annotations

import json
from pathlib import Path

from demarche.accounts.account import Account
from demarche.accounts.links import Link, all_links
from demarche.accounts.packaged import packaged_accounts
from demarche.analysis.scorecard.sources import sources
from demarche.cast.cast import Cast
from demarche.history.record import need_record
from demarche.rules.find import packaged

ROOT = Path(__file__).resolve().parents[2]


def side(account: Account, link: Link) -> int:
    """Return on which side of the value at which a link does nothing an account centres it: -1, 0 or 1."""
    beyond = account.links[link.id].prior.median - float(link.said.neutral)
    return (beyond > 0) - (beyond < 0)


def test_the_page_of_the_model_counts_assumptions_of_the_common_account_that_are_not_neutral() -> None:
    accounts = packaged_accounts()
    common = accounts["common"]
    assumed = [link for link in all_links().values()
               if common.links[link.id].reason.startswith("assumption") and link.said.neutral != "common"]  # fmt: skip
    off = [link for link in assumed if side(common, link)]
    told = f"{len(assumed)} disputed links for which it has nothing but an assumption, {len(off)} are centred off"
    assert told in " ".join((ROOT / "docs" / "model.md").read_text(encoding="utf-8").split())
    speakers = [account for account in accounts.values() if account.documents]
    alone = [link.id for link in off
             if not any(link.id in one.own and side(one, link) == side(common, link) for one in speakers)]  # fmt: skip
    assert not alone, "no account that speaks for documents holds the same direction"


def test_the_page_of_validation_names_the_evidence_that_links_say_they_were_fitted_to() -> None:
    marks = json.loads((ROOT / "src/demarche/analysis/scorecard/verdicts.json").read_text(encoding="utf-8"))
    declared = {name for link in all_links().values() for name in link.said.fits.split()}
    evidence = sorted(name for name in declared & set(marks) if "evidence" in marks[name]["marks"])
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    assert f"{' and '.join(evidence)} stand there as evidence; held to these declarations they are none." in page


def test_the_page_of_validation_names_the_tables_whose_words_match_no_source(cast: Cast) -> None:
    texts = [text for _, text in sources(packaged(), packaged_accounts(), cast)]
    words = need_record(cast).judging.words
    dead = [table for table, some in words.items() if not any(word in text for word in some for text in texts)]
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    assert f"The words that stand for {', '.join(dead[:-1])} and {dead[-1]} in the case's file match no source" in page
