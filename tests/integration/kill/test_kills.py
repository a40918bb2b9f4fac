"""No statement runs twice, none is lost, and no lock stays, whenever a run is killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.integration.kill.killing import Kill, killed_chain, table_of

SCENARIOS = {
    ("postgres", "file"): 30,
    ("postgres", "none"): 30,
    ("mariadb", "file"): 30,
    ("mariadb", "none"): 10,
    ("sqlite", "file"): 10,
    ("sqlite", "none"): 10,
}
"""How often each is killed."""


@pytest.fixture
def fresh(
    request: pytest.FixtureRequest, folder_on_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], str]]:
    """Makes one empty database after another on the server that the test names."""
    name = request.getfixturevalue("server")
    numbers = count()
    if name == "sqlite":
        monkeypatch.setenv("TMPDIR", str(folder_on_disk))
        yield lambda: f"sqlite://{folder_on_disk}/{next(numbers)}.db"
        return
    server = request.getfixturevalue(name)
    made: list[str] = []

    def make() -> str:
        made.append(server.create_database())
        url = server.url(made[-1])
        return url if name == "mariadb" else f"{url}{'&' if '?' in url else '?'}search_path=public"

    yield make
    for database in made:
        server.drop_database(database)


@pytest.mark.slow
@pytest.mark.parametrize(("server", "mode"), SCENARIOS)
def test_a_killed_run_is_continued_without_running_anything_twice(
    server: str, mode: str, fresh: Callable[[], str]
):
    wanted = SCENARIOS[server, mode]
    kills = killed_chain(fresh, server, mode, wanted, seed=list(SCENARIOS).index((server, mode)))
    print(table_of(kills))
    assert wanted <= len(kills)
    assert sum(kill.inside for kill in kills) >= wanted // 2
    assert_only_transactions_need_no_eyes(kills)


def assert_only_transactions_need_no_eyes(kills: list[Kill]) -> None:
    """In a transaction of a server that rolls DDL back nobody has to look; elsewhere it happens."""
    looked = [kill for kill in kills if kill.outcome.startswith("StatementInterrupted")]
    is_transactional = kills[0].mode == "file" and kills[0].server != "mariadb"
    assert bool(looked) is not is_transactional
