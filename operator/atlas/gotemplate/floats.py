"""Floats as Go's strconv prints them."""

from __future__ import annotations

import math

_LARGE_EXPONENT = 6
"""From here on the shortest form of ``%v`` and ``%g`` has an exponent (strconv.FormatFloat)."""
_SMALL_EXPONENT = -4


def format_float(value: float, letter: str, precision: int) -> str:
    """A float without a sign under a verb; ``precision`` -1 means the verb's default."""
    if math.isnan(value) or math.isinf(value):
        return "NaN" if math.isnan(value) else "Inf"
    if letter in "eEfF":
        return format(value, f".{6 if precision < 0 else precision}{letter}")
    if letter == "b":
        mantissa, exponent = math.frexp(value)
        return f"{int(mantissa * 2**53)}p{exponent - 53:+d}"
    if letter in "xX":
        text = _hexadecimal(value)
        return text.upper() if letter == "X" else text
    if precision >= 0:
        text = format(value, f".{precision or 1}g")
    else:
        text = shortest(value, large=_LARGE_EXPONENT, small=_SMALL_EXPONENT)
    return text.upper() if letter == "G" else text


def shortest(value: float, *, large: int, small: int) -> str:
    """The fewest digits that read back as ``value``; an exponent below ``small`` and from ``large`` on."""
    digits, exponent = _digits(value)
    if exponent < small or exponent >= large:
        fraction = "." + digits[1:] if len(digits) > 1 else ""
        return f"{digits[0]}{fraction}e{exponent:+03d}"
    if exponent < 0:
        return "0." + "0" * (-exponent - 1) + digits
    whole = digits[: exponent + 1].ljust(exponent + 1, "0")
    return whole + ("." + digits[exponent + 1 :] if len(digits) > exponent + 1 else "")


def _hexadecimal(value: float) -> str:
    mantissa, _, exponent = value.hex().partition("p")
    return f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}p{int(exponent):+03d}"


def _digits(value: float) -> tuple[str, int]:
    """Significant digits without trailing zeros, and the decimal exponent of the first."""
    mantissa, _, exponent = repr(value).partition("e")
    whole, _, fraction = mantissa.partition(".")
    scale = int(exponent or 0) + len(whole) - 1
    joined = whole + fraction
    digits = joined.lstrip("0")
    if not digits:
        return "0", 0
    return digits.rstrip("0") or "0", scale - (len(joined) - len(digits))
