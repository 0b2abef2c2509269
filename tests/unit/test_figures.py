from __future__ import annotations

import dataclasses
from functools import cache

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from demarche.errors import DesignError
from demarche.figures.common import ASSUMED, span_text
from demarche.figures.find import figures_of_experiments
from demarche.figures.kinds import accounts, contrast, difference, path, persons, releases, rollcall, votes
from demarche.figures.look import Look, look_of, styled
from demarche.figures.sheet import empty_figure, words_of, wrap
from demarche.figures.tables import FigureTables
from demarche.figures.together import alike
from demarche.figures.two_layers import rows_of
from demarche.figures.view import View
from demarche.scenario.question import ask
from demarche.world.calendar import Month
from tests.conftest import few_at_once
from tests.unit.test_figures_tables import ACCOUNTS, ARMS, DEADLINES, HISTORY, SESSIONS, STEPS, make_tables

FIGURES = {name: figure for name, figure in figures_of_experiments().items() if not figure.on_request}
NAMES = list(FIGURES)
KINDS = ("path", "contrast", "rollcall")
THREE_FIRST = few_at_once((*KINDS, *(name for name in NAMES if name not in KINDS)), 3)
"""All figures, of which one of each build is drawn in the fast part: lines over months, marks, seats."""


@cache
def drawn(name: str) -> Figure:
    """Return a figure of the made-up tables as they are; tests look at it and change nothing."""
    return FIGURES[name](make_tables())


def asking(shown: tuple[str, ...], **changes: object) -> FigureTables:
    """Return the made-up tables of a scenario that asks for other outcomes."""
    tables = make_tables()
    asked = dataclasses.replace(tables.asked, outcomes=shown)
    return dataclasses.replace(tables, asked=asked, **changes)  # type: ignore[arg-type]


def panels(figure: Figure) -> list[Axes]:
    return [ax for ax in figure.axes if ax.get_visible()]


def titles(figure: Figure) -> list[str]:
    return [ax.get_title(loc="left") for ax in panels(figure)]


def line(ax: Axes, label: str) -> tuple[np.ndarray, np.ndarray]:
    found = [artist for artist in ax.lines if artist.get_label() == label]
    assert len(found) == 1, label
    return np.asarray(found[0].get_xdata(), dtype=float), np.asarray(found[0].get_ydata(), dtype=float)


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_states_its_assumptions_scenario_seed_and_runs(name: str) -> None:
    figure = drawn(name)
    title, caption, alt = words_of(figure)
    for words in (ASSUMED, "A made-up case, 1989-06 to 1994-05", "seed 1995", "6 of each arm and account"):
        assert words in caption
    shown = [text.get_text().replace("\n", " ") for text in figure.texts]
    assert any(ASSUMED in text for text in shown)
    assert any(text.startswith(title[:20]) for text in shown)
    assert len(alt) > 40
    assert alt not in shown


@pytest.mark.parametrize(("known", "is_marked"), [(Month(1991, 12), True), (Month(1994, 5), False), (None, False)])
def test_years_that_the_data_do_not_reach_are_shaded_and_called_a_projection(
    known: Month | None, is_marked: bool
) -> None:
    tables = dataclasses.replace(make_tables(), known_until=known)
    figure = path.FIGURE(tables)
    spans = [patch.get_extents().transformed(ax.transData.inverted()) for ax in panels(figure) for patch in ax.patches]
    assert [round(span.x0, 6) for span in spans] == [1992.0] * len(panels(figure)) * is_marked
    words = "after 1991-12, where the data end, a projection"
    assert (words in words_of(figure)[1]) == is_marked
    assert bool(tables.batch.projection) == is_marked


@pytest.mark.parametrize("name", THREE_FIRST)
def test_at_most_four_panels_that_no_name_of_the_files_heads(name: str) -> None:
    figure = FIGURES[name](make_tables(accounts=(*ACCOUNTS, "c", "d", "e", "f")))
    assert 1 <= len(panels(figure)) <= 4
    for text in (words_of(figure)[0], *titles(figure)):
        assert "_" not in text.replace("as_it_was", "").replace("cooperative_learning", "")


