"""Print the lowest versions that pyproject admits of each dependency, as constraints for pip.

`python .ci/lowest.py` gives those of the package, `python .ci/lowest.py dev` also those of an extra.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def lowest(requirement: str) -> str:
    """Return a requirement with its lower bound as the only version.

    Examples
    --------
    >>> lowest("mesa>=3.3,<4"), lowest("dask[distributed]>=2024.8")
    ('mesa==3.3', 'dask==2024.8')
    """
    found = re.match(r"([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?>=([0-9.]+)", requirement)
    if found is None:
        raise SystemExit(f"{requirement}: no lower bound. Fix: write NAME>=VERSION in pyproject.toml")
    return f"{found[1]}=={found[2]}"


if __name__ == "__main__":
    extras = [entry for name in sys.argv[1:] for entry in PROJECT["optional-dependencies"][name]]
    print("\n".join(dict.fromkeys(map(lowest, [*PROJECT["dependencies"], *extras]))))
