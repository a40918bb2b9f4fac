"""Files that are gone or are others since a database ran them are warned of; what runs and the exit code stay."""

from __future__ import annotations

import json

from tests.integration.cli.conftest import Shell

FILES = {f"{number}.sql": f"CREATE TABLE t{number} (x int);\n" for number in range(1, 4)}
URL = ("--url", "sqlite://app.db")
FORMAT = ("--format", "{{ json . }}")


def test_status_and_apply_warn_of_a_file_that_was_edited_and_of_one_that_is_gone(atlas: Shell) -> None:
    atlas.write(FILES)
    assert atlas("migrate", "apply", *URL).err == ""
    assert atlas("migrate", "status", *URL).err == ""
    (atlas.folder / "migrations" / "2.sql").unlink()
    atlas.write({"1.sql": "CREATE TABLE t1 (x int, y int);\n", "4.sql": "CREATE TABLE t4 (x int);\n"})
    for words in (("status",), ("status", *FORMAT), ("apply", "--dry-run"), ("apply", *FORMAT), ("apply",)):
        answer = atlas("migrate", *words, *URL)
        gone, edited = answer.err.splitlines()
        assert answer.code == 0
        assert gone.startswith("Warning: the database has version 2, of which the directory has no file")
        assert edited.startswith("Warning: 1.sql is not what was run as version 1")
    assert "Current Version: 4" in atlas.ok("migrate", "status", *URL)


def test_an_answer_with_an_error_leaves_stderr_empty_as_clients_want_it(atlas: Shell) -> None:
    atlas.write({"1.sql": FILES["1.sql"]})
    atlas.ok("migrate", "apply", *URL)
    atlas.write({"1.sql": "SELECT 1;\n", "2.sql": "CREATE TABLE t1 (x int);\n"})
    answer = atlas("migrate", "apply", *URL, *FORMAT)
    assert (answer.code, answer.err) == (1, "")
    assert json.loads(answer.out)["Error"]
