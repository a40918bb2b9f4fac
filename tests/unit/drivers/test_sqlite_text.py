"""The reader of CREATE texts: odd names, comments, any case, and nothing that it guesses."""

from __future__ import annotations

import pytest
from atlas.drivers.sqlite.text.index import read_index
from atlas.drivers.sqlite.text.names import (
    canonical,
    canonical_expression,
    names_in,
    quoted,
    requalified,
    without_parentheses,
)
from atlas.drivers.sqlite.text.table import read_table
from atlas.drivers.sqlite.text.tokens import UnknownText, tokens_of
from atlas.drivers.sqlite.text.trigger import read_trigger
from atlas.drivers.sqlite.text.view import read_view
from atlas.errors import Unsupported


def test_names_are_read_in_all_four_quotes_and_none() -> None:
    text = """CREATE TABLE "a ""b" ("x, y" int, `z``` int, [q"] int, 'w''w' int, größe int)"""
    assert [column.name for column in read_table(text, "t").columns] == [
        "x, y",
        "z`",
        'q"',
        "w'w",
        "größe",
    ]


def test_comments_and_strings_hide_parentheses_commas_and_keywords() -> None:
    found = read_table(
        """create /* ( */ table t ( -- a, CHECK (1)
           a text default ')' check (a <> '--' /* , */ or a in ('(', ',')), b int)""",
        "t",
    )
    assert [column.name for column in found.columns] == ["a", "b"]
    assert [check.expr for check in found.checks] == ["a <> '--' /* , */ or a in ('(', ',')"]


def test_keywords_may_be_in_any_case() -> None:
    found = read_table(
        "CrEaTe TaBlE t (id INTEGER primary KEY autoINCREMENT, a text not Null on CONFLICT replace collate NOCASE) ",
        "t",
    )
    assert found.columns[0].auto_increment
    assert (found.columns[1].collation, found.columns[1].not_null_conflict) == ("NOCASE", "REPLACE")


@pytest.mark.parametrize(
    "clause",
    [
        "DEFAULT 1",
        "DEFAULT -1.5",
        "DEFAULT + 3",
        "DEFAULT (1 + (2))",
        "DEFAULT 'it''s'",
        "DEFAULT NULL",
        "DEFAULT CURRENT_TIMESTAMP",
        "DEFAULT x'00'",
        'DEFAULT "word"',
        "NULL ON CONFLICT FAIL",
        "CONSTRAINT nothing",
    ],
)
def test_what_pragmas_tell_is_stepped_over(clause: str) -> None:
    found = read_table(f"CREATE TABLE t (a varchar (10, -2) {clause} UNIQUE, b)", "t")
    assert [column.name for column in found.columns] == ["a", "b"]
    assert len(found.uniques) == 1


def test_a_primary_key_has_the_order_of_its_own_columns() -> None:
    found = read_table(
        "CREATE TABLE t (a, b, PRIMARY KEY (b DESC, a COLLATE nocase) ON CONFLICT IGNORE)", "t"
    )
    assert found.primary_key is not None
    assert [(part.column, part.desc, part.collation) for part in found.primary_key.parts] == [
        ("b", True, ""),
        ("a", False, "nocase"),
    ]
    assert found.primary_key.conflict == "IGNORE"


def test_constraints_need_no_commas_between_them() -> None:
    found = read_table("CREATE TABLE t (a, CHECK (a > 0) UNIQUE (a) CONSTRAINT x CHECK (a < 9))", "t")
    assert [(check.name, check.expr) for check in found.checks] == [("", "a > 0"), ("x", "a < 9")]
    assert len(found.uniques) == 1


def test_a_constraint_name_belongs_to_the_next_constraint_only() -> None:
    found = read_table("CREATE TABLE t (a CONSTRAINT one CONSTRAINT two CHECK (a) UNIQUE)", "t")
    assert found.checks[0].name == "two"
    assert not found.uniques[0].name


def test_foreign_keys_have_actions_matches_and_deferrals() -> None:
    found = read_table(
        """CREATE TABLE t (
          a REFERENCES p,
          b CONSTRAINT fk REFERENCES "p q" (x) ON DELETE SET NULL MATCH FULL ON UPDATE NO ACTION
            DEFERRABLE INITIALLY DEFERRED,
          c, d,
          FOREIGN KEY (c, d) REFERENCES p (x, y) ON UPDATE CASCADE NOT DEFERRABLE INITIALLY DEFERRED)""",
        "t",
    ).foreign_keys
    assert [(key.name, key.columns, key.ref_table, key.ref_columns) for key in found] == [
        ("", ("a",), "p", ()),
        ("fk", ("b",), "p q", ("x",)),
        ("", ("c", "d"), "p", ("x", "y")),
    ]
    assert [(key.on_delete, key.on_update, key.match) for key in found] == [
        ("NO ACTION", "NO ACTION", ""),
        ("SET NULL", "NO ACTION", "FULL"),
        ("NO ACTION", "CASCADE", ""),
    ]
    assert [(key.deferrable, key.initially_deferred) for key in found] == [
        (False, False),
        (True, True),
        (False, False),
    ]


