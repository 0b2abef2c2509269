"""Tables that know their cells, so that a screen of them can be shown, or all of them told as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from demarche.cli.say.answering import ANSWER, LIMIT

NARROW = 60  # columns of a screen that has no room for those of a table
LEAST = 10  # rows of a list that are shown however long they are


class Listed(Table):
    """A table of texts.

    Parameters
    ----------
    heads, right, title
        Names of its columns, those that are aligned to the right, and its title.
    """

    def __init__(self, heads: tuple[str, ...], right: tuple[str, ...], title: str) -> None:
        super().__init__(box=box.SIMPLE_HEAD, pad_edge=False)
        self.heads, self.right, self.above, self.told = heads, right, title, list[tuple[str, ...]]()
        for position, head in enumerate(heads):
            justify: Literal["right", "left"] = "right" if head in right else "left"
            self.add_column(head, justify=justify, overflow="fold", no_wrap=position == 0)

    def add_row(self, *cells: Any, **more: Any) -> None:
        """Add a row of texts with markup."""
        self.told.append(tuple(map(str, cells)))
        super().add_row(*cells, **more)

    def first(self, n: int) -> Listed:
        """Return a table of the first rows."""
        made = Listed(self.heads, self.right, self.above)
        for cells in self.told[:n]:
            made.add_row(*cells)
        return made

    def as_data(self) -> dict[str, Any]:
        """Return title, columns and rows, cells as they are shown."""
        rows = [[Text.from_markup(cell).plain for cell in cells] for cells in self.told]
        return {"title": self.above, "columns": list(self.heads), "rows": rows}

    def as_lines(self) -> Iterator[str]:
        """Yield the rows as lines, where columns have no room: the first cell, then each other below it."""
        for first, *others in self.told:
            if first:
                yield first
            for head, cell in zip(self.heads[1:], others, strict=False):
                if cell:
                    yield f"  {escape(head)}: {'  '.join(cell.splitlines())}"


class Shown(Console):
    """A console that shows a screen of a long table, and keeps what it shows if a program asks."""

    def print(self, *objects: Any, **more: Any) -> None:
        """Print texts and tables."""
        answer = ANSWER.get()
        for one in objects:
            if not isinstance(one, Listed):
                super().print(one, **more)
            elif answer is not None:
                answer.tables.append(one.as_data())
            else:
                self._print_screen(one, more)
        if not objects:
            super().print(**more)

    def _print_screen(self, made: Listed, more: dict[str, Any]) -> None:
        limit = LIMIT.get()
        n = len(made.told)
        if limit is not None:
            n = min(n, limit)
            while n > LEAST and (lines := len(self.render_lines(made.first(n), pad=False))) > limit:
                n = min(n - 1, max(LEAST, n * limit // lines))
        if made.above:
            super().print(f"[bold]{made.above}[/bold]")
        if self.width < NARROW and len(made.heads) > 1:
            for line in made.first(n).as_lines():
                super().print(line)
        else:
            super().print(made.first(n), **more)
        if n < len(made.told):
            super().print(f"{n:,} of {len(made.told):,} are shown. All of them: add --all")
