"""The reference pages: rules, parameters, fields, schedule and claims, written from the declarations."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterable

from demarche.accounts.account import LinkPrior
from demarche.accounts.links import all_links, all_rates
from demarche.accounts.packaged import packaged_accounts
from demarche.cast.cast import load_cast
from demarche.claims.register import load_register
from demarche.engine.schedule import SCHEDULE, decisions_in, rules_in
from demarche.engine.variables import EVENT_KINDS, OUTCOMES, SERIES
from demarche.figures.common import list_words
from demarche.figures.find import find_figures
from demarche.history.record import need_record
from demarche.report.arms import arms_page
from demarche.report.decisions import decisions_page
from demarche.report.findings import library_page
from demarche.report.liveness import paths_of, reach_page, tornado_page
from demarche.report.scorecard import columns_table, patterns_table
from demarche.report.signs import signs_page
from demarche.rules.common import common_parameters
from demarche.rules.contract import ALL, FAMILIES, Rule
from demarche.rules.find import find_rules
from demarche.scenario.bundled import bundled_root
from demarche.world.decisions import DECISIONS
from demarche.world.fields import FIELDS, KIND_MEANINGS
from demarche.world.levers import LEVERS, Lever, LeverPart

CASE = "scenarios/casts/china_1989.yaml"
GRAPH = "links.svg"  # the picture beside the pages
NOTE = "Written by `demarche reference`; do not edit by hand.\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    head = list(head)
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def accounts_of(rule: Rule) -> str:
    """Return the accounts of a rule as text."""
    return "all" if rule.accounts == ALL else ", ".join(rule.accounts)


def _rule_section(rule: Rule) -> str:
    claims = ", ".join(rule.claims) or "none"
    facts = [f"Phase {rule.phase}, acts {rule.when}. Accounts: {accounts_of(rule)}. Claims: {claims}."]
    named = (("Links:", rule.links), ("Base rates:", rule.rates), ("Reads", rule.reads), ("Writes", rule.writes),
             ("Draws", rule.draws), ("Asks about", rule.calendar), ("Acts after", rule.after))  # fmt: skip
    facts += [f"{what} {', '.join(names)}." for what, names in named if names]
    facts += [f"Rows: {rule.rows} only."] if rule.rows else []
    if rule.has_strength:
        facts += ["Its strength scales the whole rule."]
    elif not (rule.links or rule.rates):
        facts += ["A procedure, without a strength."]
    remark = " ".join((inspect.getdoc(rule.body) or "").split())
    return "\n\n".join([f"### {rule.id}", rule.sentence, *([remark] if remark else []), " ".join(facts)]) + "\n"


def rules_page() -> str:
    """Return the page of rules, by family."""
    parts = ["# Rules\n", NOTE, f"{len(find_rules())} rules. A claim is a hypothesis of its document, not a finding.\n"]
    for family, prefix in FAMILIES.items():
        parts += [f"## {family} ({prefix})\n"]
        parts += [_rule_section(rule) for rule in find_rules() if rule.family == family]
    return "\n".join(parts)


def parameters_page() -> str:
    """Return the page of parameters with unit, range and source."""
    rows = [
        (f"`{p.path(rule.id)}`", p.default, f"{p.low} to {p.high}", p.unit, p.role, p.meaning, p.source)
        for rule in find_rules()
        for p in rule.parameters
        if p.shared_as in ("", rule.id)
    ]
    rows += [
        (f"`{path}`", p.default, f"{p.low} to {p.high}", p.unit, p.role, p.meaning, p.source)
        for path, p in common_parameters().items()
    ]
    return "\n".join(
        ["# Parameters\n", NOTE, _table(("path", "default", "range", "unit", "role", "meaning", "source"), rows)]
    )


def accounts_page() -> str:
    """Return the page of accounts: links with what each account holds of them, and base rates."""
    accounts = packaged_accounts()
    parts = ["# Accounts, links and base rates\n", NOTE, "Median, 5 and 95 % of each link; grounds behind.\n"]
    titles = [(f"`{one.id}`", one.title, " ".join(one.documents), one.account) for one in accounts.values()]
    parts.append(_table(("account", "title", "documents", "standpoint"), titles))
    paths = [(f"`{name}`", told) for name in accounts if (told := paths_of(name))]
    parts.append(_table(("account", "reach of conduct from abroad, see `reach.md`"), paths))
    for name, link in all_links().items():
        said, rules = link.said, ", ".join(f"`{rule.id}`" for rule in find_rules() if name in rule.links)
        parts += [f"## {name}\n", f"{said.meaning} ({said.unit}; neutral {said.neutral}; family {said.family}). "
                  f"Acts on: {said.acts_on}. Treatment: {said.treatment}. Carried out by {rules}.\n"]  # fmt: skip
        own = [(f"`{one.id}`", *_numbers(one.links[name]), one.links[name].reason)
               for one in accounts.values() if name in one.own]  # fmt: skip
        parts.append(_table(("account", "median", "low", "high", "grounds"), own))
    rates = [(f"`{rate.path}`", rate.said.decision, rate.said.option, rate.said.occasion, rate.said.median,
              rate.said.low, rate.said.high, rate.said.unit, rate.said.source, rate.said.note)
             for rate in all_rates().values()]  # fmt: skip
    heads = ("path", "decision", "option", "occasion", "median", "low", "high", "unit", "source", "note")
    return "\n".join([*parts, "## Base rates\n", _table(heads, rates)])


def _numbers(held: LinkPrior) -> tuple[float, float, float]:
    return held.prior.median, held.prior.low, held.prior.high


def fields_page() -> str:
    """Return the page of fields, decisions and levers."""
    kinds = _table(("kind", "life"), KIND_MEANINGS.items())
    rows = [
        (f"`{f.name}`", ", ".join((*f.axes, "run")), f.unit, f"{f.low:g} to {f.high:g}", f.kind, f.meaning)
        for f in FIELDS.values()
        if not (f.name.endswith("_change") and f.kind == "flow")
    ]
    decisions = [
        (d.name, " x ".join(d.axes), ", ".join(d.options), d.when, d.temperature.default, d.meaning) for d in DECISIONS
    ]
    levers = [
        (f"`{v.name}`", v.scope, "; ".join(_admitted(part) for part in v.parts), _moved(v), v.meaning, v.source)
        for v in LEVERS
    ]
    return "\n".join([
        "# Fields, decisions and levers\n", NOTE,
        "Arrays have the run axis last. Every stock has a flow `<name>_change` to which rules add.\n", kinds,
        _table(("field", "axes", "unit", "range", "kind", "meaning"), rows),
        "## Decisions\n", _table(("decision", "actors", "options", "when", "temperature", "meaning"), decisions),
        "## Levers\n",
        "Where nobody sets a lever it leaves the choice to the rules, or stands at the value named as usual.\n",
        _table(("lever", "for", "values", "moves", "meaning", "claims"), levers),
    ])  # fmt: skip


def _admitted(part: LeverPart) -> str:
    """Return what a part of a lever admits, and where it stands if nobody sets it."""
    words = f"{', '.join(part.words)}, or " if part.words else ""
    usual = "" if math.isnan(part.start) else f", usually {part.start:g}"
    return f"{part.key} {words}{part.low:g} to {part.high:g}{usual}".strip()


def _moved(lever: Lever) -> str:
    """Return what a lever moves at first: the decision that it binds, or the rules that read it."""
    if lever.decision:
        return f"binds `{lever.decision}`"
    if lever.name == "seats":
        return "`has_seat`, `has_next_seat`"
    fields = {part.field for part in lever.parts}
    return ", ".join(f"`{rule.id}`" for rule in find_rules() if fields & set(rule.reads))


def schedule_page() -> str:
    """Return the page of the schedule: the order of a month with its reasons."""
    parts = ["# Schedule\n", NOTE, "The order of every month.\n"]
    for number, phase in enumerate(SCHEDULE, 1):
        parts += [f"## {number}. {phase.name}\n", f"{phase.what[0].upper()}{phase.what[1:]}: {phase.reason}.\n"]
        acting = [f"- engine: {one.what} ({one.when})" for one in phase.operations]
        acting += [f"- `{rule.id}` ({rule.when}; {accounts_of(rule)})" for rule in rules_in(phase.name, find_rules())]
        acting += [f"- decision `{decision.name}` ({decision.when})" for decision in decisions_in(phase.name)]
        parts += ["\n".join(acting) + "\n"] if acting else []
    return "\n".join(parts)


def variables_page() -> str:
    """Return the page of outcomes, series and events."""
    outcomes = [
        (o.name, o.unit, o.meaning, f"{o.how} of `{o.series}`", f"{o.months:,}" if o.months > 1 else "any")
        for o in OUTCOMES.values()
    ]
    return "\n".join([
        "# Outcomes, series and events\n", NOTE,
        "## Outcomes\n", _table(("outcome", "unit", "meaning", "from", "shortest period in months"), outcomes),
        "## Monthly series\n",
        "Besides these, `practice_`, `commitment_`, `formal_law_` and `report_` by issue area.\n",
        _table(("series", "unit", "meaning"), [(s.name, s.unit, s.meaning) for s in SERIES]),
        "## Events\n", _table(("kind", "details", "recorded"),
                              [(e.kind, ", ".join(FIELDS[e.field].labels), "on request" if e.bulk else "always")
                               for e in EVENT_KINDS]),
    ])  # fmt: skip


def claims_page() -> str:
    """Return the page of claims: where each one ended, and which rules carry it."""
    register = load_register()
    carriers: dict[str, list[str]] = {}
    for rule in find_rules():
        for claim in rule.claims:
            carriers.setdefault(claim, []).append(rule.id)
    rows = [
        (claim.id, claim.document, claim.paraphrase, register.dispositions[claim.id].end,
         ", ".join(carriers.get(claim.id, ())) or register.dispositions[claim.id].note)
        for claim in register.claims
    ]  # fmt: skip
    return "\n".join(
        ["# Claims\n", NOTE, _table(("claim", "document", "what it says", "ends as", "rules or note"), rows)]
    )


def figures_page() -> str:
    """Return the page of figures: what each shows, how it is read and what it needs."""
    figures = find_figures().values()
    plain = [(f"`{f.name}`", f.title, f.reading, "; ".join(f.needs_in_words)) for f in figures if not f.command]
    others = [(f"`{f.name}`", f.title, f.reading, f"`demarche {f.command}`") for f in figures if f.command]
    return "\n".join([
        "# Figures\n", NOTE, "## Of every experiment\n",
        "An experiment may name these under `figures`; one that names none draws those whose needs are met.\n",
        _table(("figure", "shows", "read it so", "needs"), plain),
        "## Of an analysis\n", _table(("figure", "shows", "read it so", "drawn by"), others),
    ])  # fmt: skip


def patterns_page() -> str:
    """Return the page of patterns of the bundled case: what each measures, and what it reads of the output."""
    record = need_record(load_cast(bundled_root() / CASE))
    return "\n".join([
        "# Patterns\n", NOTE,
        f"{len(record.patterns)} patterns of the bundled case; [validation](../validation.md) has the verdicts.\n",
        patterns_table(record),
        "## What they read of the output\n",
        "Events have the columns kind, actor, about, detail and value. A pattern whose kinds of events, series or arms "
        "the output lacks is not applicable.\n",
        columns_table(),
    ])  # fmt: skip


def index_page() -> str:
    """Return the page that leads to all others, in the order in which they are told."""
    rows = [(f"[{_title(name)}]({name})", what) for name, what in CONTENTS.items()]
    return "\n".join([
        "# Reference\n", NOTE, "Written from the declarations of the model and from studies that are kept with it.\n",
        _table(("page", "what it lists"), rows), f"There are {_counted()}.\n",
        "\n".join([":::{toctree}", ":hidden:", "", *(name.removesuffix(".md") for name in CONTENTS), ":::"]) + "\n",
    ])  # fmt: skip


def _counted() -> str:
    """Return how much there is of what the model consists of."""
    counts = {
        "rules": find_rules(), "decisions": DECISIONS, "links": all_links(), "base rates": all_rates(),
        "levers": LEVERS, "outcomes": OUTCOMES, "claims": load_register().ids,
    }  # fmt: skip
    return list_words([f"{len(there)} {what}" for what, there in counts.items()])


def _title(name: str) -> str:
    return PAGES[name]().splitlines()[0].removeprefix("# ")


CONTENTS = {
    "accounts.md": "each link, what each account holds of it and on which grounds; base rates",
    "rules.md": "each rule: its sentence, claims, links, base rates, what it reads and writes",
    "parameters.md": "each parameter with unit, range, role and source",
    "fields.md": "the arrays of the world, decisions with their options, levers",
    "schedule.md": "the order of a month, with its reasons",
    "variables.md": "outcomes, monthly series and events, with units",
    "claims.md": "each claim of the documents, where it ended and what carries it",
    "figures.md": "each figure: what it shows, how it is read, what it needs",
    "patterns.md": "each pattern of history: what it measures and reads",
    "scenarios.md": "the library of scenarios, with links at issue and findings",
    "tornado.md": "which links and base rates decide each outcome",
    "reach.md": "which conduct from abroad reaches core practice, in each account",
    "arms.md": "what decides quiet minus vocal, in each account",
    "signs.md": "what a first reading expected of each account, beside what the program finds, and why they depart",
    "decisions.md": "how often each option of each decision is taken",
}
"""Page -> what it lists, in the order of the index."""
PAGES: dict[str, Callable[[], str]] = {
    "index.md": index_page,
    "rules.md": rules_page,
    "accounts.md": accounts_page,
    "parameters.md": parameters_page,
    "fields.md": fields_page,
    "schedule.md": schedule_page,
    "variables.md": variables_page,
    "claims.md": claims_page,
    "figures.md": figures_page,
    "patterns.md": patterns_page,
    "tornado.md": tornado_page,
    "reach.md": reach_page,
    "arms.md": arms_page,
    "signs.md": signs_page,
    "decisions.md": decisions_page,
    "scenarios.md": library_page,
}
