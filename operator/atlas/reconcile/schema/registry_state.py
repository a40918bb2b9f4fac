"""A desired state that was pushed to a registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import SpecError
from atlas.wire.contract import driver_name
from atlas.wire.reference import checked_slug

if TYPE_CHECKING:
    from atlas.reconcile.schema.passing import SchemaPass
    from atlas.wire.reference import Reference

_ALIKE = frozenset({"mysql", "mariadb"})


def pulled_text(run: SchemaPass, reference: Reference) -> str:
    """The text of a schema; the pass remembers where it came from.

    Raises:
        SpecError: There is no registry or no token, or the schema is for another kind of database.
        RegistryError: The registry does not have it, or does not answer.
    """
    registry = run.registry
    checked_slug(reference.slug)
    for given, field in (
        (registry.url, "a registry: set one for the operator"),
        (registry.token, "a token: set spec.cloud.tokenFrom, or one for the operator"),
    ):
        if not given:
            raise SpecError(f"cannot read {reference} without {field}")
    run.source, run.is_registry_state = str(reference), True
    pulled = run.ports.registry.pull_schema(registry, reference)
    _check_driver(run, pulled.driver)
    return pulled.hcl


def _check_driver(run: SchemaPass, pulled: str) -> None:
    theirs, ours = driver_name(pulled), run.target.driver
    if theirs and theirs != ours and not {theirs, ours} <= _ALIKE:
        raise SpecError(f"{run.source} is a schema for {theirs}, and the target is {ours}")
