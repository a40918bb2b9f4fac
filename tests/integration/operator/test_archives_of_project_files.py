"""Project files of resources that name archives, and versions of directories, among the paths that are allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from atlas.engine.directory import compute_sum, directory_of
from atlas.engine.directory.migration_file import MigrationFile
from atlas.wire.archive import pack

from tests.integration.operator.config_desk import ALLOW, ConfigDesk, env

if TYPE_CHECKING:
    from pathlib import Path

FILES = [
    MigrationFile("1_one.sql", b"CREATE TABLE one (id integer);\n"),
    MigrationFile("2_two.sql", b"CREATE TABLE two (id integer);\n"),
]
SEALED = compute_sum(directory_of(FILES)).text
ARCHIVE = pack([("atlas.sum", SEALED.encode()), *((file.name, file.content) for file in FILES)])


@pytest.fixture
def desk(tmp_path: Path) -> ConfigDesk:
    made = ConfigDesk(tmp_path)
    made.manifests.mkdir()
    (made.manifests / "m.tar").write_bytes(ARCHIVE)
    return made


def migration(desk: ConfigDesk, directory: str) -> str:
    return env(f'url = "{desk.url("shop")}"\nmigration {{\n  dir = "{directory}"\n}}')


def test_an_archive_beside_the_manifests_is_applied(desk: ConfigDesk) -> None:
    assert "Applied" in desk.project(migration(desk, "file://m.tar"), ALLOW, dir={})
    assert {"one", "two"} <= desk.tables("shop")
    assert desk.status("shop")["lastAppliedVersion"] == "2"


def test_an_archive_is_held_to_its_limits_and_to_the_allowed_folders(desk: ConfigDesk) -> None:
    outside = desk.folder.with_name(f"{desk.folder.name}-outside.tar")
    outside.write_bytes(ARCHIVE)
    (desk.manifests / "link.tar").symlink_to(outside)
    (desk.manifests / "m.zip").write_bytes(b"PK")
    for name, words in (
        ("link.tar", "outside the folders that this operator allows"),
        ("m.zip", "archives of this kind are not supported"),
    ):
        text = migration(desk, f"file://{desk.manifests}/{name}")
        assert words in desk.project(text, ALLOW, "--allow-path", str(desk.folder), dir={})
    assert desk.tables("shop") == set()


def test_a_state_ends_at_the_version_that_is_said(desk: ConfigDesk) -> None:
    text = env(f'url = "{desk.url("shop")}"\nsrc = "file://m.tar?version=1"')
    assert "Applied" in desk.project(text, ALLOW, kind="AtlasSchema")
    assert desk.tables("shop") == {"one"}


def test_a_version_of_what_has_none_is_refused(desk: ConfigDesk) -> None:
    (desk.manifests / "s.sql").write_text("CREATE TABLE one (id integer);")
    text = env(f'url = "{desk.url("shop")}"\nsrc = "file://s.sql?version=1"')
    assert "?version=1 is of a migration directory" in desk.project(text, ALLOW, kind="AtlasSchema")
    assert desk.tables("shop") == set()
