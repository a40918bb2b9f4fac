"""Where statements start and end. Every expectation here was observed on the Go scanner unless it says so."""

from __future__ import annotations

import pytest
from atlas.engine.scan import DEFAULT, MYSQL, POSTGRES, SQLITE, ScanOptions, options_for, scan
from atlas.errors import ParseError

EVERY = (POSTGRES, MYSQL, SQLITE, DEFAULT)


def texts(text: str, options: ScanOptions = POSTGRES) -> list[str]:
    return [statement.text for statement in scan(text, options)]


@pytest.mark.parametrize("options", EVERY)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;b", ["a;", "b"]),
        ("", []),
        (" \n\t ", []),
        (";;a;", [";", ";", "a;"]),
        ("a (;);b;", ["a (;);", "b;"]),
        ("'it''s;';b", ["'it''s;';", "b"]),
        ('";" `;`;b', ['";" `;`;', "b"]),
        ("a -- it's;\n;b;", ["a -- it's;\n;", "b;"]),
        ("a /* ; ' ( */;b", ["a /* ; ' ( */;", "b"]),
        ("-- x;", ["-- x;"]),
        ("/* x;y", ["/* x;", "y"]),
        ("-- only\n/* comments */", []),
        ("SELECT 1;\r\nSELECT 2;\r\n", ["SELECT 1;", "SELECT 2;"]),
        ("\ufeffSELECT 1;", ["\ufeffSELECT 1;"]),
        ("a\nGO\nb", ["a\nGO\nb"]),
    ],
)
def test_every_dialect_cuts_alike(text: str, expected: list[str], options: ScanOptions):
    assert texts(text, options) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a)", "1:2: unexpected ')'"),
        ("a;\n b)", "2:3: unexpected ')'"),
        ("a\n((b)", "2:1: unclosed '('"),
        ("SELECT 1;'x", r"1:10: unclosed quote '\''"),
        ('é "x', "1:4: unclosed quote '\"'"),
        ("`x", "1:1: unclosed quote '`'"),
        ("-- atlas:delimiter //\n a 'x", r"2:4: unclosed quote '\''"),
        ('-- atlas:delimiter "x"', r'1:0: no input found after delimiter "\"x\""'),
        ("-- atlas:delimiter\na", "empty delimiter"),
        ("DELIMITER ''\na", "empty delimiter"),
        ("DELIMITER '\na", "empty delimiter"),
    ],
)
def test_an_unreadable_text_names_line_and_column(text: str, message: str):
    with pytest.raises(ParseError) as raised:
        scan(text, POSTGRES)
    assert str(raised.value) == message


def test_a_text_that_is_not_unicode_is_refused():
    with pytest.raises(ParseError, match="save the file as UTF-8"):
        scan("SELECT '\ud800'", POSTGRES)


def test_bytes_that_are_not_utf8_come_back_as_they_were():
    text = b"SELECT '\xe9;';\xa0".decode("utf-8", "surrogateescape")
    assert texts(text) == ["SELECT '\udce9;';", "\udca0"]


def test_a_position_counts_bytes():
    assert [statement.position for statement in scan("é;\n -- c\nb;\n\nc", POSTGRES)] == [0, 10, 14]


def test_a_position_counts_from_behind_the_delimiter_directive():
    assert [statement.position for statement in scan("-- atlas:delimiter //\na//\nb", POSTGRES)] == [0, 4]


@pytest.mark.parametrize("options", EVERY)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-- atlas:delimiter //\na;b//\nc", ["a;b", "c"]),
        ("-- atlas:delimiter \\n\\n\na\nb\n\nc", ["a\nb", "c"]),
        ("-- atlas:delimiter -- x\na -- x\nb -- x", ["a", "b"]),
        ("--atlas:delimiter //\na;//b", ["a;", "//b"]),
        ("DELIMITER //\na;b //\nDELIMITER ;\nc;", ["a;b", "c;"]),
        ("delimiter '$$'\na;$$b", ["a;", "b"]),
        ("delimiter\na;", ["delimiter\na;"]),
        ("a;DELIMITER //", ["a;"]),
    ],
)
def test_delimiters_can_be_chosen(text: str, expected: list[str], options: ScanOptions):
    assert texts(text, options) == expected


def test_a_quote_is_a_quote_before_it_is_a_delimiter():
    with pytest.raises(ParseError, match="unclosed quote"):
        scan("DELIMITER ''''\na'", MYSQL)


