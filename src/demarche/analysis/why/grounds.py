"""What a rule rests on: links and base rates with what the account holds, its own numbers, and passages, once each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from demarche.accounts.links import LINK_PREFIX, RATE_PREFIX, all_links, all_rates
from demarche.analysis.why.case import Case
from demarche.analysis.why.told import Document, Number, Passage, Reason
from demarche.claims import load_register
from demarche.rules.contract import Rule


def numbers_of(case: Case, rule: Rule) -> tuple[Number, ...]:
    """Return the links, base rates and own numbers of a rule with their values in the run."""
    links = [_link(case, name) for name in rule.links]
    rates = [_rate(case, name) for name in rule.rates]
    own = [_own(case, rule, place) for place in range(len(rule.parameters))]
    return (*links, *rates, *own)


def _link(case: Case, name: str) -> Number:
    account = case.setup.accounts[case.account]
    held, said = account.links[name], all_links()[name].said
    prior = held.prior
    whose = account.title if name in account.own else f"the common account, which {account.title} leaves as it is,"
    text = f"{_how(case, LINK_PREFIX + name)}; {whose} holds {prior.median:g} ({prior.low:g} to {prior.high:g})"
    neutral = said.neutral if isinstance(said.neutral, str) else f"{said.neutral:g}"
    value = f"{case.setup.value(LINK_PREFIX + name, case.runs, case.row):.4g}"
    meaning = f"{said.meaning}; does nothing at {neutral}" if neutral != "common" else said.meaning
    return Number("link", name, value, said.unit, meaning, text, held.reason, held.claims)


def _rate(case: Case, name: str) -> Number:
    said = all_rates()[name].said
    value = f"{case.setup.value(RATE_PREFIX + name, case.runs, case.row):.4g}"
    text = f"{_how(case, RATE_PREFIX + name)}; all accounts share {said.median:g} ({said.low:g} to {said.high:g})"
    meaning = f"how often '{said.option}' of {said.decision} is taken when nothing pushes, {said.occasion}"
    return Number("base rate", name, value, said.unit, meaning, text, said.source, claims_in(said.source))


def _own(case: Case, rule: Rule, place: int) -> Number:
    one, path = rule.parameters[place], rule.parameter_paths[place]
    value = f"{case.setup.value(path, case.runs, case.row):.4g}"
    known = f"{one.default:g} ({one.low:g} to {one.high:g})"
    text = f"at its default {known}" if _how(case, path) == "default" else f"{_how(case, path)}; default {known}"
    return Number("number", one.name, value, one.unit, one.meaning, text, one.source, claims_in(one.source))


def _how(case: Case, path: str) -> str:
    """Return how a number of the run was set."""
    if path in case.setup.fixed:
        return "set by the scenario"
    return "drawn" if case.is_drawn(path) else "median" if path.startswith((LINK_PREFIX, RATE_PREFIX)) else "default"


def claims_in(text: str) -> tuple[str, ...]:
    """Return the ids of claims that a source names, in order.

    Examples
    --------
    >>> claims_in("PRS-05: a yearly report by statute; assumption")
    ('PRS-05',)
    """
    known = set(load_register().ids)
    words = text.replace(",", " ").replace(":", " ").replace(";", " ").replace("(", " ").replace(")", " ").split()
    return tuple(dict.fromkeys(word for word in words if word in known))


def passages_of(reasons: Sequence[Reason]) -> tuple[Document, ...]:
    """Return the claims behind some reasons by document, each told once with everything that rests on it."""
    register = load_register()
    used: dict[str, list[str]] = {}
    for reason in reasons:
        for claim in reason.claims:
            used.setdefault(claim, []).append(reason.rule)
        for number in reason.numbers:
            for claim in number.claims:
                used.setdefault(claim, []).append(reason.rule if number.kind == "number" else
                                                  f"{number.kind} {number.name}")  # fmt: skip
    documents = []
    for source in register.sources:
        cited = [id_ for id_ in register.ids if id_ in used and register.claim(id_).document == source.nick]
        if cited:
            title = f"{source.author} ({source.year}), {source.title}"
            documents.append(Document(source.nick, title, tuple(_passage(id_, used[id_]) for id_ in cited)))
    return tuple(documents)


def _passage(id_: str, used: Iterable[str]) -> Passage:
    register = load_register()
    claim = register.claim(id_)
    words = {"contradicts": "disagrees with", "qualifies": "qualifies or is qualified by"}
    disputed = tuple(f"{words[kind]} {other}" for other, kind in register.against(id_))
    place = f"{claim.section} (lines {claim.lines})"
    return Passage(id_, place, claim.paraphrase, claim.strength, disputed, tuple(dict.fromkeys(used)))
