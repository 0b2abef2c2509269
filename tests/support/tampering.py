"""Results folders as they come from elsewhere: bits turned over, manifests and ledgers edited with fitting seals."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from demarche.experiment.ledger.ledger import SUM_BITS, TABLES, seal
from demarche.experiment.results.manifest import _digest
from demarche.experiment.tables.files import json_bytes

DEEP: Any = "x"
for _ in range(60):
    DEEP = [DEEP]
SPLINTERS: tuple[Any, ...] = (
    "../sentinel/diary.txt", "/etc/passwd", "C:\\diary.txt", "sentinel\\diary.txt", "", "a" * 3000, "\x1b[31mred",
    "\u202eabc", "line\nline", None, True, -1, 0, 10**18, 1e300, 0.5, [], {}, ["x"], {"x": 1}, DEEP, "runs.parquet",
)


def reseal(path: Path, content: dict[str, Any]) -> None:
    """Write a manifest with a checksum of its own."""
    content.pop("sha256", None)
    path.write_bytes(json_bytes({**content, "sha256": _digest(content)}))


def forge(root: Path, change: Any) -> None:
    """Change what a manifest says, as somebody would who knows how it is sealed."""
    content = json.loads((root / "manifest.json").read_bytes())
    change(content)
    reseal(root / "manifest.json", content)


def flip(path: Path, luck: random.Random) -> None:
    """Turn one bit of a file over."""
    content = bytearray(path.read_bytes())
    content[luck.randrange(len(content))] ^= 1 << luck.randrange(8)
    path.write_bytes(content)


def edit_manifest(path: Path, luck: random.Random) -> str:
    """Change, remove or add something anywhere in a manifest, seal it anew, and say what was done."""
    content = json.loads(path.read_bytes())
    del content["sha256"]
    before = json.dumps(content, sort_keys=True)
    told = ""
    while json.dumps(content, sort_keys=True) == before:
        node, way = content, ""
        while True:
            key = luck.choice(list(node)) if isinstance(node, dict) else luck.randrange(len(node))
            way += f"/{key}"
            inner = node[key]
            if not isinstance(inner, (dict, list)) or not inner or luck.random() < 0.2:
                break
            node = inner
        told = f"{way} {luck.choice(('replace', 'remove', 'add'))}"
        if told.endswith("replace"):
            node[key] = luck.choice(SPLINTERS)
        elif told.endswith("remove"):
            del node[key]
        elif isinstance(node, dict):
            node[luck.choice(("extra", "../x", "sha"))] = luck.choice(SPLINTERS)
        else:
            node.append(luck.choice(SPLINTERS))
    reseal(path, content)
    return told


def edit_ledger(path: Path, luck: random.Random) -> str:
    """Change, remove or add a row of a ledger, seal it anew, and say what was done."""
    with sqlite3.connect(path) as connection:
        names = [name for name in TABLES if connection.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0]]
        table = luck.choice(names)
        rows = [row[:-1] for row in connection.execute(f"SELECT * FROM {table}")]
        rows = [row for row in rows if row[0] != "sum"]
        row, place = list(luck.choice(rows)), luck.randrange(len(TABLES[table]))
        key = TABLES[table][0].split()[0]
        what = luck.choice(("replace", "remove", "schema"))
        if what == "schema":
            connection.execute(f"CREATE TRIGGER harm AFTER INSERT ON {table} BEGIN DELETE FROM runs; END")
        connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (row[0],))
        if what != "remove":
            value = row[place]
            while value == row[place]:
                value = luck.choice([one for one in SPLINTERS if not isinstance(one, (list, dict))])
            row[place] = value
            marks = ", ".join("?" * (len(row) + 1))
            with suppress(sqlite3.IntegrityError):  # a key that no column takes: the row is removed then
                connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", (*row, b""))
        _seal_all(connection)
    connection.close()
    return f"{table} {TABLES[table][place]} {what}"


def _seal_all(connection: sqlite3.Connection) -> None:
    total = 0
    for table in TABLES:
        key = TABLES[table][0].split()[0]
        for *row, _ in connection.execute(f"SELECT * FROM {table}").fetchall():
            if (table, row[0]) == ("facts", "sum"):
                continue
            made = seal(table, tuple(row))
            total += int.from_bytes(made, "big")
            connection.execute(f"UPDATE {table} SET seal = ? WHERE {key} IS ?", (made, row[0]))
    row = ("sum", f"{total % 2**SUM_BITS:064x}")
    connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", (*row, seal("facts", row)))
