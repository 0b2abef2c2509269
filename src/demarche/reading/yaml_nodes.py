"""Bytes of a file to plain data with the mark of every path, in one flat pass over YAML events.

PyYAML only splits the text into events; what they may contain and what scalars mean is
decided here. Nothing is guessed: anchors, aliases, tags, several documents, duplicate keys
and scalars that readers disagree on are refused with advice, all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from demarche.reading.scalars import Refusal, Scalar, resolve_plain, shorten
from demarche.reading.text import LINE_END, Mark, Unfit, decode, find_unfit, read_bytes

MAX_BYTES = 1_000_000
MAX_NODES = 20_000
MAX_DEPTH = 40

KeyPath = tuple[str | int, ...]
Node: TypeAlias = "Scalar | dict[str, Node] | list[Node]"
"""Plain data of a file or a part of it."""

ANY = object()
"""Stands for every key or position in a pattern of `Document.select`."""

_PARSER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Flaw:
    """Something that the YAML of a file may not contain.

    `covers` says that the value at the path is not to be trusted, so that nothing more
    needs to be said about it.
    """

    path: KeyPath
    mark: Mark
    what: str
    found: str = ""
    fix: str = ""
    covers: bool = True


@dataclass
class Document:
    """Plain data of one file, the marks of its paths and its flaws.

    Parameters
    ----------
    file
        Path of the file as the user gave it.
    data
        Mappings, lists and scalars.
    marks, key_marks
        Path -> where its value and where its key starts.
    flaws
        What was refused.
    is_broken
        True if reading stopped early, so that the data are not complete.
    """

    file: str
    data: Node = None
    marks: dict[KeyPath, Mark] = field(default_factory=dict)
    key_marks: dict[KeyPath, Mark] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)
    is_broken: bool = False

    def select(self, *pattern: object) -> Iterator[tuple[KeyPath, Node]]:
        """Yield path and value of every node that a pattern of keys, positions and `ANY` fits."""
        found: list[tuple[KeyPath, Node]] = [((), self.data)]
        for step in pattern:
            found = [((*path, key), value) for path, node in found for key, value in _children(node, step)]
        yield from found

    def keys_at(self, *path: str | int) -> tuple[str, ...]:
        """Return the keys of the mapping at a path; none if there is no mapping."""
        node = self.get(*path)
        return tuple(node) if isinstance(node, dict) else ()

    def get(self, *path: str | int) -> Node:
        """Return the value at a path, None if there is none."""
        return next((value for _, value in self.select(*path)), None)


def _children(node: Node, step: object) -> list[tuple[str | int, Node]]:
    if isinstance(node, dict):
        return [(key, value) for key, value in node.items() if step is ANY or step == key]
    if isinstance(node, list):
        return [(i, value) for i, value in enumerate(node) if step is ANY or step == i]
    return []


def read_yaml(path: Path) -> Document:
    """Read one file.

    Raises
    ------
    ScenarioError
        If there is no such file, or it is a folder, a device or cannot be opened.
    """
    return parse_yaml(read_bytes(path, MAX_BYTES, "YAML file"), str(path))


def parse_yaml(content: bytes, file: str) -> Document:
    """Turn the bytes of a file into a document; never raises, whatever the bytes are."""
    document = Document(file)
    text = decode(content, MAX_BYTES, "keep tables in files of their own")
    if isinstance(text, Unfit):
        _stop(document, text.mark, text.what, text.fix)
    else:
        _Builder(document, text).run()
    return document


def _stop(document: Document, mark: Mark, what: str, fix: str, path: KeyPath = ()) -> None:
    document.flaws.append(Flaw(path, mark, what, fix=fix))
    document.is_broken = True


@dataclass
class _Frame:
    """A mapping or list that is being filled; `key` is the pending key of a mapping."""

    path: KeyPath
    content: dict[str, Node] | list[Node]
    is_ignored: bool
    key: str | None = None
    ignores_value: bool = False


class _Builder:
    """Fill a document from the events of a text."""

    def __init__(self, document: Document, text: str) -> None:
        self.document = document
        self.text = text
        self.frames: list[_Frame] = []
        self.n_nodes = 0
        self.n_documents = 0

    def run(self) -> None:
        try:
            for event in yaml.parse(self.text, Loader=_PARSER):
                if not self._take(event):
                    return
        except yaml.YAMLError as error:
            self._syntax(error)
            return
        if self.n_documents == 0:
            _stop(self.document, Mark(), "the file is empty", "start with 'title: ...'")

    def _take(self, event: yaml.Event) -> bool:
        start = event.start_mark
        mark = Mark() if start is None else Mark(start.line + 1, start.column + 1)
        if isinstance(event, yaml.DocumentStartEvent):
            return self._start_document(event, mark)
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.frames.pop()
            return True
        if not isinstance(event, yaml.NodeEvent):
            return True
        self.n_nodes += 1
        if self.n_nodes > MAX_NODES:
            _stop(self.document, mark, f"the file has more than {MAX_NODES:,} entries", "split it or shorten it")
            return False
        self._node(event, mark)
        if len(self.frames) > MAX_DEPTH:
            _stop(self.document, mark, f"entries are nested more than {MAX_DEPTH} deep", "write it flatter")
            return False
        return True

    def _start_document(self, event: yaml.DocumentStartEvent, mark: Mark) -> bool:
        self.n_documents += 1
        if self.n_documents > 1:
            self._flaw(
                (),
                mark,
                "the file holds more than one document",
                "keep one document a file; remove '---'",
                False,
            )
            return False
        if event.version or event.tags:
            self._flaw((), mark, "directives ('%') are not allowed", "remove the line that starts with '%'", False)
        return True

    def _flaw(self, path: KeyPath, mark: Mark, what: str, fix: str, covers: bool = True) -> None:
        self.document.flaws.append(Flaw(path, mark, what, fix=fix, covers=covers))

    def _node(self, event: yaml.NodeEvent, mark: Mark) -> None:
        parent = self.frames[-1] if self.frames else None
        if parent is not None and isinstance(parent.content, dict) and parent.key is None:
            self._key(parent, event, mark)
            return
        path, ignored = self._place(parent)
        value = self._value(event, path, mark, ignored)
        if not ignored:
            self.document.marks[path] = mark
        if parent is None:
            self.document.data = value
        elif isinstance(parent.content, list):
            parent.content.append(value)
        else:
            if not parent.ignores_value and parent.key is not None:
                parent.content[parent.key] = value
            parent.key, parent.ignores_value = None, False
        self._open(event, path, value, ignored)

    @staticmethod
    def _place(parent: _Frame | None) -> tuple[KeyPath, bool]:
        if parent is None:
            return (), False
        if isinstance(parent.content, list):
            return (*parent.path, len(parent.content)), parent.is_ignored
        return (*parent.path, parent.key or ""), parent.is_ignored or parent.ignores_value

    def _open(self, event: yaml.NodeEvent, path: KeyPath, value: Node, ignored: bool) -> None:
        if isinstance(event, yaml.CollectionStartEvent) and isinstance(value, (dict, list)):
            self.frames.append(_Frame(path, value, ignored))

    def _value(self, event: yaml.NodeEvent, path: KeyPath, mark: Mark, ignored: bool) -> Node:
        if not ignored:
            self._refuse_references(event, path, mark)
        if isinstance(event, yaml.MappingStartEvent):
            return {}
        if isinstance(event, yaml.SequenceStartEvent):
            return []
        if not isinstance(event, yaml.ScalarEvent):
            return None
        unfit = find_unfit(event.value)
        if unfit and not ignored:
            self._flaw(path, mark, f"the character {unfit} cannot be seen or is not allowed", "remove the escape")
        if not event.implicit[0]:
            return event.value
        value = resolve_plain(event.value)
        if not isinstance(value, Refusal):
            return value
        if not ignored:
            self._flaw(path, mark, value.what, value.fix)
        return event.value

    def _refuse_references(self, event: yaml.NodeEvent, path: KeyPath, mark: Mark) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._flaw(path, mark, f"aliases ('*{shorten(str(event.anchor))}') are not allowed", "write the value out")
            return
        if event.anchor is not None:
            self._flaw(path, mark, f"anchors ('&{shorten(event.anchor)}') are not allowed", "remove the anchor", False)
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag is not None:
            self._flaw(path, mark, f"tags ('{shorten(event.tag, 60)}') are not allowed", "remove the tag")

    def _key(self, parent: _Frame, event: yaml.NodeEvent, mark: Mark) -> None:
        content = parent.content
        if not isinstance(event, yaml.ScalarEvent) or not isinstance(content, dict):
            self._flaw(parent.path, mark, "a key must be plain text", "write 'key: value'", False)
            parent.key, parent.ignores_value = "?", True
            self._open(event, (*parent.path, "?"), {} if isinstance(event, yaml.MappingStartEvent) else [], True)
            return
        path = (*parent.path, event.value)
        parent.key, parent.ignores_value = event.value, event.value in content
        if parent.is_ignored:
            return
        if event.value in content:
            line = self.document.key_marks[path].line
            fix = "keep one of the two"
            self._flaw(path, mark, f"key '{shorten(event.value)}' is written twice, first in line {line}", fix, False)
            return
        self.document.key_marks[path] = mark
        self._refuse_references(event, path, mark)
        self._check_key(event, path, mark)

    def _check_key(self, event: yaml.ScalarEvent, path: KeyPath, mark: Mark) -> None:
        unfit = find_unfit(event.value)
        if unfit:
            self._flaw(path, mark, f"the character {unfit} cannot be seen or is not allowed", "remove the escape")
            return
        meaning = resolve_plain(event.value) if event.implicit[0] else event.value
        if whole := self._before_a_comma(event, mark):
            what, fix = f"a number has a comma: {whole},{shorten(event.value)}", f"write {whole}.{shorten(event.value)}"
            self._flaw(path, mark, what, fix)
        elif isinstance(meaning, Refusal):
            self._flaw(path, mark, meaning.what, meaning.fix)
        elif not isinstance(meaning, str):
            self._flaw(
                path, mark, f"key '{shorten(event.value)}' is not text", f'write "{shorten(event.value)}" in quotes'
            )

    def _before_a_comma(self, event: yaml.ScalarEvent, mark: Mark) -> str:
        """Return what stands before the comma of a number such as 0,5, if the key is its decimals; else nothing."""
        if not event.implicit[0] or not re.fullmatch("[0-9]+", event.value):
            return ""
        found = re.search(r": *(-?[0-9]+),$", self._line(mark)[: mark.column - 1])
        return found[1] if found else ""

    def _line(self, mark: Mark) -> str:
        lines = LINE_END.split(self.text)
        return lines[mark.line - 1] if mark.line <= len(lines) else ""

    def _syntax(self, error: yaml.YAMLError) -> None:
        place = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        mark = Mark(place.line + 1, place.column + 1) if place is not None else Mark()
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        line = self._line(mark)
        fix = "check quotes, brackets, colons and indentation here and in the line above"
        if "\t" in line:
            fix = "indent and separate with spaces, not with tabs"
        elif line.lstrip()[:1] in ("@", "`", "%"):
            fix = "put the text in quotes"
        _stop(self.document, mark, f"this is not valid YAML: {what}", fix)
