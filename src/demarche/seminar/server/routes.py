"""Routes of a room: pages for everybody, a delegation, the projector and the facilitator, and what their forms do."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from demarche.errors import DemarcheError, DesignError, Problem
from demarche.seminar.frames import standing
from demarche.seminar.instead import Instead, choices_of
from demarche.seminar.pages import render
from demarche.seminar.room import token_hash
from demarche.seminar.server.asking import MOST_ASKED
from demarche.seminar.server.forms import Fields, number, one, orders_of, read_form, shares_of
from demarche.seminar.server.shell import Shell, words_of
from demarche.seminar.state import Member
from demarche.seminar.steps import OWN_STEP, STEPS
from demarche.seminar.yearly import figures_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

SEAT_COOKIE, LEAD_COOKIE = "seat", "lead"
COOKIE_SECONDS = 60 * 60 * 24 * 30
CODES = "codes"
TOO_MANY_CODES = "Too many wrong codes were tried; wait for ten seconds."
USED_KEY = (
    "This key was used already, or is none. Serve the room again with the same log for a new one; nothing is lost."
)


class Routes:
    """The routes of one room.

    Parameters
    ----------
    shell
        What they share.
    """

    def __init__(self, shell: Shell) -> None:
        self.shell, self.room = shell, shell.room

    def member(self, request: Request) -> Member | None:
        """Return who asks, None for nobody."""
        return self.room.member(request.cookies.get(SEAT_COOKIE, ""))

    def leads(self, request: Request) -> bool:
        """Tell whether a facilitator asks."""
        return self.room.leads(request.cookies.get(LEAD_COOKIE, ""))

    async def start(self, request: Request) -> Response:
        """Show where the code is written, or the seats once it is known."""
        code = request.query_params.get("code", "").strip().upper()
        if not code:
            return await self._page("start.html", dict)
        if self.shell.codes.spent(CODES):
            return await self._refused(TOO_MANY_CODES, 429)
        if not self._is_code(code):
            return await self._page("start.html", lambda: {"fault": "There is no room of this code."}, 404)
        mine = self.member(request)
        return await self._page("seats.html", lambda: {**standing(self.room), "mine": mine})

    def _is_code(self, code: str) -> bool:
        """Tell whether a code is that of the room, and count it if not: a class that joins at once is not held up."""
        right = secrets.compare_digest(code.encode(), self.room.state.code.encode())
        if not right:
            self.shell.codes.allows(CODES)
        return right

    async def join(self, request: Request) -> Response:
        """Sit down: a new token at every sitting."""
        form = read_form(await request.body())
        if self.shell.codes.spent(CODES):
            return await self._refused(TOO_MANY_CODES, 429)
        if not self._is_code(one(form, "code")):
            return await self._refused("There is no room of this code.", 403)
        _, token = await self.shell.do(partial(self.room.join, one(form, "seat")), quiet=True)
        return self._seated("/seat", SEAT_COOKIE, token)

    async def seat(self, request: Request) -> Response:
        """Show a delegation its page."""
        member = self.member(request)
        if member is None:
            return await self._refused("You have no seat here. Join with the code of the room.", 403)

        def make() -> dict[str, Any]:
            frame = self.shell.viewer.seat(member)
            frame |= {"chosen": {one["act"]: one for one in frame["orders"]}, "key": secrets.token_hex(8),
                      "figures": figures_of(frame)}  # fmt: skip
            if self.room.state.step:
                frame |= self.shell.debrief_frame()
            if self.room.state.step >= OWN_STEP:
                frame |= self._own(member.seat, request.query_params.get("move", ""))
            return frame

        return await self._page("seat.html", make)

    def _own(self, seat: str, picked: str) -> dict[str, Any]:
        """Return what a delegation asks about itself, and what it was answered; nothing of others."""
        asking, choices = self.shell.asking, choices_of(self.room, seat)
        return {
            "choices": choices, "picked": next((one for one in choices if one.key == picked), None),
            "asked_now": asking.of(seat), "asked_before": asking.before(seat),
            "answered": asking.answered.get(seat, []), "left": MOST_ASKED - len(asking.answered.get(seat, [])),
        }  # fmt: skip

    async def instead(self, request: Request) -> Response:
        """Take a question of a delegation about one of its own moves, or take it back."""
        asked = await self._acting(request)
        if not isinstance(asked, tuple):
            return asked
        member, form = asked
        if one(form, "what") == "withdraw":
            self.shell.asking.withdraw(member.seat)
        else:
            place, _, act = one(form, "move").partition(".")
            where = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else -1
            self.shell.asking.ask(Instead(member.seat, where, act, one(form, "option")))
        return self._to("/seat")

    async def order(self, request: Request) -> Response:
        """Take the orders of a delegation."""
        def give(member: Member, form: Fields) -> None:
            self.room.order_all(orders_of(form, member.seat), number(form, "stage"))

        return await self._act(request, give, quiet=True)

    async def believe(self, request: Request) -> Response:
        """Take what a student believes."""
        def take(member: Member, form: Fields) -> None:
            self.room.believe(member.name, shares_of(form, tuple(self.room.scenario.accounts)))

        return await self._act(request, take, quiet=True)

    async def say(self, request: Request) -> Response:
        """Take a statement or a note."""
        def take(member: Member, form: Fields) -> None:
            self.room.say(member.seat, one(form, "text"), one(form, "to"), f"{member.name} {one(form, 'key')[:32]}")

        return await self._act(request, take)

    async def projector(self, request: Request) -> Response:
        """Show what everybody sees."""
        leads = self.leads(request)

        def make() -> dict[str, Any]:
            more = self.shell.debrief_frame() if self.room.state.step else {}
            frame = self.shell.viewer.projector()
            return {**frame, **more, "leads": leads, "figures": figures_of(frame)}

        return await self._page("projector.html", make)

    async def key(self, request: Request) -> Response:
        """Let the facilitator in, once: the key is spent then."""
        given = request.path_params["key"]
        if self.shell.key is None or not secrets.compare_digest(given.encode(), self.shell.key.encode()):
            return await self._refused(USED_KEY, 403)
        self.shell.key = None
        return self._seated("/lead", LEAD_COOKIE, await self.shell.do(self.room.lead))

    async def lead(self, request: Request) -> Response:
        """Show the facilitator the room."""
        if not self.leads(request):
            return await self._refused("This page is the facilitator's.", 403)

        def make() -> dict[str, Any]:
            frame = self.shell.viewer.facilitator()
            return {**frame, "key": secrets.token_hex(8), "steps": STEPS, "figures": figures_of(frame)}

        return await self._page("lead.html", make)

    async def steer(self, request: Request) -> Response:
        """Do what the facilitator asks for."""
        if not self.leads(request):
            return await self._refused("This is the facilitator's to do.", 403)
        form = read_form(await request.body())
        what, back = request.path_params["what"], "/projector" if one(form, "from") == "projector" else "/lead"
        if what != "debrief":
            self.shell.said = ""
            await self.shell.do(partial(self._steer, what, form))
        if what == "debrief" or (what == "turn" and self.shell.debrief is None):
            self.shell.start_debrief()
        return self._to(back)

    def _steer(self, what: str, form: Fields) -> None:
        room, key = self.room, f"lead {one(form, 'key')[:32]}"
        ways: dict[str, Callable[[], object]] = {
            "close": lambda: room.close(number(form, "stage")),
            "undo": lambda: room.undo(key) if number(form, "stage") == len(room.state.closed) else None,
            "pause": lambda: room.pause(True), "go": lambda: room.pause(False),
            "extend": lambda: room.extend(1.0, key), "open_door": lambda: room.set_door(True),
            "close_door": lambda: room.set_door(False), "free": lambda: room.free(one(form, "member")),
            "open_seal": room.open_seal, "turn": lambda: room.turn(number(form, "step")),
        }  # fmt: skip
        if what not in ways:
            raise DesignError([Problem("steer", "there is no such thing to do")])
        ways[what]()

    async def debrief(self, request: Request) -> Response:
        """Show the debrief, to everybody, once the seal is open and it is made."""
        if self.shell.debrief is None or not self.room.state.opened:
            return await self._refused("There is no debrief yet.", 404)

        def make() -> dict[str, Any]:
            return {**self.shell.viewer.projector(), **self.shell.debrief_frame(), "style": ""}

        return await self._page("debrief.html", make)

    async def state(self, request: Request) -> Response:
        """Return the number of the newest version, for pages that have no socket."""
        from starlette.responses import JSONResponse

        return JSONResponse(self.shell.told())

    async def _act(
        self, request: Request, take: Callable[[Member, Fields], None], quiet: bool = False
    ) -> Response:
        acting = await self._acting(request)
        if not isinstance(acting, tuple):
            return acting
        await self.shell.do(partial(take, *acting), quiet)
        return self._to("/seat")

    async def _acting(self, request: Request) -> tuple[Member, Fields] | Response:
        """Return who acts with what form, or the refusal of somebody who may not."""
        member = self.member(request)
        if member is None:
            return await self._refused("You have no seat here.", 403)
        if not self.shell.acts.allows(token_hash(member.token)):
            return await self._refused("Too much at once; wait for ten seconds.", 429)
        return member, read_form(await request.body())

    async def refusal(self, request: Request, error: Exception) -> Response:
        """Answer a refusal of the room with a page that says it in words."""
        assert isinstance(error, DemarcheError)
        return await self._refused(words_of(error), 400)

    async def _page(self, name: str, make: Callable[[], dict[str, Any]], status: int = 200) -> Response:
        from starlette.responses import HTMLResponse

        return HTMLResponse(render(name, await self.shell.see(make)), status)

    async def _refused(self, what: str, status: int) -> Response:
        return await self._page("refused.html", lambda: {"fault": what}, status)

    def _seated(self, where: str, cookie: str, token: str) -> Response:
        answer = self._to(where)
        answer.set_cookie(cookie, token, max_age=COOKIE_SECONDS, path="/", httponly=True, samesite="strict")
        return answer

    def _to(self, where: str) -> Response:
        from starlette.responses import RedirectResponse

        return RedirectResponse(where, 303)
