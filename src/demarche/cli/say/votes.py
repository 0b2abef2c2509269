"""How scores and expectations of votes are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from demarche.cli.say.console import console, plain, table

if TYPE_CHECKING:
    from demarche.arrays import Mask
    from demarche.history.votes.outlook import Explanation, Outlook
    from demarche.history.votes.scoring import Scored

SHOWN_REMARKS = 10
SHOWN = ("yes", "no", "abstain")
SIGN = "log score: mean of minus ln(chance given to the stance taken); lower is better"


def shown_number(value: float) -> str:
    """Return a number with three decimals, a dash if there is none."""
    return "-" if value != value else f"{value:.3f}"


def print_scores(scored: Scored, remarks: Sequence[str]) -> None:
    """Print all tables of a score."""
    from demarche.history.votes.scoring import GROUPS

    shown = console()
    shown.print(f"{len(scored.calls):,} motions, {len(scored.stance):,} votes ({SIGN})", soft_wrap=True)
    if scored.group(GROUPS[0]).any():
        _print_tables(scored)
    else:
        shown.print("no member took a stance: nothing to score")
    for remark in remarks[:SHOWN_REMARKS]:
        shown.print(plain(remark), soft_wrap=True)
    if len(remarks) > SHOWN_REMARKS:
        shown.print(f"and {len(remarks) - SHOWN_REMARKS} more remarks")


def _print_tables(scored: Scored) -> None:
    print_groups(scored)
    _print_measures(scored)
    for title, values in (("year", scored.years), ("target", scored.targets)):
        parts = sorted(set(values.tolist()))
        _print_log_scores(scored, title, [str(one) for one in parts], [values == one for one in parts])
    _print_calibration(scored)


def print_groups(scored: Scored) -> None:
    """Print log scores by group of members, with the difference to each member's last vote."""
    from demarche.history.votes.scoring import GROUPS

    _print_log_scores(scored, "members", GROUPS, [scored.group(name) for name in GROUPS])


def _print_log_scores(scored: Scored, title: str, names: Sequence[str], masks: Sequence[Mask]) -> None:
    from demarche.history.votes.scoring import PREDICTORS, difference, log_score

    right = ("votes", *PREDICTORS, "minus persistence")
    made = table(title, *right, title=f"Log score by {title}", right=right)
    for name, mask in zip(names, masks, strict=True):
        scores = log_score(scored, mask)
        gap = difference(scored, "persistence", mask)
        interval = f"{shown_number(gap['mean'])} [{shown_number(gap['low'])}, {shown_number(gap['high'])}]"
        made.add_row(name, f"{int(mask.sum()):,}", *(shown_number(scores[one]) for one in PREDICTORS), plain(interval))
    console().print(made)


def _print_measures(scored: Scored) -> None:
    from demarche.history.votes.scoring import GROUPS, MODEL, PREDICTORS, difference, measures

    everybody = scored.group(GROUPS[0])
    names = ("log score", "Brier", "accuracy", "AUC (for)", "demarche minus this, 95 %")
    made = table("predictor", *names, title="Measures, all members", right=names)
    for name in PREDICTORS:
        found = measures(scored, name, everybody)
        gap = difference(scored, name, everybody)
        interval = "" if name == MODEL else f"{gap['mean']:.3f} [{gap['low']:.3f}, {gap['high']:.3f}]"
        made.add_row(name, *(shown_number(value) for value in found.values()), plain(interval))
    console().print(made)


def _print_calibration(scored: Scored) -> None:
    from demarche.history.votes.scoring import MODEL, calibration

    names = ("chance given", "share that came true", "chances")
    made = table("tenth", *names, title="Calibration of demarche, all stances", right=names)
    for place, (chance, share, n) in enumerate(calibration(scored, MODEL)):
        made.add_row(str(place + 1), shown_number(chance), shown_number(share), f"{n:,}")
    console().print(made)


def print_outlook(outlook: Outlook, name_of: Callable[[str], str]) -> None:
    """Print the chances of each member by word, and the totals to expect."""
    import numpy as np

    from demarche.history.votes.rollcalls import STANCES, word_of

    call, shown = outlook.call, console()
    words = [word_of(call.kind, stance) for stance in range(len(STANCES))]
    order = sorted(range(3), key=lambda place: SHOWN.index(words[place]))
    names = tuple(f"{words[place]} ({STANCES[place]})" for place in order)
    made = table("code", "member", *names, right=names)
    for row in np.argsort(-outlook.chances[:, 0], kind="stable"):
        chances = [f"{outlook.chances[row, place]:.2f}" for place in order]
        made.add_row(outlook.members[row], plain(name_of(outlook.members[row])), *chances)
    shown.print(made)
    for place in order:
        low, middle, high = np.percentile(outlook.totals[:, place], (5, 50, 95))
        shown.print(f"{words[place]}: {middle:.0f} [{low:.0f} to {high:.0f}] (90 %)", markup=False)
    more = (outlook.totals[:, words.index("yes")] > outlook.totals[:, words.index("no")]).mean()
    shown.print(f"chance of more yes than no, given that it comes to a vote: {more:.2f}")


def print_explanation(found: Explanation, kind: str, meanings: dict[str, str]) -> None:
    """Print the chances of one member and the contribution of each feature."""
    from demarche.history.votes.rollcalls import NONE, STANCES, word_of

    shown = console()
    if found.last == NONE:
        shown.print("no earlier vote on the target is known")
    else:
        shown.print(f"last vote on the target: {STANCES[found.last]}, {found.last_age:.1f} years before")
    for stance, chance in zip(STANCES, found.chances, strict=True):
        shown.print(f"{word_of(kind, STANCES.index(stance))} ({stance}): {chance:.3f}")
    names = ("abstain", "for")
    made = table("feature", *names, title="Added to the log odds against voting against the target", right=names)
    for name, abstain, favour in found.parts:
        made.add_row(meanings.get(name, name), f"{abstain:+.2f}", f"{favour:+.2f}")
    shown.print(made)
    shown.print("chances are averaged over what a motion may be; contributions are those of the average motion")
