"""Numbers as Go's ``fmt`` writes a ``big.Int`` and a ``big.Float``: verbs ``b d o x X e E f g G``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from atlas.hcl.values import Number

_BASES: Final = "bdoxX"
_PREFIXES: Final = {"b": "0b", "o": "0", "x": "0x", "X": "0X", "d": ""}
_DEFAULT_PRECISION: Final = 6
_SMALLEST: Final = -4
_SHORTEST: Final = 6
"""``%g`` is scientific below the first exponent, and from the second one on where no precision is given."""
_BITS: Final = 512
"""Of a number in Go: where a decimal digit is exactly in the middle, they decide which way it is rounded."""


class Verb(NamedTuple):
    """One ``%…`` of a format."""

    text: str
    mode: str
    flags: str
    width: int
    precision: int | None


def number_in(verb: Verb, number: Number) -> str:
    """A number by a verb, with its sign and padding."""
    flags, is_whole = verb.flags, verb.mode in _BASES
    digits = _integer(verb, number) if is_whole else _float(verb.mode, verb.precision, number)
    if not digits:
        return ""
    sign = "-" if number < 0 else "+" if "+" in flags else " " if " " in flags else ""
    if is_whole and "#" in flags:
        sign += _PREFIXES[verb.mode]
    missing = verb.width - len(sign) - len(digits)
    if missing <= 0:
        return sign + digits
    zeros = "0" in flags and not (is_whole and verb.precision is not None)
    if "-" in flags and (is_whole or "0" not in flags):
        return sign + digits + " " * missing
    return sign + "0" * missing + digits if zeros else " " * missing + sign + digits


def shortest(number: Number) -> str:
    """A number with the digits it needs, as ``%v`` has it."""
    return number_in(Verb("%v", "g", "", 0, None), number)


def _integer(verb: Verb, number: Number) -> str:
    """The digits; none for a zero of no digits."""
    if not isinstance(number, int):
        raise ValueError("a whole number is required")  # noqa: TRY004  every function says ValueError
    if not number and verb.precision == 0:
        return ""
    return format(abs(number), verb.mode).rjust(verb.precision or 0, "0")


def _float(mode: str, precision: int | None, number: Number) -> str:
    from decimal import Decimal

    value = abs(Decimal(number))
    places = _DEFAULT_PRECISION if precision is None else precision
    match mode:
        case "f":
            return format(_rounded(value, places), f".{places}f")
        case "e" | "E":
            return _scientific(_rounded(value, places - value.adjusted()) if value else value, places, mode)
        case _:
            return _general(value, precision, "e" if mode == "g" else "E")


def _general(value: Decimal, precision: int | None, letter: str) -> str:
    """Scientific for small and large exponents, without zeros at the end."""
    if not value:
        return "0"
    if precision is not None:
        value = _rounded(value, max(precision, 1) - 1 - value.adjusted())
    value = value.normalize()
    digits, exponent = len(value.as_tuple().digits), value.adjusted()
    limit = _SHORTEST if precision is None else max(precision, 1)
    if precision is not None and limit > digits > exponent:
        limit = digits
    if exponent < _SMALLEST or exponent >= limit:
        return _scientific(value, digits - 1, letter)
    return format(value, "f")


def _scientific(value: Decimal, places: int, letter: str) -> str:
    exponent = value.adjusted() if value else 0
    digits = format(value.scaleb(-exponent), f".{places}f")
    return f"{digits}{letter}{'-' if exponent < 0 else '+'}{abs(exponent):02d}"


def _rounded(value: Decimal, places: int) -> Decimal:
    """The value with ``places`` digits behind the point, in front of it where negative, rounded as Go rounds."""
    from decimal import Decimal
    from fractions import Fraction

    binary = _in_binary(Fraction(value)) * Fraction(10) ** places
    return Decimal(round(binary)).scaleb(-places)


def _in_binary(value: Fraction) -> Fraction:
    """The nearest number with as many bits as Go's have."""
    if not value:
        return value
    from fractions import Fraction

    shift = _BITS - (value.numerator.bit_length() - value.denominator.bit_length())
    if value * Fraction(2) ** shift >= 2**_BITS:
        shift -= 1
    return Fraction(round(value * Fraction(2) ** shift)) / Fraction(2) ** shift
