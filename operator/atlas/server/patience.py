"""How long a client may take to say what it wants: without an end, a few thousand connections that say nothing would be all there are.

What it sends then is timed in ``body``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from atlas.server.body import SLOWEST_BYTES_PER_S

if TYPE_CHECKING:
    import asyncio


class PatientProtocol(H11Protocol):
    """HTTP of uvicorn, which bounds the time between requests, none of those that begin, and no body that nobody reads."""

    head_s: ClassVar[float] = 30.0
    """From the connection, or the first byte of a later request, to the end of its headers.

    In as long, a body that was answered before it was read goes on by what ``body`` calls slow, or ends.
    """

    _ends: asyncio.TimerHandle | None = None
    _unheard_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._begin()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._unheard_bytes += len(data)
        if self._is_heard():
            self._end()
        elif self._ends is None:
            self._begin()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY and not self._is_heard():
            self._begin()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        super().connection_lost(exc)

    def _is_heard(self) -> bool:
        """Whether a request is under way that is not answered yet."""
        return self.conn.their_state is not h11.IDLE and not (self.cycle and self.cycle.response_complete)

    def _begin(self) -> None:
        self._unheard_bytes = 0
        self._ends = self.loop.call_later(self.head_s, self._give_up)

    def _end(self) -> None:
        if self._ends is not None:
            self._ends.cancel()
            self._ends = None

    def _give_up(self) -> None:
        # NB: most clients hear no answer before they have said all.
        if self._unheard_bytes >= self.head_s * SLOWEST_BYTES_PER_S:
            self._begin()
        elif not self._is_heard():
            self.transport.close()
