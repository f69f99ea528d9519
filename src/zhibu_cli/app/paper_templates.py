"""Templates of papers: the built-in ones, and those that a branch put in place of them.

``zhibu.db.模板`` beside ``zhibu.db`` holds the branch's own; a file there bears the name of the
built-in one (``talk-register.docx``) or the paper's title (``谈心谈话登记表.docx``).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli import resources
from zhibu_cli.app.classified import refuse_classified
from zhibu_cli.app.files import OWN_TEMPLATES, beside, refuse_marked_name
from zhibu_cli.app.paper_files import RENDERERS, TEMPLATES, form_of, must_be_named_for, must_exist
from zhibu_cli.app.saving import must_be_writable, save
from zhibu_cli.errors import InputError, NotFoundError, PaperError
from zhibu_cli.model.period import Unit, period_of
from zhibu_cli.report.papers import PAPERS, Needs
from zhibu_cli.report.views import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.report.mapping import Filling
    from zhibu_cli.report.papers import PaperKind
    from zhibu_cli.report.views import View

_LONG = 40
"""Characters of an example."""


class Chosen(NamedTuple):
    """The template of one format."""

    path: Path
    own: bool
    """It lies in the folder of the branch's own templates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """One field of a paper as a template writes it."""

    path: str
    """``branch``, ``rows.day_text``, ``figures.members``."""
    example: str
    """Its value in this ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """With what a template is tried: the latest meeting's year or quarter, or a record."""

    ledger: Path
    today: date
    catalogue: Catalogue
    record: str = ""
    """Empty: the latest one that fits."""


def folder_of(ledger: Path) -> Path:
    """``zhibu.db.模板`` beside ``zhibu.db``: the two are moved and copied together."""
    return beside(ledger, OWN_TEMPLATES)


def built_in(kind: PaperKind, form: str, layout: str = "") -> Path:
    """Our own template."""
    return resources.templates_dir() / TEMPLATES[form].format(kind.stem(layout))


def own(ledger: Path, kind: PaperKind, form: str, layout: str = "") -> Path | None:
    """The branch's own template, if there is one."""
    endings = (TEMPLATES[form][2:], f".{form}")
    stems = (kind.stem(layout), *((kind.title,) if not layout else (f"{kind.title}-{layout}",)))
    names = [f"{stem}{ending}" for stem in stems for ending in endings]
    folder = folder_of(ledger)
    return next((folder / name for name in names if (folder / name).is_file()), None)


def chosen(
    ledger: Path, kind: PaperKind, formats: Sequence[str], template: Path | None, layout: str = ""
) -> Mapping[str, Chosen]:
    """The template of every format: the one named, else the branch's own, else ours."""
    found = {}
    for form in formats:
        base = "docx" if form == "pdf" else form
        mine = template or own(ledger, kind, base, layout)
        found[form] = Chosen(mine or built_in(kind, base, layout), mine is not None and template is None)
    return found


_TOO_MUCH = 16 * 2**20
"""Bytes of a part in XML: ten times what a template of ours has with all its looks."""
_LOCKED = b"\xd0\xcf\x11\xe0"
"""How .doc and .xls begin, and files with a password."""


def must_be_sound(template: Path) -> None:
    """Refuse a file that is locked or would unpack to an absurd size, before a library opens it.

    Raises:
        PaperError: in so many words; whatever else is wrong with it the renderer tells.
    """
    import zipfile

    from zhibu_cli.exchange.prescan import check_parts
    from zhibu_cli.exchange.raw import UnreadableError
    from zhibu_cli.report.fields import DAMAGES, unreadable

    try:
        with template.open("rb") as stream:
            if stream.read(len(_LOCKED)) == _LOCKED:
                raise PaperError(
                    f"模板“{template.name}”加了密码，或是改了名的旧格式（.doc、.xls）。",
                    hint="请在 Word 或 WPS 里取消密码，另存为 .docx 或 .xlsx 后再试。",
                )
        if not zipfile.is_zipfile(template):
            return
        with zipfile.ZipFile(template) as archive:
            check_parts(archive)
            sizes = [one.file_size for one in archive.infolist() if one.filename.endswith(".xml")]
    except UnreadableError as error:
        raise PaperError(
            f"模板“{template.name}”不能用：{error}", hint="请在 WPS 或 Office 里另存后再试。"
        ) from error
    except DAMAGES as error:
        raise unreadable(template, "Word 或 Excel ") from error
    if max(sizes, default=0) > _TOO_MUCH:
        raise PaperError(f"模板“{template.name}”不能用：内容太多。", hint="请删去多余的行、格式和文字。")


def _words_of(template: Path) -> str:
    """All text of a template file, heads and feet of pages and remarks included."""
    import re
    import zipfile
    from html import unescape

    data = template.read_bytes()
    if zipfile.is_zipfile(template):
        with zipfile.ZipFile(template) as archive:
            data = b"\n".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    whole = re.sub(r"</(?:w:p|si|c|text)>", "\n", data.decode("utf-8", "replace"))
    return unescape(re.sub(r"<[^<>]*>", "", whole))


def rendered(view: View, form: str, template: Path, mapping: Path | None = None) -> tuple[bytes, str]:
    """The bytes of a paper, and all text that is printed; an own template is looked through first.

    Raises:
        InputError: a mapping for a format that has none.
        PaperError: the template cannot be used; everything that is wrong with it is told.
        ClassifiedError: it bears a classification mark.
    """
    module = import_module(f"zhibu_cli.report.{RENDERERS[form]}")
    filling = (_filling(mapping, form),) if mapping is not None else ()
    if template.parent != resources.templates_dir():
        from zhibu_cli.report.template_check import must_fit

        refuse_marked_name(template)
        must_be_sound(template)
        must_fit(view, template, form, *filling)
        refuse_classified(_words_of(template), f"模板“{template.name}”的")
    data: bytes = module.render(view, template, *filling)
    return data, module.printed(data)