@pytest.mark.parametrize("options", [POSTGRES, MYSQL, SQLITE])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CREATE TRIGGER t BEGIN a; b; END; c;", ["CREATE TRIGGER t BEGIN a; b; END;", "c;"]),
        ("x begin a; begin b; end; end ; c", ["x begin a; begin b; end; end ;", "c"]),
        ("BEGIN IF x THEN a; END IF; END; b;", ["BEGIN IF x THEN a; END IF; END;", "b;"]),
        ("BEGIN a; b;", ["BEGIN a;", "b;"]),
        ("BEGIN; a; END;", ["BEGIN;", "a;", "END;"]),
        ("BEGIN TRANSACTION; a; END; b;", ["BEGIN TRANSACTION; a; END;", "b;"]),
        ("xBEGIN a; END;", ["xBEGIN a;", "END;"]),
        ("BEGIN a; END", ["BEGIN a; END"]),
        ("BEGIN a; END x; BEGIN b; END;", ["BEGIN a;", "END x;", "BEGIN b; END;"]),
    ],
)
def test_begin_opens_a_block_only_if_an_end_closes_it(text: str, expected: list[str], options: ScanOptions):
    assert texts(text, options) == expected


def test_an_open_quote_in_an_open_block_is_named():
    with pytest.raises(ParseError, match="1:7: unclosed quote"):
        scan("BEGIN 'a; END;", POSTGRES)


def test_without_the_option_begin_is_a_word():
    assert texts("BEGIN a; END;", DEFAULT) == ["BEGIN a;", "END;"]


@pytest.mark.parametrize("options", [POSTGRES, DEFAULT])
def test_begin_atomic_ends_with_the_first_end(options: ScanOptions):
    text = "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 3;"
    assert texts(text, options) == [text.removesuffix(" SELECT 3;"), "SELECT 3;"]


@pytest.mark.parametrize("options", [POSTGRES, DEFAULT])
def test_dollar_quotes_hide_everything(options: ScanOptions):
    assert texts("a $x$ ; $$ ; ' $x$;b;", options) == ["a $x$ ; $$ ; ' $x$;", "b;"]
    assert texts("a $é$ ; $é$;b $1;", options) == ["a $é$ ; $é$;", "b $1;"]
    assert texts("a $$ ;b;", options) == ["a $$ ;b;"]


@pytest.mark.parametrize("options", [MYSQL, SQLITE])
def test_dollars_mean_nothing_elsewhere(options: ScanOptions):
    assert texts("a $$;b$$;", options) == ["a $$;", "b$$;"]


def test_backslashes_escape_on_mysql_only():
    assert texts(r"'x\';';b", MYSQL) == [r"'x\';';", "b"]
    assert texts(r"'x\';b", SQLITE) == [r"'x\';", "b"]


def test_hash_comments_are_known_on_mysql_only():
    assert texts("# it's;\na", MYSQL) == ["a"]
    assert texts("# its;\na", SQLITE) == ["# its;", "a"]


def test_escape_strings_are_read_on_postgres():
    """The Go scanner fails on this one: its option for E-strings never takes effect."""
    assert texts(r"a E'x\';';b;") == [r"a E'x\';';", "b;"]


def test_an_escape_string_that_go_cuts_inside_is_kept_whole():
    """The Go scanner accepts this one, as four pieces that no server can run."""
    text = r"SELECT E'it\'s; ok';"
    assert texts(f"{text} {text}") == [text, text]


def test_statements_that_go_joins_stay_joined():
    """Both readings run on a server; the hash of this one may be stored."""
    text = r"SELECT E'\''; SELECT E'\'';"
    assert texts(text) == [text]


def test_statements_with_a_delimiter_of_their_own_are_never_joined():
    """No server runs ``a // b``, so no hash of it is stored."""
    text = "-- atlas:delimiter //\n" + r"SELECT E'\''// SELECT E'\''//"
    assert texts(text) == [r"SELECT E'\''", r"SELECT E'\''"]


def test_an_open_escape_string_is_named_where_it_starts():
    with pytest.raises(ParseError, match="1:9: unclosed quote"):
        scan(r"SELECT E'\'\'", POSTGRES)


def test_every_dialect_has_options():
    assert options_for("mariadb") is options_for("mysql")
    with pytest.raises(KeyError):
        options_for("oracle")
