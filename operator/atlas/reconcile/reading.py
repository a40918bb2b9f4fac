"""What a resource refers to: keys of Secrets and ConfigMaps of its namespace, remembered as read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from atlas.errors import SpecError
from atlas.reconcile.ports import SECRET, Stored

if TYPE_CHECKING:
    from atlas.reconcile.ports import Ports
    from atlas.reconcile.references import ConfigMapKey, SecretKey
    from atlas.reconcile.resource import Resource


class Reads(Protocol):
    """A pass that reads references; ``read`` is what it has read so far."""

    resource: Resource
    ports: Ports
    read: list[Stored]


def secret_text(run: Reads, key: SecretKey) -> str:
    """The text behind a ``secretKeyRef``.

    Raises:
        SpecError: The Secret or the key is missing, or holds no text.
    """
    found = secret_text_or_none(run, key)
    if found is None:
        raise SpecError(f"secret {run.resource.namespace}/{key.name} not found")
    return found


def secret_text_or_none(run: Reads, key: SecretKey) -> str | None:
    """As ``secret_text``, None where there is no such Secret; that there is none is remembered as read too.

    Raises:
        SpecError: The key is missing, or holds no text.
    """
    namespace = run.resource.namespace
    stored = run.ports.references.secret(namespace, key.name)
    if stored is None:
        run.read.append(Stored(SECRET, key.name, "", "", {}))
        return None
    run.read.append(stored)
    if key.key not in stored.data:
        raise SpecError(f'secret {namespace}/{key.name} does not contain key "{key.key}"')
    try:
        return stored.data[key.key].decode()
    except UnicodeDecodeError:
        raise SpecError(f'secret {namespace}/{key.name}: the value of key "{key.key}" is not text') from None


def secret_texts(run: Reads, name: str) -> dict[str, str]:
    """All keys of a Secret.

    Raises:
        SpecError: It is missing, or a key holds no text.
    """
    namespace = run.resource.namespace
    stored = run.ports.references.secret(namespace, name)
    if stored is None:
        raise SpecError(f"secret {namespace}/{name} not found")
    run.read.append(stored)
    found = {}
    for key, value in stored.data.items():
        try:
            found[key] = value.decode()
        except UnicodeDecodeError:
            raise SpecError(f'secret {namespace}/{name}: the value of key "{key}" is not text') from None
    return found


def config_map(run: Reads, name: str) -> Stored:
    """The ConfigMap.

    Raises:
        SpecError: It is missing.
    """
    namespace = run.resource.namespace
    stored = run.ports.references.config_map(namespace, name)
    if stored is None:
        raise SpecError(f"configmap {namespace}/{name} not found")
    run.read.append(stored)
    return stored


def config_map_text(run: Reads, key: ConfigMapKey) -> str:
    """The text behind a ``configMapKeyRef``.

    Raises:
        SpecError: The ConfigMap or the key is missing, or holds no text.
    """
    stored, name = config_map(run, key.name), f"{run.resource.namespace}/{key.name}"
    if key.key not in stored.data:
        raise SpecError(f'configmap {name} does not contain key "{key.key}"')
    try:
        return stored.data[key.key].decode()
    except UnicodeDecodeError:
        raise SpecError(f'configmap {name}: the value of key "{key.key}" is not text') from None
