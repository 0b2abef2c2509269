"""How the site is built: `python -m sphinx -W --keep-going docs build/site`."""

from __future__ import annotations

import os
from importlib.metadata import version as installed

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
