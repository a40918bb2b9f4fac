"""Requests that are made to cost the registry more than they cost who sends them."""

from __future__ import annotations

import json

import pytest

from tests.integration.registry.conftest import Served


@pytest.mark.parametrize("piece", [b"[],", b'{"a":0},', b'"",'], ids=bytes.decode)
def test_a_body_of_many_values_is_refused_before_they_are_made(served: Served, piece: bytes) -> None:
    body = b'{"query": "{ me { name } }", "variables": {"input": [' + piece * 1_000_001 + b"0]}}"
    status, answer = served.send("/query", body)
    assert status == 413
    assert answer["errors"][0]["message"] == (
        "the request is larger than any of a client: it holds more than 1000000 values"
    )


def test_a_body_that_is_too_deep_is_refused(served: Served) -> None:
    status, answer = served.send("/query", b'{"query": "{ me { name } }", "variables": ' + b"[" * 100_000)
    assert status == 413
    assert answer["errors"][0]["message"].endswith("its values are nested too deeply")


def test_a_report_of_ten_thousand_files_is_taken(served: Served) -> None:
    query = (
        "mutation ReportMigration($input: ReportMigrationInput!) { reportMigration(input: $input) { url } }"
    )
    files = [
        {
            "name": f"{number}.sql",
            "content": "[,]" * 20,
            "applied": 9,
            "checks": [{"name": "a", "checks": []}],
        }
        for number in range(10_000)
    ]
    body = {"query": query, "variables": {"input": {"dirName": "app", "target": {"id": "a"}, "files": files}}}
    status, answer = served.send("/query", json.dumps(body).encode())
    assert (status, list(answer)) == (200, ["data"])
