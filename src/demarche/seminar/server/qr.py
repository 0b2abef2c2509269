"""QR codes of addresses as SVG: byte mode, lowest correction, versions 1 to 5 (ISO/IEC 18004), one mask."""

from __future__ import annotations

from collections.abc import Iterator

from demarche.errors import DesignError, Problem

DATA_WORDS = (19, 34, 55, 80, 108)
CHECK_WORDS = (7, 10, 15, 20, 26)
FORMAT = "111011111000100"
"""Lowest correction, mask 0, with its check bits."""

QUIET = 4
Grid = list[list[int | None]]


def _products() -> tuple[list[int], list[int]]:
    """Return powers and logarithms of 2 in the field of 256 elements with the polynomial 0x11D."""
    powers, logs, value = [0] * 255, [0] * 256, 1
    for exponent in range(255):
        powers[exponent], logs[value] = value, exponent
        value = value << 1 ^ (0x11D if value & 0x80 else 0)
    return powers, logs


_POWERS, _LOGS = _products()


def _times(one: int, other: int) -> int:
    return _POWERS[(_LOGS[one] + _LOGS[other]) % 255] if one and other else 0


def _check_words(words: list[int], n: int) -> list[int]:
    """Return the remainder of the words by the generator polynomial of Reed and Solomon."""
    generator = [1]
    for exponent in range(n):
        shifted = [*generator, 0]
        scaled = [0, *(_times(one, _POWERS[exponent]) for one in generator)]
        generator = [one ^ other for one, other in zip(shifted, scaled, strict=True)]
    rest = [*words, *([0] * n)]
    for place in range(len(words)):
        factor = rest[place]
        for offset, one in enumerate(generator):
            rest[place + offset] ^= _times(one, factor)
    return rest[len(words) :]


def _bits(data: bytes, version: int) -> str:
    room = DATA_WORDS[version - 1]
    bits = f"0100{len(data):08b}" + "".join(f"{byte:08b}" for byte in data)
    bits += "0" * min(4, room * 8 - len(bits))
    bits += "0" * (-len(bits) % 8)
    words = [int(bits[start : start + 8], 2) for start in range(0, len(bits), 8)]
    words += [(0xEC, 0x11)[place % 2] for place in range(room - len(words))]
    return "".join(f"{word:08b}" for word in (*words, *_check_words(words, CHECK_WORDS[version - 1])))


def _square(grid: Grid, row: int, column: int, rings: tuple[int, ...]) -> None:
    """Draw rings around a cell: `rings` holds dark or light by distance from it."""
    reach = len(rings) - 1
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            if 0 <= row + down < len(grid) and 0 <= column + right < len(grid):
                grid[row + down][column + right] = rings[max(abs(down), abs(right))]


def _patterns(version: int) -> Grid:
    size = 17 + 4 * version
    grid: Grid = [[None] * size for _ in range(size)]
    for row, column in ((3, 3), (3, size - 4), (size - 4, 3)):
        _square(grid, row, column, (1, 1, 0, 1, 0))
    if version > 1:
        _square(grid, size - 7, size - 7, (1, 0, 1))
    for place in range(8, size - 8):
        grid[6][place] = grid[place][6] = 1 - place % 2
    grid[size - 8][8] = 1
    beside = [*range(6), 7, 8]
    first = [(8, column) for column in beside] + [(row, 8) for row in reversed([*range(6), 7])]
    second = [(size - 1 - place, 8) for place in range(7)] + [(8, size - 8 + place) for place in range(8)]
    for cells in (first, second):
        for (row, column), bit in zip(cells, FORMAT, strict=True):
            grid[row][column] = int(bit)
    return grid


def _free_cells(grid: Grid) -> Iterator[tuple[int, int]]:
    """Yield the cells for data: two columns at a time from the right, up and down in turn."""
    size, up = len(grid), True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for row in reversed(range(size)) if up else range(size):
            yield from ((row, column) for column in (right, right - 1) if grid[row][column] is None)
        up = not up


def qr_matrix(text: str) -> list[list[int]]:
    """Return the code of a text as rows of 1 (dark) and 0, without its quiet zone.

    Raises
    ------
    DesignError
        If the text is longer than 106 bytes.
    """
    data = text.encode()
    version = next((n for n, room in enumerate(DATA_WORDS, start=1) if len(data) + 2 <= room), None)
    if version is None:
        raise DesignError([Problem("address", "the address is too long for a QR code", str(len(data)), "106 bytes")])
    grid = _patterns(version)
    cells, bits = list(_free_cells(grid)), _bits(data, version)
    for place, (row, column) in enumerate(cells):
        bit = int(bits[place]) if place < len(bits) else 0
        grid[row][column] = bit ^ ((row + column) % 2 == 0)
    return [[int(cell or 0) for cell in row] for row in grid]


def qr_svg(text: str) -> str:
    """Return the code of a text as SVG with its quiet zone."""
    matrix = qr_matrix(text)
    size = len(matrix) + 2 * QUIET
    dark = "".join(
        f"M{column + QUIET} {row + QUIET}h1v1h-1z" for row, line in enumerate(matrix)
        for column, cell in enumerate(line) if cell
    )  # fmt: skip
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img" aria-label="QR code">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{dark}"/></svg>'
    )
