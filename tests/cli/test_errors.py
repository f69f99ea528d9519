"""No traceback reaches a user; every error class has its code."""

from __future__ import annotations

import errno
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zhibu_cli import errors
from zhibu_cli.cli.failing import explain, tell
from zhibu_cli.errors import ZhibuError

if TYPE_CHECKING:
    from tests.cli.conftest import Run

CLASSES = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ZhibuError)]


@pytest.mark.parametrize("kind", CLASSES)
def test_each_error_is_two_chinese_lines_and_its_own_code(
    kind: type[ZhibuError], capsys: pytest.CaptureFixture[str]
) -> None:
    assert 10 <= kind.exit_code <= 19
    assert tell(kind("出了什么事。", hint="该怎么办。")) == kind.exit_code
    assert capsys.readouterr().err == "错误：出了什么事。\n提示：该怎么办。\n"


def test_no_two_error_classes_share_a_code() -> None:
    codes = [kind.exit_code for kind in CLASSES if kind is not ZhibuError]
    assert len(codes) == len(set(codes))


def test_an_error_nobody_thought_of_is_one_line_and_a_log_file(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError as error:
        code = tell(error)
    err = capsys.readouterr().err
    assert code == 70
    assert "Traceback" not in err
    match = re.search(r"请把 (\S+\.log) 发给维护者", err)
    assert match is not None
    log = Path(match[1])
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    log.unlink()


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (FileNotFoundError(2, "no", "甲.txt"), "找不到文件或文件夹：甲.txt"),
        (PermissionError(13, "no", "甲.xlsx"), "没有权限读写：甲.xlsx"),
        (OSError(28, "full", "甲.db"), "读写失败（磁盘空间不足）：甲.db"),
        (OSError(errno.ELOOP, "loop", "甲.pdf"), "读写失败（链接绕成了圈）：甲.pdf"),
    ],
)
def test_trouble_with_files_is_told_in_chinese(error: OSError, says: str) -> None:
    assert explain(error).message == says
    assert explain(error).hint


def test_without_a_ledger_the_next_step_is_named(zhibu: Run) -> None:
    answer = zhibu("check")
    assert answer.code == 10
    assert "zhibu init" in answer.err


def test_an_unknown_number_is_code_14(branch: Run) -> None:
    assert branch("show", "S99").code == 14


@pytest.mark.parametrize("change", ["=x", "＝x", " =x", "x", "不存在=x", "="])
def test_a_change_that_names_no_field_is_wrong_usage_and_changes_nothing(branch: Run, change: str) -> None:
    assert branch("record", "lecture", "--date", "3月5日", "--theme", "学习").code == 0
    answer = branch("amend", "S1", "--set", change, "--reason", "乙")
    assert answer.code == 2
    assert "的字段有：类型、日期" in answer.err
    told = branch("history", "S1").out
    assert "第 1 版" in told
    assert "第 2 版" not in told


def test_what_is_no_number_at_all_is_wrong_usage(branch: Run) -> None:
    answer = branch("amend", "党员大会", "--set", "地点=甲", "--reason", "乙")
    assert answer.code == 2
    assert "不是记录编号" in answer.err
