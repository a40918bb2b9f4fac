"""Errors and pages as clients and browsers see them."""

from __future__ import annotations

import pytest
from atlas.errors import (
    AtlasError,
    ChecksumMismatch,
    Conflict,
    DirectoryError,
    Forbidden,
    NotFound,
    Rejected,
    SpecError,
    Unauthorized,
    Unavailable,
)
from atlas.server.errors import graphql_error, graphql_status, status_of
from atlas.server.html import document, element, table


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Unauthorized("x"), 401),
        (Forbidden("x"), 403),
        (NotFound("x"), 404),
        (Conflict("x"), 409),
        (Rejected("x"), 422),
        (SpecError("x"), 422),
        (DirectoryError("x"), 422),
        (ChecksumMismatch("x"), 422),
        (Unavailable("x"), 503),
    ],
)
def test_an_error_has_one_status(error: AtlasError, status: int) -> None:
    assert status_of(error) == status


def test_not_found_is_an_answer_in_graphql() -> None:
    assert graphql_status([NotFound("x")]) == 200
    assert graphql_status([NotFound("x"), Conflict("y")]) == 409
    assert graphql_status([]) == 200


def test_an_error_carries_message_and_path_and_no_locations() -> None:
    assert graphql_error(Conflict("taken"), ("pushDir",)) == {
        "message": "taken",
        "path": ["pushDir"],
        "extensions": {"code": "Conflict"},
    }
    assert "path" not in graphql_error(Conflict("taken"))


def test_text_is_always_escaped() -> None:
    page = document("<T>", element("p", '<script>"&', title='"><x'), table(["<h>"], [["<c>"]]))
    assert "<script>" not in page
    assert '<p title="&quot;&gt;&lt;x">&lt;script&gt;&quot;&amp;</p>' in page
    assert "<title>&lt;T&gt;</title>" in page
    assert "<th>&lt;h&gt;</th>" in page
    assert "<td>&lt;c&gt;</td>" in page


def test_elements_nest_unescaped() -> None:
    assert element("b", element("i", "x")) == "<b><i>x</i></b>"
