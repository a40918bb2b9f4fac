"""``atlas migrate apply``: text, documents, order, amounts, dry runs."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.integration.cli.conftest import Shell

FILES = {
    "1_users.sql": "CREATE TABLE users (id integer PRIMARY KEY);\nINSERT INTO users VALUES (1);\n",
    "2_orders.sql": "CREATE TABLE orders (\n  id integer PRIMARY KEY\n);\n",
}
URL = "sqlite://app.db"


def rows(atlas: Shell, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(atlas.folder / "app.db")) as connection:
        return connection.execute(query).fetchall()


def without_times(text: str) -> str:
    return re.sub(r"\d+(\.\d+)?(µs|ms|s)\b", "T", text)


@pytest.fixture
def shop(atlas: Shell) -> Iterator[Shell]:
    atlas.write(FILES)
    return atlas


def test_the_text_of_a_run(shop: Shell) -> None:
    out = shop.ok("migrate", "apply", "--url", URL)
    assert without_times(out) == (
        "Migrating to version 2 (2 migrations in total):\n"
        "\n"
        "  -- migrating version 1\n"
        "    -> CREATE TABLE users (id integer PRIMARY KEY);\n"
        "    -> INSERT INTO users VALUES (1);\n"
        "  -- ok (T)\n"
        "\n"
        "  -- migrating version 2\n"
        "    -> CREATE TABLE orders (\n"
        "         id integer PRIMARY KEY\n"
        "       );\n"
        "  -- ok (T)\n"
        "\n"
        "  -------------------------\n"
        "  -- T\n"
        "  -- 2 migrations\n"
        "  -- 3 sql statements\n"
    )


def test_a_second_run_has_nothing_to_do(shop: Shell) -> None:
    shop.ok("migrate", "apply", "--url", URL)
    assert shop.ok("migrate", "apply", "--url", URL) == "No migration files to execute\n"


def test_flags_and_arguments_in_any_order(shop: Shell) -> None:
    shop.ok("migrate", "apply", "1", "--url", URL, "--dir=file://migrations", "--dry-run=false")
    assert rows(shop, "SELECT version, applied, total FROM atlas_schema_revisions") == [("1", 2, 2)]
    assert "from 1 (1 migrations" in shop.ok("migrate", "--url", URL, "apply", "--dir", "file://migrations")


def test_the_document_of_a_run(shop: Shell) -> None:
    document = json.loads(shop.ok("migrate", "apply", "--url", URL, "--format", "{{ json . }}"))
    assert list(document) == [
        "Driver",
        "URL",
        "Dir",
        "Pending",
        "Applied",
        "Target",
        "Start",
        "End",
        "Message",
    ]
    assert document["Driver"] == "sqlite"
    assert document["Dir"] == "file://migrations"
    assert document["URL"]["Scheme"] == "sqlite"
    assert document["Pending"][0] == {"Name": "1_users.sql", "Version": "1", "Description": "users"}
    assert document["Applied"][1]["Applied"] == ["CREATE TABLE orders (\n  id integer PRIMARY KEY\n);"]
    assert document["Message"] == "Migrated to version 2 (2 migrations in total)"


def test_a_document_for_nothing_to_do(shop: Shell) -> None:
    shop.ok("migrate", "apply", "--url", URL)
    document = json.loads(shop.ok("migrate", "apply", "--url", URL, "--format", "{{ json . }}"))
    assert document["Message"] == "No migration files to execute"
    assert (document["Current"], document["Target"]) == ("2", "2")


def test_a_dry_run_writes_nothing(shop: Shell) -> None:
    out = shop.ok("migrate", "apply", "--url", URL, "--dry-run")
    assert "-> INSERT INTO users VALUES (1);" in out
    assert not (shop.folder / "app.db").exists() or rows(shop, "SELECT name FROM sqlite_master") == []


def test_to_version_stops_there(shop: Shell) -> None:
    shop.ok("migrate", "apply", "--url", URL, "--to-version", "1")
    assert rows(shop, "SELECT version FROM atlas_schema_revisions") == [("1",)]


def test_a_baseline_counts_as_applied(shop: Shell) -> None:
    with closing(sqlite3.connect(shop.folder / "app.db")) as connection:
        connection.execute("CREATE TABLE users (id integer PRIMARY KEY)")
    dirty = shop("migrate", "apply", "--url", URL)
    assert dirty.code == 1
    assert dirty.err == (
        'Error: sql/migrate: connected database is not clean: found table "users". '
        "baseline version or allow-dirty is required\n"
    )
    shop.ok("migrate", "apply", "--url", URL, "--baseline", "1")
    assert rows(shop, "SELECT version, type FROM atlas_schema_revisions ORDER BY version") == [
        ("1", 1),
        ("2", 2),
    ]


@pytest.mark.parametrize(
    ("amount", "message"),
    [
        (
            "abc",
            'invalid amount argument "abc" (invalid syntax). Omit the argument or pass a valid integer instead',
        ),
        ("0", "cannot apply '0' migration files: expected 1 or more"),
    ],
)
def test_amounts_that_make_no_sense(shop: Shell, amount: str, message: str) -> None:
    answer = shop("migrate", "apply", amount, "--url", URL)
    assert (answer.code, answer.err) == (1, f"Error: {message}\n")


def test_status_before_between_and_after(shop: Shell) -> None:
    assert shop.ok("migrate", "status", "--url", URL) == (
        "Migration Status: PENDING\n"
        "  -- Current Version: No migration applied yet\n"
        "  -- Next Version:    1\n"
        "  -- Executed Files:  0\n"
        "  -- Pending Files:   2\n"
    )
    shop.ok("migrate", "apply", "1", "--url", URL)
    assert "  -- Current Version: 1\n  -- Next Version:    2\n" in shop.ok("migrate", "status", "--url", URL)
    shop.ok("migrate", "apply", "--url", URL)
    assert shop.ok("migrate", "status", "--url", URL) == (
        "Migration Status: OK\n"
        "  -- Current Version: 2\n"
        "  -- Next Version:    Already at latest version\n"
        "  -- Executed Files:  2\n"
        "  -- Pending Files:   0\n"
    )


def test_the_document_of_a_status(shop: Shell) -> None:
    shop.ok("migrate", "apply", "1", "--url", URL)
    document = json.loads(shop.ok("migrate", "status", "--url", URL, "--format", "{{ json . }}"))
    assert document["Env"]["Dir"] == "file://migrations?format=atlas"
    assert [file["Version"] for file in document["Pending"]] == ["2"]
    assert document["Applied"][0]["Type"] == "applied"
    assert (document["Current"], document["Next"], document["Status"]) == ("1", "2", "PENDING")
    assert shop.ok("migrate", "status", "--url", URL, "--format", "{{ .Current }} {{ .Error }}") == "1 \n"


def test_set_moves_the_version_both_ways(shop: Shell) -> None:
    out = shop.ok("migrate", "set", "2", "--url", URL)
    assert out == "Current version is 2 (2 set):\n\n  + 1 (users)\n  + 2 (orders)\n\n"
    out = shop.ok("migrate", "set", "1", "--url", URL)
    assert out == "Current version is 1 (1 removed):\n\n  - 2 (orders)\n\n"
    assert shop.ok("migrate", "set", "1", "--url", URL) == ""


def test_a_template_may_ask_for_the_description_of_a_file_that_has_none(atlas: Shell) -> None:
    atlas.write({"1.sql": "CREATE TABLE a (id integer);\n"})
    form = "{{ range .Applied }}{{ .Version }}[{{ .Description }}]{{ end }}"
    assert atlas.ok("migrate", "apply", "--url", URL, "--format", form).strip() == "1[]"
    form = "{{ range .Reverted }}{{ .Version }}[{{ .Description }}]{{ end }}"
    down = ("migrate", "down", "--url", URL, "--dev-url", "sqlite://dev?mode=memory", "--format", form)
    assert atlas.ok(*down, "--dry-run").strip() == "1[]"
    assert atlas.ok(*down, "--auto-approve").strip() == "1[]"
