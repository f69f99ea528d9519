"""In which formats a paper is written, and to which files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.errors import InputError, PaperError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from zhibu_cli.app.reporting import Wish
    from zhibu_cli.report.papers import PaperKind

RENDERERS = {"docx": "word", "xlsx": "workbook", "md": "markdown", "html": "page", "pdf": "word"}
"""The module of ``report`` that writes a format; a PDF is made from the Word file."""
TEMPLATES = {"docx": "{}.docx", "xlsx": "{}.xlsx", "md": "{}.md.j2", "html": "{}.html.j2"}
_ENDINGS = {
    **{f".{name}": name for name in RENDERERS},
    ".htm": "html",
    ".j2": "md",
}


def formats_of(kind: PaperKind, out: Path, wanted: tuple[str, ...], template: Path | None) -> tuple[str, ...]:
    """The formats to write: those asked for, else what the file's or the template's name says.

    Raises:
        InputError: a format that the paper does not have, or not that of the template.
        PaperError: there is no such template.
    """
    named = _ENDINGS.get(out.suffix.lower())
    wanted = wanted or ((named,) if named else ())
    if template is not None:
        wanted = (_of_template(template, wanted),)
    wanted = tuple(dict.fromkeys(wanted)) or kind.formats[:1]
    known = (*kind.formats, *(["pdf"] if "docx" in kind.formats else []))
    strange = [name for name in wanted if name not in known]
    if strange:
        raise InputError(
            f"{kind.title}没有“{'、'.join(strange)}”格式。", hint=f"可用的格式：{'、'.join(known)}。"
        )
    return wanted


def _of_template(template: Path, wanted: tuple[str, ...]) -> str:
    must_exist(template, "模板")
    form = form_of(template)
    if wanted and wanted != (form,):
        raise InputError(
            f"模板“{template.name}”与要出的格式不一致。",
            hint="模板用 .docx、.xlsx、.md 或 .html，一次出一种格式。",
        )
    return form


def form_of(template: Path) -> str:
    """The format that a template is for, by its name; ``.j2`` behind it does not count.

    Raises:
        InputError: its name says none.
    """
    name = template.name.lower().removesuffix(".j2")
    form = _ENDINGS.get(f".{name.rpartition('.')[2]}") if "." in name else "md"
    if form is None or form == "pdf":
        hint = "模板用 .docx、.xlsx、.md 或 .html；.xls、.doc 请先另存。"
        raise InputError(f"“{template.name}”不是模板的格式。", hint=hint)
    return form


def targets_of(out: Path, name: str, formats: Sequence[str], wish: Wish) -> dict[str, Path]:
    """Where each file goes, by format; ``material`` and ``trace`` beside them.

    Raises:
        InputError: the file's name says another format.
    """
    if out.suffix.lower() in _ENDINGS:
        if len(formats) == 1 and _ENDINGS[out.suffix.lower()] != formats[0]:
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


def must_exist(path: Path, what: str) -> None:
    """Refuse a file that is not there.

    Raises:
        PaperError: in so many words.
    """
    if not path.is_file():
        raise PaperError(f"没有找到{what}“{path}”。", hint="请核对文件名和所在文件夹。")
