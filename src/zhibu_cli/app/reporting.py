"""Papers: from a ledger file to files that can be handed in, all of them or none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from zhibu_cli import resources
from zhibu_cli.app.saving import must_be_writable, save
from zhibu_cli.errors import InputError, PaperError
from zhibu_cli.model.period import Unit, period_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from zhibu_cli.app.checking import CheckResult
    from zhibu_cli.model.period import Period
    from zhibu_cli.report.views import Paper

QUARTER_FORMATS = ("docx", "xlsx", "md")
DEBRIEF_FORMATS = ("docx", "md")

_RENDERERS = {"docx": "word", "xlsx": "workbook", "md": "markdown"}
_TEMPLATES = {"docx": "{}.docx", "xlsx": "{}.xlsx", "md": "{}.md.j2"}
_TEMPLATE_FORMATS = {".docx": "docx", ".xlsx": "xlsx", ".md": "md", ".j2": "md"}


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
    """Empty: the template's own format, else docx."""
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


def quarter_report(path: Path, period: Period, out: Path, wish: Wish, *, as_of: date) -> Papers:
    """The report of a quarter.

    Args:
        path: the ledger.
        period: the quarter.
        out: a folder, or a file whose name tells the format.
        wish: formats, template and the rest.
        as_of: the last day known.

    Raises:
        InputError: no quarter, or a format that this paper does not have.
        ExistsError: a file is there already.
        LedgerBusyError: the files cannot be written.
        PaperError: blanks left under ``final``, a broken template, contradicting figures.
    """
    from zhibu_cli.report.quarter import build_quarter

    if period.unit is not Unit.QUARTER:
        raise InputError(f"季度报告要写明季度，“{period.label}”不是季度。", hint="例如 --quarter 2026Q3。")
    formats = _formats(wish, out, QUARTER_FORMATS)
    targets = _targets(out, f"{period.label}党建工作报告", formats, wish)
    must_be_writable(targets.values(), _sources(path, wish), overwrite=wish.overwrite)
    result = _look(path, period, as_of)
    view = build_quarter(
        result.ledger,
        result.findings,
        period,
        as_of,
        trace=wish.trace,
        texts=_texts(wish),
        own_rules=result.own_rules,
    )
    return _write(view, "quarter", targets, wish, _material(result, period, wish))


def debrief_report(path: Path, year: int, out: Path, wish: Wish, *, as_of: date, slots: int = 3) -> Papers:
    """The secretary's 述职 for a year, with as many problems (and measures) as there are slots.

    Raises:
        InputError: a format that this paper does not have.
        ExistsError: a file is there already.
        LedgerBusyError: the files cannot be written.
        PaperError: blanks left under ``final``, a broken template, contradicting figures.
    """
    from datetime import date as day

    from zhibu_cli.report.debrief import build_debrief

    period = period_of(Unit.YEAR, day(year, 1, 1))
    formats = _formats(wish, out, DEBRIEF_FORMATS)
    targets = _targets(out, f"{year}年度述职报告", formats, wish)
    must_be_writable(targets.values(), _sources(path, wish), overwrite=wish.overwrite)
    result = _look(path, period, as_of)
    view = build_debrief(
        result.ledger,
        result.findings,
        period,
        as_of,
        slots=slots,
        trace=wish.trace,
        texts=_texts(wish),
        own_rules=result.own_rules,
    )
    return _write(view, "debrief", targets, wish, _material(result, period, wish))


def _look(path: Path, period: Period, as_of: date) -> CheckResult:
    from zhibu_cli.app import checking

    return checking.check_ledger(checking.load(path), period.span, as_of, path=path)


def _material(result: CheckResult, period: Period, wish: Wish) -> Paper | None:
    from zhibu_cli.report.material import build_material

    if not wish.material:
        return None
    return build_material(result.ledger, result.findings, period, result.as_of, own_rules=result.own_rules)


