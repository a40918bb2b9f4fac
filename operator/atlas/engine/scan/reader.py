"""Reads statements one after another from one place of the text: the file, or the inside of a BEGIN block.

Whether ``BEGIN`` opens a block is known only when its END was found, and an unclosed one is plain text. So a
reader is a generator: it yields the block whose end it must know and is sent that end, or None. Nothing
here recurses, and how blocks are closed is not decided here (``scanner``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from atlas.engine.scan.directive import directive
from atlas.engine.scan.grammar import IDENTIFIER_BYTE, SEMICOLON, stops
from atlas.engine.scan.quote import quote, quote_char
from atlas.engine.scan.source import WHITE_SPACE, Unreadable, decoded, encoded
from atlas.record import dataclass

if TYPE_CHECKING:
    import re
    from collections.abc import Generator

    from atlas.engine.scan.options import ScanOptions
    from atlas.engine.scan.source import Source

_COMMAND: Final = b"delimiter"
_COMMENT_END: Final = {b"--": b"\n", b"#": b"\n", b"/*": b"*/"}
_ESCAPES: Final = ((b"\\n", b"\n"), (b"\\r", b"\r"), (b"\\t", b"\t"))
_WHITE: Final = b"\t\n\f\r "


class Block(NamedTuple):
    """The inside of a possible BEGIN block: it starts behind ``BEGIN`` and its white space."""

    kind: str
    """``begin`` or ``atomic``."""
    start: int


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a statement starts and ends, its delimiter included, and the comments before it."""

    start: int
    end: int
    comments: tuple[bytes, ...]


