"""Suggestions to add a check, written out as the whole file, and the silence of checks that are there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.drivers import lint_analyzers
from atlas.engine.directory import MigrationFile
from atlas.engine.lint import FileReport, analyze
from atlas.engine.lint.check_edits import with_check_edits
from atlas.engine.lint.findings import TextEdit
from atlas.engine.scan import options_for
from atlas.schema import Realm

from tests.unit.engine.lint.sight import column, realm, seen, table

TEXTS = ["DROP TABLE users;", "ALTER TABLE pets DROP COLUMN name;"]
FILE = "-- No more users.\nDROP TABLE users;\n\nALTER TABLE pets DROP COLUMN name;\n"


def states(dialect: str) -> list[Realm]:
    pets = table("pets", column("id"), column("name"))
    bare = table("pets", column("id"))
    return [realm(dialect, table("users", column("id")), pets), realm(dialect, pets), realm(dialect, bare)]


def suggested(text: str, dialect: str = "sqlite", bound: str = "main") -> list[TextEdit | None]:
    return edits(reported(text, dialect, bound))


def reported(text: str, dialect: str = "sqlite", bound: str = "main") -> FileReport:
    file = MigrationFile("2.sql", text.encode())
    asserted = file.asserted(options_for(dialect))
    report = analyze(replace(seen(TEXTS, states(dialect)), asserted=asserted), lint_analyzers(dialect))
    return with_check_edits(report, file, states(dialect)[0], bound=bound)


def edits(report: FileReport) -> list[TextEdit | None]:
    return [fix.edit for finding in report.findings for fix in finding.fixes]


def test_all_that_is_dropped_is_asked_for_in_one_text() -> None:
    first, second = suggested(FILE)
    assert first == second
    assert first == TextEdit(
        1,
        4,
        "-- atlas:txtar\n\n"
        "-- checks/destructive.sql --\n"
        "-- atlas:assert DS102\n"
        "SELECT NOT EXISTS (SELECT 1 FROM `users`) AS `is_empty`;\n"
        "-- atlas:assert DS103\n"
        "SELECT NOT EXISTS (SELECT 1 FROM `pets` WHERE `name` IS NOT NULL) AS `is_empty`;\n\n"
        "-- migration.sql --\n"
        "-- No more users.\nDROP TABLE users;\n\nALTER TABLE pets DROP COLUMN name;",
    )


def test_lint_says_nothing_of_the_file_that_it_suggests() -> None:
    edit = suggested(FILE)[0]
    assert edit is not None
    report = reported(f"{edit.text}\n")
    assert [finding.code for finding in report.findings if finding.code.startswith("DS")] == []


@pytest.mark.parametrize(
    ("dialect", "bound", "name"),
    [
        ("postgres", "public", '"users"'),
        ("postgres", "", '"public"."users"'),
        ("mariadb", "app", "`users`"),
        ("mariadb", "", "`app`.`users`"),
    ],
)
def test_names_are_quoted_and_qualified_as_the_database_wants(dialect: str, bound: str, name: str) -> None:
    edit = suggested(FILE, dialect, bound)[0]
    assert edit is not None
    assert f"(SELECT 1 FROM {name}) AS" in edit.text


@pytest.mark.parametrize(
    "text",
    [
        f"-- atlas:txmode none\n\n{FILE}",
        f"-- atlas:delimiter ;\n{FILE}",
        f"{FILE}-- more --\n",
        f"-- atlas:txtar\n\n-- migration.sql --\n{FILE}",
    ],
    ids=["directive", "delimiter", "marker", "sections"],
)
def test_what_would_mean_something_else_in_a_section_is_left_to_its_author(text: str) -> None:
    assert set(suggested(text)) == {None}


def test_what_has_another_name_before_the_file_is_left_to_its_author() -> None:
    users, people = table("users", column("id")), table("people", column("id"))
    walked = [realm("sqlite", users), realm("sqlite", people), realm("sqlite")]
    texts = ["ALTER TABLE users RENAME TO people;", "DROP TABLE people;"]
    report = analyze(seen(texts, walked), lint_analyzers("sqlite"))
    file = MigrationFile("2.sql", "\n".join(texts).encode())
    found = edits(with_check_edits(report, file, walked[0], bound="main"))
    assert found
    assert set(found) == {None}
