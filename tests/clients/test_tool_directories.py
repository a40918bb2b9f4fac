"""Directories of other tools: the Go tools read them alike, write them alike, and where we do otherwise it is said why."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import Any

import pytest
from atlas.engine.directory import MigrationFile
from atlas.engine.formats import read_folder, sum_of, tool_files
from atlas.engine.plan import PlannedStatement, SqlText
from atlas.engine.scan import options_for
from atlas.errors import Unsupported
from atlas.sources.tool_folders import read_tool_folder

from tests.clients.interchange import Interchange
from tests.fixtures_formats.cases import TOOLS, FormatCase, all_cases
from tests.fixtures_formats.snapshots import plain

CASES = all_cases()
NAMES = [f"{case.tool}-{case.name}" for case in CASES]
ORDER = "text has it in another order than the tool: refused until it is imported"
AGAIN = "the tool runs a file again whenever it changes: refused until it is imported"
PAIR = "BEGIN and COMMIT around a file would end the transaction that its row is written in"
LINE = (
    "the Go tools send what stands on one line, or in one block, as one statement; so do we where it is one"
)
DEAF = "the Go tools do not hear the section, and run nothing or too much"
CHANGESET = "the Go tools do not read what a changeset says of itself"
BODY = (
    "the Go tools cut the body of a trigger or procedure apart, for they do not ask which database it is for"
)
OTHERWISE = {
    "dbmate-mariadb_trigger": BODY,
    "dbmate-no_transaction": DEAF,
    "dbmate-other_files": "the Go tools make a version of a file that dbmate passes over",
    "dbmate-spacing": DEAF,
    "dbmate-trigger": BODY,
    "dbmate-vacuum": DEAF,
    "flyway-dotted_versions": ORDER,
    "flyway-function": PAIR,
    "flyway-one_repeatable": AGAIN,
    "flyway-repeatable": AGAIN,
    "flyway-trigger": BODY,
    "golang-migrate-numbers_past_nine": ORDER,
    "golang-migrate-own_transaction": PAIR,
    "golang-migrate-procedure": BODY,
    "golang-migrate-trigger": BODY,
    "goose-annotations": DEAF,
    "goose-comments": LINE,
    "goose-numbers_past_nine": ORDER,
    "goose-several_in_a_block": LINE,
    "goose-two_on_a_line": LINE,
    "liquibase-delimited_triggers": CHANGESET,
    "liquibase-end_delimiter": CHANGESET,
    "liquibase-go_lines": CHANGESET,
    "liquibase-ignored": CHANGESET,
    "liquibase-names_without_versions": ORDER,
    "liquibase-trigger": CHANGESET,
    "liquibase-without_semicolons": CHANGESET,
}
"""Where the Go tools do not do what the tool does (``recorded`` says what that is), and why we do it."""


@pytest.fixture(scope="module")
def go_answers(interchange: Interchange) -> dict[str, Any]:
    asked = [{"tool": case.tool, "path": str(case.folder)} for case in CASES]
    answers = interchange.ask("tools", asked)
    return {f"{case.tool}-{case.name}": answer for case, answer in zip(CASES, answers, strict=True)}


Read = list[tuple[str, str, list[str]]]


def theirs(answer: Any) -> Read:
    return [
        (
            file["version"],
            file["description"],
            [plain(b64decode(each).decode()) for each in file["statements"]],
        )
        for file in answer["files"]
    ]


def ours(case: FormatCase) -> Read | None:
    try:
        directory = read_folder(case.tool, read_tool_folder(case.folder, case.tool))
    except Unsupported:
        return None
    return [(file.version, file.description, _cut(case, file)) for file in directory.files]


def _cut(case: FormatCase, file: MigrationFile) -> list[str]:
    """As the database that the case is for cuts it: the Go tools do not ask which one it is."""
    return [plain(each.text) for each in file.statements(options_for(case.databases[0]))]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_sum_is_that_of_the_go_tools(case: FormatCase, go_answers: dict[str, Any]) -> None:
    answer = go_answers[f"{case.tool}-{case.name}"]
    assert (
        sum_of(case.tool, read_tool_folder(case.folder, case.tool)).text == b64decode(answer["sum"]).decode()
    )


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_versions_and_statements_are_those_of_the_go_tools_unless_it_is_said_why_not(
    case: FormatCase, go_answers: dict[str, Any]
) -> None:
    name = f"{case.tool}-{case.name}"
    is_alike = ours(case) == theirs(go_answers[name])
    assert is_alike is (name not in OTHERWISE), OTHERWISE.get(name, name)


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("name", ["add_users", ""])
def test_new_files_are_those_of_the_go_tools(tool: str, name: str, interchange: Interchange) -> None:
    changes = [
        {"Cmd": each.text(), "Comment": each.comment, "Reverse": [sql.text() for sql in each.reverse]}
        for each in STATEMENTS
    ]
    answer = interchange.ask("plan", {"tool": tool, "name": name, "changes": changes})
    made = tool_files(tool, STATEMENTS, VERSION, name)
    assert [(file.name, file.content.decode()) for file in made] == [
        (NOW.sub(VERSION, file), NOW.sub(VERSION, text)) for file, text in answer
    ]


STATEMENTS = (
    PlannedStatement(
        sql=SqlText("CREATE TABLE users (id integer, name text)"),
        comment='create "users" table',
        reverse=(SqlText("DROP TABLE users"),),
    ),
    PlannedStatement(sql=SqlText("DROP TABLE old"), comment='drop "old" table'),
    PlannedStatement(
        sql=SqlText("CREATE INDEX by_name ON users (name)"),
        comment="",
        reverse=(SqlText("DROP INDEX by_name"), SqlText("SELECT 1")),
    ),
)
VERSION = "20240102030405"
NOW = re.compile(r"20\d{12}")
