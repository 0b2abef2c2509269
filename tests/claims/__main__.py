"""`python -m tests.claims [ID ...]`: run the study of claims, or print what some claims show."""

from __future__ import annotations

import argparse
from collections import Counter

from tests.claims.rows import rows
from tests.claims.study import MORE, PAIRS, kept, study, write


def main() -> None:
    """Run what was asked for; all claims are written, some are only printed."""
    asked = argparse.ArgumentParser(prog="python -m tests.claims", description=__doc__)
    asked.add_argument("claims", nargs="*", help="ids or families; all if none is named, and then the study is written")
    asked.add_argument("--quick", action="store_true", help="32 pairs only")
    asked.add_argument("--stale", action="store_true", help="write what is printed into the study that stands")
    wanted = asked.parse_args()
    chosen = [row for row in rows() if not wanted.claims or {row.claim, row.claim[:3]} & set(wanted.claims)]
    found = study(chosen, lambda done, of: print(f"{done} of {of} arms", flush=True), PAIRS if wanted.quick else MORE)
    for row in chosen:
        one = found[row.claim]
        sizes = "; ".join(f"{what} {t['size']} +- {t['error']} ({t['pairs']})" for what, t in one["tests"].items())
        print(f"{row.claim} {one['verdict']:22s} {row.carrier:45s} {row.measure:20s} {row.switch:16s} {row.sign:3s} {sizes}")
    print(Counter(one["verdict"] for one in found.values()))
    if not wanted.claims:
        write(found)
    elif wanted.stale:
        write({**kept()["claims"], **found})


if __name__ == "__main__":
    main()
