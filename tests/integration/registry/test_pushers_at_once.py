"""Pushers at once: nobody's content, version or tag is lost."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from atlas.errors import Conflict

from tests.integration.registry.conftest import Served, directory, serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.server.run import DataOptions

PUSHERS = 4
PUSHES = 25


def at_once(work: Callable[[int], None]) -> None:
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as error:  # noqa: BLE001 - the test fails with it below
            failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(PUSHERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def push_all(served: Served, pusher: int) -> None:
    for number in range(PUSHES):
        name = f"{pusher}-{number}"
        served.push(directory((f"1_{name}.sql", f"-- {name}\n")), tag=f"t{name}")


def assert_all_there(served: Served) -> None:
    [index] = served.registry.content.indexes()
    assert [version.ordinal for version in index.versions] == list(range(1, PUSHERS * PUSHES + 1))
    assert len({version.digest for version in index.versions}) == PUSHERS * PUSHES
    assert len(index.tags) == PUSHERS * PUSHES
    for pusher in range(PUSHERS):
        name = f"{pusher}-{PUSHES - 1}"
        assert served.pull(f"atlas://app?tag=t{name}").entries[1].name == f"1_{name}.sql"


def test_pushers_of_one_repository_lose_nothing(anywhere: Served) -> None:
    at_once(lambda pusher: push_all(anywhere, pusher))
    assert_all_there(anywhere)


def test_two_servers_of_one_store_lose_nothing(data: DataOptions) -> None:
    with serving(data) as one, serving(data) as two:
        at_once(lambda pusher: push_all((one, two)[pusher % 2], pusher))
        assert_all_there(one)
        assert_all_there(two)


def test_first_pushes_of_one_repository_make_it_once(anywhere: Served) -> None:
    entries = directory(("1.sql", "SELECT 1;\n"))
    urls: set[str] = set()
    at_once(lambda _: urls.add(anywhere.push(entries)))
    assert len(urls) == 1
    [index] = anywhere.registry.content.indexes()
    assert len(index.versions) == 1


CREATE = "mutation createRepo($input: CreateRepoInput!) { createRepo(input: $input) { id } }"


def push_one_tag(served: Served, pusher: int) -> bool:
    """Whether the push of content of its own under the one tag was taken."""
    try:
        served.push(directory((f"1_{pusher}.sql", f"-- {pusher}\n")), tag="v1")
    except Conflict:
        return False
    return True


def test_of_pushers_of_one_write_once_tag_the_first_has_it(anywhere: Served) -> None:
    wanted = {"name": "app", "type": "MIGRATION_DIRECTORY", "driver": "SQLITE", "tagPolicy": "write-once"}
    anywhere.post(CREATE, {"input": wanted})
    taken: set[int] = set()
    at_once(lambda pusher: taken.add(pusher) if push_one_tag(anywhere, pusher) else None)
    [first] = taken
    assert anywhere.pull("atlas://app?tag=v1").entries[1].name == f"1_{first}.sql"


def test_of_pushers_of_one_tag_that_moves_the_last_has_it(data: DataOptions) -> None:
    with serving(data) as one, serving(data) as two:
        at_once(lambda pusher: push_one_tag((one, two)[pusher % 2], pusher))
        [index] = one.registry.content.indexes()
        assert [version.ordinal for version in index.versions] == list(range(1, PUSHERS + 1))
        [digest] = {served.pull("atlas://app?tag=v1").digest for served in (one, two)}
        assert index.versions[index.tags["v1"].ordinal - 1].digest == digest
