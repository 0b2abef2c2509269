"""The tornado: exact on a made world, small on the reference case, and told on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from typer.testing import CliRunner

from demarche.accounts.links import all_links
from demarche.analysis.tornado import study
from demarche.analysis.tornado.study import Asked, Swing, Tornado, tornado
from demarche.cast.cast import Cast
from demarche.cli.main import app
from demarche.engine.setup import Runs, Setup
from tests.conftest import make_setup
from tests.unit.test_draws import FREEZES
from tests.unit.test_runner import SCENARIO, write_tiny

ACCOUNT = "domestic_engine"
LINK, RATE = "link.silence_licence", "rate.reform_step"


@pytest.fixture
def made(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Setup:
    """A world in which an outcome is ten times one link in the quiet arm and twice a base rate in any."""

    def simulate(
        setup: Setup, runs: Runs, events: bool = True, all_series: bool = True, chunk: int = 0
    ) -> SimpleNamespace:
        assert chunk == study.LEAN_CHUNK, "as wide as parts are cut, or a narrow rest is run by itself"
        plain = {path: np.full(len(runs), setup.catalogue.parameters[path].default) for path in (LINK, RATE)}
        values = plain | dict(runs.values)
        quiet = np.array([arm == "quiet" for arm in runs.arm])
        luck = np.array(runs.seed, dtype=np.float64)
        made = 10 * values[LINK] * quiet + 2 * values[RATE] + luck
        return SimpleNamespace(outcomes={"releases": made, "exiles": np.zeros(len(runs))})

    monkeypatch.setattr("demarche.analysis.tornado.study.simulate", simulate)
    monkeypatch.setattr("demarche.analysis.tornado.study.uncertain_paths", lambda rules: (LINK, RATE))
    monkeypatch.setattr("demarche.rules.priors.uncertain_paths", lambda rules: (LINK, RATE))
    monkeypatch.setattr("demarche.rules.collected.Catalogue.paths_on", lambda self, account: frozenset((LINK, RATE)))
    return make_setup(cast, 24)


def test_effects_are_differences_of_means_in_spreads(made: Setup) -> None:
    asked = Asked(ACCOUNT, ("quiet", "vocal"), ("releases", "exiles"), tuple(range(30)))
    seen: list[tuple[int, int]] = []
    found = tornado(made, asked, tell=lambda done, total: seen.append((done, total)))
    assert seen == [(240, 240)], "runs: two numbers at two ends in two arms, 30 times"
    first, second = found.leading("releases")
    assert (first.path, second.path) == (LINK, RATE)
    held = made.accounts[ACCOUNT].links["silence_licence"].prior
    assert first.high - first.low == pytest.approx(10 * (held.high - held.low))
    assert first.contrast_high - first.contrast_low == pytest.approx(10 * (held.high - held.low))
    assert second.high - second.low == pytest.approx(2 * (0.065 - 0.035))
    assert second.contrast_effect == pytest.approx(0.0)
    assert first.effect == pytest.approx((first.high - first.low) / first.spread)
    assert first.spread > first.contrast_spread > 0, "luck of a run is the same in both arms"
    assert all(swing.effect == 0.0 for swing in found.leading("exiles")), "what never varies is moved by nothing"
    assert found.faint() == (RATE,) or found.faint() == ()


def test_one_arm_has_no_contrast(made: Setup) -> None:
    found = tornado(made, Asked(ACCOUNT, ("quiet",), ("releases",), tuple(range(5)), (LINK,)))
    (swing,) = found.swings
    assert np.isnan(swing.contrast_low)
    assert swing.contrast_effect == 0.0


def test_what_base_rates_lead_and_what_moves_nothing_is_said() -> None:
    asked = Asked("a", ("x",), ("one", "two"), (1, 2))
    swings = (
        Swing(RATE, "one", 0.0, 2.0, np.nan, np.nan, 1.0, 0.0), Swing(LINK, "one", 0.0, 1.0, np.nan, np.nan, 1.0, 0.0),
        Swing(RATE, "two", 0.0, 0.0, np.nan, np.nan, 1.0, 0.0), Swing(LINK, "two", 0.0, -1.0, np.nan, np.nan, 1.0, 0.0),
        Swing("a.b.c", "one", 0.0, 0.01, np.nan, np.nan, 1.0, 0.0),
        Swing("a.b.c", "two", 0.0, 0.0, np.nan, np.nan, 1.0, 0.0),
    )  # fmt: skip
    found = Tornado(asked, swings)
    assert found.led_by_rates() == ("one",)
    assert found.faint() == ("a.b.c",)
    assert [swing.path for swing in found.leading("two", n=1)] == [LINK]


@pytest.fixture
def experiment(tmp_path: Path) -> Path:
    path = write_tiny(tmp_path, scenario=SCENARIO + "rules: [freezes.py]\n")
    (tmp_path / "scenarios" / "freezes.py").write_text(FREEZES, encoding="utf-8")
    return path


@pytest.mark.long
def test_the_command_tells_the_numbers_that_lead(experiment: Path) -> None:
    options = ["-n", "2", "--outcomes", "releases", "--json", "-w", "1"]
    told = CliRunner().invoke(app, ["tornado", str(experiment), *options])
    assert told.exit_code == 0, told.output
    data = json.loads(told.output)
    assert data["lucks"] == 2
    assert {one["outcome"] for one in data["swings"]} == {"releases"}
    assert all_links()["monopoly_freeze"].path in {one["path"] for one in data["swings"]}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--account", "domestic_engin"], "Did you mean 'domestic_engine'?"),
        (["--between", "quiet,vocl"], "Did you mean 'vocal'?"),
        (["--outcomes", "release"], "Did you mean 'releases'?"),
    ],
)
def test_names_that_are_not_known_are_refused(experiment: Path, arguments: list[str], words: str) -> None:
    told = CliRunner().invoke(app, ["tornado", str(experiment), *arguments])
    assert told.exit_code == 2
    assert words in told.output
