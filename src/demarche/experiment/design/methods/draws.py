"""Design `draws`: every uncertain parameter from its prior, and luck anew in every draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

import numpy as np
from pydantic import Field, PrivateAttr

from demarche.accounts.posterior import Posterior, read_posterior
from demarche.accounts.priors import FAMILY_CORRELATION, Prior, draw_values, normals_of, range_prior
from demarche.arrays import Array
from demarche.errors import ScenarioError
from demarche.experiment.design.baseline import baseline
from demarche.experiment.design.kit import MAX_POINTS
from demarche.experiment.design.method import Ask, Method
from demarche.experiment.design.named_rules import ALL_RULES, Scope, check_rules, named_rules
from demarche.experiment.design.parameters_from import POSTERIOR
from demarche.experiment.design.request import Request
from demarche.experiment.design.seeds import new_at_every_point
from demarche.reading.includes import find_include
from demarche.reading.names import check_names
from demarche.reading.report import Report
from demarche.reading.strict import Strict
from demarche.reading.yaml_nodes import ANY
from demarche.rules.common import GAP_PREFIX, START_PREFIX
from demarche.rules.contract import Rule
from demarche.rules.identity import digest_of, rule_digest
from demarche.rules.priors import priors_of, uncertain_paths
from demarche.world.levers import LEVER_PATHS

MAX_LUCKS = 100_000


class Keys(Strict):
    """The keys of draws."""

    draws: Annotated[int, Field(ge=2, le=MAX_POINTS)] = Field(
        default=50, description="draws of the uncertain parameters from their priors; 50 to begin with", examples=["50"]
    )
    lucks: Annotated[int, Field(ge=1, le=MAX_LUCKS)] = Field(
        default=2, description="runs of each arm, account and draw, each with luck of its own; 2 to begin with",
        examples=["2"],
    )  # fmt: skip
    draw_rules: list[str] = Field(
        default=[], min_length=1, description="rules or families of which parameters are drawn; all if left out"
    )
    draw_levers: dict[str, Annotated[list[float], Field(min_length=2, max_length=2)]] = Field(
        default={}, min_length=1, examples=["{lever.effort: [0.5, 1.5]}"],
        description="levers that are drawn too, evenly between two values, for all alike and over what the arms say",
    )  # fmt: skip
    family_correlation: Annotated[float, Field(ge=0, le=1)] = Field(
        default=FAMILY_CORRELATION, description="correlation of priors of one family, 0 for independent ones"
    )
    posteriors: list[str] = Field(
        default=[], min_length=1, examples=["[posterior.json]"],
        description="posterior files, one an account, relative to this file; written by `demarche calibrate`",
    )  # fmt: skip
    _read: dict[str, Posterior] = PrivateAttr(default_factory=dict)

    @property
    def learned(self) -> Mapping[str, Posterior]:
        """Account -> what a record left of it; empty if draws are of the priors."""
        return self._read

    def with_posteriors(self, found: dict[str, Posterior]) -> Keys:
        """Return the same keys with the posteriors that they name."""
        copied = self.model_copy()
        copied._read = found
        return copied


def _drawn(keys: Keys, scope: Scope) -> tuple[str, ...]:
    """Return the paths of the links, base rates and numbers of rules that are drawn."""
    return uncertain_paths(tuple(named_rules(keys.draw_rules or [ALL_RULES], scope)))


def columns(request: Request, options: Keys) -> tuple[str, ...]:
    """Return the parameters that are drawn; one that the scenario sets is known and is not."""
    drawn = _drawn(options, Scope(request.scenario.catalogue, request.accounts))
    paths = (*drawn, *_starts(request)) if not options.draw_rules else drawn
    return (*(path for path in paths if path not in request.scenario.parameters), *options.draw_levers)


def _starts(request: Request) -> dict[str, Prior]:
    """Return path -> prior of each starting value and each column with gaps that the cast assumes within a range."""
    said, gaps = request.scenario.cast.initial, request.scenario.cast.gaps
    assumed = {
        GAP_PREFIX + name: range_prior(GAP_PREFIX + name, gap.value, gap.low, gap.high) for name, gap in gaps.items()
    }
    return assumed | {
        START_PREFIX + name: range_prior(START_PREFIX + name, one.value, *one.ends)
        for name, one in said.items()
        if one.ends is not None
    }


def lay_out(request: Request, options: Keys) -> Array:
    """Return points that say nothing: values differ by account; see `by_account`."""
    return np.full((options.draws, len(columns(request, options))), np.nan)


def by_account(request: Request, options: Keys) -> dict[str, Array]:
    """Return the drawn values of each account; a parameter whose rule is off in it keeps its default."""
    paths = columns(request, options)
    catalogue, found = request.scenario.catalogue, {}
    for account in request.accounts:
        values = np.tile(baseline(catalogue, paths, {}), (options.draws, 1))
        drawn = draw_values(priors(request, options, account), request.seed, range(options.draws),
                            options.family_correlation)  # fmt: skip
        if account in options.learned:
            rows = options.learned[account].rows(range(options.draws))
            drawn |= {path: rows[path] for path in paths if path in rows}
        drawn |= _levers(request, options)
        for column, path in enumerate(paths):
            values[:, column] = drawn.get(path, values[:, column])
        found[account] = values
    return found


def _levers(request: Request, options: Keys) -> dict[str, Array]:
    """Return path -> values `(n_draws,)` of the levers that are drawn, the same in every arm and account."""
    from scipy.special import ndtr

    luck = {path: ndtr(normals_of(path, request.seed, range(options.draws))) for path in options.draw_levers}
    return {path: low + (high - low) * luck[path] for path, (low, high) in options.draw_levers.items()}


def priors(request: Request, options: Keys, account: str) -> Iterator[Prior]:
    """Yield what an account holds of what is drawn; starting values are the cast's, in every account alike."""
    scenario, starts, paths = request.scenario, _starts(request), columns(request, options)
    others = [path for path in paths if path not in starts and path not in options.draw_levers]
    yield from priors_of(scenario.catalogue, scenario.accounts[account], others, scenario.parameters).values()
    yield from (prior for path, prior in starts.items() if path in paths)


