"""No secret passes, and what is no secret stays readable."""

from __future__ import annotations

import json
import time
from base64 import b64encode
from urllib.parse import quote

import pytest
from atlas.engine.mask import mask_text, mask_words
from hypothesis import given
from hypothesis import strategies as st

SECRET = "s3cret"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("postgres://u:s3cret@h/d", "postgres://u:xxxxx@h/d"),
        ("postgres://u:s3/cr@et#?@h/d?a=b", "postgres://u:xxxxx@h/d?a=b"),
        ("mysql://:s3cret@h", "mysql://:xxxxx@h"),
        ('{"url":"postgres://u:s3cret@h/d","mail":"a@b"}', '{"url":"postgres://u:xxxxx@h/d","mail":"a@b"}'),
        ("from mysql://a:s3cret@h to mysql://b:s3cret@g", "from mysql://a:xxxxx@h to mysql://b:xxxxx@g"),
        ("host=h password=s3cret user=u", "host=h password=xxxxx user=u"),
        ("host=h password='s3 cret' user=u", "host=h password='xxxxx' user=u"),
        ("?sslmode=disable&password=s3cret&x=1", "?sslmode=disable&password=xxxxx&x=1"),
        ("PGPASSWORD=s3cret psql", "PGPASSWORD=xxxxx psql"),
        (
            "ALTER ROLE u PASSWORD 's3''cret' VALID UNTIL '2030'",
            "ALTER ROLE u PASSWORD 'xxxxx' VALID UNTIL '2030'",
        ),
        (
            "CREATE ROLE u ENCRYPTED PASSWORD E's3\\'cret' LOGIN",
            "CREATE ROLE u ENCRYPTED PASSWORD E'xxxxx' LOGIN",
        ),
        ("alter user u password $a$s3cret$a$; select 'x'", "alter user u password 'xxxxx'; select 'x'"),
        (
            "CREATE USER 'a'@'%' IDENTIFIED BY 's3cret'; SELECT 'x'",
            "CREATE USER 'a'@'%' IDENTIFIED BY 'xxxxx'; SELECT 'x'",
        ),
        ('GRANT ALL ON *.* TO a IDENTIFIED BY "s3cret"', 'GRANT ALL ON *.* TO a IDENTIFIED BY "xxxxx"'),
        ("CREATE USER a IDENTIFIED WITH p AS 0xABCD", "CREATE USER a IDENTIFIED WITH p AS xxxxx"),
        (
            "CREATE USER a IDENTIFIED VIA p USING PASSWORD('s3cret')",
            "CREATE USER a IDENTIFIED VIA p USING PASSWORD('xxxxx')",
        ),
        ("SET PASSWORD FOR 'bob'@'%' = PASSWORD('s3cret')", "SET PASSWORD FOR 'bob'@'%' = PASSWORD('xxxxx')"),
        ("SET PASSWORD = 's3cret'", "SET PASSWORD = 'xxxxx'"),
        (
            "CHANGE MASTER TO MASTER_PASSWORD='s3cret', MASTER_PORT=1",
            "CHANGE MASTER TO MASTER_PASSWORD='xxxxx', MASTER_PORT=1",
        ),
        (
            "CREATE USER MAPPING FOR u SERVER s OPTIONS (user 'bob', password 's3cret')",
            "CREATE USER MAPPING FOR u SERVER s OPTIONS (user 'bob', password 'xxxxx')",
        ),
        (
            "CREATE SUBSCRIPTION s CONNECTION 'host=h password=s3cret dbname=d'",
            "CREATE SUBSCRIPTION s CONNECTION 'host=h password=xxxxx dbname=d'",
        ),
        (
            "DO $$ BEGIN EXECUTE 'ALTER ROLE x PASSWORD ''s3cret'''; END $$",
            "DO $$ BEGIN EXECUTE 'ALTER ROLE x PASSWORD ''xxxxx'''; END $$",
        ),
        ('"password": "s3cret", "user": "u"', '"password": "xxxxx", "user": "u"'),
    ],
)
def test_a_secret_is_masked_and_the_rest_stays(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "EXECUTE 'ALTER ROLE x PASSWORD ' || quote_literal('s3cret')",
        "EXECUTE format('ALTER USER x PASSWORD %L', 's3cret')",
        "ALTER ROLE x PASSWORD 's3cret",
        "CREATE USER a IDENTIFIED BY 's3cret",
        "can't do: ALTER ROLE x PASSWORD 's3cret'",
        "ALTER ROLE x PASSWORD /* */ 's3cret'",
        "ALTER ROLE x PASSWORD -- c\n 's3cret'",
    ],
)
def test_where_a_text_is_ambiguous_more_is_masked(text: str) -> None:
    assert SECRET not in mask_text(text)


@pytest.mark.parametrize(
    "text",
    [
        'pq: password authentication failed for user "u"',
        "Access denied for user 'u'@'h' (using password: YES)",
        "INSERT INTO users (name, password) VALUES ('a', 'b')",
        "CREATE TABLE t (password text NOT NULL, note text DEFAULT 'x')",
        "see https://localhost:8080/path and https://atlasgo.io/url",
        "ALTER TABLE t DROP COLUMN password",
        "SELECT 'user@host:x'",
        "",
    ],
)
def test_what_is_no_secret_is_left_alone(text: str) -> None:
    assert mask_text(text) == text


