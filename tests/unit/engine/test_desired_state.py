"""Desired states on a dev database in memory: order, imports, renames, and places in error messages."""

from __future__ import annotations

import posixpath

import pytest
from atlas.engine.desired_state import (
    DesiredState,
    DirectoryState,
    Normalized,
    RealmState,
    SqlScript,
    SqlState,
    normalize,
    refuse_imports,
    with_imports,
)
from atlas.engine.directory import MigrationFile, directory_of
from atlas.engine.scope import Scope
from atlas.errors import DesiredStateError, DirectoryError, ParseError, Unsupported, UsageError
from atlas.schema import Key, Kind

from tests.fakes.schema_driver import FakeDev, FakeSchemaDriver, realm_of

_BOUND = Scope(bound="public")


def normalized(state: DesiredState, scope: Scope = _BOUND) -> Normalized:
    return normalize(state, driver=FakeSchemaDriver(), dev=FakeDev(), scope=scope, dialect="postgres")


def tables(state: DesiredState, scope: Scope = _BOUND) -> list[str]:
    return [table.name for table in normalized(state, scope).realm.tables]


def sql(*texts: str) -> SqlState:
    return SqlState(tuple(SqlScript(f"{number}.sql", text) for number, text in enumerate(texts, start=1)))


def refused(state: DesiredState) -> str:
    with pytest.raises(DesiredStateError) as error:
        normalized(state)
    return str(error.value)


def test_scripts_are_run_in_order_and_read_back() -> None:
    assert tables(sql("CREATE TABLE b;", "CREATE TABLE a; DROP TABLE b;")) == ["a"]


def test_a_refused_statement_is_named_by_file_and_line_with_the_words_of_the_server() -> None:
    text = "-- a comment\nCREATE TABLE a;\n\n  -- about b\n  CREATE\n  NONSENSE;\n"
    assert refused(sql("CREATE TABLE z;", text)) == "2.sql:5: syntax error"


def test_the_line_counts_the_delimiter_line() -> None:
    assert refused(sql("-- atlas:delimiter \\n--\nCREATE TABLE a\n--\nNONSENSE")) == "1.sql:4: syntax error"


def test_the_line_counts_letters_of_several_bytes() -> None:
    assert refused(sql("-- äöü ☃\n-- ☃\nNONSENSE;")) == "1.sql:3: syntax error"


def test_a_text_that_cannot_be_cut_is_named_by_its_place() -> None:
    with pytest.raises(ParseError, match=r"^1\.sql:2:"):
        normalized(sql("CREATE TABLE a;\nCREATE TABLE 'b;"))


def test_a_state_without_a_dev_database_is_refused_unless_it_was_read_already() -> None:
    with pytest.raises(UsageError, match="--dev-url cannot be empty"):
        normalize(sql(""), driver=FakeSchemaDriver(), dev=None, scope=_BOUND, dialect="postgres")
    state = RealmState(realm_of("a", "b"))
    kept = normalize(
        state,
        driver=FakeSchemaDriver(),
        dev=None,
        scope=Scope(bound="public", exclude=("b",)),
        dialect="postgres",
    )
    assert [table.name for table in kept.realm.tables] == ["a"]


def test_a_state_is_seen_through_the_patterns_of_the_scope() -> None:
    state = sql("CREATE TABLE a; CREATE TABLE b; CREATE TABLE atlas_schema_revisions;")
    assert tables(state, Scope(bound="public", exclude=("a",))) == ["b"]


# Directories


def history(version: str) -> DirectoryState:
    files = (
        MigrationFile("1_a.sql", b"CREATE TABLE a;"),
        MigrationFile("2_b.sql", b"CREATE TABLE b; DROP TABLE a;"),
        MigrationFile("3_c.sql", b"-- atlas:checkpoint\n\nCREATE TABLE c;"),
        MigrationFile("4_d.sql", b"CREATE TABLE d;"),
    )
    return DirectoryState(directory_of(files), version)


@pytest.mark.parametrize(
    ("version", "expected"),
    [("1", ["a"]), ("2", ["b"]), ("3", ["c"]), ("4", ["c", "d"]), ("", ["c", "d"])],
)
def test_a_directory_is_replayed_from_its_last_checkpoint(version: str, expected: list[str]) -> None:
    assert tables(history(version)) == expected


def test_an_unknown_version_of_a_directory_is_refused() -> None:
    with pytest.raises(DirectoryError, match='migration with version "9" not found'):
        normalized(history("9"))


