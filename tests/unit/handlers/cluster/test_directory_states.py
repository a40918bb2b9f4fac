"""The Secret that keeps a directory, between a resource that was deleted and one of its name."""

from __future__ import annotations

import asyncio
from typing import Any

from atlas.errors import NotFound
from atlas.handlers.cluster.directory_states import TYPE, ClusterDirectoryStates

from tests.fakes.reconcile import resource_with


class Secrets:
    """One Secret of a resource that is gone, which goes between a look at it and the next write."""

    def __init__(self) -> None:
        self.made: list[Any] = []

    async def request(self, method: str, path: str, *, body: Any = None) -> dict[str, Any]:
        if method == "GET":
            return {"type": TYPE, "metadata": {"ownerReferences": [{"uid": "gone"}]}, "data": {}}
        self.made.append(body)
        return {}

    async def merge(self, path: str, _: object) -> None:
        raise NotFound(f"{path} not found")


def test_a_directory_is_kept_also_when_the_secret_goes_with_its_dead_owner_in_this_moment() -> None:
    secrets, resource = Secrets(), resource_with({})

    async def run() -> None:
        states = ClusterDirectoryStates(secrets, asyncio.get_running_loop())  # type: ignore[arg-type]
        await asyncio.to_thread(states.store, resource, b"files")

    asyncio.run(run())
    (made,) = secrets.made
    assert [owner["uid"] for owner in made["metadata"]["ownerReferences"]] == [resource.uid]
