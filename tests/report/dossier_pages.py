"""迎检资料 built from a ledger, its page, and the part of it between two headings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.report.factory import branch, many, meeting, members, period, posts
from tests.report.factory import findings as some_findings

from zhibu_cli import resources
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import Ledger, build_ledger
from zhibu_cli.report import page
from zhibu_cli.report.papers import Circle, find_paper
from zhibu_cli.report.request import Request

if TYPE_CHECKING:
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.report.dossier import DossierView

TEMPLATE = resources.templates_dir() / "dossier.html.j2"
AS_OF = date(2026, 10, 8)


def dossier(
    ledger: Ledger, found: tuple[Finding, ...] | None = None, as_of: date = AS_OF, **more: Any
) -> DossierView:
    asked = Request(
        ledger=ledger,
        findings=some_findings() if found is None else found,
        as_of=as_of,
        period=period("2026"),
        circle=Circle.SHOWN.value,
        **more,
    )
    kind = find_paper("dossier")
    assert kind is not None
    view: DossierView = kind.build(asked)  # type: ignore[assignment]
    return view


def html(view: DossierView) -> str:
    return page.render(view, TEMPLATE).decode("utf-8")


def one_ledger(**more: Any) -> Ledger:
    """One committee meeting on 3 July and nothing else but people."""
    held = many("sitting", [meeting("committee_meeting", "2026-07-03", "研究三季度工作") | more])
    return build_ledger([branch(), *members(), *posts(), *held], CATALOGUE)


def between(text: str, first: str, then: str) -> str:
    start = text.index(f'<h2 id="{first}"')
    return text[start : text.index(f'<h2 id="{then}"', start)]
