"""The reference case as it comes out of the rules: roll calls, motions, and arms that matter."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from scipy import stats
from tests.conftest import make_setup
from tests.support.accounts import document_accounts
from tests.support.compare import runs_of

from demarche.analysis.comparison.contrast import Contrast
from demarche.analysis.comparison.differences import differences
from demarche.analysis.scorecard.tables import tables_of
from demarche.cast.cast import Cast
from demarche.engine.setup import Setup
from demarche.history.tables import Tables
from demarche.world.axes import REGIONS

pytestmark = pytest.mark.long

REPLICATIONS = 24
RARE = 1e-4  # chance of a false alarm of a statistical test


@pytest.fixture(scope="module")
def setup(cast: Cast) -> Setup:
    return make_setup(cast, 247)


@pytest.fixture(scope="module")
def tables(setup: Setup) -> Tables:
    return tables_of(setup, runs_of(list(setup.arms), list(document_accounts()), list(range(REPLICATIONS))))


def test_roll_calls_have_the_seats_of_their_year_by_region(setup: Setup, tables: Tables) -> None:
    cast, period = setup.cast, setup.period
    region = dict(zip(cast.state_codes, cast.regions, strict=True))
    votes = tables.events[tables.events["kind"] == "vote_no_action"]
    checked = 0
    for (_run, step), ballot in votes.groupby(["run", "step"]):
        year = period.month(int(step)).year
        seats = {place: n for place, n in zip(REGIONS, cast.quotas(year), strict=True) if n}
        assert Counter(ballot["actor"].map(region)) == seats, year
        assert ballot["actor"].is_unique
        checked += year <= 1998
    assert checked > 5 * REPLICATIONS


def test_votes_add_up_to_the_margin_and_a_tie_defeats(tables: Tables) -> None:
    votes = tables.events[tables.events["kind"] == "vote_no_action"]
    counts = votes.groupby(["run", "step"])["detail"].value_counts().unstack(fill_value=0)
    fates = ("no_action_carried", "no_action_failed")
    motions = tables.events[(tables.events["kind"] == "motion") & tables.events["detail"].isin(fates)]
    joined = motions.set_index(["run", "step"]).join(counts)
    margin = joined["yes"] - joined["no"]
    assert (margin == joined["value"]).all()
    assert ((margin > 0) == (joined["detail"] == "no_action_carried")).all()
    assert (margin == 0).any(), "among so many motions some end in a tie"


def test_motions_are_carried_fail_and_miss_narrowly_and_not_always_the_same(tables: Tables) -> None:
    motions = tables.events[(tables.events["kind"] == "motion") & (tables.events["step"] < 115)]
    fates = motions["detail"].value_counts()
    assert fates["no_action_carried"] > fates["no_action_failed"] > 0
    assert fates["not_tabled"] > 0
    assert (motions["value"].abs() <= 2).sum() > 10
    paths = motions.sort_values(["run", "step"]).groupby("run")["value"].apply(tuple)
    cells = tables.runs.set_index("run").loc[paths.index, ["arm", "account"]]
    assert (paths.groupby([cells["arm"], cells["account"]]).nunique() > 0.5 * REPLICATIONS).all(), "luck decides too"


def test_an_arm_moves_the_words_that_it_is_about(tables: Tables) -> None:
    """What words then move is measured, not known in advance; that they are fewer or more is what the arm means."""
    frame = tables.runs.merge(tables.outcomes, on="run")
    contrast = Contrast("arm", "vocal", ("quiet",), ("public_pressure",))
    found = differences(frame, contrast).set_index("account")
    limit = stats.t.ppf(1 - RARE / 2, REPLICATIONS - 1)
    assert (found["mean"] / (found["sd"] / np.sqrt(found["n"])) < -limit).all()


def test_arms_that_share_a_seed_part(tables: Tables) -> None:
    frame = tables.runs.merge(tables.outcomes, on="run")
    for name in ("releases", "person_months_detained", "core_practice_change"):
        by_arm = frame.pivot_table(name, ["account", "seed"], "arm", dropna=False)
        parted = by_arm.ne(by_arm["as_it_was"], axis=0).drop(columns="as_it_was")
        assert (parted.mean() > 0.5).all(), name
