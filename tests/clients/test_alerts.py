"""The alerts of the page: expressions that Prometheus reads, on metrics and labels that an operator has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from atlas.handlers.keys import Key
from atlas.handlers.life.metrics import Metrics
from prometheus_client.parser import text_string_to_metric_families

from tests.clients.gitops import PROMQL, manifests
from tests.clients.interchange import HOW_TO, build, find_go

DOCS = Path(__file__).parents[2] / "docs"
COPY = "https://git.example.com/atlas/blob/main/docs/"
[RULES] = manifests("alerts.md")
ALERTS = {rule["alert"]: rule for group in RULES["spec"]["groups"] for rule in group["rules"]}


@pytest.fixture(scope="module")
def read() -> dict[str, dict[str, Any]]:
    """What each alert selects."""
    go = find_go()
    if go is None:
        pytest.skip(HOW_TO)
    answers = build(go, PROMQL).ask("", [rule["expr"] for rule in ALERTS.values()])
    return dict(zip(ALERTS, answers, strict=True))


@pytest.fixture(scope="module")
def series() -> list[tuple[str, dict[str, str]]]:
    """Names and labels of an operator that has seen an outage, a backup and an error that nobody foresaw."""
    metrics = Metrics()
    key = Key("AtlasMigration", "shop", "db")
    source = {"url": "s3://bucket", "pushedAt": "2026-01-02T00:00:00Z", "reason": "it does not answer"}
    metrics.stands(key, {"failed": 5, "source": source})
    metrics.passed(key, "Failed", reason="InternalError", seconds=1.0)
    metrics.watch_age("AtlasMigration", lambda: 1.0)
    metrics.leads(leads=True)
    families = text_string_to_metric_families(metrics.text().decode())
    return [(sample.name, sample.labels) for family in families for sample in family.samples]


@pytest.mark.parametrize("alert", ALERTS)
def test_an_alert_selects_what_an_operator_has_and_speaks_of_labels_that_are_left(
    alert: str, read: dict[str, dict[str, Any]], series: list[tuple[str, dict[str, str]]]
) -> None:
    found = read[alert]
    assert not found["Error"]
    assert found["Selectors"]
    matched = [
        [
            labels
            for name, labels in series
            if name == one["Metric"] and labels.items() >= one["Labels"].items()
        ]
        for one in found["Selectors"]
    ]
    assert all(matched), found
    labels = set(matched[0][0])
    assert set(found["Groups"]) <= labels
    told = " ".join(ALERTS[alert]["annotations"].values())
    spoken_of = set(re.findall(r"\$labels\.(\w+)", told))
    is_one_value = re.match(r"(max|absent)\(", ALERTS[alert]["expr"])
    assert spoken_of <= (set() if is_one_value else set(found["Groups"]) or labels)


@pytest.mark.parametrize("alert", ALERTS)
def test_an_alert_leads_to_a_page_that_is_there(alert: str) -> None:
    page, _, place = ALERTS[alert]["annotations"]["runbook_url"].removeprefix(COPY).partition("#")
    text = (DOCS / page).read_text()
    assert not place or f"\n## {place.replace('-', ' ').capitalize()}\n" in text


def test_an_expression_that_does_not_parse_is_found() -> None:
    go = find_go()
    if go is None:
        pytest.skip(HOW_TO)
    [answer] = build(go, PROMQL).ask("", ["atlas_resource_ready =="])
    assert "unexpected end of input" in answer["Error"]
