"""What a desired state makes beside its room: users, databases and the like belong to the whole dev server.

They are known by being new and by the text that makes them: others may make things on the server at the same time.
"""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from atlas.errors import AtlasError, PolicyRefused, Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

_WORDS = {
    "database": "DATABASE|SCHEMA",
    "role": "ROLE|USER|GROUP",
    "tablespace": "TABLESPACE",
    "user": "USER|ROLE",
}
_ACCOUNTS = frozenset({"role", "user"})
_ESCAPED = r"'(?:[^'\\]++|''|\\.)*+(?:'|\\?\Z)"
_DOUBLED = r"'(?:[^']++|'')*+(?:'|\Z)"
_BLOCK = r"/\*(?!M?!).*?\*/"
_OPEN = r"/\*(?!M?!).*\Z"


def _notation(literal: str, comment: str, body: str = r"(?!)") -> re.Pattern[str]:
    """What ends nowhere is all the rest, so that a text is read once."""
    return re.compile(
        rf"(?P<literal>{literal})|(?P<name>\"[^\"]*\"|`[^`]*`)|(?P<comment>{comment}|{_BLOCK})|(?P<open>{_OPEN})"
        rf"|(?P<body>{body})",
        re.DOTALL,
    )


_OF_POSTGRES = rf"(?<=\b[eE]){_ESCAPED}|(?<!\b[eE]){_DOUBLED}"
_IN_BODY = _notation(_OF_POSTGRES, r"--[^\n]*")
EITHER = _notation(_ESCAPED, r"--[^\n]*")
MYSQL = _notation(_ESCAPED, r"--(?=\s|\Z)[^\n]*|\#[^\n]*")
POSTGRES = _notation(
    _OF_POSTGRES, r"--[^\n]*", r"(?<![\w$])\$(?P<tag>(?:[^\W\d]\w*)?)\$(?:.*?\$(?P=tag)\$|.*\Z)"
)
"""How a server writes literals and comments: a backslash, ``--`` without a space and ``#`` are not the same to all."""
_CREATE = re.compile(r"\bCREATE\s", re.IGNORECASE)
_VALUES = re.compile(r"['(=]")
STILL_THERE = "still there"
"""What a message says of an object that could not be taken back."""


class Beside(NamedTuple):
    """An object of the whole server.

    ``name`` is bare, ``shown`` as people say it, ``drop`` takes it away, ``words`` are what statements call its kind
    (default: the word of ``drop``).
    """

    kind: str
    name: str
    shown: str
    drop: str
    words: str = ""


@contextmanager
def watched(
    said: str, things: Callable[[], Collection[Beside]], run: Callable[[str], object]
) -> Iterator[None]:
    """Take back what a block makes beside its room, and refuse it; refuse to change what was there before.

    Args:
        said: The texts that run in the block; '' watches nothing.
        things: Asks for all objects of the server, in the order in which they can go.
        run: Runs a statement on the server, outside of the room.

    Raises:
        PolicyRefused: ``said`` drops or alters an object that is there; nothing was run.
        Unsupported: The objects are named.
    """
    if not said:
        yield
        return
    with _taking_back(said, things, run) as made:
        yield
    if made:
        raise Unsupported(
            f"the desired state makes {', '.join(made)}, which belong to the whole server and are no part of a schema: "
            "make them by other means, and take them out of the desired state"
        )


@contextmanager
def watched_history(
    replayed: str, things: Callable[[], Collection[Beside]], run: Callable[[str], object]
) -> Iterator[None]:
    """As ``watched`` for files that ran elsewhere: what they made there they may make here, to be taken back in silence.

    Roles and users stay: what comes after the files may grant something to them.

    Raises:
        PolicyRefused: ``replayed`` drops or alters a database that is there; nothing was run.
        Unsupported: A database that the files made could not be dropped.
    """
    if not replayed:
        yield
        return

    def but_accounts() -> list[Beside]:
        return [thing for thing in things() if thing.kind not in _ACCOUNTS]

    with _taking_back(replayed, but_accounts, run) as made:
        yield
    if left := [name for name in made if STILL_THERE in name]:
        raise Unsupported(
            f"the files make {', '.join(left)}: drop what is left, or give a dev server of its own"
        )


