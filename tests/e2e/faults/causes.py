"""The five faults. Each changes and makes resources at seeded moments, and says when its cause ended."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import httpx
import psycopg
import pymysql

from tests.e2e.faults.crowd import LOCK, LOCK_KEY, on_mariadb, on_postgres
from tests.waiting import wait_until

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from tests.controlplane.cluster import ControlPlane
    from tests.e2e.faults.crowd import Subject
    from tests.e2e.faults.eye import Eye, Wanted
    from tests.e2e.faults.replicas import Replicas
    from tests.servers.mariadb import MariaDBServer
    from tests.servers.postgres import PostgresServer

MID_FILE_S = 3.0
"""How long the file takes that is being run when something dies."""
MOST = 0.8
WRITERS = 4


class Change(NamedTuple):
    """What is wanted of a resource, and since when."""

    wanted: Wanted
    at: float


@dataclass
class Scene:
    """What a fault has to play with."""

    plane: ControlPlane
    postgres: PostgresServer
    mariadb: MariaDBServer
    eye: Eye
    replicas: Replicas
    chance: random.Random
    subjects: list[Subject] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    takeover_s: float = 0.0
    conflicts: int = 0

    def populate(self, prefix: str, size: int = 3) -> None:
        """Some resources that are Ready before anything happens: ``size`` migrations of one kind of server, fewer of the other."""
        made = [on_postgres(self.postgres, f"{prefix}-mig-{n}", "AtlasMigration") for n in range(size)]
        made += [
            on_mariadb(self.mariadb, f"{prefix}-mig-m{n}", "AtlasMigration") for n in range(1 + size // 2)
        ]
        made += [on_postgres(self.postgres, f"{prefix}-sch-0", "AtlasSchema")]
        made += [on_mariadb(self.mariadb, f"{prefix}-sch-m0", "AtlasSchema")]
        self.subjects = made
        self.changes = []
        for subject in made:
            self.want_more(subject)
        self.wait_ready([change.wanted for change in self.changes])
        self.changes = []

    def parted(self) -> tuple[list[Subject], list[Subject]]:
        """One migration of each kind of server, and all the others."""
        migrations = [one for one in self.subjects if one.kind == "AtlasMigration"]
        some = [next(one for one in migrations if one.is_postgres is kind) for kind in (True, False)]
        return some, [one for one in self.subjects if one not in some]

    def newcomers(self, prefix: str) -> list[Subject]:
        """Resources that are made while the fault lasts; their databases are there before it."""
        made = [
            on_postgres(self.postgres, f"{prefix}-new-0", "AtlasMigration"),
            on_postgres(self.postgres, f"{prefix}-new-1", "AtlasSchema"),
            on_mariadb(self.mariadb, f"{prefix}-new-m0", "AtlasMigration"),
        ]
        self.subjects += made
        return made

    def want_more(self, subject: Subject, sleep_s: float = 0.0) -> None:
        subject.grow(sleep_s)
        self.changes.append(Change(self.eye.write(subject), time.monotonic()))

    def run_into(self, *subjects: Subject, sleep_s: float) -> None:
        """Have each of these begin a change, and return when all of them are in the middle of a file."""
        for subject in subjects:
            self.want_more(subject, sleep_s)
        wait_until(
            lambda: all(subject.database.is_sleeping() for subject in subjects),
            lambda: [self.eye.status(subject.name) for subject in subjects],
            within_s=sleep_s,
            every_s=0.1,
        )

    def want_at_moments(self, subjects: list[Subject], within_s: float) -> None:
        """One change of each, at moments of chance."""
        begun = time.monotonic()
        for moment in sorted((self.chance.uniform(0, within_s), n) for n in range(len(subjects))):
            time.sleep(max(0.0, begun + moment[0] - time.monotonic()))
            self.want_more(subjects[moment[1]])

    def wait_ready(self, wanted: list[Wanted], within_s: float = 420.0) -> list[str]:
        """Wait; returns who is not Ready after all."""
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            if all(self.eye.is_ready(one) for one in wanted):
                return []
            time.sleep(0.1)
        return [f"{one.name}: {self.eye.status(one.name)}" for one in wanted if not self.eye.is_ready(one)]


def database_away(scene: Scene, length_s: float) -> float:
    """Both servers are killed in the middle of a file of each, and are away so long."""
    running, rest = scene.parted()
    others = [one for one in rest if scene.chance.random() < MOST]
    others += scene.newcomers("away")
    scene.run_into(*running, sleep_s=MID_FILE_S)
    scene.postgres.kill9()
    scene.mariadb.kill9()
    ends = time.monotonic() + length_s
    try:
        scene.want_at_moments(others, length_s * 0.95)
        time.sleep(max(0.0, ends - time.monotonic()))
    finally:
        scene.mariadb.restart()
        scene.postgres.restart()
    return time.monotonic()


def lock_of_another(scene: Scene, length_s: float) -> float:
    """Somebody else holds the lock of every PostgreSQL database and that of the MariaDB server."""
    others = [*scene.subjects, *scene.newcomers("lock")]
    with ExitStack() as held:
        for subject in others:
            if subject.is_postgres:
                held.enter_context(_held_postgres(subject))
        held.enter_context(_held_mariadb(scene.mariadb))
        ends = time.monotonic() + length_s
        scene.want_at_moments(others, length_s * 0.9)
        time.sleep(max(0.0, ends - time.monotonic()))
    return time.monotonic()


def api_server_restarted(scene: Scene, length_s: float) -> float:
    """It goes while some are in the middle of a file, and some have just been changed; more are made when it is back."""
    (first, _), others = scene.parted()
    new = scene.newcomers("api")
    scene.run_into(first, sleep_s=scene.chance.uniform(2.0, 2.0 + 2 * length_s))
    scene.want_at_moments(others, 0.3)
    scene.plane.stop_apiserver()
    time.sleep(length_s)
    scene.plane.start_apiserver()
    ended = time.monotonic()
    scene.want_at_moments(new, 1.0)
    return ended


def leader_killed(scene: Scene, length_s: float) -> float:
    """The leader is killed in the middle of a file of each kind of server; the other replica has to take over."""
    running, rest = scene.parted()
    others = [*rest, *scene.newcomers("lead")]
    scene.run_into(*running, sleep_s=MID_FILE_S)
    (leader,) = {holder for _, holder in scene.eye.holders[-1:]}
    scene.replicas.kill_leader(leader)
    killed = time.monotonic()
    scene.want_at_moments(others, length_s)
    wait_until(lambda: scene.eye.holders[-1][1] != leader, lambda: scene.eye.holders, within_s=60)
    scene.takeover_s = scene.eye.holders[-1][0] - killed
    return killed


def storm_of_writers(scene: Scene, length_s: float) -> float:
    """Others write the status of every resource while it is changed."""
    others = [*scene.subjects, *scene.newcomers("storm")]
    with storm(scene):
        scene.want_at_moments(others, length_s)
    return 0.0


@contextmanager
def storm(scene: Scene) -> Iterator[None]:
    """Others write the status of every resource as fast as they can, by patches and by whole objects."""
    over = threading.Event()
    counts: list[int] = []
    writers = [
        threading.Thread(target=lambda n=n: counts.append(_write_until(over, scene, n)), daemon=True)
        for n in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    try:
        yield
    finally:
        over.set()
        for writer in writers:
            writer.join(30)
    scene.conflicts = sum(counts)


def _held_postgres(subject: Subject) -> psycopg.Connection[tuple[object, ...]]:
    server = subject.database.server  # type: ignore[attr-defined]  # asked for PostgreSQL alone
    connection = psycopg.connect(
        host=server.host, port=server.port, user=server.user, password=server.password,
        dbname=subject.database.name, autocommit=True,
    )  # fmt: skip
    assert connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK_KEY,)).fetchone() == (True,)
    return connection


def _held_mariadb(server: MariaDBServer) -> pymysql.connections.Connection:
    connection = pymysql.connect(
        host=server.host, port=server.port, user=server.user, password=server.password
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT GET_LOCK(%s, 0)", (LOCK,))
        assert cursor.fetchone() == (1,)
    return connection


def _write_until(over: threading.Event, scene: Scene, number: int) -> int:
    """Write a field that is not the operator's; returns how often the API server said 409."""
    from tests.e2e.faults.eye import api_client

    conflicts, count = 0, 0
    with api_client(scene.plane.kubeconfig) as api:
        while not over.wait(0.005):
            count += 1
            subject = scene.subjects[count % len(scene.subjects)]
            path = scene.eye.path(subject.kind, subject.name)
            field_name = "approvalUrl" if subject.kind == "AtlasMigration" else "planURL"
            value = f"https://example.com/{number}-{count}"
            if number % 2:
                answer = api.patch(
                    f"{path}/status",
                    json={"status": {field_name: value}},
                    headers={"Content-Type": "application/merge-patch+json"},
                )
            else:
                body = api.get(path)
                if body.status_code != httpx.codes.OK:
                    continue
                found = body.json()
                found.setdefault("status", {})[field_name] = value
                answer = api.put(f"{path}/status", json=found)
            conflicts += answer.status_code == httpx.codes.CONFLICT
    return conflicts
