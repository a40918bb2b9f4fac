"""What a scope leaves out of a realm: patterns as the Go tools write them, and the table of revisions."""

from __future__ import annotations

import pytest
from atlas.engine.restrict import restrict, without_revisions
from atlas.engine.scope import Scope
from atlas.errors import UsageError
from atlas.schema import Key, Kind, Realm, Schema, Unmodelled, flatten
from atlas.schema.objects import Enum, Extension, Routine, View
from atlas.schema.table import Check, Column, ForeignKey, Index, IndexPart, PrimaryKey, Table, Unique

_USERS = Table(
    schema="public",
    name="users",
    columns=(Column(name="id", type="integer"), Column(name="email", type="text")),
    primary_key=PrimaryKey(parts=(IndexPart(column="id"),)),
    uniques=(Unique(name="users_email_key", parts=(IndexPart(column="email"),)),),
    indexes=(Index(name="by_email", parts=(IndexPart(column="email"),)),),
    foreign_keys=(
        ForeignKey(name="fk", columns=("id",), ref_schema="audit", ref_table="log", ref_columns=("id",)),
    ),
    checks=(Check(name="has_at", expr="email LIKE '%@%'"),),
)
_LOG = Table(schema="audit", name="log", columns=(Column(name="id", type="integer"),))
_USERS_KEY = Key(Kind.TABLE, "public", "", "users")
_LOG_KEY = Key(Kind.TABLE, "audit", "", "log")


def realm() -> Realm:
    return Realm(
        dialect="postgres",
        schemas=(Schema(name="audit"), Schema(name="public")),
        objects=(
            _LOG,
            Extension(name="hstore", schema="public"),
            Enum(schema="public", name="mood", values=("sad", "ok")),
            Routine(schema="public", name="f", identity_arguments="integer, text"),
            _USERS,
            View(schema="public", name="active_users", definition="SELECT 1"),
        ),
        dependencies=frozenset({(_USERS_KEY, _LOG_KEY)}),
        unmodelled=(
            Unmodelled(kind="event trigger", name="watch"),
            Unmodelled(kind="rule", name="public.users.r", on="public.users"),
        ),
    )


def names(exclude: str = "", *, include: str = "", bound: str = "") -> set[str]:
    """Every object that is left, as ``kind name``."""
    scope = Scope(bound=bound, exclude=(exclude,), include=(include,) if include else ())
    return {str(key) for key in flatten(restrict(realm(), scope))}


def lost(exclude: str, *, bound: str = "") -> set[str]:
    return {str(key) for key in flatten(realm())} - names(exclude, bound=bound)


ALL_OF_AUDIT = {"schema audit", "table audit.log", "column audit.log.id"}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", set()),
        ("audit", ALL_OF_AUDIT),
        ("*[type=schema]", {str(key) for key in flatten(realm())} - {"extension hstore"}),
        ("aud*", ALL_OF_AUDIT),
        ("a[a-u]d?t", ALL_OF_AUDIT),
        ("a[^u]dit", set()),
        ("audit.*", ALL_OF_AUDIT - {"schema audit"}),
        ("*.*[type=enum]", {"enum public.mood"}),
        ("*.*[type=view|enum]", {"enum public.mood", "view public.active_users"}),
        ("public.f", {"function public.f(integer, text)"}),
        ("public.f(*", {"function public.f(integer, text)"}),
        ("hstore", {"extension hstore"}),
        ("public.users[type=view]", set()),
        ('"public"."mood"', {"enum public.mood"}),
        (r"public.\moo\d", {"enum public.mood"}),
        ("*.users.*[type=fk]", {"foreign key public.users.fk"}),
        ("*.users.*[type=check]", {"check public.users.has_at"}),
        ("*.*.*[type=index]", {"index public.users.by_email", "unique public.users.users_email_key"}),
        ("*.*[type=view].*", set()),
    ],
)
def test_a_pattern_leaves_out_what_it_names(pattern: str, expected: set[str]) -> None:
    assert lost(pattern) == expected


def test_a_column_takes_along_what_stands_on_it() -> None:
    assert lost("public.users.email") == {
        "column public.users.email",
        "index public.users.by_email",
        "unique public.users.users_email_key",
    }
    assert lost("public.users.id") == {
        "column public.users.id",
        "primary key public.users",
        "foreign key public.users.fk",
    }


