"""Commands on rules, claims and reasons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from demarche.claims import load_register
from demarche.engine.schedule import SCHEDULE
from demarche.experiment.results.store import open_results
from demarche.report.reference import accounts_page, rules_page
from demarche.rules.find import find_rules, rules_of
from demarche.world.decisions import DECISION_OF
from tests.unit.test_cli import invoke
from tests.unit.test_runner import write_tiny


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("why")
    invoke("run", write_tiny(root), "--out", root / "out", "--no-figures", "--quiet")
    return root / "out"


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_rules_lists_every_rule_or_those_of_a_account_and_family() -> None:
    assert f"{len(find_rules())} rules." in invoke("rules").stdout
    assert f"{len(rules_of('strategic_target'))} rules." in invoke("rules", "--account", "strategic_target").stdout
    some = [rule.id for rule in rules_of("strategic_target") if rule.family == "bodies"]
    result = invoke("rules", "list", "--account", "strategic_target", "--family", "bodies", "--all")
    assert f"{len(some)} rules." in result.stdout
    assert all(rule_id in result.stdout for rule_id in some)


SHOWN = [find_rules()[0], find_rules()[-1], next(rule for rule in find_rules() if rule.links and rule.rates)]


@pytest.mark.parametrize("rule", SHOWN, ids=lambda rule: str(rule.id))
def test_a_rule_is_shown_with_claims_and_sources(rule: object) -> None:
    from demarche.rules.contract import Rule

    assert isinstance(rule, Rule)
    text = squeezed(invoke("rules", "show", rule.id).stdout)
    assert squeezed(rule.sentence) in text
    register = load_register()
    for id_ in rule.claims:
        claim = register.claim(id_)
        assert squeezed(claim.paraphrase) in text
        assert squeezed(claim.place) in text
        assert all(other in text for other, _ in register.against(id_))
    assert all(parameter.name in text and parameter.unit.split()[0] in text for parameter in rule.parameters)
    assert all(name in text for name in (*rule.reads, *rule.writes, *rule.links, *rule.rates))


def test_a_rule_with_a_link_and_no_parameter_is_not_called_a_procedure() -> None:
    linked = next(rule for rule in find_rules() if rule.links and not rule.parameters)
    bare = next(rule for rule in find_rules() if not (rule.links or rule.rates or rule.parameters))
    assert "procedure" not in invoke("rules", "show", linked.id).stdout
    assert "procedure" in invoke("rules", "show", bare.id).stdout


def test_reference_pages_lead_from_rules_to_links_and_back() -> None:
    def parts(page: str, level: str) -> dict[str, str]:
        found = (part.partition("\n") for part in page.split(f"\n{level} ")[1:])
        return {head: body for head, _, body in found}

    rules, links = parts(rules_page(), "###"), parts(accounts_page(), "##")
    for rule in find_rules():
        told = rules[rule.id]
        assert ("Links: " in told, "Base rates: " in told) == (bool(rule.links), bool(rule.rates))
        assert all(name in told for name in (*rule.links, *rule.rates))
        assert all(f"`{rule.id}`" in links[name] for name in rule.links)


def test_a_rule_without_a_claim_says_so() -> None:
    silent = [rule.id for rule in find_rules() if not rule.claims]
    assert "world.record_is_kept" in silent
    assert "It rests on no claim of the register." in invoke("rules", "show", "world.record_is_kept").stdout


def test_schedule_prints_every_phase_with_its_reason() -> None:
    text = invoke("schedule").stdout
    lines = [f"{number}. {phase.name}: {phase.what} ({phase.reason})" for number, phase in enumerate(SCHEDULE, 1)]
    places = [text.index(line) for line in lines]
    assert places == sorted(places)
    assert all(f"{rule.id} ({rule.when})" in text for rule in find_rules())
    less = invoke("schedule", "--account", "leverage_toolbox").stdout
    assert all(f"{rule.id} ({rule.when})" in less for rule in rules_of("leverage_toolbox"))


def test_claims_by_document_and_family() -> None:
    register = load_register()
    assert f"{len(register.claims)} claims." in invoke("claims").stdout
    some = [claim for claim in register.claims if claim.document == "001" and claim.family == "PRS"]
    result = invoke("claims", "--document", "001", "--family", "prs")
    assert f"{len(some)} claims." in result.stdout
    assert all(claim.id in result.stdout for claim in some)


def test_contradictions_are_listed_once() -> None:
    pairs = {frozenset((a, b)) for a, b, _ in load_register().contradictions}
    assert f"{len(pairs)} disagreements" in invoke("claims", "--contradictions").stdout


def test_a_claim_is_shown_with_the_rules_that_rest_on_it() -> None:
    rule = next(rule for rule in find_rules() if rule.claims)
    text = squeezed(invoke("claims", "show", rule.claims[0]).stdout)
    assert squeezed(load_register().claim(rule.claims[0]).paraphrase) in text
    assert f"rule: {rule.id}" in text


def test_why_adds_up_and_cites_passages(results: Path) -> None:
    events = open_results(results).events(["vote_no_action"])
    vote = events[events["actor"] == "FRA"].iloc[0]
    options = ("--decision", "vote_no_action", "--actor", "FRA", "--date", "1990-03")
    result = invoke("why", results, "--run", vote["run"], *options)
    assert result.exit_code == 0, result.output
    text = squeezed(result.stdout)
    assert f"The folder records that month of FRA: vote_no_action {vote['detail']}" in text
    rows = {line.split()[0]: line.split() for line in result.stdout.splitlines() if line.strip()}
    shares = dict(zip(DECISION_OF["vote_no_action"].options, re.findall(r"([\d.]+) %", " ".join(rows["chance"])),
                      strict=True))  # fmt: skip
    assert float(shares[vote["detail"]]) > 1
    assert sum(map(float, shares.values())) == pytest.approx(100, abs=0.3)
    assert any(rule.id in rows for rule in find_rules() if rule.family == "bodies")
    assert "(lines " in result.stdout


def test_why_of_a_stock_in_one_month(results: Path) -> None:
    options = ("--stock", "practice", "--actor", "civil_political", "--date", "1990-06")
    result = invoke("why", results, "--run", 0, *options)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("In June 1990 practice of Civil and political core (civil_political)")
    assert "world.practice_follows" in result.stdout


def test_a_name_in_the_place_of_a_command_is_told_how_to_be_asked_about() -> None:
    for words, told in ((("claims", "PRS-18"), "show PRS-18"), (("claims", "shw", "PRS-18"), "Did you mean 'show'?")):
        result = invoke(*words)
        assert result.exit_code == 2
        assert told in " ".join(result.output.replace("│", " ").split())
