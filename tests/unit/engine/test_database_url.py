"""What a database URL means, and that its password never shows."""

from __future__ import annotations

import json

import pytest
from atlas.engine.database_url import DatabaseURL, from_parts, parse_database_url
from atlas.errors import AtlasError, SpecError, Unsupported
from hypothesis import given
from hypothesis import strategies as st

CANARY = "c4n4ry"


def refusal(text: str) -> str:
    with pytest.raises(SpecError) as error:
        parse_database_url(text)
    return str(error.value)


@pytest.mark.parametrize("text", ["", "hu2", "sqlite:f.db", "://x", "post gres://h", "user:pw@h"])
def test_a_text_without_a_scheme_says_where_to_read(text: str) -> None:
    assert refusal(text).startswith(
        "missing scheme. See: https://atlasgo.io/url - expected one such as sqlite://"
    )


def test_an_unknown_scheme_is_named() -> None:
    assert refusal("pgx://h/d") == (
        'sql/sqlclient: unknown driver "pgx". See: https://atlasgo.io/url - expected postgres, mysql, mariadb or sqlite'
    )


@pytest.mark.parametrize(
    "scheme", ["libsql", "libsql+ws", "docker", "docker+postgres", "atlas", "file", "sqlserver"]
)
def test_a_scheme_of_atlas_that_is_not_served_is_unsupported_by_name(scheme: str) -> None:
    with pytest.raises(Unsupported, match=f'"{scheme.replace("+", "[+]")}"'):
        parse_database_url(f"{scheme}://h/d")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("postgres://%2Fdir/db", 'invalid URL escape "%2F"'),
        ("postgres://h/d%2", 'invalid URL escape "%2"'),
        ("sqlite://a%20b/f", 'invalid URL escape "%20"'),
        ("sqlite://file:f.db", 'invalid port ":f.db" after host'),
        ("postgres://u:p@h:p/d", 'invalid port ":p" after host'),
        ("postgres://u:p@a b/d", 'invalid character " " in host name'),
        (
            "postgres://h/d\n",
            "net/url: invalid control character in URL: take the line break or tab out, in atlas.hcl as trimspace(…)",
        ),
        (
            "postgres://u{:p@h/d",
            "net/url: invalid userinfo: percent-encode spaces and signs of the user name and password (a space is %20)",
        ),
        ("postgres://[::1/d", "missing ']' in host"),
        ("postgres://h/d?a;b", "invalid semicolon separator in query"),
        ("postgres://h:99999/d", "invalid port after host: expected a number up to 65535"),
    ],
)
def test_what_go_refuses_is_refused_in_its_words(text: str, message: str) -> None:
    assert refusal(text) == message


@pytest.mark.parametrize("sign", ["/", "#", "?", "%", " ", "%zz", "\\", "{", '"', "<", "\t"])
@pytest.mark.parametrize(
    "position", ["{sign}{secret}", "{secret}{sign}{secret}", "12{sign}{secret}", "a@1{sign}{secret}"]
)
@pytest.mark.parametrize("scheme", ["postgres", "mysql"])
def test_a_password_that_breaks_the_url_is_never_echoed(scheme: str, sign: str, position: str) -> None:
    password = position.format(sign=sign, secret=CANARY)
    message = refusal(f"{scheme}://user:{password}@db.example.com:5432/app?sslmode=disable")
    assert CANARY not in message


@given(st.text(min_size=1))
def test_no_url_puts_its_password_into_a_text(tail: str) -> None:
    text = f"postgres://user:{CANARY}{tail}@h/d"
    try:
        url = parse_database_url(text)
        shown = str(url) + repr(url) + json.dumps(url.as_json())
    except AtlasError as error:
        shown = str(error)
    assert CANARY not in shown


def test_the_last_at_ends_the_password_which_is_decoded_once() -> None:
    assert parse_database_url("postgres://u:p@ss@h/d").password == "p@ss"
    assert parse_database_url("postgres://u:p%40ss%2Fw%3Ard%2525@h/d").password == "p@ss/w:rd%25"
    assert parse_database_url("postgres://u%40x:a+b@h/d").password == "a+b"


