"""The ASGI application of a room, and serving it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from demarche.errors import DemarcheError, DesignError, Problem
from demarche.seminar.pages import template_text
from demarche.seminar.server.guard import Guard
from demarche.seminar.server.qr import qr_svg
from demarche.seminar.server.routes import Routes
from demarche.seminar.server.shell import MAX_SOCKETS, Shell

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.websockets import WebSocket

STATIC = {"room.css": "text/css", "room.js": "text/javascript", "debrief.css": "text/css"}
SLOW_SECONDS = 10.0
LOCAL = "127.0.0.1"
POST = ["POST"]


@cache
def static_text(name: str) -> str:
    """Return a file that all pages share."""
    if name == "debrief.css":  # it goes into the file that prints as well
        return template_text(name)
    return files("demarche.seminar.server").joinpath("static", name).read_text(encoding="utf-8")


def make_app(shell: Shell, hosts: Collection[str]) -> Guard:
    """Return the application of a room.

    Parameters
    ----------
    shell
        The room.
    hosts
        Hosts with port under which it is reached.
    """
    from starlette.applications import Starlette
    from starlette.routing import Route, WebSocketRoute

    routes = Routes(shell)

    @contextlib.asynccontextmanager
    async def alive(app: Starlette) -> AsyncIterator[None]:
        watch = asyncio.create_task(shell.watch())
        yield
        watch.cancel()

    app = Starlette(
        routes=[
            Route("/", routes.start), Route("/join", routes.join, methods=POST), Route("/seat", routes.seat),
            Route("/order", routes.order, methods=POST), Route("/believe", routes.believe, methods=POST),
            Route("/say", routes.say, methods=POST), Route("/instead", routes.instead, methods=POST),
            Route("/projector", routes.projector),
            Route("/key/{key}", routes.key), Route("/lead", routes.lead),
            Route("/lead/{what}", routes.steer, methods=POST), Route("/state", routes.state),
            Route("/debrief", routes.debrief), Route("/static/{name}", _static), Route("/qr.svg", _qr(shell)),
            Route("/favicon.ico", _no_icon), WebSocketRoute("/live", _live(shell)),
        ],
        exception_handlers={DemarcheError: routes.refusal},
        lifespan=alive,
    )  # fmt: skip
    return Guard(app, hosts)


async def _static(request: Request) -> Response:
    from starlette.responses import PlainTextResponse, Response

    name = request.path_params["name"]
    if name not in STATIC:
        return PlainTextResponse("There is no such file.", 404)
    return Response(static_text(name), media_type=STATIC[name])


async def _no_icon(request: Request) -> Response:
    from starlette.responses import Response

    return Response(status_code=204)  # browsers ask for it unasked, and complain where there is none


def _qr(shell: Shell) -> Callable[[Request], Awaitable[Response]]:
    async def picture(request: Request) -> Response:
        from starlette.responses import Response

        return Response(qr_svg(f"{shell.address}/?code={shell.room.state.code}"), media_type="image/svg+xml")

    return picture


def _live(shell: Shell) -> Callable[[WebSocket], Awaitable[None]]:
    async def live(socket: WebSocket) -> None:
        """Send the number of the newest version whenever there is one; who is slow skips some."""
        if shell.sockets >= MAX_SOCKETS:
            await socket.close(1013)
            return
        await socket.accept()
        shell.sockets += 1
        sender = asyncio.create_task(_send(shell, socket))
        try:
            while (await socket.receive())["type"] != "websocket.disconnect":
                pass  # nothing is read from sockets: forms bring what people do
        finally:
            sender.cancel()
            shell.sockets -= 1

    return live


async def _send(shell: Shell, socket: WebSocket) -> None:
    version = -1
    while True:
        version = await shell.news(version)
        try:
            async with asyncio.timeout(SLOW_SECONDS):
                await socket.send_json(shell.told())
        except TimeoutError:
            await socket.close(1013)
            return


def own_address() -> str:
    """Return the address of this computer in its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return LOCAL


def need_extra() -> None:
    """Refuse to serve without the packages of the extra.

    Raises
    ------
    DesignError
        Saying how to install them.
    """
    try:
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
        import websockets  # noqa: F401
    except ImportError as error:
        fix = "pip install 'demarche[seminar]'"
        raise DesignError([Problem("seminar", f"the package {error.name} is not installed", fix=fix)]) from error


def serve(shell: Shell, host: str, port: int) -> None:
    """Serve a room until somebody ends it; one process.

    Parameters
    ----------
    shell
        The room.
    host, port
        Where it listens.
    """
    import uvicorn

    names = (LOCAL, "localhost") if host == LOCAL else (LOCAL, "localhost", own_address())
    app = make_app(shell, {f"{name}:{port}" for name in names})
    uvicorn.run(
        app, host=host, port=port, ws="websockets-sansio", ws_max_size=256, access_log=False,
        log_level="warning", server_header=False, proxy_headers=False, timeout_graceful_shutdown=2,
    )  # fmt: skip
