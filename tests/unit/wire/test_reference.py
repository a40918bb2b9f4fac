from __future__ import annotations

import pytest
from atlas.errors import SpecError
from atlas.wire.reference import Reference, checked_slug, checked_tag, is_title, parse_reference, title_of


@pytest.mark.parametrize(
    ("url", "reference"),
    [
        ("atlas://myapp", Reference("myapp")),
        ("atlas:myapp", Reference("myapp")),
        ("atlas:///myapp", Reference("myapp")),
        ("atlas://org/myapp", Reference("org/myapp")),
        ("atlas://MyApp_1-x", Reference("MyApp_1-x")),
        ("atlas://myapp?tag=v1", Reference("myapp", tag="v1")),
        ("atlas://myapp?tag=", Reference("myapp")),
        ("atlas://myapp?tag=latest", Reference("myapp")),
        ("atlas://myapp?tag=a%20b%2Fc", Reference("myapp", tag="a b/c")),
        ("atlas://myapp?version=20231201182011", Reference("myapp", version="20231201182011")),
        ("atlas://myapp?version=sha256:00ff", Reference("myapp", version="sha256:00ff")),
        ("atlas://myapp?tag=&version=1", Reference("myapp", version="1")),
    ],
)
def test_an_address_is_understood(url: str, reference: Reference) -> None:
    assert parse_reference(url) == reference


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("file://migrations", "not an atlas:// address"),
        ("myapp", "not an atlas:// address"),
        ("atlas://", "names no repository"),
        ("atlas://?tag=x", "names no repository"),
        ("atlas://myapp?tags=x", 'unknown key "tags"'),
        ("atlas://myapp?tag=a&version=b", "a tag and a version"),
    ],
)
def test_an_address_that_is_not_understood_says_why(url: str, words: str) -> None:
    with pytest.raises(SpecError, match=words):
        parse_reference(url)


@pytest.mark.parametrize("url", ["atlas://a", "atlas://a/b?tag=x%26y", "atlas://a?version=sha256:00"])
def test_a_reference_prints_as_its_address(url: str) -> None:
    assert str(parse_reference(url)) == url


@pytest.mark.parametrize("name", ["a", "A-1_b", "20240101"])
def test_a_name_of_letters_digits_dashes_and_underscores_is_a_slug(name: str) -> None:
    assert checked_slug(name) == name


@pytest.mark.parametrize("name", ["", "a b", "a/b", "..", "ü", "a\n", "a:b", "a" * 129])
def test_another_name_is_no_slug(name: str) -> None:
    with pytest.raises(SpecError, match="letters, digits, dashes and underscores"):
        checked_slug(name)


@pytest.mark.parametrize(
    "tag", ["", "v1.0", "39e7e4e35fce7409bd26d25d8140061695d4ffd5", "release/2 ü", "x" * 255]
)
def test_a_tag_is_any_printable_text(tag: str) -> None:
    assert checked_tag(tag) == tag


@pytest.mark.parametrize("tag", ["a\nb", "\x1b[0m", "x" * 256])
def test_what_cannot_be_printed_or_remembered_is_no_tag(tag: str) -> None:
    with pytest.raises(SpecError, match="invalid tag"):
        checked_tag(tag)


@pytest.mark.parametrize(
    ("slug", "title"),
    [
        ("payments", "Payments"),
        ("order_items-eu", "Order Items Eu"),
        ("myapp", "My App"),
        ("mysql", "Mysql"),
        ("pygmyapp", "Pygmyapp"),
        ("ACME", "ACME"),
    ],
)
def test_a_title_is_the_name_in_title_case(slug: str, title: str) -> None:
    assert title_of(slug) == title


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Kündigungen & Verträge",
        "注文\u3000管理",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "Team \U0001f469\u200d\U0001f4bb",
        "\U0001fae9",
        "12\u00a0Monate",
    ],
    ids=ascii,
)
def test_a_title_is_a_line_of_any_language(title: str) -> None:
    assert is_title(title)


@pytest.mark.parametrize(
    "title", ["a\nb", "\x1b[2J", "\x9b2J", "a\u2028b", "\u202egpj.exe", "\u2066a", "\ud800", "a" * 129]
)
def test_what_moves_a_cursor_is_no_title(title: str) -> None:
    assert not is_title(title)
