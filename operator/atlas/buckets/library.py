"""Libraries of object stores: each is optional, and loaded when the first address needs it."""

from __future__ import annotations

import importlib
import ssl
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from atlas.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atlas.buckets.address import Address


def library(name: str, extra: str) -> Any:
    """The module ``name``.

    Raises:
        SpecError: It is not installed; the message says what to install.
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        raise SpecError(
            f"this bucket needs {name.partition('.')[0]}, which is not installed: "
            f"run pip install 'atlas-operator[{extra}]'"
        ) from None


def authorities() -> str | None:
    """The file of the authorities that this machine trusts: ``SSL_CERT_FILE``, else the system's.

    None where it has none; then each library trusts those that it brings along.
    """
    return ssl.get_default_verify_paths().cafile


@contextmanager
def made_of(where: Address) -> Iterator[None]:
    """Translate what a library says of values that it cannot make a client of; its own text would repeat them."""
    try:
        yield
    except ValueError:
        raise SpecError(
            f"{where}: no client can be made of this address and these credentials: look at its keys and variables"
        ) from None


class Late:
    """A client that is made when it is first called for, by whichever thread comes first.

    To make one may mean to ask the machine who we are, which takes seconds where nobody answers.
    """

    def __init__(self, where: Address, make: Callable[[], Any]) -> None:
        self._where = where
        self._make = make
        self._made: Any = None
        self._lock = threading.Lock()

    def __call__(self) -> Any:
        with self._lock:
            if self._made is None:
                with made_of(self._where):
                    self._made = self._make()
            return self._made
