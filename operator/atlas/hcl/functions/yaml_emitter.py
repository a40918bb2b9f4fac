"""The emitter of YAML, with libyaml's ways where they differ from PyYAML's. Importing this loads the library: it is slow."""

from __future__ import annotations

from typing import IO

from yaml.emitter import Emitter
from yaml.events import ScalarEvent


class PlainEmitter(Emitter):
    """Empty strings need neither a mark of the document nor of a key; long text stays on its line."""

    def __init__(self, out: IO[str]) -> None:
        super().__init__(out, allow_unicode=True, width=10**9)

    def check_empty_document(self) -> bool:
        return False

    def check_simple_key(self) -> bool:
        event = self.event
        return (isinstance(event, ScalarEvent) and not event.value) or bool(super().check_simple_key())
