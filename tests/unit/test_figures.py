from __future__ import annotations

import dataclasses

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from demarche.errors import DesignError
from demarche.figures.common import ASSUMED, other_styles, span_text, styles
from demarche.figures.find import figures_of_experiments
from demarche.figures.kinds import accounts, contrast, paths, releases, votes
from demarche.figures.tables import FigureTables
from demarche.scenario.question import ask
from tests.unit.test_figures_tables import ACCOUNTS, ARMS, DEADLINES, HISTORY, ISSUES, SESSIONS, STEPS, make_tables

FIGURES = figures_of_experiments()
NAMES = list(FIGURES)


def asking(shown: tuple[str, ...], **changes: object) -> FigureTables:
    """Return the made-up tables of a scenario that asks for other outcomes."""
    tables = make_tables()
    asked = dataclasses.replace(tables.asked, outcomes=shown)
    return dataclasses.replace(tables, asked=asked, **changes)  # type: ignore[arg-type]


def line(ax: Axes, label: str) -> tuple[np.ndarray, np.ndarray]:
    found = [artist for artist in ax.lines if artist.get_label() == label]
    assert len(found) == 1, label
    return np.asarray(found[0].get_xdata(), dtype=float), np.asarray(found[0].get_ydata(), dtype=float)


def grid(figure: Figure, columns: int) -> np.ndarray:
    return np.array([ax for ax in figure.axes if ax.get_visible()], dtype=object).reshape(-1, columns)


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_states_its_assumptions_scenario_seed_and_runs(name: str) -> None:
    figure = FIGURES[name](make_tables())
    text = figure.get_label()
    runs = "36 runs, 6 of each arm and account"
    for words in (ASSUMED, "A made-up case, 1989-06 to 1994-05", "seed 1995", runs, *ACCOUNTS):
        assert words in text
    shown = figure.get_supxlabel().replace("\n", " ")
    assert ASSUMED in shown
    assert figure.legends[0].get_title().get_text() == text.splitlines()[0]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_global_is_left_behind(name: str) -> None:
    from matplotlib import pyplot

    before = dict(mpl.rcParams)
    FIGURES[name](make_tables())
    assert pyplot.get_fignums() == []
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("n", [1, 6])
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


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("arms", [ARMS, tuple(f"arm_{letter}" * 4 for letter in "abcdefghi")])
def test_no_text_leaves_the_figure_and_titles_do_not_collide(name: str, arms: tuple[str, ...]) -> None:
    figure = FIGURES[name](make_tables(arms=arms))
    renderer = figure.canvas.get_renderer()
    legend = figure.legends[0].get_window_extent(renderer)
    for ax in figure.axes:
        box = ax.get_tightbbox(renderer)
        if ax.get_visible():
            assert box.x0 >= -1
            assert box.x1 <= figure.bbox.x1 + 1
            assert box.y1 <= legend.y0 + 1
    assert legend.x1 <= figure.bbox.x1
    assert legend.y1 <= figure.bbox.y1


@pytest.mark.parametrize("name", NAMES)
def test_one_account_alone_can_be_drawn(name: str) -> None:
    figure = FIGURES[name](make_tables(accounts=ACCOUNTS[:1]))
    assert "account cooperative_learning." in figure.get_label()


def test_paths_show_medians_and_bands_of_each_arm() -> None:
    axes = grid(paths.draw(make_tables()), len(ACCOUNTS))
    assert axes.shape == (len(ISSUES), len(ACCOUNTS))
    x, y = line(axes[1, 0], "practice quiet")
    assert y == pytest.approx(0.325 + 0.001 * np.arange(STEPS), abs=1e-6)
    assert x[0] == pytest.approx(1989 + 5.5 / 12)
    assert line(axes[1, 1], "commitment as_it_was")[1] == pytest.approx(0.4 + 0.004 * np.arange(STEPS), abs=1e-6)
    band = axes[1, 0].collections[0].get_paths()[0].vertices[:, 1]
    assert band.min() == pytest.approx(0.305, abs=1e-6)
    assert axes[0, 0].get_ylabel() == "civil_political\nshare (0 to 1)"
    assert axes[1, 0].get_xlabel() == "year"
    assert axes[1, 0].get_xticklabels()[0].get_text() == "1989"


def test_paths_mark_the_record_that_the_case_brings() -> None:
    tables = make_tables()
    x, y = line(grid(paths.draw(tables), 2)[0, 0], "record")
    expected = [(score.year + 0.5, score.score) for score in HISTORY.rights if 1989 <= score.year <= 1994]
    assert list(zip(x, y, strict=True)) == expected
    other = paths.draw(dataclasses.replace(tables, record=None))
    assert all("record" not in str(artist.get_label()) for ax in other.axes for artist in ax.lines)
    assert "record" not in other.get_label()


