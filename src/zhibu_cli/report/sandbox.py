"""The Jinja in which templates run: what they may call is listed, what they may cost is bounded.

A template comes from anybody. It reads the fields of one view and nothing else, and every loop, call,
filter and joined text pays into one account, so that it ends in a second or two and fits into memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError, TemplateRuntimeError, Undefined, nodes
from jinja2.compiler import CodeGenerator
from jinja2.environment import Environment
from jinja2.nodes import EvalContext
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment

from zhibu_cli.report.fields import broken_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from jinja2.compiler import Frame

    from zhibu_cli.report.views import View

_STEPS = 300_000
"""A paper of a thousand sittings takes some ten thousand."""
_PRINTED = 20_000_000
"""Characters of all that is printed; a row of a table in Word takes one or two thousand."""
_TEXT = 100_000
"""Characters of a text that a template works on."""
_SETTING = 1_000
"""The greatest width, count or length of a text that sets a filter, and the longest ``range``."""
_TAGS = 5_000
"""Tags of a template; a book of a year has some hundred."""
_SOURCE = 8_000_000
"""Characters that Jinja reads, the XML of a Word file included."""
_NUMBER = 10**18
_POWER = 64
_PER_STEP = 100
"""Characters that are handled in the time of one step."""

_KEPT = 256
_COMPILED: dict[tuple[str, bool, tuple[Any, ...]], tuple[Any, int]] = {}
"""Templates that were compiled, the last ``_KEPT``, with the steps that it took; depends on nothing else."""

_FILTERS = frozenset(
    "abs batch capitalize center count d default dictsort e escape first float format groupby int items "  # noqa: SIM905 - easier to read
    "join last length list lower map max min reject rejectattr replace reverse round select selectattr "
    "slice sort string sum title trim truncate unique upper wordcount".split()
)
_OF_TEXTS = frozenset(
    "count endswith find isdigit lower lstrip removeprefix removesuffix rstrip split splitlines "  # noqa: SIM905
    "startswith strip upper".split()
)
_METHODS: tuple[tuple[type, frozenset[str]], ...] = (
    (str, _OF_TEXTS),
    (date, frozenset({"isoformat", "isoweekday", "strftime", "weekday"})),
    (Mapping, frozenset({"get", "items", "keys", "values"})),
    (LoopContext, frozenset({"changed", "cycle"})),
)
_OTHER_FILES = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
_CALLABLE = (Macro, LoopContext, BlockReference, Undefined)
_WIDE_FORMAT = re.compile(r"\*|\d{4}")

_FAULTS = (
    *(TemplateError, ArithmeticError, AttributeError, LookupError, MemoryError),
    *(RuntimeError, SyntaxError, TypeError, ValueError),
)
"""Whatever a template can make Jinja raise, while it is compiled or filled."""


@contextmanager
def told(template: Path, view: View, placed: Callable[[int], str] = "第{}行".format) -> Iterator[None]:
    """Turn what goes wrong inside a template into an error that names it and the place.

    ``placed``: the words for a line of what Jinja reads.

    Raises:
        PaperError: in place of any error of the template.
    """
    try:
        yield
    except _FAULTS as error:
        raise broken_template(error, template, view, placed) from error


class _Writer(CodeGenerator):
    """Compiles a template with a step in every loop, and every new value weighed."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's
        """The whole template."""
        for other in node.find_all(_OTHER_FILES):
            self.fail("模板不能引用别的文件（include、import、extends）", other.lineno)
        for loop in node.find_all(nodes.For):
            step = nodes.EnvironmentAttribute("step", lineno=loop.lineno)
            loop.body.insert(0, nodes.ExprStmt(step, lineno=loop.lineno))
            if loop.test is not None:  # an item that is left out costs too
                loop.test = nodes.And(step, loop.test, lineno=loop.lineno)
        super().visit_Template(node, frame)

    def visit_EnvironmentAttribute(self, node: nodes.EnvironmentAttribute, frame: Frame) -> None:  # noqa: N802
        """A step."""
        super().visit_EnvironmentAttribute(node, frame)
        self.write("()")  # the only ones are the steps above

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """``a ~ b``."""
        self.write("environment.joined(context, (")
        for item in node.nodes:
            self.visit(item, frame)
            self.write(", ")
        self.write("))")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802
        """``[a, b]``."""
        self._weighed(super().visit_List, node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        """``{a: b}``."""
        self._weighed(super().visit_Dict, node, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
        """``(a, b)``, but not the names of ``for a, b in``."""
        if node.ctx == "load":
            self._weighed(super().visit_Tuple, node, frame)
        else:
            super().visit_Tuple(node, frame)

    def _weighed(self, write: Callable[..., None], node: nodes.Node, frame: Frame) -> None:
        self.write("environment.weighed(")
        write(node, frame)
        self.write(")")


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment for one paper; its account is not filled up again."""

    code_generator_class = _Writer
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=StrictUndefined, **options)
        self._steps = _STEPS
        self._printed = _PRINTED
        self._options = (*sorted(options.items()),)
        self.globals = {"range": self._range}
        self.filters = {name: self._paid(self.filters[name]) for name in _FILTERS}
        self.concat = self._put_together  # type: ignore[method-assign]  # what every buffer ends in

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Read a template, if it is of a size that a person may have written."""
        if len(source) > _SOURCE or source.count("{{") + source.count("{%") > _TAGS:
            raise TemplateRuntimeError("模板太大或字段、标记太多")
        return super()._parse(source, name, filename)

    def compile(self, source: Any, *rest: Any, raw: bool = False, **more: Any) -> Any:
        """As Jinja compiles; what was compiled before is taken as it was, and paid for once more.

        The XML of a Word template is long, and the same for each paper of a year.
        """
        if rest or more or not isinstance(source, str):
            return super().compile(source, *rest, raw=raw, **more)  # type: ignore[call-overload]
        key = (source, raw, self._options)
        if key in _COMPILED:
            made, steps = _COMPILED[key]
            self.step(steps)
            return made
        before = self._steps
        made = super().compile(source, raw=raw)  # type: ignore[call-overload]
        if len(_COMPILED) >= _KEPT:
            _COMPILED.pop(next(iter(_COMPILED)))  # the oldest
        _COMPILED[key] = made, before - self._steps
        return made

    def checked(self, source: str) -> nodes.Template:
        """The tree of a template; errors of Jinja's for a tag, filter or test that there is not."""
        self.compile(source, raw=True)
        return self.parse(source)

    def step(self, steps: int = 1) -> bool:
        """Pay; true, so that it can stand in a condition.

        Raises:
            TemplateRuntimeError: the account is empty.
        """
        self._steps -= steps
        if self._steps < 0:
            raise TemplateRuntimeError("循环或运算的次数太多")
        return True

    def weighed(self, value: Any) -> Any:
        """The value, paid for by its size with all that it holds.

        Raises:
            TemplateRuntimeError: a text or number too large.
        """
        self._steps -= 1  # as a step, without the call: most of the time of a paper goes here
        if self._steps < 0:
            self.step()
        if isinstance(value, (list, tuple)):
            for item in value:
                self.weighed(item)
        elif isinstance(value, dict):
            for item in (*value, *value.values()):
                self.weighed(item)
        elif isinstance(value, (str, int, range)):
            self._weigh(value)
        return value

    def _weigh(self, value: str | int | range) -> None:
        if isinstance(value, str):
            if len(value) > _TEXT:
                raise TemplateRuntimeError("文字太长")
            self.step(len(value) // _PER_STEP)
        elif isinstance(value, range):
            self.step(len(value))
        elif abs(value) > _NUMBER:
            raise TemplateRuntimeError("数字太大")

    def joined(self, context: Context, parts: tuple[Any, ...]) -> str:
        """``a ~ b``."""
        self.weighed(parts)
        text: str = markup_join(parts) if context.eval_ctx.autoescape else str_join(parts)
        self.weighed(text)
        return text

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """A call in a template."""
        self.weighed(args)
        self.weighed(kwargs)
        result = super().call(context, called, *args, **kwargs)
        return result if isinstance(called, _CALLABLE) else self.weighed(result)

    def is_safe_callable(self, obj: Any) -> bool:
        """Macros, blocks, ``range``, and those methods of values that cannot grow."""
        if isinstance(obj, _CALLABLE) or obj == self._range:
            return True
        owner, name = getattr(obj, "__self__", None), getattr(obj, "__name__", "")
        return any(isinstance(owner, kind) and name in names for kind, names in _METHODS)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """``+ * ** %`` where the result may grow."""
        self.weighed((left, right))
        if operator == "*":
            _must_not_repeat_too_often(left, right)
        if operator == "**" and abs(right) > _POWER:
            raise TemplateRuntimeError("数字太大")
        if operator == "%":
            _must_be_narrow(left)
        return self.weighed(super().call_binop(context, operator, left, right))

    def _range(self, *bounds: int) -> range:
        listed = range(*bounds)
        if len(listed) > _SETTING:
            raise TemplateRuntimeError(f"range 最多数{_SETTING}个")
        return listed

    def _put_together(self, chunks: Iterable[str]) -> str:
        kept = []
        for chunk in chunks:
            self._printed -= len(chunk)
            if self._printed < 0:
                raise TemplateRuntimeError("印出的文字太多")
            kept.append(chunk)
        return "".join(kept)

    def _paid(self, filtered: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that pays for what it takes and gives; nothing it gives is lazy."""

        @wraps(filtered)  # Jinja looks at its marks: whether it takes the context
        def paying(*args: Any, **kwargs: Any) -> Any:
            values = [arg for arg in args if not isinstance(arg, (Context, EvalContext, Environment))]
            self.weighed(values)
            _must_be_small((*values[1:], *kwargs.values()))
            _must_be_narrow(values[0] if filtered.__name__ == "do_format" else None)
            result = filtered(*args, **kwargs)
            if isinstance(result, Iterator):
                result = [self.weighed(item) for item in result]
            if isinstance(result, (list, tuple)):
                _must_be_there(result)
            return self.weighed(result)

        return paying


def _must_be_there(items: list[Any] | tuple[Any, ...]) -> None:
    """No unknown attribute among what ``map`` found: a list of them would be printed as ``[Undefined]``."""
    for item in items:
        if isinstance(item, Undefined):
            str(item)  # strict: raises


def _must_not_repeat_too_often(left: Any, right: Any) -> None:
    for value, times in ((left, right), (right, left)):
        if isinstance(value, (str, list, tuple)) and isinstance(times, int) and len(value) * times > _TEXT:
            raise TemplateRuntimeError("文字太长")


def _must_be_narrow(pattern: Any) -> None:
    """No ``%999999999d``."""
    if isinstance(pattern, str) and (len(pattern) > _SETTING or _WIDE_FORMAT.search(pattern)):
        raise TemplateRuntimeError("格式写得太宽")


def _must_be_small(settings: tuple[Any, ...]) -> None:
    for value in settings:
        size = abs(value) if isinstance(value, int) else len(value) if isinstance(value, str) else 0
        if size > _SETTING:
            raise TemplateRuntimeError(f"过滤器后括号里的数或文字太大，最多{_SETTING}")
