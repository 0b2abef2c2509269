from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from demarche.analysis.carriers import Question, carriers, neutral_values
from demarche.analysis.why.told import Document, Passage, Reason, Table, Told
from demarche.cli.main import app
from demarche.errors import DesignError
from demarche.experiment.results.rerun import setup_of
from demarche.experiment.results.store import Results
from demarche.figures.carried import carried_by, read_kept
from demarche.figures.draw import read_what_they_need
from demarche.figures.find import find_figures
from demarche.report import contents as contents_module
from demarche.report.chain import anchor_of, links_told, whys
from demarche.report.contents import Contents, Wanted, contents_of
from demarche.report.deck import MOST_IN_NOTE, Slide, sentences, slides_of
from demarche.report.effects import Effect, agreement, effects_of
from demarche.report.facts import arm_differences, scenario_of
from demarche.report.happened import Happened, happened_of
from demarche.report.pictures import own_ids
from demarche.report.render import MOST_BYTES, deck_page, report_page
from tests.unit.test_cli import invoke
from tests.unit.test_figures_tables import make_tables

PAIR = ("quiet", "vocal")


class Page(HTMLParser):
    """What a page holds: ids, links within it, addresses outside, labels, headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.outside: list[str] = []
        self.headings: list[int] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.ids += [known["id"]] if known.get("id") else []
        for name in ("href", "src", "xlink:href"):
            address = known.get(name) or ""
            if address.startswith("#"):
                self.targets.append(address[1:])
            elif address and not address.startswith("data:"):
                self.outside.append(address)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


def small_carriers(results: Results, **changes: object) -> pd.DataFrame:
    """Return made-up parts of what links carry, so that a report needs no runs."""
    rows = [
        (account, *PAIR, outcome, link, 3.0, carried, 0.5, 4)
        for account in ("strategic_target", "leverage_toolbox") for outcome in results.manifest.outcomes
        for link, carried in (("list_release", 2.0), ("displacement", -0.1), ("skill_yield", 0.0))
    ]  # fmt: skip
    names = ["account", "arm", "against", "outcome", "link", "effect", "carried", "error", "lucks"]
    return pd.DataFrame(rows, columns=names).assign(**changes)


def made_up_events() -> tuple[Happened, ...]:
    """Return a release and a vote with reasons, so that a report needs no runs."""
    rows = (("focal.lists", "", "+0.7"),)
    table = Table("What each rule added", ("rule", "hold", "release"), rows, (("sum", "", "+0.7"),))
    reason = Reason("focal.lists", "A name on a list.", "release +0.7", (), (), ("PRS-11",))
    passage = Passage("PRS-11", "para 13", "Discreet <approaches> are repaid.", "argued", (), ("focal.lists",))
    told = Told("In May 1990 the state released person_007.", ("Luck drew 0.9.",), "run 0: arm quiet", (), (table,),
                (reason,), (), (Document("001", "A document", (passage,)),))  # fmt: skip
    return (Happened("release", "event-release", True, told, "demarche why results --run 0"),
            Happened("vote_no_action", "event-vote-no-action", False, told, "demarche why results --run 0"))


@pytest.fixture(scope="module")
def contents(small_results: Results) -> Contents:
    """Return a report without repeated runs, but with made-up parts of links."""
    patched = pytest.MonkeyPatch()
    patched.setattr(contents_module, "carried_by", lambda *given: small_carriers(small_results))
    patched.setattr(contents_module, "picture", lambda tables, kind, *given, **more: None if kind in ("links", "talks")
                    else real(tables, kind, *given, **more))  # fmt: skip
    patched.setattr(contents_module, "scores_of", lambda *given: "Nothing was judged.")
    patched.setattr(contents_module, "happened_of", lambda *given: made_up_events())
    try:
        return contents_of(small_results, Wanted())
    finally:
        patched.undo()


real = contents_module.picture


@pytest.fixture(scope="module")
def page(contents: Contents) -> str:
    return report_page(contents)


@pytest.mark.long
def test_the_page_asks_for_nothing_and_every_link_in_it_leads_somewhere(page: str) -> None:
    read = Page(page)
    assert not read.outside
    assert len(read.ids) == len(set(read.ids))
    assert not set(read.targets) - set(read.ids)
    assert len(page.encode()) < MOST_BYTES
    assert "default-src 'none'" in page
    assert read.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(read.headings, read.headings[1:], strict=False))


@pytest.mark.long
def test_no_heading_stands_alone_in_print_where_closed_parts_are_left_out(page: str) -> None:
    main = page.partition("<main")[2].partition("</main>")[0]
    printed = re.sub(r"<details(?! open)[^>]*>.*?</details>", "", main, flags=re.DOTALL)
    assert len(printed) < len(main)
    parts = re.findall(r"<h([23])[^>]*>(.*?)</h[23]>(.*?)(?=<h([23])|$)", printed, flags=re.DOTALL)
    assert len(parts) > 9
    for level, title, below, after in parts:
        assert re.sub(r"<[^>]*>|\s", "", below) or (after or "0") > level, title


@pytest.mark.long
def test_every_figure_is_text_with_a_description_and_a_table_behind_it(contents: Contents, page: str) -> None:
    names = {one.id for one in contents.pictures}
    assert {f"figure-{kind}" for kind in ("accounts", "difference", "contrast", "path", "votes", "persons")} <= names
    for one in contents.pictures:
        assert one.svg.startswith("<svg")
        assert "<desc>" in one.svg
        assert "<text" in one.svg
        assert one.rows
        assert len({len(row) for row in one.rows}) == 1
        assert len(one.head) == len(one.rows[0])
        assert f'id="{one.id}"' in page
    assert page.count("Table behind this figure") == len(contents.pictures)


def test_from_each_effect_to_links_rules_claims_document_and_section(contents: Contents, page: str) -> None:
    assert contents.effects is not None
    anchors = {effect.anchor for row in contents.effects.rows for effect in row.effects}
    assert anchors == {why.anchor for why in contents.whys}
    first = contents.whys[0]
    assert [part.link for part in first.parts] == ["list_release", "displacement"], "what carries nothing is not told"
    assert [part.clear for part in first.parts] == [True, False]
    link = next(one for one in contents.links if one.name == "list_release")
    assert link.rules
    assert link.passages
    assert all(rule.sentence in page.replace("&#39;", "'") for rule in link.rules)
    for passage in link.passages:
        assert passage.id in page
        assert re.search(r"lines [\d, -]+", passage.place)
    assert len(link.held) == 2
    assert f'id="{anchor_of("list_release")}"' in page


def test_three_clicks_lead_from_a_curve_to_an_event_and_its_reasons(contents: Contents, page: str) -> None:
    figures = {one.id for one in contents.pictures} & set(contents.asked_of)
    assert {"figure-difference", "figure-persons", "figure-votes"} <= figures
    for name in figures:
        figure = page.partition(f'<figure id="{name}"')[2].partition("</figure>")[0]
        assert all(f'<a href="#{anchor}">{words}</a>' in figure for words, anchor in contents.asked_of[name])
    assert contents.asked_of["figure-votes"] == (("an event behind it, and why", "event-vote-no-action"),)
    carried = contents.asked_of["figure-difference"][1:]
    assert {anchor for _, anchor in carried} <= {why.anchor for why in contents.whys}
    assert len(carried) == 2, "an account each"
    event = page.partition('<details class="chain" id="event-release">')[2].partition("</details>")[0]
    assert "released person_007. Not so under vocal.</summary>" in event
    assert "A name on a list." in event
    assert "<strong>PRS-11</strong>: Discreet &lt;approaches&gt; are repaid." in event
    assert "Not so under" not in page.partition('id="event-vote-no-action">')[2].partition("</details>")[0]


@pytest.mark.long
def test_an_event_of_the_report_is_one_that_the_other_arm_lacks(small_results: Results) -> None:
    tables = read_what_they_need(small_results, find_figures().values())
    found = {one.kind: one for one in happened_of(small_results, tables, PAIR)}
    assert set(found) == {"release", "vote_no_action"}
    first = int(tables.run_numbers("quiet", next(iter(tables.accounts)))[0])
    events = small_results.events(["person"])
    released = events[(events["run"] == first) & events["detail"].isin(["released"])]
    assert f"--run {first} " in found["release"].command
    assert any(f"--actor {person}" in found["release"].command for person in released["actor"])
    assert all(one.told.reasons and one.told.documents for one in found.values())
    assert happened_of(dataclasses.replace(small_results, path=small_results.path / "gone"), tables, PAIR) == ()


def test_titles_are_escaped_and_dollars_and_chinese_stay(contents: Contents) -> None:
    nasty = dataclasses.replace(contents, title="<b>$5</b> & 私下", question="<script>alert(1)</script>")
    for text in (report_page(nasty), deck_page(nasty, (Slide(nasty.title), Slide("<i>")))):
        assert "&lt;b&gt;$5&lt;/b&gt; &amp; 私下" in text
        assert "<script>alert" not in text
        assert "<i>" not in text


def effect(side: int, account: str) -> Effect:
    return Effect("releases", account, "a", "+1.0", "0.5 to 1.5", "", side, 3)


@pytest.mark.parametrize(("sides", "kind", "words"), [
    ((1, -1, 0), "split", "More under quiet in A, less in B; C cannot tell."),
    ((1, 1, 1), "shared", "More under quiet in all accounts."),
    ((-1, 0, 0), "some", "Less under quiet in A; B and C cannot tell."),
    ((0, 0, 0), "none", "No account can tell the two arms apart."),
    ((-1,), "shared", "Less under quiet."),
])  # fmt: skip
def test_what_accounts_agree_and_disagree_on_in_words(sides: tuple[int, ...], kind: str, words: str) -> None:
    effects = tuple(effect(side, name) for side, name in zip(sides, "abc", strict=False))
    assert agreement(effects, {"a": "A", "b": "B", "c": "C"}, "quiet") == (kind, words)


def test_effects_have_two_layers_where_there_are_draws() -> None:
    tables = make_tables(n=12)
    runs = tables.outcomes
    drawn = runs.assign(draw=runs["replication"] // 2, luck=runs["replication"] % 2).drop(
        columns=["point", "replication"])  # fmt: skip
    found = effects_of(dataclasses.replace(tables, outcomes=drawn))
    assert found is not None
    assert found.has_draws
    row = found.rows[0]
    assert row.kind == "split"
    assert re.fullmatch(r"[23]\.\d to 3\.\d", row.effects[0].luck)
    assert row.size == "−3.0 to +3.0 persons"
    plain = effects_of(tables)
    assert plain is not None
    assert not plain.has_draws
    assert plain.headline == "Accounts disagree in sign on 1 of 3 outcomes and all agree on none."
    assert plain.summary == "The sign depends on the account for persons released."
    up, down = (dataclasses.replace(plain.rows[1], kind="shared", title=title,
                                    effects=(effect(side, "a"), effect(side, "b")))
                for title, side in (("Texts adopted", 1), ("UN votes", -1)))  # fmt: skip
    both = dataclasses.replace(plain, rows=(up, down))
    assert both.summary == "In every account, under quiet, more: texts adopted; fewer or less: UN votes."
    assert dataclasses.replace(plain, rows=()).summary == ""


def test_one_arm_has_no_effect() -> None:
    assert effects_of(make_tables(arms=("quiet",))) is None


def test_arms_are_told_against_the_reference(small_results: Results) -> None:
    scenario = scenario_of(small_results)
    told = arm_differences(scenario, ("quiet", "silent", "as_it_was"), "as_it_was")
    assert told["as_it_was"] == ()
    assert told["quiet"] == (
        "channel mix for all senders: quiet 1, vocal 0 (how senders divide their representations between private and "
        "public)",
    )
    assert told["silent"][1].startswith("dialogue for all senders: refuse (")
    assert arm_differences(scenario, ("as_it_was",), "quiet")["as_it_was"][0].startswith("not: channel mix")


def test_ids_of_a_picture_are_its_own() -> None:
    svg = '<?xml version="1.0"?>\n<svg a="b">\n  <metadata>date</metadata><g id="p"/><use href="#p"/></svg>'
    assert own_ids(svg, "f") == '<svg a="b">\n<g id="f-p"/><use href="#f-p"/></svg>'


def test_a_slide_names_only_links_that_are_clear_of_luck(contents: Contents) -> None:
    from demarche.report.deck import _reasons

    slide = _reasons(contents)[0]
    assert any("a person on a private list" in line for line in slide.lines), "carries 2 with an error of 0.5"
    assert not any("displacement" in line or "elsewhere" in line for line in slide.lines), "-0.1 with an error of 0.5"
    dim = dataclasses.replace(
        contents, whys=tuple(dataclasses.replace(one, parts=tuple(dataclasses.replace(part, clear=False)
                                                                  for part in one.parts)) for one in contents.whys),
    )  # fmt: skip
    assert all(line.endswith("no single link is clear of luck") for line in _reasons(dim)[0].lines)


def test_the_scorecard_reads_what_patterns_read(small_results: Results) -> None:
    from demarche.history.patterns.find import find_patterns
    from demarche.report.judged import read_by_patterns

    columns = [str(column["name"]) for column in small_results.manifest.columns["series"]]
    series, kinds = read_by_patterns(columns)
    assert {"core_practice", "private_pressure", "public_pressure", "attention_labour"} <= set(series)
    assert len(series) < len(columns) / 2
    assert set(kinds) == {kind for pattern in find_patterns().values() for kind in pattern.reads.events}


def test_a_note_of_a_slide_ends_with_a_sentence() -> None:
    text = " ".join(f"Sentence {number} of a caption that goes on." for number in range(30))
    note = sentences(text)
    assert text.startswith(note)
    assert note.endswith("on.")
    assert MOST_IN_NOTE - 60 < len(note) <= MOST_IN_NOTE
    assert sentences("Short. Text.") == "Short. Text."


@pytest.mark.long
def test_slides_say_one_thing_each(contents: Contents, small_results: Results) -> None:
    tables = read_what_they_need(small_results, find_figures().values())
    slides = slides_of(contents, tables)
    assert slides[0].message == "Quiet or vocal diplomacy"
    assert len({slide.message for slide in slides}) == len(slides)
    assert sum(slide.picture is not None for slide in slides) >= 5
    assert all(not (slide.picture and slide.lines) for slide in slides)
    text = deck_page(contents, slides)
    assert text.count("<section") == len(slides)
    assert not Page(text).outside
    sizes = [float(one) for one in re.findall(r"font-size: (\d+)px", text.partition("</style>")[0])]
    assert min(sizes) >= 18
    for slide in slides:
        if slide.picture is not None:
            found = [float(one) for one in re.findall(r"font(?:-size)?: (?:[a-z0-9]+ )?([\d.]+)px", slide.picture.svg)]
            assert found
            assert min(found) * 96 / 72 >= 17.9


@pytest.mark.long
def test_an_effect_less_the_effect_without_a_link_is_what_it_carries(
    small_results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = setup_of(small_results)
    every = neutral_values(setup, "strategic_target")
    assert every["link.displacement"] == 0.0
    assert len(every) > 50
    neutral = {f"link.{name}": every[f"link.{name}"] for name in ("displacement", "list_release", "skill_yield")}
    monkeypatch.setattr("demarche.analysis.carriers.neutral_values", lambda *given: neutral)
    seeds = tuple(int(seed) for seed in small_results.runs()["seed"].unique())
    found = carriers(setup, [Question("strategic_target", *PAIR, ("releases", "core_practice"), seeds)])
    assert set(found["link"]) == {path.removeprefix("link.") for path in neutral}
    assert set(found["lucks"]) == {3}
    assert found.groupby("outcome")["effect"].nunique().eq(1).all()
    sizes = found.loc[found["outcome"] == "releases", "carried"].abs().to_numpy()
    assert (np.diff(sizes) <= 0).all()
    assert found["carried"].abs().max() > 0
    # the effect itself is that of runs with the same seeds
    runs = small_results.outcomes()
    runs = runs[(runs["account"] == "strategic_target") & runs["replication"].lt(3)]
    means = runs.groupby("arm")["core_practice"].mean()
    effects = found.loc[found["outcome"] == "core_practice", "effect"]
    assert effects.iloc[0] == pytest.approx(means["quiet"] - means["vocal"], abs=1e-6)


def test_what_was_measured_is_kept_for_these_results_alone(
    small_results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def measured(setup: object, questions: list[Question], *others: object) -> pd.DataFrame:
        accounts = [question.account for question in questions]
        asked.extend(accounts)
        made = small_carriers(small_results)
        return made[made["account"].isin(accounts)]

    monkeypatch.setattr("demarche.figures.carried.carriers", measured)
    monkeypatch.setattr("demarche.figures.carried.LUCKS", 3)
    tables = read_what_they_need(small_results, [find_figures()["accounts"]])
    for _ in range(2):
        found = carried_by(tables, ("strategic_target",), PAIR, ("releases",), 3)
        assert set(found["outcome"]) == {"releases"}
        assert set(found["account"]) == {"strategic_target"}
    assert asked == ["strategic_target"]
    carried_by(tables, ("leverage_toolbox",), PAIR, ("releases",), 3)
    assert asked == ["strategic_target", "leverage_toolbox"]
    assert set(read_kept(small_results)["account"]) == set(asked)
    figure = find_figures()["links"](tables)
    assert "1. a person on a private list → release within a year: +2.0 persons" in figure.get_label()
    other = dataclasses.replace(small_results, manifest=dataclasses.replace(small_results.manifest, identity="other"))
    assert read_kept(other).empty
    path = small_results.path / "tables" / "carriers.csv"
    path.write_text("nonsense", encoding="utf-8")
    assert read_kept(small_results).empty
    path.unlink()


def test_links_and_their_targets_are_told_for_every_link() -> None:
    from demarche.accounts.links import all_links
    from demarche.figures.graph import FAMILIES, target_of

    assert {link.said.family for link in all_links().values()} <= set(FAMILIES)
    assert all(target_of(name) for name in all_links())
    told = links_told(all_links(), ["common"])
    assert len(told) == len(all_links())


def test_effects_without_parts_are_left_out(small_results: Results) -> None:
    effects = effects_of(read_what_they_need(small_results, [find_figures()["accounts"]]))
    assert effects is not None
    one = small_carriers(small_results)
    found = whys(one[one["account"] == "strategic_target"], effects)
    assert {why.account for why in found} == {"strategic_target"}


@pytest.mark.long
def test_who_speaks_to_whom_is_drawn_from_runs_that_are_repeated(small_results: Results) -> None:
    tables = read_what_they_need(small_results, [find_figures()["talks"]])
    figure = find_figures()["talks"](tables)
    alt = str(figure.get_label())
    assert re.search(r"quiet: [\d,]+ speaks in private", alt)
    assert re.search(r"vocal: [\d,]+ speaks in public", alt)
    assert "speaks in public" not in alt.split("vocal: ")[-2].split("In words")[-1]


@pytest.mark.long
def test_the_command_writes_one_file(small_results: Results, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    result = invoke("report", small_results.path, "--quick", "--quiet", "--out", out)
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == str(out)
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "What links carry was not measured (--quick)." in out.read_text(encoding="utf-8")


def test_the_command_refuses_a_folder_to_write_to_and_one_without_results(
    small_results: Results, tmp_path: Path
) -> None:
    refused = invoke("report", small_results.path, "--out", tmp_path)
    assert refused.exit_code == 2
    assert "--out: this is a folder" in refused.stderr
    assert invoke("report", tmp_path).exit_code == 3
    assert app.registered_commands


@pytest.mark.parametrize(("kind", "words"), [
    ("relaesed", "Fix: ask for --kind person --detail released"),
    ("parson", "Did you mean 'person'?"), ("zzz", "Expected: vote_no_action"),
])  # fmt: skip
def test_somebody_who_mistypes_a_kind_learns_how_it_is_called(small_results: Results, kind: str, words: str) -> None:
    answer = invoke("events", small_results.path, "--kind", kind)
    assert answer.exit_code == 2
    assert words in answer.stderr
    assert ("--detail" in answer.stderr) == ("--detail" in words)


@pytest.mark.parametrize(("word", "detail"), [("release", "released"), ("exile", "exiled"), ("Released", "released")])
def test_a_release_is_found_by_its_name(small_results: Results, word: str, detail: str) -> None:
    short = invoke("events", small_results.path, "--kind", word, "--arm", "quiet")
    full = invoke("events", small_results.path, "--kind", "person", "--detail", detail, "--arm", "quiet")
    assert short.exit_code == 0, short.output
    assert short.stdout == full.stdout
    assert f"person {detail}" in short.stdout
    assert "In brackets: how well known the person is abroad (person)." in short.stdout.replace("\n", " ")
    assert invoke("events", small_results.path, "--kind", word, "--detail", detail).exit_code == 2


@pytest.mark.parametrize(("given", "words"), [
    (("--kind", "rolcall"), ("--kind: no figure is called 'rolcall'", "Did you mean 'rollcall'")),
    (("--kind", "path", "--style", "paperr"), ("--style", "Did you mean 'paper'")),
    (("--kind", "path", "--format", "pgn"), ("--format", "Did you mean 'png'")),
    (("--kind", "path", "--size", "12by7"), ("--size: this is no size", "12x7cm")),
    (("--kind", "path", "--outcome", "core_practise"), ("--outcome: unknown outcome", "Did you mean 'core_practice'")),
    (("--kind", "rollcall", "--date", "1991-13"), ("--date",)),
])  # fmt: skip
def test_bad_options_of_plot_are_answered(
    small_results: Results, given: tuple[str, ...], words: tuple[str, ...]
) -> None:
    result = invoke("plot", small_results.path, *given)
    assert result.exit_code == 2
    assert all(word in result.stderr for word in words), result.stderr
    assert "Traceback" not in result.output


@pytest.mark.long
def test_plot_draws_what_is_asked(small_results: Results, tmp_path: Path) -> None:
    result = invoke("plot", small_results.path, "--kind", "difference", "--outcome", "exiles", "--account",
                    "strategic_target", "--arm", "quiet", "--against", "as_it_was", "--size", "12x7cm", "--format",
                    "pdf,svg", "--style", "grey", "--no-caption", "--out", tmp_path)  # fmt: skip
    assert result.exit_code == 0, result.output
    assert [Path(line).name for line in result.stdout.split()] == ["difference.pdf", "difference.svg", "difference.txt"]
    svg = (tmp_path / "difference.svg").read_text(encoding="utf-8")
    width, height = (float(part) / 72 * 2.54 for part in re.findall(r'(?:width|height)="([\d.]+)pt"', svg)[:2])
    assert (width, height) == pytest.approx((12, 7), abs=0.01)
    told = (tmp_path / "difference.txt").read_text(encoding="utf-8")
    assert told.startswith("Effect of quiet instead of as_it_was on persons released into exile")


def test_python_gets_axes_and_tidy_tables(small_results: Results) -> None:
    from demarche.figures.plot import plot, tidy

    axes = plot(small_results, "difference", outcomes=["exiles"], size="12x7cm", caption=False)
    assert [len(ax.lines) > 0 for ax in axes] == [True, True]
    assert axes[0].figure.get_size_inches() == pytest.approx((12 / 2.54, 7 / 2.54))
    frame = tidy(small_results, "difference", outcomes=["exiles"])
    assert {"panel", "year", "mean", "low95", "high95", "n"} <= set(frame.columns)
    assert set(frame["n"]) == {3}
    with pytest.raises(DesignError, match="Did you mean 'path'"):
        plot(small_results, "paths")


def test_a_scorecard_without_runs_enough_says_so(small_results: Results) -> None:
    from demarche.report.judged import scores_of

    told = "A verdict needs 20 runs an account and arm, and these results hold 3."
    assert scores_of(small_results, placebos=False) == told
    bare = dataclasses.replace(small_results.manifest, digests={"scenario": "x"})
    assert "no record" in str(scores_of(dataclasses.replace(small_results, manifest=bare), placebos=False))


@pytest.mark.long
def test_patterns_measure_the_same_on_what_is_read_as_on_everything(small_results: Results) -> None:
    from demarche.analysis.scorecard.jobs import Roles, view_of
    from demarche.history.as_tables import surroundings_of
    from demarche.history.patterns.find import find_patterns
    from demarche.history.patterns.view import NotMeasured, View
    from demarche.history.record import need_record
    from demarche.history.tables import Tables
    from demarche.report.judged import _tables

    results, cast = small_results, setup_of(small_results).cast
    whole = Tables(results.runs(), results.outcomes(), results.series(), results.events(), results.calendar(),
                   results.start)  # fmt: skip
    keys, roles = need_record(cast).patterns, Roles("as_it_was", "quiet")
    views = [view_of(one, "strategic_target", roles, surroundings_of(cast)) for one in (whole, _tables(results))]

    def measured(name: str, view: View) -> list[float] | str:
        try:
            return np.asarray(find_patterns()[name].measure(view, keys[name]), dtype=float).tolist()
        except NotMeasured as lack:
            return str(lack)

    found = {name: [measured(name, view) for view in views] for name in keys}
    assert sum(isinstance(first, list) for first, _ in found.values()) > 10
    for name, (first, second) in found.items():
        assert str(first) == str(second), name
