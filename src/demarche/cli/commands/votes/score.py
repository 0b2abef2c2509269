"""`demarche votes score`: how well votes of a record are predicted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.votes import HistoryOption, JsonOption, read_packaged

if TYPE_CHECKING:
    from demarche.history.votes.scoring import Scored


def score(
    record: Annotated[
        Path, typer.Option("--record", "-r", help="Folder with rollcalls.csv and motions.csv to predict.")
    ],
    history: HistoryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Predict every roll call of a record in order of date, and score that against simpler predictions."""
    from demarche.cli.say.votes import print_scores
    from demarche.history.votes.folder import read_folder, without_repeats
    from demarche.history.votes.posterior import packaged_posterior
    from demarche.history.votes.scoring import predict

    folder, packaged = read_folder(record), read_packaged()
    memory = packaged.memory(history or (), folder.calls)
    scored = predict(packaged_posterior(), memory, folder.calls)
    if as_json:
        import json

        typer.echo(json.dumps(as_plain(scored), indent=2))
        return
    n_fitted = len(folder.calls) - len(without_repeats(packaged.calls, folder.calls))
    remarks = [*folder.remarks]
    if n_fitted:
        remarks.append(f"{n_fitted} of the roll calls are among those that the model was fitted on: no test of it")
    codes = {code for call in folder.calls for code in (*call.votes, call.target)}
    bare = sorted(code for code in codes if not packaged.attributes.group(code))
    if bare:
        remarks.append(f"states without attributes, taken as the median of all: {', '.join(bare)}")
    print_scores(scored, remarks)


def as_plain(scored: Scored) -> dict[str, object]:
    """Return the result as one JSON object; lower log scores are better, None where there is nothing to score."""
    from demarche.history.votes.scoring import GROUPS, MODEL, PREDICTORS, calibration, difference, log_score, measures

    everybody = scored.group(GROUPS[0])
    return _nulled({
        "motions": len(scored.calls),
        "votes": len(scored.stance),
        "log_score": log_score(scored, everybody),
        "difference_to_persistence": difference(scored, "persistence", everybody),
        "difference_to": {name: difference(scored, name, everybody) for name in PREDICTORS if name != MODEL},
        "measures": {name: measures(scored, name, everybody) for name in PREDICTORS},
        "groups": {
            name: {"votes": int(scored.group(name).sum()), "log_score": log_score(scored, scored.group(name)),
                   "difference_to_persistence": difference(scored, "persistence", scored.group(name))}
            for name in GROUPS
        },
        "by_year": {str(one): log_score(scored, scored.years == one) for one in sorted(set(scored.years.tolist()))},
        "by_target": {one: log_score(scored, scored.targets == one) for one in sorted(set(scored.targets.tolist()))},
        "calibration": [
            {"chance": chance, "share": share, "chances": n} for chance, share, n in calibration(scored, MODEL)
        ],
    })  # fmt: skip


def _nulled(value: object) -> dict[str, object]:
    """Return plain data with None in place of what is not a number."""

    def plain(one: object) -> object:
        if isinstance(one, dict):
            return {key: plain(entry) for key, entry in one.items()}
        if isinstance(one, list):
            return [plain(entry) for entry in one]
        return None if isinstance(one, float) and one != one else one

    found = plain(value)
    assert isinstance(found, dict)
    return found
