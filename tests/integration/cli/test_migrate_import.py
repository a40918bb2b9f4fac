"""``atlas migrate import``, and commands on directories of other tools."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.integration.cli.conftest import Shell

URL = "sqlite://app.db"
DEV = "sqlite://dev?mode=memory"
GOOSE = "file://db?format=goose"
UP = "-- +goose Up\nCREATE TABLE a (id integer);\n-- +goose Down\nDROP TABLE a;\n"


def files(atlas: Shell, texts: dict[str, str], folder: str = "db") -> None:
    (atlas.folder / folder).mkdir(exist_ok=True)
    for name, text in texts.items():
        (atlas.folder / folder / name).write_text(text)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def tables(atlas: Shell) -> set[str]:
    with closing(sqlite3.connect(atlas.folder / "app.db")) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_an_import_is_quiet_whole_and_valid(atlas: Shell) -> None:
    files(atlas, {"1_a.sql": UP})
    before = names(atlas.folder)
    answer = atlas("migrate", "import", "--from", GOOSE, "--to", "file://made/deep")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.startswith("1 file of goose written to made/deep\n")
    assert names(atlas.folder) == sorted([*before, "made"])
    assert names(atlas.folder / "made") == ["deep"]
    assert (atlas.folder / "made" / "deep" / "1_a.sql").read_text() == "CREATE TABLE a (id integer);\n"
    assert (atlas.folder / "made" / "deep").stat().st_mode & 0o777 == 0o755
    atlas.ok("migrate", "validate", "--dir", "file://made/deep")


def test_nothing_is_written_beside_what_is_there(atlas: Shell) -> None:
    files(atlas, {"1_a.sql": UP})
    files(atlas, {"README.md": "mine"}, "migrations")
    answer = atlas("migrate", "import", "--from", GOOSE)
    assert answer.code == 1
    assert "target migration directory must be empty: migrations holds README.md" in answer.err
    assert names(atlas.folder / "migrations") == ["README.md"]


def test_nothing_is_written_where_one_file_of_many_is_refused(atlas: Shell) -> None:
    files(atlas, {f"{n}_a.sql": UP for n in range(1, 9)} | {"9_b.sql": "-- +goose Up\n-- +goose ENVSUB ON\n"})
    before = names(atlas.folder)
    answer = atlas("migrate", "import", "--from", GOOSE)
    assert answer.code == 3
    assert "Error: 9_b.sql:2: '-- +goose ENVSUB ON' is not supported" in answer.err
    assert names(atlas.folder) == before


def test_an_empty_source_is_nothing_to_import(atlas: Shell) -> None:
    files(atlas, {})
    assert atlas.ok("migrate", "import", "--from", GOOSE) == "nothing to import"
    assert names(atlas.folder) == ["db"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--from", "file://db"), 'cannot import a migration directory already in "atlas" format'),
        (("--from", "file://db?format=rails"), 'unknown dir format "rails"'),
        (("--from", "atlas://app"), "--from is atlas://"),
        (("--from", GOOSE, "--to", "mem://x"), "--to is mem://"),
        (("--from", GOOSE, "--to", "file://x?format=goose"), "--to is in goose format"),
        (("--from", GOOSE, "--digits", "many"), 'invalid argument "many" for "--digits"'),
        (("--from", "file://no?format=goose"), "stat no: no such file or directory"),
    ],
)
def test_what_cannot_be_imported_is_told(atlas: Shell, words: tuple[str, ...], message: str) -> None:
    files(atlas, {"1_a.sql": UP})
    answer = atlas("migrate", "import", *words)
    assert answer.code == 1
    assert message in answer.err


def test_the_folder_of_an_env_is_imported(atlas: Shell) -> None:
    files(atlas, {"1_a.sql": UP})
    (atlas.folder / "atlas.hcl").write_text(
        'env "local" {\n  src = "file://schema.sql"\n  migration {\n    dir = "file://db"\n    format = goose\n  }\n}\n'
    )
    atlas.ok("migrate", "import", "--env", "local", "--to", "file://made")
    assert names(atlas.folder / "made") == ["1_a.sql", "atlas.sum"]
    assert "1_a.sql" in atlas.ok("migrate", "ls", "--env", "local", "--dir", "file://made?format=atlas")


def test_a_directory_of_a_tool_serves_every_command_that_reads_one(atlas: Shell) -> None:
    files(atlas, {"1_a.sql": UP})
    missing = atlas("migrate", "validate", "--dir", GOOSE)
    assert missing.code == 1
    assert "checksum file not found" in missing.err
    atlas.ok("migrate", "hash", "--dir", GOOSE)
    atlas.ok("migrate", "validate", "--dir", GOOSE, "--dev-url", DEV)
    assert atlas.ok("migrate", "ls", "--dir", GOOSE) == "1_a.sql\n"
    atlas.ok("migrate", "apply", "--dir", "file://db", "--dir-format", "goose", "--url", URL)
    assert tables(atlas) >= {"a"}
    status = json.loads(
        atlas.ok("migrate", "status", "--dir", GOOSE, "--url", URL, "--format", "{{ json . }}")
    )
    assert (status["Status"], status["Env"]["Dir"]) == ("OK", GOOSE)
    (atlas.folder / "schema.sql").write_text("CREATE TABLE a (id integer);\nCREATE TABLE b (id integer);\n")
    atlas.ok("migrate", "diff", "b", "--dir", GOOSE, "--dev-url", DEV, "--to", "file://schema.sql")
    made = next((atlas.folder / "db").glob("*_b.sql")).read_text()
    assert made.startswith('-- +goose Up\n-- create "b" table\nCREATE TABLE `b`')
    assert '-- +goose Down\n-- reverse: create "b" table\nDROP TABLE `b`;\n' in made
    same = atlas.ok("schema", "diff", "--from", "file://schema.sql", "--to", GOOSE, "--dev-url", DEV)
    assert "Schemas are synced" in same
    atlas.ok("migrate", "apply", "--dir", GOOSE, "--url", URL)
    atlas.ok("migrate", "down", "--dir", GOOSE, "--url", URL, "--dev-url", DEV)
    assert "b" not in tables(atlas)


def test_a_finding_of_lint_is_in_the_line_of_the_tools_file(atlas: Shell) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example", "-C", str(atlas.folder)]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    files(atlas, {"1_a.sql": UP})
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "one"], check=True)
    subprocess.run([*git, "checkout", "-qb", "two"], check=True)
    files(atlas, {"2_b.sql": "-- A note.\n\n-- +goose Up\n\nDROP TABLE a;\n-- +goose Down\nSELECT 1;\n"})
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "two"], check=True)
    atlas.ok("migrate", "hash", "--dir", GOOSE)
    answer = atlas("migrate", "lint", "--dir", GOOSE, "--dev-url", DEV, "--git-base", "main")
    assert answer.code == 1
    assert 'L5: Dropping table "a"' in answer.out.replace("\x1b", "")
    assert "2_b.sql" not in answer.err


@pytest.mark.parametrize(
    ("tool", "pattern"),
    [
        ("golang-migrate", r"(\d{14})_x\.down\.sql \1_x\.up\.sql"),
        ("goose", r"\d{14}_x\.sql"),
        ("flyway", r"U(\d{14})__x\.sql V\1__x\.sql"),
        ("liquibase", r"\d{14}_x\.sql"),
        ("dbmate", r"\d{14}_x\.sql"),
    ],
)
def test_a_new_file_is_one_of_the_tool_and_runs_as_nothing(atlas: Shell, tool: str, pattern: str) -> None:
    url = f"file://db?format={tool}"
    atlas.ok("migrate", "new", "x", "--dir", url)
    assert re.fullmatch(f"{pattern} atlas\\.sum", " ".join(names(atlas.folder / "db")))
    atlas.ok("migrate", "apply", "--dir", url, "--url", URL)
    assert tables(atlas) == {"atlas_schema_revisions"}


@pytest.mark.parametrize("command", ["rebase", "rm", "edit", "checkpoint"])
def test_commands_that_write_files_of_atlas_say_so(atlas: Shell, command: str) -> None:
    files(atlas, {"1_a.sql": UP})
    atlas.ok("migrate", "hash", "--dir", GOOSE)
    words = ["--dev-url", DEV] if command == "checkpoint" else ["1_a.sql"]
    answer = atlas("migrate", command, *words, "--dir", GOOSE, EDITOR="true")
    assert answer.code == 3
    assert "not supported for files of goose: 'atlas migrate import'" in answer.err
    assert (atlas.folder / "db" / "1_a.sql").read_text() == UP


def test_templates_may_be_of_another_tool(atlas: Shell) -> None:
    files(atlas, {"1_a.sql": UP.replace("TABLE a", "TABLE {{ .name }}")}, "templates")
    (atlas.folder / "atlas.hcl").write_text(
        'data "template_dir" "all" {\n  path = "templates"\n  vars = { name = "shop" }\n}\n'
        f'env "local" {{\n  url = "{URL}"\n  migration {{\n    dir = data.template_dir.all.url\n    format = goose\n  }}\n}}\n'
    )
    atlas.ok("migrate", "apply", "--env", "local")
    assert "shop" in tables(atlas)
    (atlas.folder / "more.hcl").write_text(
        (atlas.folder / "atlas.hcl").read_text()
        + 'env "more" {\n  src = "${data.template_dir.all.url}?format=goose"\n'
        '  migration {\n    dir = "file://templates"\n    format = goose\n  }\n}\n'
    )
    same = ["schema", "diff", "--env", "more", "--config", "file://more.hcl", "--dev-url", DEV]
    assert "Schemas are synced" in atlas.ok(*same, "--from", URL, "--to", "env://src", "--exclude", "atlas_*")
    files(atlas, {"1_a.sql": UP.replace("TABLE a", "TABLE shop")}, "templates")
    atlas.ok("migrate", "hash", "--dir", "file://templates?format=goose")
    assert "Schemas are synced" in atlas.ok(
        *same, "--from", URL, "--to", "env://migration.dir", "--exclude", "atlas_*"
    )
    answer = atlas("migrate", "new", "--env", "local")
    assert answer.code == 3
    assert "writing templates of files of goose is not supported" in answer.err
