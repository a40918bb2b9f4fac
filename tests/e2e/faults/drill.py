"""One seed: every fault in turn over resources of its own, and what came of each."""

from __future__ import annotations

import random
import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.e2e.faults import causes
from tests.e2e.faults.crowd import twin
from tests.e2e.faults.eye import Eye, api_client
from tests.e2e.faults.replicas import Replicas, wait_for_leader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.controlplane.cluster import ControlPlane
    from tests.e2e.faults.crowd import Subject
    from tests.servers.mariadb import MariaDBServer
    from tests.servers.postgres import PostgresServer

    Cause = Callable[[causes.Scene, float], float]

FAULTS = {
    "database away": (causes.database_away, 60.0),
    "lock of another": (causes.lock_of_another, 30.0),
    "API server restarted": (causes.api_server_restarted, 3.0),
    "leader killed": (causes.leader_killed, 5.0),
    "storm of writers": (causes.storm_of_writers, 30.0),
}
"""What befalls them, and for how many seconds."""


@dataclass
class Result:
    """What came of one fault.

    Attributes:
        seconds: From the end of the cause, or from the change if it came later, to Ready; of those only that were not Ready
            when the cause ended. Where the cause has no end (a storm that is no obstacle), from the change.
        manual: Who needed a hand.
        wrong: What must not be: done twice, a lock that is left, a database that is not as it should be.
    """

    fault: str
    seconds: list[float] = field(default_factory=list)
    already: int = 0
    takeover_s: float = 0.0
    conflicts: int = 0
    twice: list[str] = field(default_factory=list)
    manual: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not (self.twice or self.manual or self.wrong)


@dataclass
class World:
    """The servers of a drill."""

    plane: ControlPlane
    postgres: PostgresServer
    mariadb: MariaDBServer
    folder: Path


def befallen(scene: causes.Scene, fault: str, cause: Cause, length_s: float, size: int = 3) -> Result:
    """One fault and everything after it."""
    scene.takeover_s, scene.conflicts = 0.0, 0
    scene.populate(fault.split(maxsplit=1)[0].lower(), size)
    ended = cause(scene, length_s)
    found = Result(fault, takeover_s=scene.takeover_s, conflicts=scene.conflicts)
    found.manual = scene.wait_ready([change.wanted for change in scene.changes])
    for change in scene.changes:
        ready_at = scene.eye.ready_at.get(change.wanted)
        if ready_at is None:
            continue
        if ready_at < ended:
            found.already += 1
        else:
            found.seconds.append(ready_at - max(ended, change.at))
    scene.replicas.bring_back()
    _look_into(scene, found)
    return found


def _look_into(scene: causes.Scene, found: Result) -> None:
    """Compare everything with what a run without faults makes of it."""
    twins = [twin(subject) for subject in scene.subjects]
    wanted = [scene.eye.write(one) for one in twins]
    found.wrong += scene.wait_ready(wanted, 120.0)
    for subject, other in zip(scene.subjects, twins, strict=True):
        found.twice += [f"{subject.name}: {what}" for what in subject.twice()]
        if subject.is_locked():
            found.wrong.append(f"{subject.name}: somebody holds its lock")
        if subject.standing() != other.standing():
            found.wrong.append(f"{subject.name}: {subject.standing()} is not {other.standing()}")
        found.wrong += _not_settled(subject, scene)
    found.wrong += scene.replicas.defects()


def _not_settled(subject: Subject, scene: causes.Scene) -> list[str]:
    status = scene.eye.status(subject.name)
    states = {one["type"]: one["status"] for one in status.get("conditions", ())}
    is_well = states == {"Ready": "True", "Reconciling": "False", "Stalled": "False"}
    return [] if is_well and not status.get("failed") else [f"{subject.name}: {status}"]


@contextmanager
def scene_of(world: World, seed: int) -> Iterator[causes.Scene]:
    """A namespace with two operators; all of it is gone afterwards."""
    namespace = f"drill-{seed}-{secrets.token_hex(3)}"
    world.plane.kubectl("create", "namespace", namespace)
    folder = world.folder / namespace
    folder.mkdir()
    dev = world.postgres.create_database()
    words = ["--kubeconfig", str(world.plane.kubeconfig), "--namespace", namespace]
    words += ["--leader-elect", "--leader-election-namespace", namespace]
    words += ["--dev-url", f"postgres={world.postgres.url(dev)}&search_path=public"]
    words += ["--dev-url", f"mariadb={world.mariadb.url(world.mariadb.create_database(), scheme='mariadb')}"]
    with (
        api_client(world.plane.kubeconfig) as api,
        api_client(world.plane.kubeconfig) as looking,
        Eye(api, looking, namespace) as eye,
        Replicas(folder, words) as replicas,
    ):
        wait_for_leader(replicas)
        yield causes.Scene(world.plane, world.postgres, world.mariadb, eye, replicas, random.Random(seed))
