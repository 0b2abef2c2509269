"""`demarche schedule`: the order of a month."""

from __future__ import annotations

from demarche.cli.options import AccountOption
from demarche.cli.reading import chosen_rules
from demarche.cli.say.console import console, plain


def schedule(account: AccountOption = "") -> None:
    """Print the order of a month: phases with their reason, decisions and rules."""
    from demarche.engine.schedule import SCHEDULE, decisions_in, rules_in

    shown = console()
    chosen = chosen_rules(account)
    for number, phase in enumerate(SCHEDULE, start=1):
        shown.print(f"[bold]{number}. {phase.name}[/bold]: {plain(phase.what)} ({plain(phase.reason)})", soft_wrap=True)
        for operation in phase.operations:
            shown.print(f"     engine ({operation.when}): {plain(operation.what)}", soft_wrap=True)
        for decision in decisions_in(phase.name):
            options = ", ".join(decision.options)
            shown.print(f"     decides {decision.name} ({decision.when}): {options}", soft_wrap=True)
        for rule in rules_in(phase.name, chosen):
            shown.print(f"     {rule.id} ({rule.when}): {plain(rule.sentence)}", soft_wrap=True)
