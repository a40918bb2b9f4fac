"""The resources of a drill: databases of their own, states that grow, and proof that nothing was done twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from tests.e2e.databases import OnMariaDB, OnPostgres, output_of
from tests.servers.postgres import postgres_program

if TYPE_CHECKING:
    from tests.e2e.databases import Database
    from tests.servers.mariadb import MariaDBServer
    from tests.servers.postgres import PostgresServer

Kind = Literal["AtlasMigration", "AtlasSchema"]
FILES_A_STEP = 3
LOCK = "atlas_migrate_execute"
LOCK_KEY = 2686470616
_JOURNAL = """
CREATE SCHEMA journal;
CREATE TABLE journal.ddl (tag text, object text);
CREATE FUNCTION journal.note() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO journal.ddl SELECT command_tag, object_identity FROM pg_event_trigger_ddl_commands();
END $$;
CREATE EVENT TRIGGER journal ON ddl_command_end EXECUTE FUNCTION journal.note();
"""
_REVISIONS = "SELECT version, applied, total, hash FROM atlas_schema_revisions ORDER BY version"


@dataclass
class Subject:
    """One resource and its database. Each step adds three files, or three tables."""

    name: str
    kind: Kind
    database: Database
    steps: list[float] = field(default_factory=list)
    """Seconds that the middle file of each step sleeps."""

    @property
    def is_postgres(self) -> bool:
        return isinstance(self.database, OnPostgres)

    def grow(self, sleep_s: float = 0.0) -> None:
        """Want more; a migration sleeps in the middle of its middle file."""
        self.steps.append(sleep_s)

    def spec(self) -> dict[str, Any]:
        if self.kind == "AtlasSchema":
            return {"url": self.database.url(), "schema": {"sql": self._tables()}}
        return {"url": self.database.url(), "dir": {"local": self._files()}}

    def standing(self) -> tuple[str, ...]:
        """Everything but names, owners and times: equal to that of a run that nothing befell."""
        found = [self._shape()]
        if self.kind == "AtlasMigration":
            found += [str(self.database.query(_REVISIONS)), str(self._log())]
        return tuple(found)

    def twice(self) -> list[str]:
        """What took effect more than once."""
        seen = Counter(self._log()) if self.kind == "AtlasMigration" else Counter[str]()
        if self.is_postgres:
            seen += Counter(
                f"{tag} {name}"
                for tag, name in self.database.query("SELECT tag, object FROM journal.ddl")
                if tag == "CREATE TABLE"
            )
        return [what for what, count in seen.items() if count > 1]

    def is_locked(self) -> bool:
        """Somebody holds the lock of a run."""
        if self.is_postgres:
            asked = f"SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = {LOCK_KEY}"
            return bool(
                self.database.query(
                    f"{asked} AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                )
            )
        return self.database.query(f"SELECT IS_USED_LOCK('{LOCK}')") != [(None,)]

    def _log(self) -> list[str]:
        return [f"file {number}" for (number,) in self.database.query("SELECT number FROM log ORDER BY 1")]

    def _files(self) -> dict[str, str]:
        files = {"000_log.sql": "CREATE TABLE log (number integer);\n"}
        for step, sleep_s in enumerate(self.steps):
            for place in range(FILES_A_STEP):
                number = step * FILES_A_STEP + place + 1
                lines = [f"CREATE TABLE t{number} (id integer);"]
                lines += [f"{self.database.sleep(sleep_s)};"] if sleep_s and place == 1 else []
                lines += [f"INSERT INTO log VALUES ({number});"]
                files[f"{number:03d}_t.sql"] = "\n".join(lines) + "\n"
        return files

    def _tables(self) -> str:
        count = len(self.steps) * FILES_A_STEP
        return "".join(f"CREATE TABLE s{number} (id integer NOT NULL);\n" for number in range(1, count + 1))

    def _shape(self) -> str:
        database = self.database
        if isinstance(database, OnMariaDB):
            asked = "SELECT table_name, column_name, column_type, is_nullable FROM information_schema.columns"
            return str(
                database.query(f"{asked} WHERE table_schema = '{database.name}' ORDER BY 1, ordinal_position")
            )
        assert isinstance(database, OnPostgres)
        server = database.server
        words = ["-h", server.host, "-p", str(server.port), "-U", server.user, "--schema-only", "--no-owner"]
        text = output_of(
            [str(postgres_program("pg_dump")), *words, "-n", "public", database.name],
            {"PGPASSWORD": server.password, "PGSSLMODE": "disable"},
        )
        return "\n".join(line for line in text.splitlines() if "restrict " not in line)


def on_postgres(server: PostgresServer, name: str, kind: Kind) -> Subject:
    """A subject whose database writes down every table that is made in it."""
    database = OnPostgres(server, password="drill")
    server.query(database.name, _JOURNAL)
    return Subject(name, kind, database)


def on_mariadb(server: MariaDBServer, name: str, kind: Kind) -> Subject:
    return Subject(name, kind, OnMariaDB(server, password="drill"))


def twin(subject: Subject) -> Subject:
    """The same wishes for a database of its own."""
    database = subject.database
    name = f"{subject.name}-twin"
    if isinstance(database, OnPostgres):
        found = on_postgres(database.server, name, subject.kind)
    else:
        assert isinstance(database, OnMariaDB)
        found = on_mariadb(database.server, name, subject.kind)
    found.steps = list(subject.steps)
    return found
