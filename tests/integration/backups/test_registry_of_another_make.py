"""Backups beside a registry that knows nothing of histories, as those of other makes."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from atlas.wire.contract import DIRECTORY

from tests.integration.backups.shop_without_a_registry import lonely_shop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_REPOS = {"repos": [{"slug": "shop", "type": DIRECTORY}], "pageInfo": {"total": 1}}


class _OtherMake(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["query"]
        body = json.dumps({"data": {"repos": _REPOS} if " repos(" in query else {"repoIndex": None}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def other_make() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _OtherMake)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/query"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("command", ["verify", "resync"])
def test_it_is_told_and_what_can_be_done_is_done(tmp_path: Path, command: str) -> None:
    shop = lonely_shop(tmp_path)
    with other_make() as url:
        answer = shop.shell("backup", command, "--env", "prod", ATLAS_CLOUD_URL=url)
    assert 'does not know "repoIndex": it is of another make or an older version' in answer.err + answer.out
    if command == "verify":
        assert answer.code == 0
        assert "2 repositories, 3 versions, 0 plans, 0 damaged" in answer.out
    else:
        assert answer.code == 1
