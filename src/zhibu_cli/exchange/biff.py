"""Find in an old .xls what the reader does not tell.

It gives cells that hold an error value as empty, and an empty cell says something else than #N/A; it
does not say which rows are hidden, and counts every serial number of a day from 1900. Only this is
looked for, so only what is needed of the container ([MS-CFB]) and of the records ([MS-XLS]) is
understood; a file that cannot be followed gives nothing and is left to the reader.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from zhibu_cli.exchange.prescan import Seen
from zhibu_cli.exchange.raw import ERROR_VALUE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_END = 0xFFFFFFF0
_SST, _DIMENSIONS, _MULRK = 0xFC, 0x200, 0xBD
_CELLS = frozenset({0x06, 0xBD, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E})
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_BOUNDSHEET, _BOF, _EOF, _BOOLERR, _FORMULA = 0x85, 0x809, 0x0A, 0x205, 0x06
_DATEMODE, _ROW, _HIDDEN = 0x22, 0x208, 0x20


def look_through(data: bytes) -> tuple[list[Seen], bool]:
    """What was seen of each worksheet in order, and whether days count from 1904; empty if unreadable."""
    try:
        stream = _workbook(data)
        return [_seen(stream, at) for at in _sheets(stream)], _from_1904(stream)
    except (struct.error, IndexError, ValueError):
        return [], False


def absurd(data: bytes) -> bool:
    """Whether the file claims a size for which the reader would take all memory, or cannot be followed."""
    try:
        stream = _workbook(data)
        return any(_is_absurd(stream, *record) for record in _records(stream, 0))
    except (struct.error, IndexError, ValueError):
        return True


def _is_absurd(stream: bytes, kind: int, at: int, length: int) -> bool:
    if kind == _SST:
        return bool(struct.unpack_from("<I", stream, at + 4)[0] > len(stream))
    if kind == _DIMENSIONS:
        form = "<IIHH" if length >= 14 else "<HHHH"
        first, rows, left, columns = struct.unpack_from(form, stream, at)
        return bool(not first <= rows <= _MOST_ROWS or not left <= columns <= _MOST_COLUMNS)
    # of a row of numbers the last column stands at its end
    place = at + length - 2 if kind == _MULRK else at + 2
    return bool(kind in _CELLS and struct.unpack_from("<H", stream, place)[0] >= _MOST_COLUMNS)


def _workbook(data: bytes) -> bytes:
    """The stream Workbook of the compound file."""
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    directory, _version, cutoff, mini_fat = struct.unpack_from("<IIII", data, 48)
    size = 1 << shift
    if size not in (512, 4096):
        raise ValueError("no compound file")

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    fat = _fat(data, sector, size)
    entries = b"".join(map(sector, _chain(fat, directory)))
    root, book = _entry(entries, ("Root Entry",)), _entry(entries, ("Workbook", "Book"))
    if book[1] >= cutoff:
        return b"".join(map(sector, _chain(fat, book[0])))[: book[1]]
    small = b"".join(map(sector, _chain(fat, root[0])))
    mini = _numbers(b"".join(map(sector, _chain(fat, mini_fat))))
    step = 1 << mini_shift
    return b"".join(small[i * step : (i + 1) * step] for i in _chain(mini, book[0]))[: book[1]]


def _fat(data: bytes, sector: Callable[[int], bytes], size: int) -> list[int]:
    following, _count = struct.unpack_from("<II", data, 68)
    parts = list(struct.unpack_from("<109I", data, 76))
    seen = 0
    while following < _END and seen < 10_000:
        numbers = _numbers(sector(following))
        parts += numbers[:-1]
        following = numbers[-1]
        seen += 1
    return _numbers(b"".join(sector(part) for part in parts if part < len(data) // size))


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _chain(table: list[int], start: int) -> Iterator[int]:
    for _ in range(len(table)):  # never longer than the table, whatever a damaged one says
        if start >= _END:
            return
        yield start
        start = table[start]


def _entry(entries: bytes, names: tuple[str, ...]) -> tuple[int, int]:
    """First sector and size of a stream."""
    for at in range(0, len(entries) - 127, 128):
        (length,) = struct.unpack_from("<H", entries, at + 64)
        if entries[at : at + max(length - 2, 0)].decode("utf-16-le", errors="replace") in names:
            start, size = struct.unpack_from("<II", entries, at + 116)
            return start, size
    raise ValueError(names[0])


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, length
        at += 4 + length


def _sheets(stream: bytes) -> list[int]:
    """Where each worksheet begins."""
    found: list[int] = []
    for kind, at, _length in _records(stream, 0):
        if kind == _EOF:
            break
        if kind == _BOUNDSHEET and stream[at + 5] == 0:
            found.append(struct.unpack_from("<I", stream, at)[0])
    return found


def _from_1904(stream: bytes) -> bool:
    for kind, at, _length in _records(stream, 0):
        if kind in (_EOF, _DATEMODE):
            return kind == _DATEMODE and stream[at] == 1
    return False


def _seen(stream: bytes, start: int) -> Seen:
    """The error cells (row number, column index) and the hidden rows of a worksheet."""
    found = Seen()
    depth = 0
    for kind, at, _length in _records(stream, start):
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            break
        if kind == _ROW and stream[at + 12] & _HIDDEN:
            found.hidden.append(struct.unpack_from("<H", stream, at)[0] + 1)
        if kind == _BOOLERR:
            wrong = stream[at + 7] == 1
        else:
            wrong = kind == _FORMULA and stream[at + 6] == 2 and stream[at + 12 : at + 14] == b"\xff\xff"
        if wrong:
            row, column = struct.unpack_from("<HH", stream, at)
            found.broken[row + 1, column] = ERROR_VALUE
    return found
