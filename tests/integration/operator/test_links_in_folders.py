"""Folders that an operator allows, with links and imports in them that lead to what it does not allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from atlas.engine.database_url import parse_database_url
from atlas.engine.directory import ATLAS_FORMAT
from atlas.errors import AtlasError, ConnectFailed, SpecError
from atlas.handlers.config.evaluator import Evaluator
from atlas.handlers.config.files import WiredConfigFiles
from atlas.handlers.ports import WiredTargets
from atlas.reconcile.config_ports import Request
from atlas.reconcile.ports import TargetRules

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "c4n4ry-0uts1de"
LEADS_OUTSIDE = "outside the folders that this operator allows"


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    """An allowed folder, beside one with a secret."""
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    for folder in (outside, inside / "deep"):
        folder.mkdir(parents=True)
    (outside / "secret.sql").write_text(f"-- {CANARY}\nCREATE TABLE secret (id int);\n")
    (outside / "secret.hcl").write_text(f'schema "{CANARY}" {{}}\n')
    return inside


def files_of(inside: Path) -> WiredConfigFiles:
    return WiredConfigFiles(TargetRules((str(inside),)))


@pytest.mark.parametrize("place", ["x.sql", "deep/x.sql"])
def test_a_template_dir_with_a_link_that_leads_outside_is_refused(inside: Path, place: str) -> None:
    (inside / place).symlink_to(inside.parent / "outside" / "secret.sql")
    text = (
        f'data "template_dir" "x" {{\n  path = "{inside}"\n}}\n'
        'env "prod" {\n  url = "sqlite://a.db"\n  migration {\n    dir = data.template_dir.x.url\n  }\n}\n'
    )
    answer = Evaluator(TargetRules((str(inside),)), "", {})(
        Request(text=text, environment="prod", variables={})
    )
    assert isinstance(answer.found, AtlasError)
    assert LEADS_OUTSIDE in str(answer.found)
    assert f'"{place}"' in str(answer.found)


def test_directories_and_schemas_with_such_links_are_refused(inside: Path) -> None:
    (inside / "x.sql").symlink_to(inside.parent / "outside" / "secret.sql")
    (inside / "deep" / "x.hcl").symlink_to(inside.parent / "outside" / "secret.hcl")
    with pytest.raises(AtlasError, match=LEADS_OUTSIDE):
        files_of(inside).directory(str(inside), ATLAS_FORMAT)
    with pytest.raises(AtlasError, match=LEADS_OUTSIDE):
        files_of(inside).schema([str(inside / "deep")], {})


@pytest.mark.parametrize("path", ["../outside/secret.sql", "{outside}/secret.sql", "../outside", "link.sql"])
def test_a_script_imports_nothing_from_outside(inside: Path, path: str) -> None:
    outside = inside.parent / "outside"
    (inside / "main.sql").write_text(f"-- atlas:import {path.format(outside=outside)}\n")
    (inside / "link.sql").symlink_to(outside / "secret.sql")
    with pytest.raises(AtlasError, match=LEADS_OUTSIDE):
        files_of(inside).schema([str(inside / "main.sql")], {})


def test_links_and_imports_within_the_folder_are_followed(inside: Path) -> None:
    """A mounted ConfigMap is made of links."""
    (inside / "..data").symlink_to(inside / "deep")
    (inside / "deep" / "1_a.sql").write_text("-- atlas:import 2_b.sql\n")
    (inside / "deep" / "2_b.sql").write_text("CREATE TABLE users (id int);\n")
    for name in ("1_a.sql", "2_b.sql"):
        (inside / name).symlink_to(f"..data/{name}")
    assert [file.name for file in files_of(inside).directory(str(inside), ATLAS_FORMAT).files] == [
        "1_a.sql",
        "2_b.sql",
    ]
    files_of(inside).schema([str(inside / "1_a.sql")], {})


def test_a_certificate_that_is_a_link_to_the_outside_is_refused_and_one_inside_is_read(inside: Path) -> None:
    (inside / "x.key").symlink_to(inside.parent / "outside" / "secret.sql")
    (inside / "y.key").symlink_to(inside / "deep")
    targets = WiredTargets(TargetRules((str(inside),)))
    url = "postgres://app:pw@127.0.0.1:1/app?sslmode=disable&sslkey="
    with pytest.raises(SpecError, match="leads outside the folders"):
        targets.open(parse_database_url(f"{url}{inside / 'x.key'}"))
    with pytest.raises(ConnectFailed):
        targets.open(parse_database_url(f"{url}{inside / 'y.key'}"))