@pytest.mark.parametrize("name", ["path", "accounts"])
def test_nothing_global_is_left_behind(name: str) -> None:
    from matplotlib import pyplot

    before = dict(mpl.rcParams)
    FIGURES[name](make_tables())
    assert pyplot.get_fignums() == []
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("n", [2, pytest.param(6, marks=pytest.mark.long)])
def test_every_point_lies_within_its_axes(name: str, n: int) -> None:
    figure = FIGURES[name](make_tables(n=n))
    for ax in figure.axes:
        (left, right), (bottom, top) = ax.get_xlim(), sorted(ax.get_ylim())
        for artist in ax.lines:
            x, y = (np.asarray(part, dtype=float) for part in artist.get_data())
            if artist.get_transform() == ax.transData and len(x):
                assert np.nanmin(np.append(x, left)) >= left
                assert np.nanmax(np.append(x, right)) <= right
                assert np.nanmin(np.append(y, bottom)) >= bottom - 1e-9
                assert np.nanmax(np.append(y, top)) <= top + 1e-9


LONG = ("A title that costs $5 and then $6 and goes on for a good deal longer than a title should, since nobody "
        "stopped the person who wrote it in time")  # fmt: skip
CHINESE = "先私下交涉，三轮没有结果之后再公开发表声明"
TWELVE = (*(f"arm_{letter}" * 3 for letter in "abcdefghij"), "quiet", "as_it_was")


def titled(arms: tuple[str, ...], title: str) -> FigureTables:
    tables = make_tables(arms=arms)
    return dataclasses.replace(tables, title=title, arms=dict.fromkeys(arms, title),
                               accounts=dict.fromkeys(tables.accounts, title))  # fmt: skip


@pytest.mark.parametrize("name", few_at_once(("rollcall", *(name for name in NAMES if name != "rollcall")), 1))
@pytest.mark.parametrize(("arms", "title"), [
    pytest.param(ARMS, LONG, id="long", marks=pytest.mark.long), pytest.param(TWELVE, f"$x$ {CHINESE}", id="twelve"),
])  # fmt: skip
def test_no_text_leaves_the_figure_and_nothing_collides(name: str, arms: tuple[str, ...], title: str) -> None:
    figure = FIGURES[name](titled(arms, title))
    with styled():
        check_places(figure)
    if "$" in title and name in ("path", "persons"):
        drawn = [text.get_text() for text in figure.legends[0].get_texts()] + titles(figure)
        assert any("$" in text for text in drawn)


def check_places(figure: Figure) -> None:
    """Look whether strips and panels lie within the figure and apart from one another."""
    renderer = figure.canvas.get_renderer()
    strips = [*(text for text in figure.texts if text.get_text()), *figure.legends]
    for strip in strips:
        box = strip.get_window_extent(renderer)
        assert box.x0 >= -1
        assert box.x1 <= figure.bbox.x1 + 2, strip
        assert box.y1 <= figure.bbox.y1 + 1
        assert box.y0 >= -1
    above = min(strip.get_window_extent(renderer).y0 for strip in figure.legends)
    below = next(text for text in figure.texts if ASSUMED[:20] in text.get_text().replace("\n", " "))
    for ax in panels(figure):
        box = ax.get_tightbbox(renderer)
        assert box.x0 >= -1
        assert box.x1 <= figure.bbox.x1 + 1
        assert box.y1 <= above + 2
        assert box.y0 >= below.get_window_extent(renderer).y1 - 2


@pytest.mark.long
def test_numbers_above_a_panel_are_never_cut_but_the_name_is() -> None:
    tables = titled(ARMS, LONG)
    for name, words in (("rollcall", "against"), ("difference", "persons")):
        for title in titles(FIGURES[name](tables, View(), look_of(size="24x12cm"))):
            first, numbers = title.split("\n")[0], " ".join(title.split("\n")[1:])
            assert first[:12] in (LONG[:12], f"quiet: {LONG}"[:12], f"vocal: {LONG}"[:12])
            assert words in numbers, name
            assert not numbers.endswith("…"), name


