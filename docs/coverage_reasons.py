"""Why a change of a kind of object has no case on a driver: patterns of ``driver kind change``, the first that fits counts."""

from __future__ import annotations

_NO_SQLITE = "SQLite has no such object"
_NO_MARIADB = "MariaDB has no such object"
_OTHER = "a property that only another server has"
_KEY = "a part of what tells the object from others: another value is another object, dropped and added"
_FOLLOWS = "it follows from another object or field, and changes with it"
_NOT_READ = "no catalog of the server has it, so it is not read"
_ENGINE = "the driver keeps nothing there for this kind"
_REPLACED = "objects of this kind are not renamed: a new name is a drop and an add, by which no row is lost"

_POSTGRES_LACKS = {
    "sequence": "options",
    "schema": "charset collation",
    "table": "engine charset collation auto_increment without_rowid strict",
    "column": "auto_increment on_update charset invisible",
    "primary_key": "method",
    "index": "parser invisible",
    "check": "enforced column",
    "trigger": "body definition options",
    "function": "deterministic data_access",
    "procedure": "deterministic data_access returns volatility strict leakproof parallel window cost rows support",
}
_MARIADB_LACKS = {
    "sequence": "owned_by unlogged type options",
    "table": "partition_of inherits row_security forced_row_security unlogged without_rowid strict",
    "column": "identity inherited",
    "primary_key": "name include deferrable initially_deferred",
    "index": "include where nulls_distinct attached_to valid",
    "foreign_key": "match delete_columns deferrable initially_deferred validated comment",
    "check": "no_inherit enforced validated comment",
    "trigger": "update_of for_each_row when function arguments constraint ref_table deferrable initially_deferred "
    "old_table new_table enabled definition comment",
    "view": "comment",
    "function": "language sql_body volatility strict leakproof parallel window cost rows support config",
    "procedure": "language sql_body volatility strict leakproof parallel window cost rows support config returns",
}
_SQLITE_LACKS = {
    "table": "partition_by partition_of inherits row_security forced_row_security unlogged engine charset collation "
    "auto_increment comment options",
    "column": "identity on_update charset invisible inherited comment",
    "primary_key": "include method deferrable initially_deferred comment",
    "unique": "include nulls_distinct deferrable initially_deferred comment",
    "index": "method include nulls_distinct parser invisible attached_to valid comment options",
    "foreign_key": "delete_columns validated comment ref_schema",
    "check": "no_inherit enforced validated comment",
    "trigger": "for_each_row function arguments constraint ref_table deferrable initially_deferred old_table "
    "new_table enabled comment options",
    "view": "check_option comment",
}


def _lacking(driver: str, fields: dict[str, str]) -> dict[str, str]:
    return {
        f"{driver} {kind} modify:{name}": _OTHER for kind, names in fields.items() for name in names.split()
    }


REASONS: dict[str, str] = {
    **{
        f"sqlite {kind} *": _NO_SQLITE
        for kind in (
            *("extension", "enum", "domain", "composite", "range", "sequence", "exclude", "policy"),
            *("materialized", "function", "procedure", "aggregate", "event"),
        )
    },
    **{
        f"mariadb {kind} *": _NO_MARIADB
        for kind in (
            *("extension", "enum", "domain", "composite", "range", "exclude", "policy", "materialized"),
            *("aggregate", "unique"),
        )
    },
    "postgres event *": "PostgreSQL has no such object",
    "sqlite schema *": "a SQLite file is one schema, which has nothing that could change",
    **_lacking("postgres", _POSTGRES_LACKS),
    **_lacking("mariadb", _MARIADB_LACKS),
    **_lacking("sqlite", _SQLITE_LACKS),
    "* modify:is_procedure": _KEY,
    "* modify:identity_arguments": _KEY,
    "postgres aggregate modify:arguments": _KEY,
    "postgres column modify:inherited": _FOLLOWS,
    "mariadb view modify:columns": _FOLLOWS,
    "sqlite view modify:columns": _FOLLOWS,
    "* check modify:column": _FOLLOWS,
    "sqlite trigger modify:definition": _FOLLOWS,
    "postgres range modify:canonical": "a canonical function takes the type itself, so that both need a shell type, which is not planned: such a state is refused",
    "mariadb sequence modify:comment": "MariaDB's sequences have no comment",
    "mariadb primary_key modify:method": "InnoDB has one method, and other engines are not proved",
    "mariadb primary_key modify:options": _ENGINE,
    "mariadb index modify:parser": _NOT_READ,
    "mariadb index modify:options": _NOT_READ,
    "mariadb foreign_key modify:ref_schema": "a key to a table of another schema is another key: dropped and added",
    "mariadb function modify:security_definer": "said in the options: `function modify:options`",
    "mariadb procedure modify:security_definer": "said in the options: `procedure modify:options`",
    "mariadb event modify:options": "definers count only where the desired state names one",
    "sqlite primary_key modify:name": "names of primary keys do nothing on SQLite, and are not compared",
    "* rename": _REPLACED,
}