def _formats(wish: Wish, out: Path, known: Sequence[str]) -> tuple[str, ...]:
    named = _TEMPLATE_FORMATS.get(out.suffix.lower())
    wanted = wish.formats or ((named,) if named else ())
    if wish.template is not None:
        _must_exist(wish.template, "模板")
        of_template = _TEMPLATE_FORMATS.get(wish.template.suffix.lower())
        if of_template is None or (wanted and wanted != (of_template,)):
            raise InputError(
                f"模板“{wish.template.name}”与要出的格式不一致。",
                hint="模板用 .docx、.xlsx 或 .md，一次出一种格式。",
            )
        wanted = (of_template,)
    wanted = tuple(dict.fromkeys(wanted)) or ("docx",)
    strange = [name for name in wanted if name not in known]
    if strange:
        raise InputError(
            f"这种材料没有“{'、'.join(strange)}”格式。", hint=f"可用的格式：{'、'.join(known)}。"
        )
    return wanted


def _sources(ledger: Path, wish: Wish) -> tuple[Path, ...]:
    return tuple(path for path in (ledger, wish.template, wish.texts) if path is not None)


def _targets(out: Path, name: str, formats: Sequence[str], wish: Wish) -> dict[str, Path]:
    """Where each file goes, by format; ``material`` and ``trace`` beside them."""
    if out.suffix.lower() in _TEMPLATE_FORMATS:
        if len(formats) == 1 and out.suffix.lower() != f".{formats[0]}":
            raise InputError(
                f"文件名“{out.name}”与格式 {formats[0]} 不一致。", hint="请改文件名或 --format。"
            )
        folder, stem = out.parent, out.stem
    else:
        folder, stem = out, name
    targets = {form: folder / f"{stem}.{form}" for form in formats}
    if wish.material:
        form = "md" if formats == ("md",) else "docx"
        targets["material"] = folder / f"{stem}-素材清单.{form}"
    if wish.trace and wish.template is not None:
        targets["trace"] = folder / f"{stem}-数据来源表.md"
    return targets


def read_texts(path: Path) -> dict[str, str]:
    """The user's own words for the blanks.

    A text file in UTF-8: a line ``【name of the blank】`` (what stands behind 请补充：), below it the words.

    Raises:
        PaperError: the file cannot be read or has no such line.
    """
    _must_exist(path, "补写文件")
    try:
        whole = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PaperError(f"补写文件“{path.name}”读不出来。", hint="请存为 UTF-8 文本。") from error
    parts = re.split(r"^【(.+)】[ \t]*$", whole, flags=re.MULTILINE)
    texts = {name.strip(): words.strip() for name, words in zip(parts[1::2], parts[2::2], strict=True)}
    if not texts or not all(texts.values()):
        raise PaperError(
            f"补写文件“{path.name}”里没有可用的内容。", hint="每段先写一行【空白的名称】，下一行起写内容。"
        )
    return texts


def _must_exist(path: Path, what: str) -> None:
    if not path.is_file():
        raise PaperError(f"没有找到{what}“{path}”。", hint="请核对文件名和所在文件夹。")


def _texts(wish: Wish) -> Mapping[str, str]:
    return read_texts(wish.texts) if wish.texts is not None else {}


def _write(view: Paper, name: str, targets: Mapping[str, Path], wish: Wish, extra: Paper | None) -> Papers:
    from zhibu_cli.report.wording import blanks, marks

    made: dict[Path, bytes] = {}
    left: dict[str, None] = {}
    unseen: tuple[str, ...] = ()
    for form in filter(_RENDERERS.__contains__, targets):
        module = import_module(f"zhibu_cli.report.{_RENDERERS[form]}")
        template = wish.template or resources.templates_dir() / _TEMPLATES[form].format(name)
        made[targets[form]] = data = module.render(view, template)
        printed = module.printed(data)
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


def _must_be_ready(left: tuple[str, ...], unseen: tuple[str, ...]) -> None:
    strange = f"含不可见字符{len(unseen)}处：{''.join(dict.fromkeys(unseen))}。"
    if left:
        raise PaperError(
            f"还有{len(left)}处空白，不能定稿：{''.join(left)}。{'另' + strange if unseen else ''}",
            hint="“请补充”的用 --texts 文件补写，“待补”的请先用 zhibu amend 补全记录。",
        )
    if unseen:
        raise PaperError(f"不能定稿：{strange}", hint="请核对原文，用 zhibu amend 改正记录后再出。")


def _plain(view: Paper, name: str, form: str) -> bytes:
    module = import_module(f"zhibu_cli.report.{_RENDERERS[form]}")
    data: bytes = module.render(view, resources.templates_dir() / _TEMPLATES[form].format(name))
    return data
