"""``atlas`` from outside in a folder with an atlas.hcl, and local HTTP servers that stand for those of clouds."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli.conftest import Answer, Shell, atlas
from tests.nursery import run_atlas

__all__ = ["atlas"]

EVALUATE = ("migrate", "hash", "--env", "e")


@dataclass(frozen=True)
class Evaluation:
    """Evaluates an expression over data blocks by the real program, which prints it: ``print(jsonencode(…))``."""

    folder: Path
    environ: Mapping[str, str]
    program: tuple[str, ...] = ()
    """Another than ``atlas`` as it is."""

    def answer(self, blocks: str, expression: str, *words: str, **environ: str) -> Answer:
        (self.folder / "empty").mkdir(exist_ok=True)
        (self.folder / "atlas.hcl").write_text(
            f"{blocks}\n"
            f'env "e" {{\n  found = print(jsonencode({expression}))\n  migration {{\n    dir = "file://empty"\n  }}\n}}\n'
        )
        whole = {**self.environ, **environ}
        done = (
            self._started([*EVALUATE, *words], whole)
            if self.program
            else run_atlas([*EVALUATE, *words], folder=self.folder, environ=whole)
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Answer(done.returncode, done.stdout, done.stderr)

    def _started(self, words: list[str], environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.program, *words],
            cwd=self.folder,
            env=dict(environ),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def __call__(self, blocks: str, expression: str, *words: str, **environ: str) -> Any:
        """The value, which must be there."""
        answer = self.answer(blocks, expression, *words, **environ)
        assert answer.code == 0, answer.err
        return json.loads(answer.out)

    def refusal(self, blocks: str, expression: str, *words: str, **environ: str) -> str:
        """The first line of stderr of an evaluation that fails, behind its place."""
        answer = self.answer(blocks, expression, *words, **environ)
        assert answer.code != 0, answer.out
        assert answer.out == ""
        return answer.err.partition("\n  data ")[0]


@pytest.fixture
def evaluate(atlas: Shell) -> Evaluation:
    return Evaluation(atlas.folder, atlas.environ)


Reply = tuple[int, Mapping[str, str], bytes]


@dataclass
class Web:
    """A server on loopback that answers by ``replies``; ``asked`` are method, path with query, headers and body."""

    url: str
    replies: dict[str, Callable[[Mapping[str, str], bytes], Reply]] = field(default_factory=dict)
    asked: list[tuple[str, str, Mapping[str, str], bytes]] = field(default_factory=list)

    def says(self, path: str, body: bytes, status: int = 200, **headers: str) -> None:
        self.replies[path] = lambda _headers, _body: (status, headers, body)


@contextmanager
def served() -> Iterator[Web]:
    """A web server for the block."""

    class Handler(BaseHTTPRequestHandler):
        def _reply(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            web.asked.append((self.command, self.path, dict(self.headers), body))
            reply = web.replies.get(self.path.partition("?")[0])
            status, headers, content = reply(dict(self.headers), body) if reply else (404, {}, b"no")
            self.send_response(status)
            for name, text in headers.items():
                self.send_header(name.replace("_", "-"), text)
            self.send_header("Content-Length", str(len(content)))
            with suppress(ConnectionError):  # a client that did not wait
                self.end_headers()
                self.wfile.write(content)

        do_GET = do_POST = do_PUT = _reply  # noqa: N815 - the names that http.server calls

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web = Web(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def web() -> Iterator[Web]:
    with served() as found:
        yield found
