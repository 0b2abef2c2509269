"""How predictions of lists of sponsors are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from demarche.cli.say.console import console, plain, table
from demarche.cli.say.votes import shown_number

if TYPE_CHECKING:
    from demarche.history.sponsors.lists import SponsorList
    from demarche.history.sponsors.model import Sponsoring
    from demarche.history.sponsors.scoring import Fold, Scored

SIGN = "log score: mean of minus ln(chance given to what the state did); lower is better, a negative difference too"
CAVEATS = (
    "intervals of 95 % draw states; states of one year move together, so that they are too narrow for another year",
    "a year that is left out is predicted with what later lists taught too; who changed is known afterwards only",
)


def print_folds(focal: str, lists: Sequence[SponsorList], folds: Sequence[Fold], model: Sponsoring) -> None:
    """Print the lists on record, the scores of each fold and of all, and the model on all complete lists."""
    from demarche.history.sponsors.scoring import together

    shown = console()
    shown.print(plain(f"Sponsors of motions on {focal}, complete lists left out in turn"), soft_wrap=True)
    shown.print(SIGN, soft_wrap=True)
    for line in CAVEATS:
        shown.print(line, soft_wrap=True)
    _print_lists(lists)
    for fold in folds:
        _print_scores(fold.scored, f"{fold.left_out.year} left out")
        for remark in remarks_on(fold):
            shown.print(plain(remark), soft_wrap=True)
    whole_score = together(folds)
    _print_scores(whole_score, "All folds")
    _print_brier({**{str(fold.left_out.year): fold.scored for fold in folds}, "all folds": whole_score})
    _print_model(model)


def remarks_on(fold: Fold) -> list[str]:
    """Return what must be said of a fold."""
    last = fold.last_known
    if last is None:
        return [f"{fold.left_out.year}: no list is known before it, so that nobody counts as named"]
    if last.is_complete:
        return [f"{fold.left_out.year}: the last known list is that of {last.year}, complete"]
    total = "nobody knows how many" if last.total is None else str(last.total)
    return [
        f"{fold.left_out.year}: the last known list is that of {last.year}, which names {len(last.named)} sponsors of "
        f"{total}; who is not on it may have sponsored, so that some of those who joined may have been there before"
    ]


def _print_lists(lists: Sequence[SponsorList]) -> None:
    names = ("year", "named", "sponsors", "used as")
    made = table(*names, title="Lists on record", right=names[:3])
    for one in lists:
        use = "outcome and memory" if one.is_complete else "memory only: who is missing did not thereby decline"
        made.add_row(str(one.year), str(len(one.named)), "-" if one.total is None else str(one.total), use)
    console().print(made)


def _print_scores(scored: Scored, title: str) -> None:
    from demarche.history.sponsors.scoring import GROUPS, MODEL, PREDICTORS, difference, measures

    others = tuple(one for one in PREDICTORS if one != MODEL)
    right = ("states", *PREDICTORS, *(f"minus {one}" for one in others))
    made = table("log score", *right, title=title, right=right)
    for name in GROUPS:
        mask = scored.group(name)
        told = measures(scored, mask)["log_score"]
        gaps = [difference(scored, one, mask) for one in others]
        spans = [f"{shown_number(g['mean'])} [{shown_number(g['low'])}, {shown_number(g['high'])}]" for g in gaps]
        made.add_row(name, str(int(mask.sum())), *(shown_number(told[one]) for one in PREDICTORS), *map(plain, spans))
    console().print(made)


def _print_brier(parts: Mapping[str, Scored]) -> None:
    from demarche.history.sponsors.scoring import GROUPS, PREDICTORS, measures

    right = ("states", *PREDICTORS)
    made = table("Brier score", *right, title="Brier scores", right=right)
    for title, scored in parts.items():
        for name in GROUPS:
            mask = scored.group(name)
            told = measures(scored, mask)["brier"]
            row = (f"{title}, {name}", str(int(mask.sum())), *(shown_number(told[one]) for one in PREDICTORS))
            made.add_row(*row)
    console().print(made)


def _print_model(model: Sponsoring) -> None:
    import numpy as np

    from demarche.history.sponsors.known import FEATURES
    from demarche.history.sponsors.model import LABELS

    names = ("log odds", "standard deviation")
    title = f"Coefficients on all complete lists, a feature in its standard deviations (prior {model.spread})"
    made = table("feature", *names, title=title, right=names)
    for name, mean, sd in zip(LABELS, model.mean, np.sqrt(np.diag(model.covariance)), strict=True):
        made.add_row(FEATURES.get(name, name), f"{mean:+.2f}", f"{sd:.2f}")
    console().print(made)
