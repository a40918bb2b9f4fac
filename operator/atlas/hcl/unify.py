"""One type for values of several: what becomes of the elements of a list, set or map.

Numbers and booleans become strings where a string is among them; lists and objects are looked into. A null fits
everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from atlas.hcl.values import SetValue, is_list, is_number, kind, to_text


def unified(values: Sequence[object]) -> list[object]:
    """The values in their common type, in order.

    Raises:
        ValueError: There is no type that all of them can have.
    """
    known = [value for value in values if value is not None]
    if all(isinstance(value, str) for value in known) or all(map(is_number, known)):
        return list(values)
    if all(map(is_list, known)):
        return _lists(values)
    if all(isinstance(value, Mapping) for value in known):
        return _objects(values)
    return _primitives(values)


def _primitives(values: Sequence[object]) -> list[object]:
    kinds = {kind(value) for value in values} - {"null"}
    if len(kinds) == 1:
        return list(values)
    if "string" in kinds and kinds <= {"string", "number", "bool"}:
        return [None if value is None else to_text(value) for value in values]
    message = f"all elements must be of one type, found {' and '.join(sorted(kinds))}"
    raise ValueError(message)


def _lists(values: Sequence[object]) -> list[object]:
    """Lists of one length have a type a position, others one for all their elements."""
    lists = [value for value in values if is_list(value)]
    if len({len(each) for each in lists}) == 1:
        columns = [unified(column) for column in zip(*lists, strict=True)]
        rows = [[column[at] for column in columns] for at in range(len(lists))]
    else:
        rows = _cut(unified([item for each in lists for item in each]), [len(each) for each in lists])
    made = iter(
        [SetValue(row) if isinstance(each, SetValue) else row for each, row in zip(lists, rows, strict=True)]
    )
    return [None if value is None else next(made) for value in values]


def _objects(values: Sequence[object]) -> list[object]:
    """Objects of the same names have a type a name, others one for all their values."""
    objects = [value for value in values if isinstance(value, Mapping)]
    if len({frozenset(each) for each in objects}) == 1:
        columns = {name: unified([each[name] for each in objects]) for name in objects[0]}
        made = iter([{name: columns[name][at] for name in each} for at, each in enumerate(objects)])
    else:
        rows = _cut(
            unified([each[name] for each in objects for name in each]), [len(each) for each in objects]
        )
        made = iter([dict(zip(each, row, strict=True)) for each, row in zip(objects, rows, strict=True)])
    return [None if value is None else next(made) for value in values]


def _cut(values: list[object], lengths: Sequence[int]) -> list[list[object]]:
    rest = iter(values)
    return [[next(rest) for _ in range(length)] for length in lengths]
