"""Taking secrets out of a text before it reaches a message, an event, a log, a report or a status.

Three kinds are found: values the caller knows, passwords of URLs and connection strings, and literals of
SQL clauses that set a password. Where a text is ambiguous (a truncated statement, a quote that may be
escaped on one server and not on another) more is masked, never less. Time is linear in the text, and
masking a masked text changes nothing. What a statement *means* is not looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.database_url import REDACTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_SHORTEST_SECRET = 3
"""A shorter value would blank out words that have nothing to do with it, and guards nothing."""

_WORD = re.compile(r"\S+")

_GAP = r"(?: \s | --[^\n]{0,255}+\n | /\*(?:(?!\*/).){0,255}+\*/ )"
"""Space and comments between two words of SQL. The bounds keep an open comment from being searched twice."""

_ANCHOR = re.compile(
    rf"""
      (?P<statement> \bIDENTIFIED {_GAP}++ (?: BY | WITH | VIA )\b | \bSET {_GAP}++ PASSWORD\b )
    | (?: passw(?:or)?d | passphrase | \bpwd | secret_access_key ) \w*+ ["'`]?+ {_GAP}*+
      (?: (?P<sign> :?= >?+ | : ) {_GAP}*+ )?+ (?P<call> \( \s*+ )?+ (?: (?: [eEnNxXbB] | [uU]& | _\w++ )(?=') )?+
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_BARE = re.compile(r"""[^\s&'"]++""")
_DOLLAR = re.compile(r"\$(?:[^\W\d]\w*+)?+\$")
_PLACEHOLDER = re.compile(r"%(?:\d+\$)?[LsIv]")
_LITERAL = {
    "'": re.compile(r"'(?:[^'\\]|''|\\.)*+(?:'|\\?\Z)", re.DOTALL),
    '"': re.compile(r'"(?:[^"\\]|""|\\.)*+(?:"|\\?\Z)', re.DOTALL),
}
_QUOTES = re.compile(r"'++|\"++")
_INSIDE = re.compile(r"[^\s;,)]")
_CONCATENATED = re.compile(r"\s*+(?:\|\||[,)+])")
_CLAUSE_STEP = re.compile(r"""['"$;]|\b0x[0-9a-fA-F]++""")


def mask_text(text: str, secrets: Iterable[str] = ()) -> str:
    """Put ``xxxxx`` in the place of every secret of a text.

    Args:
        text: A statement, an error, a URL or anything that may hold them.
        secrets: Values known to be secret; their percent-encoded and quoted forms are masked too.
    """
    return masker(secrets)(text)


def masker(secrets: Iterable[str]) -> Callable[[str], str]:
    """``mask_text`` for many texts: the spellings of the secrets are worked out once."""
    known = {secret for secret in secrets if len(secret) >= _SHORTEST_SECRET}
    longest_first = sorted(known, key=lambda secret: (-len(secret), secret))
    values = re.compile("|".join(map(_spelled, longest_first))) if known else None

    def mask(text: str) -> str:
        text = values.sub(REDACTED, text) if values else text
        if "://" in text:
            text = _WORD.sub(lambda found: _mask_urls(found.group()), text)
        return "".join(_mask_clauses(text))

    return mask


def _spelled(secret: str) -> str:
    """A pattern of a secret as written, percent-encoded, or inside a quoted literal, in any mixture."""
    return "".join(letter if letter.isalnum() and letter.isascii() else _sign(letter) for letter in secret)


def _sign(letter: str) -> str:
    encoded = "".join(f"%{byte:02X}" for byte in letter.encode(errors="surrogatepass"))
    forms = {"'": ["''", r"\\'"], '"': [r"\\\""], "\\": [r"\\\\"], " ": [r"\+"]}.get(letter, [])
    return f"(?:{'|'.join([*forms, f'(?i:{encoded})', re.escape(letter)])})"


def _mask_urls(word: str) -> str:
    """Mask ``user:password@`` of each URL of a text without spaces; the LAST ``@`` ends the password."""
    if "://" not in word:
        return word
    first, *addresses = word.split("://")
    return "://".join((first, *map(_mask_userinfo, addresses)))


def _mask_userinfo(address: str) -> str:
    # A double quote ends a URL inside JSON or Go's %q; a password that holds one unescaped is cut less well.
    inside, quote, after = address.partition('"')
    if quote and "@" not in inside:
        inside, quote, after = address, "", ""
    userinfo, at, rest = inside.rpartition("@")
    user, colon, _ = userinfo.partition(":")
    masked = f"{user}:{REDACTED}@{rest}" if at and colon else inside
    return masked + quote + after


def _mask_clauses(text: str) -> Iterator[str]:
    """Yield the pieces of a text, its password literals replaced; each anchor begins where the last one ended."""
    done = 0
    while anchor := _ANCHOR.search(text, done):
        yield text[done : anchor.end()]
        if anchor["statement"]:
            done, masked = _rest_of_statement(text, anchor.end())
        else:
            done, masked = _one_value(text, anchor)
        yield masked
    yield text[done:]


def _one_value(text: str, anchor: re.Match[str]) -> tuple[int, str]:
    """Where the value after a word like ``password`` ends, and what stands for it."""
    start = anchor.end()
    if _PLACEHOLDER.match(text, start):
        return len(text), REDACTED
    if end := _literal_end(text, start):
        return end, _masked_literal(text, start)
    bare = _BARE.match(text, start) if (anchor["sign"] or ":") != ":" and not anchor["call"] else None
    if bare is None:
        return start, ""
    return bare.end(), REDACTED


def _rest_of_statement(text: str, start: int) -> tuple[int, str]:
    """Mask every literal up to ``;`` except account names: those touch an ``@``."""
    pieces = []
    done = start
    while step := _CLAUSE_STEP.search(text, done):
        pieces.append(text[done : step.start()])
        end = _literal_end(text, step.start()) or step.end()
        literal = text[step.start() : end]
        is_account = text[end : end + 1] == "@" or text[step.start() - 1] == "@"
        is_secret = len(literal) > 1 and not is_account
        pieces.append(_masked_literal(text, step.start()) if is_secret else literal)
        done = end
        if literal == ";":
            break
    else:
        pieces.append(text[done:])
        done = len(text)
    return done, "".join(pieces)


def _literal_end(text: str, start: int) -> int:
    """Where the literal at this place ends, 0 when there is none. A literal that never ends is all the rest."""
    quote = text[start : start + 1]
    if quote == "$" and (dollar := _DOLLAR.match(text, start)):
        return _after(text, dollar.group(), dollar.end())
    if quote not in _LITERAL:
        return 0
    if opening := _nested_quotes(text, start):
        return _after(text, opening, start + len(opening))
    found = _LITERAL[quote].match(text, start)
    end = found.end() if found else len(text)
    return len(text) if _CONCATENATED.match(text, start + 1, end) else end


def _after(text: str, closing: str, start: int) -> int:
    end = text.find(closing, start)
    return len(text) if end < 0 else end + len(closing)


def _nested_quotes(text: str, start: int) -> str:
    """The doubled quotes that open a literal inside a literal, '' when a plain one begins here."""
    found = _QUOTES.match(text, start)
    if found is None or len(found.group()) % 2 or not _INSIDE.match(text, found.end()):
        return ""
    return found.group()


def _masked_literal(text: str, start: int) -> str:
    if text[start] == "0":
        return REDACTED
    quotes = "'" if text[start] == "$" else _nested_quotes(text, start) or text[start]
    return f"{quotes}{REDACTED}{quotes}"
