"""The explorer as a page: an ASGI application on this computer only; a fan is sent line by line while it is run."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Collection
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from demarche.accounts.links import all_links
from demarche.claims.register import Claim, load_register
from demarche.engine.variables import SERIES
from demarche.errors import DemarcheError
from demarche.report.why import STYLE, why_page
from demarche.scenario.content import Scenario
from demarche.seminar.explore.asked import Asked, Controls, controls_of, experiment_text, read_asked, scenario_text
from demarche.seminar.explore.fan import ALL_PAIRS, FIRST_PAIRS, SEED, Explorer
from demarche.seminar.explore.year import FIRST, SECOND, why_of, year_of
from demarche.seminar.happened import Happened
from demarche.seminar.pages import render
from demarche.seminar.server.app import static_text
from demarche.seminar.server.guard import Guard
from demarche.seminar.server.shell import words_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

PASSES = (FIRST_PAIRS, ALL_PAIRS)
SAVED, BATCH = "explored.yaml", "explored_experiment.yaml"
STATIC = {"room.css": "text/css", "explore.css": "text/css", "explore.js": "text/javascript"}


class Jobs:
    """Fans, one at a time: a new question stops the one before, and so does whoever goes away.

    Parameters
    ----------
    explorer
        What runs them.
    passes
        Pairs of each pass.
    """

    def __init__(self, explorer: Explorer, passes: tuple[int, ...]) -> None:
        self._explorer, self._passes, self._newest = explorer, passes, 0

    async def lines(self, asked: Asked) -> AsyncIterator[str]:
        """Yield a line of JSON for each year of each pass."""
        self._newest += 1
        mine, gone = self._newest, False
        try:
            for pairs in self._passes:
                bands = self._explorer.fan(asked, pairs, lambda: gone or self._newest != mine)
                while (band := await asyncio.to_thread(next, bands, None)) is not None:
                    yield json.dumps(vars(band)) + "\n"
        finally:
            gone = True


def make_app(scenario: Scenario, hosts: Collection[str], passes: tuple[int, ...] = PASSES) -> Guard:
    """Return the application of an explorer, reached under some hosts with port; `passes` are numbers of pairs."""
    from starlette.applications import Starlette
    from starlette.routing import Route

    pages = _Pages(scenario, passes)
    app = Starlette(
        routes=[
            Route("/", pages.start), Route("/fan", pages.fan), Route(f"/{SAVED}", pages.saved),
            Route(f"/{BATCH}", pages.batch), Route("/static/{name}", pages.static),
            Route("/favicon.ico", pages.no_icon),
            Route("/year", pages.year), Route("/why", pages.why), Route("/why.css", pages.why_style),
        ],
        exception_handlers={DemarcheError: pages.refusal},
    )  # fmt: skip
    return Guard(app, hosts)


class _Pages:
    def __init__(self, scenario: Scenario, passes: tuple[int, ...]) -> None:
        self.scenario, self.controls = scenario, controls_of(scenario)
        self.explorer = Explorer(scenario)
        self.jobs, self._one = Jobs(self.explorer, passes), asyncio.Lock()

    def _asked(self, request: Request) -> Asked:
        return read_asked(self.scenario, self.controls, request.query_params)

    async def start(self, request: Request) -> Response:
        from starlette.responses import HTMLResponse

        return HTMLResponse(render("explore.html", frame_of(self.scenario, self.controls, self._asked(request))))

    async def fan(self, request: Request) -> Response:
        from starlette.responses import StreamingResponse

        return StreamingResponse(self.jobs.lines(self._asked(request)), media_type="application/x-ndjson")

    async def year(self, request: Request) -> Response:
        """Show what happened in a year in the first pair of worlds, each with the way to its reasons."""
        from starlette.responses import HTMLResponse

        asked, year = self._asked(request), request.query_params.get("year", "")
        async with self._one:
            found = await asyncio.to_thread(year_of, self.explorer, asked, year)
        frame = {"title": self.scenario.title, "asked": asked, "found": found, "arms": self._titles(asked)}
        return HTMLResponse(render("year.html", {**frame, "link": partial(_why_address, asked)}))

    async def why(self, request: Request) -> Response:
        """Show why something happened: chances, rules, passages."""
        from starlette.responses import HTMLResponse

        asked, query = self._asked(request), request.query_params
        async with self._one:
            told = await asyncio.to_thread(why_of, self.explorer, asked, query.get("side", ""), query)
        return HTMLResponse(why_page(told, "/why.css"))

    async def why_style(self, request: Request) -> Response:
        from starlette.responses import Response

        return Response(STYLE, media_type="text/css")

    def _titles(self, asked: Asked) -> dict[str, str]:
        first, second = (self.scenario.arms[name].title or name for name in (asked.arm, asked.reference))
        changed = " with the levers of the question" if asked.levers else ""
        return {FIRST: f"First arm: {first}{changed}", SECOND: f"Second arm: {second}"}

    async def saved(self, request: Request) -> Response:
        return _file(SAVED, scenario_text(self.scenario, self._asked(request)))

    async def batch(self, request: Request) -> Response:
        return _file(BATCH, experiment_text(self._asked(request), SAVED, ALL_PAIRS, SEED))

    async def static(self, request: Request) -> Response:
        from starlette.responses import PlainTextResponse, Response

        name = request.path_params["name"]
        if name not in STATIC:
            return PlainTextResponse("There is no such file.", 404)
        return Response(static_text(name), media_type=STATIC[name])

    async def no_icon(self, request: Request) -> Response:
        from starlette.responses import Response

        return Response(status_code=204)

    async def refusal(self, request: Request, error: Exception) -> Response:
        from starlette.responses import PlainTextResponse

        assert isinstance(error, DemarcheError)
        return PlainTextResponse(words_of(error), 400)


def _why_address(asked: Asked, side: str, event: Happened) -> str:
    return f"/why?{asked.query}&{urlencode({'side': side, **event.query})}"


def _file(name: str, text: str) -> Response:
    from starlette.responses import Response

    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="application/yaml", headers=headers)


def frame_of(scenario: Scenario, controls: Controls, asked: Asked) -> dict[str, Any]:
    """Return what the page shows."""
    known, series = all_links(), {one.name: one for one in SERIES}
    sliders: list[dict[str, Any]] = [
        {"name": name, "title": f"{part.meaning} (all senders)", "low": part.low, "high": part.high,
         "value": asked.levers.get(name), "start": part.low, "held": {}, "why": []}
        for name, part in controls.levers.items()
    ]  # fmt: skip
    for name, held in controls.links.items():
        low, high = controls.range_of(name)
        sliders.append({
            "name": f"link.{name}", "title": known[name].said.meaning, "low": low, "high": high,
            "value": asked.links.get(name), "start": held[asked.account].median,
            "held": {account: prior.median for account, prior in held.items()}, "why": _passages(scenario, name),
        })  # fmt: skip
    return {
        "title": scenario.title, "arms": scenario.arms, "accounts": controls.accounts, "asked": asked,
        "outcomes": [series[name] for name in controls.outcomes], "sliders": sliders, "saved": SAVED, "batch": BATCH,
        "years": range(scenario.period.start.year, scenario.period.end.year + 1),
    }  # fmt: skip


def _passages(scenario: Scenario, link: str) -> list[tuple[str, Claim]]:
    """Return account and claim for each claim by which an account of the scenario argues a link."""
    known = {claim.id: claim for claim in load_register().claims}
    return [
        (name, known[id_]) for name, account in scenario.accounts.items() if link in account.links
        for id_ in account.links[link].claims
    ]  # fmt: skip


def serve(scenario: Scenario, port: int) -> None:
    """Serve an explorer on this computer until somebody ends it."""
    import uvicorn

    app = make_app(scenario, {f"127.0.0.1:{port}", f"localhost:{port}"})
    uvicorn.run(app, host="127.0.0.1", port=port, access_log=False, log_level="warning", server_header=False,
                proxy_headers=False, timeout_graceful_shutdown=2)  # fmt: skip
