"""A schema of 1,000 tables: inspecting it, and a diff with three changes, against the servers' own programs.

Wall time is of whole commands, ours and theirs in turns. CPU is of our process alone, without the server's.
``python -m bench.schema_size postgres`` measures one of ``postgres``, ``mariadb`` and ``sqlite``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.measure import Goal, median_of_pairs, seconds_of, tell
from bench.schema_peers import mariadb_peer, postgres_peer, sqlite_peer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.schema_peers import Peer

TABLES = 1000
REPEATS = 5
ATLAS = str(Path(sys.executable).parent / "atlas")
_PEERS = {"postgres": postgres_peer, "mariadb": mariadb_peer, "sqlite": sqlite_peer}
_TYPES = {
    "postgres": ("bigint", "text", "numeric(10,2)", "timestamptz"),
    "mariadb": ("bigint", "varchar(80)", "decimal(10,2)", "datetime"),
    "sqlite": ("integer", "text", "numeric(10,2)", "datetime"),
}


def main(names: Sequence[str] = ()) -> bool:
    """Goals: inspect at most 2 dumps, diff at most 1.5 times a load and two dumps; CPU 1 s and 3 s; 12 queries.

    ``bench.schema_peers`` has those that are others for one database.
    """
    met = []
    with tempfile.TemporaryDirectory() as folder:
        for name in names or _PEERS:
            with _PEERS[name](Path(folder), script(name)) as peer:
                met += measured(peer, Path(folder))
    return all(met)


def script(dialect: str, *, changed: bool = False) -> str:
    """1,000 tables of 10 columns, two indexes each, a foreign key to the table before; three changes on demand."""
    number, text, amount, moment = _TYPES[dialect]
    lines = []
    for n in range(1, TABLES + 1):
        columns = [f"id {number} NOT NULL PRIMARY KEY", f"parent {number}", f"name {text} NOT NULL"]
        columns += [f"note{i} {text}" for i in range(4)]
        columns += [f"total {amount} DEFAULT 0", f"created {moment}", f"state {number} NOT NULL DEFAULT 1"]
        if changed and n == TABLES // 2:
            columns.append(f"added {text}")
        if n > 1:
            columns.append(f"CONSTRAINT t{n}_fk FOREIGN KEY (parent) REFERENCES t{n - 1} (id)")
        lines.append(f"CREATE TABLE t{n} ({', '.join(columns)});")
        lines.append(f"CREATE INDEX t{n}_state ON t{n} (state);")
        if not (changed and n == 1):
            lines.append(f"CREATE INDEX t{n}_created ON t{n} (created, state);")
    if changed:
        lines.append("CREATE INDEX t2_total ON t2 (total);")
    return "\n".join(lines) + "\n"


def measured(peer: Peer, folder: Path) -> list[bool]:
    """The lines of one database."""
    desired = folder / f"{peer.name}.sql"
    desired.write_text(script(peer.name, changed=True))
    inspect = [ATLAS, "schema", "inspect", "--url", peer.url]
    diff = [
        ATLAS,
        "schema",
        "diff",
        "--from",
        peer.url,
        "--to",
        f"file://{desired}",
        "--dev-url",
        peer.dev_url,
    ]
    assert output(inspect).count('table "') == TABLES
    statements = [line for line in output(diff).splitlines() if line and not line.startswith("--")]
    assert len(statements) == 3, statements
    inspect_s, dump_s = median_of_pairs(timed(inspect), lambda: seconds_of(peer.dump), repeats=REPEATS)
    diff_s, limit_s = median_of_pairs(timed(diff), lambda: load_and_dumps(peer), repeats=REPEATS)
    queries, inspect_cpu, diff_cpu = costs(peer, desired)
    return [
        tell(
            f"inspect of {TABLES} tables on {peer.name} / dump",
            inspect_s / dump_s,
            Goal(peer.inspect_goal, "x"),
            f"[{inspect_s:.2f} s, dump {dump_s:.2f} s]",
        ),
        tell(
            f"diff on {peer.name} / load + 2 dumps",
            diff_s / limit_s,
            Goal(peer.diff_goal, "x"),
            f"[{diff_s:.2f} s, load + 2 dumps {limit_s:.2f} s]",
        ),
        tell(f"CPU of inspect on {peer.name}", inspect_cpu, Goal(1, " s")),
        tell(f"CPU of a diff on {peer.name}", diff_cpu, Goal(3, " s")),
        tell(f"queries of inspect on {peer.name}", queries, Goal(peer.query_goal, "")),
    ]


def load_and_dumps(peer: Peer) -> float:
    """What a diff cannot do without: the current state read, the desired one made and read."""
    return seconds_of(peer.load) + seconds_of(peer.dump) + seconds_of(peer.dump)


def costs(peer: Peer, desired: Path) -> tuple[int, float, float]:
    """Queries and CPU of one inspection; and CPU of a whole diff with loading the desired state."""
    from atlas.drivers import open_driver, schema_driver
    from atlas.engine.database_url import parse_database_url
    from atlas.engine.desired_state import SqlScript, SqlState, normalize
    from atlas.engine.plan import PlanOptions, make_plan
    from atlas.engine.restrict import inspect_realm
    from atlas.engine.scope import Scope

    url = parse_database_url(peer.url)
    driver, scope = schema_driver(peer.name), Scope(bound=url.schema)
    database, dev = open_driver(url), open_driver(parse_database_url(peer.dev_url))
    asked = counted(database.session)
    try:
        start = time.process_time()
        current = inspect_realm(driver, database, scope)
        inspect_cpu, queries = time.process_time() - start, sum(asked)
        state = SqlState((SqlScript(desired.name, desired.read_text()),))
        normal = normalize(state, driver=driver, dev=driver.dev(dev), scope=scope, dialect=peer.name)
        plan = make_plan(driver, current, normal.realm, PlanOptions(bound=scope.bound))
        assert len(plan.changes) == 3, plan.changes
        return queries, inspect_cpu, time.process_time() - start
    finally:
        database.session.close()
        dev.session.close()


def counted(session: object) -> list[int]:
    """A list that grows by the number of queries of each call; PostgreSQL's come as streams."""
    asked: list[int] = []
    for name, size in (("query", lambda _sql: 1), ("stream", len)):
        plain = getattr(session, name, None)
        if plain is not None:

            def counting(first: Any, *rest: Any, _plain: Any = plain, _size: Any = size, **more: Any) -> Any:
                asked.append(_size(first))
                return _plain(first, *rest, **more)

            setattr(session, name, counting)
    return asked


def output(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def timed(command: list[str]) -> Callable[[], float]:
    return lambda: seconds_of(lambda: output(command))


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:]) else 1)
