"""A name may lead anywhere: what answers is known by its address, and not read where nobody may read it."""

from __future__ import annotations

import http.server
import json
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from atlas import wiring
from atlas.errors import AtlasError, SpecError
from atlas.wire.contract import RegistryAddress
from atlas.wire.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

CANARY = "c4n4ry-cr3d3nt14l"


@contextmanager
def metadata_service(asked: list[str]) -> Iterator[int]:
    """Answers everything with credentials, on loopback in the place of a link-local address; notes who asks."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.headers["Authorization"])
            self.send_response(418)
            self.end_headers()
            self.wfile.write(json.dumps({"errors": [{"message": CANARY}]}).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def test_an_address_that_is_refused_is_told_nothing_and_not_read() -> None:
    seen: list[tuple[str, str]] = []
    asked: list[str] = []

    def refuse(address: RegistryAddress, peer: str) -> None:
        seen.append((address.url, peer))
        if peer == "127.0.0.1":
            raise SpecError(f'the address "{peer}" is refused')

    with metadata_service(asked) as port:
        address = RegistryAddress(f"http://localhost:{port}/latest", "token-of-the-resource")
        with pytest.raises(SpecError, match="is refused") as refused:
            wiring.RegistryConnections(check_peer=refuse).pull(address, Reference("shop"))
        assert CANARY not in str(refused.value)
        assert seen == [(address.url, "127.0.0.1")]
        assert asked == []
        with pytest.raises(AtlasError, match=CANARY):  # this is what would be read otherwise
            wiring.RegistryConnections().pull(address, Reference("shop"))
        assert asked == ["Bearer token-of-the-resource"]
