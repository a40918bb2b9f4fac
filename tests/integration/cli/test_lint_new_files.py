"""Which files ``migrate lint`` calls new, and what a project says about it; ``schema lint`` with its rules."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.integration.cli.conftest import Shell
from tests.integration.cli.lint_answers import DEV, TWO, document, lint


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ((), "Error: --latest or --git-base is required"),
        (
            ("--latest", "1", "--git-base", "x"),
            "Error: --latest, --git-base, and --base are mutually exclusive",
        ),
        (("--latest", "1", "--base", "x"), "Error: --latest, --git-base, and --base are mutually exclusive"),
        (("--latest", "x"), 'Error: invalid argument "x" for "--latest" flag'),
        (("--latest", "1", "--dev-url", ""), 'Error: required flag(s) "dev-url" not set'),
    ],
)
def test_what_is_new_must_be_said_once(atlas: Shell, words: tuple[str, ...], error: str) -> None:
    atlas.write(TWO)

    answer = atlas("migrate", "lint", "--dev-url", DEV, *words)

    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(error)


def test_files_that_another_directory_lacks_are_new(atlas: Shell) -> None:
    atlas.write(TWO)
    atlas.write({"1.sql": TWO["1.sql"]}, "base")

    assert '-- L1: Dropping table "t"' in lint(atlas, "--base", "file://base")[1]


V = "CREATE TABLE v (c int);\n"
EDITED = "1.sql of {base} has other content here: only new files are looked at"
REMOVED = "2.sql of {base} is not here: removed, or this directory is behind"


def test_files_of_the_base_that_are_others_here_or_are_not_here_are_warned_of(atlas: Shell) -> None:
    atlas.write({"1.sql": V, "3.sql": V.replace("v", "w")})
    atlas.write({"1.sql": TWO["1.sql"], "2.sql": V}, "base")
    doubts = [text.format(base="file://base") for text in (EDITED, REMOVED)]
    words = ("migrate", "lint", "--dev-url", DEV, "--base", "file://base")
    answer = atlas(*words)
    assert answer.err.splitlines() == [f"Warning: {doubt}" for doubt in doubts]
    assert (answer.code, "from version 1 to 3 (1 migration in total)" in answer.out) == (0, True)
    steps = json.loads(atlas.ok(*words, "--format", "{{ json . }}"))["Steps"]
    assert steps[1]["Text"] == "; ".join(("Found 1 new migration files (from 2 total)", *doubts))


def test_an_answer_with_an_error_holds_the_warnings_itself_for_clients_want_an_empty_stderr(
    atlas: Shell,
) -> None:
    atlas.write({"1.sql": "CREATE TABLE t (c int);\n", "3.sql": "DROP TABLE t;\n"})
    atlas.write({"1.sql": TWO["1.sql"]}, "base")
    code, told = document(atlas, "--base", "file://base")
    assert (code, told["Steps"][1]["Text"].endswith(EDITED.format(base="file://base"))) == (1, True)


def test_what_a_branch_edits_removes_and_renames_is_warned_of_and_the_renamed_file_is_new(
    atlas: Shell,
) -> None:
    git(atlas.folder, "init", "-q", "-b", "main")
    atlas.write({"1.sql": TWO["1.sql"], "2.sql": V})
    git(atlas.folder, "add", ".")
    git(atlas.folder, "commit", "-q", "-m", "one")
    git(atlas.folder, "checkout", "-q", "-b", "feature")
    git(atlas.folder, "mv", "migrations/2.sql", "migrations/3.sql")
    atlas.write({"1.sql": "CREATE TABLE t (c int);\n", "3.sql": V})
    git(atlas.folder, "add", ".")
    git(atlas.folder, "commit", "-q", "-m", "two")
    answer = atlas("migrate", "lint", "--dev-url", DEV, "--git-base", "main")
    assert answer.err.splitlines() == [f"Warning: {text.format(base='main')}" for text in (EDITED, REMOVED)]
    assert "from version 1 to 3 (1 migration in total)" in answer.out


def test_a_file_in_the_middle_is_not_linear(atlas: Shell) -> None:
    atlas.write(
        {"1.sql": TWO["1.sql"], "2.sql": "CREATE TABLE u (c int);\n", "3.sql": "CREATE TABLE v (c int);\n"}
    )
    atlas.write({"1.sql": TWO["1.sql"], "3.sql": "CREATE TABLE v (c int);\n"}, "base")

    code, text = lint(atlas, "--base", "file://base")

    assert code == 0
    assert '-- L1: Migration file "2.sql" was added before files that were there already' in text
    assert text.count("was added before files") == 1


def git(folder: Path, *words: str) -> None:
    name = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *name, *words], check=True, capture_output=True)


def test_files_that_a_branch_adds_are_new(atlas: Shell) -> None:
    git(atlas.folder, "init", "-q", "-b", "main")
    atlas.write({"1.sql": TWO["1.sql"]}, "db/migrations")
    git(atlas.folder, "add", ".")
    git(atlas.folder, "commit", "-q", "-m", "one")
    git(atlas.folder, "checkout", "-q", "-b", "feature")
    atlas.write(TWO, "db/migrations")
    git(atlas.folder, "add", ".")
    git(atlas.folder, "commit", "-q", "-m", "two")

    code, text = lint(atlas, "--dir", "file://db/migrations", "--git-base", "main")

    assert code == 1
    assert "from version 1 to 2 (1 migration in total)" in text
    answer = atlas(
        "migrate", "lint", "--dev-url", DEV, "--dir", "file://db/migrations", "--git-base", "nosuch"
    )
    assert answer.code == 1
    assert "git diff nosuch HEAD: fatal: " in answer.err


def test_a_folder_that_git_does_not_know_is_told_with_another_way(atlas: Shell) -> None:
    atlas.write(TWO)
    answer = atlas("migrate", "lint", "--dev-url", DEV, "--git-base", "main")
    assert answer.code == 1
    assert "is in no git repository: expected --git-dir to be a folder of one; or --latest N" in answer.err


CONFIG = """
lint {
  destructive {
    error = false
  }
  naming {
    error   = true
    match   = "^[a-z]+$"
    message = "must be lower case"
  }
  latest = 2
}
env "plain" {
  dev = "sqlite://dev?mode=memory"
}
env "own" {
  dev = "sqlite://dev?mode=memory"
  lint {
    latest = 1
    destructive {
      error = true
    }
    format = "{{ range .Files }}{{ .Name }} {{ end }}"
  }
}
env "odd" {
  dev = "sqlite://dev?mode=memory"
  lint {
    ownership {}
  }
}
"""


def test_an_env_inherits_what_it_does_not_say(atlas: Shell) -> None:
    atlas.write({**TWO, "3.sql": "CREATE TABLE u (c int);\n"})
    (atlas.folder / "atlas.hcl").write_text(CONFIG)

    answer = atlas("migrate", "lint", "--env", "plain")
    assert answer.code == 0
    assert "from version 1 to 3 (2 migrations in total)" in answer.out
    assert "1 version ok, 1 with warnings" in answer.out

    answer = atlas("migrate", "lint", "--env", "own")
    assert (answer.code, answer.out) == (0, "3.sql \n")
    answer = atlas("migrate", "lint", "--env", "own", "--latest", "2")
    assert (answer.code, answer.out) == (1, "2.sql 3.sql \n")


def test_a_rule_that_is_not_known_is_refused_by_name_where_it_is_used(atlas: Shell) -> None:
    atlas.write(TWO)
    (atlas.folder / "atlas.hcl").write_text(CONFIG)

    answer = atlas("migrate", "lint", "--env", "odd", "--latest", "1")

    assert answer.code == 3
    assert 'block "ownership" is not supported by this version' in answer.err
    atlas.ok("migrate", "validate", "--env", "odd")


def test_a_schema_is_held_to_the_rules(atlas: Shell) -> None:
    (atlas.folder / "atlas.hcl").write_text(CONFIG)
    (atlas.folder / "schema.sql").write_text('CREATE TABLE "Users" (id int, "Name" text);\n')
    words = ("schema", "lint", "--env", "plain", "--url", "file://schema.sql")

    answer = atlas(*words)
    assert (answer.code, answer.err) == (1, "")
    assert (
        '    -- table main.Users: Table named "Users" violates the naming policy: must be lower case '
        "https://atlasgo.io/lint/analyzers#NM102\n"
    ) in answer.out

    found = json.loads(atlas.ok(*words, "--format", "{{ json . }}"))
    assert [each["Code"] for each in found["Steps"][0]["Diagnostics"]] == ["NM102", "NM103"]
    assert atlas("schema", "lint", "--url", "file://schema.sql").err == (
        'Error: required flag(s) "dev-url" not set\n'
    )
