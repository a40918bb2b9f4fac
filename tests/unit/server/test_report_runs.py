"""What is read out of reports, however well they are made."""

from __future__ import annotations

from typing import Any

import pytest
from atlas.server.store.runs import MANY, database_name, one_of, run_set

AT = "2026-01-01T00:00:00.000000Z"


@pytest.mark.parametrize(
    ("url", "schema", "name"),
    [
        ("postgres://app:xxxxx@db:5432/shop?search_path=public", "public", "shop.public"),
        ("postgres://db/shop", "", "shop"),
        ("mysql://db:3306/shop", "shop", "shop"),
        ("mysql://db:3306/", "", "db"),
        ("mysql://db:3306/", "shop", "shop"),
        ("mariadb://db:3306/shop?charset=utf8", "shop", "shop"),
        ("sqlite://app.db", "main", "app.db"),
        ("sqlite://data/tenants/app.db?_fk=1", "main", "app.db"),
        ("sqlite:///var/lib/app.db", "main", "app.db"),
        ("file:app.db", "", "app.db"),
        ("", "public", "public"),
        ("", "", ""),
        ("http://[broken", "x", "x"),
    ],
)
def test_a_database_is_called_by_what_tells_it_from_others(url: str, schema: str, name: str) -> None:
    assert database_name(url, schema) == name


def test_a_database_without_a_name_is_called_by_its_id() -> None:
    assert run_set({"target": {"id": "uuid"}}, AT).runs[0].name == "uuid"


@pytest.mark.parametrize(
    ("payload", "status", "succeeded", "planned"),
    [
        ({}, "NO_ACTION", 1, 1),
        ({"files": [{}]}, "PASSED", 1, 1),
        ({"completed": [], "planned": 0}, "FAILED", 0, 1),
        ({"completed": None}, "FAILED", 0, 1),
        ({"completed": [{"files": [{}]}, {}]}, "PASSED", 2, 2),
        ({"completed": [{}, {}], "planned": 2}, "NO_ACTION", 2, 2),
        ({"completed": [{}, {}], "planned": 3}, "FAILED", 2, 3),
        ({"completed": [{}, {}], "planned": "3"}, "NO_ACTION", 2, 2),
        ({"completed": [{}], "error": "no"}, "FAILED", 1, 1),
        ({"completed": [{"dryRun": True}], "planned": 2}, "DRY_RUN", 1, 2),
        ({"completed": [7, "x", {"error": "no"}]}, "FAILED", 0, 1),
    ],
)
def test_the_end_of_a_set(payload: dict[str, Any], status: str, succeeded: int, planned: int) -> None:
    told = run_set(payload, AT)
    assert (told.status, told.succeeded, told.planned) == (status, succeeded, planned)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("2026-01-01T12:00:00Z", "2026-01-01T12:00:00.000000Z"),
        ("2026-01-01T12:00:00.123456789+02:00", "2026-01-01T10:00:00.123456Z"),
        ("2026-01-01T12:00:00", "2026-01-01T12:00:00.000000Z"),
        ("0001-01-01T00:00:00Z", AT),
        ("0001-01-01T00:00:00+05:00", AT),
        ("9999-12-31T23:59:59-05:00", AT),
        ("yesterday", AT),
        (None, AT),
        (7, AT),
    ],
)
def test_times_are_in_one_form(given: object, stored: str) -> None:
    assert run_set({"endTime": given}, AT).ended_at == stored


def test_what_differs_is_called_multiple() -> None:
    assert [one_of([]), one_of(["a", "a"]), one_of(["a", "b"])] == ["", "a", MANY]


def test_a_name_of_signs_that_are_written_out_is_no_longer_than_others() -> None:
    odd = "\U000e0001" * 5_000
    [run] = run_set({"dirName": odd, "envName": odd, "target": {"id": odd, "schema": odd}}, AT).runs
    assert {len(name) for name in (run.directory, run.environment, run.target, run.name)} == {500}
