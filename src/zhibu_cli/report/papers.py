"""The papers that a branch hands in: one row each, found by name, built by the module the row names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

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
    material: bool = False
    """素材清单 is written beside it unasked."""
    short: str = ""
    """What the file is called where that is not the title."""

    def stem(self, layout: str = "") -> str:
        """Stem of the template for a layout."""
        return f"{self.name}-{layout or self.layouts[0]}" if self.layouts else self.name

    def build(self, request: Request) -> View:
        """The view.

        Raises:
            PaperError: there is nothing of which the paper could be made, or figures contradict each other.
        """
        view: View = import_module(f"zhibu_cli.report.{self.module}").paper(request)
        return view


_TEXT = ("docx", "md", "html")
_TABLE = ("docx", "xlsx", "md", "html")

PAPERS: tuple[PaperKind, ...] = (
    PaperKind(
        name="quarter",
        title="党建工作报告",
        gist="季度报告，前附一页统计表",
        needs=Needs.QUARTER,
        formats=_TABLE,
        module="quarter",
        aliases=("季度报告", "季报"),
    ),
    PaperKind(
        name="debrief",
        title="述职报告",
        gist="书记抓基层党建工作述职，另附素材清单",
        needs=Needs.YEAR,
        formats=_TEXT,
        module="debrief",
        aliases=("述职",),
        material=True,
        short="年度述职报告",
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
        name="dossier",
        title="迎检资料",
        gist="一个网页文件：全年一览、到会、谈话覆盖、核对结果和全部组织生活记录",
        needs=Needs.YEAR,
        formats=("html",),
        module="dossier",
        aliases=("迎检电子台账", "电子台账"),
        circle=Circle.SHOWN,
    ),
)


def find_paper(word: str) -> PaperKind | None:
    """The paper of that slug, title or other name."""
    wanted = clean(word)
    return next((one for one in PAPERS if wanted in (one.name, one.title, *one.aliases)), None)
