"""Commands on the catalogue: `rules` and `schedule`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.say.console import Commands, console, plain, table
from demarche.errors import DesignError, Problem, closest

if TYPE_CHECKING:
    from rich.console import Console

    from demarche.rules.contract import Parameter, Rule

app = typer.Typer(cls=Commands, help="The rules of the catalogue: their sentences, claims, parameters and packs.")
PackOption = Annotated[str, typer.Option("--pack", "-p", help="Only rules that are on in this pack.")]
FamilyOption = Annotated[str, typer.Option("--family", "-f", help="Only this family, such as pressure or PRS.")]


@app.callback(invoke_without_command=True)
def rules(ctx: typer.Context, pack: PackOption = "", family: FamilyOption = "") -> None:
    """List the rules of the catalogue, or show one of them."""
    if ctx.invoked_subcommand is None:
        print_rules(pack, family)


@app.command("list")
def list_rules(pack: PackOption = "", family: FamilyOption = "") -> None:
    """List the rules of the catalogue."""
    print_rules(pack, family)


def print_rules(pack: str, family: str) -> None:
    """Print one line a rule."""
    made = table("rule", "acts in", "packs", "claims", "sentence")
    chosen = chosen_rules(pack, family)
    for rule in chosen:
        place = f"{rule.phase}, {rule.when}"
        made.add_row(rule.id, place, packs_in_short(rule), " ".join(rule.claims), plain(rule.sentence))
    shown = console()
    shown.print(made)
    shown.print(f"{len(chosen)} rules. More on one of them: demarche rules show ID")


def chosen_rules(pack: str, family: str) -> tuple[Rule, ...]:
    """Return the rules of a pack and a family; an empty text takes all.

    Raises
    ------
    DesignError
        If there is no such pack or family.
    """
    from demarche.rules.contract import FAMILIES
    from demarche.rules.find import find_rules, rules_of

    check_pack(pack)
    names = {prefix.lower(): name for name, prefix in FAMILIES.items()} | {name: name for name in FAMILIES}
    if family and family.lower() not in names:
        raise DesignError([
            Problem("--family", f"no family is called '{family}'", expected=", ".join(FAMILIES),
                    did_you_mean=closest(family, names))
        ])  # fmt: skip
    listed = rules_of(pack) if pack else find_rules()
    return tuple(rule for rule in listed if not family or rule.family == names[family.lower()])


def check_pack(pack: str) -> None:
    """Refuse the name of a pack that does not exist; an empty text passes.

    Raises
    ------
    DesignError
        Naming the packs there are.
    """
    from demarche.accounts.packs import PACKS

    if pack and pack not in PACKS:
        raise DesignError([
            Problem("--pack", f"no pack is called '{pack}'", expected=", ".join(PACKS),
                    did_you_mean=closest(pack, PACKS))
        ])  # fmt: skip


def packs_in_short(rule: Rule) -> str:
    """Return the short names of the packs of a rule, `all` for the common world."""
    from demarche.accounts.packs import PACKS
    from demarche.rules.contract import ALL

    return "all" if rule.packs == ALL else " ".join(PACKS[pack].title.split()[0] for pack in rule.packs)


@app.command("show")
def show(rule_id: Annotated[str, typer.Argument(help="Id of a rule, such as pressure.voice.", metavar="ID")]) -> None:
    """Show one rule: sentence, claims with their passages, parameters with their sources, packs."""
    from demarche.rules.find import get_rule

    rule = get_rule(rule_id)
    shown = console()
    shown.print(f"[bold]{rule.id}[/bold]  ({rule.family})")
    shown.print(plain(rule.sentence))
    shown.print()
    facts = {
        "Acts": f"in the phase {rule.phase}, when: {rule.when}", "After": ", ".join(rule.after),
        "Packs": pack_titles(rule), "Reads": ", ".join(rule.reads), "Writes": ", ".join(rule.writes),
        "Draws": ", ".join(rule.draws) or "none", "Calendar": ", ".join(rule.calendar),
    }  # fmt: skip
    for name, text in facts.items():
        if text:
            shown.print(f"[bold]{name}:[/bold] {plain(text)}")
    shown.print()
    print_claims(shown, rule.claims)
    print_parameters(shown, rule)


def pack_titles(rule: Rule) -> str:
    """Return the titles of the packs of a rule."""
    from demarche.accounts.packs import PACKS
    from demarche.rules.contract import ALL

    return "all (the common world)" if rule.packs == ALL else ", ".join(PACKS[pack].title for pack in rule.packs)


def print_claims(shown: Console, ids: tuple[str, ...]) -> None:
    """Print claims with document, section and paraphrase, and the claims that disagree with them."""
    from demarche.claims import load_register

    register = load_register()
    for id_ in ids:
        claim = register.claim(id_)
        source = register.source(claim.document)
        shown.print(f"[bold]{id_}[/bold]  {plain(claim.place)}, {claim.strength}")
        shown.print(f"  {plain(claim.paraphrase)}")
        shown.print(f"  {plain(source.author)} ({source.year}), {plain(source.title)}")
        for other, kind in register.against(id_):
            word = "disagrees with" if kind == "contradicts" else "qualifies or is qualified by"
            against = register.claim(other)
            shown.print(f"  {word} {other} ({plain(against.place)}): {plain(against.paraphrase)}")
    shown.print()


def print_parameters(shown: Console, rule: Rule) -> None:
    """Print the parameters of a rule with ranges and sources, and the packs that set them otherwise."""
    if not rule.parameters:
        shown.print("No parameters: this is a procedure.")
        return
    made = table("parameter", "default", "range", "unit", "role", "meaning", "source", right=("default",))
    for one in rule.parameters:
        made.add_row(
            one.name, f"{one.default:g}{_settings(rule, one)}", f"{one.low:g} to {one.high:g}", one.unit, one.role,
            plain(one.meaning), plain(one.source),
        )  # fmt: skip
    shown.print(made)


def _settings(rule: Rule, parameter: Parameter) -> str:
    """Return the values that packs give a parameter, each on a line of its own."""
    from demarche.accounts.packs import PACKS

    path = f"{rule.id}.{parameter.name}"
    set_in = [(pack.title.split()[0], pack.settings[path]) for pack in PACKS.values() if path in pack.settings]
    return "".join(f"\n{name}: {value:g}" for name, value in set_in)


def schedule(pack: PackOption = "") -> None:
    """Print the order of a month: phases with their reason, decisions and rules."""
    from demarche.engine.schedule import SCHEDULE, decisions_in, rules_in

    shown = console()
    chosen = chosen_rules(pack, "")
    for number, phase in enumerate(SCHEDULE, start=1):
        shown.print(f"[bold]{number}. {phase.name}[/bold]: {plain(phase.what)} ({plain(phase.reason)})", soft_wrap=True)
        for decision in decisions_in(phase.name):
            options = ", ".join(decision.options)
            shown.print(f"     decides {decision.name} ({decision.when}): {options}", soft_wrap=True)
        for rule in rules_in(phase.name, chosen):
            shown.print(f"     {rule.id} ({rule.when}): {plain(rule.sentence)}", soft_wrap=True)
