"""The format string of ``printf``: directives, flags, widths, argument numbers (package fmt, Go 1.26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.gotemplate.formatting import NAMED_FIELDS, PLAIN, Verb, format_value
from atlas.gotemplate.values import is_integer, type_name

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_WIDTH = 1_000_000
"""Go's own limit of widths and precisions."""


def sprintf(template: str, values: Sequence[object]) -> str:
    """Go's fmt.Sprintf. Never raises: mistakes are spelled out in the text, as Go does."""
    return _Printer(template, values).text()


class _Printer:
    def __init__(self, template: str, values: Sequence[object]) -> None:
        self._template = template
        self._values = values
        self._at = 0
        self._next = 0
        self._reordered = False
        self._good_number = True

    def text(self) -> str:
        out: list[str] = []
        while (percent := self._template.find("%", self._at)) >= 0:
            out.append(self._template[self._at : percent])
            self._at = percent + 1
            out.append(self._directive())
        out.append(self._template[self._at :])
        if not self._reordered and self._next < len(self._values):
            out.append(self._extra())
        return "".join(out)

    def _extra(self) -> str:
        rest = self._values[self._next :]
        shown = ("<nil>" if v is None else f"{type_name(v)}={format_value(v, PLAIN)}" for v in rest)
        return "%!(EXTRA " + ", ".join(shown) + ")"

    def _directive(self) -> str:
        self._good_number = True
        after_index = False
        start = self._at
        while self._peek() and self._peek() in "+-# 0":
            self._at += 1
        flags = self._template[start : self._at]
        after_index = self._argument_number()
        width, note, flags = self._width(flags)
        precision, precision_note = -1, ""
        if self._peek() == ".":
            self._at += 1
            if after_index:
                self._good_number = False
            self._argument_number()
            precision, precision_note = self._precision()
        self._argument_number()
        letter = self._peek()
        if not letter:
            return note + precision_note + "%!(NOVERB)"
        self._at += 1
        if letter == "v" and ("+" in flags or "#" in flags):
            flags = flags.replace("+", "").replace("#", "") + NAMED_FIELDS
        return note + precision_note + self._value(Verb(letter, flags, width, precision))

    def _value(self, verb: Verb) -> str:
        if verb.letter == "%":
            return "%"
        if not self._good_number:
            return f"%!{verb.letter}(BADINDEX)"
        if self._next >= len(self._values):
            return f"%!{verb.letter}(MISSING)"
        value = self._values[self._next]
        self._next += 1
        return format_value(value, verb)

    def _width(self, flags: str) -> tuple[int, str, str]:
        if self._peek() != "*":
            return self._number(), "", flags
        self._at += 1
        value = self._star()
        if value is None:
            return -1, "%!(BADWIDTH)", flags
        return abs(value), "", flags + "-" if value < 0 else flags

    def _precision(self) -> tuple[int, str]:
        if self._peek() != "*":
            return max(self._number(), 0), ""
        self._at += 1
        value = self._star()
        if value is None or value < 0:
            return -1, "" if value is not None else "%!(BADPREC)"
        return value, ""

    def _star(self) -> int | None:
        value = self._values[self._next] if self._next < len(self._values) else None
        self._next += 1
        if not is_integer(value) or abs(value) > _MAX_WIDTH:
            return None
        return value

    def _number(self) -> int:
        start = self._at
        while self._peek().isascii() and self._peek().isdigit():
            self._at += 1
        return min(int(self._template[start : self._at]), _MAX_WIDTH) if self._at > start else -1

    def _argument_number(self) -> bool:
        """Read ``[n]`` when it stands here and make it the next argument."""
        if self._peek() != "[":
            return False
        self._reordered = True
        end = self._template.find("]", self._at)
        number = self._template[self._at + 1 : end] if end > 0 else ""
        self._at = end + 1 if end > 0 else self._at + 1
        if number.isascii() and number.isdigit() and 1 <= int(number) <= len(self._values):
            self._next = int(number) - 1
            return True
        self._good_number = False
        return True

    def _peek(self) -> str:
        return self._template[self._at : self._at + 1]