def test_a_line_of_chinese_does_not_begin_with_a_comma() -> None:
    with styled():
        figure = empty_figure(4, 2, Look())
        for room in np.linspace(0.4, 3.0, 9):
            lines = wrap(figure, CHINESE, room, 8.5).split("\n")
            assert "".join(lines) == CHINESE
            assert not [line for line in lines if line[0] in "，。"], room


@pytest.mark.long
def test_rows_of_arms_are_told_apart_where_their_titles_are_cut() -> None:
    figure = FIGURES["contrast"](titled(TWELVE, LONG), View(), look_of("slide"))
    rows = [label.get_text() for label in panels(figure)[0].get_yticklabels()]
    assert len(set(rows)) == len(rows) == len(TWELVE) - 1


def test_lines_that_lie_on_one_another_are_named_with_their_gap() -> None:
    tables = make_tables()
    told = words_of(votes.FIGURE(tables))[1]
    assert "on one another, with their largest gap: as_it_was, quiet and vocal in every panel (0.0 votes)." in told
    series = tables.series.copy()
    moved = series["run"].isin(tables.run_numbers("quiet", ACCOUNTS[0]))
    series.loc[moved, votes.SERIES[0]] += 5.0
    told = words_of(votes.FIGURE(dataclasses.replace(tables, series=series)))[1]
    assert "as_it_was and vocal in Account c (0.0 votes); as_it_was, quiet and vocal in Account s (0.0 votes)." in told


@pytest.mark.parametrize(("gap", "groups"), [
    (0.3, [(("a", "b"), 0.3)]), (0.5, []), (np.nan, []),
])  # fmt: skip
def test_lines_lie_on_one_another_within_the_size_of_a_mark(gap: float, groups: list[object]) -> None:
    years = np.arange(5.0)
    lines = {"a": np.zeros(5), "b": np.full(5, gap), "c": np.full(5, 8.0)}
    frame = pd.concat([pd.DataFrame({"arm": arm, "year": years, "low": low, "median": low, "high": low + 2.0})
                       for arm, low in lines.items()])  # fmt: skip
    assert alike(frame) == groups


@pytest.mark.parametrize("name", THREE_FIRST)
def test_one_account_alone_can_be_drawn(name: str) -> None:
    figure = FIGURES[name](make_tables(accounts=ACCOUNTS[:1]))
    assert "account Account c." in figure.get_label()


def test_paths_show_medians_and_bands_of_each_arm() -> None:
    figure = path.FIGURE(make_tables(), View(outcomes=("practice_labour", "commitment_labour")))
    first, second = panels(figure)
    assert titles(figure) == ["Labour rights: practice", "Labour rights: commitment"]
    x, y = line(first, "quiet")
    assert y == pytest.approx(0.325 + 0.001 * np.arange(STEPS), abs=1e-6)
    assert x[0] == pytest.approx(1989 + 5.5 / 12)
    assert line(second, "as_it_was")[1] == pytest.approx(0.4 + 0.004 * np.arange(STEPS), abs=1e-6)
    band = first.collections[0].get_paths()[0].vertices[:, 1]
    assert band.min() == pytest.approx(0.305, abs=1e-6)
    assert figure.get_supylabel() == "share, 0 to 1"
    assert first.get_xticklabels()[0].get_text() == "1989"


def test_what_is_counted_is_added_up() -> None:
    figure = path.FIGURE(make_tables(), View(outcomes=("exiles",), accounts=ACCOUNTS[:1]))
    assert line(panels(figure)[0], "quiet")[1][-1] == pytest.approx(0.5 * STEPS)
    assert words_of(figure)[0] == "Persons released into exile, added up since 1989"


@pytest.mark.long
def test_paths_mark_the_record_that_the_case_brings() -> None:
    tables = make_tables()
    x, y = line(panels(path.FIGURE(tables))[0], "record")
    expected = [(score.year + 0.5, score.score) for score in HISTORY.rights if 1989 <= score.year <= 1994]
    assert list(zip(x, y, strict=True)) == expected
    other = path.FIGURE(dataclasses.replace(tables, record=None))
    assert all("record" not in str(artist.get_label()) for ax in other.axes for artist in ax.lines)
    assert "record" not in other.get_label()
    assert not [one for ax in panels(path.FIGURE(tables, View(outcomes=("core_practice",)))) for one in ax.lines
                if one.get_label() == "record"]  # fmt: skip


