"""The page of data sources keeps up with those that there are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NoReturn

import pytest
from atlas.wiring import data_sources

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "data-sources.md").read_text()
REFUSED = {"azure_db_token"}


def no_registry() -> NoReturn:
    raise AssertionError


SOURCES = sorted(data_sources(folder=Path(), environ={}, registry=no_registry, programs=False))


@pytest.mark.parametrize("source", SOURCES)
def test_a_data_source_is_in_the_table_and_has_a_section_that_begins_with_an_example(source: str) -> None:
    if source in REFUSED:
        assert f"`{source}` is refused by name" in PAGE
        return
    assert re.search(rf"^\| .*`{source}`.* \|", PAGE, re.MULTILINE)
    section = next(
        part for part in PAGE.split("\n## ")[1:] if re.search(rf"\b{source}\b", part.partition("\n")[0])
    )
    assert section.partition("\n\n")[2].startswith("```hcl\n")
    assert f'data "{source}"' in section or source == "remote_schema"


def test_no_section_is_about_a_source_that_is_not_there() -> None:
    titles = " ".join(part.partition("\n")[0] for part in PAGE.split("\n## ")[1:])
    assert set(titles.replace(",", " ").replace(" and ", " ").split()) <= set(SOURCES)
