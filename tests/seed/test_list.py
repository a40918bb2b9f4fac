"""docs/reference/seed.md and reality: every block is listed, and every proof is a test that exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.seed.cut import BLOCKS

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| `(?P<block>[^`]+)` \| (?P<state>\w+) \| (?P<rest>.+) \|$")


class Row(NamedTuple):
    block: str
    state: str
    rest: str


def rows() -> list[Row]:
    text = (ROOT / "docs" / "reference" / "seed.md").read_text()
    return [Row(**match.groupdict()) for match in map(ROW.match, text.splitlines()) if match]


def names_of_tests(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_block_is_listed_once_in_page_order() -> None:
    assert [row.block for row in rows()] == sorted(path.name for path in BLOCKS.iterdir())


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.block)
def test_a_block_is_proven_by_a_test_that_exists_or_is_open_with_a_reason(row: Row) -> None:
    proofs = re.findall(r"`(tests/[^`]+\.py)::(\w+)`", row.rest)
    if row.state == "open":
        assert proofs == []
        assert row.rest.strip()
        return
    assert row.state == "served"
    assert proofs
    for path, name in proofs:
        assert name in names_of_tests(ROOT / path)
