"""The HTML and Markdown templates of papers that are texts."""

from __future__ import annotations

from tools.layout import NOTES
from tools.layout_text import TRACE_MD, page

SECTIONS = """<div class="text">
{% for section in sections %}
<h2>{{ section.heading }}</h2>
{% for part in section.parts %}
{% if part.kind == "heading" %}
<h3>{{ part.text }}</h3>
{% elif part.kind == "sittings" %}
<div class="table" tabindex="0" role="region" aria-label="组织生活一览">
<table style="min-width:40em">
<thead><tr><th scope="col">日期</th><th scope="col">类型</th><th scope="col">主题</th><th scope="col">应到</th><th scope="col">实到</th><th scope="col">请假</th><th scope="col">主持人（主讲人）</th></tr></thead>
<tbody>
{% for s in sittings %}
<tr><td class="center day">{{ s.day_text }}</td><td class="center">{{ s.kinds }}</td><td>{{ s.theme }}{% if s.late %}（{{ s.late }}）{% endif %}</td><td class="center">{{ s.expected }}</td><td class="center">{{ s.present }}</td><td class="center">{{ s.away }}</td><td class="center">{{ s.leader }}</td></tr>
{% endfor %}
</tbody>
</table>
</div>
{% else %}
<p>{{ part.text }}</p>
{% endif %}
{% endfor %}
{% endfor %}
</div>
"""
_END = """{% if signature %}
<p class="end" style="white-space: pre-line">{{ signature }}</p>
{% endif %}
<p class="end">{{ date_text }}</p>
{% if counted_text %}
<p>（{{ counted_text }}）</p>
{% endif %}
"""
_OPENED = (
    '<td class="center">{% if @.records %}<details><summary>{{ @ }}</summary>{{ @.sources }}</details>'
    "{% else %}{{ @ }}{% endif %}</td>"
)
_FIGURE = "<td>{{ @.label }}</td>" + _OPENED
_KIND = "".join(_OPENED.replace("@", f"k.{name}") for name in ("times", "expected", "present", "rate"))


def _pairs(name: str, listed: str) -> str:
    """A table of figures, two to a row."""
    return f"""<div class="table" tabindex="0" role="region" aria-label="{name}">
<table>
<thead><tr><th scope="colgroup" colspan="4">{name}</th></tr></thead>
<tbody>
{{% for p in {listed} %}}
<tr>{_FIGURE.replace("@", "p.left")}{_FIGURE.replace("@", "p.right")}</tr>
{{% endfor %}}
</tbody>
</table>
</div>
"""


_KINDS = """<div class="table" tabindex="0" role="region" aria-label="到会情况">
<table style="min-width:30em">
<thead><tr><th scope="col">组织生活类型</th><th scope="col">次数</th><th scope="col">应到人次</th><th scope="col">实到人次</th><th scope="col">到会率</th></tr></thead>
<tbody>
{% for k in kinds %}
<tr><td>{{ k.label }}</td>@kind@</tr>
{% endfor %}
</tbody>
</table>
</div>
""".replace("@kind@", _KIND)
_STATISTICS = (
    """<p class="caption">填报单位：{{ branch }}　统计期：{{ period_label }}　数据截至：{{ horizon_text }}</p>
<h2>{{ table_title }}</h2>
"""
    + _pairs("党员队伍", "people")
    + _KINDS
    + _pairs("教育管理和问题整改", "work")
    + f"""<p class="note">{NOTES}</p>
"""
)


_MD = """# {{ title }}

{% for section in sections %}
## {{ section.heading }}

{% for part in section.parts %}
{% if part.kind == "heading" %}
### {{ part.text }}

{% else %}
{{ part.text }}

{% endif %}
{% endfor %}
{% endfor %}
"""
_BYLINE_MD = "{{ byline }}\n\n（{{ date_text }}{% if counted_text %}，{{ counted_text }}{% endif %}）\n\n"
_TO_MD = "{{ addressee }}\n\n"
_END_MD = "{{ signature }}\n\n{{ date_text }}\n{% if counted_text %}\n\n（{{ counted_text }}）\n{% endif %}"
_BYLINE = (
    '<p class="caption" style="white-space: pre-line">{{ byline }}'
    "（{{ date_text }}{% if counted_text %}，{{ counted_text }}{% endif %}）</p>\n"
)
_TO = "<p>{{ addressee }}</p>\n"


def templates() -> dict[str, str]:
    """File name → template."""
    return {
        "quarter.html.j2": _quarter(),
        "life-report.html.j2": page(_TO + SECTIONS + _END),
        "life-report.md.j2": _markdown(_TO_MD, _END_MD),
        "summary.html.j2": page(_TO + SECTIONS + _END),
        "summary.md.j2": _markdown(_TO_MD, _END_MD),
        "debrief.html.j2": page(_BYLINE + SECTIONS),
        "debrief.md.j2": _markdown(_BYLINE_MD),
        "debrief-speech.html.j2": page(
            _BYLINE + _TO + '<div class="text"><p>{{ opening }}</p></div>\n' + SECTIONS
        ),
        "debrief-speech.md.j2": _markdown(_BYLINE_MD + _TO_MD + "{{ opening }}\n\n"),
    }


def _markdown(head: str, end: str = "") -> str:
    """Under the title the head, then the sections, the end and the annex."""
    first, rest = _MD.split("\n\n", 1)
    return f"{first}\n\n{head}{rest}{end}{TRACE_MD}"


def _quarter() -> str:
    """The figures, each opening its records, then the text."""
    return page(_STATISTICS + _TO + SECTIONS + _END)
