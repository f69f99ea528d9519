"""A user's own template held against a view: every field it names that there is not, with the place.

The template is read, not run: what stands in a branch that is not taken is looked at too. A loop over
a list that happens to be empty tells nothing about its items, which are then let pass.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.report.fields import DAMAGES, fields_of, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jinja2 import nodes

    from zhibu_cli.report.views import View

_PARAGRAPH = re.compile(r"(?=<w:p[ >])")
_MOST = 40
"""Characters of a paragraph that tell where it is."""


class Fault(NamedTuple):
    """A field that there is not."""

    name: str
    place: str
    """第3段“…”, 第12行, 工作表“表”C5."""
    near: str
    """The field that is probably meant; empty where none is like it."""

    def __str__(self) -> str:
        """One line for the user."""
        meant = f"，是不是 {self.near}？" if self.near else ""
        return f"{self.place}：没有“{self.name}”这个字段{meant}"


class _Unknown:
    """The value of an expression that is not followed."""


_UNKNOWN = _Unknown()


def faults(view: View, template: Path) -> tuple[Fault, ...]:
    """Every field the template names that the view does not have, in the order of the template.

    Raises:
        PaperError: the template cannot be read, or its tags are wrong.
    """
    if template.suffix.lower() == ".xlsx":
        return tuple(_in_workbook(view, template))
    source, placed = _word(template) if template.suffix.lower() == ".docx" else _text(template)
    walk = _Walk(fields_of(view))
    walk.block(_parsed(source, view, template).body, {})
    return tuple(Fault(name, placed(line), near) for name, line, near in walk.found)


def _parsed(source: str, view: View, template: Path) -> nodes.Template:
    from zhibu_cli.report.sandbox import Sandbox, told  # noqa: PLC0415

    with told(template, view):
        return Sandbox(trim_blocks=True).parse(source)


def _text(template: Path) -> tuple[str, Any]:
    try:
        return template.read_text(encoding="utf-8-sig"), "第{}行".format
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(template, "UTF-8 文本") from error


def _word(template: Path) -> tuple[str, Any]:
    """The tags of all parts as docxtpl reads them, a paragraph a line."""
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415
    from docxtpl import DocxTemplate  # noqa: PLC0415

    paper = DocxTemplate(str(template))
    try:
        paper.init_docx()
        whole = paper.patch_xml(paper.get_xml())
    except (PackageNotFoundError, *DAMAGES) as error:
        raise unreadable(template, "Word（.docx）") from error
    lines = _PARAGRAPH.split(whole.replace("\n", " "))

    def placed(line: int) -> str:
        words = unescape(re.sub(r"<[^>]*>", "", lines[line - 1])).strip()
        return f"“{words[:_MOST]}{'…' if len(words) > _MOST else ''}”一段"

    return "\n".join(lines), placed


def _in_workbook(view: View, template: Path) -> Iterator[Fault]:
    from zhibu_cli.report.workbook import patterns  # noqa: PLC0415

    scope = fields_of(view)
    for place, path in patterns(template):
        walk = _Walk(scope)
        walk.path(path)
        yield from (Fault(name, place, near) for name, _, near in walk.found)


class _Walk:
    """Follows every expression of a template through the values of a view."""

    def __init__(self, scope: Mapping[str, Any]) -> None:
        self.scope = scope
        self.found: list[tuple[str, int, str]] = []

    def path(self, text: str) -> None:
        """``figures["党员总数"].text`` as a cell names it."""
        value: Any = self.scope
        for step in re.findall(r"""\w+|(?<=["'])[^"'\[\]]+(?=["'])""", text):
            item = _first(value) if value is not self.scope else value
            value = self._step(item, step, text, 0)

    def block(self, body: Sequence[nodes.Node], own: Mapping[str, Any]) -> None:
        """Statements one after the other; ``own``: names that the template itself made."""
        from jinja2 import nodes  # noqa: PLC0415

        scope = dict(own)
        for node in body:
            if isinstance(node, nodes.For):
                inner = {
                    **scope,
                    "loop": _UNKNOWN,
                    **_targets(node.target, _first(self.value(node.iter, scope))),
                }
                self.block([*([node.test] if node.test else []), *node.body, *node.else_], inner)
            elif isinstance(node, nodes.Assign):
                scope |= _targets(node.target, self.value(node.node, scope))
            elif isinstance(node, (nodes.If, nodes.With, nodes.Scope, nodes.FilterBlock, nodes.Block)):
                self._inside(node, scope)
            elif isinstance(node, (nodes.Macro, nodes.CallBlock)):
                self.block(node.body, {**scope, **{one.name: _UNKNOWN for one in node.args}})
                scope |= {node.name: _UNKNOWN} if isinstance(node, nodes.Macro) else {}
            else:
                self.value(node, scope)

    def _inside(self, node: nodes.Node, scope: dict[str, Any]) -> None:
        from jinja2 import nodes  # noqa: PLC0415

        if isinstance(node, nodes.With):
            scope = scope | {
                key: item
                for target, value in zip(node.targets, node.values, strict=True)
                for key, item in _targets(target, self.value(value, scope)).items()
            }
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Stmt):
                self.block([child], scope)
            elif not (isinstance(node, nodes.With) and child in (*node.targets, *node.values)):
                self.value(child, scope)

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
        return _UNKNOWN

    def _name(self, node: nodes.Name, scope: Mapping[str, Any]) -> Any:
        for known in (scope, self.scope):
            if node.name in known:
                return known[node.name]
        if node.name != "range":
            self._miss(node.name, node.lineno, node.name, {*scope, *self.scope})
        return _UNKNOWN

    def _step(self, value: Any, name: str, told: str, line: int) -> Any:
        if value is _UNKNOWN:
            return _UNKNOWN
        if isinstance(value, Mapping):
            if name not in value and not hasattr(value, name):
                self._miss(told, line, name, {str(key) for key in value})
            return value.get(name, _UNKNOWN)
        if hasattr(value, name) and not name.startswith("_"):
            return getattr(value, name)
        self._miss(told, line, name, names_of(value))
        return _UNKNOWN

    def _miss(self, told: str, line: int, name: str, known: set[str]) -> None:
        near = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
        found = (
            told,
            line,
            told.removesuffix(name) + near[0] if near and told.endswith(name) else "".join(near),
        )
        if found not in self.found:
            self.found.append(found)


def names_of(value: Any) -> set[str]:
    """What may be asked of a value of a view."""
    if not is_dataclass(value) or isinstance(value, type):
        return set()
    derived = {name for name, item in vars(type(value)).items() if isinstance(item, property)}
    return {field.name for field in fields(value)} | derived


def _first(value: Any) -> Any:
    """An item of a list; of a text or a table of names nothing that could be followed."""
    if isinstance(value, (tuple, list)):
        return value[0] if value else _UNKNOWN
    return value if is_dataclass(value) else _UNKNOWN


def _targets(target: nodes.Node, value: Any) -> dict[str, Any]:
    from jinja2 import nodes  # noqa: PLC0415

    if isinstance(target, nodes.Name):
        return {target.name: value}
    return {name.name: _UNKNOWN for name in target.find_all(nodes.Name)}


def _told(node: nodes.Node) -> str:
    """The expression as it is written: ``figures.members``."""
    from jinja2 import nodes  # noqa: PLC0415

    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_told(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{_told(node.node)}.{node.arg.value}"
    return "…"
