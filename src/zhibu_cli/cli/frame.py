"""Commands and groups that speak Chinese, and groups that load a command only when it is wanted.

Building all commands costs more than a whole check, so a group knows the names and one-line helps
of its commands from a table and imports the module behind a name when it is called.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar

import typer
from typer._click.exceptions import UsageError
from typer.core import TyperCommand, TyperGroup, TyperOption

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer._click.core import Command, Context, Parameter
    from typer._click.formatting import HelpFormatter

_F = TypeVar("_F", bound="Callable[..., Any]")


WORDS = "zhibu.words"
"""Under this key a context keeps what follows the command's name: some options depend on it."""


class Lazy(NamedTuple):
    """A command that is imported when it is called."""

    name: str
    module: str
    """Module under ``zhibu_cli.cli`` whose ``app`` holds the command, or whose ``build(ctx, words)``
    makes it."""
    short: str
    """One line for the list of commands."""


def load(lazy: Lazy, ctx: Context) -> Command:
    """The command itself, imported now."""
    module = import_module(f"zhibu_cli.cli.{lazy.module}")
    if hasattr(module, "app"):
        return built(module.app)
    return typer.main.get_command(module.build(ctx, ctx.meta.get(WORDS, ())))


@cache
def built(app: typer.Typer) -> Command:
    """The command of an app; the menu runs one after the other, some of them often."""
    return typer.main.get_command(app)


class _Chinese:
    """What a command and a group have in common: help and errors in Chinese."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        try:
            rest: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]
        except UsageError as error:
            error.ctx = error.ctx or ctx  # the option parser leaves it out at times
            raise
        return rest

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        option: TyperOption | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示本帮助。"
        return option

    def get_help(self, ctx: Context) -> str:
        from zhibu_cli.cli.helping import help_page

        return help_page(self, ctx)  # type: ignore[arg-type]

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        formatter.write(self.get_help(ctx))


class ChineseCommand(_Chinese, TyperCommand):
    """A command whose help and usage errors are Chinese."""

    allow_extra_args = True  # what is left over is refused below, in Chinese

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse, and refuse what no parameter takes."""
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise UsageError(f"多出了不认识的内容：{' '.join(map(str, rest))}", ctx)
        return rest


class ChineseGroup(_Chinese, TyperGroup):
    """A group of commands, some of which may be lazy."""

    lazy: ClassVar[tuple[Lazy, ...]] = ()

    def rows(self, ctx: Context) -> list[tuple[str, str]]:  # noqa: ARG002 - for subclasses
        """Names and one-line helps of the commands, without importing any."""
        known = {name: command.get_short_help_str(200) for name, command in self.commands.items()}
        return [(lazy.name, lazy.short) for lazy in self.lazy] + list(known.items())

    def list_commands(self, ctx: Context) -> list[str]:
        """Names of all commands, in the order of the help page."""
        return [name for name, _ in self.rows(ctx)]

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """The command of that name, imported now if it is lazy."""
        for lazy in self.lazy:
            if lazy.name == cmd_name:
                return load(lazy, ctx)
        return super().get_command(ctx, cmd_name)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """The command that the first word names; a Chinese error with near matches otherwise."""
        ctx.meta[WORDS] = tuple(args[1:])
        command = self.get_command(ctx, args[0])
        if command is None and not ctx.resilient_parsing:
            raise UsageError(self._unknown(ctx, args[0]), ctx)
        return args[0], command, args[1:]

    def _unknown(self, ctx: Context, word: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(word, self.list_commands(ctx))
        guess = f"是不是 {'、'.join(near)}？" if near else ""
        what = "选项" if word.startswith("-") else "命令"
        return f"没有“{word}”这个{what}。{guess}"

    def invoke(self, ctx: Context) -> Any:
        """Run the command named; without one say so in Chinese."""
        if not (ctx._protected_args or self.invoke_without_command):  # noqa: SLF001
            raise UsageError(f"没有写明要做什么；可写：{'、'.join(self.list_commands(ctx))}。", ctx)
        return super().invoke(ctx)


def new_app(text: str, group: type[TyperGroup] = ChineseGroup) -> typer.Typer:
    """An app of this program: Chinese, without rich, without completion options."""
    return typer.Typer(
        cls=group,
        help=text,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )


def command(app: typer.Typer, name: str, text: str, short: str = "") -> Callable[[_F], _F]:
    """Put a function into an app as a command with Chinese help."""
    return app.command(name, cls=ChineseCommand, help=text, short_help=short or text.partition("\n")[0])


def grouped(app: typer.Typer) -> typer.Typer:
    """Keep the app a group, even where it holds a single command."""

    def nothing() -> None:
        """A group does nothing by itself."""

    app.callback()(nothing)
    return app


def label_of(param: Parameter) -> str:
    """How a parameter is called in a message: its longest option, or what stands for the argument."""
    if param.param_type_name == "option":
        return max(param.opts, key=len)
    return param.human_readable_name