def _filling(mapping: Path, form: str) -> Filling:
    from zhibu_cli.report.mapping import read_filling

    if form != "xlsx":
        raise InputError("填表对照只用于 .xlsx 表格。", hint="Word 模板把字段直接写在文件里。")
    refuse_marked_name(mapping)
    filling = read_filling(mapping)
    refuse_classified(_words_of(mapping), f"填表对照“{mapping.name}”的")
    return filling


def copy(
    kind: PaperKind,
    form: str,
    target: Path,
    layout: str = "",
    *,
    overwrite: bool,
    beside: Path | None = None,
) -> Path:
    """Copy a built-in template to a file.

    ``beside``: the ledger at hand; nothing is written over it.

    Raises:
        InputError: the paper has no such format, the file's name says another one, or the file is the
            ledger or one that the ledger keeps.
        ExistsError: the file is there already.
    """
    if form not in kind.formats:
        raise InputError(f"{kind.title}没有 {form} 模板。", hint=f"有：{'、'.join(kind.formats)}。")
    must_be_named_for(target, form)
    source = built_in(kind, form, layout)
    read = [source, *([beside] if beside is not None else [])]
    must_be_writable([target], read, overwrite=overwrite, own_template=True)
    save({target: source.read_bytes()})
    return target


def kind_of(template: Path) -> PaperKind:
    """The paper that a template's file name says it is for.

    Raises:
        NotFoundError: it says none.
    """
    stem = template.name.partition(".")[0]
    for kind in PAPERS:
        names = {
            kind.name,
            kind.title,
            *(f"{n}-{one}" for n in (kind.name, kind.title) for one in kind.layouts),
        }
        if stem in names:
            return kind
    hint = f"请写明材料，例如 zhibu template check {template.name} 谈心谈话登记表。"
    raise NotFoundError(f"从文件名“{template.name}”看不出是哪种材料的模板。", hint=hint)


def check(template: Path, kind: PaperKind, trial: Trial, mapping: Path | None = None) -> None:
    """Fill a template as ``zhibu report`` does, and throw the paper away.

    Raises:
        InputError, PaperError, ClassifiedError: what the report would say.
        NotFoundError: there is no record of which the paper could be made.
    """
    must_exist(template, "模板")
    form = form_of(template)
    if form not in kind.formats:
        raise InputError(f"{kind.title}没有“{form}”格式。", hint=f"可用的格式：{'、'.join(kind.formats)}。")
    rendered(_view(kind, trial), form, template, mapping)


def fields_told(kind: PaperKind, trial: Trial) -> Iterator[FieldLine]:
    """Every field with its value in this ledger; of a list those of its items.

    Raises:
        NotFoundError: there is no record of which the paper could be made.
    """
    view = _view(kind, trial)
    for field in fields(view):
        value = getattr(view, field.name)
        if field.name == "figures":
            yield from _figures(view)
        elif field.name != "trace":
            yield from _told(field.name, value, depth=3)


def _figures(view: Any) -> Iterator[FieldLine]:
    shown = set()
    for key, figure in view.figures.items():
        if figure.key == key and key not in shown:
            shown.add(key)
            yield FieldLine(path=f"figures.{key}", example=f"{figure.label}：{figure}")


def _told(path: str, value: Any, *, depth: int) -> Iterator[FieldLine]:
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        yield FieldLine(path=path, example=f"列表，现有{len(value)}项；每一项有：")
        yield from _told(path, value[0], depth=depth)
    elif is_dataclass(value) and not isinstance(value, (type, Figure)) and depth:
        for field in fields(value):
            yield from _told(f"{path}.{field.name}", getattr(value, field.name), depth=depth - 1)
    else:
        words = (
            "、".join(map(str, value)) if isinstance(value, tuple) else str("" if value is None else value)
        )
        words = words.replace("\n", " ") if value != () else "列表，现在没有一项"
        yield FieldLine(path=path, example=words[:_LONG] + ("…" if len(words) > _LONG else ""))


def _view(kind: PaperKind, trial: Trial) -> View:
    from zhibu_cli.app import checking, reporting

    ledger = checking.load(trial.ledger, catalogue=trial.catalogue)
    lived = () if kind.coming else (one.day for one in ledger.sittings if one.day <= trial.today)
    day = max(lived, default=trial.today)
    units = {Needs.QUARTER: Unit.QUARTER, Needs.YEAR: Unit.YEAR}
    period = period_of(units[kind.needs], day) if kind.needs in units else None
    record = trial.record
    if kind.needs is Needs.RECORD and not record:
        found = _latest(kind, ledger)
        if found is None:
            raise NotFoundError(f"台账里还没有可以出{kind.title}的记录。", hint="先登记一条，再来检查模板。")
        record = found.id
    order = reporting.Order(kind=kind, period=period, record=record)
    return reporting.view_of(trial.ledger, order, as_of=trial.today, catalogue=trial.catalogue)


def _latest(kind: PaperKind, ledger: Ledger) -> Entry | None:
    fitting = (
        entry
        for entry in ledger.entries
        if entry.register in kind.registers and (not kind.kinds or {*kind.kinds} & {*entry.kinds})
    )
    return max(fitting, key=lambda entry: entry.day or date.min, default=None)
