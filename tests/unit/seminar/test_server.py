"""The server of a room: forms without scripts, tokens, origins, sizes, hostile text, layers on every page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from demarche.errors import DesignError
from demarche.scenario.content import Scenario
from demarche.seminar.pages import render
from demarche.seminar.room import Room
from demarche.seminar.server.forms import orders_of, read_form
from demarche.seminar.server.guard import MAX_BODY, Rate, is_own
from demarche.seminar.server.qr import qr_matrix, qr_svg
from demarche.seminar.server.shell import Shell
from tests.unit.seminar.test_room import new_room

HOST = "127.0.0.1:8765"
OWN = {"origin": f"http://{HOST}"}
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}"


@dataclass
class Served:
    """A room with clients: each browser has its own cookies."""

    shell: Shell
    browser: Any
    first: Any

    def open(self) -> Any:
        return self.browser()


@pytest.fixture
def served(small: Scenario, tmp_path: Path) -> Iterator[Served]:
    pytest.importorskip("starlette", reason="the server needs the extra demarche[seminar]")
    pytest.importorskip("httpx2", reason="its tests need httpx2")
    from starlette.testclient import TestClient

    from demarche.seminar.server.app import make_app

    shell = Shell(new_room(small, tmp_path), f"http://{HOST}")
    app = make_app(shell, {HOST})
    with TestClient(app, base_url=f"http://{HOST}") as first:
        yield Served(shell, lambda: TestClient(app, base_url=f"http://{HOST}"), first)


def sit(served: Served, seat: str) -> Any:
    browser = served.open()
    answer = browser.post("/join", data={"code": served.shell.room.state.code, "seat": seat}, headers=OWN)
    assert answer.status_code == 200, answer.text
    return browser


def lead(served: Served) -> Any:
    browser = served.open()
    assert browser.get(f"/key/{served.shell.key}").status_code == 200
    return browser


def kinds(served: Served) -> list[str]:
    return [one.kind for one in served.shell.room.log.read()]


@pytest.mark.long
def test_a_round_is_played_with_forms_alone(served: Served) -> None:
    room, facilitator = served.shell.room, lead(served)
    first = served.open().get("/", params={"code": room.state.code.lower()})
    assert 'name="seat" value="france"' in first.text
    france = sit(served, "france")
    assert "Your moves" in france.get("/seat").text
    sent = {"stage": "0", "act.posture": "both", "act.sponsor": "join", "act.argument": ""}
    assert france.post("/order", data=sent, headers=OWN).status_code == 200
    assert {key[1]: order.option for key, order in room.state.orders.items()} == {"posture": "both", "sponsor": "join"}
    assert re.search(r'value="both"\s+checked', france.get("/seat").text), "the page shows what was sent"
    critic = sit(served, "critic")
    called = {"stage": "0", "act.canvass": "visit", "target.canvass": ["MEX", "", "PHL"]}
    assert critic.post("/order", data=called, headers=OWN).status_code == 200
    assert room.state.orders["critic", "canvass"].targets == ("MEX", "PHL")
    assert facilitator.post("/lead/close", data={"stage": "0", "key": "a"}, headers=OWN).status_code == 200
    assert "the session" in france.get("/seat").text
    late = france.post("/order", data=sent, headers=OWN)
    assert late.status_code == 400
    assert "This stage is closed" in late.text
    ballot = {"stage": "1", "act.vote_no_action": "no", "act.vote_text": "yes"}
    assert france.post("/order", data=ballot, headers=OWN).status_code == 200
    facilitator.post("/lead/close", data={"stage": "1", "key": "b"}, headers=OWN)
    assert room.rounds_closed == 1
    assert "Round 1, 1991" in served.open().get("/projector").text
    facilitator.post("/lead/undo", data={"stage": "2", "key": "c"}, headers=OWN)
    facilitator.post("/lead/undo", data={"stage": "2", "key": "d"}, headers=OWN)
    assert len(room.state.closed) == 1, "what was meant for a stage that is gone takes nothing back"


@pytest.mark.long
def test_who_has_no_token_or_another_one_is_refused_without_a_change(
    served: Served, tmp_path: Path
) -> None:
    sit(served, "france")
    before = kinds(served)
    nobody, student = served.open(), sit(served, "critic")
    forged = served.open()
    forged.cookies.set("seat", "x" * 32)
    order = {"stage": "0", "act.posture": "both"}
    for browser in (nobody, forged):
        assert browser.get("/seat").status_code == 403
        assert browser.post("/order", data=order, headers=OWN).status_code == 403
    student.cookies.set("lead", student.cookies["seat"])
    for browser in (nobody, student):
        assert browser.get("/lead").status_code == 403
        assert browser.post("/lead/close", data={"stage": "0"}, headers=OWN).status_code == 403
    assert kinds(served) == [*before, "joined"]
    other = Room.open_new(served.shell.room.scenario, tmp_path / "other.sqlite")
    foreign, gone = served.open(), sit(served, "bloc")
    foreign.cookies.set("seat", other.join("france")[1])
    served.shell.room.free("bloc-1")
    for browser in (foreign, gone):
        assert browser.post("/order", data=order, headers=OWN).status_code == 403
        assert browser.get("/seat").status_code == 403
    other.log.close()
    before = kinds(served)
    key = served.shell.key
    lead(served)
    assert served.open().get(f"/key/{key}").status_code == 403, "a key is used once"
    assert kinds(served) == [*before, "led"]


@pytest.mark.long
def test_what_comes_from_elsewhere_or_is_too_large_is_refused(served: Served) -> None:
    france = sit(served, "france")
    before = kinds(served)
    order = {"stage": "0", "act.posture": "both"}
    for headers in ({}, {"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
                    {"sec-fetch-site": "same-site"}):  # fmt: skip
        assert france.post("/order", data=order, headers=headers).status_code == 403
    assert france.get("/seat", headers={"host": "evil.example"}).status_code == 421
    assert france.post("/order", data={**order, "x": "y" * MAX_BODY}, headers=OWN).status_code == 413

    def pieces() -> Iterator[bytes]:
        for _ in range(8):
            yield b"y" * 1000

    assert france.post("/order", content=pieces(), headers=OWN).status_code == 413, "without a stated length too"
    for body in (b"\xff\xfe", b"{}", b"stage", b"&".join(b"a%d=1" % n for n in range(80))):
        assert france.post("/order", content=body, headers=OWN).status_code == 400
    for bad in ({"stage": "0", "act.posture": "loud"}, {"stage": "-1", "act.posture": "both"},
                {"stage": "9" * 30, "act.posture": "both"}, {"stage": "0", "act.../etc": "both"},
                {"stage": "0", "act.posture": ["both", "public"]}):  # fmt: skip
        assert france.post("/order", data=bad, headers=OWN).status_code == 400
    from starlette.websockets import WebSocketDisconnect

    foreign = {"origin": "http://evil.example", "host": HOST}
    with pytest.raises(WebSocketDisconnect) as refused, france.websocket_connect("/live", headers=foreign):
        pass
    assert "did not come" in refused.value.reason
    assert kinds(served) == before


@pytest.mark.long
def test_hostile_text_is_inert_and_nothing_comes_from_outside(served: Served) -> None:
    france = sit(served, "france")
    assert france.post("/say", data={"text": HOSTILE, "to": "", "key": "1"}, headers=OWN).status_code == 200
    france.post("/say", data={"text": HOSTILE, "to": "", "key": "1"}, headers=OWN)
    assert kinds(served).count("said") == 1, "sent twice, said once"
    pages = [france.get("/seat"), served.open().get("/projector"), lead(served).get("/lead"), served.open().get("/")]
    for answer in pages:
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not re.findall(r"""(?:src|href|action)=["'](?!/)[^"'#]""", answer.text), "all addresses are our own"
        tags = " ".join(re.findall(r"<[^>]*>", answer.text))
        assert not re.search(r"<script(?! src)|<style|\son\w+=|\sstyle=", tags)
    assert "&lt;script&gt;alert(1)" in pages[0].text
    assert "{{ 7 * 7 }}" in pages[0].text


@pytest.mark.long
def test_no_page_of_a_sealed_room_holds_what_is_hidden(served: Served) -> None:
    room, france, facilitator = served.shell.room, sit(served, "france"), lead(served)
    sit(served, "critic").post("/order", data={"stage": "0", "act.posture": "private_first"}, headers=OWN)
    facilitator.post("/lead/close", data={"stage": "0", "key": "a"}, headers=OWN)
    pages = [france.get("/seat").text, served.open().get("/projector").text, facilitator.get("/lead").text,
             france.get("/state").text]  # fmt: skip
    for text in pages:
        for hidden in (room.state.salt, str(room.state.seed), str(room.worlds.seed), "private_first"):
            assert hidden not in text.split("Your moves")[0]
    for text in pages[1:]:
        assert "strategic" not in text
        assert "domestic" not in text


@pytest.mark.long
def test_sockets_tell_that_there_is_news(served: Served) -> None:
    browser = served.first  # of one event loop, as a server has it
    with browser.websocket_connect("/live", headers={**OWN, "host": HOST}) as socket:
        first = socket.receive_json()
        browser.post("/join", data={"code": served.shell.room.state.code, "seat": "france"}, headers=OWN)
        assert socket.receive_json()["version"] != first["version"]
        assert set(first) == {"version", "news", "seconds_left"}
    assert served.open().get("/qr.svg").headers["content-type"].startswith("image/svg+xml")
    for name in ("room.css", "room.js"):
        assert served.open().get(f"/static/{name}").status_code == 200
    assert served.open().get("/static/..%2Fapp.py").status_code == 404


@pytest.mark.long
def test_two_of_a_delegation_do_not_undo_each_other(served: Served) -> None:
    one, other = sit(served, "france"), sit(served, "france")
    seen = {"stage": "0", "was.posture": "", "was.sponsor": ""}
    one.post("/order", data={**seen, "act.posture": "both", "act.sponsor": ""}, headers=OWN)
    other.post("/order", data={**seen, "act.posture": "", "act.sponsor": "join"}, headers=OWN)
    given = {key[1]: order.option for key, order in served.shell.room.state.orders.items()}
    assert given == {"posture": "both", "sponsor": "join"}


@pytest.mark.long
def test_a_flood_is_stopped_by_seat_and_by_code(served: Served) -> None:
    france, critic = sit(served, "france"), sit(served, "critic")
    order = {"stage": "0", "act.posture": "both"}
    answers = [france.post("/order", data=order, headers=OWN).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
    assert critic.post("/order", data=order, headers=OWN).status_code == 200, "others are not held up"
    for _ in range(40):  # a class that joins at once knows the code
        assert served.open().get("/", params={"code": served.shell.room.state.code}).status_code == 200
    assert sit(served, "france").get("/seat").status_code == 200
    tried = {served.open().get("/", params={"code": f"AAAA{n:02d}"}).status_code for n in range(70)}
    assert tried == {404, 429}
    right = served.open().get("/", params={"code": served.shell.room.state.code})
    assert right.status_code == 429, "who guesses does not learn the code while too many are tried"


def test_a_rate_counts_within_its_seconds() -> None:
    now = [0.0]
    rate = Rate(2, 10.0, lambda: now[0])
    assert [rate.allows("a"), rate.allows("a"), rate.allows("a"), rate.allows("b")] == [True, True, False, True]
    now[0] = 10.1
    assert rate.allows("a")


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({"origin": f"http://{HOST}"}, True),
        ({"origin": "http://evil.example", "sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, False),
        ({}, False),
    ],
)
def test_only_pages_of_the_room_change_it(headers: dict[str, str], own: bool) -> None:
    assert is_own(headers, HOST) is own


def test_fields_of_a_form_are_orders() -> None:
    form = read_form(b"stage=0&act.canvass=visit&target.canvass=MEX&target.canvass=&target.canvass=MEX&act.posture=")
    canvass, posture = orders_of(form, "critic")
    assert (canvass.option, canvass.targets, posture.option) == ("visit", ("MEX",), "")
    shown = b"&was.canvass=visit+MEX&was.posture=both"
    (posture,) = orders_of(read_form(b"act.canvass=visit&target.canvass=MEX&act.posture=" + shown), "critic")
    assert posture.act == "posture", "what stands as the page showed it is not ordered again"


def test_a_qr_code_is_what_the_standard_says() -> None:
    """The digest is that of the cells that the package qrcode 8.2 gives for mask 0 and lowest correction."""
    address = "http://192.168.1.20:8765/?code=ABCDEF"
    cells = "".join(str(cell) for row in qr_matrix(address) for cell in row)
    assert len(cells) == 29 * 29
    assert hashlib.sha256(cells.encode()).hexdigest() == MADE_BY_QRCODE
    assert qr_svg(address).count("M") == 1 + cells.count("1")
    with pytest.raises(DesignError, match="too long for a QR code"):
        qr_matrix("a" * 107)


MADE_BY_QRCODE = "6a3165814c1f913abbc358489ad24af86b01c2139cd3d27764b9f7e20cb0babb"


def test_values_of_pages_are_escaped() -> None:
    text = render("refused.html", {"fault": HOSTILE, "version": 1, "news": 1, "said": ""})
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text
