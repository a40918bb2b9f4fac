"""Reading a migration directory from the registry."""

from __future__ import annotations

import binascii
from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.errors import DirectoryError, Unavailable
from atlas.wire.archive import Entry, unpack
from atlas.wire.contract import DirStateInput
from atlas.wire.digest import Digest, digest_of
from atlas.wire.foreign import one_line
from atlas.wire.operations import DIR_STATE

if TYPE_CHECKING:
    from atlas.client.transport import Transport
    from atlas.wire.reference import Reference


@dataclass(frozen=True, slots=True)
class PulledDirectory:
    """A directory as it was pushed; ``version`` and ``tag`` as the registry names them, ``source`` who answered.

    ``moved_at`` is since when the tag, or the latest, means this; '' where the registry does not say.
    """

    entries: tuple[Entry, ...]
    digest: Digest
    version: str
    tag: str
    source: str
    moved_at: str = ""


def pull_directory(transport: Transport, reference: Reference) -> PulledDirectory:
    """The directory that ``reference`` means, checked against its digest where the registry gives one.

    Raises ``NotFound`` where there is none, ``Unavailable`` where the answer is damaged.
    """
    variables = DirStateInput(slug=reference.slug)
    if reference.tag:
        variables["tag"] = reference.tag
    if reference.version:
        variables["version"] = reference.version
    state = transport.execute(DIR_STATE, {"input": variables}) or {}
    entries = _entries(state.get("content") or "")
    digest = digest_of(entries)
    if state.get("digest") not in {None, digest}:
        raise Unavailable(
            f'the content of "{reference}" does not match its digest {one_line(state["digest"])}'
        )
    return PulledDirectory(
        entries=entries,
        digest=digest,
        version=state.get("version") or "",
        tag=state.get("tag") or reference.tag,
        source=transport.address.url,
        moved_at=str(state.get("movedAt") or ""),
    )


def _entries(content: str) -> tuple[Entry, ...]:
    if not content:
        return ()
    try:
        return unpack(b64decode(content, validate=True))
    except (binascii.Error, DirectoryError) as error:
        raise Unavailable(f"the registry's answer is damaged: {error}") from error
