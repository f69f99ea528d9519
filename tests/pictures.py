"""The smallest JPEG file that says when it was taken."""

from __future__ import annotations

import struct


def photo(taken: str = "2026:03:05 14:41:09", *, changed: str = "2026:03:09 08:00:00") -> bytes:
    """A JPEG with DateTimeOriginal ``taken`` and, as editing programs leave it, DateTime ``changed``."""
    exif_at = 8 + 2 + 2 * 12 + 4
    texts_at = exif_at + 2 + 12 + 4
    first = struct.pack(">H", 2)
    first += struct.pack(">HHII", 0x0132, 2, 20, texts_at + 20) + struct.pack(">HHII", 0x8769, 4, 1, exif_at)
    exif = struct.pack(">H", 1) + struct.pack(">HHII", 0x9003, 2, 20, texts_at)
    end = struct.pack(">I", 0)
    texts = taken.encode().ljust(20, b"\0") + changed.encode().ljust(20, b"\0")
    tiff = b"MM\x00\x2a\x00\x00\x00\x08" + first + end + exif + end + texts
    body = b"Exif\0\0" + tiff
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xd9"
