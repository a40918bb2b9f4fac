"""Desired states at the URLs of a project file: files of allowed folders, the registry, and what data sources made."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from atlas.engine.desired_state import (
    CompositeState,
    DirectoryState,
    HclState,
    RealmState,
    SqlState,
    at_version,
)
from atlas.engine.directory import compute_sum, parse_directory_url, validate
from atlas.errors import SpecError, Unsupported
from atlas.project.data import MEMORY_SCHEME
from atlas.project.made import state_of
from atlas.reconcile.project_file import NOT_ALLOWED
from atlas.reconcile.schema.registry_state import pulled_schema_or_directory
from atlas.wire.reference import parse_reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.engine.desired_state import DesiredState
    from atlas.reconcile.schema.passing import SchemaPass
    from atlas.wire.reference import Reference

_BESIDE_FILE: Final = {"file://schema.hcl": "hcl", "file://schema.sql": "sql"}


def is_given_here(run: SchemaPass) -> bool:
    """A project file may call the state of the manifest by the name that it has beside the file."""
    spec = run.spec.desired
    if spec.urls == ():
        return True
    kind = _BESIDE_FILE.get(spec.urls[0].replace("://./", "://")) if len(spec.urls) == 1 else None
    key = spec.config_map_key if spec.config_map else ""
    return kind is not None and (bool(getattr(spec, kind)) or key.endswith(f".{kind}"))


def state_at(run: SchemaPass, urls: Sequence[str]) -> DesiredState:
    """The state at ``file://`` (several are read together), ``atlas://`` or ``mem://``.

    Raises:
        SpecError: The URLs do not go together, or a file lies outside the allowed folders.
        DesiredStateError: A file cannot be used.
        RegistryError: The registry does not have it, or does not answer.
        Unsupported: A database as a desired state.
    """
    run.source = "the project file"
    schemes = {url.partition("://")[0] for url in urls}
    if schemes == {"file"}:
        return _files(run, urls)
    if len(urls) > 1:
        raise SpecError(f"several URLs of src are all file:// URLs: found {', '.join(sorted(schemes))}")
    [scheme] = schemes
    if scheme == "atlas":
        return _registry(run, parse_reference(urls[0]))
    if scheme == MEMORY_SCHEME:
        return _made(run, urls[0])
    raise Unsupported(
        f'src of the project file is "{scheme}://": a resource takes file://, atlas:// and data sources, '
        "no database as a desired state"
    )


def digest_of(state: DesiredState) -> str:
    """Tells one text of a state from another."""
    match state:
        case SqlState(scripts):
            texts = [part for script in scripts for part in (script.name, script.text)]
        case HclState():
            texts = [part for file in state.files for part in file]
            texts.append(repr(sorted(state.variables.items())))
        case DirectoryState():
            texts = [compute_sum(state.directory).total, state.version]
        case CompositeState(parts):
            texts = [text for part in parts for text in (part.schema, digest_of(part.state))]
        case RealmState():
            texts = []
    return hashlib.sha256("\0".join(texts).encode(errors="surrogatepass")).hexdigest()


def _files(run: SchemaPass, urls: Sequence[str]) -> DesiredState:
    if run.ports.config is None:
        raise SpecError(NOT_ALLOWED)
    parsed = [parse_directory_url(url) for url in urls]
    version = next((url.parameter("version") for url in parsed if url.parameter("version")), "")
    found = next((url for url in parsed if url.parameter("format")), None)
    if found is None:
        state = run.ports.config.files.schema([url.path for url in parsed], run.spec.desired.variables)
        return at_version(state, version)
    if len(parsed) > 1:
        raise SpecError(f"src of the project file is {len(parsed)} URLs: a migration directory stands alone")
    directory = run.ports.config.files.directory(found.path, found.format)
    validate(directory)
    return at_version(DirectoryState(directory), version)


def _registry(run: SchemaPass, reference: Reference) -> DesiredState:
    match pulled_schema_or_directory(run, reference):
        case str(text):
            return HclState(((str(reference), text),), run.spec.desired.variables, is_pushed=True)
        case directory:
            return DirectoryState(directory)


def _made(run: SchemaPass, url: str) -> DesiredState:
    made = run.memory.find(url)
    if made is None:
        raise SpecError(f'src of the project file is "{url}", which no data source made')
    parsed = parse_directory_url(url)
    state = state_of(made, lambda _, urls: state_at(run, urls), parsed.format)
    return at_version(state, parsed.parameter("version"))