def test_issues_are_chosen_from_what_was_recorded() -> None:
    columns = [f"{part}_{issue}" for issue in ("a", "b") for part in ("practice", "commitment")]
    assert paths.choose_issues([*columns, "practice_c", "core_practice"]) == ("a", "b")
    assert paths.choose_issues([*columns, "practice_labour", "commitment_labour"]) == ("labour",)


def test_contrast_marks_the_paired_mean_and_fills_marks_whose_interval_excludes_zero() -> None:
    tables = make_tables()
    axes = grid(contrast.draw(tables), len(ACCOUNTS))
    assert axes.shape == (3, 2)
    x, _ = line(axes[0, 0], "quiet")
    assert x[0] == pytest.approx(1.5, abs=0.2)
    assert line(axes[0, 1], "quiet")[0][0] == pytest.approx(-1.5, abs=0.2)
    faces = {artist.get_label(): artist.get_markerfacecolor() for artist in axes[0, 0].lines}
    assert faces["quiet"] != "white"
    equal = {artist.get_label(): artist.get_markerfacecolor() for artist in axes[1, 0].lines}
    assert equal["quiet"] == "white"
    assert axes[0, 0].get_xlim() == axes[0, 1].get_xlim() != axes[2, 0].get_xlim()
    assert axes[0, 0].get_ylabel() == "releases\n(persons)"
    assert "n = 6 an arm" in axes[0, 0].get_title()


@pytest.mark.parametrize("draw", [contrast.FIGURE, accounts.FIGURE])
def test_comparison_needs_two_arms(draw) -> None:
    with pytest.raises(DesignError, match="these results have one"):
        draw(make_tables(arms=("quiet",)))
    with pytest.raises(DesignError, match="no outcome to show"):
        draw(asking(()))


@pytest.mark.parametrize("draw", [contrast.draw, accounts.draw])
def test_runs_without_partner_are_left_out(draw) -> None:
    tables = make_tables()
    outcomes = tables.outcomes[tables.outcomes["run"] != tables.run_numbers("quiet", ACCOUNTS[0])[0]]
    assert "5 to 6 pairs of runs" in draw(dataclasses.replace(tables, outcomes=outcomes)).get_label()
    none = tables.outcomes[~((tables.outcomes["arm"] == "quiet") & (tables.outcomes["account"] == ACCOUNTS[0]))]
    assert "6 pairs of runs" in draw(dataclasses.replace(tables, outcomes=none)).get_label()


def test_accounts_say_where_they_disagree_in_sign() -> None:
    figure = accounts.draw(make_tables())
    assert "accounts disagree in sign on 1 of 3 outcomes" in figure.get_label().splitlines()[0]
    assert "releases (up in cooperative_learning, down in strategic_target)" in figure.get_label()
    flagged = [ax.get_title(loc="left") for ax in figure.axes if ax.get_title(loc="right") == "signs differ"]
    assert flagged == ["releases"]
    assert line(figure.axes[0], "cooperative_learning")[0][0] == pytest.approx(3.0, abs=0.3)
    assert figure.axes[0].get_xlabel() == "persons (n = 6 pairs)"


def test_accounts_that_agree_say_so() -> None:
    figure = accounts.draw(asking(("no_action_margin",)))
    assert "disagree in sign on none of 1 outcomes" in figure.get_label()


def test_accounts_draw_the_contrast_of_the_scenario() -> None:
    assert "Effect of quiet instead of vocal" in accounts.draw(make_tables()).get_label()
    assert "Effect of mixed instead of as_it_was" in accounts.draw(make_tables(arms=("as_it_was", "mixed"))).get_label()
    asked = ask(ARMS, ("releases",), contrast=("as_it_was", "vocal"))
    assert "Effect of as_it_was instead of vocal" in accounts.draw(
        dataclasses.replace(make_tables(), asked=asked)
    ).get_label()


@pytest.mark.parametrize("draw", [contrast.FIGURE, accounts.FIGURE])
def test_an_outcome_whose_window_does_not_fit_is_left_out_and_said(draw) -> None:
    outcomes = make_tables().outcomes.assign(core_practice_change=np.nan)
    figure = draw(asking(("releases", "core_practice_change"), outcomes=outcomes))
    assert "Not shown: core_practice_change needs a period of 72 months or more, this one has 60." in figure.get_label()
    with pytest.raises(DesignError, match=r"no outcome to show(.|\n)*whose windows fit the period"):
        draw(asking(("core_practice_change",), outcomes=outcomes))


@pytest.mark.parametrize("draw", [contrast.FIGURE, accounts.FIGURE])
def test_few_independent_units_are_warned_of(draw) -> None:
    words = "Only 4 independent replications: fewer than 5 make rough intervals."
    assert words in draw(make_tables(n=4)).get_label()
    assert "rough intervals" not in draw(make_tables(n=5)).get_label()


