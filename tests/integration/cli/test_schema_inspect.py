"""``atlas schema inspect``, ``schema stats inspect`` and ``schema fmt``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.integration.cli.conftest import Shell
from tests.integration.cli.schema_files import put, sql

INSPECT = ("schema", "inspect", "-u", "sqlite://app.db")
DEV = ("--dev-url", "sqlite://dev?mode=memory")


@pytest.fixture
def app(atlas: Shell) -> Path:
    path = atlas.folder / "app.db"
    sql(
        path,
        "CREATE TABLE users (id integer PRIMARY KEY, email text NOT NULL)",
        "CREATE UNIQUE INDEX by_email ON users (email)",
        "CREATE TABLE posts (id integer PRIMARY KEY, user_id integer, FOREIGN KEY (user_id) REFERENCES users (id))",
        "CREATE TABLE atlas_schema_revisions (version text)",
    )
    return path


def test_hcl_is_what_is_printed_without_a_template(atlas: Shell, app: Path) -> None:
    printed = atlas.ok(*INSPECT)
    assert printed.startswith('table "posts" {\n  schema = schema.main\n  column "id" {\n')
    assert printed.endswith('schema "main" {\n}\n')
    assert "atlas_schema_revisions" not in printed
    assert atlas.ok(*INSPECT, "--format", "{{ .MarshalHCL }}") == printed


def test_sql_makes_the_same_database_again(atlas: Shell, app: Path) -> None:
    one_line = atlas.ok(*INSPECT, "--format", "{{ sql . }}")
    assert one_line.startswith('-- Create "users" table\nCREATE TABLE `users` (`id` ')
    assert atlas.ok(*INSPECT, "--format", "sql") == one_line
    assert atlas.ok(*INSPECT, "--format", "{{ .MarshalSQL }}") == one_line
    assert "CREATE TABLE `users` (\n  `id` " in atlas.ok(*INSPECT, "--format", '{{ sql . "  " }}')
    put(atlas, "dump.sql", one_line)
    again = atlas.ok("schema", "diff", "--from", "sqlite://app.db", "--to", "file://dump.sql")
    assert again == "Schemas are synced, no changes to be made.\n"


def test_json_has_the_keys_of_the_go_tools(atlas: Shell, app: Path) -> None:
    printed = atlas.ok(*INSPECT, "--format", "{{ json . }}")
    assert "\n" not in printed
    [schema] = json.loads(printed)["schemas"]
    users, posts = schema["tables"]
    assert list(users) == ["name", "columns", "indexes", "primary_key"]
    assert users["indexes"] == [{"name": "by_email", "unique": True, "parts": [{"column": "email"}]}]
    assert users["primary_key"] == {"parts": [{"column": "id"}]}
    assert "null" not in users["columns"][1]
    assert posts["foreign_keys"][0]["references"] == {"table": "users", "columns": ["id"]}
    assert json.loads(atlas.ok(*INSPECT, "--format", "{{ json .Realm }}")) == json.loads(printed)


def test_an_empty_database_is_a_document_too(atlas: Shell) -> None:
    assert atlas.ok(*INSPECT, "--format", "{{ json . }}") == '{"schemas":[{"name":"main"}]}'


def test_a_diagram_shows_keys_and_relations(atlas: Shell, app: Path) -> None:
    printed = atlas.ok(*INSPECT, "--format", "{{ mermaid . }}").lower()
    assert printed.startswith("erdiagram\n    users {\n      integer id pk\n      text email\n    }\n")
    assert "      integer user_id fk\n" in printed
    assert "    posts }o--o| users : " in printed


def test_the_hash_is_that_of_the_schema_and_not_of_its_history(atlas: Shell, app: Path) -> None:
    before = atlas.ok(*INSPECT, "--format", "{{ .Hash }}")
    sql(app, "INSERT INTO users VALUES (1, 'a')", "DROP TABLE atlas_schema_revisions")
    assert atlas.ok(*INSPECT, "--format", "{{ .Hash }}") == before
    sql(app, "CREATE TABLE more (x)")
    assert atlas.ok(*INSPECT, "--format", "{{ .Hash }}") != before


def test_the_text_that_actions_print_is_made_of_methods(atlas: Shell, app: Path) -> None:
    template = '{{ printf "# %s\\n# %s\\n%s" .RedactedURL .Hash .MarshalHCL }}'
    assert atlas.ok(*INSPECT, "--format", template).startswith("# sqlite://app.db\n# ")


def test_patterns_limit_what_is_seen(atlas: Shell, app: Path) -> None:
    def tables(*words: str) -> list[str]:
        document = json.loads(atlas.ok(*INSPECT, *words, "--format", "{{ json . }}"))
        return [table["name"] for table in document["schemas"][0].get("tables", [])]

    assert tables("--exclude", "posts") == ["users"]
    assert tables("--include", "posts") == ["posts"]
    assert tables("--exclude", "*") == []
    assert "by_email" not in atlas.ok(*INSPECT, "--exclude", "users.*[type=index]")


def test_files_are_shown_as_a_server_reads_them(atlas: Shell) -> None:
    put(atlas, "s.sql", "create table T(ID int not null)")
    put(
        atlas,
        "s.hcl",
        'schema "main" {}\ntable "T" {\n  schema = schema.main\n  column "ID" {\n    type = int\n  }\n}\n',
    )
    from_sql = atlas.ok("schema", "inspect", "-u", "file://s.sql", *DEV)
    assert from_sql.startswith('table "T" {\n  schema = schema.main\n  column "ID" {\n    null = false\n')
    assert atlas.ok("schema", "inspect", "-u", "file://s.hcl", *DEV) == from_sql


def test_files_need_a_dev_database(atlas: Shell) -> None:
    answer = atlas("schema", "inspect", "-u", put(atlas, "s.sql", ""))
    assert answer.code == 1
    assert "--dev-url cannot be empty" in answer.err


def test_a_broken_hcl_file_is_told_with_its_place_and_line(atlas: Shell) -> None:
    url = put(atlas, "s.hcl", 'table "t" {\n  schema = schema.nosuch\n}\n')
    answer = atlas("schema", "inspect", "-u", url, *DEV)
    assert answer.code == 1
    assert answer.err.startswith("Error: s.hcl:2:")


def test_what_hcl_says_and_nobody_understands_is_a_warning(atlas: Shell) -> None:
    url = put(atlas, "s.hcl", 'schema "main" {\n}\nnosuch "x" {\n}\n')
    answer = atlas("schema", "inspect", "-u", url, *DEV)
    assert answer.code == 0
    assert "Warning: s.hcl:3:" in answer.err


def test_an_environment_names_the_database(atlas: Shell, app: Path) -> None:
    put(atlas, "atlas.hcl", 'env "e" {\n  url = "sqlite://app.db"\n  exclude = ["posts"]\n}\n')
    shown = atlas.ok("schema", "inspect", "--env", "e")
    assert 'table "users"' in shown
    assert 'table "posts"' not in shown
    assert atlas.ok("schema", "inspect", "--env", "e", "-u", "env://url") == shown


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ((), 'required flag(s) "url" not set'),
        (("-u", "mysql5://x/y"), 'unknown driver "mysql5"'),
        (("-u", "sqlite://app.db", "--format", "{{ .Nosuch }}"), "can't evaluate field Nosuch"),
        (("-u", "sqlite://app.db", "--exclude", "["), "syntax error in pattern"),
    ],
)
def test_what_cannot_be_meant_is_refused(atlas: Shell, words: tuple[str, ...], complaint: str) -> None:
    answer = atlas("schema", "inspect", *words)
    assert answer.code == 1
    assert complaint in answer.err


# Sizes


def test_sizes_of_tables_are_metrics(atlas: Shell, app: Path) -> None:
    words = ("schema", "stats", "inspect", "-u", "sqlite://app.db")
    shown = atlas.ok(*words)
    assert shown.splitlines()[1] == "# TYPE atlas_table_size_bytes gauge"
    assert 'atlas_table_size_bytes{schema="main",table="users"} ' in shown
    document = json.loads(atlas.ok(*words, "--exclude", "posts", "--format", "{{ json .Realm }}"))
    [size] = document["atlas_table_size_bytes"]
    assert (size["schema"], size["table"]) == ("main", "users")
    assert size["value"] >= 4096


# Layout


def test_files_are_laid_out_and_only_changed_ones_are_named(atlas: Shell) -> None:
    put(atlas, "a.hcl", 'schema "main" {\ncomment="x"\n}\n')
    put(atlas, "b.hcl", 'schema "main" {\n}\n')
    put(atlas, "deeper/c.hcl", 'schema   "main" {\n}\n')
    assert atlas.ok("schema", "fmt") == "a.hcl\n"
    assert (atlas.folder / "a.hcl").read_text() == 'schema "main" {\n  comment = "x"\n}\n'
    assert atlas.ok("schema", "fmt", "a.hcl", "deeper") == "deeper/c.hcl\n"


def test_a_file_that_does_not_parse_is_named_and_left_alone(atlas: Shell) -> None:
    put(atlas, "a.hcl", "schema {{\n")
    answer = atlas("schema", "fmt")
    assert answer.code == 1
    assert "a.hcl:1:" in answer.err
    assert (atlas.folder / "a.hcl").read_text() == "schema {{\n"
    assert "no such file" in atlas("schema", "fmt", "nosuch").err
