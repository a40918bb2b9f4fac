"""Passwords, and values of rows, are in nothing that a command prints or a report holds."""

from __future__ import annotations

import pytest

from tests.integration.cli.conftest import Shell
from tests.integration.cli.schema_files import put
from tests.integration.schema_safety.stage import Stage

VALUE = 'Jane "J" Roe 1990-13-77'
ROW = f"INSERT INTO t VALUES ('{VALUE}'), ('{VALUE}');"
SECRET = "hunTer-2zq"


@pytest.mark.parametrize(
    "column",
    ["a integer", "a date", "a varchar(40) UNIQUE", "a varchar(3)", "a varchar(40), CHECK (a < 'A')"],
)
@pytest.mark.parametrize("stage", ["postgres", "mariadb"], indirect=True)
def test_a_value_that_does_not_fit_is_not_told(atlas: Shell, stage: Stage, column: str) -> None:
    stage.run(f"CREATE TABLE t (a varchar(40)); {ROW}")
    words = ("schema", "apply", "-u", stage.url, "--dev-url", stage.dev, "--auto-approve")
    to = put(atlas, "s.sql", f"CREATE TABLE t ({column});")
    for more in ((), ("--format", "{{ json . }}")):
        answer = atlas(*words, "--to", to, *more)
        assert answer.code == 1
        assert "Roe" not in answer.out + answer.err
        assert "1990" not in answer.out + answer.err


def test_a_value_of_an_enum_is_not_told(postgres_stage: Stage) -> None:
    postgres_stage.run(f"CREATE TABLE t (a text); {ROW}")
    report = postgres_stage.apply("CREATE TYPE e AS ENUM ('x'); CREATE TABLE t (a e);")
    assert 'invalid input value for enum e: "…" (22P02)' in str(report.error)
    chain, error = [], report.error
    while error is not None:
        chain.append(f"{error!r} {vars(error)}")
        error = error.__cause__  # type: ignore[assignment]
    assert "Roe" not in " ".join(chain)


def test_a_value_that_the_statement_has_is_told(postgres_stage: Stage) -> None:
    with pytest.raises(Exception, match=r'type integer: "seven"'):
        postgres_stage.run("SELECT 'seven'::integer")


@pytest.mark.parametrize(
    "state",
    [
        f"CREATE ROLE postgres PASSWORD '{SECRET}' BAD;",
        f"CREATE USER MAPPING FOR public SERVER nosuch OPTIONS (user 'u', password '{SECRET}');",
        f"CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=1 password={SECRET}' PUBLICATION p;",
        f"SELECT dblink('host=x password={SECRET}');",
        f"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT dblink('password={SECRET}') $$;",
        f"ALTER ROLE nosuch PASSWORD '{SECRET}';",
    ],
)
def test_a_password_in_a_statement_is_not_told(atlas: Shell, postgres_stage: Stage, state: str) -> None:
    to = put(atlas, "s.sql", state)
    words = ("schema", "apply", "-u", postgres_stage.url, "--dev-url", postgres_stage.dev, "--to", to)
    for more in (("--dry-run",), ("--auto-approve", "--format", "{{ json . }}")):
        answer = atlas(*words, *more)
        assert answer.code == 1
        assert SECRET not in answer.out + answer.err


@pytest.mark.parametrize("flag", ["-u", "--to", "--dev-url"])
@pytest.mark.parametrize(
    "url",
    [
        f"sec:{SECRET}@127.0.0.1/x",
        f"postgres://sec:{SECRET}@127.0.0.1:1/x",
        f"postgres://sec@127.0.0.1:1/x?password={SECRET}",
        f"postgres://sec:{SECRET}#@127.0.0.1:1/x",
        f"mysql://sec:{SECRET}%zz@127.0.0.1:1/x",
        f"maria://sec:{SECRET}@127.0.0.1:1/x?nosuch=1",
        f"nosuch://sec:{SECRET}@127.0.0.1/x",
    ],
)
def test_a_password_in_a_url_is_not_told(atlas: Shell, flag: str, url: str) -> None:
    urls = {"-u": "sqlite://app.db", "--to": put(atlas, "s.sql", ""), "--dev-url": "sqlite://dev?mode=memory"}
    words = [word for pair in (urls | {flag: url}).items() for word in pair]
    answer = atlas("schema", "apply", *words, "--auto-approve")
    assert answer.code == 1
    assert SECRET not in answer.out + answer.err
