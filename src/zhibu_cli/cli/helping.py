"""Help pages in Chinese, laid out by display width."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from typer.core import TyperArgument, TyperOption

from zhibu_cli.cli.frame import ChineseGroup
from zhibu_cli.cli.layout import pairs, terminal_width, wrap

if TYPE_CHECKING:
    from typer._click.core import Command, Context


def help_page(command: Command, ctx: Context) -> str:
    """Usage, what it does, arguments, options, commands, examples."""
    width = terminal_width()
    params = command.get_params(ctx)
    lines = [usage_line(command, ctx)]
    lines += _paragraphs(command.help or "", width)
    lines += _section(
        "参数", [_argument(param) for param in params if isinstance(param, TyperArgument)], width
    )
    shown = [param for param in params if isinstance(param, TyperOption) and not param.hidden]
    lines += _section("选项", [_option(param) for param in shown], width)
    if isinstance(command, ChineseGroup):
        lines += _section("命令", command.rows(ctx), width)
    if command.epilog:
        lines += _paragraphs(command.epilog, width)
    return "\n".join(lines)


def usage_line(command: Command, ctx: Context) -> str:
    """The line that shows how the command is written."""
    arguments = [param for param in command.get_params(ctx) if isinstance(param, TyperArgument)]
    pieces = [ctx.command_path, *map(_place, arguments)]
    if isinstance(command, ChineseGroup):
        pieces.append("命令")
    return "用法：" + " ".join([*pieces, "[选项]"])


def _place(param: TyperArgument) -> str:
    name = param.human_readable_name + ("…" if param.nargs != 1 else "")
    return name if param.required else f"[{name}]"


def _paragraphs(text: str, width: int) -> list[str]:
    lines = [""]
    for line in inspect.cleandoc(text).split("\n"):
        lines += ["  " + part if part else "" for part in wrap(line, width - 2)]
    return lines if text else []


def _section(title: str, rows: list[tuple[str, str]], width: int) -> list[str]:
    return ["", f"{title}：", *pairs(rows, width)] if rows else []


def _argument(param: TyperArgument) -> tuple[str, str]:
    return _place(param), param.help or ""


def _option(param: TyperOption) -> tuple[str, str]:
    names = ", ".join(sorted(param.opts, key=len))
    if not (param.is_flag or param.count):
        names += f" {param.metavar or '内容'}"
    notes = [f"环境变量 {param.envvar}"] if param.envvar and param.show_envvar else []
    if param.multiple:
        notes.append("可写多次")
    if isinstance(param.show_default, str):
        notes.append(f"默认 {param.show_default}")
    if param.required:
        notes.append("必填")
    extra = f"〔{'；'.join(notes)}〕" if notes else ""
    return names, (param.help or "") + extra
