"""主题党日活动纪实报告表: one theme day for the superior body, with the names of the photos kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.report.minutes import MinutesView, sitting_paper
from zhibu_cli.report.minutes_forms import THEME_REPORT

if TYPE_CHECKING:
    from zhibu_cli.report.request import Request


def paper(request: Request) -> MinutesView:
    """The report of a theme day.

    Raises:
        PaperError: the theme day lies after the last day known.
    """
    none = "台账中没有附这次活动的照片"
    return sitting_paper(request, THEME_REPORT, "主题党日活动纪实报告表", files=("photo",), none=none)
