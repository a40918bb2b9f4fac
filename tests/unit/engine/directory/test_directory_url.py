"""What a directory URL names, and what is said of one that names nothing."""

from __future__ import annotations

import pytest
from atlas.engine.directory import parse_directory_url
from atlas.errors import DirectoryError, Unsupported


@pytest.mark.parametrize(
    ("text", "scheme", "path"),
    [
        ("file://migrations", "file", "migrations"),
        ("file://", "file", "migrations"),
        ("file://a/b/../c", "file", "a/c"),
        ("file:///abs/dir/", "file", "/abs/dir"),
        ("file://./rel", "file", "rel"),
        ("file://../up", "file", "../up"),
        ("file://with space/%C3%A9?format=atlas", "file", "with space/é"),
        ("mem://name/x", "mem", "name/x"),
        ("atlas://Slug?tag=v1", "atlas", "Slug"),
    ],
)
def test_a_url_names_a_directory(text: str, scheme: str, path: str):
    found = parse_directory_url(text)
    assert (found.scheme, found.path) == (scheme, path)


def test_parameters_are_found():
    found = parse_directory_url("atlas://app?tag=v%201&version=")
    assert found.query == (("tag", "v 1"), ("version", ""))
    assert (found.parameter("tag"), found.parameter("nothing")) == ("v 1", "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("migrations", 'missing scheme for dir url. Did you mean "file://migrations"? '),
        ("sub/dir?format=goose", 'missing scheme for dir url. Did you mean "file://sub/dir"? '),
        ("", 'missing scheme for dir url. Did you mean "file://"? '),
        ("s3://bucket", 'unsupported driver "s3"'),
        ("file://m?format=rails", 'unknown dir format "rails"'),
        ("file://m?layout=goose", 'unknown key "layout" of file://m: expected ?format= or ?version='),
        ("mem://m?tag=v1", 'unknown key "tag" of mem://m: expected ?format= or ?version='),
        ("file://m/%zz", 'parse "file://m/%zz": invalid URL escape "%zz"'),
    ],
)
def test_a_url_that_names_none_is_refused(text: str, message: str):
    with pytest.raises(DirectoryError) as raised:
        parse_directory_url(text)
    assert str(raised.value) == message


def test_a_url_that_python_cannot_split_is_refused():
    with pytest.raises(DirectoryError, match=r"^parse "):
        parse_directory_url("file://[x")


@pytest.mark.parametrize("name", ["golang-migrate", "goose", "flyway", "liquibase", "dbmate"])
def test_the_format_of_another_tool_is_told_of_a_folder_and_refused_of_a_registry(name: str):
    assert parse_directory_url(f"file://m?format={name}").format == name
    with pytest.raises(Unsupported, match=f'"{name}" of atlas://app is not supported'):
        parse_directory_url(f"atlas://app?format={name}")
