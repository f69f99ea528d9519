"""``zhibu`` alone at a terminal: the year of a secretary as a numbered list that runs the commands."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.cli import asking
from zhibu_cli.cli.pasted import pasted_path
from zhibu_cli.text import display_width, pad

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from zhibu_cli.cli.session import Session

    Run = Callable[[list[str], Session], int]


class Asks(NamedTuple):
    """What a command cannot do without, or is mostly given."""

    question: str
    option: str = ""
    """Empty: an argument."""
    usual: Callable[[date], str] | None = None
    """What an empty answer means on a day; an empty text leaves the option out."""
    path: bool = False
    words: bool = False
    """Several words, each an argument."""


class Choice(NamedTuple):
    """A line of the menu: what is done and the command that does it."""

    text: str
    command: tuple[str, ...]
    asks: Asks | None = None


def _last_quarter(today: date) -> str:
    from zhibu_cli.model.period import Unit, period_of

    return period_of(Unit.QUARTER, period_of(Unit.QUARTER, today).start - timedelta(days=1)).key


def _coming_year(today: date) -> str:
    """This year's plan; from November on the next one's, which is then being made."""
    return str(today.year + (today.month >= 11))


def _nothing(_today: date) -> str:
    return ""


CHOICES = (
    Choice("记一次会议、党课、主题党日、谈心谈话……", ("record",)),
    Choice("看近期要做的事（每周一看一次）", ("due",)),
    Choice("按条文核对，可写成网页", ("check",)),
    Choice("写季度报告", ("report",), Asks("哪个季度", "--quarter", _last_quarter)),
    Choice("写述职报告", ("report",), Asks("述职年度", "--debrief", lambda today: str(today.year))),
    Choice("看年度计划", ("plan",), Asks("哪一年", usual=_coming_year)),
    Choice("导入名册和已有的工作簿（先预览再问）", ("import",), Asks("工作簿文件（可拖到这里）", path=True)),
    Choice(
        "空白表格、签到表、记录表、票",
        ("form",),
        Asks("要哪一种（如 党课、签到表、记录表；回车＝整套空白表格）", usual=_nothing, words=True),
    ),
    Choice("在记录里查找文字", ("find",), Asks("找什么（几个词用空格隔开）", words=True)),
    Choice("看已有的记录", ("list",)),
    Choice("打开放台账和文书的文件夹", ("open",)),
    Choice(
        "备份台账（换电脑、交接时也用它）",
        ("backup",),
        Asks("放到哪个文件夹（回车＝台账旁边）", "-o", _nothing, path=True),
    ),
    Choice("把台账导出为表格", ("export",), Asks("导出到哪个文件", "-o", lambda _: "台账.xlsx", path=True)),
    Choice("建立支部台账（只在第一次）", ("init",)),
    Choice("看虚构支部的演示", ("demo",), Asks("放在哪个新文件夹", usual=lambda _: "演示", path=True)),
)


def run_menu(session: Session) -> None:
    """Show the list, run what is chosen, until the user leaves."""
    from zhibu_cli.cli.run import main

    def run(argv: list[str], session: Session) -> int:
        return main(argv, session)

    while _once(session, run):
        asking.say()


def _once(session: Session, run: Run) -> bool:
    _show(session)
    answer = asking.ask("要做哪一件（写编号）", complain=_complaint)
    if not answer or answer == "0":
        return False
    choice = CHOICES[int(answer) - 1]
    try:
        argv = _argv(session, choice)
    except (KeyboardInterrupt, EOFError):  # back to the list, as from a command
        asking.say()
        return True
    asking.say(f"> zhibu {' '.join(map(_typed, argv))}")
    code = run(argv, session)
    if choice.command == ("check",) and code in {0, 1}:
        _offer_page(session, run)
    asking.read_line("按回车回到菜单。")
    return True


def _typed(word: str) -> str:
    """The word as it has to be typed: with quotes where it holds a blank."""
    return f'"{word}"' if " " in word else word


def _show(session: Session) -> None:
    asking.say("党支部台账　　不得录入国家秘密、工作秘密")
    width = max(display_width(choice.text) for choice in CHOICES)
    for number, choice in enumerate(CHOICES, 1):
        option = choice.asks.option if choice.asks else ""
        shown = " ".join(filter(None, ("zhibu", *choice.command, option)))
        asking.say(f"  {number:>2}  {pad(choice.text, width)}  {shown}")
    asking.say("   0  离开")
    if session.ledger_if_any(None) is None:
        begin, bring_in = (_number_of(command) for command in ("init", "import"))
        asking.say(f"这里还没有台账：先选 {begin} 建立，或选 {bring_in} 导入带“支部信息”的工作簿。")


def _number_of(command: str) -> int:
    return next(number for number, choice in enumerate(CHOICES, 1) if choice.command == (command,))


def _complaint(answer: str) -> str:
    fits = answer.isdecimal() and 0 <= int(answer) <= len(CHOICES)
    return "" if fits else f"请写 0 到 {len(CHOICES)}。"


def _argv(session: Session, choice: Choice) -> list[str]:
    """The command line of a choice, after what it asks for was answered."""
    argv = list(choice.command)
    if choice.asks is None:
        return argv
    question, option, usual, path, words = choice.asks
    default = usual(session.today) if usual else ""
    shown = f"{question}〔{default}〕" if default else question
    answer = asking.ask(shown, required=usual is None) or default
    if not answer:
        return argv
    given = answer.split() if words else [str(pasted_path(answer)) if path else answer]
    return [*argv, *([option] if option else []), *given]


def _offer_page(session: Session, run: Run) -> None:
    """Write the answer as a page beside the ledger too, where the user wants one, and open it."""
    from zhibu_cli.app.check_files import free_name
    from zhibu_cli.cli.dropped import opened

    if not asking.confirm("写成网页打开吗？", default=False):
        return
    page = free_name(session.ledger(None).absolute().parent, session.today)
    if run(["check", "-o", str(page), "--fail-on", "never"], session) == 0 and not opened(page, session.env):
        asking.note("没有打开浏览器；请自己打开上面的文件。")
