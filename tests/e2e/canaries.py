"""The table of canaries: where a secret is planted, how what holds it fails, and in which words that is told.

Each has a word of its own, so a song has the name of the bird. The words that are told are looked for as well: a failure
that was never reached would prove nothing.
"""

from __future__ import annotations

import base64
import http.server
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tests.e2e.conftest import GROUP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.servers.mariadb import MariaDBServer
    from tests.servers.postgres import PostgresServer

MIGRATION, SCHEMA = "AtlasMigration", "AtlasSchema"
TABLE = {"sql": "CREATE TABLE a (id integer);"}
NOBODY = "127.0.0.1:1"


def word_of(name: str) -> str:
    """The secret of a canary: letters and digits, which no encoding of a URL and no escape changes."""
    return f"k{sha256(name.encode()).hexdigest()[:15]}"


def songs(name: str, seen: Mapping[str, str]) -> list[str]:
    """The places in which a canary sings, in whatever key: as it is, in base64 at any place of a text, or in hex."""
    word = word_of(name)
    keys = {word, word.upper(), word[::-1], word.encode().hex()}
    for before in ("", "x", "xx"):
        encoded = base64.b64encode((before + word).encode()).decode().rstrip("=")
        keys.add(encoded[len(before) + (len(before) > 0) : -1])
    return [place for place, text in seen.items() if any(key in text for key in keys)]


@dataclass(frozen=True)
class Canary:
    """One resource that fails. ``says`` is in its message, ``planted`` and ``fails`` are for people."""

    name: str
    planted: str
    fails: str
    says: str
    spec: dict[str, Any] = field(repr=False)
    kind: str = MIGRATION

    def manifest(self) -> dict[str, Any]:
        return {"apiVersion": GROUP, "kind": self.kind, "metadata": {"name": self.name}, "spec": self.spec}


