"""Where a desired state comes from: a ConfigMap, the manifest, or a registry; the first that is given."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from atlas.engine.desired_state import HclState, SqlScript, SqlState
from atlas.errors import SpecError
from atlas.reconcile.observed import observed_hash, said_by_project
from atlas.reconcile.schema.registry_state import pulled_text
from atlas.reconcile.schema.spec import read_schema_spec
from atlas.reconcile.schema.state_urls import digest_of, is_given_here, state_at
from atlas.wire.reference import parse_reference

if TYPE_CHECKING:
    from atlas.reconcile.schema.passing import SchemaPass

_INLINE_HCL = "schema.hcl"
_INLINE_SQL = "schema.sql"


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
    if is_given_here(run):
        digest = _find_in_spec(run)
    else:
        run.state = state_at(run, spec.urls)
        digest = digest_of(run.state)
    said = said_by_project(run.spec, run.target) if run.spec.config.is_given else ""
    run.observed_hash = observed_hash(run.resource.spec, digest + said, run.read)


def _find_in_spec(run: SchemaPass) -> str:
    """Load the state of the spec; returns the digest of its text."""
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
        run.state = HclState(((name, text),), spec.variables, is_pushed=run.is_registry_state)
    else:
        run.state = SqlState((SqlScript(name, text),))
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


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
    url = run.spec.desired.url
    scheme = url.partition(":")[0]
    if scheme != "atlas":
        raise SpecError(f'unsupported URL schema "{scheme}": spec.schema.url takes atlas://name?tag=…')
    return pulled_text(run, parse_reference(url))
