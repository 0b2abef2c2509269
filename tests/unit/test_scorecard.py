"""The scorecard told: page, data, figure, and the study of single rules."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from demarche.accounts.packaged import packaged_accounts
from demarche.analysis.kept import read_kept
from demarche.analysis.scorecard import held_for, restated
from demarche.analysis.scorecard.assemble import Judged
from demarche.analysis.scorecard.encodings import Encoding
from demarche.analysis.scorecard.restated import FILE, FOLDER, Flip, known_restated, restated_of, shares
from demarche.cast.cast import Cast
from demarche.cli.say.scorecard import as_data, on_record
from demarche.engine import deciding
from demarche.engine.setup import Setup
from demarche.figures.kinds.scorecard import draw_card
from demarche.history.record import Record
from demarche.history.scorecard.card import Column, make_card, permuted_column
from demarche.history.scorecard.verdict import Verdict, verdict
from demarche.report.scorecard import scorecard_page
from demarche.world.world import World

NOT = "not applicable"


@pytest.fixture
def judged(record: Record) -> Judged:
    keys = record.patterns["P02"].model_copy(update={"title": "<b>votes & more</b>"})
    patterns = {"P02": keys, "P27": record.patterns["P27"]}

    def column(name: str, kind: str, word: str) -> Column:
        one = Verdict("P02", word, np.linspace(0.5, 0.6, 21), 0.5, -1.0)  # type: ignore[arg-type]
        none = Verdict("P27", NOT, np.empty(0), reason="no <events>")
        return Column(name, f"{name} title", kind, {"P02": one, "P27": none})  # type: ignore[arg-type]

    several = permuted_column("labels permuted", [column("C", "placebo", "fail")] * 20)
    columns = (column("T1", "account", "pass"), column("A", "placebo", "fail"), several)
    card = make_card(patterns, columns, {}, {})
    return Judged(card, (Encoding("an outcome", ("calendar x",), ("P02",)),), 21)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)
        self.open += [tag] if tag not in ("meta", "br") else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_stands_alone_and_escapes_what_it_shows(judged: Judged) -> None:
    page = scorecard_page(judged)
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert not tags.seen & {"b", "script", "link", "img", "events"}
    assert "&lt;b&gt;votes &amp; more&lt;/b&gt;" in page
    assert "http" not in page
    assert "0 of 20" in page


def test_the_data_hold_verdicts_and_no_number_that_json_does_not_know(judged: Judged) -> None:
    data = json.loads(json.dumps(as_data(judged), allow_nan=False))
    assert data["first_line"].startswith("1 of 2 patterns is evidence (P02)")
    assert data["patterns"]["P02"]["columns"]["T1"]["verdict"] == "pass"
    assert data["patterns"]["P02"]["columns"]["C"] == {"passed": 0, "judged": 20}
    assert data["patterns"]["P27"]["columns"]["T1"]["reason"] == "no <events>"
    assert data["encodes"][0]["inputs"] == ["calendar x"]


def test_the_figure_draws_what_is_applicable(judged: Judged) -> None:
    (ax,) = draw_card(judged.card).axes
    assert [text.get_text().split()[0] for text in ax.get_yticklabels()] == ["P02"]
    assert [line.get_marker() for line in ax.lines] == ["o", "s", "s"]


def test_a_record_in_words(record: Record) -> None:
    assert on_record(record.patterns["P02"]) == "0.569 +-0.005"
    assert on_record(record.patterns["P52"]) == "from 0.3"
    assert on_record(record.patterns["P39"]) == "to 0"
    assert on_record(record.patterns["P27"]) == "1.3 to 4"
    assert on_record(record.patterns["P07"]) == "1"


def test_only_a_rule_that_flips_alone_restates() -> None:
    alone, first, second = Flip("P02", "a", "x", 1.0), Flip("P02", "b", "x", 1.0), Flip("P02", "b", "y", 0.9)
    assert restated_of([alone, first, second]) == [alone]


def test_the_study_of_single_numbers_is_put_together_from_its_parts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Two accounts, one number more than goes into a part: each number is asked once under each account."""
    paths = tuple(f"link.n{number}" for number in range(restated.PART + 1))
    setup = SimpleNamespace(accounts={"a": None, "b": None}, catalogue=SimpleNamespace(shared_paths=paths), cast=None)
    asked: list[tuple[str, str]] = []

    def values(_: object, __: object, account: str, ___: object, some: tuple[str, ...]) -> dict[str, tuple[str, str]]:
        asked.extend((account, path) for path in some)
        return {path: (account, path) for path in some or ("",)}

    flipped = {("a", paths[-1]): {"P01": 1.0}, ("b", paths[0]): {"P02": 0.9}, ("b", paths[1]): {"P03": 0.5}}
    monkeypatch.setattr(restated, "values_by_path", values)
    monkeypatch.setattr(restated, "need_record", lambda cast: SimpleNamespace(patterns=()))
    monkeypatch.setattr(restated, "digests", lambda *of: {})
    monkeypatch.setattr(restated, "shares", lambda patterns, whole, one: flipped.get(one, {}))
    told: list[str] = []
    n = restated.write_study(setup, None, (1,), tmp_path / "study.json", told.append)  # type: ignore[arg-type]
    written = json.loads((tmp_path / "study.json").read_text(encoding="utf-8"))
    assert asked == [(account, path) for account in ("a", "b") for path in paths]
    assert [(one["pattern"], one["account"], one["path"]) for one in written["flips"]] == [
        ("P01", "a", paths[-1]), ("P02", "b", paths[0]),
    ]  # fmt: skip
    assert n == 2
    assert len(told) == 4


