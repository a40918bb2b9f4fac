"""``migrate lint`` and ``migrate down`` against a registry: what is new, where a tag is, who may."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import httpx
import pytest
from atlas.client.protected import migrate_down_is_protected
from atlas.client.transport import Transport
from atlas.wire.contract import RegistryAddress

from tests.integration.cli.conftest import Shell
from tests.integration.registry.conftest import Served, directory

if TYPE_CHECKING:
    from pathlib import Path

ONE = ("1_one.sql", "CREATE TABLE one (id integer);\n")
TWO = ("2_two.sql", "CREATE TABLE two (id integer);\n")
THREE = ("3_three.sql", "DROP TABLE one;\n")
DEV = ("--dev-url", "sqlite://dev?mode=memory")


@pytest.fixture
def shop(tmp_path: Path, served: Served) -> Shell:
    folder = tmp_path / "work"
    folder.mkdir()
    environ = {"HOME": str(folder), "PATH": os.environ["PATH"], "TMPDIR": str(tmp_path), "LANG": "C.UTF-8"}
    return Shell(folder, {**environ, "ATLAS_CLOUD_URL": served.url, "ATLAS_TOKEN": served.token})


def test_files_that_were_not_pushed_are_new(shop: Shell, served: Served) -> None:
    served.push(directory(ONE, TWO), "shop")
    shop.write(dict((ONE, TWO, THREE)))

    answer = shop("migrate", "lint", "--base", "atlas://shop", *DEV)

    assert (answer.code, answer.err) == (1, "")
    assert "from version 2 to 3 (1 migration in total)" in answer.out
    assert '-- L1: Dropping table "one"' in answer.out


def test_the_repository_of_the_env_is_the_base_where_nothing_else_is_said(
    shop: Shell, served: Served
) -> None:
    served.push(directory(ONE, TWO), "shop")
    shop.write(dict((ONE, TWO, THREE)))
    (shop.folder / "atlas.hcl").write_text(
        'env "e" {\n  dev = "sqlite://dev?mode=memory"\n  migration {\n    repo {\n      name = "shop"\n    }\n  }\n}\n'
    )

    assert "from version 2 to 3 (1 migration in total)" in shop("migrate", "lint", "--env", "e").out


def test_before_the_first_push_everything_is_new(shop: Shell) -> None:
    shop.write(dict((ONE, TWO)))

    answer = shop("migrate", "lint", "--base", "atlas://nothing-yet", *DEV)

    assert (answer.code, "until version 2 (2 migrations in total)" in answer.out) == (0, True)
    assert answer.err == (
        "Warning: all files are taken for new, as atlas://nothing-yet is not there: "
        'repository "nothing-yet" not found\n'
    )


def test_a_tag_says_where_to_go_back_to(shop: Shell, served: Served) -> None:
    served.push(directory(ONE), "shop", tag="v1")
    served.push(directory(ONE, TWO), "shop", tag="v2")
    served.push(directory(ONE, TWO), "shop")
    target = ("--dir", "atlas://shop", "--url", "sqlite://app.db")
    shop.ok("migrate", "apply", *target)

    found = json.loads(shop.ok("migrate", "down", *target, "--to-tag", "v1", "--format", "{{ json . }}"))

    assert (found["Current"], found["Target"], found["Status"]) == ("1", "1", "APPLIED")


def answering(data: object) -> Transport:
    def answer(request: httpx.Request) -> httpx.Response:
        assert json.loads(request.content)["variables"] == {"slug": "shop"}
        return httpx.Response(200, json={"data": data})

    return Transport(RegistryAddress("https://registry.example", "t"), http=httpx.MockTransport(answer))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"dir": {"protectedFlows": {"migrateDown": True}}}, True),
        ({"dir": {"protectedFlows": {"migrateDown": False}}}, False),
        ({"dir": {"protectedFlows": None}}, False),
        ({"dir": None}, False),
    ],
)
def test_a_protected_flow_is_read(data: object, *, expected: bool) -> None:
    with answering(data) as transport:
        assert migrate_down_is_protected(transport, "shop") is expected
