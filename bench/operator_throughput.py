"""200 AtlasMigrations with 3 pending files each on databases made beforehand: from ``kubectl apply`` to all Ready."""

from __future__ import annotations

import statistics
import sys
import time
from datetime import datetime

from bench.cluster import (
    cluster,
    is_ready,
    listing,
    migration,
    operator,
    ready_names,
    resources,
    secret,
    wait_until,
)
from bench.measure import Goal, tell
from tests.controlplane.cluster import ControlPlane
from tests.servers.postgres import PostgresServer

RESOURCES = 200
FILES = (
    ("1_users.sql", "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);"),
    ("2_orders.sql", "CREATE TABLE orders (id integer PRIMARY KEY, user_id integer REFERENCES users (id));"),
    ("3_index.sql", "CREATE INDEX orders_user_id ON orders (user_id);"),
)


def main() -> bool:
    """Goal: at least 30 a second on two cores, with the API server and PostgreSQL beside it.

    NB: ``kubectl apply`` is part of the time. The client-side one asks for each object before it sends it, and on two
    cores it is slower than the operator; server-side apply is what GitOps controllers send.
    """
    server = PostgresServer.start(fsync=True, settings=("max_connections = 300",))
    try:
        with cluster() as plane, operator(plane):
            return measure(plane, server)
    finally:
        server.stop()


def measure(plane: ControlPlane, server: PostgresServer) -> bool:
    names = [f"shop-{number}" for number in range(RESOURCES)]
    databases = {name: server.create_database() for name in names}
    secrets = [
        secret(name, server.url(database) + "&search_path=public") for name, database in databases.items()
    ]
    plane.kubectl("apply", "-f", "-", input=listing(secrets))
    manifests = listing([migration(name, FILES, name) for name in names])
    start = time.monotonic()
    plane.kubectl("apply", "--server-side", "-f", "-", input=manifests)
    applied = time.monotonic() - start
    wait_until(lambda: ready_names(plane) == set(names), seconds=300)
    seconds = time.monotonic() - start
    for database in databases.values():
        assert server.query(database, "SELECT count(*) FROM public.atlas_schema_revisions") == [(len(FILES),)]
    waits = sorted(waits_s(plane))
    p99 = waits[int(len(waits) * 0.99) - 1]
    detail = f"[{seconds:.1f} s in all, {applied:.1f} s of them kubectl; apply to Ready p50 {statistics.median(waits):.1f} s, p99 {p99:.1f} s]"
    return tell("AtlasMigrations a second", RESOURCES / seconds, Goal(30, "/s", at_most=False), detail)


def waits_s(plane: ControlPlane) -> list[float]:
    """Seconds from creation to the Ready transition; both are stamped by the second."""
    items = resources(plane)
    return [ready_at(item) - stamp(item["metadata"]["creationTimestamp"]) for item in items if is_ready(item)]


def ready_at(item: dict[str, dict[str, list[dict[str, str]]]]) -> float:
    return next(
        stamp(entry["lastTransitionTime"])
        for entry in item["status"]["conditions"]
        if entry["type"] == "Ready"
    )


def stamp(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
