"""What the keys of an experiment file demand of each other, of the rules and of the scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demarche.experiment.design.file import ALL_RULES, EXAMPLES, METHODS, OWN_KEYS, ExperimentFile
from demarche.experiment.design.methods import count_runs, paths_of
from demarche.experiment.design.named_rules import rules_on
from demarche.experiment.design.request import Request
from demarche.experiment.design.run_table import Table
from demarche.reading.report import Report
from demarche.reading.yaml_nodes import ANY, KeyPath
from demarche.scenario.checks import check_names, check_parameters, check_repeats
from demarche.scenario.content import Scenario

if TYPE_CHECKING:
    from demarche.rules.contract import Rule

MAX_RUNS = 10_000_000  # a mistyped design should not fill a disk; the largest studied design has some 43,000
MAX_NUMBERS = 50_000_000  # values of the table of points, 400 MB
RULE_LISTS = ("vary_rules", "rules")


def check_names_used(report: Report, scenario: Scenario | None) -> None:
    """Refuse unknown and repeated names of parameters, rules, arms, packs and figures."""
    from demarche.rules.contract import FAMILIES
    from demarche.rules.find import find_rules, parameters

    select = report.document.select
    check_names(report, "parameter", select("vary", ANY), parameters(), at_key=True)
    check_parameters(report, select("vary", ANY, ANY, ANY))
    families = ", ".join(FAMILIES)
    for key in RULE_LISTS:
        also = (ALL_RULES,) if key == "rules" else ()
        known = (*also, *FAMILIES, *(rule.id for rule in find_rules()))
        expected = f"{'all, ' if also else ''}a family ({families}) or the id of a rule"
        check_names(report, "rule or family", select(key, ANY), known, expected=expected)
    repeated = [("arms", ANY), ("packs", ANY), ("figures", ANY), *((key, ANY) for key in RULE_LISTS)]
    for pattern in repeated:
        check_repeats(report, select(*pattern))
    if report.document.get("design") != "list":  # where a value of one parameter may stand beside several of another
        check_repeats(report, select("vary", ANY, "values", ANY))
    if scenario is not None:
        check_names(report, "arm of the scenario", select("arms", ANY), scenario.arms)
        check_names(report, "pack of the scenario", select("packs", ANY), scenario.packs)
        _check_rules_on(report, scenario)


def _check_rules_on(report: Report, scenario: Scenario) -> None:
    """Refuse parameters and rules that are on in none of the packs, and rules that have nothing to vary."""
    from demarche.rules.find import find_rules

    given = report.document.get("packs")
    packs = [pack for pack in given if isinstance(pack, str)] if isinstance(given, list) else scenario.packs
    on = rules_on(packs)
    paths = {path for rule in on.values() for path in rule.parameter_paths}
    known = {rule.id: rule for rule in find_rules()}
    fix = "leave it out, or add a pack in which its rule is on"
    for path, _ in report.document.select("vary", ANY):
        if path[-1] not in paths:
            what = "its rule is on in none of the packs"
            report.add(path, what, found=path[-1], fix=fix, at_key=True)
    for key in RULE_LISTS:
        for path, name in report.document.select(key, ANY):
            if name in known and name not in on:
                report.add(path, "the rule is on in none of the packs", found=name, fix=fix)
            elif name in known:
                _check_has_something(report, path, known[name])


def _check_has_something(report: Report, path: KeyPath, rule: Rule) -> None:
    if path[0] == "rules" and not rule.has_strength:
        fix = "leave it out, or switch it off with 'rules_off' in an arm of the scenario"
        report.add(path, "the rule is a procedure without a strength that could be 0", found=rule.id, fix=fix)
    if path[0] == "vary_rules" and not any(parameter.role == "uncertainty" for parameter in rule.parameters):
        fix = "leave it out, or name one of its parameters in 'vary'"
        report.add(path, "the rule has no parameter with the role of an uncertainty", found=rule.id, fix=fix)


def check_design(report: Report, model: ExperimentFile) -> None:
    """Check which keys the design needs and takes, and what it can lay out."""
    method, given, design = METHODS[model.design], model.model_fields_set, model.design
    for key in method.needs:
        if key not in given:
            fix = f"add for example '{key}: {EXAMPLES[key]}'"
            report.add(("design",), f"the {design} design needs '{key}'", found=design, fix=fix)
    for key in OWN_KEYS:
        if key in given and key not in (*method.needs, *method.takes):
            fitting = [name for name, other in METHODS.items() if key in (*other.needs, *other.takes)]
            fix = f"leave it out, or write 'design: {fitting[0]}'"
            what, expected = f"the {design} design takes no '{key}'", ", ".join(fitting)
            report.add((key,), what, expected=expected, fix=fix, at_key=True)
    if method.varies and "design" in given and not model.vary and not model.vary_rules:
        what, fix = "there is a design but nothing varies", "add 'vary', or leave it out"
        report.add(("design",), what, found=design, fix=fix)
    if key := method.power_of_two:
        _check_power_of_two(report, (key,), getattr(model, key))
    if design == "morris" and model.levels % 2:
        found, expected = model.levels, f"{model.levels - 1} or {model.levels + 1}"
        report.add(("levels",), "the morris design needs an even number of levels", found=found, expected=expected)
    _check_vary(report, model)


def _check_power_of_two(report: Report, path: KeyPath, value: int) -> None:
    if value & (value - 1):
        lower = 1 << (value.bit_length() - 1)
        what = "a Sobol' sequence is balanced only over a power of two"
        report.add(path, what, found=value, expected=f"{lower} or {2 * lower}")


def _check_vary(report: Report, model: ExperimentFile) -> None:
    method, design = METHODS[model.design], model.design
    for key in ("vary", "vary_rules") if not method.varies else ():
        if key in model.model_fields_set:
            fix = "leave it out, or choose another design"
            report.add((key,), f"the {design} design takes no '{key}'", found=design, fix=fix, at_key=True)
    if not method.varies:
        return
    fix = "write 'values: [...]', or 'design: latin_hypercube' with 'points'"
    if model.vary_rules and not method.samples:
        report.add(("vary_rules",), f"ranges are sampled, but the design is {design}", fix=fix, at_key=True)
    lengths = {name: len(vary.values) for name, vary in model.vary.items()}
    for name, length in lengths.items():
        path: KeyPath = ("vary", name)
        if not length and not method.samples:
            report.add(path, f"a range is sampled, but the design is {design}", fix=fix)
        elif length and not method.sweeps:
            what = f"the {design} design samples ranges, but these are values"
            report.add(path, what, fix="write 'range: [low, high]'")
        elif design == "list" and length != next(iter(lengths.values())):
            what = f"{length} values, but '{next(iter(lengths))}' has {lengths[next(iter(lengths))]}"
            report.add(path, what, fix="give every parameter the same number of values", at_key=True)
    if design == "list":
        _check_listed_twice(report, model, lengths)
    if design == "grid" and model.vary and all(lengths.values()) and not model.vary_rules:
        report.add(("levels",), "there is no range to divide", found=model.levels, fix="write 'design: factorial'")


def _check_listed_twice(report: Report, model: ExperimentFile, lengths: dict[str, int]) -> None:
    """Refuse the second of two equal points of a list."""
    if len(set(lengths.values())) != 1:
        return
    seen: dict[tuple[float, ...], int] = {}
    for place, row in enumerate(zip(*(vary.values for vary in model.vary.values()), strict=True)):
        if seen.setdefault(row, place) != place:
            what = f"the values in place {place + 1} repeat those in place {seen[row] + 1}"
            path: KeyPath = ("vary", next(iter(lengths)), "values", place)
            report.add(path, what, found=row[0], fix="keep one of the two")


def check_table_use(report: Report, model: ExperimentFile, table: Table) -> None:
    """Refuse arms and packs that the file lists but no row of its table names."""
    for key, what in (("arms", "arm"), ("packs", "pack")):
        names: list[str] = getattr(model, key)
        used = table.used(what, tuple(names))
        for position, name in enumerate(names):
            if name not in used:
                fix = "leave it out, or add rows to the table"
                report.add((key, position), f"no row of the table has this {what}", found=name, fix=fix)


def check_size(report: Report, model: ExperimentFile, request: Request) -> None:
    """Refuse an experiment that lays out nothing, or far more than can be meant."""
    paths = paths_of(request)
    if not paths and (model.vary_rules or model.rules):
        key = "vary_rules" if model.vary_rules else "rules"
        lacking = "an uncertainty" if model.vary_rules else "a strength"
        what = f"none of their rules that are on in the packs has {lacking}"
        report.add((key,), what, fix="name other rules or families", at_key=True)
        return
    path: KeyPath = next(((key,) for key in METHODS[model.design].needs if key != "table"), ("replications",))
    if request.points * len(paths) > MAX_NUMBERS or request.points > MAX_RUNS:
        what = f"the design has {request.points:,} points of {len(paths):,} parameters"
        expected = f"at most {MAX_NUMBERS:,} values, and {MAX_RUNS:,} points"
        report.add(path, what, expected=expected, fix="use fewer points, values or parameters")
    elif (n_runs := count_runs(request)) > MAX_RUNS:
        what = f"the experiment asks for {n_runs:,} runs"
        fix, expected = "use fewer replications, values or points", f"at most {MAX_RUNS:,} runs"
        report.add(("replications",), what, found=model.replications, expected=expected, fix=fix)
