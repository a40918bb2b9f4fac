"""Words behind messages whose own are shared with other tools, and passwords in words of a command line."""

from __future__ import annotations

import pytest
from atlas.cli.flags.typed_secrets import without_passwords
from atlas.cli.help.next_steps import next_step


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("postgres: dial tcp db:5432: connect: connection refused", ": is a server running there?"),
        ("postgres: dial tcp: lookup db: no such host", ": check the host of the URL"),
        ('repository "shop" not found', ": 'atlas cloud repo list' lists"),
        (
            "migration file 2_b.sql was added out of order. See: https://example.com/order",
            " - give it a later version",
        ),
        (
            'sql/migrate: executing statement "COMMIT" from version "2": database or disk is full',
            ": make room where the database keeps its files",
        ),
        (
            'pq: could not extend file "base/5/16385": No space left on device (53100) (nothing was changed)',
            ": make room where the database keeps its files",
        ),
        (
            "drop \"a\" table: Error 1114 (HY000): The table 't' is full",
            ": make room where the database keeps its files",
        ),
        (
            'sql/migrate: executing statement "A" from version "1": two\nlines',
            ": correct the file, run 'atlas migrate",
        ),
        (
            "http://127.0.0.1:8080 answers, but not as an Atlas registry (404)",
            ": check --url of 'atlas login', ATLAS_CLOUD_URL",
        ),
        (
            'template: format:1:3: executing "format" at <.Foo>: can\'t evaluate field Foo in type struct',
            ": --format '{{ json . }}' prints the fields",
        ),
        (
            'sql/migrate: history changed: statement 1 from file "2_b.sql" changed',
            ": it has run, so put it back",
        ),
        (
            "sql/migrate: scanning statements from \"1_a.sql\": 1:8: unclosed quote '\\''",
            ": close it, and run 'atlas migrate hash'",
        ),
        ("accepts 1 arg(s), received 0", ": expected the version, as 'atlas migrate set"),
        ("database not found", ": 'atlas cloud database list' lists"),
    ],
)
def test_a_message_of_the_tools_is_followed_by_a_next_step(text: str, words: str) -> None:
    assert next_step(text).startswith(words)


@pytest.mark.parametrize("text", ["Unauthorized", 'required flag(s) "url" not set', "checksum mismatch"])
def test_a_message_that_programs_compare_stays_as_it_is(text: str) -> None:
    assert next_step(text) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "https://other.example cannot be reached: Connection refused",
            ": is the other registry running? Check --from",
        ),
        ('"other" is no registry address: expected http(s)://host[:port]', ": check --from"),
        ("https://other.example answers, but not as an Atlas registry (404)", ": check --from"),
        (
            "the token for https://other.example holds a character that no token has: expected one line",
            ": check --token, or ATLAS_IMPORT_TOKEN",
        ),
        (
            "Unauthorized",
            ": the other registry does not know this token: check --token, or ATLAS_IMPORT_TOKEN",
        ),
        (
            "https://other.example cannot be reached: EOF: 3 more were not asked for: run the import again to go on",
            "",
        ),
        ('database "x" does not exist', ": create it, or check the database in the path of the URL"),
    ],
)
def test_an_import_names_its_own_flags_for_the_other_registry(text: str, words: str) -> None:
    assert next_step(text, "registry import") == words


@pytest.mark.parametrize("password", ["secret", "se#cret", "se@cr:et", "se/cret"])
def test_a_url_in_a_place_that_knows_of_none_loses_its_password(password: str) -> None:
    url = f"postgres://app:{password}@db:5432/app"
    shown = without_passwords(f"unknown argument {url!r}", ["migrate", "ls", url])
    assert shown == "unknown argument 'postgres://app:xxxxx@db:5432/app'"


def test_words_without_a_password_stay() -> None:
    text = "missing postgres://app@db/app, found a:b@c"
    assert without_passwords(text, ["postgres://app@db/app", "a:b@c", "--flag"]) == text
