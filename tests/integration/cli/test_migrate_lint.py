"""``atlas migrate lint`` and ``schema lint``: texts, documents, exit codes, and how new files are found."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli.conftest import Shell

DEV = "sqlite://dev?mode=memory"
TWO = {"1.sql": "CREATE TABLE t (c int, d text);\n", "2.sql": "DROP TABLE t;\n"}


def redacted(text: str) -> str:
    """Durations as ``DUR``."""
    return re.sub(r"\b\d+(\.\d+)?(ns|µs|ms|s)\b", "DUR", text)


def lint(atlas: Shell, *words: str) -> tuple[int, str]:
    answer = atlas("migrate", "lint", "--dev-url", DEV, *words)
    assert answer.err == ""
    return answer.code, redacted(answer.out)


def document(atlas: Shell, *words: str) -> tuple[int, Any]:
    answer = atlas("migrate", "lint", "--dev-url", DEV, "--format", "{{ json . }}", *words)
    assert answer.err == ""
    return answer.code, json.loads(answer.out)


def test_a_dropped_table_fails_with_a_fix(atlas: Shell) -> None:
    atlas.write(TWO)

    assert lint(atlas, "--latest", "1") == (
        1,
        """Analyzing changes from version 1 to 2 (1 migration in total):

  -- analyzing version 2
    -- destructive changes detected:
      -- L1: Dropping table "t" https://atlasgo.io/lint/analyzers#DS102
    -- suggested fix:
      -> Add a pre-migration check to ensure table "t" is empty before dropping it
  -- ok (DUR)

  -------------------------
  -- DUR
  -- 1 version with errors
  -- 1 schema change
  -- 1 diagnostic
""",
    )


def test_long_lines_are_broken_and_fixes_follow_all_findings(atlas: Shell) -> None:
    atlas.write(
        {
            "1.sql": "CREATE TABLE users (id int, old_a text, old_b text);\n",
            "2.sql": (
                "ALTER TABLE users ADD COLUMN c2 int NOT NULL;\n"
                "ALTER TABLE users DROP COLUMN old_a;\n"
                "\n"
                "ALTER TABLE users DROP COLUMN old_b;\n"
            ),
            "3.sql": "CREATE TABLE p (id int);\n",
        }
    )

    assert lint(atlas, "--latest", "2") == (
        1,
        """Analyzing changes from version 1 to 3 (2 migrations in total):

  -- analyzing version 2
    -- destructive changes detected:
      -- L2: Dropping non-virtual column "old_a" https://atlasgo.io/lint/analyzers#DS103
      -- L4: Dropping non-virtual column "old_b" https://atlasgo.io/lint/analyzers#DS103
    -- data dependent changes detected:
      -- L1: Adding a non-nullable "int" column "c2" will fail in case table "users" is not empty
         https://atlasgo.io/lint/analyzers#MF103
    -- suggested fixes:
      -> Add a pre-migration check to ensure column "old_a" is NULL before dropping it
      -> Add a pre-migration check to ensure column "old_b" is NULL before dropping it
  -- ok (DUR)

  -- analyzing version 3
    -- no diagnostics found
  -- ok (DUR)

  -------------------------
  -- DUR
  -- 1 version ok, 1 with errors
  -- 4 schema changes
  -- 3 diagnostics
""",
    )


def test_the_first_file_has_nothing_to_lose(atlas: Shell) -> None:
    atlas.write({"1.sql": "CREATE TABLE t (c int);\nDROP TABLE t;\n"})

    assert lint(atlas, "--latest", "1") == (
        0,
        """Analyzing changes until version 1 (1 migration in total):

  -- analyzing version 1
    -- no diagnostics found
  -- ok (DUR)

  -------------------------
  -- DUR
  -- 1 version ok
  -- 2 schema changes
