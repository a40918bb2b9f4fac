"""Addresses of buckets: ``scheme://bucket/folder?key=value``, by the grammar of the Go CDK and of the Go tools.

A folder is the path of the URL, as the Go tools write it, or the key ``prefix``, as the CDK does; both add up. No
error repeats the value of a key: a person may have put a secret there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from atlas.errors import SpecError, Unsupported
from atlas.wire.bucket import checked_key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from urllib.parse import SplitResult

_TRUE = {"1", "t", "T", "true", "TRUE", "True"}
_FALSE = {"0", "f", "F", "false", "FALSE", "False", ""}
_OF_EVERY_BUCKET = ("prefix",)
_NOT_SERVED = {"key": "a bucket of one object has no room for a layout"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a bucket is. ``prefix`` is '' or ends with ``/``; ``keys`` are the known ones that were given."""

    scheme: str
    bucket: str
    prefix: str
    keys: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.scheme}://{self.bucket}/{self.prefix}".rstrip("/")

    def text(self, *names: str) -> str:
        """The value of the first of ``names`` that is given and not empty, else ''."""
        return next((self.keys[name] for name in names if self.keys.get(name)), "")

    def is_on(self, *names: str) -> bool:
        """Whether one of ``names`` is true, in the spellings of Go's ``strconv.ParseBool``."""
        return any(self._truth(name) for name in names)

    def one_of(self, name: str, *allowed: str) -> str:
        """The value of ``name``, '' if it is not given; raises ``SpecError`` if it is none of ``allowed``."""
        value = self.keys.get(name, "")
        if value and value not in allowed:
            raise SpecError(f'{self}: the key "{name}" is one of {", ".join(allowed)}')
        return value

    def object_key(self, key: str) -> str:
        """The name in the store of an object of this bucket; raises ``SpecError`` where ``key`` names none."""
        return self.prefix + checked_key(key)

    def _truth(self, name: str) -> bool:
        value = self.keys.get(name, "")
        if value not in _TRUE | _FALSE:
            raise SpecError(f'{self}: the key "{name}" is true or false')
        return value in _TRUE


def address_of(url: str, known: Collection[str], not_served: Mapping[str, str] | None = None) -> Address:
    """The parts of ``url``. ``not_served`` are keys with the reason why they are refused.

    Raises:
        SpecError: no bucket is named, a key is unknown or given twice, or a part cannot be one of an address.
        Unsupported: the key is known, and not served.
    """
    parts = _split(url)
    address = Address(parts.scheme, unquote(parts.netloc), "", {})
    keys: dict[str, str] = {}
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        _check_key(address, name, known, {**_NOT_SERVED, **(not_served or {})})
        if name in keys:
            raise SpecError(f'{address}: the key "{name}" is given twice')
        keys[name] = value
    folders = [unquote(parts.path).strip("/"), keys.pop("prefix", "").strip("/")]
    prefix = "/".join(folder for folder in folders if folder)
    return Address(parts.scheme, address.bucket, f"{checked_key(prefix)}/" if prefix else "", keys)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SpecError("a bucket has an address like s3://bucket/folder?region=us-east-1") from None
    if parts.username is not None or parts.password is not None:
        raise SpecError(
            f"{parts.scheme}://…: an address of a bucket takes no user and password: "
            "set the variables that docs/reference/buckets.md names"
        )
    if not parts.netloc or port is not None or parts.fragment:
        raise SpecError(f"{parts.scheme}://…: expected {parts.scheme}://bucket/folder?key=value")
    return parts


def _check_key(address: Address, name: str, known: Collection[str], not_served: Mapping[str, str]) -> None:
    if why := not_served.get(name):
        raise Unsupported(f'{address}: the key "{name}" is not served: {why}')
    if name not in known and name not in _OF_EVERY_BUCKET:
        listed = ", ".join(sorted([*known, *_OF_EVERY_BUCKET]))
        raise SpecError(f'{address}: unknown key "{name}": known are {listed}')
