"""Standard streams that a closed pipe and signs that they cannot show do not stop."""

from __future__ import annotations

import errno
import io
import logging
import os
import sys

from demarche.errors import DiskError

LEAST_WIDTH = 20  # signs of a line
WIDTH_DIGITS = 5
CLOSED = (errno.EPIPE, errno.EINVAL if sys.platform == "win32" else errno.EPIPE)


class Patient(io.FileIO):
    """A pipe or file to write to; what is written after its reader has gone is dropped, and the work goes on."""

    def write(self, content: object) -> int:
        """Write some bytes and return how many were taken."""
        view = memoryview(content)  # type: ignore[arg-type]
        try:
            return super().write(view) or 0
        except OSError as error:
            if error.errno in CLOSED:
                return view.nbytes
            raise


def ready() -> None:
    """Let standard output and standard error replace signs that they cannot show, and outlive their readers.

    A width in COLUMNS that no page fits into counts as not given: help and tables would come out empty. Matplotlib
    does not say where it would keep its fonts: nobody who has no home to write to can mend it.
    """
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    told = os.environ.get("COLUMNS", "")
    is_fit = len(told) <= WIDTH_DIGITS and told.isascii() and told.isdecimal() and int(told) >= LEAST_WIDTH
    if not is_fit:
        os.environ.pop("COLUMNS", None)
    for name, errors in (("stdout", "replace"), ("stderr", "backslashreplace")):
        stream = getattr(sys, name)
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors=errors)
            continue
        raw = Patient(stream.fileno(), "wb", closefd=False)
        setattr(sys, name, io.TextIOWrapper(io.BufferedWriter(raw), stream.encoding, errors,
                                            line_buffering=stream.line_buffering))  # fmt: skip


def flushed(code: int) -> int:
    """Write what is held back of standard output; return the exit code, or that of a full disk if it has no room."""
    if sys.stdout is None:
        return code
    try:
        sys.stdout.flush()
        return code
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        nowhere = os.open(os.devnull, os.O_WRONLY)  # else the interpreter tries again, and says so
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        if not code:
            sys.stderr.write(f"standard output: {reason}. Fix: write to a place with room\n")
        return code or DiskError.exit_code
