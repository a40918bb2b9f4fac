"""Lines of source that errors show, without the passwords in them."""

from __future__ import annotations

import pytest
from atlas.hcl.hidden import shown


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('url = "postgres://app:se/c@ret@db/app"', 'url = "postgres://app:xxxxx@db/app"'),
        ('url = "postgres://app:secret@db/app', "url = xxxxx"),
        ('url = "postgres://a"pp:secret@db/app"', "url = xxxxx"),
        ('url = "sqlite://app', 'url = "sqlite://app'),
        ('url = "postgres:\\//app:secret@db/app"', 'url = "postgres:\\//app:xxxxx@db/app"'),
        ('toke n = "secret"', 'toke n = "xxxxx"'),
        ("password = secret", "password = secret"),
        ('password = secret"', "password = xxxxx"),
        ('{ a = "y", "secret" : "secret" }', '{ a = "y", "secret" : "xxxxx" }'),
        ('password = "secret"', 'password = "xxxxx"'),
        ('{ DB_PASSWORD = "secret", b = "y" }', '{ DB_PASSWORD = "xxxxx", b = "y" }'),
        ('token: "secret"', 'token: "xxxxx"'),
        ('url = "constant://?val=secret&decoder=string"', 'url = "constant://?val=xxxxx&decoder=string"'),
        ('"host=db password=secret user=app"', '"host=db password=xxxxx user=app"'),
        ('url = "postgres://app:${var.password}@db/app"', 'url = "postgres://app:${var.password}@db/app"'),
        ('token = getenv("ATLAS_TOKEN")', 'token = getenv("ATLAS_TOKEN")'),
        ('url = "http://127.0.0.1:8080"', 'url = "http://127.0.0.1:8080"'),
        ('variable "password" {', 'variable "password" {'),
    ],
)
def test_a_secret_of_a_line_is_hidden(line: str, expected: str) -> None:
    assert shown(line).line == expected


@pytest.mark.parametrize("header", ['variable "password" {', "cloud {"])
def test_what_stands_in_a_block_about_a_secret_is_hidden(header: str) -> None:
    before = f"{header}\n  type = string\n  other {{\n  }}"
    assert shown('  defult = "secret"', before=before).line == '  defult = "xxxxx"'
    assert (
        shown('  url = "http://registry.internal"', before="cloud {").line
        == '  url = "http://registry.internal"'
    )
    assert shown('  src = "file://schema.sql"', before=f"{before}\n}}").line == '  src = "file://schema.sql"'


def test_a_place_behind_a_secret_stays_under_its_sign() -> None:
    line = 'a = { token = "a long secret", b = nope }'
    hidden, column = shown(line, line.index("nope") + 1)
    assert hidden[column - 1 :].startswith("nope")
