"""``atlas registry backup``: a whole registry in a bucket, and a registry made of it that answers the same."""

from __future__ import annotations

import random
import shutil
import threading
from typing import TYPE_CHECKING, NamedTuple

import pytest
from atlas.buckets import open_bucket
from atlas.errors import Unauthorized
from atlas.server.run import DataOptions
from atlas.server.store.audit import audit_log
from atlas.server.store.tokens import create_token, list_tokens, revoke_token

from tests.integration.cli.conftest import Shell
from tests.integration.registry.conftest import A, B, Served, directory, serving
from tests.integration.registry.filled import SMALL, Size, fill, seen
from tests.integration.registry.person import shell_of
from tests.integration.registry.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.servers.postgres import PostgresServer

__all__ = ["place"]


class Night(NamedTuple):
    """A registry that serves, its data, and a shell beside it."""

    served: Served
    data: DataOptions
    shell: Shell

    def backup(self, url: str, *flags: str) -> list[str]:
        return self.shell.ok(
            "registry", "backup", "--data", str(self.data.folder), "--to", url, *flags
        ).splitlines()


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    data = DataOptions(tmp_path / "data")
    with serving(data) as served:
        yield Night(served, data, shell_of(tmp_path))


def keys(url: str) -> list[str]:
    return list(open_bucket(url).list(""))


def test_a_registry_of_a_backup_answers_as_the_one_that_was_lost(
    place: str, night: Night, tmp_path: Path
) -> None:
    size = SMALL if place.startswith(("file:", "s3:")) else Size(1, 1, 3)
    before = fill(night.served, size)
    revoked = create_token(night.served.registry, "acme", name="revoked")
    revoke_token(night.served.registry, max(token.id for token in list_tokens(night.served.registry)))
    tokens = list_tokens(night.served.registry)
    count, plans = size.directories + size.schemas, 2 * size.schemas
    sums = f"{count} repositories, {size.total} versions, {plans} plans, {len(tokens)} tokens"
    news = f"{size.total - size.directories} versions brought, {plans} plans brought"  # a state comes back in each

    assert night.backup(place)[-1].endswith(f": {sums}; {news}")
    there = keys(place)
    assert night.backup(place)[-1].endswith(f": {sums}; nothing new")
    assert night.backup(place, "--verify")[-1].endswith(f": {sums}; nothing new")
    assert keys(place) == there
    stored = b"".join(open_bucket(place).get(key).data for key in there)
    assert not [token for token in before.tokens.values() if token.encode() in stored]

    restored = tmp_path / "anew"
    printed = night.shell.ok("backup", "restore", place, "--data", str(restored)).splitlines()
    assert printed[-2:] == [
        f"{len(tokens) - 1} tokens let in again: revoke those that were revoked after the backup.",
        f"Indexed {count} repositories.",
    ]
    with serving(DataOptions(restored)) as after:
        assert list_tokens(after.registry)[:-1] == tokens
        assert {entry.action for entry in audit_log(after.registry, 1)} == {"token.restore", "token.create"}
        assert seen(after, before.tokens) == before
        with pytest.raises(Unauthorized):
            Served(after.registry, after.url, revoked).pull("atlas://app-0")
        same = Served(after.registry, after.url, before.tokens["acme"])
        assert same.push(A, "new") == f"https://registry.example/dirs/{len(before.indexes) + 1}"


def test_the_next_backup_copies_what_is_new(night: Night, tmp_path: Path) -> None:
    night.served.push(A)
    night.served.push(A, "other")
    url = (tmp_path / "backup").as_uri()
    night.backup(url)
    night.served.push(B, tag="v2")
    night.served.push(A, tag="v1")
    assert night.backup(url) == [
        "acme/app: 1 version brought",
        f"{url}: 2 repositories, 3 versions, 0 plans, 1 token; 1 version brought",
    ]
    night.served.push(A, tag="v2")  # a tag that moves brings no content
    assert night.backup(url)[-1].endswith("nothing new")
    assert restored(night, url, tmp_path) == indexes(night.served)


