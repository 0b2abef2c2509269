"""Look at a site that was built: `python .ci/look.py build/site`.

Ends with 1 if a page asks another host for anything, or the search has no index beside it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

TAGS = "script|img|iframe|source|video|audio|embed|object"
ASKS = re.compile(rf"<(?:{TAGS})\b[^>]*?\b(?:src|data)=[\"'](?:https?:)?//[^\"']+", re.IGNORECASE)
FETCHES = re.compile(r"<link\b[^>]*>", re.IGNORECASE)
IN_STYLE = re.compile(r"(?:url\(\s*[\"']?|@import\s+[\"'])(?:https?:)?//[^\"')]+", re.IGNORECASE)


def requests(text: str) -> list[str]:
    """Return what a page or a style sheet would fetch from other hosts.

    Examples
    --------
    >>> requests('<a href="https://a.org">no request</a> <script src="https://b.org/x.js"></script>')
    ['<script src="https://b.org/x.js']
    >>> requests('<link rel="stylesheet" href="//c.org/x.css"> @import "https://d.org/y.css"')
    ['<link rel="stylesheet" href="//c.org/x.css">', '@import "https://d.org/y.css']
    """
    links = [tag for tag in FETCHES.findall(text) if re.search(r"href=[\"'](?:https?:)?//", tag)]
    return [*ASKS.findall(text), *links, *IN_STYLE.findall(text)]


def problems(site: Path) -> list[str]:
    """Return what is wrong with a site, one line each."""
    found = [
        f"{path.relative_to(site)}: asks another host: {request}"
        for path in sorted(site.rglob("*"))
        if path.suffix in (".html", ".css")
        for request in requests(path.read_text(encoding="utf-8"))
    ]
    needed = ("index.html", "search.html", "searchindex.js")
    return found + [f"{name}: missing" for name in needed if not (site / name).is_file()]


if __name__ == "__main__":
    told = problems(Path(sys.argv[1]))
    print("\n".join(told) or f"{sum(1 for _ in Path(sys.argv[1]).rglob('*.html'))} pages, nothing from other hosts")
    raise SystemExit(bool(told))
