"""Desired states on a disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from atlas.engine.desired_state import DesiredState, DirectoryState, HclState, SqlState, at_version
from atlas.engine.directory import MigrationFile, compute_sum, directory_of
from atlas.errors import ChecksumMismatch, DesiredStateError
from atlas.sources.schema_files import read_schema_files


def read(*paths: Path, version: str = "") -> DesiredState:
    return at_version(read_schema_files(paths, variables={"tenant": "a"}), version)


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        file = folder / name.replace("__", "/").replace("_hcl", ".hcl").replace("_sql", ".sql")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def names(state: DesiredState, folder: Path) -> list[str]:
    assert isinstance(state, SqlState)
    return [str(Path(script.name).relative_to(folder)) for script in state.scripts]


def test_a_folder_of_sql_files_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    write(tmp_path, b_sql="B", a_sql="A", deeper__c_sql="C")
    assert names(read(tmp_path), tmp_path) == ["a.sql", "b.sql"]


def test_imports_are_relative_to_their_file_and_each_file_is_run_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        main_sql="-- atlas:import tables\n",
        tables__a_sql="-- atlas:import ../types/t.sql\nA",
        tables__b_sql="-- atlas:import ../types/../types/t.sql\nB",
        types__t_sql="T",
    )
    assert names(read(tmp_path / "main.sql"), tmp_path) == [
        "types/t.sql",
        "tables/a.sql",
        "tables/b.sql",
        "main.sql",
    ]
    assert names(read(tmp_path / "types" / "t.sql", tmp_path / "main.sql"), tmp_path)[0] == "types/t.sql"


def test_an_import_that_is_not_there_is_an_error_with_its_place(tmp_path: Path) -> None:
    write(tmp_path, main_sql="A;\n-- atlas:import nosuch.sql\n")
    with pytest.raises(DesiredStateError, match=r"main\.sql:2: atlas:import nosuch\.sql: no such file"):
        read(tmp_path)


def test_an_import_of_a_folder_without_sql_files_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, main_sql="-- atlas:import empty\n", empty__x="")
    with pytest.raises(DesiredStateError, match=r"no \*\.sql file is in this folder"):
        read(tmp_path / "main.sql")


def test_hcl_files_are_read_together_with_their_variables(tmp_path: Path) -> None:
    write(tmp_path, b_hcl="B", a_hcl="A")
    state = read(tmp_path)
    assert isinstance(state, HclState)
    assert [text for _, text in state.files] == ["A", "B"]
    assert state.variables == {"tenant": "a"}


def test_a_folder_with_a_sum_is_a_migration_directory(tmp_path: Path) -> None:
    file = MigrationFile("1.sql", b"CREATE TABLE a;")
    write(tmp_path, **{"1_sql": "CREATE TABLE a;"})
    (tmp_path / "atlas.sum").write_text(compute_sum(directory_of([file])).text)
    assert read(tmp_path, version="1") == DirectoryState(
        directory_of([file], (tmp_path / "atlas.sum").read_text()), "1"
    )
    with pytest.raises(DesiredStateError, match="a migration directory is a desired state of its own"):
        read(tmp_path, tmp_path / "1.sql")
    (tmp_path / "1.sql").write_text("CREATE TABLE b;")
    with pytest.raises(ChecksumMismatch):
        read(tmp_path)


def test_a_byte_order_mark_is_no_part_of_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_bytes(b"\xef\xbb\xbfCREATE TABLE a;")
    state = read(tmp_path)
    assert isinstance(state, SqlState)
    assert state.scripts[0].text == "CREATE TABLE a;"


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        ({"a_sql": "", "b_hcl": ""}, "SQL or HCL, not both"),
        ({"x__a_sql": ""}, "found none"),
        ({}, "found none"),
    ],
)
def test_a_folder_that_says_nothing_clear_is_refused(
    tmp_path: Path, texts: dict[str, str], complaint: str
) -> None:
    with pytest.raises(DesiredStateError, match=complaint):
        read(write(tmp_path, **texts))


def test_a_path_that_is_not_there_or_has_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DesiredStateError, match=r"^stat .*nosuch\.sql: no such file or directory$"):
        read(tmp_path / "nosuch.sql")
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(DesiredStateError, match=r"a\.txt: expected a file with the suffix \.sql or \.hcl"):
        read(tmp_path / "a.txt")