def test_a_backup_onto_the_content_store_itself_is_refused(night: Night, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("data", target_is_directory=True)
    answer = night.shell("registry", "backup", "--data", "data", "--to", f"file://{tmp_path}/link/content")
    assert answer.code == 1
    assert f"is within {tmp_path}/data, where the registry keeps its own data" in answer.err


@pytest.mark.parametrize("where", ["data/backup", "data", "elsewhere/backups", "away/../data/x"])
def test_a_backup_within_the_data_of_its_registry_is_refused(tmp_path: Path, where: str) -> None:
    data = DataOptions(tmp_path / "data", content=(tmp_path / "elsewhere").as_uri())
    with serving(data) as served:
        served.push(A)
    flags = ("--data", "data", "--content", data.content)
    before = sorted(tmp_path.rglob("*"))
    answer = shell_of(tmp_path)("registry", "backup", *flags, "--to", f"file://{tmp_path}/{where}")
    assert answer.code == 1
    assert "where the registry keeps its own data: a backup needs another place" in answer.err
    assert sorted(tmp_path.rglob("*")) == before
    assert "1 version brought" in shell_of(tmp_path).ok(
        "registry", "backup", *flags, "--to", f"file://{tmp_path}/data-backup"
    )


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ([], 'required flag(s) "to" not set'),
        (["--to", "ftp://x/y"], 'unknown bucket scheme "ftp"'),
        (
            ["--to", "s3://none/x?region=eu-central-1"],
            'the backup s3://none/x?region=eu-central-1 cannot be used: s3://none/x: bucket "none" not found',
        ),
    ],
)
def test_a_place_that_cannot_be_used_is_said_in_a_line(
    aws_environment: object, night: Night, tmp_path: Path, to: list[str], words: str
) -> None:
    answer = shell_of(tmp_path)("registry", "backup", "--data", "data", *to)
    assert (answer.code, answer.out) == (1, "")
    assert words in answer.err
    assert len(answer.err.splitlines()) == 1


def test_a_registry_that_is_not_there_is_not_backed_up(tmp_path: Path) -> None:
    answer = shell_of(tmp_path)("registry", "backup", "--data", "typo", "--to", (tmp_path / "b").as_uri())
    assert answer.code == 1
    assert "no registry in typo" in answer.err


def test_what_is_damaged_in_a_backup_is_mended(night: Night, tmp_path: Path) -> None:
    fill(night.served, Size(1, 1, 3))
    url = (tmp_path / "backup").as_uri()
    night.backup(url)
    victims = [
        *sorted((tmp_path / "backup").rglob("001_*.sql"))[:2],
        *sorted((tmp_path / "backup").rglob("*.plan.hcl"))[:1],
    ]
    for victim in victims[:2]:
        victim.write_bytes(b"DROP")
    victims[2].unlink()
    assert night.backup(url)[-1].endswith("nothing new")
    assert night.backup(url, "--verify")[-1].endswith("3 mended")
    assert night.backup(url, "--verify")[-1].endswith("nothing new")
    assert night.shell.ok("backup", "verify", url).splitlines()[0].endswith("0 damaged")


def test_what_is_damaged_in_the_registry_is_named_and_the_rest_is_backed_up(
    night: Night, tmp_path: Path
) -> None:
    night.served.push(A, "first")
    night.served.push(A, "second")
    [victim] = (tmp_path / "data" / "content" / "acme" / "directories" / "first").rglob("1_one.sql")
    victim.write_bytes(b"DROP")
    url = (tmp_path / "backup").as_uri()
    answer = night.shell("registry", "backup", "--data", "data", "--to", url)
    assert answer.code == 1
    assert '"1_one.sql" of version sha256:' in answer.out
    assert "acme/first: the registry: " in answer.out
    assert "the backup is not complete" in answer.err
    assert night.shell.ok("backup", "list", url).splitlines()[1:] == [
        "  acme/second (directory, sqlite): 1 version, 0 tags"
    ]


def test_a_backup_that_knows_more_than_the_registry_is_left_as_it_is(night: Night, tmp_path: Path) -> None:
    """The registry was brought back from somewhere older: a nightly job must not bury what is newer."""
    night.served.push(A)
    shutil.copytree(tmp_path / "data", tmp_path / "older")
    night.served.push(B)
    url = (tmp_path / "backup").as_uri()
    night.backup(url)
    held = {key: open_bucket(url).get(key).data for key in keys(url)}
    answer = night.shell("registry", "backup", "--data", "older", "--to", url)
    assert answer.code == 1
    assert "acme/app: the backup holds version 2 (sha256:" in answer.out
    assert "atlas backup restore" in answer.out
    assert {key: open_bucket(url).get(key).data for key in keys(url)} == held
    night.shell.ok("backup", "restore", url, "--data", "older")
    night.shell.ok("registry", "backup", "--data", "older", "--to", url)


