"""What Python values mean in a template where no JSON can say it: objects, methods, functions, moments, bytes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from atlas.errors import ParseError, Unsupported
from atlas.gotemplate import render
from atlas.gotemplate.report_functions import COLOURS
from atlas.gotemplate.values import GoMap


@dataclass(frozen=True)
class Repository:
    Name: str
    Tags: tuple[str, ...] = ()

    def Link(self) -> str:  # noqa: N802  a Go name
        return f"atlas://{self.Name}"

    def Tagged(self, tag: str) -> str:  # noqa: N802  a Go name
        return f"{self.Link()}?tag={tag}"


REPOSITORY = Repository("app", ("v1", "v2"))


def test_attributes_of_an_object_are_fields() -> None:
    assert render("{{ .Name }} {{ range .Tags }}[{{ . }}]{{ end }}", REPOSITORY) == "app [v1][v2]"


def test_a_method_is_called_with_its_arguments_and_the_piped_value() -> None:
    template = '{{ .Link }} {{ .Tagged "v1" }} {{ "v2" | .Tagged }}'

    assert render(template, REPOSITORY) == "atlas://app atlas://app?tag=v1 atlas://app?tag=v2"


def test_a_callable_in_a_dict_is_a_method_and_never_encoded() -> None:
    document = {"Hash": "h1:x", "MarshalHCL": lambda: 'schema "main" {}'}

    assert render("{{ .MarshalHCL }}{{ json . }}", document) == 'schema "main" {}{"Hash":"h1:x"}'


@pytest.mark.parametrize("name", ["_private", "upper", "__class__", "name"])
def test_only_names_with_a_capital_are_fields_of_an_object(name: str) -> None:
    with pytest.raises(ParseError, match=rf"can't evaluate field {name} in type \*Repository"):
        render(f"{{{{ .{name} }}}}", REPOSITORY)


def test_the_methods_of_python_strings_cannot_be_reached() -> None:
    with pytest.raises(ParseError, match="can't evaluate field Title in type string"):
        render("{{ .Name.Title }}", REPOSITORY)


def test_the_wrong_number_of_arguments_of_a_method_is_refused() -> None:
    with pytest.raises(ParseError, match="wrong number of args for Tagged: want 1 got 0"):
        render("{{ .Tagged }}", REPOSITORY)


def test_a_dataclass_encodes_in_the_order_of_its_fields() -> None:
    assert render("{{ json . }}", REPOSITORY) == '{"Name":"app","Tags":["v1","v2"]}'
    assert render("{{ . }}", REPOSITORY) == "{app [v1 v2]}"


def test_functions_of_the_caller_win() -> None:
    functions = {"sql": lambda value, indent="": f"SQL {value}{indent}", "upper": lambda text: f"<{text}>"}

    assert (
        render('{{ sql .Name }};{{ sql .Name "  " }};{{ upper "a" }}', REPOSITORY, functions)
        == "SQL app;SQL app  ;<a>"
    )


def test_an_annotated_parameter_refuses_another_type() -> None:
    def pad(text: str, width: int) -> str:
        return text.rjust(width)

    with pytest.raises(ParseError, match='at <"x">: expected integer; found "x"'):
        render('{{ pad .Name "x" }}', REPOSITORY, {"pad": pad})


def test_an_error_of_the_product_keeps_its_class() -> None:
    def mermaid(_: object) -> str:
        message = "mermaid: views are not drawn yet"
        raise Unsupported(message)

    with pytest.raises(Unsupported, match="views are not drawn yet"):
        render("{{ mermaid . }}", REPOSITORY, {"mermaid": mermaid})


def test_an_error_of_a_function_names_the_function_and_the_place() -> None:
    def broken(_: object) -> str:
        message = "no such table"
        raise ValueError(message)

    with pytest.raises(ParseError) as caught:
        render("{{ broken . }}", None, {"broken": broken})

    assert (
        str(caught.value)
        == 'template: format:1:3: executing "format" at <broken .>: error calling broken: no such table'
    )


def test_the_name_of_the_template_stands_in_messages() -> None:
    with pytest.raises(ParseError, match=r"^template: report:1: unexpected EOF$"):
        render("{{ if true }}", None, name="report")


def test_none_is_a_nil_pointer() -> None:
    document = {"Error": None}

    assert (
        render("{{ .Error }} {{ json .Error }} {{ with .Error }}x{{ else }}none{{ end }}", document)
        == "<nil> null none"
    )
    assert render("{{ range .Error }}x{{ else }}none{{ end }}", document) == "none"


def test_no_data_has_no_value() -> None:
    assert render("{{ . }} {{ .Name }}", None) == "<no value> <no value>"


def test_a_map_ignores_the_order_of_its_keys_and_a_struct_keeps_it() -> None:
    assert render("{{ json . }}", GoMap(b=1, a=2)) == '{"a":2,"b":1}'
    assert render("{{ json . }}", {"b": 1, "a": 2}) == '{"b":1,"a":2}'


def test_moments_read_as_in_go() -> None:
    moment = datetime(2026, 11, 23, 2, 53, 44, 75_000, tzinfo=UTC)
    there = datetime(2026, 11, 23, 2, 53, 44, tzinfo=timezone(timedelta(hours=5, minutes=30), "IST"))

    assert (
        render("{{ json . }} {{ . }}", [moment])
        == '["2026-11-23T02:53:44.075Z"] [2026-11-23 02:53:44.075 +0000 UTC]'
    )
    assert (
        render("{{ json . }} {{ . }}", there) == '"2026-11-23T02:53:44+05:30" 2026-11-23 02:53:44 +0530 IST'
    )


def test_bytes_are_base64_in_json_and_text_under_s() -> None:
    assert render('{{ json . }} {{ printf "%s %x" . . }} {{ . }}', b"ab") == '"YWI=" ab 6162 [97 98]'


def test_a_lone_surrogate_is_an_unreadable_byte() -> None:
    assert render("{{ json . }}", "a\udcffb") == '"a\\ufffdb"'


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_json_has_no_number_for_nan_and_infinity(number: float) -> None:
    with pytest.raises(ParseError, match="error calling json: json: unsupported value"):
        render("{{ json . }}", number)


def test_colours_are_used_only_when_passed() -> None:
    assert render('{{ cyan "%d" 1 }}', None) == "1"
    assert render('{{ cyan "%d" 1 }}', None, COLOURS) == "\x1b[36m1\x1b[0m"


def test_a_template_that_calls_itself_is_stopped() -> None:
    with pytest.raises(ParseError, match="exceeded maximum template depth"):
        render('{{ define "x" }}{{ template "x" }}{{ end }}{{ template "x" }}', None)


def test_deep_parentheses_are_refused_rather_than_overflow() -> None:
    with pytest.raises(ParseError, match="max expression depth exceeded"):
        render("{{ " + "(" * 500 + "1" + ")" * 500 + " }}", None)


def test_importing_the_package_loads_none_of_its_modules() -> None:
    program = (
        "import sys, atlas.gotemplate; print([m for m in sys.modules if m.startswith('atlas.gotemplate.')])"
    )

    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)

    assert loaded.stdout.strip() == "[]"
