"""A wheel in an environment of its own, without network: kit, room, debrief and explorer work."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT

pytestmark = [
    pytest.mark.long,
    pytest.mark.classroom,
    pytest.mark.skipif(shutil.which("unshare") is None, reason="a network is taken away with unshare"),
]
OFFLINE = """
import fcntl, http.cookiejar, re, socket, struct, subprocess, sys, time, urllib.error, urllib.parse, urllib.request
from pathlib import Path

fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh14s", b"lo", 0x41, b""))  # loopback up, and nothing else
try:
    socket.create_connection(("192.0.2.1", 80), 2)
    sys.exit("there is a network")
except OSError:
    pass
import demarche

assert "site-packages" in demarche.__file__ and Path(demarche.__file__).is_relative_to(sys.prefix), demarche.__file__
tool = [sys.executable, "-m", "demarche"]
scenario = "scenarios/quiet_or_vocal_invented.yaml"
subprocess.run([*tool, "init", "."], check=True, stdout=subprocess.DEVNULL)
subprocess.run([*tool, "seminar", "kit", scenario, "kit"], check=True)


def served(*command):
    process = subprocess.Popen([*tool, "seminar", *command, "--port", "8797"], stdout=subprocess.PIPE, text=True)
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", 8797)) == 0:
                return process
        time.sleep(0.1)
    sys.exit("no server")


home = "http://127.0.0.1:8797"
process = served("serve", scenario)
told = "".join(process.stdout.readline() for _ in range(4))
code, key = re.search("Room ([A-Z0-9]{6})", told)[1], re.search("/key/(\\S+)", told)[1]


def browser():
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))


def send(who, where, **form):
    body = urllib.parse.urlencode(form).encode()
    return who.open(urllib.request.Request(home + where, body, {"Origin": home})).read().decode()


lead, student = browser(), browser()
lead.open(f"{home}/key/{key}")
assert "Your moves" in send(student, "/join", code=code, seat="france")
send(student, "/order", **{"stage": 0, "act.posture": "public"})
for stage in range(8):
    send(lead, "/lead/close", stage=stage, key=stage)
for where in ("/", "/projector", "/qr.svg", "/static/room.css", "/static/room.js", "/state", "/lead"):
    page = lead.open(home + where).read().decode()
    outside = re.findall("(?:src|href|action)=.(?:https?:)?//[^>]*", page)
    assert not outside, (where, outside)
send(lead, "/lead/open_seal", key="o")
send(lead, "/lead/debrief", key="d")
for _ in range(600):
    try:
        assert "7. Your own counterfactual" in lead.open(home + "/debrief").read().decode()
        break
    except urllib.error.HTTPError:
        time.sleep(0.5)
else:
    sys.exit("no debrief")
process.kill()
process.wait()
process = served("explore", scenario)
for where in ("/", "/static/explore.js", "/static/explore.css", "/why.css", "/year?year=1995", "/explored.yaml"):
    assert urllib.request.urlopen(home + where).read()
assert b"quantiles" in urllib.request.urlopen(home + "/fan?arm=vocal").readline()
process.kill()
print("all served")
"""


def test_a_wheel_serves_everything_without_a_network(tmp_path: Path) -> None:
    pytest.importorskip("uvicorn", reason="the server needs the extra demarche[seminar]")
    if subprocess.run(["unshare", "--net", "true"], check=False, capture_output=True).returncode:
        pytest.skip("a network may not be taken away here")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", tmp_path, ROOT], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "bare"], check=True)
    python = tmp_path / "bare" / "bin" / "python"
    subprocess.run([python, *pip[1:], "install", "--no-deps", "--no-index", wheel], check=True)
    (packages,) = (tmp_path / "bare" / "lib").glob("python*/site-packages")
    # what it depends on is lent by the environment of the tests, but nothing of this checkout
    lent = [path for path in sys.path if "packages" in path or Path(path, "starlette").is_dir()]
    (packages / "lent.pth").write_text("\n".join(lent), encoding="utf-8")
    (tmp_path / "work").mkdir()
    done = subprocess.run(
        ["unshare", "--net", python, "-c", OFFLINE], cwd=tmp_path / "work",
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True, text=True, check=False, timeout=560,
    )  # fmt: skip
    assert done.stdout.endswith("all served\n"), done.stdout + done.stderr
