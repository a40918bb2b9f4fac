"""The registry's own tables: made by its migrations, described twice, and movable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from atlas.engine.directory import validate
from atlas.errors import AtlasError
from atlas.server.run import DataOptions, opened_registry
from atlas.server.store.migrate import migrations
from atlas.server.store.tables import metadata
from sqlalchemy import inspect

from tests.integration.registry.conftest import PUBLIC_URL, A, B, serving

if TYPE_CHECKING:
    from pathlib import Path

MADE_BY_THE_ENGINE = "atlas_schema_revisions"


@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
def test_the_migrations_are_sealed(dialect: str) -> None:
    assert validate(migrations(dialect)).entries


def test_the_tables_are_those_that_queries_know(data: DataOptions) -> None:
    with opened_registry(data) as registry, registry.database.reading() as connection:
        inspector = inspect(connection)
        made = {
            table: {column["name"] for column in inspector.get_columns(table)}
            for table in inspector.get_table_names()
            if table != MADE_BY_THE_ENGINE
        }
    assert made == {name: set(table.columns.keys()) for name, table in metadata.tables.items()}


def test_opening_again_migrates_nothing(data: DataOptions) -> None:
    for _ in range(2):
        with opened_registry(data):
            pass


def test_an_index_may_move_to_another_database(tmp_path: Path, postgres_url: str) -> None:
    with serving(DataOptions(tmp_path)) as before:
        before.push(A, "one")
        before.push(B, "two", tag="v1")
    with serving(DataOptions(tmp_path, postgres_url)) as after:
        assert after.pull("atlas://two?tag=v1").entries == B
        assert after.push(B, "one") == f"{PUBLIC_URL}/dirs/1"
        assert after.push(A, "three") == f"{PUBLIC_URL}/dirs/3"


def test_a_database_of_somebody_else_is_left_alone(tmp_path: Path, postgres_url: str) -> None:
    import psycopg

    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE projects (id integer)")
    with pytest.raises(AtlasError, match="not clean"), opened_registry(DataOptions(tmp_path, postgres_url)):
        pass
