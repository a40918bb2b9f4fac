"""Functions of sets. Lists are taken as sets of their elements."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from atlas.hcl.functions.arguments import alike, items
from atlas.hcl.unify import unified
from atlas.hcl.values import SetValue, identity, set_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.hcl.values import Function


def _in_one_type(sets: Sequence[object]) -> list[dict[object, object]]:
    """The elements of every set by what makes them equal, all in one type."""
    lists = [alike(each) for each in sets]
    rest = iter(unified([item for each in lists for item in each]))
    taken = ([next(rest) for _ in each] for each in lists)
    return [{identity(item): item for item in each} for each in taken]


def _union(first: object, *sets: object) -> SetValue:
    return set_of(item for each in _in_one_type((first, *sets)) for item in each.values())


def _intersection(first: object, *sets: object) -> SetValue:
    each, *others = _in_one_type((first, *sets))
    return set_of(item for key, item in each.items() if all(key in other for other in others))


def _subtract(first: object, second: object) -> SetValue:
    each, other = _in_one_type((first, second))
    return set_of(item for key, item in each.items() if key not in other)


def _product(first: object, second: object, *sets: object) -> list[object]:
    """Every combination: a list when all arguments are lists, else a set."""
    given = (first, second, *sets)
    found: list[object] = [list(each) for each in product(*map(alike, map(items, given)))]
    return set_of(found) if any(isinstance(each, SetValue) for each in given) else found


FUNCTIONS: Final[dict[str, Function]] = {
    "setintersection": _intersection,
    "setproduct": _product,
    "setsubtract": _subtract,
    "setunion": _union,
}
