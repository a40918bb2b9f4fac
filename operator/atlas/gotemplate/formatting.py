"""``print``, ``println``, ``printf`` and the plain form of values, by the rules of Go's package fmt (Go 1.26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeGuard

from atlas.gotemplate.floats import format_float
from atlas.gotemplate.quoting import quote, quote_character
from atlas.gotemplate.values import NO_VALUE, is_integer, is_map, is_struct, sorted_items, type_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

_INT_RADIX: Final = {"v": "d", "d": "d", "b": "b", "o": "o", "O": "o", "x": "x", "X": "X"}
_RADIX_PREFIX: Final = {"b": "0b", "o": "0", "O": "0o", "x": "0x", "X": "0X"}


class Verb(NamedTuple):
    """One directive such as ``%-8.3f``; ``width`` and ``precision`` are -1 when absent."""

    letter: str = "v"
    flags: str = ""
    width: int = -1
    precision: int = -1


PLAIN: Final = Verb()
NAMED_FIELDS: Final = "n"
"""What ``+`` and ``#`` mean under ``%v``: structs show the names of their fields; scalars get no sign."""


def plain(value: object) -> str:
    """``value`` as an action prints it."""
    return "<no value>" if value is NO_VALUE else format_value(value, PLAIN)


def sprint(values: Sequence[object]) -> str:
    """Go's fmt.Sprint: a space between two neighbours of which neither is a string."""
    out: list[str] = []
    for index, value in enumerate(values):
        if index and not isinstance(value, str) and not isinstance(values[index - 1], str):
            out.append(" ")
        out.append(format_value(value, PLAIN))
    return "".join(out)


def sprintln(values: Iterable[object]) -> str:
    """Go's fmt.Sprintln: always spaces between, a newline after."""
    return " ".join(format_value(value, PLAIN) for value in values) + "\n"


def format_value(value: object, verb: Verb) -> str:
    """``value`` under one verb; what the verb cannot show reads ``%!d(string=x)`` as in Go."""
    if verb.letter == "T":
        return _pad("<nil>" if value is None else type_name(value), verb)
    if value is None or value is NO_VALUE:
        return _pad("<nil>", verb) if verb.letter == "v" else f"%!{verb.letter}(<nil>)"
    text = _scalar(value, verb)
    if text is None:
        text = _composite(value, verb)
    if text is None:
        return f"%!{verb.letter}({type_name(value)}={format_value(value, verb._replace(letter='v'))})"
    return text


def _scalar(value: object, verb: Verb) -> str | None:  # noqa: PLR0911  one line a kind
    if isinstance(value, bool):
        return _pad("true" if value else "false", verb) if verb.letter in "tv" else None
    if is_integer(value):
        return _integer(int(value), verb)
    if isinstance(value, float):
        return _float(value, verb)
    if isinstance(value, str):
        return _string(str.__str__(value), verb)
    if isinstance(value, bytes) and verb.letter in "sqxX":
        return _string(value.decode("utf-8", "surrogateescape"), verb)
    if has_own_text(value) and verb.letter in "vsqxX":
        return _string(own_text(value), verb)
    return None


def has_own_text(value: object) -> bool:
    """Whether the object prints itself (Go's Stringer) rather than as a struct."""
    if isinstance(value, bytes | list | tuple | dict) or is_map(value):
        return False
    return type(value).__str__ is not object.__str__


def is_moment(value: object) -> TypeGuard[datetime]:
    """A datetime, told by its attributes: the module is not worth importing for most templates."""
    return hasattr(value, "tzinfo") and hasattr(value, "toordinal")


def own_text(value: object) -> str:
    """What the object prints for itself; a datetime reads as Go's time.Time."""
    return _time(value) if is_moment(value) else str(value)


def _time(value: datetime) -> str:
    fraction = f".{value.microsecond:06d}".rstrip("0").rstrip(".")
    offset = value.strftime("%z") or "+0000"
    return f"{value:%Y-%m-%d %H:%M:%S}{fraction} {offset} {value.tzname() or 'UTC'}"


