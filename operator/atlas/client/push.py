"""Storing a migration directory in the registry."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atlas.wire.contract import DiffSyncDirInput, PushDirInput, wire_driver
from atlas.wire.operations import DIFF_SYNC_DIR, PUSH_DIR
from atlas.wire.reference import LATEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.client.transport import Transport


@dataclass(frozen=True, slots=True)
class DirectoryPush:
    """What to push.

    ``driver`` may be empty for a repository that exists; ``archive`` is of ``wire.archive.pack``; ``tag`` is empty
    for an untagged push; ``context`` is the RunContext (who pushed, from which repository and commit).
    """

    name: str
    driver: str
    archive: bytes = field(repr=False)
    tag: str = ""
    context: Mapping[str, object] = field(default_factory=dict)


def push_directory(transport: Transport, push: DirectoryPush) -> str:
    """Push a directory and return the address of its page. Pushing it again changes nothing.

    Raises ``Rejected`` for content that the registry refuses, ``Conflict`` for a write-once tag.
    """
    content, driver = b64encode(push.archive).decode(), wire_driver(push.driver)
    context = dict(push.context)
    if push.tag and push.tag != LATEST:
        tagged = PushDirInput(slug=push.name, tag=push.tag, driver=driver, dir=content, context=context)
        answer = transport.execute(PUSH_DIR, {"input": tagged})
    else:
        untagged = DiffSyncDirInput(slug=push.name, driver=driver, dir=content, context=context)
        answer = transport.execute(DIFF_SYNC_DIR, {"input": untagged})
    return str((answer or {}).get("url") or "")
