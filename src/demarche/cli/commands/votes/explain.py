"""`demarche votes explain`: why a member is expected to vote in a way."""

from __future__ import annotations

from typing import Annotated

import typer

from demarche.cli.votes import (
    BodyOption,
    HistoryOption,
    MotionOption,
    TargetOption,
    YearOption,
    coming,
    on_record,
    read_packaged,
)


def explain(
    target: TargetOption,
    year: YearOption,
    state: Annotated[str, typer.Option("--state", "-s", help="Code of the member.")],
    motion: MotionOption = "",
    body: BodyOption = "",
    history: HistoryOption = None,
) -> None:
    """Show the chances of one member's vote, and what each feature contributes."""
    from demarche.cli.say.console import console, plain
    from demarche.cli.say.votes import print_explanation
    from demarche.history.votes.features import FEATURES
    from demarche.history.votes.outlook import explain as explained
    from demarche.history.votes.posterior import packaged_posterior
    from demarche.history.votes.rollcalls import KINDS

    packaged = read_packaged()
    packaged.check("--target", [target])
    packaged.check("--state", [state])
    memory = packaged.memory(history or ())
    wished = [coming(body, kind, target, year) for kind in ([motion] if motion else KINDS)]
    recorded = [call for one in wished if (call := on_record(memory, one)) is not None]
    call = recorded[0] if recorded else wished[0]
    shown = console()
    about = f"{packaged.name(state)} on {packaged.name(target)}, {call.body} {call.year}, {call.kind}"
    shown.print(plain(f"{about}; roll calls before {call.day} are known"), soft_wrap=True)
    if word := call.votes.get(state):
        shown.print(f"on record: {word}")
    meanings = {feature.name: feature.meaning for feature in FEATURES}
    meanings |= {"target_effects": "this target, by ideal point and democracy of the member"}
    meanings |= {"member_strictness": "the member's lasting strictness"}
    print_explanation(explained(packaged_posterior(), memory, call, state), call.kind, meanings)
