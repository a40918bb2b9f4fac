"""Number and character constants of a template."""

from __future__ import annotations

from atlas.gotemplate.quoting import quote, unquote

_INT_LIMIT = 1 << 63


def parse_number(text: str) -> int | float:
    """The value of a Go constant such as ``-3``, ``0x1F``, ``0o17``, ``1_000``, ``1e3`` (a float) or ``'a'``.

    Raises ValueError with Go's message.
    """
    if text[0] == "'":
        return _character(text)
    digits = text.lstrip("+-")
    try:
        value = int(digits, 8 if _is_old_octal(digits) else 0)
    except ValueError:
        return _float(text, digits)
    value = -value if text[0] == "-" else value
    if not -_INT_LIMIT <= value < _INT_LIMIT:
        message = f"integer overflow: {quote(text)}"
        raise ValueError(message)
    return value


def _is_old_octal(digits: str) -> bool:
    return len(digits) > 1 and digits[0] == "0" and digits.replace("_", "").isdigit()


def _float(text: str, digits: str) -> float:
    if not digits:
        message = f"illegal number syntax: {quote(text)}"
        raise ValueError(message)
    try:
        if len(text) - len(digits) > 1 or not (digits[0].isdigit() or digits[0] == "."):
            raise ValueError
        value = float.fromhex(digits.replace("_", "")) if digits[:2].lower() == "0x" else float(digits)
    except (ValueError, OverflowError):
        message = f"bad number syntax: {quote(text)}"
        raise ValueError(message) from None
    return -value if text[0] == "-" else value


def _character(text: str) -> int:
    try:
        character = unquote(text)
    except ValueError:
        character = ""
    if len(character) != 1:
        message = f"malformed character constant: {text}"
        raise ValueError(message)
    return ord(character)
