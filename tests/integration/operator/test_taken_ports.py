"""Where a port is taken, the operator says for what it wanted it and which flag names another."""

from __future__ import annotations

import asyncio
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from atlas.errors import UsageError
from atlas.handlers.life.health import served

if TYPE_CHECKING:
    from collections.abc import Iterator


class Idle:
    """An operator of which there is nothing to tell."""

    def why_not_alive(self) -> str:
        return ""

    def why_not_ready(self) -> str:
        return ""

    def metrics(self) -> bytes:
        return b""


@contextmanager
def taken() -> Iterator[str]:
    """An address that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"127.0.0.1:{listener.getsockname()[1]}"


def refused(*, probes: str, metrics: str) -> str:
    async def serve() -> None:
        async with served(Idle(), probes=probes, metrics=metrics):
            raise AssertionError("it listens")

    with pytest.raises(UsageError) as caught:
        asyncio.run(serve())
    return str(caught.value)


def test_metrics_on_a_port_that_is_taken_name_their_flag() -> None:
    with taken() as address:
        assert refused(probes="127.0.0.1:0", metrics=address) == (
            f"cannot listen on {address} for metrics: Address already in use: "
            "choose another with --metrics-bind-address, 0 for none"
        )


def test_health_probes_on_a_port_that_is_taken_name_theirs() -> None:
    with taken() as address:
        assert refused(probes=address, metrics="0") == (
            f"cannot listen on {address} for health probes: Address already in use: "
            "choose another with --health-probe-bind-address, 0 for none"
        )


def test_one_port_for_both_names_both() -> None:
    with taken() as address:
        assert refused(probes=address, metrics=address) == (
            f"cannot listen on {address} for metrics and health probes: Address already in use: "
            "choose another with --metrics-bind-address and --health-probe-bind-address, 0 for none"
        )