def test_a_fan_shows_paired_differences_and_their_interval() -> None:
    tables = make_tables()
    series = tables.series.copy()
    quiet = series["run"].isin([run for name in ACCOUNTS for run in tables.run_numbers("quiet", name)])
    number = series["run"].map(tables.runs.set_index("run")["replication"])
    series.loc[quiet, "releases"] += 1.0 + number[quiet].astype(np.float32)
    frame = difference.frame_of(dataclasses.replace(tables, series=series), View())
    last = frame[frame["panel"] == f"releases|{ACCOUNTS[0]}"].iloc[-1]
    assert last["mean"] == pytest.approx(STEPS * 3.5)
    assert last["low95"] == pytest.approx(STEPS * np.percentile(np.arange(1, 7), 2.5))
    assert last["high50"] == pytest.approx(STEPS * np.percentile(np.arange(1, 7), 75))
    figure = difference.FIGURE(tables)
    assert words_of(figure)[0] == "Effect of quiet instead of vocal on persons released, added up since 1989"
    assert titles(figure)[0].startswith("Account c\n+3.0 persons (")
    assert titles(figure)[1].splitlines()[1].startswith("−3.0 persons (")


def test_pairs_need_the_same_luck() -> None:
    tables = make_tables()
    lost = tables.run_numbers("vocal", ACCOUNTS[0])[2]
    runs = tables.runs.assign(status=np.where(tables.runs["run"] == lost, "failed", "done"))
    fewer = dataclasses.replace(tables, runs=runs, series=tables.series[tables.series["run"] != lost])
    counts = difference.frame_of(fewer, View()).groupby("account")["n"].first()
    assert counts.to_dict() == {ACCOUNTS[0]: 5, ACCOUNTS[1]: 6}


def test_contrast_marks_the_paired_mean_and_fills_marks_whose_interval_excludes_zero() -> None:
    figure = drawn("contrast")
    first, second, _ = panels(figure)
    assert titles(figure)[0] == "Persons released (signs differ)"
    marks = [artist for artist in first.lines if artist.get_label() == ACCOUNTS[0]]
    assert [mark.get_xdata()[0] for mark in marks] == pytest.approx([1.5, -1.5], abs=0.2)
    assert {mark.get_markerfacecolor() for mark in marks} != {"white"}
    equal = [artist for artist in second.lines if artist.get_label() == ACCOUNTS[0]]
    assert {mark.get_markerfacecolor() for mark in equal} == {"white"}
    assert first.get_xlabel() == "persons"
    assert [label.get_text() for label in first.get_yticklabels()] == [
        "quiet: Title of quiet", "vocal: Title of vocal"]  # fmt: skip
    assert len(panels(contrast.FIGURE(make_tables(), View(outcomes=("sponsors",), arms=("quiet",))))) == 1


@pytest.mark.parametrize("draw", [contrast.FIGURE, accounts.FIGURE, difference.FIGURE])
def test_comparison_needs_two_arms(draw) -> None:
    with pytest.raises(DesignError, match="these results have one"):
        draw(make_tables(arms=("quiet",)))
    with pytest.raises(DesignError, match="no outcome to show"):
        draw(asking(()))


@pytest.mark.parametrize("draw", [contrast.FIGURE, accounts.FIGURE])
def test_runs_without_partner_are_left_out(draw) -> None:
    tables = make_tables()
    outcomes = tables.outcomes[tables.outcomes["run"] != tables.run_numbers("quiet", ACCOUNTS[0])[0]]
    assert "5 to 6 pairs of runs" in draw(dataclasses.replace(tables, outcomes=outcomes)).get_label()
    none = tables.outcomes[~((tables.outcomes["arm"] == "quiet") & (tables.outcomes["account"] == ACCOUNTS[0]))]
    assert "6 pairs of runs" in draw(dataclasses.replace(tables, outcomes=none)).get_label()


