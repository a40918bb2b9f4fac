"""The log of a registry says where a defect came from, and no word of what was sent to it."""

from __future__ import annotations

import logging

from atlas.server.logs import DefectFormatter


def test_a_defect_is_told_by_its_frames() -> None:
    try:
        raise ValueError("s3cret-word of a client")
    except ValueError as error:
        defect = error
    record = logging.getLogger("uvicorn.error").makeRecord(
        "x", logging.ERROR, "f", 1, "Exception in ASGI application", (), None
    )
    record.exc_info = (ValueError, defect, defect.__traceback__)
    told = DefectFormatter().format(record)
    assert "ERROR Exception in ASGI application\n" in told
    assert told.endswith("ValueError: …")
    assert "s3cret-word" not in told.replace('raise ValueError("s3cret-word of a client")', "")


def test_what_is_no_defect_is_one_masked_line() -> None:
    record = logging.getLogger("x").makeRecord(
        "x", logging.WARNING, "f", 1, "no postgres://u:pw@h/d", (), None
    )
    assert DefectFormatter().format(record).endswith("WARNING no postgres://u:xxxxx@h/d")