@contextmanager
def _taking_back(
    said: str, things: Callable[[], Collection[Beside]], run: Callable[[str], object]
) -> Iterator[list[str]]:
    """Refuse to change what is there, and drop at the end what the texts made; their names are in the list then."""
    there = things()
    _refuse_to_change(there, said)
    before = {(thing.kind, thing.shown) for thing in there}
    made: list[str] = []

    def take_back() -> None:
        new = [thing for thing in things() if (thing.kind, thing.shown) not in before]
        made.extend(_gone(thing, run) for thing in new if _is_made_by(said, thing))

    try:
        yield made
    except BaseException:
        with suppress(AtlasError):  # what went wrong first is told
            take_back()
        raise
    take_back()


def _gone(thing: Beside, run: Callable[[str], object]) -> str:
    name = f"{thing.kind} {thing.shown}"
    try:
        run(thing.drop)
    except AtlasError:
        return f"{name} ({STILL_THERE} on the dev server: it could not be dropped)"
    return name


def without_comments(text: str, *, literals: bool = True, notation: re.Pattern[str] = EITHER) -> str:
    """A text without its comments, but with those that MySQL and MariaDB run; ``literals`` False empties them too.

    NB: what follows a literal or a comment that does not end stays: a server that writes them otherwise reads on there.
    """

    def kept(found: re.Match[str]) -> str:
        if found["comment"]:
            return " "
        if found["body"]:  # a function, or text: what it says is looked at as well
            mark = f"${found['tag']}$"
            inside = found["body"].removeprefix(mark).removesuffix(mark)
            return f"{mark}{without_comments(inside, literals=literals, notation=_IN_BODY)}{mark}"
        is_whole = found["literal"] and (found.end() < len(text) or found[0][1:].endswith("'"))
        return "''" if is_whole and not literals else found[0]

    return notation.sub(kept, text)


def short(statement: str, most: int = 60) -> str:
    """The head of a statement for a message: up to where a value may be, which nobody shall read there."""
    words = " ".join(_VALUES.split(without_comments(statement), maxsplit=1)[0].split())
    return words if len(words) <= most else f"{words[:most]}…"


def _refuse_to_change(there: Collection[Beside], said: str) -> None:
    text = without_comments(said)
    for thing in there:
        words = thing.words or thing.drop.split()[1]
        name = rf"[\"`']?{re.escape(thing.name)}(?![\w$])"
        others = r"(?:[^\s;,]+\s*,\s*)*"
        pattern = rf"\b(?:DROP|ALTER|RENAME|CREATE\s+OR\s+REPLACE)\s+(?:{words})\s+(?:IF\s+EXISTS\s+)?{others}{name}"
        if thing.name and (found := re.search(pattern, text, re.IGNORECASE)):
            raise PolicyRefused(
                f"{' '.join(found[0].split())}: this {thing.kind} was on the dev server before, and a room changes nothing "
                "beside itself: take the statement out, or give a dev server of its own"
            )


def _is_made_by(said: str, thing: Beside) -> bool:
    words = re.compile(rf"\b(?:{_WORDS[thing.kind]})\b", re.IGNORECASE)
    name = re.compile(rf"(?<![\w$]){re.escape(thing.name)}(?![\w$])", re.IGNORECASE)
    return any(has_in_turn(each, (_CREATE, words, name)) for each in said.split(";"))


def has_in_turn(text: str, patterns: Iterable[re.Pattern[str]]) -> bool:
    """Whether each pattern is found behind the one before: one pattern of them all takes the cube of the text's length."""
    end = 0
    for pattern in patterns:
        found = pattern.search(text, end)
        if found is None:
            return False
        end = found.end()
    return True