def test_accounts_say_where_they_disagree_in_sign() -> None:
    figure = drawn("accounts")
    title, caption, alt = words_of(figure)
    assert title == "Effect of quiet instead of vocal: accounts disagree in sign on 1 of 3 outcomes"
    assert "Persons released (up in Account c, down in Account s)" in caption
    assert not [name for name in ACCOUNTS if name in caption], "codes are for files"
    assert "Persons released: Account c +3.0 up, Account s −3.0 down" in alt
    (ax,) = panels(figure)
    told = [text.get_text() for text in ax.texts]
    assert told.count("signs differ") == 1
    assert told[:2] == ["+3.0 · 100 %", "0.0"], "of the first account, with the share of that sign"
    assert ax.get_yticklabels()[0].get_text() == "Persons released (persons)"


def test_accounts_that_agree_say_so() -> None:
    assert "disagree in sign on none of 1 outcomes" in accounts.FIGURE(asking(("no_action_margin",))).get_label()


@pytest.mark.parametrize("title", ["A title that goes on for a good deal longer than titles of arms do", "公开" * 30])
def test_a_title_that_finds_no_room_beside_its_row_stands_in_the_caption(title: str) -> None:
    tables = make_tables()
    long = dataclasses.replace(tables, arms={**tables.arms, "quiet": title})
    assert f"quiet: {title}" in contrast.plan(long, View()).reading
    assert "quiet: Title" not in contrast.plan(tables, View()).reading


@pytest.mark.long
def test_accounts_draw_the_contrast_of_the_scenario_or_the_one_that_is_asked() -> None:
    two = make_tables(arms=("as_it_was", "mixed"))
    assert "Effect of mixed instead of as_it_was" in accounts.FIGURE(two).get_label()
    asked = dataclasses.replace(make_tables(), asked=ask(ARMS, ("releases",), contrast=("as_it_was", "vocal")))
    assert "Effect of as_it_was instead of vocal" in accounts.FIGURE(asked).get_label()
    for view, words in (
        (View(arms=("vocal",)), "vocal instead of as_it_was"),
        (View(arms=("vocal",), against="quiet"), "vocal instead of quiet"),
        (View(arms=("as_it_was", "quiet")), "as_it_was instead of quiet"),
        (View(against="as_it_was"), "quiet instead of as_it_was"),
    ):
        assert f"Effect of {words}" in accounts.FIGURE(make_tables(), view).get_label()
    with pytest.raises(DesignError, match=r"--against: an arm cannot be compared with itself"):
        accounts.FIGURE(make_tables(), View(arms=("quiet",), against="quiet"))


@pytest.mark.parametrize("draw", [contrast.FIGURE, accounts.FIGURE])
def test_an_outcome_whose_window_does_not_fit_is_left_out_and_said(draw) -> None:
    outcomes = make_tables().outcomes.assign(core_practice_change=np.nan)
    tables = asking(("releases", "core_practice_change"), outcomes=outcomes)
    told = "core_practice_change needs a period of 72 months or more, this one has 60"
    assert f"Not shown: {told}." in draw(tables).get_label()
    with pytest.raises(DesignError, match=f"--outcome: {told}"):
        draw(tables, View(outcomes=("core_practice_change",)))
    with pytest.raises(DesignError, match=r"no outcome to show(.|\n)*whose windows fit the period"):
        draw(asking(("core_practice_change",), outcomes=outcomes))


@pytest.mark.parametrize("draw", [contrast.FIGURE, accounts.FIGURE, difference.FIGURE])
def test_few_independent_units_are_warned_of(draw) -> None:
    words = "Only 4 independent replications: fewer than 5 make rough intervals."
    assert words in draw(make_tables(n=4)).get_label()
    assert "rough intervals" not in draw(make_tables(n=5)).get_label()