def test_a_pattern_for_columns_alone_takes_nothing_along() -> None:
    assert lost("public.users.*[type=column]") == {"column public.users.id", "column public.users.email"}


def test_patterns_of_a_bound_scope_begin_with_the_object() -> None:
    gone = {str(key) for key in flatten(restrict(realm(), Scope(bound="public")))}
    assert "table audit.log" not in gone
    assert "column public.users.email" not in names("users.email", bound="public")
    assert "enum public.mood" not in names("mood", bound="public")
    assert "enum public.mood" in names("public", bound="public")
    assert "schema public" in names("*", bound="public")


def test_only_what_is_included_stays_with_its_schema() -> None:
    assert names(include="audit.log") == ALL_OF_AUDIT
    assert names(include="audit") == ALL_OF_AUDIT
    assert names(include="public.*[type=enum]") == {"schema public", "enum public.mood"}
    assert names(include="*.users.id") == {
        "schema public",
        "table public.users",
        "column public.users.id",
    }
    assert names("public.mood", include="public.*[type=enum]") == set()


def test_an_exclusion_wins_over_an_inclusion() -> None:
    assert names("audit.log", include="audit") == {"schema audit"}


def test_what_a_pattern_left_out_is_remembered() -> None:
    kept = restrict(realm(), Scope(exclude=("public.users.has_at",)))
    assert kept.excluded == {Key(Kind.CHECK, "public", "users", "has_at")}
    assert not restrict(realm(), Scope()).excluded


def test_dependencies_of_what_is_left_out_go() -> None:
    assert restrict(realm(), Scope(exclude=("audit",))).dependencies == frozenset()
    assert restrict(realm(), Scope(exclude=("public.mood",))).dependencies == {(_USERS_KEY, _LOG_KEY)}


def test_what_is_not_modelled_is_left_out_by_its_own_name_or_with_its_table() -> None:
    def left(pattern: str) -> list[str]:
        return [found.kind for found in restrict(realm(), Scope(exclude=(pattern,))).unmodelled]

    assert left("") == ["event trigger", "rule"]
    assert left("watch") == ["rule"]
    assert left("*[type=event_trigger]") == ["rule"]
    assert left("public.users") == ["event trigger"]
    assert left("*.*.*[type=rule]") == ["event trigger"]


def test_schemas_by_name_apply_to_a_realm_that_was_read_without_them() -> None:
    kept = restrict(realm(), Scope(schemas=("audit", "nosuch")))
    assert {str(key) for key in flatten(kept)} == ALL_OF_AUDIT | {"extension hstore"}


def test_the_table_of_revisions_is_never_compared() -> None:
    revisions = "atlas_schema_revisions"
    inside = Table(schema="public", name=revisions, columns=())
    apart = Table(schema=revisions, name=revisions, columns=())
    with_them = Realm(
        dialect="postgres",
        schemas=(Schema(name=revisions), Schema(name="public")),
        objects=(apart, inside, _USERS),
    )
    assert {str(key) for key in flatten(without_revisions(with_them)) if not key.kind.is_child} == {
        "schema public",
        "table public.users",
    }
    assert not restrict(with_them, Scope()).excluded


@pytest.mark.parametrize(
    ("pattern", "bound", "complaint"),
    [
        ("a.b.c.d", "", 'too many parts in pattern: "a.b.c.d"'),
        ("a.b.c", "public", 'too many parts in pattern: "a.b.c": expected table.child'),
        ("a[", "", 'syntax error in pattern "a["'),
        ("a[]", "", "syntax error in pattern"),
        ("[z-a]", "", "syntax error in pattern"),
        ("a\\", "", "syntax error in pattern"),
        ('"a.b', "", "no closing"),
        ("*.*[type=tabel]", "", 'unknown type "tabel"'),
    ],
)
def test_a_pattern_that_says_nothing_clear_is_refused(pattern: str, bound: str, complaint: str) -> None:
    with pytest.raises(UsageError) as refused:
        restrict(realm(), Scope(bound=bound, exclude=(pattern,)))
    assert complaint in str(refused.value)
