"""Where data sources keep the states that they make. Apart from ``made_states``, whose kinds most commands never need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from atlas.project.made_states import Made

MEMORY_SCHEME: Final = "mem"


class Memory:
    """States that data sources made, by URL. Equal states have one URL."""

    def __init__(self) -> None:
        self._made: dict[str, Made] = {}

    def keep(self, made: Made, name: str) -> str:
        """The URL ``mem://name-digest`` of a state."""
        from hashlib import sha256

        from atlas.project.made_states import content_of

        url = f"{MEMORY_SCHEME}://{name}-{sha256(content_of(made)).hexdigest()[:16]}"
        self._made[url] = made
        return url

    def find(self, url: str) -> Made | None:
        """The state at a URL; a query such as ``?format=atlas`` is not a part of its name."""
        return self._made.get(url.partition("?")[0])
