"""What ``diff.skip`` names is not done in any way around either: on servers, with rows."""

from __future__ import annotations

import pytest
from atlas.engine.plan import DiffPolicy
from atlas.errors import PolicyRefused

from tests.integration.schema_safety.stage import Stage
from tests.servers.postgres import PostgresServer

TABLES = """
CREATE TABLE p (id int NOT NULL PRIMARY KEY);
CREATE TABLE t (a int, b int, CONSTRAINT fk FOREIGN KEY (b) REFERENCES p (id));
CREATE INDEX i ON t (a);
INSERT INTO p VALUES (1);
INSERT INTO t VALUES (7, 1);
"""


def skipping(*words: str) -> DiffPolicy:
    return DiffPolicy(skip=frozenset(words))


@pytest.mark.parametrize("stage", ["sqlite", "postgres"], indirect=True)
def test_what_a_kept_key_and_a_kept_index_stand_on_stays(stage: Stage) -> None:
    stage.run(TABLES)
    policy = skipping("drop_index", "drop_foreign_key")
    report = stage.apply("CREATE TABLE t (c int);", policy=policy)
    assert report.error is None
    assert [str(value) for value in stage.rows("SELECT a, b, c, (SELECT id FROM p) FROM t")[0]] == [
        "7",
        "1",
        "None",
        "1",
    ]


def test_a_column_that_is_kept_is_not_emptied_to_be_computed(stage: Stage) -> None:
    stage.run("CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1, 7);")
    desired = "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED);"
    with pytest.raises(PolicyRefused, match=r"diff\.skip keeps every column .*\.t\.b"):
        stage.apply(desired, policy=skipping("drop_column"))
    assert [str(value) for value in stage.rows("SELECT b FROM t")[0]] == ["7"]


def test_a_schema_that_is_kept_keeps_its_tables(postgres: PostgresServer, postgres_url: str) -> None:
    stage = Stage(postgres_url, postgres.url())
    stage.run("CREATE SCHEMA app; CREATE TABLE app.t (a int); INSERT INTO app.t VALUES (1);")
    assert stage.apply("CREATE TABLE u (a int);", policy=skipping("drop_schema")).error is None
    assert stage.rows("SELECT a FROM app.t") == [("1",)]
