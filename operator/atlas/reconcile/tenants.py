"""Namespaces with tokens of their own: which token a resource is given, and what the operator lends it besides.

In a registry the token fixes the project, so the token of a namespace keeps its resources to the repositories of one
project. Backups know no tokens: what is read there with the operator's credentials goes by what the operator was told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from atlas.errors import SpecError
from atlas.reconcile.ports import SECRET
from atlas.reconcile.reading import secret_text, secret_text_or_none
from atlas.reconcile.references import SecretKey
from atlas.reconcile.registry import is_same_address, registry_address

if TYPE_CHECKING:
    from atlas.reconcile.ports import NamespaceTokens, Ports, Stored
    from atlas.reconcile.resource import Resource
    from atlas.reconcile.spec import CloudSpec
    from atlas.wire.contract import RegistryAddress


class NamesCloud(Protocol):
    """A spec of either kind."""

    @property
    def cloud(self) -> CloudSpec: ...


class Asks(Protocol):
    """A pass of either kind that has read its spec."""

    resource: Resource
    ports: Ports
    read: list[Stored]

    @property
    def spec(self) -> NamesCloud: ...


class Tenant(Protocol):
    """A pass of either kind that has found its registry."""

    resource: Resource
    ports: Ports
    registry: RegistryAddress
    is_tenant: bool


class Found(NamedTuple):
    """The registry of a resource.

    Attributes:
        is_tenant: The operator lends it neither its token nor, unasked, its credentials.
        no_token: Why there is no token, where the operator keeps its own to itself; '' otherwise.
    """

    address: RegistryAddress
    is_tenant: bool = False
    no_token: str = ""


def registry_of(run: Asks) -> Found:
    """The registry of a resource, as whom it is asked, and whether the operator's own token may be used.

    Raises:
        SpecError: The address is refused or comes without a token of its own; or a Secret is not as it should be.
    """
    tokens, own, spec = run.ports.namespace_tokens, run.ports.own_registry, run.spec.cloud
    if not tokens.secret:
        return Found(registry_address(spec, own, lambda key: secret_text(run, key)))
    given = _token_of_namespace(run) if _goes_as_operator(spec, own) else None
    if given or tokens.is_required:
        own = replace(own, token=given)
    address = registry_address(spec, own, lambda key: secret_text(run, key))
    no_token = _told(run, tokens) if own.url and not address.token else ""
    # NB: who brings a token is known by it to a registry alone: it opens no backup.
    is_tenant = bool(given) or tokens.is_required or _has_own_token(spec)
    return Found(address, is_tenant, no_token if tokens.is_required else "")


def lent_project(run: Tenant) -> str:
    """The project under which backups are read with the operator's own credentials, '' where they are not."""
    if not run.is_tenant:
        return run.registry.project
    return run.ports.namespace_tokens.projects.get(run.resource.namespace, "")


def looked_for(spec: Mapping[str, object], tokens: NamespaceTokens) -> frozenset[tuple[str, str]]:
    """Kind and name of what a spec does not name and a pass looks for all the same."""
    cloud = spec.get("cloud")
    has_token = isinstance(cloud, Mapping) and bool(cloud.get("tokenFrom"))
    return frozenset({(SECRET, tokens.secret)} if tokens.secret and not has_token else ())


def _goes_as_operator(spec: CloudSpec, own: RegistryAddress) -> bool:
    is_own_address = not spec.url or is_same_address(spec.url, own.url)
    return bool(own.url) and is_own_address and not _has_own_token(spec)


def _has_own_token(spec: CloudSpec) -> bool:
    return bool(spec.token or spec.token_from)


def _token_of_namespace(run: Asks) -> str | None:
    """NB: a Secret that is there and holds none is an error: nothing of the operator's may take its place."""
    tokens = run.ports.namespace_tokens
    found = secret_text_or_none(run, SecretKey(tokens.secret, tokens.key))
    if found is not None and not found.strip():
        name = f"{run.resource.namespace}/{tokens.secret}"
        raise SpecError(f'secret {name}: the value of key "{tokens.key}" is empty: expected a token')
    return found and found.strip()


def _told(run: Asks, tokens: NamespaceTokens) -> str:
    namespace = run.resource.namespace
    return (
        f"namespace {namespace} has no token for {run.ports.own_registry.url}, and this operator lends its own to nobody: "
        f'expected the key "{tokens.key}" in a Secret {namespace}/{tokens.secret}, or spec.cloud.tokenFrom'
    )
