"""Functions, procedures and aggregates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.inspect.option import pairs
from atlas.schema.objects import Aggregate, Argument, Routine
from atlas.schema.options import options_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.postgres.inspect.found import Found
    from atlas.drivers.postgres.inspect.rows import Row

_MODES = {"i": "IN", "o": "OUT", "b": "INOUT", "v": "VARIADIC", "t": "TABLE"}
_VOLATILITY = {"i": "IMMUTABLE", "s": "STABLE", "v": "VOLATILE"}
_PARALLEL = {"s": "SAFE", "r": "RESTRICTED", "u": "UNSAFE"}
_MODIFY = {"r": "READ_ONLY", "s": "SHAREABLE", "w": "READ_WRITE"}
_SET_ROWS = 1000


def routines(found: Found) -> Iterator[Routine | Aggregate]:
    """All of them."""
    for row in found.routines:
        yield _aggregate(found, row) if row["kind"] == "a" else _routine(found, row)


def _routine(found: Found, row: Row) -> Routine:
    return Routine(
        schema=found.schema(row),
        name=row["name"],
        is_procedure=row["kind"] == "p",
        arguments=tuple(_argument(each) for each in row["arguments"] or ()),
        identity_arguments=", ".join(row["identity"]),
        returns=row["returns"] or "",
        language=row["language"],
        body=row["source"] if row["sql_body"] is None else row["sql_body"],
        sql_body=row["sql_body"] is not None,
        volatility=_VOLATILITY[row["volatility"]],
        strict=row["strict"],
        leakproof=row["leakproof"],
        security_definer=row["security_definer"],
        parallel=_PARALLEL[row["parallel"]],
        window=row["kind"] == "w",
        cost=_cost(row),
        rows=_number(row["rows"]) if row["returns_set"] and row["rows"] != _SET_ROWS else "",
        support=row["support"] or "",
        config=options_of(pairs(row["config"])),
        comment=row["comment"] or "",
        options=_options(row),
    )


def _argument(row: Row) -> Argument:
    return Argument(
        type=row["type"], name=row["name"] or "", mode=_MODES[row["mode"]], default=row["default"]
    )


def _cost(row: Row) -> str:
    usual = 1 if row["language"] in {"c", "internal"} else 100
    return "" if row["cost"] == usual else _number(row["cost"])


def _number(value: float) -> str:
    return f"{value:g}" if value != int(value) else str(int(value))


def _options(row: Row) -> tuple[tuple[str, str], ...]:
    more = {"object_file": row["object_file"], "transform": ", ".join(row["transforms"])}
    return options_of({word: value for word, value in more.items() if value})


def _aggregate(found: Found, row: Row) -> Aggregate:
    given: Row = row["aggregate"]
    return Aggregate(
        schema=found.schema(row),
        name=row["name"],
        arguments=row["printed_arguments"] or "*",
        state_function=given["state_function"],
        state_type=given["state_type"],
        comment=row["comment"] or "",
        options=options_of(dict(_aggregate_options(row, given))),
    )


def _aggregate_options(row: Row, given: Row) -> Iterator[tuple[str, str]]:
    usual = "r" if given["kind"] == "n" else "w"
    for word, value in given.items():
        match word:
            case "kind" | "state_function" | "state_type":
                continue
            case "FINALFUNC_MODIFY" | "MFINALFUNC_MODIFY":
                if value != usual:
                    yield word, _MODIFY[value]
            case _ if value is not None:
                yield word, "true" if value is True else str(value)
    if given["kind"] == "h":
        yield "HYPOTHETICAL", "true"
    if row["parallel"] != "u":
        yield "PARALLEL", _PARALLEL[row["parallel"]]
