"""Everything that a report or a deck says, gathered once from a results folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from demarche.analysis.side_by_side import Workers
from demarche.errors import DemarcheError
from demarche.figures.carried import LUCKS, carried_by
from demarche.figures.draw import read_what_they_need
from demarche.figures.find import find_figures
from demarche.figures.look import Look
from demarche.figures.view import View, series_of
from demarche.report.chain import LinkTold, Why, links_told, whys
from demarche.report.effects import Effects, effects_of
from demarche.report.facts import arm_differences, commands, dictionary, methods, provenance, scenario_of
from demarche.report.happened import Happened, happened_of
from demarche.report.judged import Scores, scores_of
from demarche.report.pictures import Picture, from_figure, picture, usual_pictures, without_words

if TYPE_CHECKING:
    from demarche.experiment.results.store import Results
    from demarche.figures.tables import FigureTables

IN_PAGE = Look(caption=False, title=False)
MOST_SPLIT = 8  # outcomes whose variance is split
NO_SCORES = "Slides show no scorecard."
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What a report holds besides what is read from the results.

    Parameters
    ----------
    repeats
        Whether runs are repeated: placebos of the scorecard, what links carry, who speaks to whom.
    lucks
        Lucks over which it is measured what links carry.
    workers
        Processes that run the placebos.
    page
        Whether it is for a page, with figures and the scorecard; slides draw their own figures and show no scorecard.
    tell
        Called with a word on what is done next.
    """

    repeats: bool = True
    lucks: int = LUCKS
    workers: int = 1
    page: bool = True
    tell: Tell = lambda text: None


@dataclass(frozen=True)
class Contents:
    """What a report says.

    Parameters
    ----------
    title, question, folder, period, runs
        Of the experiment.
    arms, accounts
        Name -> title; name -> title and what the account holds.
    reference
        The arm that others are held against.
    differences
        Arm -> what it sets otherwise than the reference, in words.
    effects
        Effects of the contrast, None with one arm.
    pictures
        Figures in order.
    scores
        The scorecard, or why there is none.
    whys, links
        What carries each effect, and what stands behind each link.
    why_not
        Why nothing is said of links; empty if something is.
    methods, provenance, commands, dictionary
        See `facts`.
    failed
        Runs that failed.
    assumed, shaded
        What effects follow from; what a grey background in figures over time stands for, empty if there is none.
    happened
        Events of one run with their reasons.
    asked_of
        Figure -> what one may ask of it: words and the anchor where the report answers.
    """

    title: str
    question: str
    folder: str
    period: str
    runs: str
    arms: Mapping[str, str]
    accounts: Mapping[str, tuple[str, str]]
    reference: str
    differences: Mapping[str, tuple[str, ...]]
    effects: Effects | None
    pictures: tuple[Picture, ...]
    scores: Scores | str
    whys: tuple[Why, ...]
    links: tuple[LinkTold, ...]
    why_not: str
    methods: tuple[str, ...]
    provenance: Mapping[str, str]
    commands: Mapping[str, str]
    dictionary: Mapping[str, list[dict[str, str]]]
    failed: int = 0
    assumed: str = field(default="")
    shaded: str = ""
    happened: tuple[Happened, ...] = ()
    asked_of: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def contents_of(results: Results, wanted: Wanted, look: Look = IN_PAGE) -> Contents:
    """Return what a report of some results says.

    Parameters
    ----------
    results
        A finished results folder.
    wanted
        What it holds besides.
    look
        How its figures look.

    Raises
    ------
    DesignError
        If no run was done.
    """
    from demarche.analysis.comparison.batch import batch_of
    from demarche.figures.common import ASSUMED, runs_text

    batch_of(results)
    manifest = results.manifest
    tables = read_what_they_need(results, find_figures().values())
    wanted.tell("effects and figures")
    effects, scenario = effects_of(tables), scenario_of(results)
    pictures: list[Picture] = []
    happened: tuple[Happened, ...] = ()
    scores: Scores | str = NO_SCORES
    if wanted.page:
        pictures = [*_first(tables, look), *usual_pictures(tables, look), *_variance(tables, look)]
    with Workers(wanted.workers) as workers:
        told, links, why_not = _behind(tables, effects, wanted, workers)
        if wanted.page:
            pictures += _pictures_of_it(tables, effects, look) if told else []
            if effects is not None and wanted.repeats:
                wanted.tell("reasons of some events")
                happened = happened_of(results, tables, (effects.arm, effects.against))
            wanted.tell("scorecard with placebos" if wanted.repeats else "scorecard without placebos")
            scores = scores_of(results, wanted.repeats, workers)
    return Contents(
        title=manifest.title or manifest.name, question=manifest.question, folder=results.path.resolve().name,
        period=f"{manifest.period['start']} to {manifest.period['end']}",
        runs=runs_text(tables), arms=dict(tables.arms),
        accounts=_accounts(results), reference=tables.reference,
        differences=arm_differences(scenario, tuple(tables.arms), tables.reference), effects=effects,
        pictures=tuple(pictures), scores=scores, whys=told, links=links,
        why_not=why_not, methods=methods(results, tables, effects), provenance=provenance(results),
        commands=commands(results), dictionary=dictionary(results),
        failed=int(manifest.runs.get("failed", 0)) + int(manifest.runs.get("killed", 0)), assumed=ASSUMED,
        shaded=_shaded(tables), happened=happened, asked_of=_asked_of(tables, effects, told, happened),
    )  # fmt: skip


