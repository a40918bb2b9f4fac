"""What a manifest must not reach or break: other files of the machine, limits, names; each answered in words."""

from __future__ import annotations

import base64
import gzip
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from atlas.wire.archive import Entry, pack

from tests.integration.operator.desk import ONE, TWO, Desk, resource

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def neighbour(tmp_path: Path) -> Path:
    """A database of somebody else in a folder that is not allowed."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with closing(sqlite3.connect(folder / "their.db")) as connection:
        connection.execute("CREATE TABLE secret (word text)")
        connection.commit()
    return folder / "their.db"


def confined(desk: Desk, spec: dict[str, Any]) -> str:
    """What it prints for a resource ``shop`` when databases may lie in one folder alone."""
    folder = desk.folder / "allowed"
    folder.mkdir(exist_ok=True)
    desk.write("shop.yaml", resource("shop", {"url": f"sqlite://{folder / 'shop.db'}"} | spec))
    answer = desk.run("--once", "--allow-path", str(folder))
    assert "Traceback" not in answer.stderr
    return answer.stdout


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH '{path}' AS other;",
        "ATTACH 'file:{path}?mode=rw' AS other;",
        "ATTACH '{path}' || '' AS other;",
        "-- atlas:txmode none\n\nVACUUM INTO '{path}.copy';",
        "-- atlas:txmode none\n\nPRAGMA temp_store_directory = '{folder}';",
        "SELECT load_extension('{path}');",
    ],
    ids=["attach", "attach-uri", "attach-expression", "vacuum-into", "temporary-folder", "extension"],
)
def test_a_migration_reaches_no_file_but_its_own(desk: Desk, neighbour: Path, statement: str) -> None:
    before = {path.name: path.read_bytes() for path in neighbour.parent.iterdir()}
    text = statement.format(path=neighbour, folder=neighbour.parent)
    printed = confined(desk, {"dir": {"local": {"1_a.sql": f"{text}\n"}}})
    assert "Migrating" in printed
    assert "not authorized" in printed or "authorization denied" in printed
    assert {path.name: path.read_bytes() for path in neighbour.parent.iterdir()} == before


def test_what_stays_in_the_file_is_allowed(desk: Desk) -> None:
    text = "-- atlas:txmode none\n\nCREATE TABLE a (id integer);\nVACUUM;\nATTACH ':memory:' AS scratch;\n"
    assert "Applied" in confined(desk, {"dir": {"local": {"1_a.sql": text}}})


def test_a_link_out_of_the_folder_is_refused(desk: Desk, neighbour: Path) -> None:
    (desk.folder / "allowed").mkdir()
    (desk.folder / "allowed" / "shop.db").symlink_to(neighbour)
    assert "leads outside the folders" in confined(desk, {"dir": {"local": ONE}})


@pytest.mark.parametrize("name", ["../shop", "shop/../x", "a b", "shop?tag=v1", "größe", "$(id)", "a\nb"])
def test_a_repository_name_with_odd_characters_is_refused_by_name(desk: Desk, name: str) -> None:
    spec = {"dir": {"remote": {"name": name, "tag": "v1"}}, "cloud": {"url": "http://127.0.0.1:1"}}
    token = {"tokenFrom": {"secretKeyRef": {"name": "registry", "key": "token"}}}
    secret = {"kind": "Secret", "metadata": {"name": "registry"}, "stringData": {"token": "aci_x"}}
    desk.write("secret.yaml", secret)
    printed = confined(desk, spec | {"cloud": {"url": "http://127.0.0.1:1", **token}})
    assert name.partition("\n")[0] in printed
    assert "ConnectFailed" not in printed
    assert "Unavailable" not in printed


def test_a_bomb_of_an_archive_is_refused_in_words(desk: Desk) -> None:
    bomb = gzip.compress(pack([Entry("1_a.sql", b"-" * (80 * 2**20))]))
    data = {"dir.tar.gz": base64.b64encode(bomb).decode()}
    desk.write("files.yaml", {"kind": "ConfigMap", "metadata": {"name": "files"}, "binaryData": data})
    printed = confined(desk, {"dir": {"configMapRef": {"name": "files"}}})
    assert "ReadingMigrationData" in printed
    assert "configmap/files: the archive unpacks to more than" in printed


def test_two_megabytes_in_the_manifest_are_applied(desk: Desk) -> None:
    filler = "-- " + "x" * 1000 + "\n"
    files = {f"{n}_t.sql": filler * 500 + f"CREATE TABLE t{n} (id integer);\n" for n in range(1, 5)}
    assert "Applied" in confined(desk, {"dir": {"local": files}})


def test_names_of_files_may_have_spaces_and_letters_of_every_alphabet(desk: Desk) -> None:
    files = {"1_a b.sql": "CREATE TABLE a (id integer);", "2_größe_表.sql": "CREATE TABLE b (id integer);"}
    assert "Applied" in confined(desk, {"dir": {"local": files}})


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ({"dir": {"local": ONE, "configMapRef": {"name": "x"}}}, "both configmaps and local"),
        ({"dir": {"configMapRef": {"name": "nowhere"}}}, "configmap default/nowhere not found"),
        ({"dir": {"local": ONE}, "urlFrom": {"secretKeyRef": {"name": "x", "key": "k"}}}, "secret default/x not found"),
        ({"dir": {"local": ONE}, "urlFrom": {"secretKeyRef": {"name": "db", "key": "k"}}}, 'does not contain key "k"'),
        ({"dir": {"remote": {"name": "x"}}, "cloud": {"url": "http://127.0.0.1:1"}}, "needs spec.cloud.tokenFrom"),
        ({"dir": {"local": {"../1_a.sql": "SELECT 1;"}}}, "../1_a.sql"),
        ({"dir": {"local": TWO | {"atlas.sum": "h1:wrong=\n"}}}, "local: checksum mismatch"),
    ],
)  # fmt: skip
def test_a_spec_that_cannot_be_meant_is_answered_by_name(
    desk: Desk, spec: dict[str, Any], message: str
) -> None:
    secret = {"kind": "Secret", "metadata": {"name": "db"}, "stringData": {"url": "sqlite://x"}}
    desk.write("secret.yaml", secret)
    printed = confined(desk, spec)
    assert message in printed
    assert "InternalError" not in printed


def test_an_allowed_folder_may_be_given_from_where_the_operator_is_started(desk: Desk) -> None:
    desk.migration("shop", ONE)
    desk.run("--once", "--allow-path", ".")
    assert "a" in desk.tables("shop")
    desk.write("loose.yaml", resource("loose", {"url": "sqlite://loose.db", "dir": {"local": ONE}}))
    answer = desk.run("--once", "--allow-path", ".")
    assert (
        f'"loose.db" is relative; an operator takes absolute paths, below a folder of --allow-path ({desk.folder})'
        in (answer.stdout)
    )
    assert f"sqlite://{desk.folder}/loose.db" in answer.stdout
