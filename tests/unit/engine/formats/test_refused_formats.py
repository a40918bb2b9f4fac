"""What a tool does and we cannot is refused by name, with the file and the line; so is what the tool refuses itself."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from atlas.engine.directory import MigrationFile, compute_sum
from atlas.engine.directory.directory import Directory
from atlas.engine.formats import ToolFolder, converted, names_in, read_folder
from atlas.engine.scan import DEFAULT, MYSQL
from atlas.errors import AtlasError, ChecksumMismatch, DirectoryError, Unsupported

UP = "CREATE TABLE a (id int);\n"
GOOSE = f"-- +goose Up\n{UP}"
DBMATE = f"-- migrate:up\n{UP}-- migrate:down\n"
LIQUIBASE = f"--liquibase formatted sql\n--changeset a:1\n{UP}"


def folder(files: Mapping[str, str | bytes], sum_text: str | None = None) -> ToolFolder:
    contents = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}
    read = {name: text for name, text in contents.items() if name.endswith((".sql", ".sql.conf"))}
    return ToolFolder(read, tuple(name for name in contents if name not in read), sum_text)


def refusal(tool: str, files: Mapping[str, str | bytes]) -> AtlasError:
    with pytest.raises(AtlasError) as refused:
        converted(tool, folder(files))
    with pytest.raises(AtlasError) as read:
        read_folder(tool, folder(files))
    assert str(read.value) == str(refused.value)
    return refused.value


@pytest.mark.parametrize(
    ("tool", "files", "place", "words"),
    [
        ("goose", {"1_a.sql": GOOSE, "2_b.go": ""}, "2_b.go: ", "a migration in Go"),
        ("goose", {"1_a.sql": f"-- +goose Up\n-- +goose ENVSUB ON\n{UP}"}, "1_a.sql:2: ", "ENVSUB ON"),
        ("goose", {"1_a.sql": f"-- +goose NO TRANSACTION\n{GOOSE}BEGIN;\n{UP}"}, "1_a.sql:4: ", '"BEGIN"'),
        ("golang-migrate", {"1_a.down.sql": ""}, "1_a.down.sql: ", "only a way back"),
        ("golang-migrate", {"1_a.up.pgsql": ""}, "1_a.up.pgsql: ", "no .sql file"),
        ("golang-migrate", {"1_a.up.sql": f"{UP}COMMIT;\n{UP}"}, "1_a.up.sql:2: ", '"COMMIT"'),
        ("golang-migrate", {"1_a.up.sql": f"BEGIN;\n{UP}ROLLBACK;\n"}, "1_a.up.sql:3: ", '"ROLLBACK"'),
        ("golang-migrate", {"1_a.up.sql": f"BEGIN;\n{UP}COMMIT;\n{UP}"}, "1_a.up.sql:3: ", '"COMMIT"'),
        ("flyway", {"V1__a.sql": f"{UP}-- ${{who}}\n"}, "V1__a.sql:2: ", "the placeholder ${who}"),
        ("flyway", {"V1__a.sql": UP, "beforeMigrate.sql": UP}, "beforeMigrate.sql: ", "a callback"),
        ("flyway", {"V1__a.sql": UP, "x/afterEachMigrate__log.sql": UP}, "x/afterEachMigrate__log.sql: ", "a callback"),
        ("flyway", {"V1__a.sql": UP, "V2__B.java": ""}, "V2__B.java: ", "a migration that is a program"),
        ("flyway", {"V1__a.sql": UP, "V2__b.py": ""}, "V2__b.py: ", "a migration that is a program"),
        ("flyway", {"V1__a.SQL": UP}, "V1__a.SQL: ", "another suffix"),
        ("flyway", {"V1__a.sql": UP, "V1__a.sql.conf": "\nshouldExecute=false"}, "V1__a.sql.conf:2: ", "shouldExecute"),
        ("flyway", {"V1__a.sql": f"{UP}VACUUM;\n"}, "V1__a.sql: ", "no transaction can hold beside others"),
        ("liquibase", {"root.xml": "", "1_a.sql": LIQUIBASE}, "root.xml: ", "a changelog that is no SQL"),
        ("liquibase", {"changelog.YAML": ""}, "changelog.YAML: ", "a changelog that is no SQL"),
        ("liquibase", {"sub/1_a.sql": LIQUIBASE}, "sub/1_a.sql: ", "a folder in the folder"),
        *(
            ("liquibase", {"1_a.sql": LIQUIBASE.replace("a:1", f"a:1 {said}")}, "1_a.sql:2: ", f'"{said}"')
            for said in ("context:test", "contextFilter:a", "labels:x", "dbms:mysql", "runAlways:true", "runOnChange:true",
                         "failOnError:false", "runWith:psql", "odd:word", "ignore:maybe")
        ),
        ("liquibase", {"1_a.sql": LIQUIBASE + "--preconditions onFail:HALT\n"}, "1_a.sql:4: ", "--preconditions"),
        (
            "liquibase",
            {"1_a.sql": LIQUIBASE + "--precondition-sql-check expectedResult:0 SELECT 1\n"},
            "1_a.sql:4: ",
            "--precondition-sql-check",
        ),
        ("liquibase", {"1_a.sql": LIQUIBASE + "--property name:a value:b\n"}, "1_a.sql:4: ", "--property"),
        ("liquibase", {"1_a.sql": LIQUIBASE + "--includeAll path:x\n"}, "1_a.sql:4: ", "--includeAll"),
        ("liquibase", {"1_a.sql": LIQUIBASE + "INSERT INTO ${t} VALUES (1);\n"}, "1_a.sql:4: ", "the parameter ${t}"),
        (
            "liquibase",
            {"1_a.sql": f"{LIQUIBASE}--changeset a:2 runInTransaction:false\nVACUUM;\n"},
            "1_a.sql:4: ",
            "beside changesets in transactions",
        ),
        (
            "liquibase",
            {"1_a.sql": f"--liquibase formatted sql\n--changeset a:1 endDelimiter:$$\n{UP}"},
            "1_a.sql:2: ",
            '"endDelimiter:$$", which Liquibase reads as a pattern,',
        ),
        (
            "liquibase",
            {"1_a.sql": f"--liquibase formatted sql\n--changeset a:1 endDelimiter:\\s+GO\n{UP}"},
            "1_a.sql:2: ",
            "which Liquibase reads as a pattern,",
        ),
        ("dbmate", {"1_a.sql": f"-- migrate:up odd:true\n{UP}"}, "1_a.sql:1: ", 'the option "odd:true"'),
        ("dbmate", {"1_a.sql": DBMATE + DBMATE}, "1_a.sql:4: ", "a second section of one way"),
    ],
)  # fmt: skip
def test_what_only_the_tool_can_do_is_refused_with_its_place(
    tool: str, files: Mapping[str, str], place: str, words: str
) -> None:
    refused = refusal(tool, files)
    assert isinstance(refused, Unsupported)
    assert str(refused).startswith(place)
    assert words in str(refused)
    assert "is not supported: " in str(refused)


@pytest.mark.parametrize(
    ("tool", "files", "message"),
    [
        ("goose", {"a.sql": GOOSE}, "a.sql: expected a name as goose has it"),
        ("goose", {"0_a.sql": GOOSE}, "0_a.sql: expected a name as goose has it"),
        ("goose", {"1_a.sql": UP}, "1_a.sql:1: expected nothing but comments before '-- +goose Up'"),
        ("goose", {"1_a.sql": "-- nothing\n"}, "1_a.sql: expected a line '-- +goose Up'"),
        ("goose", {"1_a.sql": GOOSE + GOOSE}, "1_a.sql:3: unexpected '-- +goose Up'"),
        ("goose", {"1_a.sql": GOOSE + "-- +goose StatementEnd\n"}, "1_a.sql:3: unexpected '-- +goose StatementEnd'"),
        ("goose", {"1_a.sql": GOOSE + "-- +goose StatementBegin\nx\n"}, "1_a.sql:3: expected '-- +goose StatementEnd'"),
        ("goose", {"1_a.sql": GOOSE + " -- +goose Down\n"}, '1_a.sql:3: "-- +goose Down" is no annotation'),
        ("goose", {"1_a.sql": GOOSE + "-- +goose Sideways\n"}, '1_a.sql:3: "-- +goose Sideways" is no annotation'),
        ("goose", {"1_a.sql": GOOSE, "01_b.sql": GOOSE}, "expected another version than that of"),
        ("golang-migrate", {"1.up.sql": UP}, "1.up.sql: golang-migrate passes this file over"),
        ("golang-migrate", {"1_a.up.sql": UP, "01_b.up.sql": UP}, "expected another version than that of"),
        ("golang-migrate", {"1_a.up.sql": b"\xff"}, "1_a.up.sql: byte 0 is not UTF-8"),
        ("flyway", {"V1__a.sql": UP, "V1.0__b.sql": UP}, "expected another version or name than that of"),
        ("flyway", {"R__a.sql": UP, "x/R__a.sql": UP}, "x/R__a.sql: expected another version or name than that of R__a.sql"),
        ("flyway", {"V__a.sql": UP}, "V__a.sql: expected a name as Flyway has it"),
        ("flyway", {"V1a__a.sql": UP}, "V1a__a.sql: expected a name as Flyway has it"),
        ("liquibase", {"1_a.sql": f"--changeset a:1\n{UP}"}, "1_a.sql:1: expected '--liquibase formatted sql'"),
        ("liquibase", {"1_a.sql": f"--liquibase formatted sql\n{UP}{LIQUIBASE}"}, "1_a.sql:2: Liquibase passes over"),
        ("liquibase", {"1_a.sql": f"--liquibase formatted sql\n--changeset a\n{UP}"}, "1_a.sql:2: expected '--changeset"),
        ("liquibase", {"1_a.sql": f"{LIQUIBASE}--changeset a:1\n{UP}"}, "1_a.sql:4: changeset a:1 is there already"),
        ("dbmate", {"1_a.sql": UP}, "1_a.sql: expected a line '-- migrate:up'"),
        ("dbmate", {"1_a.sql": f"-- migrate:down\n{DBMATE}"}, "1_a.sql:1: expected a line '-- migrate:up'"),
        ("dbmate", {"1_a.sql": UP + DBMATE}, "1_a.sql:1: expected nothing but comments before '-- migrate:up'"),
        ("dbmate", {"1_a.sql": DBMATE, "1_b.sql": DBMATE}, "1_b.sql: expected another version than that of 1_a.sql"),
        ("dbmate", {"1a_b.sql": DBMATE}, "1a_b.sql: expected a name with a number for a version"),
    ],
)  # fmt: skip
def test_what_the_tool_refuses_is_refused(tool: str, files: Mapping[str, str | bytes], message: str) -> None:
    refused = refusal(tool, files)
    assert isinstance(refused, DirectoryError)
    assert message in str(refused)


@pytest.mark.parametrize(
    ("said", "written"),
    [("\\nGO", "\nGO"), ("\\n/\\n", "\n/"), ("\\$\\$", "$$"), ("|", "|"), ("//", " //")],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_delimiter_of_liquibase_is_the_text_that_its_pattern_means(
    said: str, written: str, line_end: str
) -> None:
    text = f"\n--liquibase formatted sql\n--changeset a:1 endDelimiter:{said}\nSELECT 1{written}\nSELECT 2{written}\n"
    read = read_folder("liquibase", folder({"1_a.sql": text.replace("\n", line_end)}))
    assert [statement.text for statement in read.files[0].statements(DEFAULT)] == ["SELECT 1", "SELECT 2"]


@pytest.mark.parametrize(
    ("said", "written"), [("\\nGO", "\nGO"), ("\\n/\\n", "\n/"), ("/", "\n/"), ("//", "\n//"), ("@@", " @@")]
)
@pytest.mark.parametrize("comment", ["", " -- c\n"])
def test_what_stands_behind_a_delimiter_of_several_lines_stays_in_its_place(
    said: str, written: str, comment: str
) -> None:
    text = (
        f"--liquibase formatted sql\n--changeset a:1 endDelimiter:{said}\nSELECT 1{comment}{written}\nSELECT 2{comment}{written}\n"
        f"SELECT 3{comment}\n--changeset a:2 endDelimiter:;;\nSELECT 4;;\nSELECT 5;;\n--changeset a:3\nSELECT 6;\n"
    )
    file = read_folder("liquibase", folder({"1_a.sql": text})).files[0]
    found = [statement.text.partition(" --")[0] for statement in file.statements(DEFAULT)]
    assert found == [*(f"SELECT {number}" for number in range(1, 6)), "SELECT 6;"]
    if not comment:
        between = [
            each[each.index("SELECT 1") : each.index("SELECT 6")].count("\n") for each in (text, file.text)
        ]
        assert between[0] == between[1]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["\n/\n", "\n/", ""])
def test_a_slash_of_liquibase_ends_a_statement_on_a_line_of_its_own_only(last: str, line_end: str) -> None:
    text = (
        "--liquibase formatted sql\n--changeset a:1 endDelimiter:/\n/* c */\nUPDATE t SET x = x / 2 WHERE y = 1\n/ \n"
        f"--changeset a:2 endDelimiter:/\n/* c */ SELECT 1{last}"
    )
    read = read_folder("liquibase", folder({"1_a.sql": text.replace("\n", line_end)}))
    found = [statement.text for statement in read.files[0].statements(DEFAULT)]
    assert found == ["UPDATE t SET x = x / 2 WHERE y = 1", "SELECT 1"]


@pytest.mark.parametrize("first", ["SELECT 1", "SELECT 1 -- c", "SELECT 0; SELECT 1 -- c", "SELECT 1; -- c"])
@pytest.mark.parametrize("attributes", ["", " splitStatements:false", " endDelimiter:/", " endDelimiter:@@"])
@pytest.mark.parametrize("second", ["", " endDelimiter://"])
def test_a_changeset_ends_its_last_statement(first: str, attributes: str, second: str) -> None:
    text = f"--liquibase formatted sql\n--changeset a:1{attributes}\n{first}\n--changeset a:2{second}\nSELECT 2\n"
    read = read_folder("liquibase", folder({"1_a.sql": text}))
    *before, last = (statement.text for statement in read.files[0].statements(DEFAULT))
    assert (last.rstrip(";\n"), "SELECT 1" in before[-1]) == ("SELECT 2", True)


def test_slashes_with_nothing_before_them_are_no_statements() -> None:
    text = "--liquibase formatted sql\n--changeset a:1 endDelimiter:/\n/\nSELECT 1 -- c\n/\n--rollback x\n/\nSELECT 2\n"
    read = read_folder("liquibase", folder({"1_a.sql": text}))
    assert [each.text for each in read.files[0].statements(DEFAULT)] == ["SELECT 1 -- c", "SELECT 2"]


def test_a_transaction_inside_a_body_is_none_of_the_file() -> None:
    text = "CREATE PROCEDURE p()\nBEGIN\n  START TRANSACTION;\n  COMMIT;\nEND;\n"
    read = read_folder("golang-migrate", folder({"1_p.up.sql": text}))
    assert read.files[0].text == text


def test_a_sum_of_other_files_is_refused_and_one_that_fits_is_kept() -> None:
    files = {"1_a.up.sql": UP, "1_a.down.sql": "DROP TABLE a;\n"}
    right = compute_sum(Directory((MigrationFile("1_a.up.sql", UP.encode()),))).text
    assert read_folder("golang-migrate", folder(files, right)).sum_text is not None
    assert read_folder("golang-migrate", folder(files)).sum_text is None
    with pytest.raises(ChecksumMismatch, match="checksum mismatch"):
        read_folder("golang-migrate", folder({"1_a.up.sql": UP + "\n"}, right))
    with pytest.raises(ChecksumMismatch, match="checksum mismatch"):
        converted("golang-migrate", folder({"1_a.up.sql": UP + "\n"}, right))


def test_digits_make_room_and_ask_for_numbers() -> None:
    found = converted("flyway", folder({"V1__a.sql": UP, "V1.2__b.sql": UP, "R__c.sql": UP}), digits=14)
    assert [file.name for file in found.directory.files] == [
        "00000000000001.0_a.sql",
        "00000000000001.2_b.sql",
        "00000000000001.2r_c.sql",
    ]
    with pytest.raises(DirectoryError, match='the version "users" is no number'):
        converted("liquibase", folder({"users.sql": LIQUIBASE}), digits=14)
    with pytest.raises(DirectoryError, match="runs after 20_a"):
        converted("dbmate", folder({"20_a.sql": DBMATE, "3_b.sql": DBMATE}), digits=14)


@pytest.mark.parametrize("tool", ["golang-migrate", "flyway"])
def test_a_comment_at_the_very_end_is_no_statement(tool: str) -> None:
    name = "1_a.up.sql" if tool == "golang-migrate" else "V1__a.sql"
    read = folder({name: f"{UP}-- the end"})
    for directory in (read_folder(tool, read), converted(tool, read).directory):
        assert [each.text for each in directory.files[0].statements(MYSQL)] == [UP.strip()]


def test_a_byte_order_mark_hides_no_annotation() -> None:
    read = folder({"1_a.sql": "\ufeff" + GOOSE})
    assert names_in("goose", read) == {"1_a.sql": "1_a.sql"}
    assert read_folder("goose", read).files[0].text.strip() == UP.strip()


@pytest.mark.parametrize("tool", ["golang-migrate", "goose", "flyway", "liquibase", "dbmate"])
def test_an_empty_folder_is_an_empty_directory(tool: str) -> None:
    assert read_folder(tool, folder({})).files == ()
    assert converted(tool, folder({}), digits=14).directory.files == ()
