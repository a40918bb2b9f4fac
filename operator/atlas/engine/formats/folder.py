"""A folder as a tool finds it: the texts of its SQL files, and the names of all others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.errors import DirectoryError, Unsupported
from atlas.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

TOOLS: Final = ("golang-migrate", "goose", "flyway", "liquibase", "dbmate")
BYTE_ORDER_MARK: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class ToolFolder:
    """Names are relative to the folder, with ``/``; only Flyway looks into folders of the folder.

    ``others`` are the files that are not read: all but ``*.sql`` and ``*.sql.conf``.
    """

    contents: Mapping[str, bytes]
    others: tuple[str, ...] = ()
    sum_text: str | None = None

    def text(self, name: str) -> str:
        """The text of a file without its byte order mark, and with a last line end, without which a comment is none.

        Raises:
            DirectoryError: it is not UTF-8.
        """
        try:
            text = self.contents[name].decode().removeprefix(BYTE_ORDER_MARK)
        except UnicodeDecodeError as error:
            raise DirectoryError(
                f"{name}: byte {error.start} is not UTF-8; save the file as UTF-8"
            ) from error
        return text if text.endswith("\n") or not text else f"{text}\n"

    @property
    def sql_names(self) -> tuple[str, ...]:
        """The SQL files at the top, in byte order of their names."""
        return tuple(sorted(name for name in self.contents if "/" not in name and name.endswith(".sql")))


def refused(name: str, line: int, what: str, instead: str) -> Unsupported:
    """The refusal of something that a file asks for; ``line`` counts from 1, 0 is the file as a whole."""
    place = f"{name}:{line}" if line else name
    return Unsupported(f"{place}: {what} is not supported: {instead}")


def malformed(name: str, line: int, what: str) -> DirectoryError:
    """The refusal of a file that its own tool would refuse."""
    return DirectoryError(f"{name}:{line}: {what}" if line else f"{name}: {what}")
