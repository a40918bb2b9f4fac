"""``yamlmerge``: documents on top of one another. Mappings are merged, lists joined, and the last scalar holds."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from atlas.errors import Unsupported
from atlas.hcl.functions.yaml_document import Document, reason_of
from atlas.hcl.functions.yaml_words import TAG, Plain, is_ambiguous, natural, plain_word
from atlas.hcl.values import is_list, to_text

if TYPE_CHECKING:
    from yaml.events import ScalarEvent

    from atlas.hcl.values import Function

_INDENT: Final = "    "


def _yamlmerge(*documents: object) -> str | None:
    if len(documents) < 2:  # noqa: PLR2004  one is what it is
        return None if not documents or documents[0] is None else to_text(documents[0])
    merged: dict[str, object] = {}
    for document in documents:
        if document is not None:
            _merge(merged, _mapping(to_text(document)))
    return "".join(f"{line}\n" for line in _lines(merged)) or "{}\n"


def _mapping(text: str) -> Mapping[str, object]:
    """A document that is a mapping; an empty one is a mapping without entries."""
    import yaml

    events = list(_parsed(text))
    if len(events) == 2:  # noqa: PLR2004  begin and end of nothing
        return {}
    try:
        value = Document(iter(events), _scalar, key=_key, merges=False).value()
    except yaml.YAMLError as error:
        message = f"this is no YAML: {reason_of(error)}"
        raise ValueError(message) from error
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ValueError("a document must be a mapping to be merged")  # noqa: TRY004  every function says ValueError
    return value


def _parsed(text: str) -> Iterator[object]:
    import yaml

    try:
        yield from yaml.parse(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        message = f"this is no YAML: {reason_of(error)}"
        raise ValueError(message) from error


def _key(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError("a key of a mapping that is merged must be a string: quote it")


def _merge(target: dict[str, object], source: Mapping[str, object]) -> None:
    for name, value in source.items():
        if isinstance(value, Mapping):
            inner = target.setdefault(name, {})
            if not isinstance(inner, dict):
                message = f'"{name}" is a mapping in one document and something else in another'
                raise ValueError(message)  # noqa: TRY004  every function says ValueError
            _merge(inner, value)
        elif is_list(value):
            items = target.setdefault(name, [])
            if not isinstance(items, list):
                message = f'"{name}" is a list in one document and something else in another'
                raise ValueError(message)  # noqa: TRY004  every function says ValueError
            target[name] = [*items, *value]
        else:
            target[name] = value


def _scalar(event: ScalarEvent) -> object:
    """Text, or a ``Plain`` word that is written as it means; the words of YAML 1.2 and Go's notations of numbers."""
    if event.tag not in {None, "!", f"{TAG}str"}:
        message = f'the tag "{event.tag}" is not supported here: write the value without it'
        raise Unsupported(message)
    if event.tag or event.style is not None:
        return event.value
    word = plain_word(event.value)
    return event.value if word is None else None if word == "null" else Plain(word)


def _lines(value: Mapping[str, object]) -> Iterator[str]:
    """The entries of a mapping, in the order in which a person counts."""
    for name in sorted(value, key=natural):
        yield from _entry(f"{_text(name, '')}:", value[name], _INDENT)


def _entry(head: str, value: object, indent: str) -> Iterator[str]:
    """A value behind what stands in front of it: ``name:`` or ``-``."""
    if isinstance(value, Mapping) and value:
        yield from _behind(head, _lines(value), indent)
    elif isinstance(value, list) and value:
        yield from _behind(head, (line for item in value for line in _entry("-", item, "  ")), indent)
    else:
        yield f"{head} {_inline(value, indent)}"


def _behind(head: str, lines: Iterator[str], indent: str) -> Iterator[str]:
    """Below a name; behind the dash of a list, the first line follows at once."""
    if head != "-":
        yield head
        yield from (f"{indent}{line}" if line else line for line in lines)
        return
    yield f"- {next(lines)}"
    yield from (f"  {line}" if line else line for line in lines)


def _inline(value: object, indent: str) -> str:
    match value:
        case None:
            return "null"
        case Plain():
            return value.word
        case str():
            return _text(value, indent)
        case _:
            return "{}" if isinstance(value, Mapping) else "[]"


def _text(text: str, indent: str) -> str:
    """A string, plain where it can be read back as one; of several lines as a block."""
    from yaml.emitter import Emitter

    analysis = Emitter(io.StringIO(), allow_unicode=True).analyze_scalar(text)
    if "\n" in text and analysis.allow_block and indent:
        return _block(text, indent)
    if "\n" not in text and not is_ambiguous(text):
        if analysis.allow_block_plain and text:
            return text
        if analysis.allow_single_quoted:
            return "'" + text.replace("'", "''") + "'"
    return _double_quoted(text)


def _block(text: str, indent: str) -> str:
    chomp = "" if text.endswith("\n") and not text.endswith("\n\n") else "+" if text.endswith("\n\n") else "-"
    hint = str(len(indent)) if text[0] in " \n" else ""
    lines = text.removesuffix("\n").split("\n")
    return "\n".join((f"|{hint}{chomp}", *(f"{indent}{line}" if line else "" for line in lines)))


def _double_quoted(text: str) -> str:
    import yaml

    written: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9)
    return written.removesuffix("\n")


FUNCTIONS: Final[dict[str, Function]] = {"yamlmerge": _yamlmerge}
