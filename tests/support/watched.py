"""Arrays that note where a number of double precision comes out of a calculation with them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import demarche

SOURCE = Path(demarche.__file__).parent
RAISING = {"bincount", "interp"}
"""Functions of NumPy that always work in double precision; what they return is turned back at once."""


class Watched(np.ndarray):
    """An array that notes raised precision: `raised` holds module:line -> what was called."""

    raised: dict[str, str] = {}  # noqa: RUF012

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *args: Any, out: Any = None, **kwargs: Any) -> Any:
        """Do what NumPy would do, and note double precision; in place nothing can be raised."""
        if out is not None:
            getattr(ufunc, method)(*_bare(args), out=_bare(out), **_bare(kwargs))
            return out[0] if len(out) == 1 else out
        return _noted(getattr(ufunc, method)(*_bare(args), **_bare(kwargs)), ufunc.__name__)

    def __array_function__(self, func: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> Any:
        """Do what NumPy would do, and note double precision."""
        return _noted(func(*_bare(args), **_bare(kwargs)), func.__name__)


def watched(values: NDArray[Any]) -> NDArray[Any]:
    """Return a view that notes, of arrays of numbers or truths; others as they are."""
    return values.view(Watched) if type(values) is np.ndarray and values.dtype.kind in "fb" else values


def _bare(value: Any) -> Any:
    if isinstance(value, Watched):
        return value.view(np.ndarray)
    if isinstance(value, tuple | list):
        return type(value)(_bare(part) for part in value) if type(value) in (tuple, list) else value
    return {key: _bare(part) for key, part in value.items()} if isinstance(value, Mapping) else value


def _noted(found: Any, called: str) -> Any:
    for one in found if isinstance(found, tuple) else (found,):
        if isinstance(one, np.ndarray) and one.dtype == np.float64 and called not in RAISING:
            Watched.raised[_place()] = called
    return tuple(map(watched, found)) if isinstance(found, tuple) else watched(found)


def _place() -> str:
    frame: Any = sys._getframe(1)
    while frame is not None and not Path(frame.f_code.co_filename).is_relative_to(SOURCE):
        frame = frame.f_back
    return "test" if frame is None else f"{Path(frame.f_code.co_filename).relative_to(SOURCE)}:{frame.f_lineno}"
