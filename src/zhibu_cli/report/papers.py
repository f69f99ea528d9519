"""The papers that a branch hands in: one row each, found by name, built by the module the row names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

from zhibu_cli.errors import InputError
from zhibu_cli.report.private import masking
from zhibu_cli.report.wording import changed
from zhibu_cli.text import clean

if TYPE_CHECKING:
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.views import View


class Needs(StrEnum):
    """What has to be said besides the paper's name."""

    QUARTER = "quarter"
    YEAR = "year"
    RECORD = "record"
    DAY = "day"
    """Nothing: the ledger as it stands on the as-of day."""


class Circle(StrEnum):
    """Whom the paper may reach; the value stands on the paper itself."""

    HANDED_IN = ""
    INTERNAL = "内部资料，不对外报送"
    """It names members together with what is open about them, or holds personal data."""
    SHOWN = "供检查查阅，不公开"
    """Shown to those who inspect the branch: it names members, and nothing that is open about them."""
    TALKS = "谈心谈话内容，注意保密"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """One paper."""

    name: str
    """English slug, also the stem of its templates."""
    title: str
    """As it is called, and as the file is named after the period."""
    gist: str
    """One line for the list of papers."""
    needs: Needs
    formats: tuple[str, ...]
    """Those with a template, the usual one first; ``pdf`` is made from ``docx``."""
    module: str
    """Module of ``report`` whose ``paper(request)`` builds the view."""
    registers: tuple[str, ...] = ()
    """Of a paper about one record: the registers it may be in."""
    kinds: tuple[str, ...] = ()
    """Of a paper about one sitting: the kinds it is for; empty: all."""
    layouts: tuple[str, ...] = ()
    """Names of its layouts, each with templates of its own ``NAME-LAYOUT``."""
    aliases: tuple[str, ...] = ()
    circle: Circle = Circle.HANDED_IN
    whole: bool = False
    """It has the numbers of identity cards and telephones whole where that is asked for."""
    for_member: bool = False
    """It has a page for every member, and may be made for one alone."""
    ahead: int = 0
    """So many days ahead it tells what falls due, and what the ledger's file holds."""
    coming: bool = False
    """It tells what is still to come: there is none of a period that is over."""
    beyond: bool = False
    """It tells also what happened after its year, up to the as-of day; checked is as much."""
    files: bool = False
    """It tells of the files kept with its records: the copies are looked at (without a period, all)."""
    cites: bool = False
    """It tells findings with the documents they rest on: only those that papers may cite.

    To any other paper the rules say which records are 补录, and nothing else (app/paper_findings.py).
    """
    takes: tuple[str, ...] = ()
    """What of the user's own it has a place for: ``texts`` for its blanks, a number of ``problems``."""
    material: bool = False
    """素材清单 is written beside it unasked."""
    short: str = ""
    """What the file is called where that is not the title."""

    def stem(self, layout: str = "") -> str:
        """Stem of the template for a layout."""
        return f"{self.name}-{layout or self.layouts[0]}" if self.layouts else self.name

    def laid_out(self, word: str) -> str:
        """The name of the layout behind a word (``18栏``); empty for an empty one.

        Raises:
            InputError: the paper has no such layout.
        """
        name = clean(word).removesuffix("栏")
        if name and name not in self.layouts:
            known = f"可写：{'、'.join(self.layouts)}。" if self.layouts else "不要写 --layout。"
            raise InputError(
                f"{self.title}没有“{word}”这种版式。" if self.layouts else f"{self.title}只有一种版式。",
                hint=known,
            )
        return name

    def shows_whole(self, *, full: bool) -> bool:
        """Whether numbers of identity cards and telephones are to be whole.

        Raises:
            InputError: they are asked for, and the paper has none.
        """
        if full and not self.whole:
            raise InputError(
                f"{self.title}不印身份证号、手机号。", hint="不要写 --full；它只用于 zhibu report --roster。"
            )
        return full

    def build(self, request: Request) -> View:
        """The view; numbers of identity cards and telephones are masked, wherever they stand in it.

        Raises:
            PaperError: there is nothing of which the paper could be made, or figures contradict each other.
        """
        whole = self.whole and request.full
        view: View = import_module(f"zhibu_cli.report.{self.module}").paper(replace(request, full=whole))
        return view if whole else changed(view, masking(request.ledger))


_TEXT = ("docx", "md", "html")
_WORD = ("docx",)
_TABLE = ("docx", "xlsx", "md", "html")
_FORM = ("docx", "md", "html")

