"""``zhibu`` alone at a terminal: the year of a secretary as a numbered list that runs the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.cli import asking
from zhibu_cli.cli.pasted import pasted_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhibu_cli.cli.session import Session

    Run = Callable[[list[str], Session], int]


class Choice(NamedTuple):
    """A line of the menu: what is done and the command that does it."""

    text: str
    command: tuple[str, ...]
    asks: tuple[str, str] | None = None
    """Option (empty for an argument) and question for what the command cannot do without."""


CHOICES = (
    Choice("建立支部台账", ("init",)),
    Choice("导入名册和已有的工作簿", ("import",), ("", "工作簿文件（可拖到这里）")),
    Choice("记一次会议、党课、主题党日、谈心谈话……", ("record",)),
    Choice("看已有的记录", ("list",)),
    Choice("看近期要做的事（每周一看一次）", ("due",)),
    Choice("按条文核对", ("check",)),
    Choice("看年度计划", ("plan",), ("", "哪一年（如 2027）")),
    Choice("写季度报告", ("report",), ("--quarter", "哪个季度（如 2026Q3）")),
    Choice("写述职报告", ("report",), ("--debrief", "述职年度（如 2026）")),
    Choice("导出台账，交接给下一任", ("export",), ("-o", "导出到哪个文件（如 台账.xlsx）")),
    Choice("看虚构支部的演示", ("demo",), ("", "放在哪个新文件夹（如 演示）")),
)


def run_menu(session: Session) -> None:
    """Show the list, run what is chosen, until the user leaves."""
    from zhibu_cli.cli.run import main

    def run(argv: list[str], session: Session) -> int:
        return main(argv, session)

    while _once(session, run):
        asking.say()


def _once(session: Session, run: Run) -> bool:
    asking.say("党支部台账　　不得录入国家秘密、工作秘密")
    for number, choice in enumerate(CHOICES, 1):
        option = choice.asks[0] if choice.asks else ""
        shown = " ".join(filter(None, ("zhibu", *choice.command, option)))
        asking.say(f"  {number}  {choice.text}　　{shown}")
    asking.say("  0  离开")
    answer = asking.ask("要做哪一件（写编号）", complain=_complaint)
    if not answer or answer == "0":
        return False
    choice = CHOICES[int(answer) - 1]
    argv = _argv(session, choice)
    asking.say(f"> zhibu {' '.join(argv)}")
    run(argv, session)
    asking.read_line("按回车回到菜单。")
    return True


def _complaint(answer: str) -> str:
    fits = answer.isdecimal() and 0 <= int(answer) <= len(CHOICES)
    return "" if fits else f"请写 0 到 {len(CHOICES)}。"


def _argv(session: Session, choice: Choice) -> list[str]:
    argv = list(choice.command)
    if argv == ["record"]:
        from zhibu_cli.cli.record import commands_of

        commands = commands_of(session.catalogue)
        labels = ["、".join(kind.label for kind in kinds) for kinds in commands.values()]
        return [*argv, list(commands)[asking.choose("记哪一种（写编号）", labels)]]
    if choice.asks:
        option, question = choice.asks
        answer = str(pasted_path(asking.ask(question, required=True)))
        argv += [option, answer] if option else [answer]
    return argv
