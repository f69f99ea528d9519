"""Papers: from a ledger file to files that can be handed in, all of them or none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

from zhibu_cli import resources
from zhibu_cli.app import checking, paper_templates
from zhibu_cli.app.keeping import states_of
from zhibu_cli.app.paper_files import RENDERERS, TEMPLATES, formats_of, targets_of
from zhibu_cli.app.paper_findings import said_to
from zhibu_cli.app.paper_orders import must_be_lived, must_have_room, must_suffice, one_member
from zhibu_cli.app.paper_texts import read_texts
from zhibu_cli.app.saving import must_be_writable, save
from zhibu_cli.errors import InputError, NotFoundError, PaperError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.period import Unit, period_of
from zhibu_cli.report.papers import PAPERS, Needs, PaperKind, find_paper
from zhibu_cli.report.request import Request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from zhibu_cli.app.fonts import Substitution
    from zhibu_cli.app.paper_findings import Said
    from zhibu_cli.app.paper_templates import Chosen
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
    """Every ``〔请补充…〕`` and ``〔待补…〕`` that is left, as often as it stands there (not in 素材清单)."""
    marks: tuple[str, ...] = ()
    """A ``〔U+0007〕`` for every invisible character in the records that the paper shows."""
    own_templates: tuple[Path, ...] = ()
    """The branch's own templates that were taken unasked."""
    fonts: Substitution | None = None
    """Fonts that the PDF does without."""
    untraced: bool = False
    """The trace was asked for, and the paper has no figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How the papers are wanted."""

    formats: tuple[str, ...] = ()
    """Empty: the template's own format, else the paper's usual one."""
    template: Path | None = None
    """The user's own template in place of ours."""
    mapping: Path | None = None
    """With ``template``: a file that says which field goes into which cell of it (report/mapping.py)."""
    trace: bool = False
    """List every figure with its records: an annex, or a file of its own beside an own template."""
    final: bool = False
    """Refuse while a blank or an invisible character is left."""
    overwrite: bool = False
    material: bool = False
    """Write 素材清单 too."""
    texts: Path | None = None
    """A file with the user's own words for the blanks, see ``paper_texts.read_texts``."""
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
    member: str = ""
    """Name or number, of a paper with a page for every member; empty: all of them."""
    slots: int | None = None
    """述职: how many problems, each with one measure; None: the usual three."""


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
    path: Path,
    order: Order,
    out: Path,
    wish: Wish,
    *,
    as_of: date,
    today: date | None = None,
    catalogue: Catalogue = CATALOGUE,
) -> Papers:
    """Write one paper in the formats wanted.

    Args:
        path: the ledger.
        order: which paper, about what.
        out: a folder, or a file whose name tells the format.
        wish: formats, template and the rest.
        as_of: the last day known.
        today: the day on which the paper is made, which it bears; None: the as-of day.
        catalogue: the kinds of record there are.

    Raises:
        InputError: what the paper needs is not said, a format that it does not have, or the last day
            known is still to come.
        NotFoundError: there is no such record or member.
        ExistsError: a file is there already.
        LedgerBusyError: the files cannot be written.
        PaperError: blanks left under ``final``, a broken template, contradicting figures.
    """
    kind, day = order.kind, today or as_of
    must_suffice(kind, order.period, order.record)
    must_have_room(kind, texts=wish.texts is not None, slots=order.slots is not None)
    must_be_lived(as_of, day)
    wish = replace(wish, layout=kind.laid_out(wish.layout))
    if wish.mapping is not None and wish.template is None:
        raise InputError("--map 要和 --template 一起用。", hint="用 --template 写明要填的 .xlsx 表格。")
    formats = formats_of(kind, out, wish.formats, wish.template)
    ledger = checking.load(path, catalogue=catalogue)
    record = _record(ledger, order)
    period = _period(order, record, as_of)
    targets = targets_of(out, _file_name(order, period, record, wish) + _whose(ledger, order), formats, wish)
    templates = paper_templates.chosen(path, kind, formats, wish.template, wish.layout)
    must_be_writable(targets.values(), _sources(path, wish, templates), overwrite=wish.overwrite)
    said = said_to(kind, ledger, period, as_of, path=path, material=wish.material)
    view = kind.build(_beside(_request(order, wish, said, period, day), path, kind, catalogue))
    extra = _material(said, period, kind) if wish.material else None
    return _write(view, templates, targets, wish, extra)


