"""What the keys of an experiment file demand of each other, of the rules and of the scenario."""

from __future__ import annotations

from collections.abc import Mapping

from demarche.experiment.design.file import ExperimentFile
from demarche.experiment.design.find import AnyMethod, fitting, methods, own_keys
from demarche.experiment.design.layout import count_points, count_runs, method_of, paths_of
from demarche.experiment.design.method import RUNS_KEY
from demarche.experiment.design.named_rules import OFF, Scope, check_rules
from demarche.experiment.design.parameters_from import MEDIANS, POSTERIOR, PRIOR
from demarche.experiment.design.request import Request, Vary
from demarche.reading.names import check_names, check_repeats
from demarche.reading.report import Report
from demarche.reading.strict import Strict
from demarche.reading.yaml_nodes import ANY, KeyPath
from demarche.scenario.checks import check_parameters
from demarche.scenario.content import Scenario

MAX_RUNS = 10_000_000  # a mistyped design should not fill a disk; the largest studied design has some 43,000
MAX_NUMBERS = 50_000_000  # values of the table of points, 400 MB


def check_names_used(report: Report, scenario: Scenario | None) -> None:
    """Refuse unknown and repeated names of parameters, rules, arms, accounts and figures.

    Without a scenario nobody knows which rules, arms and accounts there are.
    """
    select = report.document.select
    for pattern in (("arms", ANY), ("accounts", ANY), ("figures", ANY)):
        check_repeats(report, select(*pattern))
    asked = methods().get(str(report.document.get("design")))
    if asked is None or not asked.repeats:
        check_repeats(report, select("vary", ANY, "values", ANY))
    if scenario is not None:
        check_names(report, "arm of the scenario", select("arms", ANY), scenario.arms)
        check_names(report, "account of the scenario", select("accounts", ANY), scenario.accounts)
        _check_rules_named(report, Scope(scenario.catalogue, _accounts_run(report, scenario)))


def _check_rules_named(report: Report, scope: Scope) -> None:
    select, known = report.document.select, scope.catalogue.parameters
    check_names(report, "parameter", select("vary", ANY), known, at_key=True)
    check_parameters(report, select("vary", ANY, ANY, ANY), known)
    what, fix = "the rule has no parameter with the role of an uncertainty", "name one of its parameters in 'vary'"
    check_rules(
        report, "vary_rules", scope, lambda rule: any(one.role == "uncertainty" for one in rule.parameters),
        what, f"leave it out, or {fix}",
    )  # fmt: skip
    for method in methods().values():
        method.names(report, scope)
    for path, _ in select("vary", ANY):
        if path[-1] not in scope.paths:
            report.add(path, "its rule is on in none of the accounts", found=path[-1], fix=OFF, at_key=True)


def _accounts_run(report: Report, scenario: Scenario) -> tuple[str, ...]:
    given = report.document.get("accounts")
    names = given if isinstance(given, list) else scenario.accounts
    return tuple(name for name in names if isinstance(name, str))


def keys_of(model: ExperimentFile, method: AnyMethod) -> Strict:
    """Return those keys of a file that are a method's own, as the method declares them."""
    given = {name: getattr(model, name) for name in method.takes if name in model.model_fields_set}
    keys: Strict = method.keys.model_validate(given)
    return keys


def check_design(report: Report, model: ExperimentFile) -> None:
    """Check which keys the design needs and takes, and what it can lay out."""
    method, given = model.asked, model.model_fields_set
    design, known = method.name, own_keys()
    for key in method.needs:
        if key not in given:
            example = (known[key].examples or ["..."])[0]
            fix = f"add for example '{key}: {example}'"
            place = "design" if "design" in given else method.implied_by
            report.add((place,), f"the {design} design needs '{key}'", found=design, fix=fix)
    _check_runs(report, model, method)
    for key in known:
        if key in given and key not in method.takes:
            others = fitting(key)
            fix = f"leave it out, or write 'design: {others[0]}'"
            what, expected = f"the {design} design takes no '{key}'", ", ".join(others)
            report.add((key,), what, expected=expected, fix=fix, at_key=True)
    if method.varies and "design" in given and not model.vary and not model.vary_rules:
        what, fix = "there is a design but nothing varies", "add 'vary', or leave it out"
        report.add(("design",), what, found=design, fix=fix)
    _check_parameters_from(report, model)
    keys = keys_of(model, method)
    if key := method.power_of_two:
        _check_power_of_two(report, (key,), getattr(keys, key))
    vary = varied(model)
    _check_vary(report, model, method, vary)
    method.check(report, vary, keys)


