"""Bundles: levers that arms set together under a name, and what is said of them."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from demarche.cast.cast import load_cast
from demarche.cli.say.bundles import tell_bundles
from demarche.scenario.bundles import bundles_of, told_bundles
from demarche.scenario.load import Scenario, compile_scenario, load_scenario
from tests.conftest import ROOT

read_cast = functools.cache(load_cast)
HEAD = """title: Bundles
cast: casts/china_1989.yaml
period: {start: 1989-06, end: 1992-12}
accounts: [leverage_toolbox]
outcomes: [releases]
"""
QUIET = "channel_mix: {g7: {quiet: 1}}, motions: {g7: stay_out}"
Loader = Callable[[str], Scenario]


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Loader:
    folder = tmp_path_factory.mktemp("bundles")
    shutil.copytree(ROOT / "scenarios" / "casts", folder / "casts")
    path = folder / "scenario.yaml"

    def read(text: str) -> Scenario:
        path.write_text(HEAD + text, encoding="utf-8")
        return load_scenario(path, read_cast)

    return read


def test_a_bundle_is_what_it_holds_spelled_out(load: Loader) -> None:
    bundled = load(f"bundles:\n  quiet: {{{QUIET}}}\narms:\n  one: {{bundle: quiet}}\n  as_it_was: {{}}\n")
    spelled = load(f"arms:\n  one: {{{QUIET}}}\n  as_it_was: {{}}\n")
    assert bundled.digest == spelled.digest, "the runs are the same, whatever the name"
    assert bundled.arms["one"].bundles == ("quiet",)
    assert compile_scenario(bundled).arms["one"].settings[0].field == "lever_quiet"


def test_a_lever_beside_a_bundle_wins(load: Loader) -> None:
    found = load(f"bundles:\n  quiet: {{{QUIET}}}\narms:\n  one: {{bundle: quiet, motions: {{USA: lead}}}}\n")
    settings = [one for one in compile_scenario(found).arms["one"].settings if one.field == "lever_motions"]
    assert [one.value for one in settings] == [0.0, 2.0], "the later one holds where both are set"


def test_a_bundle_may_hold_in_a_phase_alone(load: Loader) -> None:
    found = load(
        f"bundles:\n  quiet: {{{QUIET}}}\narms:\n"
        "  one: {phases: [{from: 1990-01, until: 1990-12, bundle: quiet}, {from: 1991-06, list_size: 3}]}\n"
    )
    setup = compile_scenario(found).arms["one"]
    assert {(one.field, one.first, one.last) for one in setup.settings} == {
        ("lever_quiet", 7, 18), ("lever_vocal", 7, 18), ("lever_motions", 7, 18), ("lever_list_size", 24, None),
    }  # fmt: skip
    assert found.arms["one"].bundles == ("quiet",)


def test_what_a_bundle_holds_is_said_in_the_words_of_the_file(load: Loader) -> None:
    found = load(
        f"bundles:\n  quiet: {{{QUIET}, coordination: free}}\n  poor: {{network_funding: {{all_groups: 0.5}}}}\n"
        "arms:\n  one: {bundle: quiet}\n  two: {bundle: quiet, list_size: 3}\n  three: {bundle: poor}\n"
    )
    said = "channel_mix g7 quiet 1 vocal 0; motions g7 stay_out; coordination free"
    assert bundles_of(found, "two") == {"quiet": said}
    assert told_bundles(found, ["one", "two", "three"]) == (
        f"Bundle quiet (in one, two): {said}", "Bundle poor (in three): network_funding all_groups 0.5",
    )  # fmt: skip
    assert told_bundles(found, ["three"]) == ("Bundle poor (in three): network_funding all_groups 0.5",)


def test_a_bundle_that_no_arm_takes_is_remarked_on(load: Loader) -> None:
    found = load(f"bundles:\n  quiet: {{{QUIET}}}\narms:\n  one: {{list_size: 3}}\n")
    assert [remark.what for remark in found.remarks] == ["no arm takes this bundle"]
    assert ":7:3: bundles.quiet" in str(found.remarks[0])


def test_tables_of_arms_say_what_their_bundles_hold() -> None:
    held = {"one": {"bundles": {"quiet": "motions g7 stay_out"}}, "two": {"title": "of an older version"}}
    manifest: Any = SimpleNamespace(arms=held)
    shown = Console(record=True, width=200)
    tell_bundles(shown, manifest, ("one", "two", "one", 0.5))
    assert shown.export_text().splitlines() == ["one = bundle quiet: motions g7 stay_out"]
