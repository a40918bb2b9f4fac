"""Storing a migration directory in the registry."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from atlas.wire.contract import DIFF_SYNC_DIR, PUSH_DIR, DiffSyncDirInput, PushDirInput, wire_driver
from atlas.wire.reference import LATEST

if TYPE_CHECKING:
    from atlas.client.transport import Transport


def push_directory(
    transport: Transport,
    *,
    name: str,
    driver: str,
    archive: bytes,
    tag: str = "",
    context: dict[str, object] | None = None,
) -> str:
    """Push a directory and return the address of its page. Pushing it again changes nothing.

    ``archive`` is of ``wire.archive.pack``; ``tag`` is empty for an untagged push; ``context`` is the RunContext
    (who pushed, from which repository and commit). Raises ``Rejected`` for content that the registry refuses,
    ``Conflict`` for a write-once tag.
    """
    content, spelled = b64encode(archive).decode(), wire_driver(driver)
    if tag and tag != LATEST:
        tagged = PushDirInput(slug=name, tag=tag, driver=spelled, dir=content, context=context or {})
        answer = transport.execute(PUSH_DIR, {"input": tagged})
    else:
        untagged = DiffSyncDirInput(slug=name, driver=spelled, dir=content, context=context or {})
        answer = transport.execute(DIFF_SYNC_DIR, {"input": untagged})
    return str((answer or {}).get("url") or "")
