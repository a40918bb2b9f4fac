"""Composite schemas from outside: parts in SQL, HCL and from programs, each in its schema."""

from __future__ import annotations

import json
import sys

import psycopg
import pytest

from tests.integration.cli.conftest import Shell
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

ALLOW = "--allow-programs"
TYPES = "CREATE TYPE status AS ENUM ('new', 'sold');\n"
TABLES = "CREATE TABLE items (id int PRIMARY KEY, state status NOT NULL, made_by int);\n"
AUTH = """
variable "width" {
  type = number
}
schema "auth" {}
table "users" {
  schema = schema.auth
  column "id" {
    type = int
  }
  column "name" {
    type = varchar(var.width)
  }
  primary_key {
    columns = [column.id]
  }
}
"""
VIEWS = "CREATE VIEW sold AS SELECT i.id, u.name FROM items i JOIN auth.users u ON u.id = i.made_by;\n"
PROJECT = """
data "hcl_schema" "auth" {
  path = "auth.hcl"
  vars = { width = 40 }
}
data "external_schema" "views" {
  program = [%(python)s, "-c", "print(open('views.sql').read())"]
}
data "composite_schema" "app" {
  schema "inventory" {
    url = "file://types.sql"
  }
  schema "auth" {
    url = data.hcl_schema.auth.url
  }
  schema "inventory" {
    url = "file://tables.sql"
  }
  schema "inventory" {
    url = data.external_schema.views.url
  }
}
env "e" {
  src = data.composite_schema.app.url
  url = %(url)s
  dev = %(dev)s
}
"""


def write_project(atlas: Shell, url: str, dev: str, **files: str) -> None:
    words = {"python": json.dumps(sys.executable), "url": json.dumps(url), "dev": json.dumps(dev)}
    (atlas.folder / "atlas.hcl").write_text(PROJECT % words)
    for name, text in files.items():
        path = atlas.folder / name.replace("_", ".")
        path.write_text(text)


@pytest.fixture
def two_schemas(atlas: Shell, postgres: PostgresServer, postgres_url: str) -> Shell:
    """A target and a dev database, neither bound to a schema."""
    dev = postgres.create_database()
    write_project(
        atlas,
        postgres_url,
        postgres.url(dev),
        types_sql=TYPES,
        tables_sql=TABLES,
        auth_hcl=AUTH,
        views_sql=VIEWS,
    )
    yield atlas
    postgres.drop_database(dev)


def test_two_schemas_of_three_kinds_of_sources_are_one_state(two_schemas: Shell, postgres_url: str) -> None:
    two_schemas.ok("schema", "apply", "--env", "e", "--auto-approve", ALLOW)
    with psycopg.connect(postgres_url) as connection:
        found = connection.execute(
            "SELECT table_schema, table_name, table_type FROM information_schema.tables "
            "WHERE table_schema IN ('auth', 'inventory') ORDER BY 1, 2"
        ).fetchall()
        width = connection.execute(
            "SELECT character_maximum_length FROM information_schema.columns WHERE column_name = 'name' "
            "AND table_name = 'users'"
        ).fetchone()
    assert found == [
        ("auth", "users", "BASE TABLE"),
        ("inventory", "items", "BASE TABLE"),
        ("inventory", "sold", "VIEW"),
    ]
    assert width == (40,)
    assert "Schema is synced" in two_schemas.ok("schema", "apply", "--env", "e", "--auto-approve", ALLOW)


def test_what_a_part_no_longer_says_goes_and_other_parts_stay(two_schemas: Shell, postgres_url: str) -> None:
    two_schemas.ok("schema", "apply", "--env", "e", "--auto-approve", ALLOW)
    (two_schemas.folder / "views.sql").write_text("-- none\n")
    shown = two_schemas.ok("schema", "apply", "--env", "e", "--auto-approve", ALLOW)
    assert 'DROP VIEW "inventory"."sold"' in shown
    assert "DROP TABLE" not in shown


def test_a_mistake_is_told_with_the_file_of_its_part(two_schemas: Shell) -> None:
    (two_schemas.folder / "tables.sql").write_text("CREATE TABLE a (id int);\nCREATE TABLE b (id nosuch);\n")
    answer = two_schemas("schema", "apply", "--env", "e", "--auto-approve", ALLOW)
    assert answer.code == 1
    assert 'tables.sql:2: pq: type "nosuch" does not exist' in answer.err


def test_hcl_of_another_schema_than_its_part_is_refused(two_schemas: Shell) -> None:
    (two_schemas.folder / "auth.hcl").write_text(AUTH.replace("auth", "other"))
    answer = two_schemas("schema", "apply", "--env", "e", "--auto-approve", ALLOW)
    assert answer.code == 1
    assert 'mismatched HCL and database schemas: "auth" <> "other"' in answer.err


