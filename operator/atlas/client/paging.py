"""A page of a list, as the registry answers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """``number`` counts from 1; ``total`` counts the entries of all pages."""

    entries: tuple[T, ...]
    number: int
    size: int
    total: int


def page_of(
    answer: Mapping[str, Any], field: str, read: Callable[[Mapping[str, Any]], T], asked: Mapping[str, Any]
) -> Page[T]:
    """The page in an answer; what a server leaves out is taken from what was asked."""
    about = answer.get("pageInfo") or {}
    entries = tuple(read(item) for item in answer.get(field) or ())
    return Page(
        entries,
        about.get("page") or asked.get("page") or 1,
        about.get("pageSize") or asked.get("pageSize") or len(entries),
        about.get("total") or len(entries),
    )
