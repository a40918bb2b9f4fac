"""The page of lint has every code, class and switch, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from atlas.drivers import lint_analyzers
from atlas.project.lint import ANALYZERS

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "reference" / "lint.md").read_text()
SOURCES = [
    *(ROOT / "operator" / "atlas" / "engine" / "lint").rglob("*.py"),
    *(ROOT / "operator" / "atlas" / "drivers").glob("*/lint/*.py"),
    ROOT / "operator" / "atlas" / "drivers" / "sqlite" / "lint.py",
]
CODE = re.compile(r"\b(?:BC|CD|DS|LT|MF|MY|NL|NM|PG|TX)\d{3}\b")


def codes_of_the_code() -> set[str]:
    texts = [path.read_text() for path in SOURCES]
    found = {code for text in texts for code in re.findall(rf'"({CODE.pattern})"', text)}
    families = {family + digit for family in ("MY11", "MY12") for digit in "0123"}
    return found | families


def test_every_code_has_a_row_and_every_row_a_code() -> None:
    rows = set(re.findall(r"^\| ([A-Z]{2}\d{3})\*? \|", PAGE, re.MULTILINE))

    assert rows == codes_of_the_code()


def test_every_row_has_an_example_and_a_way_out() -> None:
    for row in re.findall(r"^\| [A-Z]{2}\d{3}\*? \|.*$", PAGE, re.MULTILINE):
        cells = [cell.strip() for cell in row.strip("|").split(" | ")]
        assert len(cells) == 4, row
        assert all(cells), row


def test_every_class_is_on_the_page_and_may_stand_in_a_lint_block() -> None:
    names = {
        analyzer.name
        for dialect in ("postgres", "mysql", "mariadb", "sqlite")
        for analyzer in lint_analyzers(dialect)
    }

    assert names == ANALYZERS
    assert set(re.findall(r"^### `(\w+)`", PAGE, re.MULTILINE)) == names
