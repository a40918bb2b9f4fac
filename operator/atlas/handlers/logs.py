"""Logs: one JSON object a line on stderr, every text masked.

A traceback has the frames of every error that led to the last one, and the words of those raised on purpose. What a
library or the interpreter says of a value may be the value itself, so it is left out.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from atlas.engine.mask.defects import told_message, told_traceback

LOGGER = "atlas.operator"
_FIELDS = ("kind", "namespace", "resource", "reason", "seconds", "version")


class JsonFormatter(logging.Formatter):
    """Known fields of ``extra`` become fields of the line."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": told_message(record.getMessage(), error),
        }
        line |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if error:
            line["traceback"] = told_traceback(error)
        return json.dumps(line, ensure_ascii=False, default=str).encode(errors="replace").decode()


def start_logging(level: str) -> None:
    """Send all logs of the process to stderr; libraries speak from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(LOGGER).setLevel(level.upper())
    # Kopf runs in a thread of its own and says at each start that signals do not reach it there.
    logging.getLogger("kopf._core.reactor.running").setLevel(logging.ERROR)
    logging.captureWarnings(True)
