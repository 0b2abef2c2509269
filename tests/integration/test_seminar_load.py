"""Many sockets at once, and one that never reads: how long news takes, and how much memory."""

from __future__ import annotations

import asyncio
import re
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.integration.test_seminar_browser import served

pytestmark = [pytest.mark.long, pytest.mark.lesson]
SOCKETS, SECONDS, MEGABYTES = 500, 1.0, 200


def memory_of(process: int) -> float:
    """Return the resident memory of a process, MB."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) / 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_five_hundred_sockets_and_one_that_never_reads(tmp_path: Path) -> None:
    websockets = pytest.importorskip("websockets", reason="the server needs the extra demarche[seminar]")
    pytest.importorskip("uvicorn", reason="the server needs the extra demarche[seminar]")
    with served(ROOT / "scenarios" / "quiet_or_vocal_invented.yaml", tmp_path) as server:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        opener.open(f"{server.address}/key/{server.key}")
        empty = memory_of(server.process.pid)

        def close(stage: int) -> None:
            body = urllib.parse.urlencode({"stage": stage, "key": stage}).encode()
            opener.open(urllib.request.Request(f"{server.address}/lead/close", body, {"Origin": server.address}))

        async def listen() -> list[float]:
            address = server.address.replace("http", "ws") + "/live"
            sockets = [await websockets.connect(address, origin=server.address) for _ in range(SOCKETS)]
            silent = await websockets.connect(address, origin=server.address, max_queue=1)
            for one in sockets:
                await one.recv()
            told: list[float] = []

            async def wait(one: object) -> None:
                await one.recv()  # type: ignore[attr-defined]
                told.append(time.monotonic())

            waiting = [asyncio.create_task(wait(one)) for one in sockets]
            await asyncio.to_thread(close, 0)
            await asyncio.wait_for(asyncio.gather(*waiting), 20)
            assert silent.latency == 0
            first = min(told)
            for one in (*sockets, silent):
                await one.close()
            return sorted(moment - first for moment in told)

        delays = asyncio.run(listen())
        used = memory_of(server.process.pid)
    p95 = delays[int(0.95 * len(delays))]
    print(f"p95 {p95:.2f} s, memory {empty:.0f} MB before, {used:.0f} MB with sockets")
    assert p95 < SECONDS
    assert used < MEGABYTES
