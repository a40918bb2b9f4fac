"""Where a message sends a person: the page of its reason."""

from __future__ import annotations

from dataclasses import dataclass

_REASON = "{reason}"


@dataclass(frozen=True, slots=True)
class Runbook:
    """All pages.

    Attributes:
        base: A folder of pages named ``REASON.md``, or a URL with ``{reason}``; '' sends nobody anywhere.
    """

    base: str = ""

    def page(self, reason: str) -> str:
        """Where the page of a reason is, '' for nowhere."""
        if not self.base or _REASON in self.base:
            return self.base.replace(_REASON, reason)
        return f"{self.base.rstrip('/')}/{reason}.md"

    def ended(self, message: str, reason: str, limit: int) -> str:
        """The message with its page as the last line, both within ``limit`` characters: of a long one the page stays."""
        page = self.page(reason)
        if not page:
            return message[:limit]
        line = f"\nRead more: {page}"
        return message[: max(0, limit - len(line))] + line