def _check_runs(report: Report, model: ExperimentFile, method: AnyMethod) -> None:
    """Refuse a file that does not say how many runs there are, or says it in two ways."""
    given, key = model.model_fields_set, method.runs_key
    if key == RUNS_KEY and key not in given:
        others = [" and ".join(f"'{name}'" for name in one.needs) for one in methods().values() if one.implied_by]
        what, fix = f"the key '{key}' is missing", f"add for example '{key}: 100', or {' or '.join(others)}"
        report.add((key,), what, fix=fix)
    if key != RUNS_KEY and RUNS_KEY in given:
        what, fix = f"the {method.name} design counts its runs by '{key}'", f"leave it out, or write '{key}' alone"
        report.add((RUNS_KEY,), what, found=model.replications, fix=fix, at_key=True)


def _check_parameters_from(report: Report, model: ExperimentFile) -> None:
    """Refuse draws of a prior or posterior without draws, and words on how to draw where nothing is drawn."""
    method, given = model.asked, model.model_fields_set
    if "parameters" in given and model.parameters != MEDIANS and method.shares_luck:
        fix = "give 'draws' and 'lucks' in place of 'replications' and of what varies, or write 'parameters: medians'"
        what = f"the {method.name} design draws nothing: its parameters lie at the medians of the accounts"
        report.add(("parameters",), what, found=model.parameters, expected=MEDIANS, fix=fix)
    if not model.holds_draws:
        return
    for key in method.takes:
        if key in given and key not in (method.implied_by, method.runs_key):
            what = "with 'parameters: medians' nothing is drawn"
            fix = f"leave '{key}' out, or write 'parameters: {POSTERIOR if key == 'posteriors' else PRIOR}'"
            report.add((key,), what, fix=fix, at_key=True)


def varied(model: ExperimentFile) -> dict[str, Vary]:
    """Return how the parameters that a file names vary."""
    return {
        name: Vary(tuple(entry.values)) if entry.values else Vary((), *entry.range)
        for name, entry in model.vary.items()
    }


def _check_power_of_two(report: Report, path: KeyPath, value: int) -> None:
    if value & (value - 1):
        lower = 1 << (value.bit_length() - 1)
        what = "a Sobol' sequence is balanced only over a power of two"
        report.add(path, what, found=value, expected=f"{lower} or {2 * lower}")


def _check_vary(report: Report, model: ExperimentFile, method: AnyMethod, vary: Mapping[str, Vary]) -> None:
    design = method.name
    for key in ("vary", "vary_rules") if not method.varies else ():
        if key in model.model_fields_set:
            fix = "leave it out, or choose another design"
            report.add((key,), f"the {design} design takes no '{key}'", found=design, fix=fix, at_key=True)
    if not method.varies:
        return
    fix = "write 'values: [...]', or 'design: latin_hypercube' with 'points'"
    if model.vary_rules and not method.samples:
        report.add(("vary_rules",), f"ranges are sampled, but the design is {design}", fix=fix, at_key=True)
    for name, entry in vary.items():
        path: KeyPath = ("vary", name)
        if entry.is_range and not method.samples:
            report.add(path, f"a range is sampled, but the design is {design}", fix=fix)
        elif not entry.is_range and not method.sweeps:
            what = f"the {design} design samples ranges, but these are values"
            report.add(path, what, fix="write 'range: [low, high]'")


def check_size(report: Report, model: ExperimentFile, request: Request) -> None:
    """Refuse an experiment that lays out nothing, or far more than can be meant."""
    paths = paths_of(request)
    if not paths and model.vary_rules:
        what = "none of their rules that are on in the accounts has an uncertainty"
        report.add(("vary_rules",), what, fix="name other rules or families", at_key=True)
        return
    path: KeyPath = next(((key,) for key in method_of(request).needs), ("replications",))
    points = count_points(request)
    if points * len(paths) > MAX_NUMBERS or points > MAX_RUNS:
        what = f"the design has {points:,} points of {len(paths):,} parameters"
        expected = f"at most {MAX_NUMBERS:,} values, and {MAX_RUNS:,} points"
        report.add(path, what, expected=expected, fix="use fewer points, values or parameters")
    elif (n_runs := count_runs(request)) > MAX_RUNS:
        what = f"the experiment asks for {n_runs:,} runs"
        fix, expected = "use fewer replications, values or points", f"at most {MAX_RUNS:,} runs"
        report.add((method_of(request).runs_key,), what, found=request.replications, expected=expected, fix=fix)
