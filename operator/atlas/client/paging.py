"""A page of a list, as the registry answers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from atlas.errors import Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atlas.client.transport import Transport
    from atlas.wire.operations import Operation

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


def asked(transport: Transport, operation: Operation, wanted: Mapping[str, Any]) -> Any:
    """The answer to an operation of ours; raises ``Unsupported`` where a registry answers as to an unknown one."""
    answer = transport.execute(operation, {"input": wanted})
    if answer is None:
        raise Unsupported(
            f'the registry at {transport.address.url} does not know "{operation.field}": it is of another make or '
            "an older version"
        )
    return answer