def test_generated_columns_are_read_in_both_forms() -> None:
    found = read_table(
        "CREATE TABLE t (a, b int AS (a * 2), c GENERATED ALWAYS AS ((a)) STORED NOT NULL, generated int)",
        "t",
    )
    assert [column.generated for column in found.columns] == [None, "a * 2", "a", None]


def test_options_of_a_table_are_words_behind_it() -> None:
    text = "CREATE TABLE t (a PRIMARY KEY) strict , without Rowid"
    assert read_table(text, "t").options == {"STRICT", "WITHOUT"}


@pytest.mark.parametrize(
    "text",
    [
        "CREATE TABLE t (a int) WITH HOLD",
        "CREATE TABLE t (a int, b int FOREIGN KEY)",
        "CREATE TABLE t (a int CHECK (a > 0)",
        "CREATE TABLE t AS SELECT 1",
        "CREATE TABLE t (a int REFERENCES p ON DELETE NOTHING)",
        "CREATE TABLE t (a int, EXCLUDE (a))",
        "CREATE TABLE t (a int 'unfinished)",
        "CREATE TABLE t (a int, UNIQUE (a + 1))",
        "CREATE TABLE t (a int DEFERRABLE)",
        "CREATE TABLE t (a int UNIQUE ON CONFLICT EXPLODE)",
    ],
)
def test_what_is_not_understood_is_refused_with_the_name_of_the_table(text: str) -> None:
    with pytest.raises(Unsupported, match='the definition of table "accounts" is not understood'):
        read_table(text, "accounts")


def test_parts_of_an_index_are_read_without_their_direction() -> None:
    found = read_index(
        "CREATE UNIQUE INDEX i ON \"t t\" (a DESC, lower(b, ',') COLLATE nocase ASC, (c + 1), desc) where ((a > 0)) ;",
        "i",
    )
    assert found.parts == ("a", "lower(b, ',') COLLATE nocase", "c + 1", "desc")
    assert found.where == "a > 0"


def test_a_view_may_name_its_columns_and_end_in_a_comment() -> None:
    found = read_view('CREATE VIEW main.v (a, "b c") AS SELECT 1, 2 -- the end\n', "v")
    assert (found.definition, found.columns) == ("SELECT 1, 2", ("a", "b c"))


def test_a_trigger_is_read_to_its_body() -> None:
    found = read_trigger(
        """CREATE TRIGGER tr INSTEAD OF UPDATE OF a, "b c" ON v FOR EACH ROW
           WHEN (new.a > CASE WHEN 1 THEN 2 END) BEGIN SELECT 'BEGIN; END'; END""",
        "tr",
    )
    assert (found.timing, found.events, found.update_of) == ("INSTEAD OF", ("UPDATE",), ("a", "b c"))
    assert found.when == "new.a > CASE WHEN 1 THEN 2 END"
    assert found.body == "BEGIN SELECT 'BEGIN; END'; END"


def test_a_trigger_without_a_timing_runs_before() -> None:
    found = read_trigger("CREATE TRIGGER tr DELETE ON t BEGIN SELECT 1; END", "tr")
    assert (found.timing, found.events) == ("BEFORE", ("DELETE",))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('"y" > 0', "y>0"),
        ("[Y] /* why */ > 0", "`y` > 0 -- so"),
        ("a IN (1,2)", "A in ( 1 , 2 )"),
        ("1.50", "1.5"),
        ("((a))", "(a)"),
        ("0XfF", "0xff"),
    ],
)
def test_expressions_that_say_the_same_are_the_same(first: str, second: str) -> None:
    assert canonical_expression(first) == canonical_expression(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [("'A'", "'a'"), ('"null"', "null"), ("1", "1.0"), ("(a) + (b)", "a) + (b"), ("'a  b'", "'a b'")],
)
def test_expressions_that_say_something_else_differ(first: str, second: str) -> None:
    assert canonical_expression(first) != canonical_expression(second)


def test_only_latin_letters_have_no_case() -> None:
    assert canonical("ÄA") != canonical("äa")
    assert canonical("ÄA") == canonical("Äa")


def test_names_of_a_text_are_words_and_quoted_names_but_no_strings() -> None:
    assert names_in("SELECT a.B, 'c' FROM \"D e\"") == {"select", "a", "b", "from", "d e"}


def test_a_backtick_in_a_name_is_doubled() -> None:
    assert quoted("a`b") == "`a``b`"


def test_a_table_before_a_dot_gets_its_other_name_and_a_column_keeps_its_own() -> None:
    assert requalified("t.t > 0 AND main.T.b < t", "t", "new_t") == "`new_t`.t > 0 AND main.`new_t`.b < t"


@pytest.mark.parametrize(
    ("text", "bare"), [("((1+1))", "1+1"), ("(a) or (b)", "(a) or (b)"), (" ( a -- b\n)", "a"), ("()", "")]
)
def test_parentheses_go_only_where_they_are_around_the_whole(text: str, bare: str) -> None:
    assert without_parentheses(text) == bare


@pytest.mark.parametrize("text", ["'open", '"open', "[open", "a \x01 b"])
def test_no_token_is_made_of_what_sqlite_does_not_know(text: str) -> None:
    with pytest.raises(UnknownText):
        tokens_of(text)
