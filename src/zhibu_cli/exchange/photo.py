"""When a photo was taken, as the camera wrote it into the file."""

from __future__ import annotations

import logging
from datetime import datetime
from io import BytesIO

_TAGS = ("EXIF DateTimeOriginal", "EXIF DateTimeDigitized")
"""Not ``Image DateTime``: that is when the file was changed last."""


def taken_at(data: bytes) -> str:
    """``2026-03-05T14:31``, local time of the camera; empty where the file does not say.

    A damaged file says nothing: what the camera wrote is shown beside the record, never judged by.
    """
    from exifread import process_file  # noqa: PLC0415 - for those who attach a photo only

    logging.getLogger("exifread").setLevel(logging.CRITICAL)
    try:
        tags = process_file(BytesIO(data), details=False, extract_thumbnail=False)
    except Exception:  # noqa: BLE001 - pictures come from anywhere, the reader fails in any way
        return ""
    return next(filter(None, (_moment(tags.get(name)) for name in _TAGS)), "")


def _moment(value: object) -> str:
    try:
        moment = datetime.strptime(str(value).strip("\0 ")[:16], "%Y:%m:%d %H:%M")
    except ValueError:
        return ""
    return moment.isoformat(timespec="minutes")
