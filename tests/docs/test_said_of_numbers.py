"""What pages say of where numbers come from is what the declarations hold."""

from __future__ import annotations

import re

from tests.conftest import ROOT

from demarche.accounts.account import Account
from demarche.accounts.links import Link, all_links, all_rates
from demarche.accounts.packaged import packaged_accounts
from demarche.analysis.kept import read_kept
from demarche.analysis.scorecard import kept_verdicts
from demarche.analysis.scorecard.sources import sources
from demarche.cast.cast import Cast
from demarche.history.record import need_record
from demarche.rules.find import packaged


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


def test_no_evidence_is_a_pattern_that_a_number_says_it_was_fitted_to() -> None:
    marks = read_kept(kept_verdicts.FOLDER, kept_verdicts.FILE)
    said = [*(link.said.fits for link in all_links().values()), *(rate.said.note for rate in all_rates().values())]
    declared = {name for text in said for name in re.findall(r"P\d\d", text)} & set(marks)
    assert declared
    assert {name for name in declared if "fitted" not in marks[name]["marks"]} == set()


def test_words_that_stand_for_a_table_of_the_record_are_those_of_some_source(cast: Cast) -> None:
    texts = [text for _, text in sources(packaged(), packaged_accounts(), cast)]
    words = need_record(cast).judging.words
    assert not [word for some in words.values() for word in some if not any(word in text for text in texts)]
