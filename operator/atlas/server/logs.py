"""The log of a registry: warnings and defects on stderr, one after another, and no word that may be somebody's secret."""

from __future__ import annotations

import logging
import sys

from atlas.engine.mask.defects import told_message, told_traceback


class DefectFormatter(logging.Formatter):
    """Time, level and message; of an error that nobody foresaw its frames."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        line = f"{self.formatTime(record)} {record.levelname} {told_message(record.getMessage(), error)}"
        return f"{line}\n{told_traceback(error).rstrip()}" if error else line


def start_logging() -> None:
    """Send all logs of the process to stderr, from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(DefectFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(True)