def names(report: Report, scope: Scope) -> None:
    """Refuse names of no rule or lever, rules that have nothing uncertain or are on in no account, and bad ranges."""
    what, fix = "the rule has no parameter that is uncertain", "leave it out, or name another"
    check_rules(report, "draw_rules", scope, _is_uncertain, what, fix)
    entries = list(report.document.select("draw_levers", ANY))
    check_names(report, "lever", entries, LEVER_PATHS, at_key=True)
    for path, said in entries:
        part = LEVER_PATHS.get(str(path[-1]))
        ends = [float(end) for end in said if isinstance(end, (int, float))] if isinstance(said, list) else []
        if part is not None and len(ends) == 2 and not part.low <= ends[0] < ends[1] <= part.high:
            expected = f"two rising numbers from {part.low:g} to {part.high:g} ({part.unit})"
            report.add(path, "the range does not fit the lever", found=said, expected=expected)


def _is_uncertain(rule: Rule) -> bool:
    return bool(uncertain_paths((rule,)))


def read(ask: Ask, keys: Keys) -> Keys | None:
    """Return the keys; refuse those that leave nothing to draw."""
    if not _drawn(keys, ask.scope):
        what, fix = "none of their rules that are on in the accounts has an uncertain parameter", "name other rules"
        ask.report.add(("draw_rules",), what, fix=fix, at_key=True)
        return None
    return _with_posteriors(ask, keys)


def _with_posteriors(ask: Ask, keys: Keys) -> Keys | None:
    """Return the keys with what their posterior files hold; refuse files of other rules, and accounts without one."""
    if (ask.parameters == POSTERIOR) != bool(keys.posteriors):
        what, fix = "'parameters: posterior' and 'posteriors' belong together", "give both, or neither"
        ask.report.add(("posteriors" if keys.posteriors else "parameters",), what, fix=fix, at_key=True)
        return None
    found: dict[str, Posterior] = {}
    for at, name in enumerate(keys.posteriors):
        one = _posterior(ask, ("posteriors", at), name)
        if one is None:
            return None
        found[one.account] = one
    lacking = [account for account in ask.accounts if account not in found]
    if found and lacking:
        fix = "leave these accounts out, or calibrate them"
        ask.report.add(("posteriors",), "accounts have no posterior file", found=", ".join(lacking), fix=fix)
        return None
    return keys.with_posteriors(found)


def _posterior(ask: Ask, key: tuple[str, int], name: str) -> Posterior | None:
    path = find_include(ask.report, key, name, ask.folder, ask.folder.resolve().parent)
    if path is None:
        return None
    try:
        one = read_posterior(path)
    except ScenarioError as error:
        fix = "mend the problems of the file below"
        ask.report.add(key, "the posterior file cannot be used", found=name, fix=fix)
        ask.report.add_foreign(error.problems)
        return None
    if one.rules != digest_of(rule_digest(rule) for rule in ask.catalogue.rules):
        fix = "calibrate again"
        ask.report.add(key, "the posterior file was learned with other rules", found=name, fix=fix)
        return None
    return one


def describe(options: Keys) -> dict[str, object]:
    """Return what an analysis must know: the keys, and from what posteriors were learned, which cannot judge them."""
    told: dict[str, object] = options.model_dump(exclude={"posteriors"})
    if options.learned:
        told["learned"] = {
            name: {"until": one.until, "matched": list(one.report.get("matched", ()))}
            for name, one in options.learned.items()
        }
    return told


DRAWS = Method[Keys, Keys](
    name="draws",
    meaning="`draws` of every uncertain parameter from its prior, or posterior, the same luck of draws in every arm "
    "and account, x `lucks` runs each with luck of its own",
    count=lambda request, options: options.draws,
    lay_out=lay_out,
    by_account=by_account,
    keys=Keys,
    needs=("draws", "lucks"),
    implied_by="draws",
    runs_key="lucks",
    places=("draw", "luck"),
    varies=False,
    names=names,
    read=read,
    columns=columns,
    describe=describe,
    files=lambda options: tuple(one.path for one in options.learned.values() if one.path is not None),
    seed_of=new_at_every_point,
)
