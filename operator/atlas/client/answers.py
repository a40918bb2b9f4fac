"""What a registry answered: the value that was asked for, or the error that it stands for.

The distinction that fallback relies on is made here and in ``transport``: ``Unavailable`` is an outage (it may be served
from a backup), every other error is an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from atlas.errors import (
    Conflict,
    Forbidden,
    NotFound,
    RegistryError,
    Rejected,
    Unauthorized,
    Unavailable,
)
from atlas.wire.bounded_json import TooManyValuesError, loads
from atlas.wire.foreign import fault_of, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.wire.contract import RegistryAddress
    from atlas.wire.operations import Operation

_SHOWN_BODY_CHARS = 1_000
_SHOWN_ERRORS = 20
_SHOWN_CHARS = 8_000
_READ_CHARS = 64_000

_OK = 200
_NOT_SERVED = {404, 405}
_RETRIED = {408, 429}
_STATUS_ERRORS: dict[int, type[RegistryError]] = {403: Forbidden, 404: NotFound, 409: Conflict}


class Response(NamedTuple):
    """An answer of HTTP, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_outage(self) -> bool:
        """Whether trying again may help (RFC 9110: server errors)."""
        return self.status in _RETRIED or self.status >= 500  # noqa: PLR2004

    @property
    def is_foreign(self) -> bool:
        """Whether what answers serves no registry: not this path, not this method, or a page for people."""
        is_page = self.body.lstrip()[:1] == b"<"
        return self.status in _NOT_SERVED or (is_page and self.status in {_OK, 400, 403})


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the answers of the registry at ``address``."""

    address: RegistryAddress

    def value(self, operation: Operation, response: Response) -> Any:
        """The value of the operation's field, None where there is none.

        An answer without ``data`` is one, as it is to the clients that all registries are made for. Raises a
        ``RegistryError``.
        """
        document = self._document(response)
        if response.status != _OK or document.get("errors"):
            if not document.get("errors") and response.is_foreign:
                class_ = _STATUS_ERRORS.get(response.status, Rejected)
                raise class_(self._not_a_registry(response.status), is_foreign=True)
            raise self._refusal(response, document)
        return self._value(operation, document.get("data"))

    def outage(self, response: Response) -> Unavailable:
        """What to say of an answer that is an outage."""
        return Unavailable(f"{self.address.url} answers {response.status}: {self._shown(response.body)}")

    def _value(self, operation: Operation, data: object) -> Any:
        """NB: all that reads answers relies on their shape, which is looked at here and nowhere else."""
        if data is None:
            return None
        if not isinstance(data, dict):
            raise self._malformed('"data" of its answer is no object')
        value = data.get(operation.field)
        if fault := fault_of(operation, value):
            raise self._malformed(fault)
        return value

    def _document(self, response: Response) -> dict[str, Any]:
        """The JSON of an answer; empty for an empty body, and for an error without one."""
        if not response.body.strip():
            return {}
        try:
            document = loads(response.body)
        except ValueError as error:
            if response.status != _OK:
                return {}
            if response.is_foreign:  # NB: an outage too, as where a proxy's page stands in for its server
                raise Unavailable(self._not_a_registry(_OK), is_foreign=True) from error
            if isinstance(error, TooManyValuesError):
                raise self._malformed(str(error)) from error
            raise Unavailable("the registry's answer is cut off or no JSON") from error
        if isinstance(document, dict):
            return document
        if response.status == _OK and document is not None:
            raise self._malformed('its answer is no object with "data"')
        return {}

    def _malformed(self, fault: str) -> Unavailable:
        return Unavailable(
            f"{self.address.url} answers as no Atlas registry does: {fault}; whoever runs it has to mend it"
        )

    def _not_a_registry(self, status: int) -> str:
        return f"{self.address.url} answers, but not as an Atlas registry ({status})"

    def _refusal(self, response: Response, document: Mapping[str, Any]) -> RegistryError:
        if response.status == 401:  # noqa: PLR2004 - RFC 9110
            return Unauthorized("Unauthorized")
        class_ = _STATUS_ERRORS.get(response.status, Rejected)
        told = document.get("errors") or []
        messages = [
            self._one_line(_message(error))
            for error in (told if isinstance(told, list) else [told])[:_SHOWN_ERRORS]
        ]
        if not messages:
            text = f"unexpected error code {response.status}: {self._unexpected(response)}"
            return class_(text, is_foreign=True)
        text = "; ".join(messages)
        return NotFound(text) if response.status == _OK and "not found" in text else class_(text)

    def _unexpected(self, response: Response) -> str:
        if 300 <= response.status < 400:  # noqa: PLR2004 - RFC 9110, redirection
            return "it sends on to another address, and the token goes to none but the one that was named"
        return self._shown(response.body)

    def _shown(self, body: bytes) -> str:
        return self._one_line(body[: 4 * _READ_CHARS].decode(errors="replace").strip())[:_SHOWN_BODY_CHARS]

    def _one_line(self, text: str) -> str:
        """What a server said, without the token: a bad one, or a proxy, repeats what it was sent.

        NB: cut only far behind what is shown before the token is hidden, else half of it would stand there.
        """
        from atlas.engine.mask import mask_text

        hidden = mask_text(text[:_READ_CHARS], (self.address.token or "",))
        return one_line(hidden)[:_SHOWN_CHARS]


def _message(error: object) -> str:
    message = error.get("message") if isinstance(error, dict) else error
    return message.strip() if isinstance(message, str) else "an error without a message"
