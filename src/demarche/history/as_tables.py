"""The record as output tables, so that the very same checks measure it.

One run, one arm, one account, all called `record`. What a measure on the record can bear stands as
`note` with its pattern: a record is hardly ever one of dialogue alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from demarche.cast.cast import Cast
from demarche.history.patterns.find import find_patterns
from demarche.history.patterns.view import BASELINE, QUIET, NotMeasured, Surroundings, View
from demarche.history.record import Record
from demarche.history.scorecard.verdict import measured
from demarche.history.tables import Tables, months_between

if TYPE_CHECKING:
    import pandas as pd

NAME = "record"
STAGE = {"signed": 0.5, "ratified": 1.0}


def measure_record(record: Record, around: Surroundings) -> dict[str, float]:
    """Return the value of each pattern on the record, where it can be taken; without error, which it has already."""
    runs = record_tables(record).slice(NAME, NAME)
    view = View({BASELINE: runs, QUIET: runs}, around)
    found = {}
    for name, keys in record.patterns.items():
        try:
            values = measured(find_patterns()[name], keys, view)
        except NotMeasured:
            continue
        if len(values):
            found[name] = float(values[0])
    return found


def surroundings_of(cast: Cast) -> Surroundings:
    """Return regional groups, ideal points and trade exposure of the states of a cast."""
    import pandas as pd

    rows = [
        pd.DataFrame({"state": cast.state_codes, "year": year, "ideal_point": cast.yearly("ideal_point", year),
                      "trade": cast.yearly("trade_exposure", year)})
        for year in cast.years
    ]  # fmt: skip
    return Surroundings(dict(zip(cast.state_codes, cast.regions, strict=True)), pd.concat(rows, ignore_index=True))


def record_tables(record: Record) -> Tables:
    """Return the record in the form of output tables."""
    import pandas as pd

    runs = pd.DataFrame(
        {
            "run": [0],
            "arm": [NAME],
            "account": [NAME],
            "replication": [0],
            "seed": [0],
            "status": ["done"],
        }
    )
    made = _Steps(record)
    return Tables(runs, pd.DataFrame({"run": [0]}), made.series(), made.events(), made.calendar(), str(record.start))


class _Steps:
    """Lays the facts of a record on the months since its start."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def step(self, month: str) -> int:
        """Return the step of a month, negative before the start."""
        return months_between(str(self.record.start), month)

    def series(self) -> pd.DataFrame:
        """Return monthly rows: the year's score as core practice, and commitment from treaty acts."""
        import pandas as pd

        record = self.record
        score = {row.year: row.score for row in record.rights}
        rows = [
            {"run": 0, "step": step, "core_practice": score.get(record.start.plus(step).year, float("nan")),
             "commitment": self.commitment(step)}
            for step in range(record.start.steps_to(record.end) + 1)
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def commitment(self, step: int) -> float:
        """Return the mean stage of the treaties at a step; NaN without treaties."""
        done = [act for act in self.record.treaty_acts if self.step(act.month) <= step]
        treaties = self.record.treaties
        stages = [max((STAGE[act.act] for act in done if act.treaty == t), default=0.0) for t in treaties]
        return sum(stages) / len(stages) if stages else float("nan")

    def events(self) -> pd.DataFrame:
        """Return votes, sponsors, dialogues, treaty acts and persons as events."""
        import pandas as pd

        record = self.record
        session = {motion.year: self.step(motion.month) for motion in record.motions}
        rows: list[tuple[int, str, str, str, float]] = []

        def add(step: int, kind: str, actor: str, detail: str, value: float = float("nan")) -> None:
            rows.append((step, kind, actor, detail, value))

        for motion in record.motions:
            margin = float((motion.yes or 0) - (motion.no or 0)) if motion.tabled else float("nan")
            add(session[motion.year], "motion", "", motion.result, margin)
            if motion.text_fate:
                add(session[motion.year], "text", "", motion.text_fate)
        for vote in record.votes:
            add(session[vote.year], f"vote_{vote.motion}", vote.state, vote.vote)
        for row in record.sponsorships:
            add(session[row.year], "sponsor", row.state, "left" if row.role == "declined" else row.role)
        for turn in record.dialogues:
            if turn.state:
                month = turn.date if "-" in turn.date else f"{turn.date}-12"
                add(self.step(month), "dialogue", turn.state, turn.change)
        for act in record.treaty_acts:
            if self.step(act.month) >= 0:
                add(self.step(act.month), "treaty", act.treaty, act.act)
        for one in record.releases:
            add(self.step(one.month), "person", one.person, one.turn, float(one.persons))
        frame = pd.DataFrame(rows, columns=["step", "kind", "actor", "detail", "value"])
        frame.insert(0, "run", 0)
        return frame.sort_values(["step", "kind", "actor"], kind="stable", ignore_index=True)

    def calendar(self) -> pd.DataFrame:
        """Return deadlines and sessions as dated events."""
        import pandas as pd

        dated = [(row.month, row.kind) for row in self.record.deadlines]
        dated += [(motion.month, "session") for motion in self.record.motions]
        columns = ["arm", "step", "code", "kind", "date", "actors", "strength"]
        rows = [(NAME, self.step(month), f"{kind}_{month}", kind, month, "", 1.0) for month, kind in sorted(dated)]
        return pd.DataFrame(rows, columns=columns)