def _asked_of(
    tables: FigureTables, effects: Effects | None, told: tuple[Why, ...], happened: tuple[Happened, ...]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return what each figure leads to: events with their reasons, and the links that carry the effect it shows."""
    events = {kind: tuple(("an event behind it, and why", one.anchor) for one in happened if one.kind == kind)[:1]
              for kind in ("release", "vote_no_action")}  # fmt: skip
    rows = effects.rows if effects is not None else ()
    drawn = next((row.title for row in rows if series_of(row.name) in tables.series.columns), "")
    carried = tuple((f"what carries it in {tables.accounts[why.account] or why.account}", why.anchor)
                    for why in told if why.outcome == drawn)  # fmt: skip
    found = {
        "difference": (*events["release"], *carried), "contrast": events["release"], "persons": events["release"],
        "path": events["release"], "votes": events["vote_no_action"], "rollcall": events["vote_no_action"],
    }  # fmt: skip
    return {f"figure-{kind}": some for kind, some in found.items() if some}


def _shaded(tables: FigureTables) -> str:
    if tables.projected_from is None:
        return ""
    return f"Grey background in figures over time: after {tables.known_until}, where the data end, a projection."


def _accounts(results: Results) -> dict[str, tuple[str, str]]:
    entries = results.manifest.accounts
    return {str(name): (str(entries[name].get("title") or name), str(entries[name].get("account", "")))
            for name in results.manifest.experiment["accounts"]}  # fmt: skip


def _first(tables: FigureTables, look: Look) -> list[Picture]:
    found = picture(tables, "accounts", "figure-accounts", look=look)
    return [] if found is None else [found]


def _variance(tables: FigureTables, look: Look) -> list[Picture]:
    """Return the split of the variance, if it can be split."""
    from demarche.analysis.comparison.units import POINT_GROUP
    from demarche.analysis.variance import resampled_words, split_variance
    from demarche.figures.kinds.variance_split import FIGURE
    from demarche.figures.titles import title_of

    runs, shown = tables.batch.runs, tables.batch.shown
    names = tuple(name for name in shown if name not in tables.batch.without_number(shown))[:MOST_SPLIT]
    sampled = POINT_GROUP in runs.columns
    found = split_variance(runs, names, sampled)
    if found.empty:
        return []
    figure = without_words(FIGURE(tables, found, resampled_words(runs, sampled)))
    table = found[~found["term"].str.startswith("all ")].assign(
        outcome=[title_of(name) for name in found.loc[~found["term"].str.startswith("all "), "outcome"]]
    )
    return [from_figure(figure, "figure-variance", table.rename(columns={"n": "draws or replications"}), look)]


def _behind(tables: FigureTables, effects: Effects | None, wanted: Wanted, workers: Workers
            ) -> tuple[tuple[Why, ...], tuple[LinkTold, ...], str]:  # fmt: skip
    """Return what stands behind the effects, or why nothing is said of it."""
    if effects is None:
        return (), (), "There is one arm, so that there is no effect to explain."
    if not wanted.repeats:
        return (), (), "What links carry was not measured (--quick)."
    pair, outcomes = (effects.arm, effects.against), [row.name for row in effects.rows]
    try:
        carried = carried_by(
            tables, tuple(tables.accounts), pair, outcomes, wanted.lucks, workers,
            lambda done, total: wanted.tell(f"what links carry: {done:,} of {total:,} runs"),
        )  # fmt: skip
    except DemarcheError as error:
        return (), (), f"{' '.join(problem.what for problem in error.problems)}."
    told = whys(carried, effects)
    links = links_told((part.link for why in told for part in why.parts), tables.accounts)
    return told, links, ""


def _pictures_of_it(tables: FigureTables, effects: Effects | None, look: Look) -> list[Picture]:
    """Return the figures of what carries the most telling effect, and of who speaks to whom."""
    if effects is None:
        return []
    first = effects.telling[0].name
    views = {account: View(accounts=(account,), outcomes=(first,)) for account in tables.accounts}
    found = [picture(tables, "links", f"figure-links-{account}", view, look) for account, view in views.items()]
    found.append(picture(tables, "talks", "figure-talks", look=look))
    return [one for one in found if one is not None]
