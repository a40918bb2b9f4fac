"""How slowly the body of a request may come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import pytest
from atlas.errors import Rejected
from atlas.server import body
from starlette.requests import Request

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def read(monkeypatch: pytest.MonkeyPatch, pieces: Sequence[tuple[float, int]]) -> int:
    """The length of a body that came in pieces: each a second, from the beginning, and its length."""
    messages: Iterator[dict[str, object]] = iter(
        [
            *({"type": "http.request", "body": b"x" * length, "more_body": True} for _, length in pieces),
            {"type": "http.request", "body": b"", "more_body": False},
        ]
    )
    seconds = [second for second, _ in pieces]
    clock = iter([0.0, *seconds, seconds[-1]])
    monkeypatch.setattr(body, "monotonic", clock.__next__)

    async def receive() -> dict[str, object]:
        return next(messages)

    request = Request({"type": "http", "headers": []}, receive)
    return len(anyio.run(body.read_body, request, 1 << 30))


@pytest.mark.parametrize(
    "pieces",
    [
        [(n, 17 * 1024) for n in range(600)],
        [(29, 1), (33, 64 * 1024)],
        [(1, 10_000_000), (29, 0), (58, 0), (600, 1)],
    ],
    ids=["slow", "late", "with pauses"],
)
def test_a_slow_body_is_read(monkeypatch: pytest.MonkeyPatch, pieces: list[tuple[float, int]]) -> None:
    assert read(monkeypatch, pieces) == sum(length for _, length in pieces)


@pytest.mark.parametrize(
    "pieces",
    [[(n, 15 * 1024) for n in range(600)], [(29, 1), (58, 1)]],
    ids=["too slow", "drips"],
)
def test_a_body_that_drips_is_not(monkeypatch: pytest.MonkeyPatch, pieces: list[tuple[float, int]]) -> None:
    with pytest.raises(Rejected, match="it comes slower than 16384 bytes a second"):
        read(monkeypatch, pieces)
