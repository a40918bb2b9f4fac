"""Every project file of ``tests/fixtures_project`` evaluates to its JSON, and another parser reads it too."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import hcl2
import pytest
from atlas.hcl.functions import hcl_functions

from tests.fixtures_project.cases import CASES, ROOT, evaluated, name_of

if TYPE_CHECKING:
    from pathlib import Path

LEAST = 40
WITHOUT_A_FIXED_VALUE = {"timestamp", "sql"}
"""The time of day, and an expression of schemas, which a project file refuses."""


@pytest.mark.parametrize("folder", CASES, ids=name_of)
def test_a_project_file_evaluates_to_its_json(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "project"
    shutil.copytree(folder, copy)
    monkeypatch.chdir(copy)

    found = evaluated(copy)

    assert json.loads(json.dumps(found)) == json.loads((folder / "expected.json").read_text())


@pytest.mark.parametrize(
    "path", sorted(ROOT.rglob("*.hcl")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_another_parser_accepts_every_file(path: Path) -> None:
    assert hcl2.loads(path.read_text())


def test_there_are_enough_files_and_each_is_evaluated() -> None:
    assert len(CASES) >= LEAST
    assert {path.parent for path in ROOT.rglob("atlas.hcl")} == set(CASES)


def test_every_function_and_every_data_source_is_in_a_file() -> None:
    text = "\n".join(path.read_text() for path in ROOT.rglob("atlas.hcl"))
    used = {name for name in hcl_functions({}, None) if re.search(rf"\b{name}\(", text)}

    assert used == set(hcl_functions({}, None)) - WITHOUT_A_FIXED_VALUE
    assert set(re.findall(r'^data "(\w+)"', text, re.MULTILINE)) >= {
        *(
            "aws_rds_token",
            "composite_schema",
            "external",
            "external_schema",
            "gcp_cloudsql_token",
            "hcl_schema",
        ),
        *("remote_dir", "remote_schema", "runtimevar", "sql", "template_dir"),
    }
