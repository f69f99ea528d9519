"""Options that several commands share, and parsers whose errors show the right form.

No ``from __future__ import annotations`` in modules with commands: Typer reads the annotations when
a command is built, and reading them as text costs time.
"""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Annotated

import typer
from typer._click.core import Context

from zhibu_cli.cli.pasted import pasted_path
from zhibu_cli.cli.session import Session


def day_parser(text: str) -> date:
    """A day as people write it."""
    from zhibu_cli.text import parse_day

    day = parse_day(text, session_of().today)
    if day is None:
        raise typer.BadParameter(
            f"“{text}”不是日期或没有这一天；请写成 2026-03-05、2026年3月5日、3月5日、今天或昨天。"
        )
    return day


def clock_parser(text: str) -> time:
    """A time of day as people write it."""
    from zhibu_cli.text import parse_clock

    at = parse_clock(text)
    if at is None:
        raise typer.BadParameter(f"“{text}”不是时刻；请写成 14:30 或 下午2点半。")
    return at


def year_parser(text: str) -> int:
    """A year of four digits."""
    from zhibu_cli.model.period import Unit, parse_period

    period = parse_period(text)
    if period is None or period.unit is not Unit.YEAR:
        raise typer.BadParameter(f"“{text}”不是年份；请写成 2026。")
    return period.start.year


def quarter_parser(text: str) -> str:
    """A quarter, by its key ``2026-Q3``."""
    from zhibu_cli.model.period import Unit, parse_period

    period = parse_period(text)
    if period is None or period.unit is not Unit.QUARTER:
        raise typer.BadParameter(f"“{text}”不是季度；请写成 2026Q3 或 2026年第三季度。")
    return period.key


def period_parser(text: str) -> str:
    """A month, quarter or year, by its key."""
    from zhibu_cli.model.period import parse_period

    period = parse_period(text)
    if period is None:
        raise typer.BadParameter(f"“{text}”不是期间；请写成 2026、2026Q3 或 2026-03。")
    return period.key


def ahead_parser(text: str) -> str:
    """A length of time from today on, as ``30d``; no longer than ``FARTHEST``."""
    from zhibu_cli.model.period import FARTHEST, day_ahead, parse_ahead

    ahead = parse_ahead(text)
    if not ahead:
        raise typer.BadParameter(f"“{text}”不是时间长短；请写成 30d、30天、2周、3个月或1年。")
    today = session_of().today
    if day_ahead(today, ahead) > day_ahead(today, FARTHEST):
        raise typer.BadParameter(f"“{text}”太长，最多看今后5年；请写成 30天、3个月、1年或5年。")
    return ahead


def number_parser(text: str) -> str:
    """A record's number, also as ``s12`` or in full-width characters."""
    from zhibu_cli.text import clean

    return clean(text).upper()


def out_path(text: str) -> Path:
    """A file or folder to be written; ``~`` is the user's own folder, also where no shell has put that in.

    Files are Word, Excel and the like: there is no ``-`` for the screen, and no folder of that name.
    """
    path = pasted_path(text)
    if not text.strip():
        raise typer.BadParameter("后面没有写文件名；要放在当前文件夹的，写 . 或者不写这个选项。")
    if str(path) == "-":
        raise typer.BadParameter("“-”不能作文件名，文件也不能这样写到屏幕；请写文件名或文件夹。")
    return path.expanduser() if path.parts[:1] == ("~",) else path


def word_parser(*words: str) -> Callable[[str], str]:
    """A parser for one word out of a few."""

    def parse(text: str) -> str:
        """The word, if it is one of them."""
        if text not in words:
            raise typer.BadParameter(f"“{text}”不在可选之列；可写：{'、'.join(words)}。")
        return text

    parse.words = words  # type: ignore[attr-defined]  # for the completion of commands
    return parse


def offering(*words: str) -> Callable[[str], str]:
    """A parser that takes any text, and words that completion offers: the use case reads them its own way."""

    def parse(text: str) -> str:
        """The text as it is."""
        return text

    parse.words = words  # type: ignore[attr-defined]
    return parse


def session_of(ctx: Context | None = None) -> Session:
    """The session of the context, or of the command that is running."""
    from typer._click.globals import get_current_context

    return (ctx or get_current_context()).find_object(Session) or Session()


Db = Annotated[
    Path | None,
    typer.Option(
        "--db",
        metavar="文件",
        parser=pasted_path,
        help="台账文件；不写则用 ZHIBU_DB，再用当前文件夹的 zhibu.db。",
    ),
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="姓名", help="经手人；不写则用 ZHIBU_USER，再用电脑登录名。"),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="不再询问，直接执行（脚本用）。")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="原因", help="为什么这样改，随记录保存。")]
RecordId = Annotated[
    str,
    typer.Argument(metavar="编号", parser=number_parser, help="记录编号，如 S12；用 zhibu list 查看。"),
]
All = Annotated[bool, typer.Option("--all", "-a", help="连同平时不列的（已转出、已作废的）。")]
Out = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="文件",
        parser=out_path,
        help="写到哪个文件。",
    ),
]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", metavar="日期", parser=day_parser, help="按哪一天的情况判断；不写为今天。"),
]
From = Annotated[date | None, typer.Option("--from", metavar="日期", parser=day_parser, help="从哪一天起。")]
To = Annotated[date | None, typer.Option("--to", metavar="日期", parser=day_parser, help="到哪一天止。")]
Year = Annotated[
    int | None, typer.Option("--year", metavar="年份", parser=year_parser, help="哪一年，如 2026。")
]
Quarter = Annotated[
    str | None,
    typer.Option("--quarter", metavar="季度", parser=quarter_parser, help="哪个季度，如 2026Q3。"),
]