@dataclass(frozen=True)
class Aviary:
    """The servers that canaries fail on; ``registry`` is the address of one that says no, ``echo`` of one that repeats."""

    postgres: PostgresServer
    mariadb: MariaDBServer
    registry: str
    echo: str

    def canaries(self) -> tuple[Canary, ...]:
        return (
            *self._addresses(),
            *self._secrets(),
            *self._registries(),
            *self._statements_of_postgres(),
            *self._statements_of_others(),
            *self._project_files(),
            *self._schemas(),
        )

    def secret(self) -> dict[str, str]:
        """The values of the Secret ``canary``, by the names of those they belong to."""
        names = ("no-url", "password-from", "token-refused", "registry-down", "token-echoed", "of-variable")
        return {name: word_of(name) for name in names} | {
            "url-from": self._wrong("url-from"),
            "token-of-two-lines": f"aci_{word_of('token-of-two-lines')}\nx",
            "dev-url-from": self._wrong("dev-url-from"),
        }

    def bucket_secret(self) -> dict[str, str]:
        """The Secret ``bucket``: keys of a cloud that refuses them."""
        return {"AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": word_of("keys-of-a-bucket")}

    def _wrong(self, name: str, more: str = "") -> str:
        return f"postgres://app:{word_of(name)}@127.0.0.1:{self.postgres.port}/app?sslmode=disable{more}"

    def _addresses(self) -> tuple[Canary, ...]:
        server = f"127.0.0.1:{self.postgres.port}"
        rows = (
            ("wrong-password", "password of a URL", "the server refuses it", "password authentication failed", f"postgres://app:{{}}@{server}/app"),
            ("nobody-there", "password of a URL", "nobody listens", "connection refused", f"postgres://app:{{}}@{NOBODY}/app"),
            ("no-port", "password of a URL", "the port is a word", "invalid port", "postgres://app:{}@127.0.0.1:port/app"),
            ("at-sign", "password with an @", "nobody listens", "connection refused", f"postgres://app:{{}}@{{}}@{NOBODY}/app"),
            ("slash", "password with a /", "it is read as a port", "invalid port", f"postgres://app:x/{{}}@{NOBODY}/app"),
            ("space", "password with a space", "a URL has none", "invalid userinfo", f"postgres://app:{{}} x@{NOBODY}/app"),
            ("half-encoded", "password with %zz", "it does not decode", "%25", f"postgres://app:{{}}%zz@{NOBODY}/app"),
            ("no-scheme", "password of a URL", "there is no scheme", "missing scheme", f"app:{{}}@{server}/app"),
            ("unknown-key", "misspelt key of a URL", "there is no such key", "pasword", self.postgres.url() + "&pasword={}"),
            ("key-of-url", "key password of a URL", "the server refuses it", "authentication failed", f"postgres://app@{server}/app?password={{}}"),
            ("maria", "password of a URL", "the server refuses it", "Access denied", f"maria://app:{{}}@127.0.0.1:{self.mariadb.port}/app"),
            ("sqlite-key", "key of a SQLite URL", "there is no such key", "_auth_pass", "sqlite://{folder}/x.db?_auth_pass={}"),
        )  # fmt: skip
        here = {"dir": {"local": {"1_a.sql": "SELECT 1;"}}}
        return tuple(
            Canary(name, planted, fails, says, {"url": url.replace("{}", word_of(name)), **here})
            for name, planted, fails, says, url in rows
        )

    def _secrets(self) -> tuple[Canary, ...]:
        here = {"dir": {"local": {"1_a.sql": "SELECT 1;"}}}
        parts = {
            "scheme": "postgres",
            "user": "app",
            "host": "127.0.0.1",
            "port": self.postgres.port,
            "database": "app",
        }
        given = {"credentials": parts | {"password": word_of("in-parts")}}
        named = {"credentials": parts | {"passwordFrom": key_of("password-from")}}
        return (
            Canary("url-from", "URL in a Secret", "the server refuses it", "authentication failed", {"urlFrom": key_of("url-from"), **here}),
            Canary("no-url", "Secret of another kind as URL", "it is no URL", "missing scheme", {"urlFrom": key_of("no-url"), **here}),
            Canary("in-parts", "credentials.password", "the server refuses it", "authentication failed", {**given, **here}),
            Canary("password-from", "credentials.passwordFrom", "the server refuses it", "authentication failed", {**named, **here}),
        )  # fmt: skip

    def _registries(self) -> tuple[Canary, ...]:
        shop = {"url": "sqlite://{folder}/x.db", "dir": {"remote": {"name": "shop"}}}

        def cloud(url: str, name: str, **more: Any) -> dict[str, Any]:
            return {**shop, "cloud": {"url": url, "tokenFrom": key_of(name), **more}}

        sas = {"backup": [{"url": f"azblob://b?sv=1&sig={word_of('sas-of-a-bucket')}"}]}
        keys = {
            "backup": [
                {
                    "url": f"s3://b?region=x&endpoint=http://{NOBODY}",
                    "credentialsFrom": {"secretRef": {"name": "bucket"}},
                }
            ]
        }
        user = f"http://user:{word_of('address-with-user')}@{NOBODY}"
        return (
            Canary("token-refused", "token", "the registry refuses it", "Unauthorized", cloud(self.registry, "token-refused")),
            Canary("registry-down", "token", "nobody listens", "refused", cloud(f"http://{NOBODY}", "registry-down")),
            Canary("token-echoed", "token", "an answer repeats it", "500", cloud(self.echo, "token-echoed")),
            Canary("token-of-two-lines", "token with a line break", "no header can hold it", "token", cloud(self.registry, "token-of-two-lines")),
            Canary("address-with-user", "password of a registry's URL", "an address has none", "a user", cloud(user, "registry-down")),
            Canary("sas-of-a-bucket", "signature of a backup's URL", "it is refused there", "azblob://b", cloud(f"http://{NOBODY}", "registry-down", **sas)),
            Canary("keys-of-a-bucket", "credentialsFrom of a backup", "nobody listens", "the store cannot be reached", cloud(f"http://{NOBODY}", "registry-down", **keys)),
        )  # fmt: skip

    def _statements_of_postgres(self) -> tuple[Canary, ...]:
        rows = (
            ("role-twice", "PASSWORD of a role", "it is there already", "already exists", "CREATE ROLE canary_role PASSWORD '{}';\n" * 2),
            ("role-bare", "password without quotes", "a syntax error quotes it", "syntax error", "CREATE ROLE bare PASSWORD {};"),
            ("role-typo", "misspelt PASSWORD", "a syntax error", "unrecognized role option", "CREATE ROLE typo PASSWROD '{}';"),
            ("role-two-lines", "literal of two lines", "there is no such role", "does not exist", "ALTER ROLE nobody PASSWORD 'a'\n  '{}';"),
            ("role-in-block", "literal of a literal of a block", "there is no such role", "does not exist",
             "DO $x$ BEGIN EXECUTE 'ALTER ROLE nobody PASSWORD ''it''''s {}'''; END $x$;"),
            ("declared", "variable of a block", "it divides by zero", "division by zero",
             "DO $x$ DECLARE api_password text := '{}'; BEGIN PERFORM 1/0; END $x$;"),
            ("dollars", "password in dollars", "there is no such role", "does not exist", "ALTER ROLE nobody PASSWORD $p${}$p$;"),
            ("mapping", "OPTIONS of a user mapping", "there is no such server", "does not exist",
             "CREATE USER MAPPING FOR public SERVER nobody OPTIONS (user 'u', password '{}');"),
            ("subscription", "CONNECTION of a subscription", "nobody listens", "could not connect",
             "-- atlas:txmode none\n\nCREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=1 password={}' PUBLICATION p;"),
            ("option", "connection string", "it has a wrong key", "nonsense",
             "-- atlas:txmode none\n\nCREATE SUBSCRIPTION s CONNECTION 'nonsense=1 password=''{}''' PUBLICATION p;"),
            ("setting", "setting of a database", "there is no such database", "does not exist", "ALTER DATABASE nobody SET app.api_token = '{}';"),
            ("crypt", "key of a function", "there is no such function", "does not exist", "SELECT pgp_sym_encrypt('x', '{}', nothing());"),
            ("unclosed", "literal that never ends", "the file cannot be cut", "unclosed", "CREATE ROLE r PASSWORD '{};"),
            ("of-rows", "values of rows", "they are not unique", "could not create unique index",
             "CREATE TABLE t (a text);\nINSERT INTO t VALUES ('{}'), ('{}');\nCREATE UNIQUE INDEX i ON t (a);"),
            ("of-check", "connection string of a check", "the check fails", "did not hold",
             "-- atlas:txtar\n\n-- checks.sql --\nSELECT nobody('password={}');\n\n-- migration.sql --\nSELECT 1;\n"),
            ("sensitive", "value of atlas:sensitive", "there is no such table", "does not exist",
             "-- atlas:sensitive\nINSERT INTO nobody VALUES ('{}');"),
        )  # fmt: skip
        return tuple(
            Canary(name, planted, fails, says, self._running(self.postgres, name, text))
            for name, planted, fails, says, text in rows
        )

    def _statements_of_others(self) -> tuple[Canary, ...]:
        rows = (
            ("user-near", "IDENTIFIED BY", "the server quotes from it on", "near", "CREATE USER near@h IDENTIFIED BY '{}' WITH NONSENSE;"),
            ("user-quote", "password with a quote", "the server quotes its middle", "near", "CREATE USER q@h IDENTIFIED BY 'it's {}'';"),
            ("user-typo", "misspelt IDENTIFIED", "the server quotes from it on", "near", "CREATE USER t@h IDENTIFED BY '{}';"),
            ("user-comment", "comment that is run", "there is no such user", "ALTER USER", "ALTER USER nobody@h IDENTIFIED /*!50000 BY*/ '{}';"),
            ("set-password", "SET PASSWORD", "there is no such user", "user", "SET PASSWORD FOR nobody@h = PASSWORD('{}');"),
            ("of-maria-rows", "values of rows", "they are not unique", "Duplicate entry",
             "CREATE TABLE t (a varchar(40));\nINSERT INTO t VALUES ('{}'), ('{}');\nALTER TABLE t ADD UNIQUE (a);"),
        )  # fmt: skip
        pragma = f"PRAGMA key = '{word_of('pragma')}' nonsense;"
        return (
            *(Canary(name, planted, fails, says, self._running(self.mariadb, name, text)) for name, planted, fails, says, text in rows),
            Canary("pragma", "key of a SQLite file", "a syntax error", "syntax error", {"url": "sqlite://{folder}/p.db", "dir": {"local": {"1_a.sql": pragma}}}),
        )  # fmt: skip

    def _project_files(self) -> tuple[Canary, ...]:
        def of(text: str, **more: Any) -> dict[str, Any]:
            return {"envName": "prod", "dir": {"local": {"1_a.sql": "SELECT 1;"}}, "config": text, **more}

        variable = 'variable "v" {\n type = string\n}\nenv "prod" {\n url = "sqlite://{folder}/x.db"\n migration {\n  tx_mode = var.v\n }\n}\n'
        source = f'data "sql" "x" {{\n url = "{self._wrong("of-source")}"\n query = "SELECT 1"\n}}\nenv "prod" {{\n url = data.sql.x.value\n}}\n'
        return (
            Canary("of-variable", "variable of a Secret", "it is no word of tx_mode", "tx", of(variable, vars=[{"key": "v", "valueFrom": key_of("of-variable")}])),
            Canary("of-source", "URL of a data source", "the server refuses it", "authentication failed", of(source)),
            Canary("of-syntax", "text of a project file", "it does not parse", "config", of(f'env "prod" {{\n token = "{word_of("of-syntax")}" oops\n}}\n')),
        )  # fmt: skip

    def _schemas(self) -> tuple[Canary, ...]:
        target = self.postgres.url(self.postgres.create_database())
        on_maria = {"url": self.mariadb.url(self.mariadb.create_database()), "schema": TABLE}
        rows: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
            ("schema-role", "PASSWORD of a role in a schema", "it is there already", "already exists",
             {"url": target, "schema": {"sql": f"CREATE ROLE schema_canary PASSWORD '{word_of('schema-role')}';\n" * 2}}),
            ("dev-url", "devURL", "the server refuses it", "authentication failed", {"url": target, "schema": TABLE, "devURL": self._wrong("dev-url")}),
            ("dev-url-from", "devURLFrom", "the server refuses it", "authentication failed",
             {"url": target, "schema": TABLE, "devURLFrom": key_of("dev-url-from")}),
            ("dev-key", "misspelt key of devURL", "there is no such key", "pasword",
             {"url": target, "schema": TABLE, "devURL": f"{self.postgres.url()}&pasword={word_of('dev-key')}"}),
            ("dev-of-operator", "dev server of the operator", "the server refuses it", "Access denied", on_maria),
            ("token-of-operator", "ATLAS_TOKEN of the operator", "nobody listens", "refused", {"url": target, "schema": {"url": "atlas://app"}}),
            ("schema-hcl", "HCL of a schema", "it does not parse", "schema", {"url": target, "schema": {"hcl": f'table "t" {{\n comment = "password={word_of("schema-hcl")}" oops\n}}\n'}}),
        )  # fmt: skip
        return tuple(Canary(*row, kind=SCHEMA) for row in rows)

    def _running(self, server: PostgresServer | MariaDBServer, name: str, text: str) -> dict[str, Any]:
        file = text.replace("{}", word_of(name))
        return {"url": server.url(server.create_database()), "dir": {"local": {"1_a.sql": file}}}


def key_of(name: str) -> dict[str, Any]:
    """A reference to a key of the Secret ``canary``."""
    return {"secretKeyRef": {"name": "canary", "key": name}}


@contextmanager
def repeating_server() -> Iterator[str]:
    """An HTTP server that fails and, as a bad proxy would, repeats what it was sent; its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = f"cannot handle {self.headers}".encode()
            self.send_response(500)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
