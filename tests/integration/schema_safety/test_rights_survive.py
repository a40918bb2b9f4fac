"""What is made anew on PostgreSQL and carries what the model does not hold is refused by name, and nothing is run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from atlas.errors import Unsupported

from tests.integration.schema_safety.stage import Stage
from tests.servers.postgres import PostgresServer

ROLE = "Reader of safety"
TABLE = "CREATE TABLE t (a int, b int);"
GENERATED = "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + {}) STORED);"
VIEW = f"{TABLE} CREATE VIEW v AS SELECT a, b FROM t;"
OTHER_VIEW = f"{TABLE} CREATE VIEW v AS SELECT b, a FROM t;"


@pytest.fixture
def role(postgres: PostgresServer) -> Iterator[str]:
    """A quoted name that has to be quoted."""
    postgres.query("postgres", f'CREATE ROLE "{ROLE}"')
    yield f'"{ROLE}"'
    postgres.query("postgres", f'DROP ROLE "{ROLE}"')


@pytest.mark.parametrize(
    ("current", "and_then", "desired", "lost"),
    [
        (VIEW, "GRANT SELECT ON v TO {}", OTHER_VIEW, "view public.v .* grant public.v to Reader of safety"),
        (VIEW, "CREATE RULE r AS ON INSERT TO v DO INSTEAD NOTHING", OTHER_VIEW, "rule public.v.r"),
        (VIEW, "ALTER VIEW v OWNER TO {}", OTHER_VIEW, r"owner public.v \(Reader of safety\)"),
        (
            VIEW,
            "GRANT SELECT ON v TO {}",
            "CREATE TABLE t (a bigint, b int); CREATE VIEW v AS SELECT a, b FROM t;",
            "view public.v .* grant public.v",
        ),
        (GENERATED.format(1), "GRANT SELECT (b) ON t TO {}", GENERATED.format(2), "grant public.t.b"),
        (
            "CREATE FUNCTION f(a int, b text) RETURNS int LANGUAGE sql AS 'SELECT 1';",
            "REVOKE EXECUTE ON FUNCTION f FROM PUBLIC",
            "CREATE FUNCTION f(a int, b text) RETURNS text LANGUAGE sql AS $$SELECT '1'$$;",
            r"revoke public.f\(integer,\S*text\) from PUBLIC",
        ),
        (
            "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';",
            "ALTER FUNCTION f OWNER TO {}",
            "CREATE FUNCTION f() RETURNS text LANGUAGE sql SECURITY DEFINER AS $$SELECT '1'$$;",
            r"owner public.f\(\)",
        ),
        (
            "CREATE TYPE m AS ENUM ('a', 'b'); CREATE TABLE t (x m);",
            "GRANT USAGE ON TYPE m TO {} WITH GRANT OPTION",
            "CREATE TYPE m AS ENUM ('a'); CREATE TABLE t (x m);",
            "enum public.m .* grant public.m",
        ),
        (
            "CREATE TABLE t (a int); CREATE MATERIALIZED VIEW v AS SELECT a FROM t;",
            "GRANT SELECT ON v TO {}",
            "CREATE TABLE t (a bigint); CREATE MATERIALIZED VIEW v AS SELECT a FROM t;",
            "materialized public.v .* grant public.v",
        ),
    ],
)
def test_what_would_be_lost_is_refused(
    postgres_stage: Stage, role: str, current: str, and_then: str, desired: str, lost: str
) -> None:
    postgres_stage.run(current + and_then.format(role))
    with pytest.raises(Unsupported, match=lost):
        postgres_stage.plan(desired)
    postgres_stage.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")  # the role can go


def test_a_relation_that_is_dropped_by_word_goes_with_its_grants(postgres_stage: Stage, role: str) -> None:
    postgres_stage.run(
        f"{VIEW} GRANT SELECT ON v TO {role}; GRANT UPDATE (b) ON t TO {role};"
        "CREATE RULE r AS ON INSERT TO v DO INSTEAD NOTHING; CREATE STATISTICS s ON a, b FROM t;"
    )
    told = [hazard.text for each in postgres_stage.plan("SELECT 1;").statements for hazard in each.hazards]
    assert f"The grant public.v to {ROLE} (SELECT) goes with it." in told
    assert f"The grant public.t.b to {ROLE} (UPDATE) goes with it." in told
    assert "The rule public.v.r goes with it." in told
    assert "The statistics object public.s goes with it." in told
    assert postgres_stage.apply("SELECT 1;").error is None
    assert postgres_stage.rows("SELECT relname FROM pg_class WHERE relname IN ('t', 'v')") == []


def test_what_stays_where_it_is_keeps_its_rights_and_its_owner(postgres_stage: Stage, role: str) -> None:
    postgres_stage.run(
        f"{VIEW} GRANT SELECT ON v TO {role}; ALTER TABLE t OWNER TO {role}; GRANT UPDATE (b) ON t TO PUBLIC;"
        f"CREATE SEQUENCE s AS int; GRANT USAGE ON SEQUENCE s TO {role};"
        f"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION f TO {role};"
    )
    query = """
        SELECT oid::regclass::text, relacl::text, relowner::regrole::text FROM pg_class
        WHERE relname IN ('t', 'v', 's') UNION ALL SELECT proname, proacl::text, '' FROM pg_proc WHERE proname = 'f'
        UNION ALL SELECT attname, attacl::text, '' FROM pg_attribute WHERE attacl IS NOT NULL AND attname = 'b' ORDER BY 1
    """
    before = postgres_stage.rows(query)
    report = postgres_stage.apply(
        "CREATE TABLE t (a int NOT NULL, b int, c int); CREATE VIEW v AS SELECT a, b, c FROM t;"
        "CREATE SEQUENCE s AS bigint;"
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';"
    )
    assert report.error is None
    assert postgres_stage.rows(query) == before
    postgres_stage.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
