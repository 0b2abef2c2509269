"""Blocks of a page that commands write."""

from __future__ import annotations

import pytest

from demarche.errors import DesignError
from demarche.report.evidence import block, put

PAGE = "# Page\n\n<!-- one: -->\nold\n<!-- one: end -->\n\n<!-- two: -->\n<!-- two: end -->\nEnd.\n"


def test_one_block_is_replaced_and_the_rest_left_alone() -> None:
    made = block("one", "demarche do", ["A fact with a \\1."], [(("name", "value "), [["a", "1"]], "A note.")])
    found = put(PAGE, "one", made, "page.md")
    assert "old" not in found
    assert "- A fact with a \\1." in found
    assert "| name | value |\n|---|---|\n| a | 1 |" in found
    assert "`demarche do`" in found
    assert found.endswith("<!-- two: -->\n<!-- two: end -->\nEnd.\n")
    assert put(found, "one", made, "page.md") == found


def test_a_page_without_the_block_is_refused() -> None:
    with pytest.raises(DesignError, match="no place for what is written"):
        put(PAGE, "three", "x", "page.md")
