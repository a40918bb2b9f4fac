"""Templates of several files: what Go's ParseFiles makes of them, with the option missingkey=error."""

from __future__ import annotations

import pytest
from atlas.errors import ParseError
from atlas.gotemplate.template_set import StrictMap, TemplateSet

DATA: StrictMap[object] = StrictMap({"seed": 1000.0, "names": ["a", "b"], "env": "dev"})


def test_a_file_calls_what_another_file_defines() -> None:
    found = TemplateSet(
        [
            ("1.sql", '{{ template "shared/users" .env }};'),
            ("users.tmpl", '{{ define "shared/users" }}CREATE TABLE users_{{ . }} (id int){{ end }}'),
        ]
    )
    assert found.render("1.sql", DATA) == "CREATE TABLE users_dev (id int);"


def test_a_file_is_a_template_of_its_own_name() -> None:
    found = TemplateSet([("1.sql", '{{ template "drop.tmpl" . }}'), ("drop.tmpl", "DROP TABLE {{ .env }}")])
    assert found.render("1.sql", DATA) == "DROP TABLE dev"


def test_the_later_of_two_definitions_wins_unless_it_is_blank() -> None:
    first, second = '{{ define "a" }}1{{ end }}{{ template "a" }}', '{{ define "a" }}2{{ end }}'
    assert TemplateSet([("x", first), ("y", second)]).render("x", DATA) == "2"
    assert TemplateSet([("x", first), ("y", '{{ define "a" }} {{ end }}')]).render("x", DATA) == "1"


def test_a_missing_key_is_an_error_at_its_place() -> None:
    with pytest.raises(ParseError) as raised:
        TemplateSet([("1.sql", "SELECT 1;\nSELECT {{ .nosuch }};")]).render("1.sql", DATA)
    assert str(raised.value) == (
        'template: 1.sql:2:10: executing "1.sql" at <.nosuch>: map has no entry for key "nosuch"'
    )


def test_an_error_in_a_called_template_is_at_its_place_in_its_own_file() -> None:
    files = [
        ("1.sql", '\n\n{{ template "t" . }}'),
        ("t.tmpl", '{{ define "t" }}x\n  {{ .nosuch }}{{ end }}'),
    ]
    with pytest.raises(ParseError, match=r'^template: t\.tmpl:2:5: executing "t" at <\.nosuch>: '):
        TemplateSet(files).render("1.sql", DATA)


def test_the_place_is_that_of_the_caller_again_after_a_call() -> None:
    files = [("1.sql", '{{ template "t" }}{{ .nosuch }}'), ("t.tmpl", '{{ define "t" }}\n\n{{ end }}')]
    with pytest.raises(ParseError, match=r"^template: 1\.sql:1:21: "):
        TemplateSet(files).render("1.sql", DATA)


def test_a_template_that_nobody_defines_is_named() -> None:
    with pytest.raises(ParseError, match=r'template "shared/x" not defined'):
        TemplateSet([("1.sql", '{{ template "shared/x" }}')]).render("1.sql", DATA)


def test_only_functions_of_go_are_known() -> None:
    with pytest.raises(ParseError, match='function "json" not defined'):
        TemplateSet([("1.sql", "{{ json . }}")])
