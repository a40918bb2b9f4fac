"""What a browser and a monitoring system see."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING

from atlas.server.run import DataOptions

from tests.integration.registry.conftest import A, Served, directory, serving

if TYPE_CHECKING:
    from pathlib import Path


def test_the_printed_url_shows_name_versions_tags_and_files(served: Served) -> None:
    served.push(A)
    served.push(A, tag="v1")
    status, headers, body = served.fetch("/dirs/1")
    assert status == 200
    assert headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in headers["content-security-policy"]
    page = body.decode()
    for words in ("<h1>App</h1>", "atlas://app", "latest, v1", "1_one.sql", "sqlite"):
        assert words in page
    assert "<script" not in page


def test_the_root_lists_the_repositories_of_the_project(served: Served) -> None:
    served.push(A, "payments")
    served.seen_by("other").push(A, "foreign")
    page = served.fetch("/")[2].decode()
    assert '<a href="/dirs/1">Payments</a>' in page
    assert "Foreign" not in page
    assert served.fetch("/", Authorization="")[0] == 401


def test_a_page_of_a_repository_leads_back_and_tells_its_times_to_the_second(served: Served) -> None:
    served.push(A)
    page = served.fetch("/dirs/1")[2].decode()
    assert '<a href="/">All repositories</a>' in page
    pushed = re.search(r'<time datetime="(\S+)">(\S+) (\S+) UTC</time>', page)
    assert pushed is not None
    assert pushed[1].startswith(f"{pushed[2]}T{pushed[3]}")
    assert len(pushed[3]) == len("12:00:00")


def test_what_people_named_is_escaped(served: Served) -> None:
    served.push(directory(("1_<img src=x onerror=alert(1)>.sql", "SELECT 1;\n")), tag="<b>")
    page = served.fetch("/dirs/1")[2].decode()
    assert "<img" not in page
    assert "<b>" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;.sql" in page


def test_an_empty_repository_has_a_page(served: Served) -> None:
    create = 'mutation { createRepo(input: {type: "SCHEMA", name: "s", driver: "MYSQL", description: "why"}) { id } }'
    assert served.post(create)[1]["data"]["createRepo"]["id"] == 1
    assert "Nothing was pushed yet." in served.fetch("/schemas/1")[2].decode()
    assert served.fetch("/dirs/1")[0] == 404
    assert served.fetch("/dirs/2")[0] == 404
    assert served.fetch(f"/dirs/{10**30}")[0] == 404


def test_a_browser_asks_for_the_token_and_takes_it_as_a_password(served: Served) -> None:
    served.push(A)
    status, headers, _ = served.fetch("/dirs/1", Authorization="")
    assert status == 401
    assert headers["www-authenticate"].startswith("Basic ")
    given = b64encode(f"me:{served.token}".encode()).decode()
    assert served.fetch("/dirs/1", Authorization=f"Basic {given}")[0] == 200
    for wrong in ("Basic %%%", "Basic " + b64encode(b"me:aci_no").decode(), "Digest x"):
        assert served.fetch("/dirs/1", Authorization=wrong)[0] == 401


def test_public_pages_need_no_token_and_the_api_still_does(tmp_path: Path) -> None:
    with serving(DataOptions(tmp_path), public_pages=True) as served:
        served.push(A)
        status, _, body = served.fetch("/dirs/1", Authorization="")
        assert (status, b"All repositories" in body) == (200, False)
        assert served.fetch("/", Authorization="")[0] == 401
        assert served.fetch("/query", b"{}", Authorization="")[0] == 401


def test_probes_and_metrics_answer_without_a_token(served: Served) -> None:
    served.push(A)
    assert served.fetch("/healthz", Authorization="")[::2] == (200, b"ok\n")
    assert served.fetch("/readyz", Authorization="")[::2] == (200, b"ok\n")
    metrics = served.fetch("/metrics", Authorization="")[2].decode()
    assert 'atlas_registry_operation_seconds_count{operation="diffSyncDir"} 1.0' in metrics


def test_a_registry_without_its_content_is_not_ready(served: Served, tmp_path: Path) -> None:
    served.push(A)
    (tmp_path / "data" / "content").rename(tmp_path / "unmounted")
    (tmp_path / "data" / "content").write_text("no folder")
    assert served.fetch("/readyz", Authorization="")[0] == 503
    assert served.fetch("/healthz", Authorization="")[0] == 200
