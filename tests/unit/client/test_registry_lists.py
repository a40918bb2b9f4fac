"""Lists and descriptions of databases and deployments, from registries that answer more, less or nothing."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from atlas.client.databases import describe_databases, list_databases
from atlas.client.deployments import describe_deployment, list_deployments
from atlas.client.report import report_migration_set
from atlas.client.transport import Transport
from atlas.errors import Unsupported
from atlas.wire.contract import RegistryAddress

URL = "https://registry.example/query"


def registry(data: Any, requests: list[dict[str, Any]] | None = None) -> Transport:
    """A connection to a registry that always answers with these data."""

    def answer(request: httpx.Request) -> httpx.Response:
        if requests is not None:
            requests.append(json.loads(request.content))
        return httpx.Response(200, json={"data": data})

    return Transport(RegistryAddress(URL, "secret"), http=httpx.MockTransport(answer))


def test_what_is_asked_goes_along_and_what_is_answered_is_read() -> None:
    requests: list[dict[str, Any]] = []
    listed = {"databases": [{"id": 7, "extID": "u", "status": "SYNCED", "colour": "red"}]}
    about = {"pageInfo": {"page": 2, "pageSize": 5, "total": 6}}
    with registry({"databases": listed | about}, requests) as transport:
        page = list_databases(transport, {"env": "prod", "page": 2, "pageSize": 5})
    assert requests[0]["variables"] == {"input": {"env": "prod", "page": 2, "pageSize": 5}}
    assert (page.number, page.size, page.total) == (2, 5, 6)
    assert (page.entries[0].id, page.entries[0].ext_id, page.entries[0].name) == (7, "u", "")


def test_a_list_without_page_info_is_the_page_that_was_asked_for() -> None:
    with registry({"deployments": {"deployments": [{"id": 1}]}}) as transport:
        assert list_deployments(transport, {"page": 3, "pageSize": 9}).number == 3


def test_a_description_holds_its_databases() -> None:
    data = {"id": 1, "status": "FAILED", "error": "no", "targets": [{"database": "a", "error": "no"}]}
    with registry({"describeDeployment": data}) as transport:
        found = describe_deployment(transport, 1)
    assert (found.status, found.error, [target.name for target in found.targets]) == ("FAILED", "no", ["a"])


def test_a_registry_that_does_not_know_an_operation_is_not_taken_for_an_empty_one() -> None:
    with registry({"databases": None}) as transport:
        with pytest.raises(Unsupported, match=f'the registry at {URL} does not know "databases"'):
            list_databases(transport, {})
        with pytest.raises(Unsupported, match='does not know "describeDatabase"'):
            describe_databases(transport, {"id": 1})
        with pytest.raises(Unsupported, match='does not know "deployments"'):
            list_deployments(transport, {})
        with pytest.raises(Unsupported, match='does not know "describeDeployment"'):
            describe_deployment(transport, 1)


@pytest.mark.parametrize("answer", [{"reportMigrationSet": {"success": True}}, {}, None])
def test_a_report_without_a_link_is_fine(answer: object) -> None:
    with registry(answer) as transport:
        assert report_migration_set(transport, {"id": "x"}) == ""