def test_migrate_diff_and_inspect_read_composite_states(two_schemas: Shell) -> None:
    printed = two_schemas.ok("schema", "inspect", "--env", "e", "--url", "env://src", ALLOW)
    assert {line for line in printed.splitlines() if line.startswith(("table", "view", "schema"))} >= {
        'table "users" {',
        'table "items" {',
        'view "sold" {',
        'schema "auth" {',
        'schema "inventory" {',
    }
    two_schemas.ok("migrate", "diff", "init", "--env", "e", "--dir", "file://migrations", ALLOW)
    [written] = (two_schemas.folder / "migrations").glob("*_init.sql")
    assert 'CREATE TABLE "auth"."users"' in written.read_text()
    again = two_schemas.ok("migrate", "diff", "more", "--env", "e", "--dir", "file://migrations", ALLOW)
    assert "no changes" in again


def test_parts_of_the_schema_that_urls_are_bound_to(
    atlas: Shell, postgres: PostgresServer, postgres_url: str
) -> None:
    bound = f"{postgres_url}{'&' if '?' in postgres_url else '?'}search_path=public"
    (atlas.folder / "types.sql").write_text(TYPES)
    (atlas.folder / "tables.hcl").write_text(
        'schema "public" {}\ntable "a" {\n  schema = schema.public\n  column "id" {\n    type = int\n  }\n}\n'
    )
    (atlas.folder / "more.sql").write_text("CREATE TABLE b (id int, a_state status);\n")
    parts = "\n".join(
        f'  schema "public" {{\n    url = "file://{name}"\n  }}'
        for name in ("types.sql", "tables.hcl", "more.sql")
    )
    (atlas.folder / "atlas.hcl").write_text(
        f'data "composite_schema" "app" {{\n{parts}\n}}\n'
        f'env "e" {{\n  src = data.composite_schema.app.url\n  url = {json.dumps(bound)}\n  dev = {json.dumps(bound)}\n}}\n'
    )
    dev = postgres.create_database()
    dev_url = f"{postgres.url(dev)}{'&' if '?' in postgres.url(dev) else '?'}search_path=public"
    atlas.ok("schema", "apply", "--env", "e", "--dev-url", dev_url, "--auto-approve")
    assert "Schema is synced" in atlas.ok(
        "schema", "apply", "--env", "e", "--dev-url", dev_url, "--auto-approve"
    )
    with psycopg.connect(postgres_url) as connection:
        found = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
    postgres.drop_database(dev)
    assert found == [("a",), ("b",)]


def test_two_schemas_of_mariadb(atlas: Shell) -> None:
    """On a server of its own: schemas of a state of several have their real names, and no others may be there."""
    dev = MariaDBServer.start()
    try:
        (atlas.folder / "a.sql").write_text("CREATE TABLE users (id int PRIMARY KEY);\n")
        (atlas.folder / "b.hcl").write_text(
            'schema "shop" {}\ntable "items" {\n  schema = schema.shop\n  column "id" {\n    type = int\n  }\n}\n'
        )
        url = f"mariadb://{dev.user}:{dev.password}@{dev.host}:{dev.port}/"
        (atlas.folder / "atlas.hcl").write_text(
            'data "composite_schema" "app" {\n  schema "auth" {\n    url = "file://a.sql"\n  }\n'
            '  schema "shop" {\n    url = "file://b.hcl"\n  }\n}\n'
            f'env "e" {{\n  src = data.composite_schema.app.url\n  dev = "{url}"\n}}\n'
        )
        words = ("schema", "inspect", "--env", "e", "--url", "env://src", "--format", "{{ sql . }}")
        printed = atlas.ok(*words)
        assert "CREATE TABLE `auth`.`users`" in printed
        assert "CREATE TABLE `shop`.`items`" in printed
        assert atlas.ok(*words) == printed  # the dev server was left empty
    finally:
        dev.stop()


def test_sqlite_has_one_schema(atlas: Shell) -> None:
    (atlas.folder / "a.sql").write_text("CREATE TABLE a (id int);\n")
    (atlas.folder / "b.hcl").write_text(
        'schema "main" {}\ntable "b" {\n  schema = schema.main\n  column "id" {\n    type = int\n  }\n}\n'
    )
    project = (
        'data "composite_schema" "app" {\n  schema "main" {\n    url = "file://a.sql"\n  }\n'
        '  schema "main" {\n    url = "file://b.hcl"\n  }\n}\n'
        'env "e" {\n  src = data.composite_schema.app.url\n  url = "sqlite://e.db"\n  dev = "sqlite://d?mode=memory"\n}\n'
    )
    (atlas.folder / "atlas.hcl").write_text(project)
    shown = atlas.ok("schema", "apply", "--env", "e", "--auto-approve")
    assert "CREATE TABLE `a`" in shown
    assert "CREATE TABLE `b`" in shown
    (atlas.folder / "atlas.hcl").write_text(
        project.replace('schema "main" {\n    url = "file://a', 'schema "x" {\n    url = "file://a')
    )
    answer = atlas("schema", "apply", "--env", "e", "--auto-approve")
    assert answer.code == 1
    assert 'schema "x" of a composite schema is not the "main"' in answer.err
