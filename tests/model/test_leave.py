"""Who was on leave, by regulations.md §11: said beforehand, or away by duty, illness, need (公差、病、事)."""

from __future__ import annotations

import pytest

from zhibu_cli.model.leave import on_leave
from zhibu_cli.model.sitting import Absence


@pytest.mark.parametrize(
    "reason",
    [
        "病假",
        "事假",
        "公差",
        "出差",
        "产假",
        "因公外出",
        "家中有事，已请假",
        "住院",
        "外出培训",
        "驻村",
        "参加上级会议",
        "长期病休",
    ],
)
def test_duty_illness_and_need_are_leave(reason: str) -> None:
    assert on_leave(Absence(ref="M1", reason=reason))


@pytest.mark.parametrize(
    "reason", ["", "未请假", "没有请假", "无假", "未履行请假手续", "原因不明", "迟到", "照看设备", "忘记时间"]
)
def test_no_reason_another_one_and_leave_denied_are_none(reason: str) -> None:
    assert not on_leave(Absence(ref="M1", reason=reason))


def test_leave_said_beforehand_needs_no_reason() -> None:
    assert on_leave(Absence(ref="M1", prior_leave=True))