""",
    )


def test_warnings_do_not_fail(atlas: Shell) -> None:
    atlas.write({**TWO, "2.sql": "ALTER TABLE t RENAME TO u;\n"})

    code, text = lint(atlas, "--latest", "1")

    assert code == 0
    assert '-- L1: Renaming table "t" to "u" https://atlasgo.io/lint/analyzers#BC101' in text
    assert "-- 1 version with warnings\n" in text


def test_a_statement_that_does_not_run_is_an_error_of_its_file(atlas: Shell) -> None:
    atlas.write({**TWO, "2.sql": "DROP TABLE nosuch;\n"})

    code, text = lint(atlas, "--latest", "1")
    assert code == 1
    assert (
        '  Error: executing statement "DROP TABLE nosuch;" from version "2": no such table: nosuch\n' in text
    )

    code, found = document(atlas, "--latest", "1")
    assert code == 1
    assert found["Steps"][2]["Error"] == found["Files"][0]["Error"]


def test_base_files_that_do_not_run_are_no_findings(atlas: Shell) -> None:
    atlas.write({"1.sql": "NONSENSE;\n", "2.sql": "CREATE TABLE t (c int);\n"})

    code, text = lint(atlas, "--latest", "1")

    assert (code, text) == (
        1,
        'Error: executing statement "NONSENSE;" from version "1": near "NONSENSE": syntax error\n',
    )


def test_the_document_has_the_fields_that_clients_decode(atlas: Shell) -> None:
    atlas.write(TWO)

    code, found = document(atlas, "--latest", "1")

    assert code == 1
    assert list(found) == ["Env", "Schema", "Steps", "Files"]
    assert found["Env"]["Driver"] == "sqlite"
    assert found["Env"]["Dir"] == "migrations"
    assert found["Env"]["URL"]["Scheme"] == "sqlite"
    assert 'table "t"' in found["Schema"]["Current"]
    assert found["Schema"]["Desired"] == 'schema "main" {\n}\n'
    assert [(step["Name"], step["Text"]) for step in found["Steps"]] == [
        ("Migration Integrity Check", "File atlas.sum is valid"),
        ("Detect New Migration Files", "Found 1 new migration files (from 2 total)"),
        ("Replay Migration Files", "Loaded 1 changes on dev database"),
        ("Analyze 2.sql", "1 reports were found in analysis"),
    ]
    assert found["Steps"][3]["Result"] == found["Files"][0]
    assert found["Files"] == [
        {
            "Name": "2.sql",
            "Text": "DROP TABLE t;\n",
            "Reports": [
                {
                    "Text": "destructive changes detected",
                    "Diagnostics": [
                        {
                            "Pos": 0,
                            "Text": 'Dropping table "t"',
                            "Code": "DS102",
                            "SuggestedFixes": [
                                {
                                    "Message": (
                                        'Add a pre-migration check to ensure table "t" is empty before dropping it'
                                    )
                                }
                            ],
                        }
                    ],
                }
            ],
        }
    ]


def test_a_broken_sum_is_a_file_of_the_document(atlas: Shell) -> None:
    atlas.write(TWO)
    (atlas.folder / "migrations" / "3.sql").write_text("SELECT 1;\n")

    code, found = document(atlas, "--latest", "1")

    assert code == 1
    assert found["Files"] == [
        {"Name": "atlas.sum", "Error": "checksum mismatch (atlas.sum): L4: 3.sql was added"}
    ]
    answer = atlas("migrate", "lint", "--dev-url", DEV, "--latest", "1")
    assert (answer.code, answer.err) == (1, "Error: checksum mismatch\n")


def test_a_missing_sum_is_tolerated(atlas: Shell) -> None:
    atlas.write(TWO)
    (atlas.folder / "migrations" / "atlas.sum").unlink()

    assert lint(atlas, "--latest", "1")[0] == 1


def test_nothing_new_is_nothing_said(atlas: Shell) -> None:
    atlas.write({})

    assert lint(atlas, "--latest", "1") == (0, "")


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


def test_a_report_to_the_registry_is_refused_by_name(atlas: Shell) -> None:
    atlas.write(TWO)

    answer = atlas("migrate", "lint", "--dev-url", DEV, "--latest", "1", "-w")

    assert (answer.code, answer.out) == (3, "")
    assert "-w sends the report to a registry" in answer.err


def test_a_nolint_directive_is_heard(atlas: Shell) -> None:
    atlas.write({**TWO, "2.sql": "-- atlas:nolint DS102\nDROP TABLE t;\n"})
    assert lint(atlas, "--latest", "1")[0] == 0

    atlas.write({**TWO, "2.sql": "-- atlas:nolint\n\nDROP TABLE t;\n"})
    assert lint(atlas, "--latest", "1")[0] == 0


def test_a_large_first_file_is_looked_at_as_a_whole(atlas: Shell) -> None:
    many = "".join(f"CREATE TABLE t{number} (c int);\n" for number in range(12))
    atlas.write({"1.sql": f"{many}DROP TABLE t1;\n"})

    code, text = lint(atlas, "--latest", "1")

    assert code == 0
    assert "  -- 11 schema changes\n" in text


def test_statements_that_are_cut_by_a_delimiter_are_found_on_their_line(atlas: Shell) -> None:
    atlas.write({**TWO, "2.sql": "-- atlas:delimiter //\n\nSELECT 1//\nDROP TABLE t//\n"})

    assert '-- L4: Dropping table "t"' in lint(atlas, "--latest", "1")[1]


def test_files_that_another_directory_lacks_are_new(atlas: Shell) -> None:
    atlas.write(TWO)
    atlas.write({"1.sql": TWO["1.sql"]}, "base")

    assert '-- L1: Dropping table "t"' in lint(atlas, "--base", "file://base")[1]


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


PG_BASE = "CREATE TABLE users (id int, name varchar(20), email text);\n"
PG_NEW = """CREATE INDEX i ON users (name);
ALTER TABLE users ALTER COLUMN id TYPE bigint, ALTER COLUMN email SET NOT NULL;
ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid();
ALTER TABLE users RENAME COLUMN name TO full_name;
ALTER TABLE users DROP COLUMN full_name;
"""


def found_codes(atlas: Shell, url: str, *words: str) -> list[tuple[int, str]]:
    """Line and code of each finding."""
    answer = atlas("migrate", "lint", "--dev-url", url, "--latest", "1", *words)
    assert answer.err == ""
    text = re.sub(r"\n {9}", " ", answer.out)
    return [(int(line), code) for line, code in re.findall(r"-- L(\d+): .*?#([A-Z]+\d+)\n", text)]


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
