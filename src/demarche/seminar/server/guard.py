"""What stands before every route: whose host, whose origin, how large, how often; and the headers of every answer."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 4096
"""Bytes of a form: 280 characters of any script, each written as up to nine bytes, and what goes with them."""

SAFE = ("GET", "HEAD")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws://{host}; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass
class Rate:
    """How often somebody may do something: so many times in so many seconds."""

    most: int
    seconds: float
    clock: Callable[[], float] = time.monotonic
    _done: dict[str, deque[float]] = field(default_factory=dict)

    def allows(self, who: str) -> bool:
        """Tell whether somebody may do it now, and count it if so."""
        if self.spent(who):
            return False
        self._done[who].append(self.clock())
        return True

    def spent(self, who: str) -> bool:
        """Tell whether somebody has done it as often as is allowed."""
        now, done = self.clock(), self._done.setdefault(who, deque())
        while done and done[0] <= now - self.seconds:
            done.popleft()
        return len(done) >= self.most


class Guard:
    """Wraps the routes: refuses what comes from elsewhere or is too large before any route sees it.

    Parameters
    ----------
    app
        The routes.
    hosts
        Values of the header Host that are ours.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app, self.hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        fault = self._fault(scope, headers, host)
        if fault is not None:
            await _refuse(scope, receive, send, *fault)
            return
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return
        body = await _read(receive)
        if body is None:
            await _refuse(scope, receive, send, 413, "This is too large.")
            return
        await self.app(scope, _replayed(body, receive), _with_headers(send, host))

    def _fault(self, scope: Scope, headers: dict[str, str], host: str) -> tuple[int, str] | None:
        if host not in self.hosts:
            return 421, "This address is not one of the room."
        unsafe = scope["type"] == "websocket" or scope["method"] not in SAFE
        if unsafe and not is_own(headers, host):
            return 403, "This did not come from a page of the room."
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY:
            return 413, "This is too large."
        return None


def is_own(headers: dict[str, str], host: str) -> bool:
    """Tell whether a request that changes something comes from a page of the same host.

    The origin decides where a browser sends it, else what it says of the site; with neither nobody is let in.
    """
    if "origin" in headers:
        return headers["origin"] in (f"http://{host}", f"https://{host}")
    return headers.get("sec-fetch-site") == "same-origin"


async def _read(receive: Receive) -> bytes | None:
    """Return a body, None as soon as it is too large."""
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return body
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            return None
        if not message.get("more_body"):
            return body


def _replayed(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def headers_for(host: str) -> list[tuple[bytes, bytes]]:
    """Return the headers that every answer carries."""
    # with `no-referrer` browsers would send forms with the origin `null`
    fixed = {
        "content-security-policy": POLICY.format(host=host), "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin", "cache-control": "no-store", "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }  # fmt: skip
    return [(name.encode(), value.encode("latin-1")) for name, value in fixed.items()]


def _with_headers(send: Send, host: str) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *headers_for(host)]
        await send(message)

    return answer


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, what: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": what})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *headers_for("")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": what.encode()})