@pytest.mark.parametrize("secret", ["p@ss/w:rd", "it's", 'say "x"', "back\\slash", "a b+c", "%41", "ünï"])
def test_a_known_secret_is_masked_in_every_spelling(secret: str) -> None:
    spellings = [
        secret,
        quote(secret, safe=""),
        quote(secret),
        secret.replace("'", "''"),
        secret.replace("\\", "\\\\").replace('"', '\\"'),
    ]
    for spelling in spellings:
        assert mask_text(f"x {spelling} y", [secret]) == "x xxxxx y"


def test_a_secret_too_short_to_be_found_safely_does_not_blank_the_text() -> None:
    assert mask_text("a database", ["a", ""]) == "a database"
    assert mask_text("postgres://u:a@h", ["a"]) == "postgres://u:xxxxx@h"


@given(
    st.text(alphabet="'\"$;@:=/\\ PASWORDpassword%LxIDENTIFIED BY\n"),
    st.sampled_from(["", "postgres://u:p@", "PASSWORD '"]),
)
def test_masking_a_masked_text_changes_nothing(tail: str, head: str) -> None:
    once = mask_text(head + tail)
    assert mask_text(once) == once


@given(
    st.text(alphabet=st.characters(blacklist_characters="\\'\x00", blacklist_categories=["Cs"]), max_size=20)
)
def test_no_quoted_password_passes(noise: str) -> None:
    password = f"{SECRET}{noise}{SECRET}"
    assert SECRET not in mask_text(f"ALTER ROLE u PASSWORD '{password}' LOGIN")


PLANTED = "c4n4ry"


@pytest.mark.parametrize(
    "text",
    [
        "CREATE ROLE r PASSWORD 'abc'\n  'c4n4ry'",
        "CREATE ROLE r PASSWORD 'abc' || 'c4n4ry'",
        "CREATE ROLE r PASSWORD concat('a', 'c4n4ry')",
        "CREATE ROLE r PASSWORD /* a /* nested; */ b */ 'c4n4ry'",
        "CREATE ROLE r PASSWORD c4n4ry LOGIN",
        "CREATE ROLE r PASSWROD 'c4n4ry'",
        "CREATE ROLE r PASSWORD 'it's c4n4ry'",
        "CREATE ROLE r PASSWORD N'c4n4ry'",
        "DO 'BEGIN EXECUTE ''ALTER ROLE r PASSWORD ''''it''''''''s c4n4ry'''' ''; END'",
        "CREATE USER u IDENTIFIED /*!50000 BY*/ 'c4n4ry'",
        "CREATE USER u /*!IDENTIFIED*/ BY 'c4n4ry'",
        "CREATE USER u IDENTIFIED # why\n BY 'c4n4ry'",
        "CREATE USER u IDENTIFIED BY 'it's c4n4ry'",
        "CREATE USER u IDENTIFED BY 'c4n4ry'",
        "CREATE USER u IDENTIFIED BY c4n4ry",
        "DO $$ DECLARE api_password text := 'c4n4ry'; BEGIN END $$",
        "DO $$ DECLARE password CONSTANT varchar(20) DEFAULT 'c4n4ry'; BEGIN END $$",
        "SELECT dblink_connect('host=h password=\\'c4n4ry\\'')",
        "SELECT pgp_sym_encrypt(note, 'c4n4ry') FROM t",
        "UPDATE t SET a = crypt(upper('x'), 'c4n4ry')",
        "UPDATE t SET a = 1, password_hash = md5('c4n4ry')",
        "SELECT set_config('app.api_token', 'c4n4ry', false)",
        "ALTER DATABASE d SET app.jwt_secret TO 'c4n4ry'",
        "CREATE SERVER s OPTIONS (user 'u', ADD api_key 'c4n4ry')",
        "PRAGMA key = 'c4n4ry'",
        "ATTACH DATABASE 'x.db' AS y KEY 'c4n4ry'",
        "https://a.blob.core.windows.net/c?sv=2020&sig=c4n4ry%3D",
        "s3://bucket?awssecretaccesskey=c4n4ry&region=x",
        "AccountKey=c4n4ry==;EndpointSuffix=core",
        "https://b/k?X-Amz-Security-Token=c4n4ry",
        "ATLAS_TOKEN=c4n4ry",
        '{"token": "c4n4ry"}',
        "{'Authorization': 'Bearer c4n4ry'}",
        "Authorization: Basic c4n4ry",
        "u:c4n4ry@tcp(h:3306)/d",
        "postgres:\\/\\/u:c4n4ry@h\\/d",
        "https://proxy/?to=postgres%3A%2F%2Fu%3Ac4n4ry%40h%2Fd",
    ],
)
def test_no_way_to_write_a_secret_leads_around_the_mask(text: str) -> None:
    masked = mask_text(text)
    assert PLANTED not in masked
    assert mask_text(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        'key "token" of Secret "db" is empty: expected a text',
        'unexpected token: "x"',
        "pass \"--to\" or '--env'",
        'expected one of "token", "url"',
        "SELECT token FROM sessions WHERE user_id = 'bob'",
        "UPDATE s SET token = excluded.token",
        "GRANT SELECT (id, password) ON users TO bob",
        "CREATE USER u PASSWORD EXPIRE",
        "ALTER ROLE r PASSWORD NULL",
        "Duplicate entry for key 'name'",
        "the password of the user has to be given",
        "CREATE TABLE secrets (name text, secret text)",
    ],
)
def test_words_about_secrets_are_no_secrets(text: str) -> None:
    assert mask_text(text) == text


