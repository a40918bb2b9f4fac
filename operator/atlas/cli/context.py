"""What a command is given besides its arguments: streams, environment and time, so that tests can hold them."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar, cast

from atlas.record import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from atlas.settings import Settings

T = TypeVar("T")


@contextmanager
def _named_stdout() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OSError(error.errno, error.strerror, "stdout") from error


@dataclass(frozen=True, slots=True)
class Context:
    """The process as a command sees it."""

    settings: Settings
    environ: Mapping[str, str] = field(repr=False)
    _kept: dict[type, object] = field(default_factory=dict, repr=False, compare=False)

    def one(self, kind: type[T], make: Callable[[], T]) -> T:
        """The one object of a kind that this run has, made when it is first asked for."""
        if kind not in self._kept:
            self._kept[kind] = make()
        return cast("T", self._kept[kind])

    def out(self, text: str = "", end: str = "\n") -> None:
        """Write a line of the answer to stdout."""
        with _named_stdout():
            sys.stdout.write(text + end)

    def flush(self) -> None:
        """Have the answer written; raises ``OSError`` in the name of stdout."""
        with _named_stdout():
            sys.stdout.flush()

    def err(self, text: str) -> None:
        """Write a line about the answer to stderr."""
        with suppress(OSError):  # where stdout cannot be written, stderr is the place to say so
            sys.stdout.flush()
        sys.stderr.write(text + "\n")

    def aside(self, text: str) -> None:
        """Write a line beside the answer for a person; programs take a success that says something there for a warning."""
        if sys.stderr.isatty():
            self.err(text)

    def drop_output(self) -> None:
        """Let what is not written yet go nowhere: the interpreter would fail on it once more as it ends."""
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - pathlib is not loaded here
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
