"""URLs of runtimevar: which stores there are, which keys they have, and what errors do not say."""

from __future__ import annotations

from pathlib import Path

import pytest
from atlas.errors import AtlasError, SpecError, Unsupported
from atlas.project.data import MadeComposite, MadeDirectory, MadeSchema
from atlas.sources.data.programs import Programs
from atlas.sources.data.runtimevar import RuntimeVars
from atlas.sources.data.runtimevar.url import VariableURL

from tests.unit.sources.data_files import SECRET, value_of


def read(url: str, folder: Path, more: str = "") -> object:
    return value_of(f'data "runtimevar" "v" {{\n  url = "{url}"\n  {more}\n}}', folder)


def test_a_constant_is_its_val(tmp_path: Path) -> None:
    assert read("constant://?val=hello+world&decoder=string", tmp_path) == "hello world"
    assert read("constant://?val=a%26b", tmp_path) == "a&b"


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "pass word").write_text("p@ss\n")
    assert read(f"file://{tmp_path}/pass%20word?decoder=string", tmp_path / "elsewhere") == "p@ss\n"
    assert read("file://pass%20word", tmp_path) == "p@ss\n"


@pytest.mark.parametrize(
    ("url", "more", "message"),
    [
        ("constant://?val=x&decoder=json", "", 'unsupported decoder: "json": expected decoder=string'),
        ("constant://?val=x", 'decoder = "bytes"', 'unsupported decoder: "bytes"'),
        ("constant://?val=x&colour=red", "", 'constant://: unknown query parameter "colour"'),
        ("file:///x?colour=red", "", 'file:///x: unknown query parameter "colour"'),
        ("constant://?val=x&timeout=soon", "", 'timeout: invalid duration "soon"'),
        ("constant://?val=x", 'timeout = "1 minute"', 'timeout: invalid duration "1 minute"'),
        ("constant://?val=x&wait=never", "", 'wait: invalid duration "never"'),
        ("etcd://key", "", 'the store "etcd" is not supported by this version'),
        ("azurekeyvault://v/secrets/s", "", 'the store "azurekeyvault" is not supported by this version'),
        ("keychain://v", "", 'no store is called "keychain": expected one of awsparamstore'),
        ("secret", "", '"url" has no scheme'),
        ("file:///no/such/file", "", "file:///no/such/file: no such file or directory"),
        ("gcpsecretmanager://projects/p-1234/secrets/s/versions/latest", "", "without a version"),
    ],
)
def test_what_is_wrong_is_named(url: str, more: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(AtlasError) as raised:
        read(url, tmp_path, more)
    assert message in str(raised.value)
    assert str(raised.value).startswith("atlas.hcl:1:1: data.runtimevar.v: ")


@pytest.mark.parametrize(
    "url",
    [
        f"constant://?val={SECRET}&nosuch=1",
        f"constant://?val={SECRET}&decoder=json",
        f"{SECRET}",
        f"http://u:{SECRET}@127.0.0.1:1/x?key={SECRET}&timeout=bad",
        f"http://[{SECRET}",
    ],
)
def test_no_error_says_a_secret(url: str, tmp_path: Path) -> None:
    with pytest.raises(AtlasError) as raised:
        read(url, tmp_path)
    shown = str(raised.value).replace(f'url = "{url}"', "")
    assert SECRET not in shown


def test_an_unknown_attribute_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(Unsupported, match='attribute "colour"'):
        read("constant://?val=x", tmp_path, 'colour = "red"')


def test_a_url_is_required(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r'data\.runtimevar\.v: attribute "url" is required'):
        value_of('data "runtimevar" "v" {\n}', tmp_path)


def test_no_representation_shows_a_secret(tmp_path: Path) -> None:
    url = f"https://u:{SECRET}@h/x?key={SECRET}"
    found = VariableURL("https", "h", "/x", query=(("key", SECRET),), text=url)
    environ = {"DB_PASSWORD": SECRET}
    kept: list[object] = [
        found,
        Programs(tmp_path, environ, allowed=True),
        RuntimeVars(tmp_path, environ),
        MadeSchema("sql", (("x", SECRET),)),
        MadeDirectory((("1.sql", SECRET.encode()),)),
        MadeComposite((("x", (url,)),)),
    ]
    assert [each for each in kept if SECRET in repr(each) or SECRET in str(each)] == []