PAPERS: tuple[PaperKind, ...] = (
    PaperKind(
        name="roster",
        title="党员名册",
        gist="当日在册党员，8、18、24 栏三种版式；证件号、手机号遮去中间，--full 印全",
        needs=Needs.DAY,
        formats=_TABLE,
        module="roster",
        layouts=("8", "18", "24"),
        aliases=("党员花名册", "花名册"),
        whole=True,
        circle=Circle.INTERNAL,
    ),
    PaperKind(
        name="officers",
        title="支部委员会和党小组名单",
        gist="当日在任的职务，党小组和成员",
        needs=Needs.DAY,
        formats=_TABLE,
        module="officers",
        aliases=("支委名单", "党小组名单"),
    ),
    PaperKind(
        name="member-changes",
        title="党员变动情况表",
        gist="一年里接收、转正、转入、转出和其他变动",
        needs=Needs.YEAR,
        formats=_TABLE,
        module="member_changes",
        circle=Circle.INTERNAL,
    ),
    PaperKind(
        name="theme-plan",
        title="主题党日计划报备表",
        gist="一个季度的主题党日：计划日期、主题、责任人，据年度计划和固定日；可在季度开始前出",
        needs=Needs.QUARTER,
        formats=_TABLE,
        module="theme_plan",
        aliases=("计划报备表", "主题党日计划"),
        coming=True,
    ),
    PaperKind(
        name="minutes",
        title="会议记录",
        gist="一场会议或活动的记录，按类型的格式，附表决情况和附件目录；签名留给本人",
        needs=Needs.RECORD,
        formats=_FORM,
        module="minutes",
        registers=("sitting",),
        files=True,
        aliases=("记录", "会议记录表", "记录表"),
    ),
    PaperKind(
        name="theme-report",
        title="主题党日活动纪实报告表",
        gist="一次主题党日：时间、地点、主题、参会人员、内容和图片目录",
        needs=Needs.RECORD,
        formats=_FORM,
        module="theme_report",
        registers=("sitting",),
        kinds=("theme_day",),
        files=True,
        aliases=("纪实报告表", "主题党日纪实"),
    ),
    PaperKind(
        name="talk-form",
        title="谈心谈话记录",
        gist="一次谈心谈话的记录表，含谈话内容",
        needs=Needs.RECORD,
        formats=_FORM,
        module="talk_form",
        registers=("talk",),
        files=True,
        aliases=("谈心谈话记录表", "谈话记录"),
        circle=Circle.TALKS,
    ),
    PaperKind(
        name="quarter",
        title="党建工作报告",
        gist="季度报告，前附一页统计表",
        needs=Needs.QUARTER,
        formats=_TABLE,
        module="quarter",
        takes=("texts",),
        aliases=("季度报告", "季报"),
    ),
    PaperKind(
        name="life-statistics",
        title="组织生活开展情况统计表",
        gist="支委会和党员集体活动逐月次数、按时开展月份数和完成率，另附党小组会",
        needs=Needs.YEAR,
        formats=_TABLE,
        module="life_statistics",
        aliases=("组织生活统计表",),
    ),
    PaperKind(
        name="attendance",
        title="党员参加组织生活考勤表",
        gist="一年里每名党员应参加、实际参加、请假、缺席的次数和出勤率，分类和逐月统计",
        needs=Needs.YEAR,
        formats=_TABLE,
        module="attendance",
        aliases=("考勤表", "党员考勤表", "参加组织生活考勤表"),
        circle=Circle.INTERNAL,
    ),
    PaperKind(
        name="double-life",
        title="党员领导干部参加双重组织生活情况表",
        gist="名册中的党员领导干部上半年、下半年参加支部组织生活的次数和日期",
        needs=Needs.YEAR,
        formats=_TABLE,
        module="double_life",
        aliases=("双重组织生活情况表", "双重组织生活"),
        circle=Circle.INTERNAL,
    ),
    PaperKind(
        name="talk-register",
        title="谈心谈话登记表",
        gist="一年的谈心谈话：日期、谈话人、对象、类别，不含谈话内容",
        needs=Needs.YEAR,
        formats=_TABLE,
        module="talk_register",
        aliases=("谈心谈话年度登记表",),
        circle=Circle.INTERNAL,
    ),
    PaperKind(
        name="life-report",
        title="组织生活会和民主评议党员情况报告",
        gist="一个年度的组织生活会和民主评议，次年召开的也算；等次只写人数",
        needs=Needs.YEAR,
        formats=_TEXT,
        module="life_report",
        takes=("texts",),
        aliases=("组织生活会报告", "民主评议报告", "组织生活会和民主评议情况报告", "民主评议党员情况报告"),
        beyond=True,
    ),
    PaperKind(
        name="appraisal-cards",
        title="民主评议党员登记表",
        gist="每名党员一页，名册有的填好，个人小结、意见和签名留给本人；--member 只出一人的",
        needs=Needs.YEAR,
        formats=_WORD,
        module="appraisal_cards",
        aliases=("民主评议登记表",),
        for_member=True,
        circle=Circle.INTERNAL,
    ),
    PaperKind(
        name="appraisal-summary",
        title="民主评议党员汇总表",
        gist="一年评议的票数、等次和反馈日期，逐人",
        needs=Needs.YEAR,
        formats=_TABLE,
        module="appraisal_summary",
        aliases=("民主评议汇总表",),
        circle=Circle.INTERNAL,
    ),
    PaperKind(
        name="problems",
        title="问题整改清单",
        gist="一年里的整改问题：措施、责任人、时限、完成情况",
        needs=Needs.YEAR,
        formats=_TABLE,
        module="problems",
        aliases=("整改清单",),
        circle=Circle.INTERNAL,
    ),
    PaperKind(
        name="summary",
        title="年度工作总结",
        gist="一年的情况，按季度报告的各部分写，不附表",
        needs=Needs.YEAR,
        formats=_TEXT,
        module="summary",
        takes=("texts",),
        aliases=("年度总结", "年度党建工作总结", "工作总结"),
        short="年度工作总结",
    ),
    PaperKind(
        name="debrief",
        title="述职报告",
        gist="书记抓基层党建工作述职，另附素材清单",
        needs=Needs.YEAR,
        formats=_TEXT,
        module="debrief",
        takes=("texts", "problems"),
        aliases=("述职",),
        material=True,
        short="年度述职报告",
    ),
    PaperKind(
        name="debrief-speech",
        title="述职发言稿",
        gist="述职的口头稿，空白的名称和述职报告相同，可用同一个补写文件",
        needs=Needs.YEAR,
        formats=_TEXT,
        module="debrief_speech",
        takes=("texts", "problems"),
        aliases=("述职发言", "口头述职"),
        short="年度述职发言稿",
    ),
    PaperKind(
        name="self-check",
        title="检查台账",
        gist="自查：核对出的问题、依据、整改要求和期限；不含涉及具体党员的",
        needs=Needs.YEAR,
        formats=_TABLE,
        module="self_check",
        aliases=("自查台账", "迎检自查表"),
        cites=True,
    ),
    PaperKind(
        name="originals",
        title="迎检原件清单",
        gist="每条记录的签到表、讲稿、照片和纸质原件在哪里",
        needs=Needs.YEAR,
        formats=_TABLE,
        module="originals",
        files=True,
        aliases=("原件清单",),
    ),
    PaperKind(
        name="dossier",
        title="迎检资料",
        gist="一个网页文件：全年一览、到会、谈话覆盖、核对结果和全部组织生活记录",
        needs=Needs.YEAR,
        formats=("html",),
        module="dossier",
        files=True,
        aliases=("迎检电子台账", "电子台账"),
        cites=True,
        circle=Circle.SHOWN,
    ),
    PaperKind(
        name="handbook",
        title="党支部工作手册",
        gist="一年装订成册：封面、目录、各种表和全部会议记录",
        needs=Needs.YEAR,
        formats=_WORD,
        module="handbook",
        takes=("texts",),
        files=True,
        aliases=("工作手册", "手册"),
        circle=Circle.INTERNAL,
    ),
    PaperKind(
        name="handover",
        title="党支部工作移交清单",
        gist="书记交接：在任职务、台账和资料、未完成的整改、九十天内到期的事项，三方签名",
        needs=Needs.DAY,
        formats=_TABLE,
        module="handover",
        files=True,
        aliases=("移交清单",),
        circle=Circle.INTERNAL,
        ahead=90,
    ),
)


def find_paper(word: str) -> PaperKind | None:
    """The paper of that slug, title or other name."""
    wanted = clean(word)
    return next((one for one in PAPERS if wanted in (one.name, one.title, *one.aliases)), None)
