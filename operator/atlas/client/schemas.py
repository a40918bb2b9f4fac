"""Schemas of the registry: storing one and reading it back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atlas.errors import Unavailable
from atlas.wire.contract import PushSchemaInput, SchemaStateInput, driver_name, wire_driver
from atlas.wire.digest import Digest, digest_of
from atlas.wire.foreign import one_line
from atlas.wire.layout import SCHEMA_FILE
from atlas.wire.operations import PUSH_SCHEMA, SCHEMA_STATE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.client.transport import Transport
    from atlas.wire.reference import Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaPush:
    """What to push.

    ``hcl`` is the text, ``hash`` that of ``engine.hcl_schema.schema_hash``; ``driver`` may be empty for a repository
    that exists, ``tag`` for an untagged push; ``context`` is the RunContext.
    """

    name: str
    hcl: str = field(repr=False)
    hash: str
    driver: str = ""
    tag: str = ""
    version: str = ""
    description: str = ""
    context: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PushedSchema:
    """Where it is: ``link`` opens in a browser, ``url`` is the ``atlas://`` address, ``version`` the one it is now.

    ``backups`` took it too, ``missed`` did not, each with the reason. With ``is_storage`` a bucket took it in the place
    of a registry, and ``link`` says which.
    """

    link: str
    slug: str
    url: str
    version: str
    backups: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    is_storage: bool = False


@dataclass(frozen=True, slots=True)
class PulledSchema:
    """A schema as it was pushed; ``source`` is who answered, ``moved_at`` since when its tag means this ('' unknown)."""

    hcl: str = field(repr=False)
    digest: Digest
    version: str
    tag: str
    driver: str
    source: str
    moved_at: str = ""


def push_schema(transport: Transport, push: SchemaPush) -> PushedSchema:
    """Push a schema. Pushing it again changes nothing.

    Raises ``Rejected`` for another driver, ``Conflict`` for a write-once tag or a version of other content.
    """
    wanted = PushSchemaInput(slug=push.name, hcl=push.hcl, hash=push.hash, context=dict(push.context))
    if push.driver:
        wanted["driver"] = wire_driver(push.driver)
    if push.tag:
        wanted["tag"] = push.tag
    if push.version:
        wanted["version"] = push.version
    if push.description:
        wanted["description"] = push.description
    answer = transport.execute(PUSH_SCHEMA, {"input": wanted}) or {}
    return PushedSchema(
        link=str(answer.get("link") or ""),
        slug=str(answer.get("slug") or push.name),
        url=str(answer.get("url") or f"atlas://{push.name}"),
        version=str(answer.get("version") or ""),
    )


def pull_schema(transport: Transport, reference: Reference) -> PulledSchema:
    """The schema that ``reference`` means, checked against its digest where the registry gives one.

    Raises ``NotFound`` where there is none, ``Unavailable`` where the answer is damaged.
    """
    variables = SchemaStateInput(slug=reference.slug)
    if reference.tag:
        variables["tag"] = reference.tag
    if reference.version:
        variables["version"] = reference.version
    state = transport.execute(SCHEMA_STATE, {"input": variables}) or {}
    hcl = str(state.get("hcl") or "")
    digest = digest_of([(SCHEMA_FILE, hcl.encode())])
    if state.get("digest") not in {None, digest}:
        raise Unavailable(
            f'the content of "{reference}" does not match its digest {one_line(state["digest"])}'
        )
    return PulledSchema(
        hcl=hcl,
        digest=digest,
        version=str(state.get("version") or ""),
        tag=str(state.get("tag") or reference.tag),
        driver=driver_name(str(state.get("driver") or "")),
        source=transport.address.url,
        moved_at=str(state.get("movedAt") or ""),
    )
