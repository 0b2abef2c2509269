"""How the site is built: `python -m sphinx -W --keep-going docs build/site`."""

from __future__ import annotations

import os
import re
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

project = "Demarche"
author = "The Demarche team"
copyright = "The Demarche team; text and code under the MIT licence"
version = release = installed("demarche")
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "examples"]
suppress_warnings = ["mystnb.unknown_mime_type"]
root_doc = "index"

# Pages are Markdown; notebooks are Markdown with cells, and run at every build.
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4
nb_execution_mode = "force"
nb_execution_timeout = 120
nb_execution_raise_on_error = True
nb_merge_streams = True
os.environ.pop("MPLBACKEND", None)  # the kernel shows figures in the page

# The Python interface is written from its docstrings.
autodoc_typehints = "description"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
add_module_names = False
toc_object_entries = False

# Whatever a page needs lies beside it: no fonts, scripts or styles from other hosts.
html_theme = "furo"
html_title = "Demarche"
html_copy_source = False
html_show_sourcelink = False
html_static_path = ["_static"]
html_css_files = ["site.css"]


def for_everybody(page: str) -> str:
    """Return a page of the theme as a screen reader and a keyboard need it.

    Examples
    --------
    >>> for_everybody('<p class="caption" role="heading">a</p><pre>b</pre>')
    '<p class="caption" role="heading" aria-level="2">a</p><pre tabindex="0">b</pre>'
    >>> for_everybody('<th class="head"><p></p></th><th class="head"><p>c</p></th>')
    '<td class="head"><p></p></td><th class="head"><p>c</p></th>'
    >>> for_everybody("<tr><th></th><th>arm</th></tr>")
    '<tr><td></td><th>arm</th></tr>'
    """
    page = page.replace('role="heading">', 'role="heading" aria-level="2">')
    page = page.replace('<aside class="sidebar-drawer">', '<aside class="sidebar-drawer" aria-label="All pages">')
    page = page.replace('<aside class="toc-drawer', '<aside aria-label="On this page" class="toc-drawer')
    page = page.replace("<pre>", '<pre tabindex="0">')
    page = page.replace('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper')
    page = re.sub(r'<th class="head">(<p></p>)?</th>', lambda found: f'<td class="head">{found[1] or ""}</td>', page)
    page = page.replace("<th></th>", "<td></td>")
    if "<h1" in page:
        return page
    return re.sub(r'(<article role="main"[^>]*>)', rf"\1<h1>{html_title}</h1>", page, count=1)


def _mend(app: Any, error: Exception | None) -> None:
    if error is None and app.builder.format == "html":
        for path in Path(app.outdir).rglob("*.html"):
            path.write_text(for_everybody(path.read_text(encoding="utf-8")), encoding="utf-8")


def setup(app: Any) -> None:
    """Mend the pages when all are written."""
    app.connect("build-finished", _mend)
