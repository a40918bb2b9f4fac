"""An answer of a store that leads elsewhere is not followed: to it, an address is refused that a manifest may not name."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from atlas.buckets import open_bucket
from atlas.errors import Unavailable

AWS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
AZURE = {"AZURE_STORAGE_KEY": "YWJj"}


@contextmanager
def serving(leads_to: str, asked: list[str]) -> Iterator[int]:
    """A server that sends everybody to an address, or, where that is '', tells what it should not."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302 if leads_to else 200)
            if leads_to:
                self.send_header("Location", leads_to)
            self.send_header("ETag", '"1"')
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("url", "credentials"),
    [
        ("s3://box?region=us-east-1&endpoint=http://127.0.0.1:{port}", AWS),
        ("azblob://box?protocol=http&storage_account=acme&domain=127.0.0.1:{port}", AZURE),
        ("gs://box?anonymous=true", None),
    ],
)
def test_a_store_that_leads_elsewhere_is_not_followed(
    url: str, credentials: dict[str, str] | None, no_clouds: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    led: list[str] = []
    with serving("", led) as inner, serving(f"http://localhost:{inner}/latest/meta-data", asked) as port:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", f"http://127.0.0.1:{port}")
        with pytest.raises(Unavailable):
            open_bucket(url.format(port=port), credentials).get("shop/index.json")
    assert asked
    assert led == []
