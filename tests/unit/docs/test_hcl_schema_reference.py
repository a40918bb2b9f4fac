"""The page of the schema language names every block and attribute that is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from atlas.engine.hcl_schema.reading.vocabulary import ATTRIBUTES, BLOCKS, TOP_BLOCKS, UNMODELLED

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "hcl-schema.md").read_text()
SECTIONS = {
    found[1].strip(): found[2]
    for found in re.finditer(r"^##+ ([^\n]+)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
}


@pytest.mark.parametrize("block", ATTRIBUTES)
def test_a_block_has_a_section_that_names_all_its_attributes(block: str) -> None:
    known = {name for names in ATTRIBUTES[block].values() for name in names.split()}
    assert known - set(re.findall(r"`(\w+)`", SECTIONS[block])) == set()


@pytest.mark.parametrize("block", ATTRIBUTES)
def test_no_section_names_an_attribute_that_is_not_read(block: str) -> None:
    known = {name for names in ATTRIBUTES[block].values() for name in names.split()}
    rows = re.findall(r"^\| ([^|]+) \|", SECTIONS[block], re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named - known == set()


def test_every_block_is_named() -> None:
    blocks = {
        name for table in (*BLOCKS.values(), TOP_BLOCKS) for names in table.values() for name in names.split()
    }
    assert {name for name in blocks | UNMODELLED if not re.search(rf"\b{name}\b", PAGE)} == set()
