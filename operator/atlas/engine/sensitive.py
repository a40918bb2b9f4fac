"""``atlas:sensitive``: statements whose values nobody is to see, in no text, row, report or message.

What is a literal depends on a server, on its settings and on comments, so nothing is cut out of a statement: it is shown
up to its first quote, and a server's words about it without what they quote. More is hidden than has to be, never less.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.engine.scan.quote import quote
from atlas.errors import Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from atlas.engine.directory import MigrationFile
    from atlas.engine.scan import Statement

SENSITIVE: Final = "sensitive"
HIDDEN: Final = "(sensitive)"
_OPENING: Final = re.compile(r"['$]")
_OPENING_OF_MYSQL: Final = re.compile(r"['\"$]")
_QUOTED: Final = re.compile(r"['\"`].*['\"`]", re.DOTALL)
_MENTION: Final = re.compile(rf"atlas:{SENSITIVE}\b", re.IGNORECASE)
_HEARD: Final = re.compile(rf"--\x20?atlas:{SENSITIVE}(?:\x20+.*)?\r?|/\*atlas:{SENSITIVE}[^\n]*\*/\r?")
_COMMENTS: Final = re.compile(r"\n(?:[ \t\r]*(?:(?:--|#)[^\n]*|/\*(?:(?!\*/).)*\*/[ \t\r]*)\n)*+", re.DOTALL)
_EMPTY: Final = re.compile(r"[ \t\r]*(?:\n|\Z)")


def mask_of(
    file: MigrationFile, statements: Iterable[Statement], mask: Callable[[str], str], dialect: str
) -> Callable[[str], str]:
    """The mask for everything that is told of one file: ``mask`` itself where it says nothing.

    Args:
        file: For its own directives.
        statements: All that may be told of, those of its checks as well.
        mask: Of the run.
        dialect: As a ``Dialect`` is called.

    Raises:
        Unsupported: A directive has patterns.
    """
    _refuse_patterns(file, file.directives(SENSITIVE))
    is_whole = hides_all(file)
    opening = _OPENING_OF_MYSQL if dialect in {"mysql", "mariadb"} else _OPENING
    shown: dict[str, str] = {}
    is_hiding = False
    for statement in statements:
        said = statement.directives(SENSITIVE)
        _refuse_patterns(file, said)
        if said or is_whole or _MENTION.search(statement.text):
            shown[statement.text] = _up_to(statement.text, opening)
            is_hiding = True
        else:
            shown.setdefault(statement.text, statement.text)
    if not is_hiding:
        return mask
    shown |= {mask(text): told for text, told in shown.items()}  # as drivers give them back

    def masked(text: str) -> str:
        return mask(shown[text] if text in shown else _QUOTED.sub(HIDDEN, text))

    return masked


def hides_all(file: MigrationFile) -> bool:
    """Whether no value of the file is to be seen: it says so, or says it of something that does not hear it."""
    return bool(file.directives(SENSITIVE)) or _is_missed(file.text)


def is_sensitive(text: str) -> bool:
    """Whether a text says anywhere, in whatever letters, that values are to be hidden."""
    return bool(_MENTION.search(text))


def shown_content(text: str) -> str:
    """The text of a file as others may be shown it."""
    if is_sensitive(text):
        return f"-- {HIDDEN}: the file has the directive atlas:{SENSITIVE}\n"
    return text


def _is_missed(text: str) -> bool:
    """Whether a directive stands where neither a statement nor the file hears it: it is then meant for all of the file."""
    end = behind = 0  # of the line, and of the comments, that were looked at: a file may be full of them
    for mention in _MENTION.finditer(text):
        if mention.start() < end:
            continue
        start = text.rfind("\n", 0, mention.start()) + 1
        found = text.find("\n", start)
        end = len(text) if found < 0 else found
        if not _HEARD.fullmatch(text, start, end):
            return True
        comments = _COMMENTS.match(text, end) if start >= behind else None
        if comments and _EMPTY.match(text, comments.end()):
            return True
        behind = comments.end() if comments else behind
    return False


def _up_to(text: str, opening: re.Pattern[str]) -> str:
    found = opening.search(text)
    return f"{text[: found.start()]}{HIDDEN}" if found else text


def _refuse_patterns(file: MigrationFile, values: Iterable[str]) -> None:
    if any(value.strip() for value in values):
        raise Unsupported(
            f"file {quote(file.name)}: patterns of atlas:{SENSITIVE} are not supported by this version; leave them out, and "
            "statements are shown up to their first quote"
        )
