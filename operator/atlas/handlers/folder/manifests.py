"""A folder of manifests in the place of an API server: the same few requests, answered from YAML files.

Resources, Secrets and ConfigMaps are read from ``*.yaml``, ``*.yml`` and ``*.json`` of one folder. The status of
a resource is a file beside them, or in a folder of its own; nothing else is ever written.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from atlas.errors import Rejected, UsageError
from atlas.handlers.keys import PLURALS, Key, Ref
from atlas.handlers.stored import stored_of
from atlas.reconcile import conditions
from atlas.reconcile.ports import CONFIG_MAP, SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.reconcile.ports import Stored

SUFFIXES = {".yaml", ".yml", ".json"}
STATUS_SUFFIX = ".status.yaml"
_DEFAULT_NAMESPACE = "default"


@dataclass(frozen=True, slots=True)
class Contents:
    """All objects of the folder at one moment, complete with the metadata an API server would add."""

    resources: dict[Key, dict[str, Any]] = field(default_factory=dict)
    references: dict[Ref, dict[str, Any]] = field(default_factory=dict)


class Folder:
    """Answers as ``Cluster`` does; ``read`` must come first, and again when something changed."""

    def __init__(self, folder: str, status_folder: str = "") -> None:
        self._folder = Path(folder)
        self._status_folder = Path(status_folder) if status_folder else self._folder
        self.contents = Contents()

    def read(self) -> Contents:
        """Read everything anew.

        Raises:
            UsageError: The folder is missing, or a file of it is no manifest.
        """
        contents = Contents()
        for path in self._manifests():
            version = _version(path)
            for document in _documents(path):
                self._place(contents, document, version)
        self.contents = contents
        return contents

    def fingerprint(self) -> tuple[tuple[str, str], ...]:
        """Differs when a file of the folder was added, removed or written."""
        return tuple((path.name, _version(path)) for path in self._manifests())

    async def get(self, key: Key) -> dict[str, Any] | None:
        return self.contents.resources.get(key)

    async def stored(self, ref: Ref) -> Stored | None:
        body = self.contents.references.get(ref)
        return stored_of(ref.kind, body) if body else None

    async def patch_status(self, key: Key, patch: Mapping[str, object]) -> None:
        body = self.contents.resources.get(key)
        if body is not None:
            body["status"] = conditions.merged(body.get("status") or {}, dict(patch))
            self._write(key, body["status"])

    async def post_event(self, namespace: str, event: Mapping[str, object]) -> None:
        """There is nobody to tell: the status holds the same words."""

    def _manifests(self) -> list[Path]:
        try:
            found = sorted(self._folder.iterdir())
        except OSError as error:
            raise UsageError(f"{self._folder}: {error.strerror}: expected a folder of manifests") from error
        return [path for path in found if path.suffix in SUFFIXES and not path.name.endswith(STATUS_SUFFIX)]

    def _place(self, contents: Contents, document: dict[str, Any], version: str) -> None:
        kind, metadata = document.get("kind"), dict(document.get("metadata") or {})
        name = str(metadata.get("name", ""))
        namespace = str(metadata.setdefault("namespace", _DEFAULT_NAMESPACE))
        metadata["uid"] = str(uuid5(NAMESPACE_URL, f"{kind}/{namespace}/{name}"))
        if kind in (SECRET, CONFIG_MAP):
            metadata["resourceVersion"] = version
            contents.references[Ref(kind, namespace, name)] = document | {"metadata": metadata}
        elif kind in PLURALS:
            key = Key(str(kind), namespace, name)
            metadata["generation"] = _generation(document.get("spec"))
            contents.resources[key] = document | {"metadata": metadata, "status": self._status(key)}

    def _status(self, key: Key) -> dict[str, Any]:
        import yaml

        try:
            status = yaml.load(self._status_path(key).read_text(), _loader())  # noqa: S506 - a safe loader, in C
        except FileNotFoundError:
            return {}
        return status if isinstance(status, dict) else {}

    def _write(self, key: Key, status: object) -> None:
        import yaml

        path = self._status_path(key)
        draft = path.with_name(f".{path.name}.draft")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(yaml.safe_dump(status, sort_keys=False, allow_unicode=True))
            draft.replace(path)
        except OSError as error:
            raise Rejected(f"{path} cannot be written: {error.strerror}: see --status-dir") from error

    def _status_path(self, key: Key) -> Path:
        return self._status_folder / f"{key.kind.lower()}.{key.namespace}.{key.name}{STATUS_SUFFIX}"


def _documents(path: Path) -> Iterator[dict[str, Any]]:
    import yaml

    try:
        documents = list(yaml.load_all(path.read_text(), _loader()))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{path} is no manifest: {error}") from error
    for document in documents:
        if not isinstance(document, dict):
            continue
        items = document.get("items")
        yield from items if document.get("kind") == "List" and isinstance(items, list) else [document]


def _loader() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _generation(spec: object) -> int:
    """A number that changes with the spec; 48 bits, so that every JSON reader keeps it exact."""
    text = json.dumps(spec, sort_keys=True, default=str)
    return int.from_bytes(hashlib.sha256(text.encode(errors="surrogatepass")).digest()[:6])


def _version(path: Path) -> str:
    """Tells one state of a file from another without looking at what is in it."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return ""
    return f"{found.st_mtime_ns}-{found.st_size}"
