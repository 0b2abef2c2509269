"""`python -m tests.claims [ID ...]`: run the study of claims, or print what some claims show."""

from __future__ import annotations

import argparse
from collections import Counter

from tests.claims.page import PAGE, carrier_of, page, sizes
from tests.claims.rows import rows
from tests.claims.study import MORE, PAIRS, kept, stale, study, write


def main() -> None:
    """Run what was asked for; all claims are written, some are only printed."""
    asked = argparse.ArgumentParser(prog="python -m tests.claims", description=__doc__)
    asked.add_argument("claims", nargs="*", help="ids or families; all if none is named, and then the study is written")
    asked.add_argument("--quick", action="store_true", help="32 pairs only")
    asked.add_argument("--into", action="store_true", help="write what is found into the study that stands")
    asked.add_argument("--page", action="store_true", help="write the page of the study that stands, and run nothing")
    wanted = asked.parse_args()
    if wanted.page:
        PAGE.write_text(page(kept()["claims"]), encoding="utf-8")
        return
    if wanted.into and (changed := set(stale()) - {"tables"}):
        asked.error(f"{', '.join(sorted(changed))} changed since the study was written: run the whole of it")
    chosen = [row for row in rows() if not wanted.claims or {row.claim, row.claim[:3]} & set(wanted.claims)]
    found = study(chosen, lambda done, of: print(f"{done} of {of} arms", flush=True), PAIRS if wanted.quick else MORE)
    for row in chosen:
        told = found[row.claim]
        print(row.claim, told["verdict"], carrier_of(row), row.measure, row.switch, row.sign, sizes(told), sep=" | ")
    print(Counter(one["verdict"] for one in found.values()))
    if not wanted.claims or wanted.into:
        write({row.claim: found.get(row.claim) or kept()["claims"][row.claim] for row in rows()})
        PAGE.write_text(page(kept()["claims"]), encoding="utf-8")


if __name__ == "__main__":
    main()
