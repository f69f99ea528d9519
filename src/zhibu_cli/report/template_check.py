"""A user's own template held against a view: everything that is wrong with it, each with its place.

The template is read, not run: what stands in a branch that is not taken is looked at too. A loop over
a list that happens to be empty tells nothing about its items, which are then let pass.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.report.fields import (
    NOT_ONE,
    FaultyTemplateError,
    faulty,
    fields_of,
    names_of,
    no_such_field,
    printable,
    read_text,
)
from zhibu_cli.report.views import Figure
from zhibu_cli.report.word_check import lost_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jinja2 import nodes

    from zhibu_cli.report.mapping import Filling
    from zhibu_cli.report.views import View

_PARAGRAPH = re.compile(r"(?=<w:p[ >])|(?<=</w:p>)")
_MOST = 40
"""Characters of a paragraph that tell where it is."""
_TAG = re.compile(r"\{%[-+]?\s*(\w+)")
_WIDE = r"\uff5b\s*[\uff5b%{]|[\uff5d%}]\s*\uff5d|\{\s*\uff5b|\uff5d\s*\}"
_STRAY = {
    "html": re.compile(_WIDE),  # braces belong to style sheets
    "md": re.compile(rf"{_WIDE}|\}}\}}|%\}}"),
    "docx": re.compile(rf"{_WIDE}|\}}\}}|%\}}|\{{ +[{{%]|[}}%] +\}}"),
}
"""What was meant for a tag and is none."""


_ASKING = frozenset({"defined", "undefined", "default", "d"})


class _Source(NamedTuple):
    """One text that Jinja reads."""

    text: str
    what: str = ""
    """页眉; empty: the body."""
    word: bool = False

    def placed(self, line: int) -> str:
        """Where a line is, in words for the user."""
        if not self.word:
            return f"第{line}行"
        return paragraph_at(self.text.split("\n"), line, self.what)


def paragraph_at(lines: Sequence[str], line: int, what: str = "") -> str:
    """``页眉“…”一段``: the paragraph on a line of XML by the beginning of its text."""
    words = unescape(re.sub(r"<[^>]*>", "", "".join(lines[line - 1 : line]))).strip()
    words = f"{words[:_MOST]}{'…' if len(words) > _MOST else ''}"
    return f"{what}“{words}”一段" if words else f"{what or '文中'}"


class _Unknown:
    """The value of an expression that is not followed."""


UNKNOWN = _Unknown()


def must_fit(view: View, template: Path, form: str, filling: Filling | None = None) -> None:
    """Refuse a template with an unknown field or a tag that is none.

    ``filling``: the fields of an Excel form that names none itself.

    Raises:
        PaperError: the template cannot be read; or everything that is wrong with it.
    """
    if form == "xlsx":
        from zhibu_cli.report.workbook_check import faults  # noqa: PLC0415

        found = list(faults(view, template, filling))
    else:
        sources = _word(template) if form == "docx" else [_Source(read_text(template))]
        found = [told for source in sources for told in _in_source(view, template, source, form)]
        found += [*_nowhere(template), *lost_text(template)] if form == "docx" else []
    if found:
        raise faulty(template, list(dict.fromkeys(found)))


def _in_source(view: View, template: Path, source: _Source, form: str) -> Iterator[str]:
    try:
        tree = _parsed(source, view, template)
    except FaultyTemplateError as error:
        rest, broken = _without_broken(source, view, template)
        yield from broken or error.problems
        if broken:
            yield from _in_source(view, template, rest, form)
        return
    walk = Walk(fields_of(view), _asked_for(tree))
    walk.block(tree.body, {})
    for line, words in sorted([*walk.found, *_stray(tree, form)], key=lambda one: one[0]):
        yield f"{source.placed(line)}：{words}"


def _parsed(source: _Source, view: View, template: Path) -> nodes.Template:
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415

    from zhibu_cli.report.sandbox import Sandbox, told  # noqa: PLC0415

    with told(template, view, source.placed):
        try:
            return Sandbox().checked(source.text)
        except TemplateSyntaxError as error:
            left = _left_open(source.text) if _AT_THE_END.search(str(error)) else None
            if left is None:
                raise
            raise TemplateSyntaxError(str(error.message), left) from error


def _without_broken(source: _Source, view: View, template: Path) -> tuple[_Source, list[str]]:
    """A text that Jinja cannot read without the ``{{ … }}`` that are wrong by themselves, and what they are.

    Jinja stops at the first fault; so are the others told too.
    """
    from zhibu_cli.report.sandbox import Sandbox, told  # noqa: PLC0415

    if source.text.count("{{") > _MOST_TAGS or _NO_TAGS.search(source.text):
        return source, []
    broken: list[str] = []
    sandbox = Sandbox()

    def tried(tag: re.Match[str]) -> str:
        line = source.text.count("\n", 0, tag.start())
        try:
            with told(template, view, lambda at: source.placed(line + at)):
                sandbox.checked(tag[0])
        except FaultyTemplateError as error:
            broken.extend(error.problems)
            return "\n" * tag[0].count("\n")
        return tag[0]

    rest = _PRINTING.sub(tried, source.text)
    return source._replace(text=rest), broken


_AT_THE_END = re.compile(r"nexpected end of template|needs to be closed")
_PRINTING = re.compile(r"\{\{(?:(?!\{\{|\{%).)*?\}\}", re.DOTALL)
_NO_TAGS = re.compile(r"\{%[-+]?\s*raw\b|\{#")
"""What makes braces no tags."""
_MOST_TAGS = 2_000


def _left_open(source: str) -> int | None:
    """The line of the last block that is not closed, if that is what is wrong: Jinja names the end."""
    opened: list[tuple[str, int]] = []
    for match in _TAG.finditer(source):
        name = match[1]
        if name in {"for", "if", "with", "filter", "macro", "call", "block", "raw"}:
            opened.append((name, source.count("\n", 0, match.start()) + 1))
        elif name.startswith("end"):
            if not opened or opened[-1][0] != name[3:]:
                return None
            opened.pop()
    return opened[-1][1] if opened else None


def _stray(tree: nodes.Template, form: str) -> Iterator[tuple[int, str]]:
    from jinja2 import nodes  # noqa: PLC0415

    for data in tree.find_all(nodes.TemplateData):
        text = data.data
        if form == "docx":  # marks of formatting may stand between the braces
            text = re.sub(r"<[^>]*>", lambda match: "\0" * (len(match[0]) - 1) + " ", text)
        told = set()
        for match in _STRAY[form].finditer(text):
            line = data.lineno + data.data.count("\n", 0, match.start())
            if line in told:
                continue
            told.add(line)
            sign = match[0].replace("\0", "")
            yield line, f"有“{sign}”，不是完整的标记；字段写作 {{{{ 字段 }}}}，花括号用半角，中间不空格"


def _nowhere(template: Path) -> list[str]:
    from zhibu_cli.report.word import never_filled  # noqa: PLC0415

    return [f"{what}里不能写字段，请写到正文、页眉、页脚、脚注或文本框里" for what in never_filled(template)]


def _word(template: Path) -> list[_Source]:
    """The tags of all parts as docxtpl reads them, a paragraph a line."""
    from zhibu_cli.report.word import parts  # noqa: PLC0415

    return [
        _Source("\n".join(_PARAGRAPH.split(xml.replace("\n", " "))), what, word=True)
        for what, xml in parts(template)
    ]


class Walk:
    """Follows every expression of a template through the values of a view."""

    def __init__(self, scope: Mapping[str, Any], optional: Collection[str] = ()) -> None:
        self.scope = scope
        self.optional = optional
        self.found: list[tuple[int, str]] = []
        """Line, and what is wrong there."""

    def path(self, text: str) -> Any:
        """The value of ``figures["党员总数"].text`` as a cell names it."""
        value: Any = self.scope
        lists = 0
        for step in re.findall(r"""\w+|(?<=["'])[^"'\[\]]+(?=["'])""", text):
            lists += isinstance(value, tuple)
            if lists > 1:
                self._tell(0, f"“{text}”在列表的列表里，Excel 的一行只能逐条写一个列表；请用 Word 模板")
                return UNKNOWN
            item = _first(value) if isinstance(value, tuple) else value
            value = self._step(item, step, text, 0)
        return value

    def block(self, body: Sequence[nodes.Node], own: Mapping[str, Any]) -> dict[str, Any]:
        """Statements one after the other; ``own``: the template's own names, given back with more."""
        from jinja2 import nodes  # noqa: PLC0415

        scope = dict(own)
        for node in body:
            if isinstance(node, nodes.For):
                self._loop(node, scope)
            elif isinstance(node, nodes.Assign):
                scope |= _targets(node.target, self.value(node.node, scope))
            elif isinstance(node, nodes.AssignBlock):
                self.block(node.body, scope)
                scope |= _targets(node.target, UNKNOWN)
            elif isinstance(node, nodes.If):
                self.value(node.test, scope)
                for part in (node.body, node.elif_, node.else_):
                    scope |= self.block(part, scope)
            elif isinstance(node, (nodes.Macro, nodes.CallBlock)):
                scope |= {node.name: UNKNOWN} if isinstance(node, nodes.Macro) else {}
                self._macro(node, scope)
            else:
                self._other(node, scope)
        return scope

    def _print(self, node: nodes.Output, scope: Mapping[str, Any]) -> None:
        for part in node.nodes:
            value = self.value(part, scope)
            if value is not UNKNOWN and not printable(value):
                self._tell(part.lineno, f"“{_told(part)}”：{NOT_ONE}")

    def _loop(self, node: nodes.For, scope: Mapping[str, Any]) -> None:
        items = self.value(node.iter, scope)
        if isinstance(items, (str, int, float, date, Figure)):
            self._tell(node.lineno, f"“{_told(node.iter)}”不是列表，不能用 for 逐项取")
        inner = {**scope, "loop": UNKNOWN, **_targets(node.target, _first(items))}
        self.block([*([node.test] if node.test else []), *node.body], inner)
        self.block(node.else_, scope)

    def _macro(self, node: nodes.Macro | nodes.CallBlock, scope: Mapping[str, Any]) -> None:
        from jinja2 import nodes  # noqa: PLC0415

        for value in (*node.defaults, *([node.call] if isinstance(node, nodes.CallBlock) else [])):
            self.value(value, scope)
        made = dict.fromkeys((*(one.name for one in node.args), "caller", "varargs", "kwargs"), UNKNOWN)
        self.block(node.body, {**scope, **made})

    def _other(self, node: nodes.Node, scope: dict[str, Any]) -> None:
        from jinja2 import nodes  # noqa: PLC0415

        if isinstance(node, nodes.With):
            made = [
                _targets(target, self.value(value, scope))
                for target, value in zip(node.targets, node.values, strict=True)
            ]
            self.block(node.body, {**scope, **{key: item for one in made for key, item in one.items()}})
        elif isinstance(node, nodes.Output):
            self._print(node, scope)
        elif isinstance(node, (nodes.Scope, nodes.FilterBlock, nodes.Block)):
            self.block(node.body, scope)
        else:
            self.value(node, scope)

    def value(self, node: nodes.Node, scope: Mapping[str, Any]) -> Any:
        """The value of an expression as far as it can be followed."""
        from jinja2 import nodes  # noqa: PLC0415

        if isinstance(node, nodes.Name):
            return self._name(node, scope)
        if isinstance(node, nodes.Getattr):
            return self._step(self.value(node.node, scope), node.attr, _told(node), node.lineno)
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            base = self.value(node.node, scope)
            if isinstance(node.arg.value, str):
                return self._step(base, node.arg.value, _told(node), node.lineno)
            return _first(base)
        for child in node.iter_child_nodes():
            self.value(child, scope)
        return UNKNOWN

    def _name(self, node: nodes.Name, scope: Mapping[str, Any]) -> Any:
        for known in (scope, self.scope):
            if node.name in known:
                return known[node.name]
        if node.name not in {"range", "self"}:
            self._miss(node.name, node.lineno, {*scope, *self.scope})
        return UNKNOWN

    def _step(self, value: Any, name: str, told: str, line: int) -> Any:
        if value is UNKNOWN or value is None:  # what this ledger has nothing for
            return UNKNOWN
        if isinstance(value, tuple):
            head = told.rpartition(".")[0]
            how = f"{{% for s in {head} %}}{{{{ s.{name} }}}}{{% endfor %}}"
            self._tell(line, f"“{head}”是列表，“{told}”要逐项取，例如 {how}")
            return UNKNOWN
        if isinstance(value, Mapping):
            if name not in value and not hasattr(value, name):
                self._miss(told, line, {str(key) for key in value})
            return value.get(name, UNKNOWN)
        if hasattr(value, name) and not name.startswith("_"):
            return getattr(value, name)
        self._miss(told, line, names_of(value))
        return UNKNOWN

    def _miss(self, told: str, line: int, known: set[str]) -> None:
        if told not in self.optional:
            self._tell(line, no_such_field(told, known, self.scope.get("figures") or ()))

    def _tell(self, line: int, words: str) -> None:
        if (line, words) not in self.found:
            self.found.append((line, words))


def _asked_for(tree: nodes.Template) -> set[str]:
    """Fields of which the template itself asks whether they are there.

    ``x is defined`` and ``x|default("无")``.
    """
    from jinja2 import nodes  # noqa: PLC0415

    asking = (node for node in tree.find_all((nodes.Test, nodes.Filter)) if node.name in _ASKING)
    return {_told(node.node) for node in asking if node.node is not None}


def _first(value: Any) -> Any:
    """An item of a list; of a text or a table of names nothing that could be followed."""
    if isinstance(value, (tuple, list)):
        return value[0] if value else UNKNOWN
    return value if is_dataclass(value) else UNKNOWN


def _targets(target: nodes.Node, value: Any) -> dict[str, Any]:
    from jinja2 import nodes  # noqa: PLC0415

    if isinstance(target, nodes.Name):
        return {target.name: value}
    return {name.name: UNKNOWN for name in target.find_all(nodes.Name)}


def _told(node: nodes.Node) -> str:
    """The expression as it is written: ``figures.members``."""
    from jinja2 import nodes  # noqa: PLC0415

    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_told(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        key = node.arg.value
        return f"{_told(node.node)}.{key}" if isinstance(key, str) else f"{_told(node.node)}[{key}]"
    return "…"
