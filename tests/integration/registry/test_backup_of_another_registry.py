"""A registry that began anew, empty, and still has the nightly backup of the one before."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.integration.cli.conftest import Shell

if TYPE_CHECKING:
    from pathlib import Path


def test_a_registry_that_began_anew_does_not_take_the_tokens_out_of_the_backup(tmp_path: Path) -> None:
    shell = Shell(tmp_path, {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"})
    backup = f"file://{tmp_path / 'backup'}"
    before, anew = str(tmp_path / "before"), str(tmp_path / "anew")
    for data, project in ((before, "acme"), (anew, "other")):
        shell.ok("registry", "token", "create", "--data", data, "--project", project)
    shell.ok("registry", "backup", "--data", before, "--to", backup)
    kept = (tmp_path / "backup" / "registry.json").read_bytes()

    refused = shell("registry", "backup", "--data", anew, "--to", backup)
    assert refused.code == 1
    assert 'holds tokens that this registry never had ("cli" of project "acme")' in refused.err
    assert (tmp_path / "backup" / "registry.json").read_bytes() == kept

    shell.ok("backup", "restore", backup, "--data", anew)
    shell.ok("registry", "backup", "--data", anew, "--to", backup)
    listed = shell.ok("registry", "token", "list", "--data", anew)
    assert "acme" in listed
    assert "other" in listed
