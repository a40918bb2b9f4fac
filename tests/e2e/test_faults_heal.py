"""Two faults of the drill, shorter: what was wanted meanwhile comes to be without a hand, and nothing is done twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.faults import causes
from tests.e2e.faults.crowd import on_mariadb, on_postgres
from tests.e2e.faults.drill import Result, World, befallen, scene_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.controlplane.client import Kubectl
    from tests.controlplane.cluster import ControlPlane
    from tests.e2e.faults.crowd import Kind, Subject
    from tests.servers.mariadb import MariaDBServer
    from tests.servers.postgres import PostgresServer

AWAY_S = 6.0
TAKEN_OVER_WITHIN_S = 45.0
"""The times of the lease say 15 s, and a machine with room takes no more than 20."""


@pytest.fixture
def scene(
    control_plane: ControlPlane,
    with_crds: Kubectl,
    postgres: PostgresServer,
    mariadb: MariaDBServer,
    tmp_path: Path,
) -> Iterator[causes.Scene]:
    """Two operators, and servers that are there again afterwards."""
    with scene_of(World(control_plane, postgres, mariadb, tmp_path), seed=1) as found:
        yield found
    for server in (postgres, mariadb):
        if not server.answers():
            server.restart()


@pytest.mark.parametrize("make", [on_postgres, on_mariadb])
def test_the_drill_sees_what_is_done_twice_or_not_at_all(
    make: Callable[[Any, str, Kind], Subject], request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue(make.__name__.removeprefix("on_"))
    subject, other = (make(server, name, "AtlasMigration") for name in ("one", "two"))
    for one in (subject, other):
        one.database.query("CREATE TABLE log (number integer)")
        one.database.query(
            "CREATE TABLE atlas_schema_revisions (version text, applied int, total int, hash text)"
        )
        one.database.query("INSERT INTO log VALUES (1)")
    assert subject.twice() == []
    assert subject.standing() == other.standing()
    subject.database.query("INSERT INTO log VALUES (1)")
    assert subject.twice() == ["file 1"]
    assert subject.standing() != other.standing()
    subject.database.query("DELETE FROM log")
    other.database.query("CREATE TABLE more (id integer)")
    assert subject.standing() != other.standing()
    assert not subject.is_locked()


def check(found: Result) -> None:
    assert found.twice == []
    assert found.manual == []
    assert found.wrong == []


def test_databases_that_are_away_are_found_again_and_everything_wanted_meanwhile_comes_to_be(
    scene: causes.Scene,
) -> None:
    check(befallen(scene, "database away", causes.database_away, AWAY_S, size=1))


def killed_in_a_storm(scene: causes.Scene, length_s: float) -> float:
    with causes.storm(scene):
        return causes.leader_killed(scene, length_s)


def test_a_leader_that_is_killed_in_mid_file_is_followed_by_another_amid_a_storm_of_writers(
    scene: causes.Scene,
) -> None:
    found = befallen(scene, "leader killed", killed_in_a_storm, 2.0, size=1)
    check(found)
    assert found.takeover_s <= TAKEN_OVER_WITHIN_S
    assert found.conflicts > 0
