"""``diff`` blocks: changes that are not planned, and how careful to be with the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.engine.plan import DiffPolicy
from atlas.hcl.values import to_bool
from atlas.schema import Kind

if TYPE_CHECKING:
    from atlas.project.read import BlockReader

_VERBS: Final = ("add", "drop", "modify", "rename")
_CHANGES: Final = frozenset(f"{verb}_{kind.value}" for verb in _VERBS for kind in Kind)
_CONSTRAINTS: Final = (Kind.PRIMARY_KEY, Kind.UNIQUE, Kind.FOREIGN_KEY, Kind.CHECK, Kind.EXCLUDE)
_SHORT: Final = {
    "rename_constraint": frozenset(f"rename_{kind.value}" for kind in _CONSTRAINTS),
    "drop_func": frozenset({"drop_function"}),
    "drop_proc": frozenset({"drop_procedure"}),
}


def read_diff_policy(env: BlockReader | None, shared: BlockReader | None) -> DiffPolicy:
    """The policy of the ``diff`` blocks of an environment and of the file; a part that the first lacks is the second's.

    Raises:
        Unsupported: A word that has no meaning here: a policy must not be passed over.
    """
    skip = _part(env, shared, "skip")
    concurrent = _part(env, shared, "concurrent_index")
    if concurrent:
        concurrent.refuse_attributes(frozenset({"create", "add", "drop"}))
        concurrent.refuse_blocks(frozenset())
    return DiffPolicy(
        skip=_skipped(skip),
        concurrent_index_create=_is_on(concurrent, "create") or _is_on(concurrent, "add"),
        concurrent_index_drop=_is_on(concurrent, "drop"),
        online=_is_on(env, "online") if _has(env, "online") else _is_on(shared, "online"),
    )


def _part(env: BlockReader | None, shared: BlockReader | None, name: str) -> BlockReader | None:
    for block in (env, shared):
        if block is not None:
            block.refuse_attributes(frozenset({"online"}))
            block.refuse_blocks(frozenset({"skip", "concurrent_index"}))
            found = block.block(name)
            if found is not None:
                return found
    return None


def _skipped(block: BlockReader | None) -> frozenset[str]:
    if block is None:
        return frozenset()
    block.refuse_attributes(_CHANGES | _SHORT.keys())
    block.refuse_blocks(frozenset())
    words = (name for name in block.names() if _is_on(block, name))
    return frozenset().union(*(_SHORT.get(word, frozenset({word})) for word in words))


def _has(block: BlockReader | None, name: str) -> bool:
    return block is not None and name in block.names()


def _is_on(block: BlockReader | None, name: str) -> bool:
    if block is None:
        return False
    return block.converted(name, to_bool, default=False)
