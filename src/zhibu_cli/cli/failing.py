"""Errors as the user sees them: what happened, what to do; never a traceback."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.errors import ExistsError, InputError, LedgerBusyError, ZhibuError, disk_trouble

if TYPE_CHECKING:
    from typer._click.core import Context, Parameter
    from typer._click.exceptions import UsageError

USAGE = 2
UNEXPECTED = 70
"""As sysexits.h has it: an error in the program itself."""


class Told(NamedTuple):
    """The two lines and the code."""

    message: str
    hint: str
    code: int


def tell(error: BaseException) -> int:
    """Print ``错误：`` and ``提示：`` to stderr and return the exit code."""
    from zhibu_cli.cli.asking import note

    told = explain(error)
    _let_go(error)
    note(f"错误：{told.message}")
    if told.hint:
        note(f"提示：{told.hint}")
    return told.code


def explain(error: BaseException) -> Told:
    """Message, hint and code for any exception."""
    from typer._click.exceptions import UsageError

    if isinstance(error, ZhibuError):
        return Told(error.message, error.hint, error.exit_code)
    if isinstance(error, UsageError):
        return _usage(error)
    if isinstance(error, OSError):
        return _file(error) if error.filename is not None else _device(error)
    if isinstance(error, UnicodeEncodeError) and error.encoding != "utf-8":
        # texts are written in UTF-8; only names of files depend on the system
        return Told(
            f"这台电脑现在的语言设置（{error.encoding}）写不出中文文件名。",
            "请先设环境变量 PYTHONUTF8=1，再执行一次。",
            LedgerBusyError.exit_code,
        )
    if _unwritten_sheet(error):
        return Told(
            "表格没有写成：磁盘空间不足，或文件大小超过了限制。",
            "请看磁盘和临时文件夹有没有空间，再执行一次；没有留下写了一半的文件。",
            LedgerBusyError.exit_code,
        )
    return _unexpected(error)


def _unwritten_sheet(error: BaseException | None) -> bool:
    """Whether a sheet could not be written: its maker wraps what the system said into an error of its own."""
    return type(error).__name__ == "SerialisationError" and type(error).__module__.startswith("lxml")


def _let_go(error: BaseException) -> None:
    """Drop the half-made sheets behind an error now: at the program's end each would print a traceback."""
    import gc
    import sys
    import traceback

    if not _unwritten_sheet(error):
        return
    before, sys.unraisablehook = sys.unraisablehook, lambda _unraisable: None
    try:
        traceback.clear_frames(error.__traceback__)
        gc.collect()
    finally:
        sys.unraisablehook = before


def _usage(error: UsageError) -> Told:
    where = error.ctx.command_path if error.ctx else "zhibu"
    return Told(usage_message(error), f"用 {where} --help 看用法。", USAGE)


def usage_message(error: UsageError) -> str:
    """What is wrong with the command line, one Chinese sentence."""
    from typer._click import exceptions as kinds

    if isinstance(error, kinds.NoSuchOption):
        near = "、".join(error.possibilities or ())
        return f"没有“{error.option_name}”这个选项。" + (f"是不是 {near}？" if near else "")
    if isinstance(error, kinds.BadOptionUsage):
        takes = _takes_value(error.ctx, error.option_name)
        return f"选项 {error.option_name} {'后面要写内容' if takes else '后面不写内容'}。"
    if isinstance(error, kinds.MissingParameter):
        return f"缺少{_named(error.param)}。"
    if isinstance(error, kinds.BadParameter):
        message = error.message if _chinese(_QUOTED.sub("", error.message)) else _expected(error.param)
        return f"{_named(error.param)}：{message}" if error.param else message
    return error.message if _chinese(error.message) else "命令写得不完整或不对。"


_QUOTED = re.compile(r"'[^']*'")
"""What the user wrote, in a message of the library's own."""


def _expected(param: Parameter | None) -> str:
    """What should have been written in place of what the library could not read."""
    least, most = (getattr(getattr(param, "type", None), end, None) for end in ("min", "max"))
    if least is None:
        return "写法不对，请看帮助中的写法。"
    return f"请写不小于{least}的整数。" if most is None else f"请写{least}到{most}的整数。"


def _takes_value(ctx: Context | None, name: str) -> bool:
    params = ctx.command.get_params(ctx) if ctx else []
    return not any(name in param.opts and getattr(param, "is_flag", False) for param in params)


def _named(param: Parameter | None) -> str:
    from zhibu_cli.cli.frame import label_of

    if param is None:
        return "必填的内容"
    return f"{'选项' if param.param_type_name == 'option' else '参数'} {label_of(param)}"


def _chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


_FILE_TROUBLE: tuple[tuple[type[OSError], str, str, int], ...] = (
    (FileNotFoundError, "找不到文件或文件夹", "请核对路径。", InputError.exit_code),
    (IsADirectoryError, "这是文件夹，不是文件", "请写到文件名为止。", InputError.exit_code),
    (FileExistsError, "已经存在", "请换一个名字。", ExistsError.exit_code),
    (
        PermissionError,
        "没有权限读写",
        "文件可能正被 WPS 或 Excel 打开，请关闭后再试；或换一个文件夹。",
        LedgerBusyError.exit_code,
    ),
    (OSError, "读写失败", "请核对磁盘空间和权限后再试。", LedgerBusyError.exit_code),
)
"""The last one holds for whatever has no words above; it names the trouble itself."""


def _file(error: OSError) -> Told:
    _, what, hint, code = next(row for row in _FILE_TROUBLE if isinstance(error, row[0]))
    place = error.filename2 or error.filename  # of a copy the target: that it was read is seldom the trouble
    why = f"（{disk_trouble(error)}）" if what == _FILE_TROUBLE[-1][1] else ""
    return Told(f"{what}{why}：{place}", hint, code)


def _device(error: OSError) -> Told:
    """Trouble in the midst of writing, where the system does not say which file it was."""
    message = f"读写失败：{disk_trouble(error)}。"
    hint = "请核对磁盘和输出到的文件；录入的命令可能已经写入，再执行前请用 zhibu list 看一下。"
    return Told(message, hint, LedgerBusyError.exit_code)


def _unexpected(error: BaseException) -> Told:
    path = _write_log(error)
    hint = f"台账没有被改坏；请把 {path} 发给维护者。" if path else "请把所用的命令告诉维护者。"
    return Told(f"程序遇到没有料到的情况（{type(error).__name__}），已停下。", hint, UNEXPECTED)


def _write_log(error: BaseException) -> str:
    import tempfile
    import traceback

    text = "".join(traceback.format_exception(error))
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="zhibu-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as file:
            file.write(text)
    except OSError:
        return ""
    return file.name
