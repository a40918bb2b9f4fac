"""The first half of a pass: what is asked for. No database is touched, so a server that is down costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import LoginRequired
from atlas.reconcile.outcome import Gone, Suspended
from atlas.reconcile.spec import read_migration
from atlas.reconcile.target import check_target, target_url
from atlas.reconcile.tenants import registry_of

if TYPE_CHECKING:
    from atlas.reconcile.passing import Pass, Resolving


def stop_if_deleted(run: Resolving) -> Gone | None:
    """A deleted resource leaves its database as it is."""
    return Gone() if run.resource.is_deleted else None


def stop_if_suspended(run: Resolving) -> Suspended | None:
    """A suspended resource is not even read."""
    return Suspended() if run.resource.spec.get("suspend") is True else None


def find_spec(run: Pass) -> None:
    """Read the spec."""
    run.spec = read_migration(run.resource.spec)


def find_target(run: Resolving) -> None:
    """Find the target, and refuse one that no manifest may name."""
    run.target = target_url(run.spec.target, run.secret)
    run.secrets.extend(run.target.secrets)
    check_target(run.target, run.ports.target_rules)


def find_registry(run: Resolving) -> None:
    """Find the registry and the token that may go there.

    Raises:
        SpecError: The address is refused, or comes without a token of its own.
        LoginRequired: The resource has plans in the registry, and no token there.
    """
    found = registry_of(run)
    run.registry, run.is_tenant, run.no_token = found
    if run.registry.token:
        run.secrets.append(run.registry.token)
    if run.no_token and run.spec.cloud.repo:
        # Without a token nobody would be asked for approval, and nobody would say so.
        raise LoginRequired(run.no_token)
