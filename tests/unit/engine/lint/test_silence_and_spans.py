"""What a file made itself harms nobody; what it asks not to hear is not said; policies decide what fails."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.drivers import lint_analyzers
from atlas.engine.diff import changed_fields, diff
from atlas.engine.lint import AnalyzerSettings, LintPolicy, NameRule, lint_changes, refuse
from atlas.engine.scan import line_at
from atlas.errors import PolicyRefused

from tests.unit.engine.lint.sight import codes, column, index, realm, report, seen, table, told

USERS = table("users", column("id"), column("email"))
GONE = ["DROP TABLE users;"]
STATES = [realm("sqlite", USERS), realm("sqlite")]


def test_a_table_of_the_same_file_may_be_changed_and_dropped() -> None:
    t = table("t", column("a"))
    wider = table("t", column("a"), column("b", null=False))
    indexed = replace(wider, indexes=(index("i", "a", unique=True),))
    states = [realm("sqlite", USERS, *more) for more in ((), (t,), (wider,), (indexed,), (t,), ())]
    texts = ["CREATE …;", "ALTER …;", "CREATE UNIQUE …;", "ALTER …;", "DROP TABLE t;"]

    assert codes(seen(texts, states)) == []


def test_a_table_that_was_there_is_dropped_however_often_it_is_made_again() -> None:
    t = table("users", column("id"))
    states = [realm("sqlite", USERS), realm("sqlite"), realm("sqlite", t), realm("sqlite")]

    found = report(seen(["DROP TABLE users;", "CREATE TABLE users (id int);", "DROP TABLE users;"], states))

    assert [(finding.code, finding.position) for finding in found.findings] == [("DS102", 0)]


def test_a_column_of_the_same_file_may_be_dropped() -> None:
    wider = table("users", *USERS.columns, column("x"))
    states = [realm("sqlite", USERS), realm("sqlite", wider), realm("sqlite", USERS)]

    assert codes(seen(["ALTER TABLE users ADD x int;", "ALTER TABLE users DROP x;"], states)) == []


def test_a_name_follows_a_table_that_is_renamed_in_its_file() -> None:
    t, renamed = table("t", column("a")), table("u", column("a"))
    states = [realm("sqlite"), realm("sqlite", t), realm("sqlite", renamed), realm("sqlite")]

    assert codes(seen(["CREATE …;", "ALTER TABLE t RENAME TO u;", "DROP TABLE u;"], states)) == []


@pytest.mark.parametrize("words", ["", "destructive", "DS102", "data_depend DS102"])
def test_a_statement_names_what_it_does_not_want_to_hear(words: str) -> None:
    assert codes(seen(GONE, STATES, nolint=[words])) == []
    assert codes(seen(GONE, STATES, of_file=(words,))) == []


@pytest.mark.parametrize("words", ["DS103", "data_depend", "DS1"])
def test_other_words_silence_nothing(words: str) -> None:
    assert codes(seen(GONE, STATES, nolint=[words])) == ["DS102"]
    assert codes(seen(GONE, STATES, of_file=(words,))) == ["DS102"]


def test_a_policy_that_is_forced_listens_to_nobody() -> None:
    policy = LintPolicy(analyzers={"destructive": AnalyzerSettings(switches={"force": True})})

    assert codes(seen(GONE, STATES, nolint=[""]), policy) == ["DS102"]
    assert codes(seen(GONE, STATES, of_file=("",)), policy) == ["DS102"]


def test_a_policy_says_what_fails() -> None:
    renamed = [realm("sqlite", USERS), realm("sqlite", replace(USERS, name="people"))]
    file = seen(["ALTER TABLE users RENAME TO people;"], renamed)

    assert not report(file).is_error
    assert report(file, LintPolicy(analyzers={"incompatible": AnalyzerSettings(error=True)})).is_error
    soft = LintPolicy(analyzers={"destructive": AnalyzerSettings(error=False)})
    assert not report(seen(GONE, STATES), soft).is_error


def test_tables_and_columns_may_be_allowed_to_go() -> None:
    policy = LintPolicy(
        analyzers={
            "destructive": AnalyzerSettings(
                names={"allow_table": NameRule("^old_"), "allow_column": NameRule("^tmp_")}
            )
        }
    )
    before = realm("sqlite", table("old_t", column("a")), table("t", column("a"), column("tmp_b")))

    assert codes(seen(["…"], [before, realm("sqlite", table("t", column("a")))]), policy) == []
    assert codes(seen(["…"], [before, realm("sqlite")]), policy) == ["DS102"]


def test_a_rebuild_is_one_modification() -> None:
    new = table("new_users", column("id"), column("email", null=False))
    rebuilt = table("users", column("id"), column("email", null=False))
    states = [
        realm("sqlite", USERS),
        realm("sqlite", USERS, new),
        realm("sqlite", USERS, new),
        realm("sqlite", new),
        realm("sqlite", rebuilt),
    ]
    texts = [
        "CREATE TABLE new_users (…);",
        "INSERT INTO new_users SELECT * FROM users;",
        "DROP TABLE users;",
        "ALTER TABLE new_users RENAME TO users;",
    ]

    assert told(seen(texts, states)) == [
        (
            'LT101 Modifying nullable column "email" to non-nullable without default value might fail in case it '
            "contains NULL values"
        )
    ]
    assert report(seen(texts, states)).changes == 1


def test_a_rebuild_that_leaves_a_column_out_loses_it() -> None:
    new, rebuilt = table("new_users", column("id")), table("users", column("id"))
    states = [
        realm("sqlite", USERS),
        realm("sqlite", USERS, new),
        realm("sqlite", new),
        realm("sqlite", rebuilt),
    ]
    texts = [
        "CREATE TABLE new_users (id int);",
        "DROP TABLE users;",
        "ALTER TABLE new_users RENAME TO users;",
    ]

    assert told(seen(texts, states)) == ['DS103 Dropping non-virtual column "email"']


def test_a_table_that_is_dropped_before_another_takes_its_place_is_still_lost() -> None:
    other, rebuilt = table("other", column("id")), table("users", column("id"))
    states = [realm("sqlite", USERS, other), realm("sqlite", other), realm("sqlite", rebuilt)]

    assert "DS102" in codes(seen(["DROP TABLE users;", "ALTER TABLE other RENAME TO users;"], states))


def test_a_refused_plan_names_table_and_column() -> None:
    before, after = realm("postgres", USERS), realm("postgres", table("users", column("id")))
    found = lint_changes(
        diff(before, after, differs=changed_fields), before, after, lint_analyzers("postgres")
    )

    with pytest.raises(PolicyRefused) as refused:
        refuse(found)

    assert str(refused.value) == (
        'destructive changes detected:\n- Dropping non-virtual column "email" (column public.users.email)'
    )


def test_a_plan_with_warnings_only_is_not_refused() -> None:
    before, after = realm("postgres", USERS), realm("postgres", table("users", *USERS.columns, column("x")))
    refuse(
        lint_changes(diff(before, after, differs=changed_fields), before, after, lint_analyzers("postgres"))
    )


def test_lines_are_counted_from_the_second_where_the_first_sets_a_delimiter() -> None:
    assert line_at("a;\nb;\nc;", 3) == 2
    assert line_at("-- atlas:delimiter //\na//\nb//", 4) == 3
