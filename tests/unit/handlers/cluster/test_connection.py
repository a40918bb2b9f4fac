from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from atlas.errors import UsageError
from atlas.handlers.cluster.connection import connect, is_proxied, own_namespace

CONFIG = """
current-context: here
contexts:
  - {name: there, context: {namespace: wrong}}
  - {name: here, context: {cluster: c, namespace: ops}}
"""


def test_the_lease_belongs_into_the_namespace_of_the_current_context(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text(CONFIG)
    assert own_namespace(str(config)) == "ops"
    assert own_namespace(os.pathsep.join([str(tmp_path / "missing"), str(config)])) == "ops"


def test_a_context_without_a_namespace_means_default(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text("current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\n")
    assert own_namespace(str(config)) == "default"


@pytest.mark.parametrize("kubeconfig", ["", "/nonexistent/kubeconfig"])
def test_without_a_way_to_the_cluster_it_says_what_to_do(kubeconfig: str) -> None:
    with pytest.raises(UsageError, match="no way to the API server"):
        asyncio.run(connect(kubeconfig))


def test_a_proxy_is_looked_for_in_both_spellings() -> None:
    assert is_proxied({"HTTPS_PROXY": "http://p"})
    assert is_proxied({"https_proxy": "http://p"})
    assert not is_proxied({"NO_PROXY": "*"})
