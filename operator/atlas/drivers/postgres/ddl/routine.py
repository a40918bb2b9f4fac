"""Functions, procedures and aggregates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.names import Names, literal, quote, split_list
from atlas.schema.options import option

if TYPE_CHECKING:
    from atlas.schema.objects import Aggregate, Argument, Routine

_TABLE = re.compile(r"TABLE\s*\((.*)\)", re.DOTALL | re.IGNORECASE)
_SETOF = re.compile(r"SETOF\s+(.*)", re.DOTALL | re.IGNORECASE)
_LIST_SETTINGS = frozenset(
    {"search_path", "temp_tablespaces", "session_preload_libraries", "local_preload_libraries", "datestyle"}
)
"""Settings whose value is a list of names, written without quotes of its own."""


_WORDS = frozenset(
    {
        "SSPACE",
        "FINALFUNC",
        "FINALFUNC_MODIFY",
        "COMBINEFUNC",
        "SERIALFUNC",
        "DESERIALFUNC",
        "MSFUNC",
        "MINVFUNC",
    }
    | {"MSSPACE", "MFINALFUNC", "MFINALFUNC_MODIFY", "SORTOP", "PARALLEL"}
)
"""Words of CREATE AGGREGATE whose value is no string."""


def word(item: Routine) -> str:
    """FUNCTION or PROCEDURE."""
    return "PROCEDURE" if item.is_procedure else "FUNCTION"


def signature(item: Routine, names: Names) -> str:
    """``"f" (integer, text)``: how a statement that is not CREATE names a routine."""
    return f"{names.qualified(item.schema, item.name)} ({names.types(item.identity_arguments)})"


def create(item: Routine, names: Names, *, replace: str = "") -> str:
    """CREATE FUNCTION or PROCEDURE; ``replace`` is ``OR REPLACE `` or ''."""
    arguments = ", ".join(_argument(each, names) for each in item.arguments if each.mode != "TABLE")
    head = f"CREATE {replace}{word(item)} {names.qualified(item.schema, item.name)} ({arguments})"
    words = [head]
    if item.returns and not item.is_procedure:
        words.append(f"RETURNS {_returns(item.returns, names)}")
    words.append(f"LANGUAGE {_language(item.language)}")
    transforms = split_list(option(item.options, "transform"))
    words += (
        [f"TRANSFORM {', '.join(f'FOR TYPE {names.type(each)}' for each in transforms)}"]
        if transforms
        else []
    )
    words += _properties(item)
    words += [f"SET {quote(name)} TO {_setting(name, value)}" for name, value in item.config]
    words.append(item.body if item.sql_body else f"AS {_body(item)}")
    return " ".join(words)


def _argument(item: Argument, names: Names) -> str:
    words = [] if item.mode == "IN" else [item.mode]
    if item.name:
        words.append(quote(item.name))
    words.append(names.type(item.type))
    if item.default is not None:
        words.append(f"DEFAULT {item.default}")
    return " ".join(words)


def _returns(text: str, names: Names) -> str:
    """Types of a RETURNS clause in the names of the statement; the columns of TABLE are already quoted if need be."""
    if found := _TABLE.fullmatch(text):
        columns = (each.rpartition(" ") if "." in each else ("", "", each) for each in split_list(found[1]))
        return f"TABLE ({', '.join(f'{a}{b}{names.type(c) if a else c}' for a, b, c in columns)})"
    if found := _SETOF.fullmatch(text):
        return f"SETOF {names.type(found[1])}"
    return names.type(text)


def _properties(item: Routine) -> list[str]:
    """Everything between LANGUAGE and the body that is not the default."""
    is_c = item.language in {"c", "internal"}
    default_cost = "1" if is_c else "100"
    return [
        text
        for text, said in (
            ("WINDOW", item.window),
            (item.volatility, item.volatility != "VOLATILE" and not item.is_procedure),
            ("STRICT", item.strict),
            ("LEAKPROOF", item.leakproof),
            ("SECURITY DEFINER", item.security_definer),
            (f"PARALLEL {item.parallel}", item.parallel != "UNSAFE" and not item.is_procedure),
            (f"COST {item.cost}", item.cost not in {"", default_cost}),
            (f"ROWS {item.rows}", item.rows not in {"", "0", "1000"}),
            (f"SUPPORT {item.support}", bool(item.support)),
        )
        if said
    ]


def _language(name: str) -> str:
    return name if re.fullmatch(r"[a-z_][a-z0-9_]*", name) else quote(name)


def _setting(name: str, value: str) -> str:
    """A value of a list is written as it was given; anything else is a string."""
    if name.lower() in _LIST_SETTINGS:
        # NB: the catalog has an empty name as "", which no statement may say.
        return ", ".join("''" if each == '""' else each for each in split_list(value)) or "''"
    return literal(value)


def _body(item: Routine) -> str:
    object_file = option(item.options, "object_file")
    if object_file:
        return f"{literal(object_file)}, {literal(item.body)}"
    return dollar_quoted(item.body)


def dollar_quoted(body: str) -> str:
    """``$$…$$``, with a tag where the text holds that or ends with a dollar."""
    tags = ("", "body", *(f"body{number}" for number in range(1, len(body) + 2)))
    tag = next(each for each in tags if f"${each}$" not in body and not (body.endswith("$") and not each))
    return f"${tag}${body}${tag}$"


def aggregate_signature(item: Aggregate, names: Names) -> str:
    """``"a" (integer)`` for statements about an aggregate; one without arguments is written ``(*)``."""
    return f"{names.qualified(item.schema, item.name)} ({_aggregate_arguments(item, names)})"


def _aggregate_arguments(item: Aggregate, names: Names) -> str:
    if item.arguments in {"", "*"}:
        return "*"
    return names.types(item.arguments) if "ORDER BY" not in item.arguments else item.arguments


def _aggregate_word(name: str, value: str) -> str:
    if value == "true" and name in {"FINALFUNC_EXTRA", "MFINALFUNC_EXTRA", "HYPOTHETICAL"}:
        return name
    if name in {"MSTYPE"} | _WORDS:
        return f"{name} = {value}"
    return f"{name} = {literal(value)}"


def can_replace_aggregate(current: Aggregate, desired: Aggregate) -> bool:
    """CREATE OR REPLACE AGGREGATE can do it: what it is called with and gives back stays, and what kind it is.

    Source: https://www.postgresql.org/docs/15/sql-createaggregate.html
    """
    same = ("FINALFUNC", "MFINALFUNC", "HYPOTHETICAL")
    return current.state_type == desired.state_type and all(
        option(current.options, word) == option(desired.options, word) for word in same
    )


def create_aggregate(item: Aggregate, names: Names, *, replace: str = "") -> str:
    """CREATE AGGREGATE."""
    words = [f"SFUNC = {item.state_function}", f"STYPE = {names.type(item.state_type)}"]
    words += [_aggregate_word(name.upper(), value) for name, value in item.options]
    return f"CREATE {replace}AGGREGATE {aggregate_signature(item, names)} ({', '.join(words)})"
