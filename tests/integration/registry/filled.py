"""A registry with something of everything, filled over the wire, and all that can be pulled from it, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from atlas.client.plans import PlanPush, approve_plan, pull_plan, push_plan, remove_plan
from atlas.client.pull import pull_directory
from atlas.client.push import DirectoryPush, push_directory
from atlas.client.schemas import SchemaPush, pull_schema, push_schema
from atlas.client.transport import Transport
from atlas.server.store.tokens import create_token
from atlas.wire.archive import pack
from atlas.wire.contract import DIRECTORY, RegistryAddress
from atlas.wire.index import RepositoryIndex
from atlas.wire.reference import PlanReference, Reference

from tests.integration.registry.conftest import directory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.integration.registry.conftest import Served

PROJECTS = ("acme", "shop", "default")


@dataclass(frozen=True)
class Size:
    """How many directories and schemas, and how many versions each of them has."""

    directories: int
    schemas: int
    versions: int

    @property
    def total(self) -> int:
        return (self.directories + self.schemas) * self.versions


SMALL = Size(3, 2, 5)
WHOLE = Size(40, 10, 20)


class Pulled(NamedTuple):
    """What a pull gave: the digest, the name of the version, the bytes."""

    digest: str
    version: str
    content: bytes


class Filled(NamedTuple):
    """The tokens by project, with which everything can be pulled; and the indexes."""

    tokens: dict[str, str]
    indexes: tuple[RepositoryIndex, ...]
    pulls: dict[str, Pulled]
    plans: dict[str, tuple[str, str, str]]


def fill(served: Served, size: Size) -> Filled:
    """Push directories that grow, one state that comes back, schemas, tags that move, and plans of each status."""
    tokens = {project: create_token(served.registry, project, name=f"of-{project}") for project in PROJECTS}
    for number in range(size.directories + size.schemas):
        token = tokens[PROJECTS[number % len(PROJECTS)]]
        with Transport(RegistryAddress(f"{served.url}/query", token)) as transport:
            if number < size.directories:
                _fill_directory(transport, f"app-{number}", size.versions)
            else:
                _fill_schema(transport, f"app-{number - size.directories}", size.versions)
    return seen(served, tokens)


def seen(served: Served, tokens: dict[str, str]) -> Filled:
    """All that the registry answers about what it holds: every tag, every version, the latest, every plan."""
    indexes = tuple(served.registry.content.indexes())
    pulls: dict[str, Pulled] = {}
    plans: dict[str, tuple[str, str, str]] = {}
    for index in indexes:
        with Transport(RegistryAddress(f"{served.url}/query", tokens[index.key.project])) as transport:
            for reference in references(index):
                pulls[f"{index.key} {reference}"] = _pull(transport, index, reference)
            for plan in index.plans:
                stored = pull_plan(transport, PlanReference(index.key.slug, plan.name))
                plans[f"{index.key} {plan.name}"] = (stored.status, stored.migration, stored.link)
    return Filled(tokens, indexes, pulls, plans)


def references(index: RepositoryIndex) -> Iterator[Reference]:
    """Every address of what a repository holds."""
    slug = index.key.slug
    yield Reference(slug)
    yield from (Reference(slug, tag=tag) for tag in index.tags)
    yield from (Reference(slug, version=version.digest) for version in index.versions)
    yield from (Reference(slug, version=version.name) for version in index.versions)


def _pull(transport: Transport, index: RepositoryIndex, reference: Reference) -> Pulled:
    if index.key.type == DIRECTORY:
        found = pull_directory(transport, reference)
        return Pulled(found.digest, found.version, pack(found.entries))
    schema = pull_schema(transport, reference)
    return Pulled(schema.digest, schema.version, schema.hcl.encode())


def _fill_directory(transport: Transport, slug: str, versions: int) -> None:
    """The last state is the first once more: three ordinals, two contents."""
    files = [
        (f"{number:03}_{slug}.sql", f"CREATE TABLE t{number} (id integer); -- {slug} ü\r\n")
        for number in range(1, versions)
    ]
    for number in [*range(1, versions), 1]:
        archive = pack(directory(*files[:number]))
        push_directory(transport, DirectoryPush(slug, "sqlite", archive))
        if number % 2:
            push_directory(transport, DirectoryPush(slug, "", archive, f"v{number}"))
            push_directory(transport, DirectoryPush(slug, "", archive, "prod"))


def _fill_schema(transport: Transport, slug: str, versions: int) -> None:
    for number in range(1, versions + 1):
        hcl = f'schema "main" {{}}\n# {slug} {number} ü\r\n'
        for tag in ("", f"v{number}", "prod"):
            push_schema(
                transport,
                SchemaPush(
                    name=slug,
                    hcl=hcl,
                    hash="h",
                    driver="sqlite",
                    tag=tag,
                    version="" if tag else f"1.{number}",
                ),
            )
    for name in ("waits", "approved", "removed"):
        plan = PlanPush(
            slug=slug,
            name=name,
            status="PENDING",
            current_hash=name,
            desired_hash="b=",
            migration=f"-- {name}\nSELECT 1;\n",
        )
        push_plan(transport, plan)
    approve_plan(transport, PlanReference(slug, "approved"))
    remove_plan(transport, PlanReference(slug, "removed"))
