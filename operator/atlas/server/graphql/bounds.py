"""What one request may make the registry do: fields of a query, and characters of an answer.

A query of a few hundred bytes can ask for the same file a thousand times, or for 2^50 fields by fragments that name each
other twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode

from atlas.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import FragmentDefinitionNode, SelectionSetNode

ROOT_FIELDS = 20
FIELDS = 1_000
ANSWER_CHARS = 256 * 1024 * 1024  # what our client takes of an answer
_DEPTH = 50


class Room:
    """How much may still be put into one answer."""

    def __init__(self, chars: int = ANSWER_CHARS) -> None:
        self._chars = chars

    def take(self, text: str) -> None:
        """Note a text or a key of the answer, each time it stands there; raises ``Rejected`` where it is too much."""
        self._chars -= len(text)
        if self._chars < 0:
            raise Rejected(f"the answer is longer than {ANSWER_CHARS} characters: ask for less at once")


def check_fields(selection: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
    """Raise ``Rejected`` where a query asks for more fields than any client, fragments spread out."""
    room = [FIELDS]
    if _count(selection, fragments, room, 0) > ROOT_FIELDS:
        raise Rejected(f"the query asks more than {ROOT_FIELDS} things at once")


def _count(
    selection: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode], room: list[int], depth: int
) -> int:
    """The fields at this level; ``room`` is what may still be asked for below all."""
    if depth > _DEPTH:
        raise Rejected("the query is nested too deeply")
    fields = 0
    for node in selection.selections:
        room[0] -= 1
        if room[0] < 0:
            raise Rejected(f"the query asks for more than {FIELDS} fields")
        match node:
            case FieldNode(selection_set=below):
                fields += 1
                if below:
                    _count(below, fragments, room, depth + 1)
            case InlineFragmentNode(selection_set=below):
                fields += _count(below, fragments, room, depth + 1)
            case FragmentSpreadNode() if fragment := fragments.get(node.name.value):
                fields += _count(fragment.selection_set, fragments, room, depth + 1)
    return fields
