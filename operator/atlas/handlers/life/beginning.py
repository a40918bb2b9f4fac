"""What the work waits for when it begins: definitions of our kinds, and the first lists of what resources refer to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from atlas.errors import AtlasError
from atlas.handlers.keys import MIGRATION, PLURALS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from atlas.handlers.cluster.api import Cluster
    from atlas.handlers.cluster.reflector import Reflector

FIRST_LIST_S = 10.0
"""How long the work waits for the first lists of Secrets and ConfigMaps; it can do without."""
KINDS_EVERY_S = 2.0
LOOKS_FOR_ALL_KINDS = 5
"""Both definitions are installed together, one a moment after the other; a cluster with one of them works too."""


async def served_kinds(cluster: Cluster, warn: Callable[[str], None]) -> frozenset[str]:
    """Wait for the CRDs, and return the kinds that are there: Kopf looks for them once, when it starts."""
    told = ""
    looks = 0
    while True:
        try:
            kinds = (await cluster.served_kinds()) & PLURALS.keys()
            missing = ", ".join(sorted(PLURALS.keys() - kinds))
            looks += MIGRATION in kinds
            if not missing or looks > LOOKS_FOR_ALL_KINDS:
                return kinds
            trouble = f"the cluster does not know the kind {missing}: install the CRDs"
        except AtlasError as error:
            trouble = str(error)
        if trouble != told:
            warn(trouble)
            told = trouble
        await asyncio.sleep(KINDS_EVERY_S)


async def first_lists(reflectors: Collection[Reflector]) -> None:
    """Wait for the first list of each, or until it is known to be forbidden, or for ``FIRST_LIST_S``."""
    now = asyncio.get_running_loop().time
    deadline = now() + FIRST_LIST_S
    while now() < deadline:
        if all(one.last_contact is not None or one.is_forbidden for one in reflectors):
            return
        await asyncio.sleep(0.05)
