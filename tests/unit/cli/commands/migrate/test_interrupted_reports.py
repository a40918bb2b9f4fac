"""A signal that comes while the registry is told of a run."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

import pytest
from atlas import wiring
from atlas.cli.commands.migrate.deployment_set import DeploymentSet
from atlas.cli.context import Context
from atlas.settings import settings_from


def test_a_run_that_is_interrupted_as_it_reports_is_reported_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[dict[str, Any]] = []

    def interrupted_once(_address: object, report: dict[str, Any], _effort: object) -> str:
        told.append(report)
        if len(told) == 1:
            raise KeyboardInterrupt
        return "https://registry.example/dirs/1"

    monkeypatch.setattr(wiring, "report_migration_set", interrupted_once)
    environ = {"ATLAS_CLOUD_URL": "http://127.0.0.1:1", "ATLAS_TOKEN": "aci_x"}
    target = Namespace(
        dir="atlas://shop", env="prod", url="sqlite://a.db", dry_run=False, format="", config="", var=[]
    )
    deployments = DeploymentSet(
        [(target, None), (target, None)], Context(settings_from(environ), environ), None
    )

    with pytest.raises(KeyboardInterrupt), deployments.flushed():
        pass

    assert [report["error"] for report in told] == [None, "Error: interrupted"]
    assert told[0]["id"] == told[1]["id"]
