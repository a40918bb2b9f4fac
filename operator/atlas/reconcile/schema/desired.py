"""Where a desired state comes from: a ConfigMap, the manifest, or a registry; the first that is given."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from atlas.engine.desired_state import HclState, SqlScript, SqlState
from atlas.errors import SpecError
from atlas.reconcile.observed import observed_hash
from atlas.reconcile.schema.spec import read_schema_spec
from atlas.wire.contract import driver_name
from atlas.wire.reference import checked_slug, parse_reference

if TYPE_CHECKING:
    from atlas.reconcile.schema.passing import SchemaPass

_INLINE_HCL = "schema.hcl"
_INLINE_SQL = "schema.sql"
_ALIKE = frozenset({"mysql", "mariadb"})


def find_spec(run: SchemaPass) -> None:
    """Read the spec."""
    run.spec = read_schema_spec(run.resource.spec)


def find_desired(run: SchemaPass) -> None:
    """Load the desired state; nothing is parsed yet.

    Raises:
        SpecError: None is named, or what is named cannot be read.
        RegistryError: The registry does not have it, or does not answer.
    """
    spec = run.spec.desired
    if spec.config_map:
        name, text = spec.config_map_key, _from_config_map(run)
        run.source = f"configmap/{spec.config_map}"
    elif spec.hcl or spec.sql:
        name, text = (_INLINE_HCL, spec.hcl) if spec.hcl else (_INLINE_SQL, spec.sql)
        run.source = "the manifest"
    elif spec.url:
        name, text = _INLINE_HCL, _from_registry(run)
    else:
        raise SpecError("the desired state is not set: give spec.schema.sql, hcl, configMapKeyRef or url")
    if name.endswith(".hcl"):
        run.state = HclState(((name, text),), is_pushed=run.is_registry_state)
    else:
        run.state = SqlState((SqlScript(name, text),))
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    run.observed_hash = observed_hash(run.resource.spec, digest, run.read)


def _from_config_map(run: SchemaPass) -> str:
    spec = run.spec.desired
    key, name = spec.config_map_key, f"{run.resource.namespace}/{spec.config_map}"
    if not key.endswith((".sql", ".hcl")):
        ending = key.rpartition(".")[2] if "." in key else ""
        raise SpecError(
            f'configmaps key "{key}" must be ending with .sql or .hcl, received "{ending and "." + ending}"'
        )
    stored = run.config_map(spec.config_map)
    if key not in stored.data:
        raise SpecError(f'configmaps {name} does not contain key "{key}"')
    try:
        return stored.data[key].decode()
    except UnicodeDecodeError:
        raise SpecError(f'configmaps {name}: the value of key "{key}" is not text') from None


def _from_registry(run: SchemaPass) -> str:
    url, registry = run.spec.desired.url, run.registry
    scheme = url.partition(":")[0]
    if scheme != "atlas":
        raise SpecError(f'unsupported URL schema "{scheme}": spec.schema.url takes atlas://name?tag=…')
    reference = parse_reference(url)
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
