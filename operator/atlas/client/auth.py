"""Logging in: asking a registry who we are, and the store of tokens in ``~/.atlas``.

The store is a JSON file that only its owner can read, in a folder that only its owner can enter.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from atlas.client.address import StoredLogins
from atlas.errors import SpecError, Unauthorized
from atlas.wire.operations import BOT

if TYPE_CHECKING:
    from atlas.client.transport import Transport

_FOLDER = ".atlas"
_FILE = "credentials.json"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a token belongs to: its name, and its project (which clients call the organization)."""

    name: str
    org: str


def whoami(transport: Transport) -> Identity:
    """Ask the registry; raises ``Unauthorized`` for a wrong token."""
    answer = transport.execute(BOT, {}) or {}
    return Identity(name=answer.get("name") or "", org=answer.get("org") or "")


def checked_login(transport: Transport) -> Identity:
    """As ``whoami``, with the error of ``atlas login``."""
    try:
        return whoami(transport)
    except Unauthorized as error:
        raise Unauthorized(f"login with token failed: {error}") from error


class LoginStore:
    """``<home>/.atlas/credentials.json``. Every change replaces the file as a whole.

    Without a home nothing is stored and nothing found: the working directory is not a place for tokens.
    """

    def __init__(self, home: str) -> None:
        self._home = home
        self._folder = Path(home) / _FOLDER
        self._path = self._folder / _FILE

    def read(self) -> StoredLogins:
        """What is stored; nothing where the file is absent. Raises ``SpecError`` for a broken one."""
        if not self._home:
            return StoredLogins()
        try:
            document = json.loads(self._path.read_text())
            tokens = {str(url): str(token) for url, token in document["tokens"].items()}
            return StoredLogins(str(document["current"]), tokens)
        except FileNotFoundError:
            return StoredLogins()
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise SpecError(
                f"{self._path} cannot be read ({type(error).__name__}): run 'atlas login' anew"
            ) from error

    def store(self, url: str, token: str) -> None:
        """Remember a token for one address, which becomes the current one."""
        try:
            tokens = dict(self.read().tokens)
        except SpecError:  # a broken file is replaced, as its message promises
            tokens = {}
        self._write(StoredLogins(url, {**tokens, url: token}))

    def forget(self) -> None:
        """Forget every token; nothing stored is no error."""
        if not self._home:
            return
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(self._path, error) from error

    def make_folder(self) -> None:
        """Make the folder without storing anything in it."""
        if not self._home:
            raise SpecError(
                "HOME is not set: expected the folder that .atlas with the token is to be made in"
            )
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
        except OSError as error:
            raise _unwritable(self._folder, error) from error

    def _write(self, logins: StoredLogins) -> None:
        self.make_folder()
        document = {"current": logins.current, "tokens": dict(logins.tokens)}
        try:
            descriptor, name = tempfile.mkstemp(dir=self._folder)  # mode 0600
            with os.fdopen(descriptor, "w") as file:
                json.dump(document, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path)
        except OSError as error:
            raise _unwritable(self._folder, error) from error


def _unwritable(path: Path, error: OSError) -> SpecError:
    return SpecError(f"cannot write to {path}: {error.strerror}; or set ATLAS_TOKEN instead of logging in")
