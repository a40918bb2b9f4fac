"""A mapping that is loaded when somebody asks for a name: most commands never do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")


class Late(Mapping[str, T]):
    """``at_hand`` are entries that are given out without loading the others."""

    def __init__(
        self, load: Callable[[], Mapping[str, T]], at_hand: Mapping[str, T] = MappingProxyType({})
    ) -> None:
        self._load = load
        self._at_hand = at_hand
        self._loaded: Mapping[str, T] | None = None

    def _all(self) -> Mapping[str, T]:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def __getitem__(self, name: str) -> T:
        return self._at_hand[name] if name in self._at_hand else self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())
