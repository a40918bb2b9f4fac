"""``atlas://`` as a desired state: a schema of this name, else a migration directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.integration.cli.conftest import Shell
from tests.integration.registry.conftest import A, B, Served

if TYPE_CHECKING:
    from pathlib import Path

DEV = ("--dev-url", "sqlite://dev?mode=memory")


def shell(folder: Path, served: Served) -> Shell:
    import os

    environ = {"ATLAS_CLOUD_URL": f"{served.url}/query", "ATLAS_TOKEN": served.token}
    return Shell(folder, {"HOME": str(folder), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environ})


def test_a_schema_is_pushed_applied_and_compared_by_its_tag(tmp_path: Path, served: Served) -> None:
    atlas = shell(tmp_path, served)
    (tmp_path / "1.sql").write_text("CREATE TABLE a (x int);")
    (tmp_path / "2.sql").write_text("CREATE TABLE a (x int); CREATE TABLE b (x int);")
    atlas.ok("schema", "push", "app:v1", "-u", "file://1.sql", *DEV)
    atlas.ok("schema", "push", "app:v2", "-u", "file://2.sql", *DEV)
    words = ("schema", "apply", "--url", "sqlite://app.db", "--auto-approve", "--to")
    assert 'Create "a" table' in atlas.ok(*words, "atlas://app?tag=v1")
    shown = atlas.ok("schema", "diff", "--from", "sqlite://app.db", "--to", "atlas://app?tag=v2")
    assert shown == '-- Create "b" table\nCREATE TABLE `b` (`x` int NULL);\n'
    assert "synced" in atlas.ok(*words, "atlas://app?tag=v1")
    answer = atlas(*words, "atlas://app?tag=v9")
    assert answer.code == 1
    assert "v9" in answer.err


def test_a_directory_of_this_name_is_replayed_where_there_is_no_schema(
    tmp_path: Path, served: Served
) -> None:
    served.push(A, tag="v1")
    served.push(B, tag="v2")
    atlas = shell(tmp_path, served)
    atlas.ok("schema", "apply", "--url", "sqlite://app.db", "--auto-approve", "--to", "atlas://app?tag=v1")
    assert 'table "one"' in atlas.ok("schema", "inspect", "-u", "sqlite://app.db")
    answer = atlas("schema", "diff", "--from", "sqlite://app.db", "--to", "atlas://nosuch")
    assert answer.code == 1
    assert "nosuch" in answer.err


def test_without_a_registry_it_is_told_how_to_get_one(tmp_path: Path, served: Served) -> None:
    atlas = shell(tmp_path, served)
    answer = atlas(
        "schema",
        "diff",
        "--from",
        "sqlite://app.db",
        "--to",
        "atlas://app",
        ATLAS_TOKEN="",
        ATLAS_CLOUD_URL="",
    )
    assert (answer.code, answer.err) == (1, "Error: command requires 'atlas login'\n")