def test_a_known_secret_is_found_in_base64_and_escaped() -> None:
    assert mask_text("data: czNjcmV0LXfDvHJk", ["s3cret-würd"]) == "data: xxxxx"
    assert mask_text(r"'s3cret-w\xfcrd' s3cret-w\u00fcrd", ["s3cret-würd"]) == "'xxxxx' xxxxx"


NEAR = "check the manual for the right syntax to use near '{}' at line 1"


@pytest.mark.parametrize(
    ("statement", "words", "shown"),
    [
        ("CREATE USER u IDENTIFIED BY 'c4n4ry' NONSENSE", NEAR.format("'c4n4ry' NONSENSE"), NEAR.format("xxxxx")),
        ("CREATE USER u IDENTIFIED BY 'c4n4ry' NONSENSE", NEAR.format("NONSENSE"), NEAR.format("NONSENSE")),
        ("CREATE USER u IDENTIFIED BY 'it's c4n4ry'", NEAR.format("s c4n4ry'"), NEAR.format("xxxxx")),
        ("CREATE ROLE r PASSWORD c4n4ry", 'syntax error at or near "c4n4ry" (42601)', 'syntax error at or near "xxxxx" (42601)'),
        ("CREATE ROLE r PASSWORD 'c4n4ry", "unterminated quoted string at or near \"'c4n4ry\"",
         'unterminated quoted string at or near "xxxxx"'),
        ("CREATE ROLE r PASSWORD 'c4n4ry' LOGN", 'unrecognized role option "logn"', 'unrecognized role option "logn"'),
        ("PRAGMA key = 'c4n4ry", "unrecognized token: \"'c4n4ry\"", 'unrecognized token: "xxxxx"'),
        ("CREATE ROLE r PASSWORD 'c4n4ry'", "the hook refuses c4n4ry", "the hook refuses xxxxx"),
        ("SELECT 'c4n4ry' +", NEAR.format("'c4n4ry' +"), NEAR.format("'c4n4ry' +")),
    ],
)  # fmt: skip
def test_a_server_says_no_more_of_a_statement_than_is_shown_of_it(
    statement: str, words: str, shown: str
) -> None:
    assert mask_words(words, statement) == shown


@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        ("token" * 20_000, ()),
        ("secret" * 20_000, ()),
        ("\\" * 100_000, ("!abc",)),
        ("'" * 60 + "y", ("'" * 30 + "x",)),
        ("\\\\'" * 30 + "y", ("\\'" * 30 + "x",)),
        ("x", ("a!b-" * 100_000,)),
    ],
    ids=["token", "secret", "backslashes", "quotes of a secret", "signs of a secret", "a long secret"],
)
def test_a_text_made_to_take_long_does_not(text: str, secrets: tuple[str, ...]) -> None:
    begun_s = time.process_time()
    assert mask_text(text, secrets) == text
    assert time.process_time() - begun_s < 3


def test_a_password_of_many_pieces_takes_no_longer_for_its_first_quotes() -> None:
    begun_s = time.process_time()
    shown = mask_text("password '" + "''" * 250_000 + "s3cret'" + "||'s3cret'" * 50_000)
    assert time.process_time() - begun_s < 5
    assert "s3cret" not in shown


def test_words_of_a_server_made_to_take_long_do_not() -> None:
    begun_s = time.process_time()
    mask_words("near 'a' " * 20_000 + "x", "CREATE USER x IDENTIFIED BY 's3cret'")
    assert time.process_time() - begun_s < 3


@pytest.mark.parametrize("spelled", ["plain", "doubled", "escaped", "in JSON", "in a URL", "in base64"])
def test_a_secret_of_many_signs_is_found_in_every_notation(spelled: str) -> None:
    secret = "a'\\'\"'\\'\"'\\'b!"
    text = {
        "plain": secret,
        "doubled": secret.replace("'", "''"),
        "escaped": secret.replace("\\", "\\\\").replace("'", "\\'"),
        "in JSON": json.dumps(secret)[1:-1],
        "in a URL": quote(secret, safe=""),
        "in base64": b64encode(secret.encode()).decode(),
    }[spelled]
    assert "xxxxx" in mask_text(f"it is <{text}>", (secret,))
    assert text not in mask_text(f"it is <{text}>", (secret,))
