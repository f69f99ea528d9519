"""Parameters of rules as people read them, for the pages of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.rule import Severity
from zhibu_cli.rules.forms import MEANINGS, Form, amount, columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhibu_cli.model.rule import Version

_OWN_LINE = "asks"
"""The parameter that has a line of its own."""
_COUNTED = frozenset({"marks", "hints", "documents", "patterns"})
"""Forms of which a page says only how many there are."""


def shown(version: Version, forms: Mapping[str, Form]) -> str:
    """``周期（`per`）每月；至少数量（`at_least`）1``: what a version sets, but for what is not shown."""
    return "；".join(
        f"{_name(key, forms.get(key))}（`{key}`）{_value(key, version.params, forms.get(key))}"
        for key in version.params
        if key != _OWN_LINE and not (key in forms and forms[key].hidden)
    )


def stricter(version: Version, forms: Mapping[str, Form]) -> Iterator[str]:
    """The numbers a branch may make stricter, and how."""
    for key, value in version.params.items():
        form = forms.get(key)
        # of a flag that is as strict as it can be nothing is left to say
        settled = form is not None and form.kind == "flag" and value is (form.stricter == "+")
        if form is not None and form.stricter and not form.hidden and not settled:
            now = _value(key, version.params, form)
            yield f"- `{key}`（{_name(key, form)}），现为 {now}，{_way(form)}"


def _name(key: str, form: Form | None) -> str:
    """Its Chinese name; ``fields`` are columns of a row in one check, places in a record in others."""
    return "依次核对的栏" if key == "fields" and form and ":" in form.kind else MEANINGS.get(key, key)


def _way(form: Form) -> str:
    up = form.stricter == "+"
    if form.kind == "flag":
        return f"只能改为{'是' if up else '否'}"
    return "只能调高" if up else "只能调低"


def _value(key: str, params: Mapping[str, Any], form: Form | None) -> str:
    value, kind = params[key], form.kind if form else ""
    _, _, of = kind.partition(":")
    if of:
        return _columns(value, columns(CATALOGUE, params[of]))
    if kind in {"count", "number", "share", "flag"}:
        return amount(value)
    if kind in _COUNTED:
        return f"共{len(value)}项"
    items = value if isinstance(value, list) else [value]
    return "、".join(dict.fromkeys(_word(key, item) for item in items)).rstrip("。")


def _columns(value: Any, labels: Mapping[str, str]) -> str:
    """Headers of columns, with the numbers they must reach where it says some."""
    items = value if isinstance(value, list) else [value]
    if items and isinstance(items[0], dict):
        return "、".join(f"{labels[item['field']]}达到{item['at_least']}" for item in items)
    return "、".join(labels[item] for item in items)


def _word(key: str, value: Any) -> str:
    own = _OWN.get(key, {})
    return own.get(value) or _VALUES.get(value, "") or str(value)


def _terms() -> dict[str, str]:
    """Codes of vocabularies and kinds -> their labels."""
    registers = [one for register in CATALOGUE.registers for one in (register, *register.children)]
    fields = (field for register in registers for field in register.fields)
    terms = {term.code: term.label for field in fields for term in field.terms}
    names = {register.name: register.title for register in CATALOGUE.registers}
    return names | terms | {kind.name: kind.label for kind in CATALOGUE.kinds}


def _matters() -> dict[str, str]:
    matter = CATALOGUE.register("sitting").child("votes").field("matter")
    return {term.code: term.label for term in matter.terms}


_OWN: Mapping[str, Mapping[Any, str]] = {
    "matters": _matters(),
    "who": {
        "members": "没有职务的党员",
        "officers": "支委会成员，没有支委会的为书记、副书记",
        "full": "正式党员",
        "all": "全体党员",
    },
    "fields": {"headings": "主题、议题", "all": "主题、议题、内容、决议"},
    "counted_from": {"start": "期初", "end": "期末"},
    "bodies": {"members": "党员大会", "committee": "支委会"},
    "scope": {"branch": "支部", "committee": "支委会", "groups": "各党小组"},
}
"""Words of one parameter that mean something else elsewhere."""
_VALUES: Mapping[Any, str] = {
    **_terms(),
    **{severity.value: severity.label for severity in Severity},
    "month": "每月",
    "quarter": "每季度",
    "year": "每年",
    "present": "实到",
    "expected": "应到",
    "in_favour": "赞成",
    "secretary": "书记",
    "committee": "支委会",
    "general": "党员大会",
    "group": "党小组会",
    "temporary": "临时党支部",
}
"""Values of parameters as people read them."""