def test_draws_show_a_thick_line_given_the_draws() -> None:
    tables = make_tables(n=12)
    runs, outcomes = (
        frame.assign(draw=frame["replication"] // 2, luck=frame["replication"] % 2).drop(
            columns=["point", "replication"])
        for frame in (tables.runs, tables.outcomes)
    )  # fmt: skip
    drawn = dataclasses.replace(tables, runs=runs, outcomes=outcomes)
    figure = contrast.FIGURE(drawn)
    for words in ("over draws and luck, 6 independent draws. Thick line: 95 % interval given the draws (luck alone)",
                  "Intervals tell of luck and of what the account leaves open"):  # fmt: skip
        assert words in figure.get_label()
    assert len({line.get_linewidth()[0] for line in figure.axes[0].collections}) == 2
    assert set(difference.frame_of(drawn, View())["n"]) == {12}


def test_releases_show_rates_around_dates_and_the_base_rate() -> None:
    figure = drawn("releases")
    first = panels(figure)[0]
    x, y = line(first, "releases")
    assert x.tolist() == list(range(-6, 7))
    tables = make_tables()
    runs = rows_of(tables, tables.run_numbers("as_it_was", ACCOUNTS[0]))
    near = releases.around(tables.cube("releases", "as_it_was", ACCOUNTS[0]), np.array(sorted([*DEADLINES, 30])), runs)
    assert near is not None
    assert y == pytest.approx(near.mean)
    assert titles(figure)[0] == f"Account c\n5 dates: releases ×{near.ratio:.1f}"
    assert first.get_ylim()[0] == 0.0


def test_rates_around_dates() -> None:
    values = np.zeros((2, 40), dtype=np.float32)
    values[:, 20] = 4.0
    values[1, 23] = 2.0
    runs = pd.DataFrame({"replication": [0, 1]})
    found = releases.around(values, np.array([3, 20, 38]), runs)
    assert found is not None
    assert found.dates == 1
    assert found.mean[6] == 4.0
    assert found.mean[9] == 1.0
    assert found.half[9] == pytest.approx(12.706, abs=0.01)
    assert found.base == pytest.approx(1.0 / 11)
    assert found.ratio == pytest.approx(22.0)
    assert releases.around(values, np.array([3, 38]), runs) is None


def test_releases_need_a_date() -> None:
    tables = make_tables()
    with pytest.raises(DesignError, match="6 months or more from the ends"):
        releases.FIGURE(dataclasses.replace(tables, calendar=tables.calendar.iloc[:0]))
    assert set(DEADLINES) <= set(tables.dates("quiet", ["tariff_deadline"]).tolist())


def test_votes_show_the_margin_motions_or_sponsors() -> None:
    figure = drawn("votes")
    second = panels(figure)[1]
    x, margin = line(second, "vocal")
    assert len(x) == len(SESSIONS)
    assert margin[0] == pytest.approx(6.5)
    assert np.isnan(margin[1])
    several = votes.FIGURE(make_tables(), View(outcomes=("motions_tabled", "sponsors")))
    tabled, sponsors = panels(several)
    assert line(tabled, "quiet")[1].tolist() == [1, 0, 1, 1, 1]
    assert line(sponsors, "as_it_was")[1].tolist() == [15] * 5
    with pytest.raises(DesignError, match=r"--outcome: no outcome of votes is called 'sponsor'(.|\n)*mean 'sponsors'"):
        votes.FIGURE(make_tables(), View(outcomes=("sponsor",)))


def test_votes_mark_the_record() -> None:
    known = [motion for motion in HISTORY.motions if motion.year <= 1994 and motion.yes is not None]
    first = panels(drawn("votes"))[0]
    assert line(first, "record")[1].tolist() == [motion.yes - motion.no for motion in known]
    tabled = panels(votes.FIGURE(make_tables(), View(outcomes=("motions_tabled",))))[0]
    assert line(tabled, "record")[1].tolist() == [1, 0, 1, 1, 1]


def test_votes_need_sessions() -> None:
    tables = make_tables()
    with pytest.raises(DesignError, match="'votes' finds no session in the calendar of as_it_was"):
        votes.FIGURE(dataclasses.replace(tables, calendar=tables.calendar.iloc[:0]))