def todo(
    path: Path,
    order: Order,
    texts: Path | None = None,
    *,
    as_of: date,
    today: date | None = None,
    catalogue: Catalogue = CATALOGUE,
) -> tuple[tuple[str, str], ...]:
    """What is left to a person in a paper that is a text: section and blank; nothing is written.

    Raises:
        InputError: the paper is no text; the rest as of ``make``.
    """
    from zhibu_cli.report.todo import left_in

    must_be_lived(as_of, today or as_of)
    left = left_in(
        _built(path, order, Wish(texts=texts), as_of=as_of, today=today or as_of, catalogue=catalogue)
    )
    if left is None:
        raise InputError(
            f"{order.kind.title}是表格，没有要撰写的段落。",
            hint="--todo 只用于报告、总结、述职这些文字材料。",
        )
    return left


def left_told(blanks: Sequence[str]) -> str:
    """How many places of a paper a person has to write, and how many the records leave open."""
    from zhibu_cli.report.wording import is_asked

    asked = sum(map(is_asked, blanks))
    first = f"本稿尚有 {asked} 处需人工撰写" if asked else "本稿没有需人工撰写之处"
    rest = len(blanks) - asked
    return f"{first}，另有 {rest} 处待补，补全记录后重出。" if rest else f"{first}。"


def view_of(path: Path, order: Order, *, as_of: date, catalogue: Catalogue = CATALOGUE) -> View:
    """What a template of the paper is filled with, figures' records included; errors as of ``make``."""
    return _built(path, order, Wish(trace=True), as_of=as_of, today=as_of, catalogue=catalogue)


def _built(path: Path, order: Order, wish: Wish, *, as_of: date, today: date, catalogue: Catalogue) -> View:
    must_suffice(order.kind, order.period, order.record)
    must_have_room(order.kind, texts=wish.texts is not None, slots=order.slots is not None)
    ledger = checking.load(path, catalogue=catalogue)
    period = _period(order, _record(ledger, order), as_of)
    said = said_to(order.kind, ledger, period, as_of, path=path)
    asked = _request(order, wish, said, period, today)
    return order.kind.build(_beside(asked, path, order.kind, catalogue))


def _period(order: Order, record: Entry | None, as_of: date) -> Period:
    return order.period or period_of(Unit.YEAR, (record.day if record else None) or as_of)


def quarter_report(
    path: Path, period: Period, out: Path, wish: Wish, *, as_of: date, today: date | None = None
) -> Papers:
    """The report of a quarter, see ``make``."""
    return make(path, Order(kind=named("quarter"), period=period), out, wish, as_of=as_of, today=today)


def debrief_report(
    path: Path, year: int, out: Path, wish: Wish, *, as_of: date, today: date | None = None
) -> Papers:
    """The secretary's 述职 for a year, see ``make``."""
    from datetime import date as day

    period = period_of(Unit.YEAR, day(year, 1, 1))
    return make(path, Order(kind=named("debrief"), period=period), out, wish, as_of=as_of, today=today)


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


def _whose(ledger: Ledger, order: Order) -> str:
    """What the file's name says more where the paper is about one member."""
    member = one_member(ledger, order.kind, order.member)
    return f"-{member.name}" if member else ""


def _file_name(order: Order, period: Period, record: Entry | None, wish: Wish) -> str:
    kind = order.kind
    if record is not None:
        return f"{record.day.isoformat() if record.day else ''}{kind.title}{record.id}"
    if kind.needs is Needs.DAY:
        return kind.title + (f"-{wish.layout}" if wish.layout else "")
    if kind.short:
        return f"{period.label.removesuffix('年')}{kind.short}"
    return f"{period.label}{kind.title}"


def _request(order: Order, wish: Wish, said: Said, period: Period, today: date) -> Request:
    result = said.result
    member = one_member(result.ledger, order.kind, order.member)
    return Request(
        ledger=result.ledger,
        findings=result.findings,
        late=said.late,
        as_of=result.as_of,
        printed=today,
        period=period,
        circle=order.kind.circle.value,
        record=order.record,
        member=member.id if member else "",
        layout=wish.layout,
        full=order.kind.shows_whole(full=wish.full),
        trace=wish.trace,
        slots=order.slots or 3,
        texts=read_texts(wish.texts) if wish.texts is not None else {},
        own_rules=result.own_rules,
    )


