"""The one text of a database URL that has its password: programs connect with it."""

from __future__ import annotations

import pytest
from atlas.engine.database_url import connection_text, parse_database_url


@pytest.mark.parametrize(
    "text",
    [
        "postgres://u:p%40ss%2Fw%3Ard%25@host:5433/db?search_path=a+b&sslmode=disable",
        "postgres:///db?host=%2Ftmp&port=5",
        "postgres://u@[::1]:5432/db",
        "maria://root:@localhost/a%20b",
        "mysql+unix://u:p@/tmp/s.sock?database=db",
        "sqlite:///tmp/a b.db?_fk=1",
    ],
)
def test_it_reads_back_as_the_same_url(text: str) -> None:
    url = parse_database_url(text)
    found = parse_database_url(connection_text(url))
    assert found == url
    assert (found.password, found.query) == (url.password, url.query)