def test_a_file_may_hold_what_postgresql_takes_in_a_transaction_alone() -> None:
    state = DirectoryState(directory_of([MigrationFile("7_x.sql", b"CREATE TABLE a;\nLOCK TABLE a;")]))
    assert tables(state) == ["a"]


def test_a_statement_of_a_directory_that_fails_is_named_with_its_version() -> None:
    state = DirectoryState(directory_of([MigrationFile("7_x.sql", b"CREATE TABLE a;\nDROP TABLE z;")]))
    assert refused(state) == (
        '7_x.sql:2: sql/migrate: executing statement "DROP TABLE z;" from version "7": no such table "z"'
    )


# Imports


class Files:
    """Files by path; a path of a folder means all of its files."""

    def __init__(self, **texts: str) -> None:
        self._texts = {name.replace("__", "/") + ".sql": text for name, text in texts.items()}

    def scripts(self, path: str, importer: str) -> tuple[SqlScript, ...] | None:
        full = posixpath.normpath(posixpath.join(posixpath.dirname(importer), path))
        if full in self._texts:
            return (SqlScript(full, self._texts[full]),)
        inside = [name for name in sorted(self._texts) if posixpath.dirname(name) == full]
        return tuple(SqlScript(name, self._texts[name]) for name in inside) or None

    def order(self, *names: str) -> list[str]:
        scripts = [SqlScript(name, self._texts[name]) for name in names]
        return [script.name for script in with_imports(scripts, self)]


def test_what_is_imported_comes_first_and_once() -> None:
    files = Files(
        main="-- atlas:import types\n-- atlas:import tables/a.sql\n\nCREATE VIEW v;",
        types__t="CREATE TYPE t;",
        types__u="-- atlas:import t.sql\n",
        tables__a="  -- atlas:import ../types/t.sql\r\nCREATE TABLE a;",
    )
    assert files.order("main.sql") == ["types/t.sql", "types/u.sql", "tables/a.sql", "main.sql"]
    assert files.order("tables/a.sql", "types/t.sql", "tables/a.sql") == ["types/t.sql", "tables/a.sql"]


def test_an_import_that_is_not_there_is_named_with_its_place() -> None:
    files = Files(main="\n-- atlas:import nosuch.sql\n")
    with pytest.raises(
        DesiredStateError, match=r"^main\.sql:2: atlas:import nosuch\.sql: no such file or dir"
    ):
        files.order("main.sql")


def test_a_circle_of_imports_is_named() -> None:
    files = Files(main="-- atlas:import a.sql", a="-- atlas:import b.sql", b="-- atlas:import a.sql")
    with pytest.raises(DesiredStateError, match=r"b\.sql:1: .* circle: a\.sql imports b\.sql imports a\.sql"):
        files.order("main.sql")


def test_a_text_without_files_beside_it_imports_nothing() -> None:
    refuse_imports(SqlScript("spec.schema.sql", "CREATE TABLE a; -- no atlas:import here\n"))
    with pytest.raises(Unsupported, match=r"spec\.schema\.sql:2: atlas:import a\.sql"):
        refuse_imports(SqlScript("spec.schema.sql", "\n-- atlas:import a.sql"))


# Renames


def test_comments_tell_renames() -> None:
    state = sql('-- atlas:rename table "users" "accounts"\nCREATE TABLE accounts;')
    assert normalized(state).renames == (
        (Key(Kind.TABLE, "public", "", "users"), Key(Kind.TABLE, "public", "", "accounts")),
    )


def test_a_name_may_be_bare_quoted_and_have_a_schema() -> None:
    for line in (
        "table public.users accounts",
        "TABLE `public`.`users` `accounts`",
        'table "users" accounts\r',
    ):
        assert len(normalized(sql(f"--atlas:rename {line}\nCREATE TABLE accounts;")).renames) == 1


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("table users", "expected -- atlas:rename KIND"),
        ("tabel users accounts", "KIND is one of check, column"),
        ("function f g", "KIND is one of"),
        ("column name full_name", "a column is named by table.name"),
        ("table a.b.users accounts", "a table is named by name"),
        ("table users nosuch", "the desired state has no table nosuch"),
        ("table other.users accounts", "the desired state has no table accounts"),
    ],
)
def test_a_rename_that_cannot_be_meant_is_refused_with_its_line(line: str, complaint: str) -> None:
    message = refused(sql(f"CREATE TABLE accounts;\n-- atlas:rename {line}\n"))
    assert message.startswith("1.sql:2: ")
    assert complaint in message
