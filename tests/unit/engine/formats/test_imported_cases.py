"""Every directory of ``fixtures_formats``, read and converted, is the statements that its case was written with."""

from __future__ import annotations

import pytest
from atlas.engine.directory import Directory
from atlas.engine.formats import converted, names_in, read_folder
from atlas.engine.scan import line_at, options_for
from atlas.errors import Unsupported
from atlas.sources.tool_folders import read_tool_folder

from tests.fixtures_formats.cases import TOOLS, FormatCase, all_cases, cases_of
from tests.fixtures_formats.snapshots import plain

CASES = all_cases()
NAMES = [f"{case.tool}-{case.name}" for case in CASES]


def statements(directory: Directory, database: str) -> dict[str, list[str]]:
    """The statements of each file as the scanner of a database cuts them, without comments."""
    options = options_for(database)
    return {
        file.name: [plain(statement.text) for statement in file.statements(options)]
        for file in directory.files
    }


def expected(case: FormatCase) -> dict[str, list[str]]:
    return {file.name: [plain(statement) for statement in file.statements] for file in case.files}


def test_each_tool_has_a_dozen() -> None:
    assert {tool: len(cases_of(tool)) for tool in TOOLS} == dict.fromkeys(TOOLS, 12)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_an_import_holds_the_statements_of_the_tool_in_its_order(case: FormatCase) -> None:
    found = converted(case.tool, read_tool_folder(case.folder, case.tool))
    for database in case.databases:
        assert statements(found.directory, database) == expected(case)
    assert [file.tx_mode("file") for file in found.directory.files] == [file.tx_mode for file in case.files]
    assert [list(pair) for pair in found.renamed] == case.renamed
    assert [list(pair) for pair in found.once] == case.once
    assert list(found.left_out) == case.left_out
    assert list(found.notes) == case.notes


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_files_and_versions_are_in_one_order(case: FormatCase) -> None:
    files = converted(case.tool, read_tool_folder(case.folder, case.tool)).directory.files
    versions = [file.version for file in files]
    assert versions == sorted(set(versions))
    assert [file.name for file in files] == [file.name for file in case.files]


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.is_read_as_it_is], ids=lambda case: case.name
)
def test_a_directory_that_is_read_as_it_is_runs_the_same(case: FormatCase) -> None:
    directory = read_folder(case.tool, read_tool_folder(case.folder, case.tool))
    for database in case.databases:
        assert statements(directory, database) == expected(case)
    assert [file.tx_mode("file") for file in directory.files] == [file.tx_mode for file in case.files]


@pytest.mark.parametrize(
    "case", [case for case in CASES if not case.is_read_as_it_is], ids=lambda case: case.name
)
def test_a_directory_that_text_orders_otherwise_is_refused_until_it_is_imported(case: FormatCase) -> None:
    with pytest.raises(Unsupported, match="'atlas migrate import'"):
        read_folder(case.tool, read_tool_folder(case.folder, case.tool))


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.is_read_as_it_is], ids=lambda case: case.name
)
def test_the_line_of_a_statement_is_its_line_in_the_file_of_the_tool(case: FormatCase) -> None:
    folder = read_tool_folder(case.folder, case.tool)
    sources = {ours: folder.text(name) for name, ours in names_in(case.tool, folder).items()}
    for file in read_folder(case.tool, folder).files:
        lines = sources[file.name].replace("\r", "").split("\n")
        added = (
            file.text.count("\n") + 1 - len(lines)
        )  # a directive where no line of the tool's own was free for it
        assert added in (0, 2)
        for statement in file.statements(options_for(case.databases[0])):
            line = line_at(file.text, statement.position) - added
            assert statement.text.split("\n", 1)[0].rstrip("\r;") in lines[line - 1], (file.name, line)
