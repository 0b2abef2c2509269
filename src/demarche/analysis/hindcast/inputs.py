"""What a hindcast is given of the years that it predicts: inputs that were not predicted, so that it is conditional."""

from __future__ import annotations

from collections import Counter

from demarche.analysis.scorecard.encodings import encodings_of
from demarche.analysis.scorecard.sources import fitted_sources
from demarche.engine.setup import Setup
from demarche.history.record import Record
from demarche.history.votes.posterior import packaged_posterior


def given(setup: Setup, arm: str, record: Record, until: int) -> list[str]:
    """Return what was known beforehand of the years after a date, in sentences."""
    after = [event for event in setup.arms[arm].calendar.events if event.month.year > until]
    after = [event for event in after if event.month.year <= record.end.year]
    kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(Counter(event.kind for event in after).items()))
    encoded = [one for one in encodings_of(setup.cast, record.judging) if any("calendar" in x for x in one.inputs)]
    cited = fitted_sources(setup.catalogue, setup.accounts, setup.cast, record.judging)
    sources = sorted({source for some in cited.values() for source in some})
    words = [f"{len(after)} dated events of the calendar after {until}: {kinds or 'none'}."]
    words += [f"Of these some encode what came about: {one.what}." for one in encoded]
    words.append(f"Yearly tables of the cast after {until} (ideal points, trade and what else is given by year).")
    words.append("Whether a motion was tabled, for sponsors and votes; and who had a seat, for votes.")
    words.append(
        f"{len(sources)} sources of parameters, settings and starting values cite tables of the whole record to "
        f"{record.end.year}: these priors were set with the predicted years in sight, and are not learned to a date."
    )
    own = "and votes on this case, those to be predicted too" if setup.cast.own_votes == "used" else "none on this case"
    words.append(f"The model of votes: fitted on roll calls on other cases to {packaged_posterior().last_year}, {own}.")
    return words
