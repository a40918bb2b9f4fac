"""The older SDK, which Terraform's provider is built on, says to the command what the newer module says.

So what is asserted of the newer one's calls holds for the older one's. A shell script stands where the command would,
and writes down its words.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clients.interchange import Interchange

COMMON = {"ConfigURL": "file://a.hcl", "Env": "tf"}
MIGRATE = {**COMMON, "DirURL": "file://m", "URL": "sqlite://a.db", "RevisionsSchema": "r"}
LINT = {**COMMON, "DirURL": "file://m", "DevURL": "sqlite://dev", "Latest": 2, "Context": {"repo": "a"}}
SCOPE = {**COMMON, "DevURL": "sqlite://dev", "Schema": ["a", "b"], "Exclude": ["c"]}
PLAN = {
    **COMMON,
    "DevURL": "sqlite://dev",
    "Schema": ["a", "b"],
    "From": ["env://url"],
    "To": ["env://src", "b"],
    "Repo": "atlas://app",
    "Context": {"repo": "a"},
}
DEPLOY = {"triggerType": "TERRAFORM", "triggerVersion": "v1"}
APPLY = {
    **MIGRATE,
    "Amount": 2,
    "TxMode": "all",
    "BaselineVersion": "1",
    "AllowDirty": True,
    "Context": DEPLOY,
}
CALLS: dict[str, dict[str, Any]] = {
    "Login": {"Token": "t"},
    "Logout": {},
    "MigrateApply": {**APPLY, "ExecOrder": "linear-skip", "DryRun": True},
    "MigrateApplySlice": APPLY,
    "MigrateDiff": {
        **COMMON,
        "Name": "n",
        "ToURL": "env://src",
        "DevURL": "d",
        "Schema": ["a", "b"],
        "Qualifier": "q",
    },
    "MigrateDown": {**MIGRATE, "DevURL": "d", "ToVersion": "1", "ToTag": "t", "Amount": 3, "Context": DEPLOY},
    "MigrateHash": {**COMMON, "DirURL": "file://m", "DirFormat": "atlas"},
    "MigrateLint": {**LINT, "Base": "atlas://a"},
    "MigrateLintError": {**LINT, "Web": True, "Format": "{{ .URL }}"},
    "MigratePush": {**COMMON, "Name": "a", "Tag": "t", "DirURL": "m", "DevURL": "d", "LockTimeout": "1s"},
    "MigrateRebase": {**COMMON, "DirURL": "file://m", "Files": ["1.sql"]},
    "MigrateStatus": MIGRATE,
    "MigrateTest": {
        **COMMON,
        "DirURL": "m",
        "DevURL": "d",
        "Run": "x",
        "RevisionsSchema": "r",
        "Paths": ["a", "b"],
    },
    "SchemaApply": {
        **SCOPE,
        "URL": "u",
        "To": "file://a",
        "TxMode": "none",
        "PlanURL": "p",
        "AutoApprove": True,
    },
    "SchemaApplySlice": {**SCOPE, "URL": "u", "To": "file://a", "DryRun": True},
    "SchemaClean": {**COMMON, "URL": "u", "AutoApprove": True},
    "SchemaInspect": {**SCOPE, "URL": "u", "Format": "sql"},
    "SchemaLint": {**COMMON, "URL": ["u", "v"], "Schema": ["a"], "DevURL": "d"},
    "SchemaPlan": {
        **PLAN,
        "Name": "n",
        "Directives": ["a b"],
        "Pending": True,
        "Save": True,
    },
    "SchemaPlanApprove": {**COMMON, "URL": "atlas://a/plans/b"},
    "SchemaPlanLint": {**PLAN, "File": "file://p"},
    "SchemaPlanList": {**PLAN, "Pending": True},
    "SchemaPlanPull": {**COMMON, "URL": "atlas://a/plans/b"},
    "SchemaPlanPush": {**PLAN, "File": "file://p", "Pending": True},
    "SchemaPlanValidate": {**PLAN, "File": "file://p", "Name": "n"},
    "SchemaPush": {**COMMON, "Name": "a", "Tag": "t", "URL": ["u", "v"], "Version": "1", "Description": "d"},
    "SchemaTest": {**COMMON, "URL": "u", "DevURL": "d", "Run": "x", "Paths": ["a"]},
    "Version": {},
    "WhoAmI": COMMON,
}
SCRIPT = '#!/bin/sh\nfor word in "$@"; do printf "%s\\n" "$word"; done > "$WORDS"\nexit 1\n'


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "atlas"
    path.write_text(SCRIPT)
    path.chmod(0o755)
    return path


def test_every_method_of_the_older_client_is_compared(provider_program: Interchange) -> None:
    methods = provider_program.ask("methods", {"Provider": {}})["Calls"]
    assert sorted(CALLS) == sorted(methods)


@pytest.mark.parametrize("method", CALLS)
def test_both_clients_say_the_same(
    method: str, interchange: Interchange, provider_program: Interchange, script: Path, tmp_path: Path
) -> None:
    words = tmp_path / "words"
    environment, params = {"WORDS": str(words), "PATH": "/usr/bin:/bin"}, CALLS[method]
    common = {"Binary": str(script), "Environment": environment}
    newer = {**common, "Directory": str(tmp_path), "Method": method, "Params": params}
    interchange.ask("client", newer)
    said = words.read_text()
    assert said
    words.unlink()
    provider_program.ask("call", {"Provider": common, "Call": {"Method": method, "Params": params}})
    assert words.read_text() == said
