"""A view as the fields of a template, and errors of templates in words a secretary understands."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from zhibu_cli.errors import PaperError
from zhibu_cli.report.views import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from zhibu_cli.report.views import View

_NAMES = (
    r"'(?P<name>[^']+)' is undefined",
    r"has no attribute '(?P<name>[^']+)'",
    r"has no element '?(?P<name>[^']+)'?$",
)

DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(ArithmeticError, AttributeError, LookupError, MemoryError),
    *(RuntimeError, SyntaxError, TypeError, ValueError),
)
"""What the readers of Office files raise over a file that is no such file, or a damaged one."""

_CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (RecursionError, "套得太深，或宏、区块不停地调用自己"),
    (MemoryError, "文字太长"),
    (OverflowError, "数字太大"),
    (ZeroDivisionError, "除数是零"),
    (UnicodeError, "有写不出来的字符"),
)
_TOKENS = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "begin of statement block": "{%",
    "begin of print statement": "{{",
    "end of template": "模板结尾",
    "eof": "模板结尾",
    "name": "名称",
    "string": "带引号的文字",
    "integer": "数字",
}
_WHOLE = (
    "{{%p …%}} 单独占一段，{{%tr …%}} 单独占表格的一行，{{%tc …%}} 单独占一格，百分号和字母之间不空格；"
    "别处写 {{% … %}}"
)
_TOLD = (
    (r"No (?:filter|test) named '([^']+)'", "没有或不能用“{0}”"),
    (r"is unsafe|not safely callable", "用了不允许的属性或方法"),
    (r"block that needs to be closed is '(\w+)'", "“{0}”没有结束，缺 {{% end{0} %}}"),
    (r"Encountered unknown tag '(?:p|tr|tc|r)'", _WHOLE),
    (r"Encountered unknown tag '(end\w+|else|elif)'", "{{% {0} %}} 没有与它成对的开头，或次序错了"),
    (r"Encountered unknown tag '([^']+)'", "不认识 {{% {0} %}}"),
    (r"Missing end of (?:comment|raw)", "“{{#”或“raw”没有结束"),
    (r"expected token '([^']+)', got '([^']+)'", "写法不对：到“{1}”这里应当是“{0}”"),
    (r"unexpected char '([^']+)'", "写法不对：有不该有的字符“{0}”"),
    (r"unexpected '([^']+)'", "写法不对：多了“{0}”，或括号、花括号不成对"),
    (r"[Uu]nexpected end of template|unexpected eof|expected token", "没有写完，模板到结尾还缺一段"),
    (r"too many statically nested|too many nested|nested too deep|too complex", "套得太深"),
    (r"can only concatenate|unsupported operand|not supported between|must be str", "不能这样运算或比较"),
    (r"positional argument|unexpected keyword|takes .*argument|expected at", "括号里的内容多了或少了"),
    (r"not iterable|cannot unpack|values to unpack", "写法不对：这不是列表，不能逐项取"),
    (r"not callable", "写法不对：这个名称后面不能加括号"),
    (r"[Ee]xceeds the limit|[Ii]nvalid literal|could not convert|not a real number", "数字写错了或太大"),
    (r"format string|format code|format character", "日期或数字的格式写错了"),
    (r"block '([^']+)' defined twice", "区块“{0}”写了两次"),
)  # fmt: skip
_OTHERWISE = "写法不对，请核对标记是否成对，括号和引号是否齐全"


class FaultyTemplateError(PaperError):
    """A template cannot be used for what is written in it."""

    def __init__(self, message: str, *, hint: str, problems: Sequence[str]) -> None:
        """``problems``: a line each, with its place."""
        super().__init__(message, hint=hint)
        self.problems = tuple(problems)


def fields_of(view: View) -> dict[str, Any]:
    """Every field of the view by its name; nothing else reaches a template."""
    return {field.name: getattr(view, field.name) for field in fields(view)}


def faulty(template: Path, problems: Sequence[str], hint: str = "") -> FaultyTemplateError:
    """The error for a template with problems, all at once; ``problems``: a line each, with its place."""
    message = f"模板“{template.name}”{problems[0]}{'' if problems[0].endswith('？') else '。'}"
    if len(problems) > 1:
        listed = "\n".join(f"  {number}. {problem}" for number, problem in enumerate(problems, 1))
        message = f"模板“{template.name}”有{len(problems)}处问题：\n{listed}"
    return FaultyTemplateError(
        message, hint=hint or "请改正模板；可用的字段见 zhibu template fields。", problems=problems
    )


def no_such_field(name: str, known: Iterable[str], figures: Collection[str] = ()) -> str:
    """``没有“figures.member”这个字段，是不是 figures.members？``; ``figures``: their names."""
    head, dot, last = name.rpartition(".")
    near = [f"{head}{dot}{one}" for one in _near(last, known) if one != last]
    if not dot and not near and (name in figures or not name.isascii()):
        near = [f"figures.{one}" for one in _near(name, figures)]
    return f"没有“{name}”这个字段" + (f"，是不是 {near[0]}？" if near else "")


def _near(name: str, known: Iterable[str]) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - for errors alone

    return get_close_matches(name, sorted(set(known)), n=1, cutoff=0.5)


def printable(value: Any) -> bool:
    """Whether a value can be printed: a text, a number, a day, a figure, or several of them."""
    if isinstance(value, tuple):
        return all(map(printable, value))
    return value is None or isinstance(value, (str, int, float, date, Figure))


def shown(value: Any) -> Any:
    """What is printed of a value: several words with ``、`` between them, the rest as it is.

    Raises:
        TypeError: it is a record or a table of fields, whose insides nobody wants to read.
    """
    if isinstance(value, (tuple, list)):
        return "、".join(str(shown(item)) for item in value)
    if isinstance(value, Mapping) or (is_dataclass(value) and not isinstance(value, Figure)):
        raise TypeError(NOT_ONE)
    return value


NOT_ONE = "这不是一项内容，不能直接写；请写到具体的一项，如 figures.members；列表用 for 逐项取"


def unknown_field(name: str, template: Path, view: View, where: str = "") -> FaultyTemplateError:
    """The error for a field that the view does not have; the nearest one is named."""
    told = no_such_field(name, names_in(view))
    return faulty(template, [f"{where}：{told}" if where else f"不能用：{told}"])


def names_in(view: View) -> set[str]:
    """Every name that a template of the view may use, those of the items of lists included."""
    return {name for one in _values(view, 3) for name in names_of(one)}


def names_of(value: Any) -> set[str]:
    """What may be asked of a value of a view."""
    if not is_dataclass(value) or isinstance(value, type):
        return set()
    derived = {name for name, item in vars(type(value)).items() if isinstance(item, property)}
    return {field.name for field in fields(value)} | derived


def _values(value: Any, depth: int) -> Iterator[Any]:
    if isinstance(value, tuple) and value:
        value = value[0]
    if is_dataclass(value) and depth:
        yield value
        for field in fields(value):
            yield from _values(getattr(value, field.name), depth - 1)


def broken_template(
    error: Exception, template: Path, view: View, placed: Callable[[int], str] = "第{}行".format
) -> FaultyTemplateError:
    """An error of Jinja, while the template is read or filled, as an error of ours with its place."""
    line = line_of(error)
    where = placed(line) if line else ""
    for pattern in _NAMES:
        if match := re.search(pattern, str(error)):
            return unknown_field(match["name"], template, view, where)
    return faulty(template, [f"{where or '不能用'}：{cause_of(error)}"])


def line_of(error: BaseException) -> int | None:
    """The line of the template on which it went wrong, as far as Jinja tells."""
    line = None
    trace = error.__traceback__
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:  # a frame that stands for the template
            line = trace.tb_lineno
        trace = trace.tb_next
    if line is None and not isinstance(error, SyntaxError):  # Python's counts lines of its own making
        line = getattr(error, "lineno", None)
    return line


def cause_of(error: Exception) -> str:
    """What is wrong, in Chinese: what Jinja and Python say is English."""
    for kind, words in _CAUSES:
        if isinstance(error, kind):
            return words
    told = str(error)
    for pattern, words in _TOLD:
        if match := re.search(pattern, told, re.DOTALL):
            return words.format(*(_TOKENS.get(group, group) for group in match.groups()))
    return told if re.search("[\u4e00-\u9fff]", told) else _OTHERWISE


def unreadable(template: Path, kind: str) -> PaperError:
    """The template is not the kind of file its name says."""
    return PaperError(
        f"模板“{template.name}”打不开，不是有效的 {kind}文件。", hint="请用 Word 或 WPS 另存后再试。"
    )


def read_text(template: Path) -> str:
    """The text of a template that is a text file.

    Raises:
        PaperError: it cannot be read, or is not in UTF-8.
    """
    try:
        return template.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise PaperError(
            f"模板“{template.name}”不是 UTF-8 编码，读不出来。",
            hint="请用记事本打开，另存为，编码选“UTF-8”，再试。",
        ) from error
    except OSError as error:
        raise unreadable(template, "UTF-8 文本") from error