@pytest.mark.parametrize(
    ("text", "driver", "schema", "database", "server_key"),
    [
        ("postgres://u:p@h:1/d?search_path=public", "postgres", "public", "d", "h:1"),
        ("postgresql://u@H", "postgres", "", "u", "h:5432"),
        ("postgres:///d?host=h&port=3&user=u", "postgres", "", "d", "h:3"),
        ("postgres:///", "postgres", "", "", "localhost:5432"),
        ("postgres://[::1]:5/d", "postgres", "", "d", "::1:5"),
        ("postgres://h/a%2Fb?options=-csearch_path%3Dpublic", "postgres", "", "a/b", "h:5432"),
        ("mysql://h/", "mysql", "", "", "h:3306"),
        ("mysql://h", "mysql", "", "", "h:3306"),
        ("maria://h/d", "mariadb", "d", "d", "h:3306"),
        ("mariadb://h:3307/d", "mariadb", "d", "d", "h:3307"),
        ("maria+unix://u:p@/run/m.sock?database=d", "mariadb", "d", "d", "/run/m.sock"),
        ("mysql+unix:///run/m.sock", "mysql", "", "", "/run/m.sock"),
        ("sqlite://dir/f.db?_fk=1", "sqlite", "main", "dir/f.db", "dir/f.db"),
        ("sqlite3:///abs/f.db", "sqlite", "main", "/abs/f.db", "/abs/f.db"),
        ("sqlite://:memory:", "sqlite", "main", ":memory:", ":memory:"),
        ("sqlite://", "sqlite", "main", "", ""),
    ],
)
def test_a_url_names_its_driver_schema_database_and_server(
    text: str, driver: str, schema: str, database: str, server_key: str
) -> None:
    url = parse_database_url(text)
    assert (url.driver, url.schema, url.database, url.server_key) == (driver, schema, database, server_key)


def test_the_text_form_hides_passwords_and_keeps_the_rest() -> None:
    url = parse_database_url("postgres://us%20er:s3cret@h:1/d%20b?sslmode=disable&password=s3cret&x=a%26b")
    assert str(url) == "postgres://us%20er:xxxxx@h:1/d%20b?sslmode=disable&password=xxxxx&x=a%26b"
    assert repr(url) == f"DatabaseURL({str(url)!r})"
    assert url.secrets == ("s3cret", "s3cret")


@pytest.mark.parametrize(
    "text", ["sqlite://f.db?_fk=1", "sqlite:///a/f.db", "mysql://h:1/d", "postgres://[::1]:5/d"]
)
def test_a_url_without_a_password_prints_as_written(text: str) -> None:
    assert str(parse_database_url(text)) == text


def test_the_json_form_is_that_of_gos_url() -> None:
    url = parse_database_url("postgres://u:s3cret@h:1/d?search_path=public&password=s3cret")
    assert list(url.as_json().items()) == [
        ("Scheme", "postgres"),
        ("Opaque", ""),
        ("User", {}),
        ("Host", "h:1"),
        ("Path", "/d"),
        ("Fragment", ""),
        ("RawQuery", "search_path=public&password=xxxxx"),
        ("RawPath", ""),
        ("RawFragment", ""),
        ("ForceQuery", False),
        ("OmitHost", False),
        ("Schema", "public"),
    ]
    assert parse_database_url("sqlite://dir/f.db").as_json()["User"] is None
    assert parse_database_url("sqlite://:memory:").as_json()["Host"] == ":memory:"


def test_credentials_are_taken_as_they_are() -> None:
    url = from_parts(
        "postgres",
        user="a@b",
        password="p@ss/w:rd#?%",
        host="h",
        port=5433,
        database="my/db",
        parameters={"sslmode": "disable", "search_path": "a b"},
    )
    assert (url.user, url.password, url.database, url.schema) == ("a@b", "p@ss/w:rd#?%", "my/db", "a b")
    assert str(url) == "postgres://a%40b:xxxxx@h:5433/my/db?sslmode=disable&search_path=a+b"


def test_credentials_of_a_socket_and_of_a_file() -> None:
    socket = from_parts("mysql+unix", user="u", host="/run/m.sock", database="d")
    assert (socket.server_key, socket.database, socket.schema) == ("/run/m.sock", "d", "d")
    file = from_parts("sqlite", host="dir", database="f.db", parameters={"_fk": "1"})
    assert (file.database, file.dsn) == ("dir/f.db", "dir/f.db?_fk=1")
    with pytest.raises(SpecError, match="unknown driver"):
        from_parts("pgx")


def test_another_database_on_the_same_server() -> None:
    url = parse_database_url("postgres://u:p@h:1/d?sslmode=disable")
    assert str(url.with_database("other")) == "postgres://u:xxxxx@h:1/other?sslmode=disable"
    assert url.with_database("other").password == "p"
    assert parse_database_url("mysql+unix:///s?database=a").with_database("b").database == "b"
    assert parse_database_url("sqlite://f.db?_fk=1").with_database("g.db").dsn == "g.db?_fk=1"


def test_equal_urls_are_equal_and_may_be_keys() -> None:
    first, second = (parse_database_url("postgres://u:p@h/d?a=1") for _ in range(2))
    assert {first: 1}[second] == 1
    assert first != DatabaseURL("postgres")
