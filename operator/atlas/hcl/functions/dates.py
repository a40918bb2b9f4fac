"""Functions of timestamps in the notation of RFC 3339. None reads a clock; ``timestamp`` is given one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from atlas.errors import Unsupported
from atlas.hcl.values import to_text

if TYPE_CHECKING:
    from datetime import datetime

    from atlas.hcl.values import Function

Now = Callable[[], "datetime"]
"""The time, aware."""

_TIMESTAMP: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))", re.ASCII
)
_TOKEN: Final = re.compile(r"''|'(?:[^']|'')*'|(?P<verb>([A-Za-z])\2*)|(?P<text>[^'A-Za-z]+)")
_DURATION: Final = re.compile(r"(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)", re.ASCII)
_NANOSECONDS: Final = {
    "ns": 1,
    "us": 10**3,
    "µs": 10**3,
    "μs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}
_MAX_DURATION: Final = 2**63
_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS: Final = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def date_functions(now: Now | None) -> dict[str, Function]:
    """``formatdate``, ``timeadd`` and ``timestamp``; without a clock the last one refuses."""
    return {"formatdate": _formatdate, "timeadd": _timeadd, "timestamp": lambda: _timestamp(now)}


def _timestamp(now: Now | None) -> str:
    if now is None:
        raise Unsupported("timestamp() has no clock here: pass the time in a variable")
    from datetime import UTC

    return _written(now().astimezone(UTC))


def _read(text: object) -> tuple[datetime, int]:
    """A time without its fraction of a second, and the fraction in nanoseconds."""
    from datetime import UTC, datetime, timedelta, timezone

    found = _TIMESTAMP.fullmatch(to_text(text))
    if found is None:
        message = f'"{text}" is no timestamp of RFC 3339, such as 2024-12-31T23:59:59Z'
        raise ValueError(message)
    *parts, fraction, sign, hours, minutes = found.groups()
    zone = UTC
    if sign:
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        if int(minutes) > 59 or int(hours) > 23:  # noqa: PLR2004  a clock's
            message = f'"{text}" is no timestamp: its offset is none'
            raise ValueError(message)
        zone = timezone(offset if sign == "+" else -offset)
    try:
        return datetime(*map(int, parts), tzinfo=zone), int((fraction or "0").ljust(9, "0")[:9])  # type: ignore[arg-type, misc]  # six numbers
    except ValueError as error:
        message = f'"{text}" is no timestamp: {error}'
        raise ValueError(message) from error


def _written(time: datetime) -> str:
    return f"{time.year:04d}-{time:%m-%dT%H:%M:%S}{_offset(time, ':', utc='Z')}"


def _offset(time: datetime, separator: str, *, utc: str) -> str:
    """The offset from UTC as ``+hhmm``, or ``utc`` where there is none and a word for it is wanted."""
    offset = time.utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    if not minutes and utc:
        return utc
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}{separator}{rest:02d}"


def _timeadd(time: object, duration: object) -> str:
    from datetime import timedelta

    begin, nanoseconds = _read(time)
    total = nanoseconds + _nanoseconds(to_text(duration))
    try:
        return _written(begin + timedelta(seconds=total // 10**9))
    except OverflowError:
        raise ValueError("the result is outside of the years 1 to 9999") from None


def _nanoseconds(text: str) -> int:
    """A duration of Go: numbers with units, such as ``-1h30m`` and ``1.5s``."""
    digits = text[1:] if text[:1] in {"+", "-"} else text
    if digits == "0":
        return 0
    at, total = 0, 0
    while found := _DURATION.match(digits, at):
        whole, _, fraction = found[1].partition(".")
        unit = _NANOSECONDS[found[2]]
        total += int(whole or 0) * unit + (int(fraction) * unit // 10 ** len(fraction) if fraction else 0)
        at = found.end()
    if not digits or at < len(digits) or total >= _MAX_DURATION:
        message = f'"{text}" is no duration, such as "1h30m" or "-10s"'
        raise ValueError(message)
    return -total if text[0] == "-" else total


def _formatdate(template: object, time: object) -> str:
    moment, _ = _read(time)
    text = to_text(template)
    out: list[str] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise ValueError("a quote in the format has no end")
        if found["verb"]:
            out.append(_date_part(found["verb"], moment))
        elif found["text"]:
            out.append(found["text"])
        else:
            out.append(found[0][1:-1].replace("''", "'") or "'")
        at = found.end()
    return "".join(out)


def _date_part(verb: str, time: datetime) -> str:
    parts = {**_calendar(time), **_clock(time)}
    if verb not in parts:
        message = f'"{verb}" is no part of a date: quote it to have it as it stands'
        raise ValueError(message)
    return parts[verb]


def _calendar(time: datetime) -> dict[str, str]:
    month, day = _MONTHS[time.month - 1], _DAYS[time.weekday()]
    return {
        "YY": f"{time.year % 100:02d}",
        "YYYY": f"{time.year:04d}",
        "M": str(time.month),
        "MM": f"{time.month:02d}",
        "MMM": month[:3],
        "MMMM": month,
        "D": str(time.day),
        "DD": f"{time.day:02d}",
        "EEE": day[:3],
        "EEEE": day,
    }


def _clock(time: datetime) -> dict[str, str]:
    twelve = time.hour % 12 or 12
    half = "PM" if time.hour >= 12 else "AM"  # noqa: PLR2004  noon
    return {
        "h": str(time.hour),
        "hh": f"{time.hour:02d}",
        "H": str(twelve),
        "HH": f"{twelve:02d}",
        "AA": half,
        "aa": half.lower(),
        "m": str(time.minute),
        "mm": f"{time.minute:02d}",
        "s": str(time.second),
        "ss": f"{time.second:02d}",
        "Z": _offset(time, ":", utc="Z"),
        "ZZZ": _offset(time, "", utc="UTC"),
        "ZZZZ": _offset(time, "", utc=""),
        "ZZZZZ": _offset(time, ":", utc=""),
    }
