"""The problems of one file, collected with their marks and raised at once, sorted by line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from demarche.errors import Problem, ScenarioError, closest
from demarche.reading.yaml_nodes import Document, KeyPath, Mark

MAX_PROBLEMS = 100
MAX_SHOWN = 60
_UNSAID = object()


def show(value: Any) -> str:
    """Return a value as it may stand in a message, shortened.

    Examples
    --------
    >>> show("vocla"), show(True), show(None), show([1, 2]), show({"a": 1})
    ('"vocla"', 'true', 'nothing', 'a list of 2', 'a mapping of 1')
    """
    if value is None:
        return "nothing"
    if isinstance(value, (dict, list)):
        return f"a {'mapping' if isinstance(value, dict) else 'list'} of {len(value)}"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 3]}..."


def dotted(path: KeyPath) -> str:
    """Return a path as `arms.quiet.channel_mix`; keys that could spoil a line are quoted and shortened."""
    return ".".join(
        str(part) if isinstance(part, int) or (part.isprintable() and len(part) <= MAX_SHOWN) else show(part)
        for part in path
    )


class Report:
    """Collects what is wrong with one file.

    Parameters
    ----------
    document
        The file; its flaws are the first problems.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._entries: list[tuple[Mark, Problem]] = []
        self._foreign: list[Problem] = []
        self._covered: set[KeyPath] = set()
        self._paths: set[KeyPath] = set()
        self._n_more = 0
        for flaw in document.flaws:
            self._note(flaw.path, flaw.mark, flaw.what, flaw.found, fix=flaw.fix)
            if flaw.covers:
                self._covered.add(flaw.path)

    def __bool__(self) -> bool:
        return bool(self._entries or self._foreign)

    def _note(
        self,
        path: KeyPath,
        mark: Mark,
        what: str,
        found: str = "",
        expected: str = "",
        meant: str = "",
        fix: str = "",
    ) -> None:
        self._paths.add(path)
        if len(self._entries) >= MAX_PROBLEMS:
            self._n_more += 1
            return
        place = f"{self.document.file}:{mark.line}:{mark.column}"
        where = f"{place}: {dotted(path)}" if path else place
        self._entries.append((mark, Problem(where, what, found, expected, meant, fix)))

    def is_covered(self, path: KeyPath) -> bool:
        """Tell whether something has already been said about a path or one that holds it."""
        return any(path[:length] in self._covered for length in range(len(path) + 1))

    def has_within(self, *path: str | int) -> bool:
        """Tell whether there is a problem at a path or below it."""
        return any(found[: len(path)] == path for found in self._paths)

    def mark(self, path: KeyPath, at_key: bool = False) -> Mark:
        """Return where a path is, or the nearest path that holds it."""
        document = self.document
        for length in range(len(path), -1, -1):
            part = path[:length]
            whole = length == len(path)
            tables = (document.marks, document.key_marks)
            for table in tables if whole and not at_key else tables[::-1]:
                if part in table:
                    return table[part]
        return Mark()

    def add(
        self,
        path: KeyPath,
        what: str,
        *,
        found: Any = _UNSAID,
        expected: str = "",
        among: Iterable[str] = (),
        name: str = "",
        fix: str = "",
        at_key: bool = False,
    ) -> None:
        """Add a problem, unless something has already been said about the path.

        Parameters
        ----------
        path
            The path that the problem is about.
        what, expected, fix
            Parts of the message.
        found
            The value found, shown shortened.
        among, name
            Known names and the name in question, for `did you mean`.
        at_key
            Whether to point at the key rather than at the value.
        """
        if self.is_covered(path):
            return
        full = len(self._entries) >= MAX_PROBLEMS
        meant = "" if full or not name else closest(name[:MAX_SHOWN], among)
        self._covered.add(path)
        shown = "" if found is _UNSAID else show(found)
        self._note(path, self.mark(path, at_key), what, shown, expected, meant, fix)

    def add_foreign(self, problems: Iterable[Problem]) -> None:
        """Add problems of another file that this one names."""
        self._foreign.extend(problems)

    def problems(self) -> tuple[Problem, ...]:
        """Return the problems sorted by place, those of other files last."""
        own = [problem for _, problem in sorted(self._entries, key=lambda entry: entry[0])]
        if self._n_more:
            last = self._entries[-1][0]
            where = f"{self.document.file}:{last.line}:{last.column}"
            own.append(Problem(where, f"there are {self._n_more:,} more problems", fix="mend these first"))
        return (*own, *self._foreign)

    def raise_if_any(self) -> None:
        """Raise all problems at once.

        Raises
        ------
        ScenarioError
            If there is any problem.
        """
        if self:
            raise ScenarioError(self.problems())
