"""The blocks that push a schema, as they stand on the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.seed.conftest import PUBLIC_URL, SCHEMA, block

if TYPE_CHECKING:
    from tests.seed.conftest import Reader


def has_schema(reader: Reader) -> None:
    """The files that the page speaks of."""
    (reader.folder / "atlas.hcl").write_text(block("03-schema-repo.hcl"))
    (reader.folder / "schema.sql").write_text(SCHEMA)


def test_the_push_block_stores_the_schema_of_the_project_file(reader: Reader) -> None:
    has_schema(reader)
    reader.runs(block("01-schema-push.sh"))
    assert "myapp" in reader.runs("atlas cloud repo list --format '{{ json . }}'")
    read = "atlas schema inspect -u atlas://myapp --dev-url 'sqlite://dev?mode=memory'"
    assert 'table "users" {' in reader.runs(read)


def test_the_push_block_prints_the_link_of_the_page_in_its_last_line(reader: Reader) -> None:
    has_schema(reader)
    first, second, third = reader.runs(block("01-schema-push.sh")).splitlines()
    assert (first, second) == ("Schema: myapp", "  -- Atlas URL: atlas://myapp")
    assert third.startswith(f"  -- Cloud URL: {PUBLIC_URL}/schemas/")
    link = third.partition("Cloud URL: ")[2]
    assert re.sub(r"\d+", "N", link) == re.sub(r"\d+", "N", block("02-schema-push.txt").strip())


def test_pushing_by_the_name_of_the_project_file_is_the_same_schema(reader: Reader) -> None:
    has_schema(reader)
    assert reader.runs(block("01-schema-push.sh")) == reader.runs("atlas schema push --env local")
