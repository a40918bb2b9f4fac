"""Literals of SQL clauses, connection strings, settings and headers that set a password, a token or a key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.database_url import REDACTED
from atlas.engine.mask.literals import GAP, PREFIX, chain_end, literal_end, masked_literal, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_OF_PASSWORDS = r"(?: passw(?:or)?d | passphrase | \bpwd | \bpw\b | secret_?access_?key | \baccountkey ) \w{0,255}+ \\*+ [\"'`]?+"
_OF_TOKENS = (
    r"(?: token | secret | api_?key | access_?key | private_?key | \bjwt | (?<=amz-)signature | accesssignature | \bsig\b"
    r" | \bsas\b ) \w{0,255}+"
)
_CRYPT = r"(?: crypt | pgp_(?:sym|pub)_(?:en|de)crypt | (?:en|de)crypt(?:_iv)? | hmac | (?:aes|des)_(?:en|de)crypt )"
_ANCHOR = re.compile(
    rf"""
      (?P<statement> \bIDENTIFIED {GAP}*+ (?: BY | WITH | VIA )\b | \bSET {GAP}++ PASSWORD\b )
    | (?P<call> \b{_CRYPT}(?:_bytea)?+ {GAP}*+ \( )
    | (?P<key> \bPRAGMA {GAP}++ (?:\w++\.)?+ (?:re|hex|hexre|text)?+key {GAP}*+ [=(]
      | \bATTACH\b [^;]{{1,512}}? \bKEY\b ) {GAP}*+ {PREFIX} (?=['"$0])
    | (?P<header> \bauthorization \\*+ ["'`]?+ \s*+ [:=] \s*+ \\*+ ["'`]?+ (?: (?:bearer|basic|token|digest)\s++ )?+ )
    | (?P<declared> {_OF_PASSWORDS} (?: \s++ \w++ (?:\(\d++\))?+ ){{1,4}}? \s*+ (?: := | (?<=\s)DEFAULT\b ) {GAP}*+ {PREFIX} (?=['"$]) )
    | (?P<set> (?: {_OF_TOKENS} | {_OF_PASSWORDS} ) (?: \\*+ ["'`]?+ {GAP}*+ (?: :?= >?+ | \bTO\b ) | \\*+ ["'] {GAP}*+ : ) {GAP}*+ {PREFIX}
        (?=\\*+['"$]) )
    | (?P<config> \bset_config \s*+ \( \s*+ '[^']{{0,128}}? (?: passw | secret | token | key )[^']{{0,64}}+' \s*+ , \s*+ {PREFIX} )
    | {_OF_PASSWORDS} {GAP}*+ (?: (?P<sign> :?= >?+ | : ) {GAP}*+ )?+ (?P<open> \( \s*+ )?+ {PREFIX}
    | (?P<bare> (?:{_OF_TOKENS}) [:]?+ = ) (?=[^\s'"=>(])
    | (?P<typo> (?: \bp(?:as|sw)\w*+ | \bident\w*+ (?: {GAP}++ \w++ )?+ ) {GAP}++ {PREFIX} (?=['"$]) )
    | (?P<option> {_OF_TOKENS} \s++ {PREFIX} (?=') )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_WORDS = (
    *("pas", "psw", "pw", "secret", "accountkey", "token", "api_key", "apikey", "access_key", "accesskey"),
    *(
        "private_key",
        "privatekey",
        "jwt",
        "signature",
        "accesssignature",
        "sig",
        "sas",
        "ident",
        "set",
        "pragma",
        "attach",
    ),
    *("crypt", "pgp_", "encrypt", "decrypt", "hmac", "aes_", "des_", "authorization"),
)
"""What an anchor begins with: a plain search for each of them is much faster than the pattern at every place."""
_OPTION = re.compile(r"[(,]\s*(?:(?:ADD|SET)\s+)?\Z", re.IGNORECASE)
_BARE = re.compile(r"""(?!VALUE\b)[^\s&'"]++""")  # VALUE is our own word for what a person has to give
_WORD = re.compile(r"\w[^\s&'\";,()/]*+(?!['\"(])")
_CALL = re.compile(rf"[^\W\d][\w.]*+ {GAP}*+ \( ", re.VERBOSE | re.DOTALL)
_PLACEHOLDER = re.compile(r"%(?:\d+\$)?[LsIv]")
_CLAUSE_STEP = re.compile(r"""['"$;]|\b0x[0-9a-fA-F]++""")
_QUOTATION_END = re.compile(r'"(?=\Z|[:,.)]|\ from\ version )')
"""Ours, around a statement that a message quotes; of a statement alone this is a literal that is empty or nothing."""
_CALL_STEP = re.compile(r"""['"$()]|\b0x[0-9a-fA-F]++""")
_ACCOUNT = re.compile(r"\b(?:(?:CREATE|ALTER)\s+(?:ROLE|USER|GROUP)|GRANT)\s[^;:']{0,255}\Z", re.IGNORECASE)
_KEYWORD = re.compile(
    r"(?:NULL|NONE|EXPIRE|HISTORY|REUSE|REQUIRE|DEFAULT|CURRENT|OPTIONAL|VALID|PASSWORD|RANDOM|LIFETIME|BY|WITH"
    rf"|AS|TO|ON|FROM|{REDACTED})\b",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s*+")
_LOOK_BACK = 300
_NESTED_COMMENT = re.compile(r"/\*(?:(?!\*/).){0,255}/\*", re.DOTALL)


def without_literals(text: str, hidden: list[str]) -> str:
    """``text`` with ``xxxxx`` for these literals; their values are added to ``hidden``."""
    return "".join(_pieces(text, hidden))


def _pieces(text: str, hidden: list[str]) -> Iterator[str]:
    """The pieces of the text that is shown; each anchor begins where the last one ended."""
    done = 0
    for place in _places(text):
        if place < done or (anchor := _ANCHOR.match(text, place)) is None:
            continue
        yield text[done : anchor.end()]
        done, masked = _after_anchor(text, anchor, hidden)
        yield masked
    yield text[done:]


def _places(text: str) -> list[int]:
    lower = text.lower()
    if len(lower) != len(text):  # a letter that is two in lower case
        lower = "".join(letter.lower() if letter.isascii() else letter for letter in text)
    found = set()
    for word in _WORDS:
        place = lower.find(word)
        while place >= 0:
            found.add(place)
            place = lower.find(word, place + 1)
    return sorted(found)


def _after_anchor(text: str, anchor: re.Match[str], hidden: list[str]) -> tuple[int, str]:
    """Where the value after an anchor ends, and what is shown of it."""
    start = anchor.end()
    if anchor["call"]:
        return _call(text, start, hidden)
    if anchor["statement"]:
        return _statement(text, anchor, hidden)
    if _NESTED_COMMENT.search(anchor.group()):
        return _rest_of_statement(text, start, hidden, closing="")
    return _one_value(text, anchor, hidden)


def _one_value(text: str, anchor: re.Match[str], hidden: list[str]) -> tuple[int, str]:
    start = anchor.end()
    if _PLACEHOLDER.match(text, start):
        return len(text), REDACTED
    if end := chain_end(text, start):
        is_prose = (anchor["typo"] and not _is_of_account(text, anchor)) or (
            anchor["option"] and not _OPTION.search(text, max(0, anchor.start() - _LOOK_BACK), anchor.start())
        )
        return (start, "") if is_prose else _hide(text, (start, end), hidden, masked_literal(text, start))
    is_set = bool(anchor["bare"] or anchor["header"]) or (anchor["sign"] or ":") != ":"
    is_given = not is_set and not anchor["sign"] and not anchor["open"] and _is_of_account(text, anchor)
    if (is_set or is_given) and not anchor["header"] and (call := _CALL.match(text, start)):
        return _called(text, start, call.end(), hidden)
    if is_given and (ended := _word_end(text, start)):
        return _hide(text, (start, ended), hidden, REDACTED)
    if is_set and not anchor["open"] and (bare := _BARE.match(text, start)):
        return _hide(text, bare.span(), hidden, REDACTED)
    return start, ""


def _is_of_account(text: str, anchor: re.Match[str]) -> bool:
    """Whether the words before the anchor make or alter an account: its password may lack its quotes."""
    return bool(_ACCOUNT.search(text, max(0, anchor.start() - _LOOK_BACK), anchor.start()))


def _word_end(text: str, start: int) -> int:
    """Where a password without quotes ends, 0 when there is none."""
    word = _WORD.match(text, start)
    return 0 if word is None or _KEYWORD.match(text, start) else word.end()


def _statement(text: str, anchor: re.Match[str], hidden: list[str]) -> tuple[int, str]:
    begin = _SPACE.match(text, anchor.end())
    start = begin.end() if begin else anchor.end()
    if (
        anchor["statement"].upper().endswith("BY")
        and _is_of_account(text, anchor)
        and (ended := _word_end(text, start))
    ):
        return _hide(text, (start, ended), hidden, text[anchor.end() : start] + REDACTED)
    return _rest_of_statement(text, anchor.end(), hidden)


def _hide(text: str, span: tuple[int, int], hidden: list[str], shown: str) -> tuple[int, str]:
    start, end = span
    hidden.append(value_of(text[start:end]))
    return end, shown


def _called(text: str, start: int, inside: int, hidden: list[str]) -> tuple[int, str]:
    done, shown = _call(text, inside, hidden)
    return done, text[start:inside] + shown


def _call(text: str, start: int, hidden: list[str]) -> tuple[int, str]:
    """Hide every literal up to the parenthesis that ends a call."""
    depth = 1
    pieces = []
    done = start
    while depth and (step := _CALL_STEP.search(text, done)):
        shown = step.group()
        depth += (shown == "(") - (shown == ")")
        pieces.append(text[done : step.start()])
        done = step.end()
        if end := literal_end(text, step.start()):
            done, shown = _secret_literal(text, step.start(), end, hidden)
        pieces.append(shown)
    if depth:
        pieces.append(text[done:])
        done = len(text)
    return done, "".join(pieces)


def _rest_of_statement(text: str, start: int, hidden: list[str], *, closing: str = ";") -> tuple[int, str]:
    """Hide every literal up to ``closing`` except account names: those touch an ``@``."""
    pieces = []
    done = start
    while (step := _CLAUSE_STEP.search(text, done)) and not _QUOTATION_END.match(text, step.start()):
        pieces.append(text[done : step.start()])
        end = literal_end(text, step.start()) or step.end()
        shown = text[step.start() : end]
        is_account = text[end : end + 1] == "@" or text[step.start() - 1] == "@"
        if len(shown) > 1 and not is_account:
            end, shown = _secret_literal(text, step.start(), end, hidden)
        pieces.append(shown)
        done = end
        if shown == closing:
            break
    else:
        end = step.start() if step else len(text)
        pieces.append(text[done:end])
        done = end
    return done, "".join(pieces)


def _secret_literal(text: str, start: int, end: int, hidden: list[str]) -> tuple[int, str]:
    if text[end - 1] in "'\"" and text[end : end + 1].isalnum():
        end = len(text)  # what follows at once is the rest of a value that holds the quote
    return _hide(text, (start, end), hidden, masked_literal(text, start))
