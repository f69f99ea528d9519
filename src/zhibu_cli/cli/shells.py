"""``zhibu completion``: scripts that complete commands, options, record numbers and names at TAB.

Commands and options are written into the script, so that only numbers and names ask the program
(``complete.py``): a script that runs the whole program at each TAB would be felt.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhibu_cli.cli.frame import WORDS, ChineseGroup, command, new_app
from zhibu_cli.cli.options import session_of, word_parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typer._click.core import Command, Context, Parameter

SHELLS = ("bash", "zsh", "fish", "powershell")
HELP = """打印命令行补全的脚本：按 Tab 补全命令、选项、记录编号、党员姓名和党小组，带中文说明。

bash：在 ~/.bashrc 里写 eval "$(zhibu completion bash)"
zsh：在 ~/.zshrc 里写 eval "$(zhibu completion zsh)"
fish：zhibu completion fish > ~/.config/fish/completions/zhibu.fish
PowerShell：在 $PROFILE 里写 zhibu completion powershell | Out-String | Invoke-Expression"""

_SOURCES = {
    "编号": "numbers",
    "姓名": "members",
    "姓名或编号": "members",
    "姓名、姓名": "members",
    "党小组": "groups",
    "名称或编号": "groups",
    "姓名=原因": "members",
    "文件": "files",
    "文件夹": "files",
    "另一台账": "files",
}
"""What stands behind an option in the help page -> where its values come from."""
_NOTHING = "-"

app = new_app(HELP)


@command(app, "completion", HELP)
def completion(
    ctx: typer.Context,
    shell: Annotated[
        str, typer.Argument(metavar="外壳", parser=word_parser(*SHELLS), help=f"{'、'.join(SHELLS)}。")
    ],
) -> None:
    """Print the script."""
    from zhibu_cli.cli.asking import say

    root = ctx.find_root()
    root.meta[WORDS] = ()  # nothing was typed behind the commands that are looked at
    lines = ["\t".join(row) for row in table(root.command, root, "zhibu")]
    skeleton = Path(__file__).parent / "completion" / f"{shell}.txt"
    text = "\n".join(lines)
    if shell == "fish":  # one quoted word a line
        text = "' '".join(line.replace("\\", "\\\\").replace("'", "\\'") for line in lines)
    script = skeleton.read_text(encoding="utf-8").replace("@@TABLE@@", text)
    for line in script.rstrip("\n").split("\n"):
        say_raw(line) if "\t" in line else say(line)


def say_raw(line: str) -> None:
    """A line with tabs as they are."""
    from zhibu_cli.cli.streams import put

    put(line)


def table(one: Command, ctx: Context, path: str) -> Iterator[tuple[str, str, str, str, str]]:
    """A row for every command, option and argument: path, what it is, word, help, source of values."""
    for param in one.get_params(ctx):
        yield from _param(param, ctx, path)
    if not isinstance(one, ChineseGroup):
        return
    for name, short in one.rows(ctx):
        yield path, "command", name, _told(short), _NOTHING
        below = one.get_command(ctx, name)
        if below is not None:
            child = type(ctx)(below, info_name=name, parent=ctx)
            yield from table(below, child, f"{path} {name}")


def _param(param: Parameter, ctx: Context, path: str) -> Iterator[tuple[str, str, str, str, str]]:
    source = _source(param, ctx)
    if param.param_type_name != "option":
        yield path, "argument", _NOTHING, _NOTHING, source
    elif not getattr(param, "hidden", False):
        for name in param.opts:
            yield path, "option", name, _told(getattr(param, "help", "") or ""), source


def _source(param: Parameter, ctx: Context) -> str:
    """Where a parameter's values come from: one of ``_SOURCES``, ``=word,word``, or nowhere."""
    if getattr(param, "is_flag", False):
        return _NOTHING
    words: tuple[str, ...] = getattr(getattr(param.type, "func", None), "words", ())
    words = words or _named(param, ctx)
    return f"={','.join(words)}" if words else _SOURCES.get(param.metavar or "", _NOTHING)


def _named(param: Parameter, ctx: Context) -> tuple[str, ...]:
    """The kinds of record, or the rules, where the option or what stands for it says that one is meant."""
    metavar: Any = param.metavar
    if "--kind" in param.opts or (metavar == "类型" and param.param_type_name != "option"):
        return tuple(dict.fromkeys(kind.label for kind in session_of(ctx).catalogue.kinds))
    return _rule_names() if metavar in {"规则", "核对项"} else ()


@cache
def _rule_names() -> tuple[str, ...]:
    from zhibu_cli.resources import RULES, pack_tables

    return tuple(file.removesuffix(".toml") for file, _table in pack_tables()[RULES])


def _told(text: str) -> str:
    """The first sentence, in one line."""
    line = " ".join(text.split())
    return line.partition("。")[0] or _NOTHING
