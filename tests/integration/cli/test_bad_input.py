"""Bad input to the command line: each case has a clear error, changes nothing and shows no secret."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from atlas.cli.registry.access import HOW_TO_LOG_IN

from tests.integration.cli.conftest import ATLAS, Shell

URL = "sqlite://app.db"
FAILING = (
    "CREATE TABLE a (id integer);\nCREATE TABLE b (id integer);\nCREATE TABLE nope (;\n"
    "CREATE TABLE c (id integer);\nCREATE TABLE d (id integer);\n"
).replace("nope (;", "a (id integer);")


def tables(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / "app.db")) as connection:
        return {
            str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }


def test_a_wrong_checksum_names_the_file(atlas: Shell) -> None:
    atlas.write({"1_a.sql": "SELECT 1;\n"})
    (atlas.folder / "migrations" / "1_a.sql").write_text("SELECT 2;\n")
    answer = atlas("migrate", "apply", "--url", URL)
    assert answer.code == 1
    assert "\tL2: 1_a.sql was edited\n" in answer.out
    assert "run 'atlas migrate hash' to re-hash the contents" in answer.out
    assert answer.err == "Error: checksum mismatch\n"


def test_a_missing_sum_is_said(atlas: Shell) -> None:
    (atlas.folder / "migrations").mkdir()
    (atlas.folder / "migrations" / "1_a.sql").write_text("SELECT 1;\n")
    assert atlas("migrate", "validate").err == "Error: checksum file not found\n"


def test_a_missing_directory_is_said(atlas: Shell) -> None:
    answer = atlas("migrate", "status", "--url", URL)
    assert answer.err == (
        "Error: sql/migrate: stat migrations: no such file or directory: check --dir, or make the folder with "
        "'atlas migrate new NAME'\n"
    )


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", 'required flag "url" not set'),
        ("hu2", "missing scheme. See: https://atlasgo.io/url"),
        ("pgx://localhost", 'unknown driver "pgx"'),
        ("postgres://u:se#cret@localhost/x", "invalid port"),
        ("postgres://u:se%2@localhost/x", "invalid URL escape"),
        ("sqlite://app.db?_bogus=1", "_bogus"),
        ("docker://postgres/15/dev", "docker"),
    ],
)
def test_a_url_that_cannot_be_used(atlas: Shell, url: str, words: str) -> None:
    atlas.write({"1_a.sql": "SELECT 1;\n"})
    answer = atlas("migrate", "apply", *(["--url", url] if url else []))
    assert answer.code in {1, 3}
    assert words in answer.err
    assert "cret" not in answer.err


def test_an_unreachable_database(atlas: Shell) -> None:
    atlas.write({"1_a.sql": "SELECT 1;\n"})
    answer = atlas("migrate", "apply", "--url", "postgres://u:secret@127.0.0.1:1/db?sslmode=disable")
    assert answer.code == 1
    assert "127.0.0.1" in answer.err
    assert "secret" not in answer.err


def test_a_wrong_password(atlas: Shell, postgres_url: str) -> None:
    atlas.write({"1_a.sql": "SELECT 1;\n"})
    host = postgres_url.rpartition("@")[2]
    answer = atlas("migrate", "apply", "--url", f"postgres://atlas:wrong-pass@{host}")
    assert answer.code == 1
    assert "password authentication failed" in answer.err
    assert "wrong-pass" not in answer.err


@pytest.mark.parametrize(
    ("mode", "left"),
    [
        ("file", {"atlas_schema_revisions"}),
        ("all", {"atlas_schema_revisions"}),
        ("none", {"atlas_schema_revisions", "a", "b"}),
    ],
)
def test_sql_that_fails_in_statement_3_of_5(atlas: Shell, mode: str, left: set[str]) -> None:
    atlas.write({"1_a.sql": FAILING})
    answer = atlas("migrate", "apply", "--url", URL, "--tx-mode", mode)
    assert answer.code == 1
    assert 'executing statement "CREATE TABLE a (id integer);" from version "1"' in answer.err
    assert "already exists" in answer.err
    assert tables(atlas.folder) == left
    assert "  -- 1 migration with errors\n  -- 2 sql statements ok, 1 with errors\n" in answer.out


def test_a_failed_run_in_mode_none_is_taken_up_at_its_statement(atlas: Shell) -> None:
    atlas.write({"1_a.sql": FAILING})
    atlas("migrate", "apply", "--url", URL, "--tx-mode", "none")
    status = atlas.ok("migrate", "status", "--url", URL)
    assert (
        "  -- Current Version: 1 (2 statements applied)\n  -- Next Version:    1 (3 statements left)\n"
        in status
    )
    assert "Last migration attempt had errors:\n  -- SQL:   CREATE TABLE a (id integer);\n" in status
    atlas.write({"1_a.sql": FAILING.replace("\nCREATE TABLE a (", "\nCREATE TABLE fixed (")})
    atlas.ok("migrate", "apply", "--url", URL, "--tx-mode", "none")
    assert tables(atlas.folder) == {"atlas_schema_revisions", "a", "b", "c", "d", "fixed"}


def test_an_applied_statement_that_was_edited(atlas: Shell) -> None:
    atlas.write({"1_a.sql": FAILING})
    atlas("migrate", "apply", "--url", URL, "--tx-mode", "none")
    atlas.write({"1_a.sql": FAILING.replace("TABLE b", "TABLE bb")})
    answer = atlas("migrate", "apply", "--url", URL, "--tx-mode", "none")
    assert 'history changed: statement 2 from file "1_a.sql" changed' in answer.err


def test_a_file_that_comes_out_of_order(atlas: Shell) -> None:
    atlas.write({"1_a.sql": "CREATE TABLE a (id integer);\n", "3_c.sql": "CREATE TABLE c (id integer);\n"})
    atlas.ok("migrate", "apply", "--url", URL)
    atlas.write({"2_b.sql": "CREATE TABLE b (id integer);\n"})
    answer = atlas("migrate", "apply", "--url", URL)
    assert answer.err == (
        "Error: migration file 2_b.sql was added out of order. "
        "See: https://atlasgo.io/versioned/apply#non-linear-error - give it a later version, or allow it with --exec-order non-linear\n"
    )
    assert (
        atlas.ok("migrate", "apply", "--url", URL, "--exec-order", "linear-skip")
        == "No migration files to execute\n"
    )
    atlas.ok("migrate", "apply", "--url", URL, "--exec-order", "non-linear")
    assert "b" in tables(atlas.folder)


def test_an_empty_directory_is_nothing_to_do(atlas: Shell) -> None:
    atlas.write({})
    assert atlas.ok("migrate", "apply", "--url", URL) == "No migration files to execute\n"


def test_names_with_spaces_and_unicode(atlas: Shell) -> None:
    atlas.write(
        {
            "1_füge hinzu.sql": "CREATE TABLE a (id integer);\n",
            "2_数据 表.sql": "CREATE TABLE b (id integer);\n",
        }
    )
    atlas.ok("migrate", "apply", "--url", URL)
    assert {"a", "b"} <= tables(atlas.folder)
    assert atlas.ok("migrate", "ls").splitlines() == ["1_füge hinzu.sql", "2_数据 表.sql"]


def test_what_another_tool_does_and_we_cannot_is_refused_with_its_own_exit_code(atlas: Shell) -> None:
    atlas.write({"1_a.sql": "-- +goose Up\n-- +goose ENVSUB ON\nSELECT 1;\n"})
    answer = atlas("migrate", "status", "--url", URL, "--dir", "file://migrations?format=goose")
    assert answer.code == 3
    assert "1_a.sql:2: '-- +goose ENVSUB ON' is not supported" in answer.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("migrate", "apply", "--nope"), "Error: unknown flag: --nope: see 'atlas migrate apply --help'\n"),
        (("migrate", "apply", "--url"), "Error: flag needs an argument: --url\n"),
        (
            ("migrate", "pull"),
            "Error: missing name[:tag]: see 'atlas migrate pull --help'\n",
        ),
        (("migrate", "nope"), 'Error: unknown command "nope" for "atlas migrate"\n'),
        (("--version",), "Error: unknown flag: --version: did you mean 'atlas version'?\n"),
        (("migrate", "--nope"), "Error: unknown flag: --nope: see 'atlas --help'\n"),
        (
            ("migrate", "ls", "more"),
            "Error: unknown argument 'more' for 'atlas migrate ls': see 'atlas migrate ls --help'\n",
        ),
        (("migrate", "apply", "--url", URL, "--format", "{{ json ."), "template: format:1: unclosed action"),
        (("migrate", "apply", "--url", URL, "--context", "{"), "Error: invalid --context: "),
        (("registry", "token", "list", "--data", "typo"), "Error: no registry in typo: "),
        (("registry", "serve", "--data", "d", "--listen", "127.0.0.1:99999"), "expected host:port"),
        (
            (
                "registry",
                "serve",
                "--data",
                "d",
                "--listen",
                "127.0.0.1:0",
                "--tls-cert",
                "c",
                "--tls-key",
                "k",
            ),
            "Error: --tls-cert c with --tls-key k cannot be used: No such file or directory\n",
        ),
        (("migrate", "apply", "--url", URL, "--tx-mode", "x"), 'Error: unknown tx-mode "x"'),
        (("migrate", "apply", "--url", URL, "--exec-order", "x"), 'Error: unknown execution order: "x"'),
        (("migrate", "apply", "--url", URL, "--lock-timeout", "soon"), 'invalid argument "soon"'),
        (("migrate", "apply", "--env", "x"), 'config file "atlas.hcl" was not found'),
        (("migrate", "push", "app:v1"), "Error: command requires 'atlas login'\n"),
        (("migrate", "push"), "missing the name of the repository"),
    ],
)
def test_words_that_make_no_sense(atlas: Shell, words: tuple[str, ...], message: str) -> None:
    atlas.write({"1_a.sql": "SELECT 1;\n"})
    answer = atlas(*words)
    assert (answer.code, answer.out) == (1, HOW_TO_LOG_IN + "\n" if "login" in message else "")
    assert message in answer.err
    assert sorted(path.name for path in atlas.folder.iterdir()) == ["migrations"]


@pytest.mark.parametrize("words", ["migrate drift --url x", "cloud repo lingraph", "schema validate"])
def test_a_command_of_other_editions_is_named_as_one(atlas: Shell, words: str) -> None:
    answer = atlas(*words.split())
    name = words.partition(" --")[0]
    assert (answer.code, answer.err) == (
        3,
        f"Abort: 'atlas {name}' is not supported by this version: 'atlas --help' lists what is\n",
    )


def test_help_is_there_in_every_spelling(atlas: Shell) -> None:
    assert atlas.ok("help") == atlas.ok() == atlas.ok("--help")
    assert atlas.ok("help", "migrate") == atlas.ok("migrate", "-h") == atlas.ok("migrate")
    assert atlas.ok("help", "migrate", "apply") == atlas.ok("migrate", "apply", "--help")


@pytest.mark.parametrize("name", ["1_a\nb.sql", " 1_a.sql", "1_h1:x.sql", "1_\udcff.sql"])
def test_a_name_that_cannot_stand_in_the_sum_is_refused(atlas: Shell, name: str) -> None:
    (atlas.folder / "migrations").mkdir()
    (atlas.folder / "migrations" / name).write_text("SELECT 1;\n")
    answer = atlas("migrate", "hash")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.endswith("; rename the file\n")
    assert not (atlas.folder / "migrations" / "atlas.sum").exists()


def test_a_new_file_with_such_a_name_is_not_made(atlas: Shell) -> None:
    assert atlas("migrate", "new", "a\nb").code == 1
    assert atlas("migrate", "new", "a/../../b").code == 1
    assert not (atlas.folder / "migrations").exists()


def test_a_new_file_whose_sum_cannot_be_written_is_taken_back(atlas: Shell) -> None:
    atlas.write({})
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 0; {ATLAS} migrate new x"],  # the new file is empty, its sum is not
        cwd=atlas.folder,
        env=dict(atlas.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        1,
        "Error: sql/migrate: write migrations/atlas.sum: file too large\n",
    )
    assert list((atlas.folder / "migrations").glob("*.sql")) == []


@pytest.mark.parametrize(
    "words",
    [
        "migrate hash --dir file:///proc/none",
        "migrate new x --dir file:///proc/none",
        "migrate hash --dir file://file",
        "migrate new x --dir file://file/sub",
        "migrate apply --dir file://ok --url sqlite:///proc/none/app.db",
        "migrate apply --dir file://ok --url sqlite://file/app.db",
        "registry serve --listen 127.0.0.1:0 --data /proc/none",
        "registry token create --data file",
        "login --url http://127.0.0.1:1 --grant-only",
    ],
)
def test_a_place_that_cannot_be_written_is_named(atlas: Shell, words: str) -> None:
    atlas.write({"1_a.sql": "SELECT 1;\n"}, "ok")
    (atlas.folder / "file").write_text("")
    answer = atlas(*words.split(), HOME="/proc/none")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("Error: ")
    assert "/proc/none" in answer.err or '"file"' in answer.err or " file" in answer.err
    assert "unexpected" not in answer.err


def test_a_backup_whose_address_is_wrong_is_told_before_anything_is_pushed(atlas: Shell) -> None:
    atlas.write({"1_a.sql": "SELECT 1;\n"})
    (atlas.folder / "atlas.hcl").write_text(
        'env "prod" {\n  migration {\n    repo {\n      name   = "app"\n      backup = ["ftp://me:secret@b/p"]\n'
        "    }\n  }\n}\n"
    )
    answer = atlas("migrate", "push", "--env", "prod")
    assert (answer.code, answer.out) == (1, "")
    assert 'unknown bucket scheme "ftp"' in answer.err
    assert "secret" not in answer.err
