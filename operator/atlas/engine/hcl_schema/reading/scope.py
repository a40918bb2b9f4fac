"""What expressions of a schema file may name: variables, locals, functions, references and bare words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.errors import Unsupported
from atlas.hcl import Scope
from atlas.hcl.functions import hcl_functions
from atlas.hcl.locals import Locals
from atlas.hcl.values import to_text
from atlas.hcl.variables import read_variables

if TYPE_CHECKING:
    from atlas.hcl.nodes import Body

ROOTS = frozenset(
    {
        "aggregate",
        "column",
        "composite",
        "domain",
        "enum",
        "event",
        "extension",
        "function",
        "materialized",
        "policy",
        "procedure",
        "range",
        "role",
        "schema",
        "sequence",
        "table",
        "trigger",
        "user",
        "view",
    }
)
"""The first names of references."""
_WORDS = """
    ALL ALWAYS BRIN BTREE BY_DEFAULT CASCADE CASCADED CONTAINS_SQL CSV CURRENT_ROLE CURRENT_USER DEFINER DELETE DISABLED
    DISABLE_ON_SLAVE ENABLED FULL FULLTEXT GIN GIST GiST HASH IMMUTABLE IN INOUT INSERT INVOKER InnoDB KEY LINEAR_HASH LINEAR_KEY LIST
    LIST_COLUMNS LOCAL MEMORY MODIFIES_SQL_DATA MyISAM NDB NO_ACTION NO_SQL ORIGIN OUT PARTIAL PERMISSIVE PERSISTENT PLpgSQL PUBLIC
    RANGE RANGE_COLUMNS READS_SQL_DATA REPLICA RESTRICT RESTRICTED RESTRICTIVE ROW SAFE SELECT SESSION_USER SET_DEFAULT
    SET_NULL SIMPLE SPATIAL SPGIST SPGiST SQL STABLE STATEMENT STORED UNSAFE UPDATE VARIADIC VIRTUAL VOLATILE mecab ngram
"""


@dataclass(frozen=True, slots=True)
class Sql:
    """``sql("…")``: text for the server as it stands."""

    text: str


class Ref(Mapping[str, object]):
    """A name that is looked up later: ``table.users.column.id``, or one bare word."""

    __slots__ = ("path",)

    def __init__(self, *path: str) -> None:
        self.path = path

    def __getitem__(self, name: str) -> Ref:
        return Ref(*self.path, name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ref) and self.path == other.path

    def __hash__(self) -> int:
        return hash(self.path)

    @property
    def word(self) -> str:
        """The bare word; '' for a longer path."""
        return self.path[0] if len(self.path) == 1 else ""


class BlockIterator(Mapping[str, object]):
    """``column.key`` and ``column.value`` inside ``dynamic "column"``; other names are the references they were."""

    def __init__(self, name: str, key: object, value: object) -> None:
        self._values = {"key": key, "value": value}
        self._name = name

    def __getitem__(self, name: str) -> object:
        return self._values[name] if name in self._values else Ref(self._name, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


_NAMES: Mapping[str, Ref] = {name: Ref(name) for name in (*ROOTS, *_WORDS.split())}


def schema_scope(body: Body, variables: Mapping[str, str | list[str]]) -> Scope:
    """The scope of all blocks of a schema.

    Raises:
        SpecError: ``missing value for required variable "x"``.
    """
    functions = hcl_functions({}, None)
    functions["sql"] = lambda text: Sql(to_text(text))
    functions["getenv"] = _no_environment
    names: dict[str, object] = {**_NAMES, "var": read_variables(body, variables, functions)}
    scope = Scope(names, functions)
    names["local"] = Locals(body.blocks_of("locals"), scope)
    return scope


def _no_environment(*_: object) -> object:
    raise Unsupported("a schema has no environment: declare a variable and pass its value")
