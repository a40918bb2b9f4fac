"""Functions of lists and objects. An object is a map here, and a set is a list where order does not matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from atlas.hcl.functions.arguments import alike, given, items, mapping, ordered, texts, whole
from atlas.hcl.unify import unified
from atlas.hcl.values import identity, is_list, kind, to_text

if TYPE_CHECKING:
    from atlas.hcl.values import Function


def _alltrue(values: object) -> bool:
    return all(value is True for value in _elements(values))


def _anytrue(values: object) -> bool:
    return any(value is True for value in _elements(values))


def _elements(collection: object) -> Sequence[object]:
    return list(collection.values()) if isinstance(collection, Mapping) else items(collection)


def _chunklist(values: object, size: object) -> list[list[object]]:
    each, length = alike(values), whole(size)
    if length < 0:
        raise ValueError("the size must not be negative")
    if not length:
        return [each] if each else []
    return [each[at : at + length] for at in range(0, len(each), length)]


def _coalesce(*values: object) -> object:
    found = next((value for value in unified(values) if value is not None), None)
    if found is None:
        raise ValueError("every argument is null")
    return found


def _coalescelist(*lists: object) -> object:
    found = next((each for each in [ordered(value) for value in lists] if each), None)
    if found is None:
        raise ValueError("every list is empty")
    return found


def _concat(first: object, *lists: object) -> list[object]:
    return [item for each in (first, *lists) for item in ordered(each)]


def _contains(values: object, value: object) -> bool:
    wanted = identity(given(value))
    return any(identity(item) == wanted for item in items(values))


def _distinct(values: object) -> list[object]:
    found: dict[object, object] = {}
    for value in alike(values):
        found.setdefault(identity(value), value)
    return list(found.values())


def _element(values: object, at: object) -> object:
    each, index = ordered(values), whole(at)
    if not each:
        raise ValueError("the list is empty")
    if index < 0:
        raise ValueError("the index must not be negative")
    return each[index % len(each)]


def _flatten(values: object) -> list[object]:
    return list(_flat(items(values)))


def _flat(values: Sequence[object]) -> Iterator[object]:
    for value in values:
        if is_list(value):
            yield from _flat(value)
        else:
            yield value


def _index(collection: object, key: object) -> object:
    if isinstance(collection, Mapping):
        name = to_text(key)
        if name not in collection:
            message = f'there is no key "{name}"'
            raise ValueError(message)
        return collection[name]
    each, at = ordered(collection), given(key)
    if isinstance(at, str):
        raise ValueError("the index of a list is a number, found string")  # noqa: TRY004  every function says ValueError
    number = whole(at)
    if not 0 <= number < len(each):
        message = f"the index {number} is outside of a list with {len(each)} elements"
        raise ValueError(message)
    return each[number]


def _length(value: object) -> int:
    if isinstance(value, Mapping) or is_list(value):
        return len(value)
    message = f"a list or an object is required, found {kind(value)}"
    raise ValueError(message)


def _lookup(values: object, name: object, default: object) -> object:
    return mapping(values).get(to_text(name), given(default))


def _merge(*objects: object) -> dict[str, object]:
    merged: dict[str, object] = {}
    for value in objects:
        if value is not None:
            merged.update(mapping(value))
    return merged


def _slice(values: object, start: object, end: object) -> list[object]:
    each, first, last = ordered(values), whole(start), whole(end)
    if not 0 <= first <= last <= len(each):
        message = (
            f"the elements from {first} to before {last} are outside of a list with {len(each)} elements"
        )
        raise ValueError(message)
    return list(each[first:last])


def _sort(values: object) -> list[str]:
    return sorted(_without_null(texts(values)))


def _without_null(values: Sequence[str | None]) -> list[str]:
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        raise ValueError("an element of the list is null")
    return known


def _join(separator: object, first: object, *lists: object) -> str:
    return to_text(separator).join(_without_null([item for each in (first, *lists) for item in texts(each)]))


def _zipmap(names: object, values: object) -> dict[str, object]:
    keys, each = _without_null(texts(names)), ordered(values)
    if len(keys) != len(each):
        message = f"there are {len(keys)} keys and {len(each)} values"
        raise ValueError(message)
    return dict(zip(keys, each, strict=True))


def _reverse(values: object) -> list[object]:
    return list(reversed(items(values)))


FUNCTIONS: Final[dict[str, Function]] = {
    "alltrue": _alltrue,
    "anytrue": _anytrue,
    "chunklist": _chunklist,
    "coalesce": _coalesce,
    "coalescelist": _coalescelist,
    "compact": lambda values: [item for item in texts(values) if item],
    "concat": _concat,
    "contains": _contains,
    "distinct": _distinct,
    "element": _element,
    "empty": lambda values: _length(values) == 0,
    "flatten": _flatten,
    "index": _index,
    "join": _join,
    "keys": lambda values: sorted(mapping(values)),
    "length": _length,
    "lookup": _lookup,
    "merge": _merge,
    "reverse": _reverse,
    "slice": _slice,
    "sort": _sort,
    "values": lambda values: [item for _, item in sorted(mapping(values).items())],
    "zipmap": _zipmap,
}