def test_the_share_of_draws_in_which_a_verdict_flips(record: Record) -> None:
    patterns = {"P27": record.patterns["P27"], "P56": record.patterns["P56"]}
    whole = {"P27": np.full(24, 2.0), "P56": np.empty(0)}
    assert shares(patterns, whole, {"P27": np.full(24, 9.0), "P56": np.ones(24)}) == {"P27": 1.0}
    assert shares(patterns, whole, {"P27": np.full(24, 3.0), "P56": np.ones(24)}) == {"P27": 0.0}
    half = {"P27": np.array([2.0, 9.0] * 12), "P56": np.empty(0)}
    (share,) = shares(patterns, whole, half).values()
    assert 0.1 < share < 0.9
    assert not math.isnan(share)


@pytest.fixture
def studied(short_setup: Setup, record: Record, monkeypatch: pytest.MonkeyPatch) -> Setup:
    """A setup whose accounts and rules the kept study is of, whatever rules it was made with; see `tests/laws`."""
    with monkeypatch.context() as patch:
        patch.setattr(held_for, "numbers_digests", lambda cast, accounts: "none")
        kept = {**read_kept(FOLDER, FILE), "digests": held_for.digests(short_setup.catalogue, short_setup.cast, record)}
    monkeypatch.setattr(restated, "read_kept", lambda package, file: kept)
    return short_setup


def test_a_study_of_other_rules_or_another_record_is_not_used(studied: Setup, record: Record) -> None:
    assert known_restated(studied, record) is not None
    assert known_restated(studied, replace(record, digest="another")) is None
    fewer = replace(studied.catalogue, rules=studied.catalogue.rules[1:])
    assert known_restated(replace(studied, catalogue=fewer), record) is None


def test_a_study_of_other_settings_of_accounts_is_not_used(studied: Setup, record: Record) -> None:
    """Neither where a scenario sets a parameter, nor where an account is a file of its own."""
    name, account = next(iter(studied.accounts.items()))
    path = next(iter(account.settings))
    known = replace(studied, accounts={name: account})
    assert known_restated(known, record) is not None
    for other in (
        replace(account, settings={**account.settings, path: account.settings[path] + 0.01}),
        replace(account, digest="another"),
    ):
        assert known_restated(replace(known, accounts={name: other}), record) is None
    assert known_restated(replace(known, accounts={"mine": account}), record) is None


