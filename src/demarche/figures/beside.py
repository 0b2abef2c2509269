"""Drawing in two processes: what a batch ends with is seen sooner, and the second is ready before it is needed."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Future
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Self

from demarche.analysis.side_by_side import Workers
from demarche.figures.draw import draw_some, figures_folder, files_of

NEEDED = ("matplotlib.pyplot", "seaborn", "pandas", "pyarrow.parquet")


class Helper(Workers):
    """A process that draws every second figure; made ready while other things are done, such as telling the end.

    Use it as a context. Where it cannot be had, or ends, all is drawn here.
    """

    def __init__(self) -> None:
        super().__init__(1)
        self.ready: Future[None] | None = None

    def __enter__(self) -> Self:
        with suppress(OSError):
            self.ready = self.begin(make_ready)
        return self

    def draw_all(self, results_dir: Path, names: tuple[str, ...]) -> list[Path]:
        """Draw figures of the package of a results folder into its `figures/`; see `demarche.figures.draw.draw_all`."""
        folder, second = figures_folder(results_dir), names[1::2]
        theirs = self.begin(draw_some, results_dir, second, folder) if self.ready and second else None
        drawn = [draw_some(results_dir, names[::2], folder)]
        if second:
            try:
                drawn.append(theirs.result() if theirs else draw_some(results_dir, second, folder))
            except BrokenExecutor:
                drawn.append(draw_some(results_dir, second, folder))
        return files_of(names, *drawn)


def make_ready() -> None:
    """Import what drawing needs."""
    for name in NEEDED:
        import_module(name)
