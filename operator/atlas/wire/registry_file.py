"""What a backup knows of a registry besides its repositories: projects, and tokens by their hashes.

``registry.json`` in the root of the bucket. A token is 256 random bits, so its SHA-256 lets nobody in: it only makes the
token work again in a registry that is made of the backup.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass

from atlas.errors import SpecError
from atlas.wire.bounded_json import MARKS, loads

REGISTRY_NAME = "registry.json"
_FORMAT = 1
_MARKS = 8 * MARKS  # a token has 25 of them
_SCOPES = {"read", "push"}
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """A project; times are RFC 3339 in UTC, here and below."""

    name: str
    created_at: str


@dataclass(frozen=True, slots=True)
class TokenEntry:
    """A token; ``revoked_at`` is None for one that is valid."""

    id: int
    name: str
    project: str
    scope: str
    sha256: str
    created_at: str
    revoked_at: str | None


@dataclass(frozen=True, slots=True)
class RegistryFile:
    """Projects in order of their names, tokens in order of their numbers."""

    projects: tuple[ProjectEntry, ...] = ()
    tokens: tuple[TokenEntry, ...] = ()


def encode_registry_file(file: RegistryFile) -> bytes:
    """The JSON text of ``registry.json``."""
    document = {
        "format": _FORMAT,
        "projects": [_spelt(asdict(project)) for project in file.projects],
        "tokens": [_spelt(asdict(token)) for token in file.tokens],
    }
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def decode_registry_file(data: bytes) -> RegistryFile:
    """The inverse of ``encode_registry_file``; keys it does not know are ignored. Raises ``SpecError``."""
    try:
        document = loads(data, marks=_MARKS)
        if document["format"] != _FORMAT:
            raise SpecError(f"{REGISTRY_NAME} has format {document['format']}: this version reads {_FORMAT}")
        return RegistryFile(
            tuple(ProjectEntry(str(one["name"]), str(one["createdAt"])) for one in document["projects"]),
            tuple(_token(one) for one in document["tokens"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise SpecError(f"{REGISTRY_NAME} cannot be read: {error!r}") from error


def _token(document: dict[str, object]) -> TokenEntry:
    revoked_at, scope, sha256 = document["revokedAt"], str(document["scope"]), str(document["sha256"])
    if scope not in _SCOPES or not _HASH.fullmatch(sha256):
        raise SpecError(f"{REGISTRY_NAME} has a token that is none: {document['name']!r}")
    return TokenEntry(
        id=int(str(document["id"])),
        name=str(document["name"]),
        project=str(document["project"]),
        scope=scope,
        sha256=sha256,
        created_at=str(document["createdAt"]),
        revoked_at=None if revoked_at is None else str(revoked_at),
    )


def _spelt(fields: dict[str, object]) -> dict[str, object]:
    spelling = {"created_at": "createdAt", "revoked_at": "revokedAt"}
    return {spelling.get(name, name): value for name, value in fields.items()}
