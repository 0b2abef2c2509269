"""The page of tables and the benchmarks that fill it fit together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from demarche.cast.cast import Cast
from tests.benchmarks.tables import PAGE, Tables, ratios, replaced, spread, table
from tests.benchmarks.worlds import many_states

HERE = Path(__file__).parent


def test_every_table_of_the_page_has_its_benchmark() -> None:
    page = PAGE.read_text(encoding="utf-8")
    sources = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))
    on_page = re.findall(r"<!-- table: ([^>]*) -->\n.*?\n<!-- end -->", page, re.DOTALL)
    assert sorted(on_page) == sorted(re.findall(r'tables\.show\("([^"]+)"', sources))
    named = re.findall(r"python -m pytest (tests/benchmarks/\S+)", page)
    assert len(named) == len(on_page)
    for word in named:
        path, _, test = word.partition("::")
        assert f"def {test}(" in (HERE / Path(path).name).read_text(encoding="utf-8"), word


def test_a_table_is_written_into_its_place(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# P\n<!-- table: a -->\nold\n<!-- end -->\n<!-- table: b -->\nkept\n<!-- end -->\n", "utf-8")
    Tables(True, page).show("a", table(("x", "y"), [("1", "2")]))
    text = page.read_text("utf-8")
    assert "old" not in text
    assert "kept" in text
    assert "| x | y |\n| --- | --- |\n| 1 | 2 |" in text
    with pytest.raises(AssertionError, match="'c'"):
        replaced(text, "c", "new")


def test_figures_are_short_and_ratios_are_taken_within_rounds() -> None:
    assert spread([3.14159, 1.0, 12345.6]) == "3.14 [1 12,346]"
    assert ratios({"a": [2.0, 4.0], "b": [6.0, 2.0]}, "a") == {"a": [1.0, 1.0], "b": [3.0, 0.5]}


def test_larger_worlds_repeat_every_state_and_seat(cast: Cast) -> None:
    large = many_states(cast, 3)
    n = len(cast.state_codes)
    assert len(set(large.state_codes)) == 3 * n
    assert large.index(cast.focal) == cast.index(cast.focal)
    assert large.seats(1995)[1].sum() == 3 * cast.seats(1995)[1].sum()
    assert (large.yearly("democracy", 1995)[n : 2 * n] == cast.yearly("democracy", 1995)).all()