class Reader:
    """A position in the text, the delimiter that rules there, and the cuts known so far.

    ``ends`` is shared by all readers of one text: from a byte offset outside parentheses, where ``;`` rules,
    to the end of the statement around it. It keeps unclosed BEGINs from being read again and again.
    """

    def __init__(
        self, source: Source, options: ScanOptions, ends: dict[int, int | Unreadable], start: int = 0
    ) -> None:
        self._source = source
        self._options = options
        self._ends = ends
        self._block_start = start
        self._comments: list[bytes] = []
        self.position = start
        self.skipped = 0
        self.delimiter = SEMICOLON
        self._read_directive()

    def text_end(self, cut: Cut) -> int:
        """Return where the statement's text ends: before a delimiter that is not ``;``."""
        if self.delimiter != SEMICOLON and self._source.data.endswith(self.delimiter, cut.start, cut.end):
            return cut.end - len(self.delimiter)
        return cut.end

    def read(self) -> Generator[Block, int | None, Cut | None]:
        """Return the next statement, or None at the end of the text.

        Raises:
            Unreadable: an open quote or parenthesis, or a delimiter command without a delimiter.
        """
        self._comments = []
        position = self._read_lead()
        start = self.position
        if start >= self._source.length:
            return None
        known = [start] if start == self._block_start and self.delimiter == SEMICOLON else []
        try:
            end = yield from self._read_body(start, position, known)
        except Unreadable as failure:
            self._ends.update(dict.fromkeys(known, failure))
            raise
        self._ends.update(dict.fromkeys(known, end))
        self.position = end
        return Cut(start, end, tuple(self._comments))

    # --- the first line of a file or block ---

    def _read_directive(self) -> None:
        data, start = self._source.data, self.position
        if not data.startswith(b"-- atlas:delimiter", start):
            return
        newline = data.find(b"\n", start)
        line = decoded(data[start : newline if newline >= 0 else None])
        self._source.read_bytes += len(line)
        value = directive(line, "delimiter", prefix="-- ")
        if value is None:
            return
        self._set_delimiter(encoded(value))
        if newline < 0:
            raise Unreadable(f"no input found after delimiter {quote(value)}", start)
        self.position = newline + 1
        self.skipped = self.position - start

    def _set_delimiter(self, value: bytes) -> None:
        if not value:
            raise Unreadable("empty delimiter")
        for escape, char in _ESCAPES:
            value = value.replace(escape, char)
        self.delimiter = value

    # --- what stands before a statement ---

    def _read_lead(self) -> int:
        """Move to the next statement; return where to go on reading it (behind a DELIMITER that is no command)."""
        source = self._source
        while True:
            self.position = source.after_spaces(self.position)
            if source.data[self.position : self.position + 1] in b"dD" and self._starts_command():
                behind = self.position + len(_COMMAND)
                if source.data[behind : behind + 1] != b" ":
                    return behind
                self._read_command(behind)
            elif not self._read_comment():
                return self.position

    def _starts_command(self) -> bool:
        behind = self.position + len(_COMMAND)
        return behind < self._source.length and self._source.data[self.position : behind].lower() == _COMMAND

    def _read_command(self, behind: int) -> None:
        line_end = self._source.after(b"\n", behind)
        self.position = line_end if line_end >= 0 else self._source.length
        rest = decoded(self._source.data[behind : self.position]).strip(WHITE_SPACE)
        if rest.startswith("'") and rest.endswith("'"):
            rest = rest[1:-1].replace("''", "'")
        self._set_delimiter(encoded(rest))
        self._comments = []

    def _read_comment(self) -> bool:
        data, start = self._source.data, self.position
        if data.startswith(self.delimiter, start):
            return False
        opener = _comment_opener(data, start, self._options)
        if opener is None:
            return False
        closer = _COMMENT_END[opener]
        end = self._source.after(closer, start + len(opener))
        if end < 0:
            return False
        self._comments.append(data[start:end])
        blank_line = b"\n" if closer == b"\n" else b"\n\n"
        if data.startswith(blank_line, end):
            self._comments = []
        self.position = end
        return True

    # --- the statement ---

    def _read_body(self, start: int, position: int, known: list[int]) -> Generator[Block, int | None, int]:
        outside = stops(self._options, self.delimiter, 0)
        inside = stops(self._options, self.delimiter, 1)
        opened: list[int] = []
        while stop := (inside if opened else outside).search(self._source.data, position):
            self._source.read_bytes += stop.end() - position
            position = stop.end()
            match stop.lastgroup:
                case "delimiter":
                    return position
                case "open":
                    opened.append(position)
                case "close" if not opened:
                    raise Unreadable("unexpected ')'", position)
                case "close":
                    opened.pop()
                case "begin" | "atomic" as kind if kind == "atomic" or self._may_begin(stop, start):
                    end = yield Block(kind, position)
                    end = self._known_end(position, known) if end is None and not opened else end
                    if end is not None:
                        return end
                case "begin":
                    pass
                case _:
                    position = self._skip(stop)
        self._source.read_bytes += self._source.length - position
        if opened:
            raise Unreadable("unclosed '('", opened[0])
        return self._source.length

    def _may_begin(self, stop: re.Match[bytes], start: int) -> bool:
        return stop.start() == start or self._source.data[stop.start() - 1] in _WHITE

    def _known_end(self, position: int, known: list[int]) -> int | None:
        end = self._ends.get(position)
        if isinstance(end, Unreadable):
            raise end
        if end is None:
            known.append(position)
        return end

    def _skip(self, stop: re.Match[bytes]) -> int:
        """Return the offset behind a quote, a dollar quote or a comment."""
        token, position = stop.group(), stop.end()
        if stop.lastgroup == "quote":
            return self._skip_quote(token, position)
        closer = _COMMENT_END.get(token, token)
        end = self._source.after(closer, position)
        if end >= 0:
            return end
        # An open dollar quote runs to the end of the text; an open comment is none.
        return self._source.length if stop.lastgroup == "dollar" else position

    def _skip_quote(self, mark: bytes, position: int) -> int:
        if self._options.backslash_escapes or (mark == b"'" and self._is_escape_string(position)):
            end = self._source.after_escaped_quote(mark, position)
        else:
            end = self._source.after(mark, position)
        if end < 0:
            raise Unreadable(f"unclosed quote {quote_char(mark.decode())}", position)
        return end

    def _is_escape_string(self, position: int) -> bool:
        data = self._source.data
        return (
            self._options.escape_strings
            and data[position - 2 : position - 1] in (b"E", b"e")
            and not IDENTIFIER_BYTE.match(data[position - 3 : position - 2])
        )


def _comment_opener(data: bytes, position: int, options: ScanOptions) -> bytes | None:
    if options.hash_comments and data.startswith(b"#", position):
        return b"#"
    opener = data[position : position + 2]
    return opener if opener in (b"--", b"/*") else None
