"""Whether somebody who did not come was on leave: said so beforehand, or kept away by duty, illness or need.

The one place in which it is decided; every paper that tells 请假 from 缺席 asks here. Source:
regulations.md §11 (事前请假：公差、病、事；长期病休；产假；外出；离退休体弱). Whoever gives no reason, or
another one, is 缺席（原因未填或其他）, which says nothing about the person (design.md: never 无故).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhibu_cli.model.sitting import Absence

LEAVE = "请假"
NOT_LEAVE = "缺席（原因未填或其他）"
RULE = "写明会前请假，或原因属病、事、公差等的计请假，其余未到会的计缺席（原因未填或其他）"
"""The rule in words, for trace and notes."""

_DUTY = "公差|公务|公干|因公|出差|外出|出国|值班|值守|执勤|加班|任务|开会|会议|参会|培训|学习|调研"
_AWAY = "下乡|驻村|挂职|借调|帮扶"
_ILLNESS = "病|住院|就医|就诊|手术|治疗|康复|休养|体检|不适|受伤|骨折|体弱|卧床"
_NEED = "事假|有事|家事|私事|婚|丧|产|哺乳|陪护|探亲"
_SAID = re.compile(f"假|{_DUTY}|{_AWAY}|{_ILLNESS}|{_NEED}")
_DENIED = re.compile(
    r"(?:未|没|没有|无|未经|不)(?:履行|办理|批准|获批|准)?(?:请)?假|无故|旷|擅自|不明|不详|未知"
)


def on_leave(row: Absence) -> bool:
    """Whether the record says that the person was on leave, or kept away by duty, illness or need."""
    if row.prior_leave:
        return True
    return bool(_SAID.search(row.reason)) and not _DENIED.search(row.reason)
