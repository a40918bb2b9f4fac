"""A registry of another make: it has the operations that clients of Atlas are known to send, and refuses a query for more.

What it holds is what one of ours holds behind it. Its schema says what a server may be expected to answer, no matter who
wrote it; a query that asks for another field or gives another input is refused as a whole, as GraphQL servers do.
"""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError, OperationDefinitionNode, build_schema, parse, validate
from graphql.execution.values import get_variable_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCHEMA = """
type Query {
  me: Identity
  repos: Repos
  dirs: [Dir!]
  dirState(input: DirStateInput!): DirState
  schemaState(input: SchemaStateInput!): SchemaState
}
type Mutation { validateToken(token: String!): Success }
type Identity { name: String org: String }
type Repos { repos: [Repo!]! }
type Repo { title: String slug: String url: String type: RepoType driver: Driver }
enum RepoType { SCHEMA MIGRATION_DIRECTORY }
enum Driver { MYSQL POSTGRESQL MARIADB SQLITE SQLSERVER CLICKHOUSE }
type Dir { name: String slug: String content: String }
input DirStateInput { slug: String name: String tag: String }
type DirState { content: String }
input SchemaStateInput { slug: String! tag: String }
type SchemaState { hcl: String }
type Success { success: Boolean }
"""
OURS = ""  # all that one of ours answers
OTHER_INPUTS = SCHEMA.replace("SchemaStateInput", "SchemaAt").replace("DirStateInput", "DirAt")
NO_LIST = SCHEMA.replace("  repos: Repos\n", "").replace("  dirs: [Dir!]\n", "")
ONLY_DIRECTORIES = SCHEMA.replace("  repos: Repos\n", "")


@dataclass
class OtherMake:
    """``answers`` may change each answer: it is given the field, its input and the value; ``status`` before that."""

    upstream: str
    schema: str = SCHEMA
    answers: Callable[[str, dict[str, Any], Any], Any] = lambda _field, _wanted, value: value
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    url: str = ""

    def answer(self, body: bytes, token: str) -> tuple[int, bytes]:
        """The status and the body of one request."""
        request = json.loads(body)
        variables = request.get("variables") or {}
        try:
            [name] = self._checked(request["query"], variables)
        except GraphQLError as error:
            return 422, json.dumps({"errors": [{"message": error.message}]}).encode()
        wanted = variables.get("input") or {}
        self.requests.append((name, wanted))
        status, answer = self._asked(body, token)
        document = json.loads(answer)
        if status == 200 and document.get("data"):
            document["data"][name] = self.answers(name, wanted, document["data"][name])
        for error in document.get("errors", ()):
            error.pop("extensions", None)
        return status, json.dumps(document).encode()

    def _checked(self, query: str, variables: dict[str, Any]) -> list[str]:
        document = parse(query)
        [operation] = document.definitions
        assert isinstance(operation, OperationDefinitionNode)
        if self.schema:
            schema = build_schema(self.schema)
            for error in validate(schema, document):
                raise error
            values = get_variable_values(schema, operation.variable_definitions or (), variables)
            if isinstance(values, list):
                raise values[0]
        return [node.name.value for node in operation.selection_set.selections]  # type: ignore[attr-defined]

    def _asked(self, body: bytes, token: str) -> tuple[int, bytes]:
        headers = {"Authorization": token, "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.upstream}/query", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()


class Gone(Exception):
    """Raised by ``OtherMake.answers``: the connection ends without an answer."""


@contextmanager
def other_make(other: OtherMake) -> Iterator[OtherMake]:
    """Serve it until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                status, answer = other.answer(body, self.headers.get("Authorization", ""))
            except Gone:
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    other.url = f"http://127.0.0.1:{server.server_port}/query"
    try:
        yield other
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
