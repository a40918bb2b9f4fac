"""One database of a server with a user of its own: what its owner, the operator and an eyewitness see of it."""

from __future__ import annotations

import os
import secrets
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from tests.servers.postgres import postgres_program

if TYPE_CHECKING:
    from tests.servers.mariadb import MariaDBServer
    from tests.servers.postgres import PostgresServer

# NB: a password as generators make them; half of it means something in a URL.
HARD = "p@ss/w:rd?#%&='\"$ "


def new_password() -> str:
    return HARD + secrets.token_hex(4)


class Database(Protocol):
    """The same questions to each kind of server."""

    name: str
    dev_url: str

    def url(self) -> str:
        """The URL of its user with the password of now."""

    def rotate(self) -> None:
        """Give its user another password; the one before is worth nothing at once."""

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """As the superuser."""

    def tables(self) -> set[str]: ...

    def dump(self) -> str:
        """All of it, by the server's own program."""

    def revisions(self) -> list[tuple[Any, ...]]:
        """The rows of the table of revisions, and where the server tells, which transaction wrote them."""

    def sleep(self, seconds: float) -> str:
        """A statement that takes so long."""

    def is_sleeping(self) -> bool:
        """Somebody runs such a statement in this database now."""


@dataclass
class OnPostgres:
    """A database that belongs to a role of its name."""

    server: PostgresServer
    name: str = ""
    dev_url: str = "postgres://127.0.0.1/dev"
    password: str = field(default_factory=new_password)

    def __post_init__(self) -> None:
        self.name = self.server.create_database()
        literal = self.password.replace("'", "''")
        self.server.query("postgres", f"CREATE ROLE \"{self.name}\" LOGIN PASSWORD '{literal}'")
        self.server.query("postgres", f'ALTER DATABASE "{self.name}" OWNER TO "{self.name}"')
        self.server.query(self.name, f'ALTER SCHEMA public OWNER TO "{self.name}"')

    def url(self) -> str:
        address = f"{self.server.host}:{self.server.port}/{self.name}"
        return f"postgres://{self.name}:{quote(self.password, safe='')}@{address}?sslmode=disable&search_path=public"

    def rotate(self) -> None:
        self.password = new_password()
        literal = self.password.replace("'", "''")
        self.server.query("postgres", f"ALTER ROLE \"{self.name}\" PASSWORD '{literal}'")

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        return self.server.query(self.name, sql)

    def tables(self) -> set[str]:
        rows = self.query(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        return {str(name) for (name,) in rows}

    def dump(self) -> str:
        words = ["-h", self.server.host, "-p", str(self.server.port), "-U", self.server.user, self.name]
        environ = {**os.environ, "PGPASSWORD": self.server.password, "PGSSLMODE": "disable"}
        text = output_of([str(postgres_program("pg_dump")), *words], environ)
        return "\n".join(line for line in text.splitlines() if "restrict " not in line)

    def revisions(self) -> list[tuple[Any, ...]]:
        return self.query(
            "SELECT xmin::text, ctid::text, r.* FROM atlas_schema_revisions AS r ORDER BY version"
        )

    def sleep(self, seconds: float) -> str:
        return f"SELECT pg_sleep({seconds})"

    def is_sleeping(self) -> bool:
        asked = (
            "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep%' AND datname = "
        )
        return bool(self.server.query("postgres", f"{asked}'{self.name}'"))


@dataclass
class OnMariaDB:
    """A database that a user of its name may do everything in."""

    server: MariaDBServer
    name: str = ""
    dev_url: str = "mariadb://127.0.0.1/dev"
    password: str = field(default_factory=new_password)

    def __post_init__(self) -> None:
        self.name = self.server.create_database()
        self.server.query("", f"CREATE USER '{self.name}'@'%' IDENTIFIED BY '{self._literal()}'")
        self.server.query("", f"GRANT ALL ON `{self.name}`.* TO '{self.name}'@'%'")

    def url(self) -> str:
        address = f"{self.server.host}:{self.server.port}/{self.name}"
        return f"maria://{self.name}:{quote(self.password, safe='')}@{address}"

    def rotate(self) -> None:
        self.password = new_password()
        self.server.query("", f"ALTER USER '{self.name}'@'%' IDENTIFIED BY '{self._literal()}'")

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        return self.server.query(self.name, sql)

    def tables(self) -> set[str]:
        return {str(name) for (name,) in self.query("SHOW TABLES")}

    def dump(self) -> str:
        words = ["-h", self.server.host, "-P", str(self.server.port), "-u", self.server.user]
        environ = {**os.environ, "MYSQL_PWD": self.server.password}
        return output_of(["mariadb-dump", "--no-defaults", "--skip-dump-date", *words, self.name], environ)

    def revisions(self) -> list[tuple[Any, ...]]:
        return self.query("SELECT * FROM atlas_schema_revisions ORDER BY version")

    def sleep(self, seconds: float) -> str:
        return f"DO SLEEP({seconds})"

    def is_sleeping(self) -> bool:
        asked = "SELECT 1 FROM information_schema.processlist WHERE info LIKE '%SLEEP(%' AND info NOT LIKE '%processlist%'"
        return bool(self.server.query("", f"{asked} AND db = '{self.name}'"))

    def _literal(self) -> str:
        return self.password.replace("\\", "\\\\").replace("'", "''")


def output_of(words: list[str], environ: dict[str, str]) -> str:
    answer = subprocess.run(words, env=environ, capture_output=True, text=True, check=False, timeout=60)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout
