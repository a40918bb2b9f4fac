"""``atlas migrate lint``: texts, documents and exit codes."""

from __future__ import annotations

from tests.integration.cli.conftest import Shell
from tests.integration.cli.lint_answers import DEV, TWO, document, lint


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
                                    ),
                                    "TextEdit": {
                                        "Line": 1,
                                        "End": 1,
                                        "NewText": (
                                            "-- atlas:txtar\n\n-- checks/destructive.sql --\n-- atlas:assert DS102\n"
                                            "SELECT NOT EXISTS (SELECT 1 FROM `t`) AS `is_empty`;\n\n"
                                            "-- migration.sql --\nDROP TABLE t;"
                                        ),
                                    },
                                }
                            ],
                        }
                    ],
                }
            ],
            "Error": "destructive changes detected",
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
