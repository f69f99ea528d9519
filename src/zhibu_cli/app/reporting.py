"""Papers: from a ledger file to files that can be handed in, all of them or none."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from zhibu_cli import resources
from zhibu_cli.app import checking
from zhibu_cli.app.paper_files import RENDERERS, TEMPLATES, formats_of, targets_of
from zhibu_cli.app.paper_texts import read_texts
from zhibu_cli.app.saving import must_be_writable, save
from zhibu_cli.errors import InputError, NotFoundError, PaperError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.period import Unit, period_of
from zhibu_cli.report.papers import PAPERS, Needs, PaperKind, find_paper
from zhibu_cli.report.request import Request

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from zhibu_cli.app.checking import CheckResult
    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.period import Period
    from zhibu_cli.report.views import Paper, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What was written, and what is left for a person."""

    files: tuple[Path, ...]
    blanks: tuple[str, ...]
    """Every ``〔请补充…〕`` and ``〔待补…〕`` that is left in the papers (not in 素材清单)."""
    marks: tuple[str, ...] = ()
    """A ``〔U+0007〕`` for every invisible character in the records that the paper shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How the papers are wanted."""

    formats: tuple[str, ...] = ()
    """Empty: the template's own format, else the paper's usual one."""
    template: Path | None = None
    """The user's own template in place of ours."""
    trace: bool = False
    """List every figure with its records: an annex, or a file of its own beside an own template."""
    final: bool = False
    """Refuse while a blank or an invisible character is left."""
    overwrite: bool = False
    material: bool = False
    """Write 素材清单 too."""
    texts: Path | None = None
    """A file with the user's own words for the blanks, see ``read_texts``."""
    full: bool = False
    """ID numbers and telephone numbers whole, in a paper that has them."""
    layout: str = ""
    """Which of the paper's layouts; empty: its first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Which paper, about what."""

    kind: PaperKind
    period: Period | None = None
    """Quarter or year; None for a paper about one record or about the as-of day."""
    record: str = ""
    slots: int = 3
    """述职: how many problems, each with one measure."""


def named(word: str) -> PaperKind:
    """The paper of that name.

    Raises:
        NotFoundError: there is none.
    """
    kind = find_paper(word)
    if kind is None:
        raise NotFoundError(f"没有“{word}”这种材料。", hint="用 zhibu report --list 查看有哪些。")
    return kind


def of_record(number: str, catalogue: Catalogue = CATALOGUE) -> PaperKind:
    """The paper of a record as it is: minutes of a sitting, the form of a talk."""
    register = catalogue.register_of_number(number)
    fitting = (one for one in PAPERS if register and register.name in one.registers and not one.kinds)
    return next(fitting, named("minutes"))


def listed() -> tuple[PaperKind, ...]:
    """Every paper there is, in the order of the year."""
    return PAPERS


def make(
    path: Path, order: Order, out: Path, wish: Wish, *, as_of: date, catalogue: Catalogue = CATALOGUE
) -> Papers:
    """Write one paper in the formats wanted.

    Args:
        path: the ledger.
        order: which paper, about what.
        out: a folder, or a file whose name tells the format.
        wish: formats, template and the rest.
        as_of: the last day known.
        catalogue: the kinds of record there are.

    Raises:
        InputError: what the paper needs is not said, or a format that it does not have.
        NotFoundError: there is no such record.
        ExistsError: a file is there already.
        LedgerBusyError: the files cannot be written.
        PaperError: blanks left under ``final``, a broken template, contradicting figures.
    """
    kind = order.kind
    _must_suffice(order)
    formats = formats_of(kind, out, wish.formats, wish.template)
    ledger = checking.load(path, catalogue=catalogue)
    record = _record(ledger, order)
    period = order.period or period_of(Unit.YEAR, (record.day if record else None) or as_of)
    targets = targets_of(out, _file_name(order, period, record, wish), formats, wish)
    must_be_writable(targets.values(), _sources(path, wish), overwrite=wish.overwrite)
    result = checking.check_ledger(ledger, period.span, as_of, path=path)
    view = kind.build(_request(order, wish, result, period))
    extra = _material(result, period) if wish.material else None
    return _write(view, kind, targets, wish, extra)


def quarter_report(path: Path, period: Period, out: Path, wish: Wish, *, as_of: date) -> Papers:
    """The report of a quarter, see ``make``."""
    return make(path, Order(kind=named("quarter"), period=period), out, wish, as_of=as_of)


def debrief_report(path: Path, year: int, out: Path, wish: Wish, *, as_of: date, slots: int = 3) -> Papers:
    """The secretary's 述职 for a year, see ``make``."""
    from datetime import date as day

    period = period_of(Unit.YEAR, day(year, 1, 1))
    return make(path, Order(kind=named("debrief"), period=period, slots=slots), out, wish, as_of=as_of)


_ASKED = {
    Needs.QUARTER: ("季度", "例如 --quarter 2026Q3。"),
    Needs.YEAR: ("年份", "例如 --year 2026。"),
}