def test_tokens_that_the_registry_never_knew_come_in_and_what_was_revoked_on_either_side_stays_out(
    night: Night, tmp_path: Path
) -> None:
    """The database is of Monday; the backup is of Tuesday, when tokens were made and revoked."""
    registry, url = night.served.registry, (tmp_path / "backup").as_uri()
    night.served.push(A)
    made = {name: create_token(registry, "acme", name=name) for name in ("kept", "revoked", "revoked later")}
    shutil.copytree(tmp_path / "data", tmp_path / "monday")
    numbers = {token.name: token.id for token in list_tokens(registry)}
    made["tuesday"] = create_token(registry, "acme", name="tuesday")
    revoke_token(registry, numbers["revoked"])
    night.backup(url)
    with serving(DataOptions(tmp_path / "monday")) as monday:  # makes a token, with the number of Tuesday's
        revoke_token(monday.registry, numbers["revoked later"])
    words = ("backup", "restore", url, "--data", "monday")
    assert night.shell.ok(*words).splitlines() == [
        "1 token let in again: revoke those that were revoked after the backup.",
        "1 token revoked, as in the backup.",
        "Indexed 1 repository.",
    ]
    assert night.shell.ok(*words) == "Indexed 1 repository.\n"
    with serving(DataOptions(tmp_path / "monday")) as after:
        for name, token in made.items():
            seen_by = Served(after.registry, after.url, token)
            if name.startswith("revoked"):
                with pytest.raises(Unauthorized):
                    seen_by.pull()
            else:
                assert seen_by.pull().entries == A


def test_tokens_are_looked_after_where_the_content_is_elsewhere(tmp_path: Path) -> None:
    with serving(DataOptions(tmp_path / "data", content=(tmp_path / "bucket").as_uri())) as served:
        served.push(A)
    shell_of(tmp_path).ok("registry", "token", "create", "--data", "data")
    assert not (tmp_path / "data" / "content").exists()


def test_pushes_during_backups_are_in_the_next_one(night: Night, tmp_path: Path) -> None:
    url, stop = (tmp_path / "backup").as_uri(), threading.Event()
    night.served.push(A)

    def push() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            night.served.push(
                directory(("1.sql", f"SELECT {number};\n")),
                f"app{number % 3}",
                tag=random.Random(number).choice(["prod", ""]),
            )

    pusher = threading.Thread(target=push)
    pusher.start()
    try:
        for _ in range(3):
            night.backup(url)
            assert night.shell.ok("backup", "verify", url).endswith("0 damaged\n")
    finally:
        stop.set()
        pusher.join()
    night.backup(url)
    assert restored(night, url, tmp_path) == indexes(night.served)


def test_a_registry_with_its_index_in_postgresql_comes_back_in_another(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    url, shell = (tmp_path / "backup").as_uri(), shell_of(tmp_path)
    one, other = (postgres.url(postgres.create_database()) for _ in range(2))
    with serving(DataOptions(tmp_path / "data", one)) as served:
        served.push(A, tag="v1")
        served.push(B)
        tokens = list_tokens(served.registry)
        answer = shell("registry", "backup", "--data", "data", "--database", one, "--to", url)
        assert (answer.code, answer.err) == (0, "")
        held = indexes(served)
    shell.ok("backup", "restore", url, "--data", "anew", "--database", other)
    with serving(DataOptions(tmp_path / "anew", other)) as after:
        assert list_tokens(after.registry)[:-1] == tokens
        assert indexes(after) == held
        same = Served(after.registry, after.url, served.token)
        assert same.pull("atlas://app?tag=v1").entries == A
        assert same.push(A, "new") == "https://registry.example/dirs/2"


def restored(night: Night, url: str, folder: Path) -> list[object]:
    night.shell.ok("backup", "restore", url, "--data", "anew")
    with serving(DataOptions(folder / "anew")) as after:
        return indexes(after)


def indexes(served: Served) -> list[object]:
    return list(served.registry.content.indexes())
