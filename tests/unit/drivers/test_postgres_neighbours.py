"""What would change a schema of somebody else in a dev database that is itself the room."""

from __future__ import annotations

import time

import pytest
from atlas.drivers.postgres.normalize.neighbours import refuse_to_leave
from atlas.errors import PolicyRefused

CHANGES = [
    "CREATE TABLE theirs.t (a int)",
    'CREATE TABLE IF NOT EXISTS "theirs" . t (a int)',
    "create unlogged table Theirs.t (a int)",
    "ALTER TABLE IF EXISTS ONLY theirs.t ADD COLUMN a int",
    "DROP TABLE a, b, theirs.t CASCADE",
    "DROP FUNCTION f(int, text), theirs.f(int)",
    "CREATE OR REPLACE FUNCTION theirs.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "DROP MATERIALIZED VIEW theirs.m",
    "CREATE RECURSIVE VIEW theirs.v (n) AS SELECT 1",
    "CREATE UNIQUE INDEX CONCURRENTLY i ON theirs.t (a)",
    "CREATE TRIGGER g BEFORE INSERT ON theirs.t EXECUTE FUNCTION f()",
    "DROP POLICY p ON theirs.t",
    "CREATE RULE r AS ON INSERT TO theirs.t DO NOTHING",
    "INSERT INTO theirs.t VALUES (1)",
    "UPDATE ONLY theirs.t SET a = 1",
    "DELETE FROM theirs.t",
    "TRUNCATE t, theirs.t",
    "COPY theirs.t FROM stdin",
    "SELECT 1 AS a INTO theirs.t",
    "REFRESH MATERIALIZED VIEW theirs.m",
    "COMMENT ON COLUMN theirs.t.a IS 'x'",
    "GRANT SELECT ON TABLE theirs.t TO somebody",
    "GRANT SELECT ON ALL TABLES IN SCHEMA theirs TO somebody",
    "REVOKE USAGE ON SCHEMA theirs FROM somebody",
    "DROP SCHEMA IF EXISTS mine, theirs CASCADE",
    "ALTER SCHEMA theirs RENAME TO ours",
    "ALTER TABLE t SET SCHEMA theirs",
    "SET search_path TO theirs, public",
    "DO $$ BEGIN EXECUTE 'DROP TABLE theirs.t'; END $$",
    "DO $$ BEGIN PERFORM 1; DELETE FROM theirs.t; END $$",
    "DROP OWNED BY somebody",
    r"SELECT a LIKE 'x' ESCAPE '\'; DROP TABLE theirs.t; SELECT a LIKE 'x' ESCAPE '\'",
    r"INSERT INTO t VALUES (E'\''); DROP TABLE theirs.t; INSERT INTO t VALUES ('x')",
    "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT $a$it's$a$ $$; DROP TABLE theirs.t; SELECT 'x'",
    "COMMENT ON TABLE t IS $$it's$$; DROP TABLE theirs.t; SELECT 'x'",
]  # fmt: skip
READS = [
    "CREATE TABLE t (a theirs.kind DEFAULT theirs.next(), b int REFERENCES theirs.t)",
    "CREATE VIEW v AS SELECT a, theirs.f(a) FROM theirs.t JOIN theirs.u ON theirs.u.a = theirs.t.a",
    "INSERT INTO t SELECT a FROM theirs.t",
    "ALTER TABLE t ALTER COLUMN a TYPE theirs.kind",
    "CREATE FUNCTION f(a theirs.kind, b int) RETURNS theirs.kind LANGUAGE sql SET search_path = app, theirs AS 'SELECT a'",
    "CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION theirs.f()",
    "CREATE INDEX i ON t (theirs.f(a))",
    "SET search_path = app, theirs",
    "INSERT INTO t VALUES ('DROP TABLE theirs.t')",
    "-- DROP TABLE theirs.t",
    r"INSERT INTO t VALUES ('\', 'DROP TABLE theirs.t', E'\'DROP TABLE theirs.t')",
    "DROP TABLE theirs; CREATE TABLE not_theirs.t (a int); ALTER TABLE t RENAME COLUMN theirs TO ours",
]  # fmt: skip


@pytest.mark.parametrize("sql", CHANGES)
def test_what_changes_a_schema_of_others_is_refused(sql: str) -> None:
    with pytest.raises(PolicyRefused, match=r'schema "theirs"|reach all schemas'):
        refuse_to_leave(f"CREATE TABLE t (a int);\n{sql};", schemas={"theirs"}, extensions=())


@pytest.mark.parametrize("sql", READS)
def test_what_only_looks_there_runs(sql: str) -> None:
    refuse_to_leave(sql, schemas={"theirs"}, extensions={"theirs_too"})


def test_an_extension_that_was_there_is_not_dropped() -> None:
    with pytest.raises(
        PolicyRefused, match='"DROP EXTENSION citext CASCADE": this extension was in the dev database'
    ):
        refuse_to_leave("DROP EXTENSION citext CASCADE", schemas=(), extensions={"citext"})
    refuse_to_leave("DROP EXTENSION citext2", schemas=(), extensions={"citext"})


def test_the_message_has_no_values_of_rows() -> None:
    with pytest.raises(PolicyRefused) as refused:
        refuse_to_leave("INSERT INTO theirs.t VALUES ('s3cret')", schemas={"theirs"}, extensions=())
    assert "INSERT INTO theirs.t VALUES" in str(refused.value)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    "piece", ["\\'", "/*", "create user ", "create index on ", "comment on theirs ", "$a$"]
)
def test_a_text_made_to_take_long_does_not(piece: str) -> None:
    begun_s = time.process_time()
    refuse_to_leave(f"theirs {piece * 20_000}", schemas={"theirs"}, extensions=())
    assert time.process_time() - begun_s < 3
