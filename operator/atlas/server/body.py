"""The body of a request: read within bounds of size and time, and parsed within a bound of values."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from anyio import fail_after
from starlette.requests import ClientDisconnect

from atlas.errors import Rejected
from atlas.server.graphql.execute import Request as GraphQLRequest
from atlas.wire.bounded_json import MARKS, TooManyValuesError, loads

if TYPE_CHECKING:
    from starlette.requests import Request

SLOWEST_BYTES_PER_S = 16 * 1024
_SILENCE_S = 30
_MARKS = (
    8 * MARKS
)  # a report has 100 of each database and 30 of each file that ran: 8,000 databases with 30 files
_DIGITS = 19  # of a database's largest number


class BodyTooLargeError(Rejected):
    """The request is larger than any push may be, in bytes or in values."""


async def read_body(request: Request, limit_bytes: int) -> bytes:
    """The body, refused as soon as it is known to be too large.

    A client may be slow, but neither silent nor dripping: while a large body comes, others wait for their turn.
    """
    declared = request.headers.get("content-length", "")
    pieces: list[bytes] = []
    size_bytes = int(declared) if is_number(declared) else 0
    stream = request.stream()
    received_bytes, begun_at = 0, monotonic()
    while size_bytes <= limit_bytes:
        try:
            with fail_after(_SILENCE_S):
                piece = await anext(stream)
        except StopAsyncIteration:
            return b"".join(pieces)
        except (TimeoutError, ClientDisconnect) as error:
            raise Rejected("the request is cut off") from error
        pieces.append(piece)
        received_bytes += len(piece)
        size_bytes = max(size_bytes, received_bytes)
        if monotonic() - begun_at > _SILENCE_S + received_bytes / SLOWEST_BYTES_PER_S:
            raise Rejected(
                f"the request is cut off: it comes slower than {SLOWEST_BYTES_PER_S} bytes a second"
            )
    raise BodyTooLargeError(f"the request is larger than {limit_bytes} bytes")


def is_number(text: str) -> bool:
    """Whether ``int`` reads this, and in no time."""
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS


def parse_body(body: bytes) -> GraphQLRequest:
    """The GraphQL request that a body is; raises ``Rejected`` where it is none."""
    try:
        document = loads(body, marks=_MARKS)
        query, variables = document["query"], document.get("variables") or {}
        name = document.get("operationName") or None
    except TooManyValuesError as error:
        raise BodyTooLargeError(f"the request is larger than any of a client: {error}") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Rejected('the body is no GraphQL request: expected {"query": …, "variables": …}') from error
    if not isinstance(query, str) or not isinstance(variables, dict):
        raise Rejected("the body is no GraphQL request: query must be a string, variables an object")
    return GraphQLRequest(query, variables, name)