@pytest.mark.parametrize("draw", [contrast.FIGURE, accounts.FIGURE])
def test_draws_show_a_thick_line_given_the_draws(draw) -> None:
    tables = make_tables(n=12)
    outcomes = tables.outcomes.assign(
        draw=tables.outcomes["replication"] // 2, luck=tables.outcomes["replication"] % 2
    ).drop(columns=["point", "replication"])
    figure = draw(dataclasses.replace(tables, outcomes=outcomes))
    for words in ("over draws and luck, 6 independent draws. Thick line: 95 % interval given the draws (luck alone)",
                  "Intervals tell of luck and of what the account leaves open"):  # fmt: skip
        assert words in figure.get_label()
    widths = {line.get_linewidth()[0] for line in figure.axes[0].collections}
    assert len(widths) == 2


def test_releases_show_rates_around_dates_and_the_base_rate() -> None:
    axes = grid(releases.draw(make_tables()), len(ACCOUNTS))
    assert axes.shape == (3, 2)
    x, y = line(axes[0, 0], "releases")
    assert x.tolist() == list(range(-6, 7))
    assert y[(x == -1) | (x == 0)] == pytest.approx(3.0)
    assert y[x == 3] == pytest.approx(1.0)
    assert line(axes[0, 0], "base releases")[1] == pytest.approx([1.0, 1.0])
    assert axes[0, 0].texts[0].get_text() == "4 dates; ×3.0"
    assert axes[0, 0].get_ylabel() == "tariff deadline\npersons a month"
    assert axes[0, 0].get_ylim()[0] == 0.0
    assert {artist.get_label() for artist in axes[2, 0].lines} >= set(ARMS)


def test_rates_around_dates() -> None:
    values = np.zeros((2, 40), dtype=np.float32)
    values[:, 20] = 4.0
    values[1, 23] = 2.0
    found = releases.around(values, np.array([3, 20, 38]))
    assert found is not None
    assert found.dates == 1
    assert found.mean[6] == 4.0
    assert found.mean[9] == 1.0
    assert found.half[9] == pytest.approx(12.706, abs=0.01)
    assert found.base == pytest.approx(1.0 / 11)
    assert found.ratio == pytest.approx(22.0)
    assert releases.around(values, np.array([3, 38])) is None


def test_releases_need_a_date() -> None:
    tables = make_tables()
    with pytest.raises(DesignError, match="6 months or more from the ends"):
        releases.FIGURE(dataclasses.replace(tables, calendar=tables.calendar.iloc[:0]))
    assert set(DEADLINES) <= set(tables.dates("quiet", ["tariff_deadline"]).tolist())


def test_votes_show_members_margin_tabled_and_sponsors() -> None:
    axes = grid(votes.draw(make_tables()), len(ACCOUNTS))
    assert axes.shape == (4, 2)
    x, yes = line(axes[0, 0], "yes")
    assert len(x) == len(SESSIONS)
    assert np.isnan(yes[1])
    assert yes[[0, 2, 3, 4]].tolist() == [20, 20, 20, 20]
    assert line(axes[0, 0], "abstain")[1][0] == 7
    margin = line(axes[1, 1], "vocal")[1]
    assert margin[0] == pytest.approx(6.5)
    assert np.isnan(margin[1])
    assert line(axes[2, 0], "quiet")[1].tolist() == [1, 0, 1, 1, 1]
    assert line(axes[3, 0], "as_it_was")[1].tolist() == [15] * 5


def test_votes_mark_the_record() -> None:
    axes = grid(votes.draw(make_tables()), len(ACCOUNTS))
    known = [motion for motion in HISTORY.motions if motion.year <= 1994 and motion.yes is not None]
    assert line(axes[0, 0], "record yes")[1].tolist() == [motion.yes for motion in known]
    assert line(axes[1, 0], "record")[1].tolist() == [motion.yes - motion.no for motion in known]
    assert line(axes[2, 0], "record")[1].tolist() == [1, 0, 1, 1, 1]


def test_votes_without_events_leave_the_first_row_out() -> None:
    tables = make_tables()
    axes = grid(votes.draw(dataclasses.replace(tables, events=tables.events.iloc[:0])), len(ACCOUNTS))
    assert axes.shape == (3, 2)
    assert axes[0, 0].get_ylabel() == "margin (yes - no)\nvotes"


def test_votes_need_sessions() -> None:
    tables = make_tables()
    with pytest.raises(DesignError, match="'votes' finds no session in the calendar of as_it_was"):
        votes.FIGURE(dataclasses.replace(tables, calendar=tables.calendar.iloc[:0]))


def test_styles_differ_without_colour() -> None:
    names = ["quiet", "vocal", "mixed", "sequence", "as_it_was"]
    found = styles(names, "as_it_was")
    assert next(iter(found)) == "as_it_was"
    assert len({look.marker for look in found.values()}) == len(names)
    assert len({str(look.dashes) for look in found.values()}) == len(names)
    assert not {look.colour for look in other_styles(names).values()} & {look.colour for look in found.values()}


def test_counts_in_words() -> None:
    assert span_text([1200, 1200]) == "1,200"
    assert span_text([]) == "0"
