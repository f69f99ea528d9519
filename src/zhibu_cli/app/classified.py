"""No text with a classification mark is stored (design.md, promise 4)."""

from __future__ import annotations

from zhibu_cli.errors import ClassifiedError
from zhibu_cli.model.secrecy import scan_payload


def refuse_classified(payload: object, where: str = "") -> None:
    """Refuse a text with a classification mark before anything is stored."""
    mark = scan_payload(payload)
    if mark:
        raise ClassifiedError(
            f"{where}内容带有密级标志“{mark}”，没有保存。",
            hint="本程序不得录入国家秘密、工作秘密；请删去涉密内容，原件按保密规定另行保管。",
        )
