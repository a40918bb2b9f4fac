"""What a pattern leaves alone stays, whatever happens to what it stands on; where it could not, nothing is run."""

from __future__ import annotations

import pytest
from atlas.errors import Unsupported

from tests.integration.schema_safety.stage import Stage
from tests.servers.mariadb import MariaDBServer

INDEXED = "CREATE TABLE p (id int NOT NULL PRIMARY KEY, b int); CREATE INDEX i ON p (b);"
REFERRED = (
    "CREATE TABLE p (id int NOT NULL PRIMARY KEY); CREATE TABLE x (p int, FOREIGN KEY (p) REFERENCES p (id));"
)
TRIGGER = "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';"
ON_VIEW = "CREATE TRIGGER tr INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f();"


@pytest.mark.parametrize(
    ("current", "exclude", "desired", "words"),
    [
        (
            INDEXED,
            "p.i",
            "CREATE TABLE p (id int NOT NULL PRIMARY KEY);",
            r"column .*p\.b cannot be dropped: index",
        ),
        (INDEXED, "p.b", "CREATE TABLE q (id int);", r"table .*p cannot be dropped: column"),
        (INDEXED, "p.i", "CREATE TABLE q (id int);", r"table .*p cannot be dropped: index"),
        (REFERRED, "x", "CREATE TABLE q (id int);", r"table .*p cannot be dropped: foreign key"),
    ],
)
def test_what_it_stands_on_is_not_dropped(
    stage: Stage, current: str, exclude: str, desired: str, words: str
) -> None:
    stage.run(current)
    with pytest.raises(Unsupported, match=words):
        Stage(stage.url, stage.dev, (exclude,)).plan(desired)


@pytest.mark.parametrize(
    ("current", "exclude", "desired", "words"),
    [
        (
            f"CREATE TABLE p (a int); CREATE VIEW v AS SELECT a FROM p; {TRIGGER} {ON_VIEW}",
            "v.tr",
            f"CREATE TABLE p (a bigint); CREATE VIEW v AS SELECT a FROM p; {TRIGGER}",
            r"view public\.v has to be made anew, which would lose trigger public\.v\.tr",
        ),
        (
            "CREATE TABLE p (a int); CREATE MATERIALIZED VIEW v AS SELECT a FROM p; CREATE INDEX i ON v (a);",
            "v.i",
            "CREATE TABLE p (a bigint); CREATE MATERIALIZED VIEW v AS SELECT a FROM p;",
            r"materialized public\.v has to be made anew, which would lose index public\.v\.i",
        ),
        (
            "CREATE TABLE p (a int, b int GENERATED ALWAYS AS (a + 1) STORED); CREATE INDEX i ON p (b);",
            "p.i",
            "CREATE TABLE p (a int, b int GENERATED ALWAYS AS (a + 2) STORED);",
            r"column public\.p\.b has to be made anew, which would lose index public\.p\.i",
        ),
    ],
)
def test_on_postgres_what_it_stands_on_is_not_made_anew(
    postgres_stage: Stage, current: str, exclude: str, desired: str, words: str
) -> None:
    postgres_stage.run(current)
    with pytest.raises(Unsupported, match=words):
        Stage(postgres_stage.url, postgres_stage.dev, (exclude,)).plan(desired)


def test_other_changes_of_the_same_table_are_made(stage: Stage) -> None:
    stage.run(f"{INDEXED} INSERT INTO p VALUES (1, 2);")
    bound = Stage(stage.url, stage.dev, ("p.b", "p.i"))
    assert bound.apply("CREATE TABLE p (id int NOT NULL PRIMARY KEY, c int);").error is None
    assert [str(value) for value in stage.rows("SELECT id, b, c FROM p")[0]] == ["1", "2", "None"]


def test_a_schema_that_holds_a_history_is_not_dropped(mariadb: MariaDBServer) -> None:
    name = mariadb.create_database()
    mariadb.query(name, "CREATE TABLE t (a int)")
    mariadb.query(name, "CREATE TABLE atlas_schema_revisions (version varchar(255) PRIMARY KEY)")
    try:
        stage = Stage(mariadb.url(), "sqlite://dev?mode=memory")
        with stage.opened() as database:
            from dataclasses import replace

            from atlas.drivers import schema_driver
            from atlas.engine.plan import make_plan
            from atlas.engine.restrict import inspect_realm
            from atlas.engine.scope import Scope

            driver = schema_driver("mariadb")
            current = inspect_realm(driver, database, Scope(schemas=(name,)))
            with pytest.raises(
                Unsupported, match=f"schema {name} cannot be dropped: the history of migrations"
            ):
                make_plan(driver, current, replace(current, schemas=(), objects=(), unmodelled=()))
    finally:
        mariadb.drop_database(name)
