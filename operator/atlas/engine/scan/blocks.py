"""Finds where ``BEGIN … END`` and ``BEGIN ATOMIC … END`` end, each block once.

A block's inside is statements up to its END; if there is none, its BEGIN is plain text. The Go scanner reads
the inside of an unclosed BEGIN again for every BEGIN around it, doubling its work each time; here the
answers are remembered, and an explicit stack takes the place of recursion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.engine.scan.grammar import END, SEMICOLON
from atlas.engine.scan.reader import Block, Cut, Reader
from atlas.engine.scan.source import Unreadable
from atlas.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Generator

    from atlas.engine.scan.options import ScanOptions
    from atlas.engine.scan.source import Source

    _Closing = Generator[Block, int | None, int | None]

# Unclosed BEGINs inside ever deeper parentheses are read once for each depth; no text with a meaning needs this.
_READINGS: Final = 8
_SPARE_BYTES: Final = 1_000_000


class Blocks:
    """Reads statements of one text and answers what their readers ask about blocks."""

    def __init__(self, source: Source, options: ScanOptions) -> None:
        self._source = source
        self._options = options
        self._last_end = source.data.lower().rfind(b"end") if options.begin or options.begin_atomic else -1
        self._ends: dict[int, int | Unreadable] = {}
        self._closed: dict[Block, int | None] = {}
        self._chains: dict[tuple[str, bytes, int], int | None] = {}
        self._limit_bytes = source.read_bytes + _SPARE_BYTES + _READINGS * source.length

    def reader(self, start: int = 0) -> Reader:
        """Return a reader at ``start``; all readers of these blocks share what they learn."""
        return Reader(self._source, self._options, self._ends, start)

    def read(self, reader: Reader) -> Cut | None:
        """Return the reader's next statement, None at the end of the text.

        Raises:
            Unreadable: see :meth:`Reader.read`.
            ParseError: the text is a maze of unclosed BEGINs.
        """
        reading, end = reader.read(), None
        while True:
            try:
                block = reading.send(end)
            except StopIteration as done:
                cut: Cut | None = done.value
                return cut
            end = self._end_of(block)

    def _check_limit(self, block: Block) -> None:
        if self._source.read_bytes > self._limit_bytes:
            place = self._source.place(block.start)
            raise ParseError(f"{place}: too many unclosed BEGINs inside parentheses; close them with END")

    def _end_of(self, block: Block) -> int | None:
        """Return the offset behind the block's END, None if nothing closes it."""
        stack: list[tuple[Block, _Closing]] = [(block, self._close(block))]
        end: int | None = None
        while stack and block not in self._closed:
            current, closing = stack[-1]
            self._check_limit(current)
            try:
                inner = closing.send(end)
            except StopIteration as done:
                stack.pop()
                end = self._closed[current] = done.value
                continue
            end = self._closed.get(inner)
            if inner not in self._closed:
                stack.append((inner, self._close(inner)))
        return self._closed[block]

    def _close(self, block: Block) -> _Closing:
        if block.start > self._last_end:
            return None
        starts: list[tuple[str, bytes, int]] = []
        try:
            reader = self.reader(block.start)
            end = yield from self._follow(block.kind, reader, starts)
        except Unreadable:
            end = None
        self._chains.update(dict.fromkeys(starts, end))
        # The Go tools count from behind a delimiter directive, yet go on from before it; so do we.
        return None if end is None else end - reader.skipped

    def _follow(self, kind: str, reader: Reader, starts: list[tuple[str, bytes, int]]) -> _Closing:
        """Read statement after statement up to END, or to a place from where the answer is known."""
        while (start := (kind, reader.delimiter, reader.position)) not in self._chains:
            starts.append(start)
            cut = yield from reader.read()
            if cut is None:
                return None
            if self._closes(kind, reader, cut):
                return reader.position
        return self._chains[start]

    def _closes(self, kind: str, reader: Reader, cut: Cut) -> bool:
        """Whether this statement is the END of a block; of an atomic one it need only start with END."""
        end = reader.text_end(cut)
        word = END.match(self._source.data, cut.start, end)
        if word is None or kind == "atomic":
            return word is not None
        behind = word.end() + self._source.data.startswith(SEMICOLON, word.end(), end)
        return self._source.after_spaces(behind) >= end