def _composite(value: object, verb: Verb) -> str | None:
    if isinstance(value, str | bool | int | float):
        return None
    if isinstance(value, bytes | list | tuple):
        return "[" + " ".join(format_value(item, verb) for item in value) + "]"
    if is_map(value):
        entries = (f"{format_value(k, verb)}:{format_value(v, verb)}" for k, v in sorted_items(value))
        return "map[" + " ".join(entries) + "]"
    fields = struct_fields(value)
    named = NAMED_FIELDS in verb.flags
    shown = (
        f"{name}:{format_value(item, verb)}" if named else format_value(item, verb) for name, item in fields
    )
    return "{" + " ".join(shown) + "}"


def struct_fields(value: object) -> list[tuple[str, object]]:
    """The fields of a struct in their order; methods are left out."""
    if is_struct(value):
        return [(name, item) for name, item in value.items() if not callable(item)]
    names = getattr(type(value), "__dataclass_fields__", getattr(value, "__dict__", {}))
    return [(name, getattr(value, name)) for name in names if not name.startswith("_")]


def _integer(value: int, verb: Verb) -> str | None:
    if verb.letter in "cqU":
        return _character(value, verb)
    if verb.letter not in _INT_RADIX:
        return None
    digits = format(abs(value), _INT_RADIX[verb.letter])
    if verb.precision >= 0:
        digits = "" if verb.precision == 0 and value == 0 else digits.zfill(verb.precision)
    prefix = _RADIX_PREFIX.get(verb.letter, "") if "#" in verb.flags or verb.letter == "O" else ""
    sign = _sign(value < 0, verb)
    if "0" in verb.flags and "-" not in verb.flags and verb.precision < 0:
        digits = digits.zfill(verb.width - len(sign))
    return _pad(sign + prefix + digits, verb, zeros="")


def _character(value: int, verb: Verb) -> str:
    if verb.letter == "U":
        code = f"U+{value & 0xFFFF_FFFF_FFFF_FFFF:04X}"
        return _pad(f"{code} '{chr(value)}'" if "#" in verb.flags else code, verb)
    character = chr(value) if 0 <= value <= 0x10FFFF else "\ufffd"  # noqa: PLR2004  the last code point
    return _pad(
        character if verb.letter == "c" else quote_character(character, ascii_only="+" in verb.flags), verb
    )


def _float(value: float, verb: Verb) -> str | None:
    if verb.letter not in "vgGeEfFxXb":
        return None
    text = format_float(abs(value), verb.letter, verb.precision)
    negative = value < 0 or (value == 0 and str(value)[0] == "-")
    sign = _sign(negative, verb) or ("+" if text == "Inf" and "+" in verb.flags else "")
    if text == "Inf" and not negative:
        sign = "+"
    if "0" in verb.flags and "-" not in verb.flags and text not in {"Inf", "NaN"}:
        text = text.zfill(verb.width - len(sign))
    return _pad(sign + text, verb, zeros="")


def _sign(negative: bool, verb: Verb) -> str:  # noqa: FBT001  a sign is a bit
    if negative:
        return "-"
    return "+" if "+" in verb.flags else " " if " " in verb.flags else ""


def _string(text: str, verb: Verb) -> str | None:
    if verb.letter not in "vsqxX":
        return None
    if verb.letter in "xX":
        return _pad(_hex(text, verb), verb)
    if verb.precision >= 0:
        text = text[: verb.precision]
    if verb.letter == "q":
        raw = "#" in verb.flags and "`" not in text and text.isprintable()
        text = f"`{text}`" if raw else quote(text, ascii_only="+" in verb.flags)
    return _pad(text, verb)


def _hex(text: str, verb: Verb) -> str:
    content = text.encode("utf-8", "surrogateescape")
    content = content[: verb.precision] if verb.precision >= 0 else content
    digits = content.hex(" ") if " " in verb.flags else content.hex()
    prefixed = "0x" + digits if "#" in verb.flags and digits else digits
    return prefixed.upper() if verb.letter == "X" else prefixed


def _pad(text: str, verb: Verb, zeros: str = "0") -> str:
    if "-" in verb.flags:
        return text.ljust(verb.width)
    return text.rjust(verb.width, "0" if zeros and "0" in verb.flags else " ")
