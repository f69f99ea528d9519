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
_OTHERS = frozenset(
    ".csv .db .doc .docm .dot .dotx .et .json .odt .ods .ppt .pptx .rtf .txt .wps .xls .xlsm".split()  # noqa: SIM905
)
"""Endings of files that papers cannot be; any other name without one of ours is a folder's."""


def formats_of(kind: PaperKind, out: Path, wanted: tuple[str, ...], template: Path | None) -> tuple[str, ...]:
    """The formats to write: those asked for, else what the file's or the template's name says.

    Raises:
        InputError: a format that the paper does not have, or not that of the template.
        PaperError: there is no such template.
    """
    named = _ENDINGS.get(out.suffix.lower())
    wanted = wanted or ((named,) if named else ())
    if template is not None:
        wanted = _of_template(template, wanted)
    wanted = tuple(dict.fromkeys(wanted)) or kind.formats[:1]
    known = (*kind.formats, *(["pdf"] if "docx" in kind.formats else []))
    strange = [name for name in wanted if name not in known]
    if strange:
        raise InputError(
            f"{kind.title}没有“{'、'.join(strange)}”格式。", hint=f"可用的格式：{'、'.join(known)}。"
        )
    return wanted


def _of_template(template: Path, wanted: tuple[str, ...]) -> tuple[str, ...]:
    must_exist(template, "模板")
    form = form_of(template)
    made_of_it = {form, "pdf"} if form == "docx" else {form}
    if not made_of_it.issuperset(wanted):
        raise InputError(
            f"模板“{template.name}”与要出的格式不一致。",
            hint="模板用 .docx、.xlsx、.md 或 .html，出同一种格式；Word 模板也可以出 pdf。",
        )
    return wanted or (form,)


def form_of(template: Path) -> str:
    """The format that a template is for, by its name; ``.j2`` behind it does not count.

    Raises:
        InputError: its name says none.
    """
    name = template.name.lower().removesuffix(".j2")
    form = ending_of(template) if "." in name else "md"
    if form is None or form == "pdf":
        hint = "模板用 .docx、.xlsx、.md 或 .html；.xls、.doc 请先另存。"
        raise InputError(f"“{template.name}”不是模板的格式。", hint=hint)
    return form


def must_be_named_for(target: Path, form: str) -> None:
    """Refuse a file name that does not end as a template of the format does.

    Raises:
        InputError: in so many words.
    """
    if ending_of(target) != form:
        raise InputError(
            f"文件名“{target.name}”与格式 {form} 不一致，没有写入。", hint=f"文件名请以 .{form} 结尾。"
        )


def ending_of(path: Path) -> str | None:
    """The format that a file's name says, if any; ``.j2`` behind it does not count."""
    name = path.name.lower().removesuffix(".j2")
    return _ENDINGS.get(f".{name.rpartition('.')[2]}") if "." in name else None


def targets_of(out: Path, name: str, formats: Sequence[str], wish: Wish) -> dict[str, Path]:
    """Where each file goes, by format; ``material`` and ``trace`` beside them.

    Raises:
        InputError: the file's name says another format.
    """
    ending = out.suffix.lower()
    named = _ENDINGS.get(ending)
    if named is not None and named not in formats:
        told = "、".join(formats)
        raise InputError(f"文件名“{out.name}”与格式 {told} 不一致。", hint="请改文件名或 --format。")
    if named is None and ending in _OTHERS and not out.is_dir():
        raise InputError(
            f"不能写成“{out.name}”。", hint="文件名请以 .docx、.xlsx、.md、.html 或 .pdf 结尾，或写文件夹。"
        )
    if out.name.lower() in _ENDINGS and not out.is_dir():
        raise InputError(f"“{out.name}”只有扩展名，前面没有名字。", hint="请写全文件名，例如 季报.docx。")
    folder, stem = (out, name) if named is None else (out.parent, out.stem)
    targets = {form: out if form == named else folder / f"{stem}.{form}" for form in formats}
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
    if path.is_dir():
        raise PaperError(f"“{path}”是文件夹，不是{what}。", hint="请写到文件本身。")
    if not path.is_file():
        raise PaperError(f"没有找到{what}“{path}”。", hint="请核对文件名和所在文件夹。")
