"""The registry of the demo: a process that can be stopped and started again at the same address."""

from __future__ import annotations

from subprocess import Popen

from examples.demo.stage import Stage, end, free_port, wait_for


class DemoRegistry:
    """A registry in the folder ``registry`` of the stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._port = free_port()
        self._running: Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it; returns once it answers."""
        listen = ("--listen", f"127.0.0.1:{self._port}", "--data", "registry")
        self._running = self._stage.start("atlas", "registry", "serve", *listen)
        wait_for(f"{self.url}/readyz", self._running)

    def stop(self) -> None:
        """End it; returns once nobody listens there."""
        if self._running:
            end(self._running)