def _beside(request: Request, path: Path, kind: PaperKind, catalogue: Catalogue) -> Request:
    """The request with what the paper asks of the disk: files kept, what falls due, the ledger's versions."""
    if kind.files:
        about = request.record or (None if kind.needs is Needs.DAY else request.period)
        request = replace(request, copies=states_of(path, request.ledger, about))
    if not kind.ahead:
        return request
    from zhibu_cli.app.due import due
    from zhibu_cli.app.verifying import code_of
    from zhibu_cli.store.opening import open_store

    coming = due(path, request.as_of, f"{kind.ahead}d", catalogue=catalogue).view.parts
    with open_store(path, catalogue=catalogue) as store:
        code = code_of(store.last_hash())
        return replace(request, coming=coming, versions=store.size(), code=code)


def _material(said: Said, period: Period, kind: PaperKind) -> Paper:
    from zhibu_cli.report.material import build_material
    from zhibu_cli.report.private import masking
    from zhibu_cli.report.wording import changed

    result, ledger = said.result, said.result.ledger
    own, beyond, late = result.own_rules, kind.beyond, said.late
    view = build_material(
        ledger, result.findings, period, result.as_of, own_rules=own, beyond=beyond, late=late
    )
    return changed(view, masking(ledger))  # type: ignore[no-any-return]


def _sources(ledger: Path, wish: Wish, templates: Mapping[str, Chosen]) -> tuple[Path, ...]:
    given = (ledger, wish.template, wish.mapping, wish.texts, *(one.path for one in templates.values()))
    return tuple(path for path in given if path is not None)


def _write(
    view: View, templates: Mapping[str, Chosen], targets: Mapping[str, Path], wish: Wish, extra: Paper | None
) -> Papers:
    from zhibu_cli.report.wording import blanks, marks

    made: dict[Path, bytes] = {}
    fonts: Substitution | None = None
    left: Counter[str] = Counter()
    unseen: tuple[str, ...] = ()
    for form in filter(RENDERERS.__contains__, targets):
        written = "docx" if form == "pdf" else form
        data, printed = paper_templates.rendered(view, written, templates[form].path, wish.mapping)
        if form == "pdf":
            data, fonts = _as_pdf(data)
        made[targets[form]] = data
        left |= Counter(blanks(printed))  # one place in several formats is one place
        unseen = max(unseen, marks(printed), key=len)
    if wish.final:
        _must_be_ready(tuple(left.elements()), unseen)
    if extra is not None:
        made[targets["material"]] = _plain(extra, "material", targets["material"].suffix[1:])
    traced = bool(getattr(view, "trace", ()))
    if "trace" in targets and traced:
        made[targets["trace"]] = _plain(view, "trace", "md")
    save(made)
    mine = tuple(one.path for one in templates.values() if one.own)
    blank, untraced = tuple(left.elements()), wish.trace and not traced
    files = tuple(made)
    return Papers(files=files, blanks=blank, marks=unseen, own_templates=mine, fonts=fonts, untraced=untraced)


def _as_pdf(word: bytes) -> tuple[bytes, Substitution | None]:
    from zhibu_cli.app.fonts import substituted
    from zhibu_cli.app.pdf import to_pdf

    made = to_pdf(word)
    return made, substituted(word, made)


def _must_be_ready(left: tuple[str, ...], unseen: tuple[str, ...]) -> None:
    named = "".join(dict.fromkeys(left))
    strange = f"含不可见字符{len(unseen)}处：{''.join(dict.fromkeys(unseen))}。"
    if left:
        raise PaperError(
            f"还有{len(left)}处空白，不能定稿：{named}。{'另' + strange if unseen else ''}",
            hint="“请补充”的用 --texts 文件补写，“待补”的请用 zhibu amend 补全（附件用 zhibu attach）。",
        )
    if unseen:
        raise PaperError(f"不能定稿：{strange}", hint="请核对原文，用 zhibu amend 改正记录后再出。")


def _plain(view: View, name: str, form: str) -> bytes:
    module = import_module(f"zhibu_cli.report.{RENDERERS[form]}")
    data: bytes = module.render(view, resources.templates_dir() / TEMPLATES[form].format(name))
    return data