def test_a_roll_call_seats_every_member_by_its_vote() -> None:
    tables = make_tables()
    frame = rollcall.frame_of(tables, View())
    assert set(frame["panel"]) == {f"{ACCOUNTS[0]}|quiet", f"{ACCOUNTS[0]}|vocal"}
    first = frame[frame["arm"] == "quiet"]
    assert first["vote"].value_counts().to_dict() == {"yes": 20, "no": 15, "abstain": 7, "absent": 1}
    assert set(frame["date"]) == {"1990-03"}
    assert first[first["vote"] == "yes"]["x"].max() < first[first["vote"] == "no"]["x"].min()
    gaps = np.hypot(*(np.subtract.outer(first[name].to_numpy(), first[name].to_numpy()) for name in ("x", "y")))
    assert gaps[np.triu_indices(len(first), 1)].min() > 0.05
    told = " ".join(titles(rollcall.FIGURE(tables))[0].split())
    assert told.endswith("20 for no action, 15 against, 7 abstain, 1 absent")


def test_a_seat_stays_where_it_was_and_a_changed_vote_is_ringed() -> None:
    tables = make_tables()
    vocal = tables.events["run"].isin(tables.run_numbers("vocal", ACCOUNTS[0]))
    here = vocal & (tables.events["actor"] == "S03") & (tables.events["step"] == SESSIONS[3])
    events = tables.events.assign(detail=tables.events["detail"].where(~here, "no"))
    frame = rollcall.frame_of(dataclasses.replace(tables, events=events), View())
    assert set(frame["date"]) == {"1993-03"}, "the session in which votes differ is shown"
    seats = frame.pivot(index="member", columns="arm", values="x")
    assert (seats["quiet"] == seats["vocal"]).all()
    assert frame.loc[frame["changed"], ["member", "arm", "vote"]].to_numpy().tolist() == [["S03", "vocal", "no"]]


def test_a_session_whose_seats_are_drawn_is_shown_only_if_asked_and_seats_who_sat_in_half_the_runs() -> None:
    tables = make_tables()
    events = tables.events
    late = (events["kind"] == "vote_no_action") & (events["step"] == SESSIONS[3])
    vocal = events["run"].isin(tables.run_numbers("vocal", ACCOUNTS[0]))
    events = events.assign(detail=events["detail"].where(~(late & vocal & (events["actor"] == "S03")), "no"))
    # S05 sits in one run alone, another state in its place elsewhere
    first = int(tables.run_numbers("quiet", ACCOUNTS[0])[0])
    events = events[~(late & (events["actor"] == "S05") & (events["run"] != first))]
    drawn = dataclasses.replace(tables, events=events, known_until=Month(1992, 12))
    assert set(rollcall.frame_of(drawn, View())["date"]) == {"1990-03"}
    asked = rollcall.frame_of(drawn, View(date="1993-03"))
    assert "S05" not in set(asked["member"])
    assert len(asked[asked["arm"] == "quiet"]) == 42
    assert "members of fewer than half of them are left out" in rollcall.plan(drawn, View(date="1993-03")).reading
    assert "left out" not in rollcall.plan(drawn, View()).reading


@pytest.mark.parametrize(("date", "words"), [
    ("1991-03", "voted in this month(.|\n)*1990-03, 1992-03"), ("March", "--date"), ("2001-03", "outside the period"),
])  # fmt: skip
def test_a_month_without_a_vote_is_refused(date: str, words: str) -> None:
    with pytest.raises(DesignError, match=words):
        rollcall.FIGURE(make_tables(), View(date=date))


def test_lanes_show_spells_in_detention() -> None:
    frame = persons.frame_of(make_tables(), View())
    assert set(frame["arm"]) == {"quiet", "vocal"}
    quiet = frame[frame["arm"] == "quiet"]
    spells = persons.spells(quiet, 1989.0, 1995.0)
    year = make_tables().years(np.array([4, 20, 5, 30])).tolist()
    assert spells == [(0, 1989.0, year[0]), (0, year[1], 1995.0), (1, year[2], year[3])]
    assert "told" not in set(frame["what"])
    with pytest.raises(DesignError, match=r"--run: there is no such pair of runs(.|\n)*Found: 6(.|\n)*0 to 5"):
        persons.FIGURE(make_tables(), View(run=6))


