"""runtimevar over HTTP, from a server on loopback."""

from __future__ import annotations

import threading

from tests.integration.sources.conftest import Evaluation, Web

SECRET = "s3cr3t-v4lue"


def block(url: str, more: str = "") -> str:
    return f'data "runtimevar" "v" {{\n  url = "{url}"\n  {more}\n}}'


def test_the_body_is_the_value_and_other_keys_are_the_servers(evaluate: Evaluation, web: Web) -> None:
    web.says("/v", b"value\n")
    url = f"{web.url}/v?decoder=string&timeout=5s&version=3&name=a%20b"
    assert evaluate(block(url), "data.runtimevar.v") == "value\n"
    assert [(method, path) for method, path, *_ in web.asked] == [("GET", "/v?version=3&name=a+b")]


def test_a_redirect_is_followed(evaluate: Evaluation, web: Web) -> None:
    web.says("/old", b"", 302, Location="/new")
    web.says("/new", b"there")
    assert evaluate(block(f"{web.url}/old"), "data.runtimevar.v") == "there"


def test_an_answer_that_is_not_200_is_refused_and_not_shown(evaluate: Evaluation, web: Web) -> None:
    web.says("/v", SECRET.encode(), 500)
    web.says("/denied", SECRET.encode(), 403)
    credentials = web.url.replace("://", f"://user:{SECRET}@")
    for path, words in (("/v", "HTTP status 500: expected 200"), ("/denied", "HTTP status 403")):
        refused = evaluate.refusal(block(f"{credentials}{path}?key={SECRET}"), "data.runtimevar.v")
        assert f"data.runtimevar.v: {web.url}{path}: {words}" in refused
        assert SECRET not in refused


def test_user_and_password_of_the_url_are_sent(evaluate: Evaluation, web: Web) -> None:
    web.says("/v", b"x")
    evaluate(block(web.url.replace("://", "://me:p%40ss@") + "/v"), "data.runtimevar.v")
    assert web.asked[0][2]["Authorization"] == "Basic bWU6cEBzcw=="


def test_a_server_that_does_not_answer_in_time_is_told(evaluate: Evaluation, web: Web) -> None:
    ended = threading.Event()

    def late(_headers: object, _body: object) -> tuple[int, dict[str, str], bytes]:
        ended.wait(20)
        return 200, {}, b"late"

    web.replies["/v"] = late
    refused = evaluate.refusal(block(f"{web.url}/v", 'timeout = "300ms"'), "data.runtimevar.v")
    ended.set()
    assert "no answer within 0.3s" in refused


def test_a_server_that_is_not_there_is_told(evaluate: Evaluation) -> None:
    refused = evaluate.refusal(block(f"http://127.0.0.1:1/v?key={SECRET}"), "data.runtimevar.v")
    assert "http://127.0.0.1:1/v: ConnectError" in refused
    assert SECRET not in refused
