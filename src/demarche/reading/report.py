"""The problems of one file, collected with their marks and raised at once, sorted by line."""

from __future__ import annotations

import json
from collections.abc import Iterable

from demarche.errors import Problem, ScenarioError, closest
from demarche.reading.text import Mark
from demarche.reading.yaml_nodes import Document, KeyPath

MAX_PROBLEMS = 100
MAX_SHOWN = 60
_UNSAID = object()


def show(value: object) -> str:
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


class Collector:
    """Collects problems of one file; after many only their number is kept.

    Parameters
    ----------
    file
        Path of the file as the user gave it.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._entries: list[tuple[Mark, Problem]] = []
        self._foreign: list[Problem] = []
        self._n_more = 0

    def __bool__(self) -> bool:
        return bool(self._entries or self._foreign)

    @property
    def is_full(self) -> bool:
        """Tell whether further problems are only counted."""
        return len(self._entries) >= MAX_PROBLEMS

    def note(
        self,
        mark: Mark,
        what: str,
        *,
        name: str = "",
        found: str = "",
        expected: str = "",
        meant: str = "",
        fix: str = "",
    ) -> None:
        """Add a problem at a place; `name` says what is there, such as a path or a column."""
        if self.is_full:
            self._n_more += 1
            return
        place = f"{self.file}:{mark.line}:{mark.column}"
        where = f"{place}: {name}" if name else place
        self._entries.append((mark, Problem(where, what, found, expected, meant, fix)))

    def add_foreign(self, problems: Iterable[Problem]) -> None:
        """Add problems of another file that this one names."""
        self._foreign.extend(problems)

    def problems(self) -> tuple[Problem, ...]:
        """Return the problems sorted by place, those of other files last."""
        own = [problem for _, problem in sorted(self._entries, key=lambda entry: entry[0])]
        if self._n_more:
            last = self._entries[-1][0]
            where = f"{self.file}:{last.line}:{last.column}"
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


class Report(Collector):
    """Collects what is wrong with one YAML file.

    Parameters
    ----------
    document
        The file; its flaws are the first problems.
    """

    def __init__(self, document: Document) -> None:
        super().__init__(document.file)
        self.document = document
        self._covered: set[KeyPath] = set()
        self._paths: set[KeyPath] = set()
        for flaw in document.flaws:
            self._paths.add(flaw.path)
            self.note(flaw.mark, flaw.what, name=dotted(flaw.path), found=flaw.found, fix=flaw.fix)
            if flaw.covers:
                self._covered.add(flaw.path)

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
        found: object = _UNSAID,
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
        meant = "" if self.is_full or not name else closest(name[:MAX_SHOWN], among)
        self._covered.add(path)
        self._paths.add(path)
        shown = "" if found is _UNSAID else show(found)
        mark = self.mark(path, at_key)
        self.note(mark, what, name=dotted(path), found=shown, expected=expected, meant=meant, fix=fix)