@pytest.mark.long
def test_a_study_holds_for_an_engine_that_was_rewritten_only_if_its_numbers_are_the_same(
    short_setup: Setup, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue, cast = short_setup.catalogue, short_setup.cast
    monkeypatch.setattr(held_for, "_TRIED", {})
    monkeypatch.setattr(held_for, "numbers_digests", lambda cast, accounts: "one another")
    kept = held_for.digests(catalogue, cast, record)
    assert set(kept) == {"rules", "accounts", "cast", "record", "engine", "numbers"}
    for name in set(kept) - {"accounts"}:
        holds = name in ("engine", "numbers")
        assert held_for.holds({**kept, name: "other"}, catalogue, cast, record) is holds, name
    assert not held_for.holds({**kept, "engine": "other", "numbers": "other"}, catalogue, cast, record)
    assert not held_for.holds({**kept, "engine": "other", "numbers": ""}, catalogue, cast, record)
    assert held_for.holds({**kept, "engine": "other", "numbers": "another"}, catalogue, cast, record), "more measured"
    assert not held_for.holds({**kept, "engine": "other", "numbers": "another third"}, catalogue, cast, record)


def test_an_account_that_was_added_outdates_no_study_and_is_in_none(
    studied: Setup, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue, cast = studied.catalogue, studied.cast
    kept = restated.read_kept(FOLDER, FILE)["digests"]
    assert held_for.holds(kept, catalogue, cast, record)
    common = packaged_accounts()["common"]
    added = replace(common, id="added", digest="of the added one")
    monkeypatch.setitem(packaged_accounts(), "added", added)
    assert held_for.holds(kept, catalogue, cast, record)
    assert known_restated(studied, record) is not None
    assert known_restated(replace(studied, accounts={"added": added}), record) is None
    monkeypatch.setitem(packaged_accounts(), "common", replace(common, digest="changed"))
    assert not held_for.holds(kept, catalogue, cast, record)


@pytest.mark.long
def test_the_numbers_of_the_packaged_study_are_those_of_this_engine_and_of_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = json.loads((resources.files(FOLDER) / FILE).read_text(encoding="utf-8"))
    accounts, numbers = tuple(study["digests"]["accounts"]), set(study["digests"]["numbers"].split())
    assert numbers <= set(held_for.numbers_digests(cast, accounts).split())
    for module, name, other in (
        (deciding, "LARGEST_EXPONENT", 2.0),
        (World, "integrate_stocks", lambda world: None),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, other)
            assert not numbers <= set(held_for.numbers_digests(cast, accounts).split()), name


@pytest.mark.parametrize(
    ("place", "n", "word", "line"),
    [(0.5, 60, "pass", "pass"), (0.0, 104, "fail", "fail"), (1.0, 104, "fail", "fail"), (0.08, 60, "undecided", "pass"),
     (0.03, 60, "undecided", "fail"), (0.03, 1000, "fail", "fail"), (0.08, 1000, "pass", "pass"),
     (0.0, 60, "undecided", "fail"), (0.95, 60, "undecided", "pass")],
)  # fmt: skip
def test_a_verdict_within_its_error_is_undecided(
    record: Record, place: float, n: int, word: str, line: str
) -> None:
    keys = record.patterns["P02"].model_copy(update={"record": 0.0, "error": 0.1})
    below = round(place * n)
    one = verdict("P02", keys, np.concatenate([np.full(below, -1.0), np.full(n - below, 1.0)]))
    assert (one.word, one.by_line) == (word, line)


def test_ends_are_undecided_where_the_share_inside_is_near_what_is_asked(record: Record) -> None:
    keys = next(one for one in record.patterns.values() if one.within is not None and one.share == 0.5)
    keys = keys.model_copy(update={"within": (0.0, 1.0)})
    inside = {share: np.where(np.arange(60) < 60 * share, 0.5, 9.0) for share in (0.2, 0.45, 0.55, 0.8)}
    words = {share: verdict("P", keys, values).word for share, values in inside.items()}
    assert words == {0.2: "fail", 0.45: "undecided", 0.55: "undecided", 0.8: "pass"}


def test_what_is_undecided_is_no_evidence_and_no_support(record: Record) -> None:
    near = Verdict("P02", "undecided", np.zeros(60), 0.08, -1.0, line="pass")
    sure = Verdict("P02", "pass", np.zeros(60), 0.5, -1.0, line="pass")
    patterns = {"P02": record.patterns["P02"].model_copy(update={"fitted": ()})}
    columns = (Column("T1", "T1", "account", {"P02": near}), Column("A", "A", "placebo", {"P02": near}))
    card = make_card(patterns, columns, {}, {})
    assert card.applicable == ("P02",)
    assert card.marks["P02"] == ("untested",)
    assert [column.passes("P02") for column in columns] == [None, None]
    assert columns[0].rate == (0, 0)
    assert Column("B0", "B0", "baseline", {"P02": near}).passes("P02") is True  # a baseline has no luck
    several = permuted_column("labels permuted", [columns[1], Column("C", "C", "placebo", {"P02": sure})])
    assert several.several["P02"] == (2, 2)