def _must_suffice(order: Order) -> None:
    needs, period = order.kind.needs, order.period
    if needs in _ASKED:
        what, hint = _ASKED[needs]
        if period is None:
            raise InputError(f"{order.kind.title}要写明{what}。", hint=hint)
        if period.unit.value != needs.value:
            raise InputError(f"{order.kind.title}要写明{what}，“{period.label}”不是{what}。", hint=hint)
    if needs is Needs.RECORD and not order.record:
        hint = "例如 --record S12；编号见 zhibu list。"
        raise InputError(f"{order.kind.title}要写明是哪一条记录。", hint=hint)


def _record(ledger: Ledger, order: Order) -> Entry | None:
    kind = order.kind
    if kind.needs is not Needs.RECORD:
        return None
    found = next((entry for entry in ledger.entries if entry.id == order.record), None)
    if found is None:
        raise NotFoundError(f"没有编号为“{order.record}”的记录。", hint="用 zhibu list 查看编号。")
    if found.register not in kind.registers or (kind.kinds and not {*kind.kinds} & {*found.kinds}):
        raise InputError(
            f"{found.id}出不了{kind.title}：它不是这一类记录。", hint="用 zhibu report --list 查看各种材料。"
        )
    return found


def _file_name(order: Order, period: Period, record: Entry | None, wish: Wish) -> str:
    kind = order.kind
    if record is not None:
        return f"{record.day.isoformat() if record.day else ''}{kind.title}{record.id}"
    if kind.needs is Needs.DAY:
        return kind.title + (f"-{wish.layout}" if wish.layout else "")
    if kind.short:
        return f"{period.label.removesuffix('年')}{kind.short}"
    return f"{period.label}{kind.title}"


def _request(order: Order, wish: Wish, result: CheckResult, period: Period) -> Request:
    return Request(
        ledger=result.ledger,
        findings=result.findings,
        as_of=result.as_of,
        period=period,
        circle=order.kind.circle.value,
        record=order.record,
        layout=wish.layout,
        full=wish.full,
        trace=wish.trace,
        slots=order.slots,
        texts=read_texts(wish.texts) if wish.texts is not None else {},
        own_rules=result.own_rules,
    )


def _material(result: CheckResult, period: Period) -> Paper:
    from zhibu_cli.report.material import build_material

    return build_material(result.ledger, result.findings, period, result.as_of, own_rules=result.own_rules)


def _sources(ledger: Path, wish: Wish) -> tuple[Path, ...]:
    return tuple(path for path in (ledger, wish.template, wish.texts) if path is not None)


def _write(
    view: View, kind: PaperKind, targets: Mapping[str, Path], wish: Wish, extra: Paper | None
) -> Papers:
    from zhibu_cli.report.wording import blanks, marks

    made: dict[Path, bytes] = {}
    left: dict[str, None] = {}
    unseen: tuple[str, ...] = ()
    for form in filter(RENDERERS.__contains__, targets):
        data, printed = _rendered(view, kind, form, wish)
        made[targets[form]] = data
        left |= dict.fromkeys(blanks(printed))
        unseen = max(unseen, marks(printed), key=len)
    if wish.final:
        _must_be_ready(tuple(left), unseen)
    if extra is not None:
        made[targets["material"]] = _plain(extra, "material", targets["material"].suffix[1:])
    if "trace" in targets:
        made[targets["trace"]] = _plain(view, "trace", "md")
    save(made)
    return Papers(files=tuple(made), blanks=tuple(left), marks=unseen)


def _rendered(view: View, kind: PaperKind, form: str, wish: Wish) -> tuple[bytes, str]:
    """The bytes, and all text that is printed."""
    if form == "pdf":
        from zhibu_cli.app.pdf import to_pdf

        word, printed = _rendered(view, kind, "docx", wish)
        return to_pdf(word), printed
    module = import_module(f"zhibu_cli.report.{RENDERERS[form]}")
    template = wish.template or resources.templates_dir() / TEMPLATES[form].format(kind.stem(wish.layout))
    data: bytes = module.render(view, template)
    return data, module.printed(data)


def _must_be_ready(left: tuple[str, ...], unseen: tuple[str, ...]) -> None:
    strange = f"含不可见字符{len(unseen)}处：{''.join(dict.fromkeys(unseen))}。"
    if left:
        raise PaperError(
            f"还有{len(left)}处空白，不能定稿：{''.join(left)}。{'另' + strange if unseen else ''}",
            hint="“请补充”的用 --texts 文件补写，“待补”的请先用 zhibu amend 补全记录。",
        )
    if unseen:
        raise PaperError(f"不能定稿：{strange}", hint="请核对原文，用 zhibu amend 改正记录后再出。")


def _plain(view: View, name: str, form: str) -> bytes:
    module = import_module(f"zhibu_cli.report.{RENDERERS[form]}")
    data: bytes = module.render(view, resources.templates_dir() / TEMPLATES[form].format(name))
    return data
