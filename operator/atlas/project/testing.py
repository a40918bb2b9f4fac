"""``test`` blocks: which files test a schema and a directory, and with which variables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.project.read import BlockReader

_PARTS = frozenset({"migrate", "schema"})


@dataclass(frozen=True, slots=True)
class TestFiles:
    """``schema { src, vars }`` or ``migrate { src, vars }``: URLs or paths of test files, and their variables."""

    __test__ = False

    src: tuple[str, ...] = ()
    vars: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TestSettings:
    """What ``schema test`` and ``migrate test`` run where their command line names no files."""

    __test__ = False

    schema: TestFiles = TestFiles()
    migrate: TestFiles = TestFiles()


def read_tests(env: BlockReader | None, whole_file: BlockReader | None) -> TestSettings:
    """The settings of an environment; a part that its block lacks is that of the file.

    Raises:
        Unsupported: A word that has no meaning here.
    """
    return TestSettings(schema=_part(env, whole_file, "schema"), migrate=_part(env, whole_file, "migrate"))


def _part(env: BlockReader | None, whole_file: BlockReader | None, name: str) -> TestFiles:
    for block in (env, whole_file):
        if block is None:
            continue
        block.refuse_attributes(frozenset())
        block.refuse_blocks(_PARTS)
        part = block.block(name)
        if part is not None:
            part.refuse_attributes(frozenset({"src", "vars"}))
            part.refuse_blocks(frozenset())
            return TestFiles(src=part.texts("src"), vars=part.mapping("vars"))
    return TestFiles()
