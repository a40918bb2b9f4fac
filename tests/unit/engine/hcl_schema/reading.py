"""Reading a schema in a test, for each dialect."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from atlas.drivers import schema_driver
from atlas.engine.hcl_schema import HclSchema, print_schema, read_schema

if TYPE_CHECKING:
    from atlas.schema import Realm

FIXTURES = Path(__file__).parents[3] / "fixtures_hcl"
DIALECTS = {"pg": "postgres", "my": "mysql", "ma": "mariadb", "lt": "sqlite"}


def read(text: str, dialect: str = "postgres", bound: str = "", **variables: str | list[str]) -> HclSchema:
    return read_schema(
        [("z.hcl", text)],
        dialect=dialect,
        types=schema_driver(dialect).types,
        variables=variables,
        bound=bound,
    )


def printed(realm: Realm) -> str:
    return print_schema(realm, schema_driver(realm.dialect).types)


def dialect_of(path: Path) -> str:
    """The dialect that the suffix of a file names: ``.pg.hcl``."""
    return DIALECTS[path.name.split(".")[-2]]


T = """table "t" {
  schema = schema.s
  column "a" { type = int }
  column "b" {
    type = text
    null = true
  }
%s
}
schema "s" {}
"""
"""A schema with a table, which takes lines."""


def realm(text: str, dialect: str = "postgres") -> Realm:
    """The realm of a text that is understood in all its parts."""
    found = read(text, dialect)
    assert found.warnings == ()
    return found.realm
