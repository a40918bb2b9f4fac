"""Lines of source that errors show, without the passwords in them."""

from __future__ import annotations

import pytest
from atlas.hcl.hidden import shown


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('url = "postgres://app:se/c@ret@db/app"', 'url = "postgres://app:xxxxx@db/app"'),
        ('url = "postgres://app:secret@db/app', 'url = "postgres://app:xxxxx@db/app'),
        ('url = "postgres://app:secret', 'url = "postgres://app:xxxxx'),
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


def test_a_place_behind_a_secret_stays_under_its_sign() -> None:
    line = 'a = { token = "a long secret", b = nope }'
    hidden, column = shown(line, line.index("nope") + 1)
    assert hidden[column - 1 :].startswith("nope")