@pytest.mark.parametrize(("view", "words"), [
    (View(accounts=("cooperative",)), r"--account: no account is called 'cooperative'(.|\n)*'cooperative_learning'"),
    (View(arms=("quite",)), r"--arm: no arm is called 'quite'(.|\n)*Did you mean 'quiet'"),
    (View(outcomes=("relases",)), r"--outcome: unknown outcome(.|\n)*Did you mean 'releases'"),
    (View(outcomes=("persons released",)), r"--outcome: unknown outcome(.|\n)*Did you mean 'releases'"),
])  # fmt: skip
@pytest.mark.parametrize("draw", [path.FIGURE, difference.FIGURE, contrast.FIGURE, accounts.FIGURE])
def test_unknown_names_are_answered_with_near_ones(draw, view: View, words: str) -> None:
    with pytest.raises(DesignError, match=words):
        draw(make_tables(), view)


def test_a_size_holds_without_the_caption_and_one_that_is_too_low_is_refused() -> None:
    size = (12 / 2.54, 7 / 2.54)
    figure = path.FIGURE(make_tables(), View(), Look(size=size, caption=False))
    assert tuple(figure.get_size_inches()) == pytest.approx(size)
    assert ASSUMED in figure.get_label()
    taller = path.FIGURE(make_tables(), View(), Look(size=size))
    assert taller.get_size_inches()[0] == pytest.approx(size[0])
    assert taller.get_size_inches()[1] > size[1]
    with pytest.raises(DesignError, match=r"--size: this is too low for 2 panels(.|\n)*Found: 3.8 cm(.|\n)*cm or more"):
        path.FIGURE(make_tables(), View(), Look(size=(4.0, 1.5)))


@pytest.mark.parametrize("name", THREE_FIRST)
def test_a_slide_has_no_type_below_eighteen_pixels(name: str) -> None:
    figure = FIGURES[name](make_tables(), View(), Look("slide"))
    wide, high = figure.get_size_inches() * figure.dpi
    assert wide == pytest.approx(1280, abs=1)
    assert high >= 719
    for text in figure.findobj(mpl.text.Text):
        if text.get_text() and text.get_visible():
            assert text.get_fontsize() * figure.dpi / 72 >= 17.9, text


def test_counts_in_words() -> None:
    assert span_text([1200, 1200]) == "1,200"
    assert span_text([]) == "0"


@pytest.mark.parametrize("name", THREE_FIRST)
def test_an_arm_without_a_run_is_left_out(name: str) -> None:
    tables = make_tables()
    lost = [run for account in ACCOUNTS for run in tables.run_numbers("vocal", account)]
    runs = tables.runs.assign(status=np.where(tables.runs["run"].isin(lost), "failed", "done"))
    fewer = dataclasses.replace(
        tables, runs=runs, outcomes=tables.outcomes[~tables.outcomes["run"].isin(lost)],
        series=tables.series[~tables.series["run"].isin(lost)], events=tables.events[~tables.events["run"].isin(lost)],
    )  # fmt: skip
    assert "vocal" not in FIGURES[name](fewer).get_label()
    if name not in ("releases",):
        with pytest.raises(DesignError, match="no arm is called 'vocal'"):
            FIGURES[name](fewer, View(arms=("vocal",)))


@pytest.mark.parametrize("draw", [contrast.FIGURE, accounts.FIGURE])
def test_an_outcome_that_no_pair_has_is_said_to_be_missing(draw) -> None:
    tables = make_tables()
    figure = draw(dataclasses.replace(tables, outcomes=tables.outcomes.assign(no_action_margin=np.nan)))
    _, caption, alt = words_of(figure)
    words = "missing in all pairs of runs, such as a margin without a vote: it has no mark."
    assert caption.count(words) == 1
    assert f"Margin for taking no action is {words}" in " ".join(caption.split())
    told = [part for part in alt.split(": ", 1)[-1].rstrip(".").split("; ") if "Margin" in part]
    assert told, alt
    assert all("missing" in part and "clear of 0" not in part for part in told)
