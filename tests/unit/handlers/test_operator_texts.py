from __future__ import annotations

import json
import logging
from dataclasses import replace

import pytest
from atlas.errors import Retry, SpecError, UsageError
from atlas.handlers.folder.table import rows
from atlas.handlers.keys import Key
from atlas.handlers.life.health import _split
from atlas.handlers.life.metrics import Metrics
from atlas.handlers.logs import JsonFormatter
from atlas.handlers.stored import stored_of
from atlas.handlers.turns.schedule import RESYNC_S, next_in_s
from atlas.reconcile.outcome import Contended, Failed, Gone, Outcome, Ready, Source, Suspended, Unchanged

SHOP = Key("AtlasMigration", "prod", "shop")


def test_a_log_line_is_json_and_masked_its_traceback_too() -> None:
    try:
        raise ValueError("postgres://app:s3cret-word@host/db is broken")
    except ValueError:
        record = logging.getLogger("x").makeRecord(
            "x", logging.ERROR, "f", 1, "no postgres://app:s3cret-word@host/db", (), None, extra={"kind": "K"}
        )
        import sys

        record.exc_info = sys.exc_info()
    text = JsonFormatter().format(record)
    assert "s3cret-word" not in text
    assert json.loads(text)["kind"] == "K"
    assert "ValueError" in json.loads(text)["traceback"]


def logged(error: BaseException, message: str = "a pass ended by a defect") -> dict[str, str]:
    record = logging.getLogger("x").makeRecord("x", logging.ERROR, "f", 1, message, (), None)
    record.exc_info = (type(error), error, error.__traceback__)
    line: dict[str, str] = json.loads(JsonFormatter().format(record))
    return line


def test_a_traceback_has_no_words_of_an_error_that_nobody_foresaw() -> None:
    word = "s3cret-word"
    try:
        try:
            int(word)
        except ValueError as error:
            raise SpecError("spec.url is wrong") from error
    except SpecError as error:
        told = logged(error)["traceback"]
    assert "s3cret-word" not in told
    assert "ValueError: …" in told
    assert "SpecError: spec.url is wrong" in told
    assert __file__ in told
    assert "Permission denied" in logged(PermissionError(13, "Permission denied", "s3cret-word"))["traceback"]


def test_a_lost_task_is_logged_without_its_words() -> None:
    error = ValueError("s3cret-word")
    message = f"Task exception was never retrieved\nfuture: <Task finished exception={error!r}>"
    assert logged(error, message)["message"].endswith("exception=ValueError>")


def delay(outcome: Outcome, contentions: int = 0) -> float | None:
    return next_in_s(outcome, status={"failed": 2}, spec={}, contentions=contentions, chance=0.5)


def test_everything_comes_back_some_time_but_what_waits_for_a_change() -> None:
    ready = Ready(version="1", applied_at_s=1, observed_hash="h")
    assert delay(ready) == pytest.approx(RESYNC_S)
    assert delay(Unchanged()) == pytest.approx(RESYNC_S)
    assert delay(Unchanged("outage")) == pytest.approx(300)
    of_backup = Source("s3://b", "2026-01-02T03:04:05Z", "out")
    assert delay(Unchanged(source=of_backup)) == pytest.approx(300)
    assert delay(replace(ready, source=of_backup)) == pytest.approx(300)
    assert delay(Failed("x", "y", Retry.BACKOFF)) == 10
    assert delay(Failed("x", "y", Retry.NEVER)) is None
    assert delay(Suspended()) is None
    assert delay(Gone()) is None


def test_a_taken_lock_is_asked_for_less_and_less_often() -> None:
    waits = [delay(Contended(), count) or 0 for count in range(1, 10)]
    assert waits == sorted(waits)
    assert waits[-1] <= 7.5


def test_metrics_of_a_resource_end_with_it() -> None:
    metrics = Metrics()
    metrics.passed(SHOP, "Failed", reason="Migrating", seconds=0.2)
    metrics.stands(SHOP, {"failed": 3, "lastApplied": 7})
    text = metrics.text().decode()
    assert 'atlas_resource_ready{kind="AtlasMigration",name="shop",namespace="prod"} 0.0' in text
    assert 'atlas_reconcile_failures_total{kind="AtlasMigration",reason="Migrating"} 1.0' in text
    metrics.stands(SHOP._replace(kind="AtlasSchema"), {"last_applied": 9})
    assert 'kind="AtlasSchema",name="shop",namespace="prod"} 9.0' in metrics.text().decode()
    metrics.forget(SHOP._replace(kind="AtlasSchema"))
    metrics.forget(SHOP)
    metrics.forget(SHOP)
    assert "shop" not in metrics.text().decode()


def test_secrets_and_config_maps_become_bytes() -> None:
    secret = stored_of("Secret", {"metadata": {"name": "s"}, "data": {"a": "eA=="}, "stringData": {"b": "y"}})
    assert dict(secret.data) == {"a": b"x", "b": b"y"}
    config = stored_of("ConfigMap", {"data": {"a.sql": "ü"}, "binaryData": {"d.tar.gz": "AAE="}})
    assert dict(config.data) == {"a.sql": "ü".encode(), "d.tar.gz": b"\0\1"}
    assert "x" not in repr(secret).split("name=")[1]


def test_a_value_that_is_not_base64_is_named_and_not_shown() -> None:
    with pytest.raises(SpecError, match=r'^secret prod/s: the value of key "url" is not base64$'):
        stored_of("Secret", {"metadata": {"name": "s", "namespace": "prod"}, "data": {"url": "p:ss"}})


@pytest.mark.parametrize(("address", "expected"), [(":8081", ("", 8081)), ("[::1]:1", ("::1", 1))])
def test_an_address_has_a_port(address: str, expected: tuple[str, int]) -> None:
    assert _split(address) == expected


def test_an_address_without_a_port_is_refused() -> None:
    with pytest.raises(UsageError, match="host:port"):
        _split("localhost")


def test_a_table_shows_what_kubectl_shows_and_the_message_below() -> None:
    failed = {
        "conditions": [
            {"type": "Ready", "status": "False", "reason": "NotFound", "message": "no tag\nnear: v1"}
        ]
    }
    lines = list(rows({SHOP: failed, Key("AtlasMigration", "prod", "new"): {}}))
    assert lines == [
        "NAME   READY   REASON     VERSION",
        "shop   False   NotFound   <none>",
        "  no tag",
        "  near: v1",
        "new    False   <none>     <none>",
    ]
