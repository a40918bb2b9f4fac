"""Kopf as a watch and nothing else: two event handlers, in a thread and an event loop of its own.

No Kopf annotation, finalizer or progress storage: tools that compare manifests must see no foreign write, and
``last-handled-configuration`` would copy the spec, secrets in it too. In its own loop Kopf cannot cancel our
tasks when it ends, and a long list does not delay our own work.
"""

from __future__ import annotations

import asyncio
import os
import threading
from typing import TYPE_CHECKING, Any

from atlas.handlers.cluster.connection import is_proxied, kopf_connection
from atlas.handlers.keys import GROUP, PLURALS, VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    Receive = Callable[[str, str | None, Any], None]

PAGE = 100
_BACKOFFS_S = (1,) * 10 + (2,) * 22
"""An API server that is back is noticed within two seconds; Kopf's own pauses grow to 21 s. After all of them the watch ends."""
_NO_FINALIZER = f"{GROUP}/never-added"  # Kopf removes the one it is told about: let that be nobody's


class Watch(threading.Thread):
    """Runs Kopf until ``stop``; ends by itself only when it cannot go on."""

    def __init__(
        self,
        configuration: Any,
        receive: Receive,
        ended: Callable[[str], None],
        *,
        kinds: Collection[str],
        namespaces: Sequence[str],
        label_selector: str,
    ) -> None:
        """Both are called in this thread.

        Args:
            configuration: Of ``kubernetes.aio``.
            receive: Takes the kind, the type of the event (None for an object of a list) and the object.
            ended: Takes the reason for which the watch has ended, '' when it was asked to.
            kinds: Those that the server knows; Kopf looks for them once, when it starts.
            namespaces: () means all of them.
            label_selector: In the syntax of the API; '' means everything.
        """
        super().__init__(name="kopf", daemon=True)
        self._configuration = configuration
        self._receive = receive
        self._kinds = kinds
        self._namespaces = tuple(namespaces)
        self._label_selector = label_selector
        self._stop_flag = threading.Event()
        self._ended = ended

    def stop(self) -> None:
        """Ask it to end."""
        self._stop_flag.set()

    def run(self) -> None:
        why = "Kopf has ended"
        try:
            asyncio.run(self._watch())
        except Exception as error:  # noqa: BLE001 - whatever ended the watch ends the operator, with its words
            why = f"{type(error).__name__}: {error}"
        self._ended("" if self._stop_flag.is_set() else why)

    async def _watch(self) -> None:
        import kopf

        registry = kopf.OperatorRegistry()
        self._register(registry)
        await kopf.operator(
            registry=registry,
            settings=_settings(self._label_selector),
            namespaces=self._namespaces,
            clusterwide=not self._namespaces,
            standalone=True,
            stop_flag=self._stop_flag,
        )

    def _register(self, registry: Any) -> None:
        import kopf

        async def login(**_: Any) -> Any:
            return await kopf_connection(self._configuration)

        kopf.on.login(registry=registry)(login)
        for kind in sorted(self._kinds):
            plural = PLURALS[kind]
            kopf.on.event(GROUP, VERSION, plural, registry=registry, id=plural)(self._handler(kind))

    def _handler(self, kind: str) -> Any:
        async def received(event: Any, **_: Any) -> None:
            self._receive(kind, event["type"], event["object"])

        return received


def _settings(label_selector: str) -> Any:
    import kopf

    settings = kopf.OperatorSettings()
    settings.scanning.disabled = True  # no rights on namespaces and CRDs are needed
    settings.posting.enabled = False
    settings.persistence.finalizer = _NO_FINALIZER
    settings.persistence.diffbase_storage = _no_storage()
    settings.networking.connect_timeout = 10
    settings.networking.request_timeout = 60
    settings.networking.error_backoffs = _BACKOFFS_S
    settings.networking.trust_env = is_proxied(os.environ)
    settings.watching.connect_timeout = 10
    settings.watching.chunk_size = PAGE
    settings.queueing.idle_timeout = 1.0
    settings.process.ultimate_exiting_timeout = None  # the thread is a daemon: it ends with the process
    if label_selector:
        for plural in PLURALS.values():
            settings.watching.label_selectors[GROUP, plural] = label_selector
    return settings


def _no_storage() -> Any:
    """Kopf works out the essence of an object for each event, and copies it deeply; nobody here asks for it."""
    import kopf

    class NoStorage(kopf.DiffBaseStorage):
        def build(self, *, body: Any, extra_fields: Any = None) -> Any:  # noqa: ARG002 - as Kopf calls it
            return {}

        def fetch(self, *, body: Any) -> Any:  # noqa: ARG002 - as Kopf calls it
            return None

        def store(self, *, body: Any, patch: Any, essence: Any) -> None:
            """Nothing is kept."""

    return NoStorage()
