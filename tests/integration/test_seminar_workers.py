"""The debrief of a served room: a killed worker changes no figure, a killed server leaves no process."""

from __future__ import annotations

import os
import signal
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.integration.test_seminar_browser import Server, served
from tests.support.survivor import processes_below

from demarche.scenario.load import load_scenario
from demarche.seminar.debrief import make_debrief
from demarche.seminar.led import debrief_page
from demarche.seminar.log import Log
from demarche.seminar.orders import Order
from demarche.seminar.room import Room
from demarche.seminar.server.shell import SERVED_DRAWS, SERVED_PAIRS

pytestmark = [
    pytest.mark.long,
    pytest.mark.classroom,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are read from /proc"),
]
SECONDS = 300.0
SCENARIO = ROOT / "scenarios" / "quiet_or_vocal_invented.yaml"


def until(true: Callable[[], bool], what: str) -> None:
    """Wait until something is true."""
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def is_there(server: Server) -> bool:
    try:
        urllib.request.urlopen(f"{server.address}/debrief").read()
    except urllib.error.HTTPError:
        return False
    return True


def begin(server: Server) -> None:
    """Let the facilitator in, open the seal and begin with the debrief."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    opener.open(f"{server.address}/key/{server.key}")
    for what in ("open_seal", "debrief"):
        body = urllib.parse.urlencode({"stage": 8, "key": what}).encode()
        opener.open(urllib.request.Request(f"{server.address}/lead/{what}", body, {"Origin": server.address}))


def workers(server: Server) -> list[int]:
    """Return the processes that simulate for a server: they descend from a process that it started."""
    below = processes_below(server.process.pid)
    return [one for one in below if not processes_below(one) and cpu_of(one) > 0.5]


def cpu_of(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_killed_workers_and_servers_leave_figures_and_computer_as_they_were(tmp_path: Path) -> None:
    pytest.importorskip("uvicorn", reason="the server needs the extra demarche[seminar]")
    scenario = load_scenario(SCENARIO)
    room = Room.open_new(scenario, tmp_path / "room.sqlite", "domestic_engine", 77)
    for stage in range(len(room.stages)):
        if stage % 2 == 0:
            room.order(Order("france", "posture", "public"), stage)
        room.close(stage)
    room.open_seal()
    room.log.close()
    with served(SCENARIO, tmp_path) as server:
        begin(server)
        until(lambda: bool(workers(server)), "nobody simulates")
        left = processes_below(server.process.pid)
        server.kill()
        until(lambda: not [one for one in left if Path(f"/proc/{one}").exists()], "a process is left")
        server.start()
        begin(server)
        until(lambda: bool(workers(server)), "nobody simulates")
        os.kill(workers(server)[0], signal.SIGKILL)
        until(lambda: is_there(server), "the debrief does not come")
    again = Room(scenario, Log(tmp_path / "room.sqlite"))
    undisturbed = debrief_page(again, make_debrief(again, tmp_path / "undisturbed", SERVED_PAIRS, SERVED_DRAWS, 1))
    assert (tmp_path / "room_debrief_2" / "debrief.html").read_text(encoding="utf-8") == undisturbed
    assert not (tmp_path / "room_debrief" / "debrief.html").exists()
    again.log.close()
