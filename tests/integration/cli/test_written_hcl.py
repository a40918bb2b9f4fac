"""Files as people write them after Atlas's documentation: taken without a warning, applied, and then synced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.cli.conftest import Shell
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

FILES = sorted((Path(__file__).parents[2] / "fixtures_hcl" / "written").glob("*.hcl"))
SYNCED = "Schema is synced, no changes to be made\n"


def files(dialect: str) -> pytest.MarkDecorator:
    found = [path for path in FILES if path.name.endswith(f".{dialect}.hcl")]
    return pytest.mark.parametrize("path", found, ids=lambda path: path.name.partition(".")[0])


@pytest.fixture
def postgres_urls(postgres: PostgresServer) -> Iterator[tuple[str, str]]:
    names = [postgres.create_database() for _ in range(2)]
    yield postgres.url(names[0]), postgres.url(names[1])
    for name in names:
        postgres.drop_database(name)


@files("pg")
def test_a_file_for_postgres_is_applied_once(
    atlas: Shell, postgres_urls: tuple[str, str], path: Path
) -> None:
    bound = "" if ".realm." in path.name else "&search_path=public"
    target, dev = (f"{url}{bound}" for url in postgres_urls)
    check(atlas, path.read_text(), f"--url={target}", f"--dev-url={dev}")


@files("my")
def test_a_file_for_mysql_is_applied_once_on_mariadb(
    atlas: Shell, mariadb: MariaDBServer, path: Path
) -> None:
    names = [mariadb.create_database() for _ in range(2)]
    text = path.read_text().replace("shop", names[0])
    try:
        check(atlas, text, f"--url={mariadb.url(names[0])}", f"--dev-url={mariadb.url(names[1])}")
    finally:
        for name in names:
            mariadb.drop_database(name)


@files("lt")
def test_a_file_for_sqlite_is_applied_once(atlas: Shell, sqlite_url: str, path: Path) -> None:
    check(atlas, path.read_text(), f"--url={sqlite_url}")


def check(atlas: Shell, text: str, url: str, *dev: str) -> None:
    """Apply; apply again; apply what an inspection prints."""
    (atlas.folder / "schema.hcl").write_text(text)
    words = ("schema", "apply", url, *dev, "--auto-approve", "--to")
    first = atlas(*words, "file://schema.hcl")
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("-- Planned Changes:\n")
    assert atlas.ok(*words, "file://schema.hcl") == SYNCED
    (atlas.folder / "printed.hcl").write_text(atlas.ok("schema", "inspect", url))
    assert atlas.ok(*words, "file://printed.hcl") == SYNCED
