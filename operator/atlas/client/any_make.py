"""A registry of any make, asked as clients of Atlas ask: for its repositories, and for what a tag means.

Nothing here needs an operation of our own. What is handed out is whole: a directory agrees with its ``atlas.sum``.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from atlas.engine.directory import from_entries, to_entries, validate
from atlas.errors import ChecksumMismatch, DirectoryError, NotFound, Rejected, Unavailable
from atlas.wire.any_make import DIRECTORY_CONTENT, LISTED, LISTED_DIRECTORIES, SCHEMA_TEXT, with_values
from atlas.wire.archive import DEFAULT_LIMITS, Entry, unpack
from atlas.wire.contract import DIRECTORY, driver_name
from atlas.wire.layout import SCHEMA_FILE
from atlas.wire.operations import BOT, REPO_INDEX
from atlas.wire.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.client.transport import Transport
    from atlas.wire.contract import RepositoryType
    from atlas.wire.operations import Operation

_ASKED = "atlas"  # any name: whoever knows the operation says that there is none, or what it is


@dataclass(frozen=True, slots=True)
class Listed:
    """A repository as a server lists it. ``type`` is its word, ``driver`` ours, '' where it does not say."""

    type: str
    slug: str
    title: str = ""
    driver: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Repositories in the order of the server; with ``has_schemas`` these are all of them, else its directories."""

    entries: tuple[Listed, ...]
    has_schemas: bool


def tells_history(transport: Transport) -> bool:
    """Whether the registry answers ``repoIndex``, by which all that it has can be copied as it is."""
    try:
        return _answer(transport, REPO_INDEX, {"input": {"type": DIRECTORY, "slug": _ASKED}}) is not None
    except NotFound as error:
        return REPO_INDEX.field not in str(error)  # the repository is not there, or the field is not
    except Rejected:
        return False


class RegistryOfAnyMake:
    """What can be asked of the registry of ``transport``.

    Every method raises ``Unauthorized`` or ``Forbidden`` for the token, ``Unavailable`` in an outage or for an answer that
    is damaged, and ``Rejected`` where the operation is not known there.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._has_other_inputs = False

    def check(self) -> None:
        """Raise ``Unavailable`` where it does not answer."""
        self._transport.execute(BOT, {})

    def listed(self) -> Listing | None:
        """What it lists, None where it lists nothing."""
        answer = self._asked_if_known(LISTED)
        if answer and answer.get("repos") is not None:
            return Listing(tuple(map(_listed, answer["repos"])), has_schemas=True)
        directories = self._asked_if_known(LISTED_DIRECTORIES)
        if directories is not None:
            found = [{**item, "title": item.get("name")} for item in directories]
            return Listing(tuple(map(_listed, found)), has_schemas=False)
        return None

    def entries(self, type_: RepositoryType, slug: str, tag: str) -> tuple[Entry, ...]:
        """The files of what ``tag`` means, '' for the latest; a schema is one file.

        Raises:
            NotFound: There is no such repository or tag, or nothing was pushed.
            ChecksumMismatch, DirectoryError: What it answers is no directory that anybody could run.
        """
        reference = Reference(slug, tag=tag)
        variables = {"slug": slug, **({"tag": tag} if tag else {})}
        if type_ == DIRECTORY:
            return _directory(reference, self._state(DIRECTORY_CONTENT, variables, "content"))
        text = self._state(SCHEMA_TEXT, variables, "hcl")
        return (Entry(SCHEMA_FILE, _encoded(reference, text)),)

    def _state(self, operation: Operation, wanted: Mapping[str, str], field: str) -> str:
        answer = self._answered(operation, wanted, field)
        text = answer and answer.get(field)
        if not text:
            raise NotFound(f'"{wanted["slug"]}" not found')
        return str(text)

    def _answered(self, operation: Operation, wanted: Mapping[str, str], field: str) -> Any:
        """The answer; a server that refuses the question may know its input by another name."""
        refusal: Rejected | None = None
        if not self._has_other_inputs:
            try:
                return _answer(self._transport, operation, {"input": wanted})
            except Rejected as error:
                refusal = error
        try:
            answer = _answer(self._transport, with_values(operation, wanted, field), {})
        except Rejected as error:
            raise refusal or error from None
        self._has_other_inputs = True
        return answer

    def _asked_if_known(self, operation: Operation) -> Any:
        try:
            return self._transport.execute(operation, {})
        except (Rejected, NotFound):
            return None


def _answer(transport: Transport, operation: Operation, variables: Mapping[str, object]) -> Any:
    """The answer; ``NotFound`` also where a server says so with a status of its own."""
    try:
        return transport.execute(operation, variables)
    except Rejected as error:
        if "not found" in str(error):
            raise NotFound(str(error)) from error
        raise


def _directory(reference: Reference, content: str) -> tuple[Entry, ...]:
    try:
        directory = from_entries(unpack(b64decode(content, validate=True)))
        validate(directory)
    except (binascii.Error, ValueError) as error:
        raise Unavailable(f'the content of "{reference}" is no archive: {error}') from error
    except DirectoryError as error:
        raise DirectoryError(f'"{reference}": {error}') from error
    except ChecksumMismatch as error:
        told = ": ".join(filter(None, (str(error), error.detail)))
        raise ChecksumMismatch(f'"{reference}" does not agree with its atlas.sum: {told}') from error
    if not directory.files:
        raise NotFound(f'"{reference}" is empty: not found')
    return tuple(Entry(*entry) for entry in to_entries(directory))


def _encoded(reference: Reference, text: str) -> bytes:
    data = text.encode()
    if len(data) > DEFAULT_LIMITS.total_bytes:
        raise DirectoryError(f'"{reference}" is larger than {DEFAULT_LIMITS.total_bytes} bytes')
    return data


def _listed(item: Mapping[str, Any]) -> Listed:
    type_, slug, title, driver = (str(item.get(name) or "") for name in ("type", "slug", "title", "driver"))
    return Listed(type_ or DIRECTORY, slug or title, title, driver_name(driver))
