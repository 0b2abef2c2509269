"""`demarche votes sponsors`: how well lists of sponsors are predicted when they are left out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.cli.votes import CASE, JsonOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from demarche.history.sponsors.lists import SponsorList
    from demarche.history.sponsors.scoring import Fold, Scored


def sponsors(
    cast_file: Annotated[
        Path | None, typer.Option("--cast", help="Cast file of another case with a record of its own.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Leave each complete list of sponsors out in turn, predict it, and score that against simpler predictions."""
    from demarche.cast.cast import load_cast
    from demarche.cli.say.sponsors import print_folds
    from demarche.history.record import need_record
    from demarche.history.sponsors.lists import sponsor_lists
    from demarche.history.sponsors.scoring import estimate, leave_out
    from demarche.scenario.bundled import bundled_root

    cast = load_cast(cast_file or bundled_root() / CASE)
    record = need_record(cast)
    folds, lists = leave_out(cast, record), sponsor_lists(record)
    if as_json:
        import json

        typer.echo(json.dumps(as_plain(cast.focal, lists, folds), indent=2))
        return
    names = dict(zip(cast.state_codes, cast.state_names, strict=True))
    print_folds(names[cast.focal], lists, folds, estimate(cast, record))


def as_plain(focal: str, lists: Sequence[SponsorList], folds: Sequence[Fold]) -> dict[str, object]:
    """Return the result as plain data; lower is better, None where there is nothing to score."""
    from demarche.history.sponsors.model import LABELS
    from demarche.history.sponsors.scoring import together

    return {
        "target": focal,
        "lists": [
            {"year": one.year, "named": len(one.named), "sponsors": one.total, "complete": one.is_complete}
            for one in lists
        ],
        "left_out": {
            str(fold.left_out.year): {
                "last_known_list": None if fold.last_known is None else fold.last_known.year,
                "prior": fold.model.spread,
                "coefficients": dict(zip(LABELS, fold.model.mean.round(4).tolist(), strict=True)),
                "groups": _groups(fold.scored),
            }
            for fold in folds
        },
        "together": _groups(together(folds)),
    }


def _groups(scored: Scored) -> dict[str, object]:
    from demarche.history.sponsors.scoring import GROUPS, MODEL, PREDICTORS, difference, measures

    found: dict[str, object] = {}
    for name in GROUPS:
        mask = scored.group(name)
        told = measures(scored, mask)
        gaps = {f"difference_to_{one}": difference(scored, one, mask) for one in PREDICTORS if one != MODEL}
        sponsored = int(scored.sponsored[mask].sum())
        numbers = {key: _without_nan(part) for key, part in (told | gaps).items()}
        found[name] = {"states": int(mask.sum()), "sponsored": sponsored, **numbers}
    return found


def _without_nan(numbers: dict[str, float]) -> dict[str, float | None]:
    return {key: None if value != value else value for key, value in numbers.items()}
