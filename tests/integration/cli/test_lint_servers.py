"""``atlas migrate lint`` on PostgreSQL and MariaDB."""

from __future__ import annotations

import re

from tests.integration.cli.conftest import Shell
from tests.integration.cli.lint_answers import found_codes

PG_BASE = "CREATE TABLE users (id int, name varchar(20), email text);\n"
PG_NEW = """CREATE INDEX i ON users (name);
ALTER TABLE users ALTER COLUMN id TYPE bigint, ALTER COLUMN email SET NOT NULL;
ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid();
ALTER TABLE users RENAME COLUMN name TO full_name;
ALTER TABLE users DROP COLUMN full_name;
"""


def test_locks_of_postgres_are_found(atlas: Shell, postgres_url: str) -> None:
    atlas.write({"1.sql": PG_BASE, "2.sql": PG_NEW})

    assert found_codes(atlas, f"{postgres_url}&search_path=public") == [
        (5, "DS103"),
        (2, "MF104"),
        (4, "BC102"),
        (1, "PG101"),
        (2, "PG301"),
        (2, "PG303"),
        (3, "PG302"),
    ]


def test_concurrent_indexes_of_postgres_run_in_the_dev_database_and_want_a_directive(
    atlas: Shell, postgres_url: str
) -> None:
    statement = "CREATE INDEX CONCURRENTLY i ON users (name);\n"
    url = f"{postgres_url}&search_path=public"
    atlas.write({"1.sql": PG_BASE, "2.sql": statement})
    assert found_codes(atlas, url) == [(1, "PG103")]

    atlas.write({"1.sql": PG_BASE, "2.sql": f"-- atlas:txmode none\n\n{statement}"})
    assert found_codes(atlas, url) == []


def test_schemas_of_a_whole_database_are_linted(atlas: Shell, postgres_url: str) -> None:
    atlas.write(
        {"1.sql": "CREATE SCHEMA s;\nCREATE TABLE s.t (id int);\n", "2.sql": "DROP SCHEMA s CASCADE;\n"}
    )

    answer = atlas("migrate", "lint", "--dev-url", postgres_url, "--latest", "1")

    assert answer.code == 1
    assert '-- L1: Dropping non-empty schema "s" with 1 table https://' in answer.out
    assert "1 diagnostic\n" in answer.out


MY_BASE = """CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE users (id int, kind enum('a','b'), name varchar(20));
"""
MY_NEW = """ALTER TABLE users ADD COLUMN age int NOT NULL;
ALTER TABLE users MODIFY kind enum('b');
ALTER TABLE users ADD COLUMN p int, ADD CONSTRAINT fk FOREIGN KEY (p) REFERENCES p (id);
ALTER TABLE users CHANGE name full_name varchar(20);
ALTER TABLE users DROP COLUMN full_name;
DROP TABLE p2;
"""


def test_copies_of_mariadb_are_found_by_its_own_scheme(atlas: Shell, mariadb_url: str) -> None:
    base = f"{MY_BASE}CREATE TABLE p2 (id int);\n"
    atlas.write({"1.sql": base, "2.sql": MY_NEW})
    expected = [
        (5, "DS103"),
        (6, "DS102"),
        (1, "MY101"),
        (4, "BC102"),
        (2, "MY110"),
        (3, "MY131"),
    ]

    assert found_codes(atlas, mariadb_url) == expected
    assert found_codes(atlas, re.sub(r"^\w+://", "mysql://", mariadb_url)) == expected
