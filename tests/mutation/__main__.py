"""`python -m tests.mutation`: which mutants the tests notice, as a table and as JSON.

Exit code 0 if all were killed, 1 if some survived, 2 if nothing can be said.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.mutation.mutants import Mutant, read_mutants
from tests.mutation.running import KILLED, Unsound, Verdict, copy_tree, judge_all


def main() -> int:
    """Run the mutants that were asked for."""
    asked = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    asked.add_argument("names", nargs="*", help="mutants or selections of tests; all if none is named")
    asked.add_argument("--json", type=Path, help="also write the verdicts to a file")
    wanted = asked.parse_args()
    found = read_mutants()
    unknown = set(wanted.names) - {mutant.name for mutant in found.mutants} - set(found.selections)
    if unknown:
        asked.error(f"no mutant or selection is called {', '.join(sorted(unknown))}")
    chosen = [m for m in found.mutants if not wanted.names or {m.name, m.tests} & set(wanted.names)]
    with tempfile.TemporaryDirectory(prefix="mutants") as folder:
        try:
            verdicts = judge_all(copy_tree(Path(folder).resolve()), found, chosen, tell)
        except Unsound as error:
            print(error, file=sys.stderr)
            return 2
    print(summary(verdicts, chosen))
    if wanted.json:
        told = {"verdicts": [asdict(verdict) for verdict in verdicts]}
        wanted.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0 if all(verdict.status == KILLED for verdict in verdicts) else 1


def tell(verdict: Verdict) -> None:
    """Print one row of the table."""
    print(f"{verdict.status:9s} {verdict.seconds:6.1f} s  {verdict.mutant:40s} {verdict.by[:110]}", flush=True)


def summary(verdicts: list[Verdict], chosen: list[Mutant]) -> str:
    """Return how many survived, those of the review apart."""
    lines = []
    for what, review in (("of the review", True), ("of our own", False)):
        names = {mutant.name for mutant in chosen if mutant.review == review}
        mine = [verdict for verdict in verdicts if verdict.mutant in names]
        alive = [verdict.mutant for verdict in mine if verdict.status != KILLED]
        rest = f"; not {', '.join(alive)}" if alive else ""
        lines.append(f"{what}: {len(mine) - len(alive)} of {len(mine)} killed{rest}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
