"""Templates of the user's own: what they may do is enough, and what they do comes to an end."""

from __future__ import annotations

import io
import time
from datetime import date
from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest
from tests.report.factory import findings, full_ledger, period
from tests.wordfiles import new_word

from zhibu_cli.errors import PaperError
from zhibu_cli.report import markdown, sandbox, word
from zhibu_cli.report.quarter import build_quarter

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.report.views import QuarterView


@pytest.fixture(scope="module")
def view() -> QuarterView:
    return build_quarter(full_ledger(), findings(), period(), date(2026, 10, 8))


@pytest.fixture
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of what a template may do: that the end comes in every way is told sooner."""
    monkeypatch.setattr(sandbox, "_STEPS", sandbox._STEPS // 10)


def _files(folder: Path, text: str) -> tuple[Path, Path]:
    return _plain(folder, text), _office(folder, text)


def _plain(folder: Path, text: str) -> Path:
    path = folder / "own.md"
    path.write_text(text, encoding="utf-8")
    return path


def _office(folder: Path, text: str) -> Path:
    path = folder / "own.docx"
    with ZipFile(io.BytesIO(_blank())) as blank, ZipFile(path, "w") as own:
        for name in blank.namelist():
            own.writestr(name, blank.read(name).replace(b"TEXT", escape(text).encode()))
    return path


@cache
def _blank() -> bytes:
    """A Word file that says TEXT."""
    document, data = new_word(), io.BytesIO()
    document.add_paragraph("TEXT")
    document.save(data)
    return data.getvalue()


REFUSED = [
    ("{% include 'a' %}", "不能引用别的文件"),
    ("{% include 'a' ignore missing %}", "不能引用别的文件"),
    ("{% import 'a' as a %}", "不能引用别的文件"),
    ("{% from 'a' import b %}", "不能引用别的文件"),
    ("{% extends 'a' %}", "不能引用别的文件"),
    ("{% for i in range(10**9) %}x{% endfor %}", "range 最多数1000个"),
    ("{% for i in range(10**30) %}x{% endfor %}", "数字太大"),
    ("{{ 'x' * 10**10 }}", "文字太长"),
    ("{{ [1] * 10**10 }}", "文字太长"),
    ("{{ 10**10**10 }}", "数字太大"),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "不停地调用自己"),
    ("{% block b %}{{ self.b() }}{% endblock %}", "不停地调用自己"),
    ("{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(64) }}", "次数太多"),
    ("{{ lipsum(99999) }}", "lipsum"),
    ("{{ cycler('a') }}", "cycler"),
    ("{{ 1 / 0 }}", "除数是零"),
    ("{{ 1 + 'a' }}", "不能这样运算"),
    ("{{ branch|safe }}", "没有或不能用“safe”"),
    ("{{ branch|random }}", "没有或不能用“random”"),
    ("{{ branch.__class__ }}", "不允许的属性"),
    ("{{ branch.format(1) }}", "不允许的属性"),
    ("{{ branch.ljust(10**9) }}", "不允许的属性"),
    ("{{ '%999999999d' % 1 }}", "太宽"),
    ("{{ '%999999999d'|format(1) }}", "太宽"),
    ("{{ '%*d'|format(999, 1) }}", "太宽"),
    ("{{ [1]|batch(10**9, 0)|list }}", "最多1000"),
    ("{{ branch|center(10**9) }}", "最多1000"),
    ("{{ 9" + "9" * 5000 + " }}", "数字写错了或太大"),
    ("{% set a = [1, 2] %}{% set _ = a.append(3) %}", "不允许的属性"),
    ("{% for s in sittings recursive %}{{ loop(sittings) }}{% endfor %}", "不停地调用自己|次数太多"),
]

LOOP = "{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) %}"
ENDS = "{% endfor %}{% endfor %}{% endfor %}"
TWICE, BOTH_END = "{% for a in range(999) %}{% for b in range(999) %}", "{% endfor %}{% endfor %}"
VARARGS = (
    "{% macro m(n) %}{% if n %}{{ m(n-1, varargs, varargs) }}{% else %}{{ varargs }}{% endif %}{% endmacro %}"
)
ENDLESS = [
    LOOP + ENDS,
    LOOP + "x" * 200 + ENDS,
    LOOP.replace(" %}{% for", " %}{{ loop.index }}{% for") + ENDS,
    "{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) if c < 0 %}" + ENDS,
    "{% set x %}" + LOOP + "x" * 200 + ENDS + "{% endset %}",
    "{% macro m() %}" + LOOP + "x" + ENDS + "{% endmacro %}{{ m() }}",
    TWICE + "{{ range(999)|sum }}" + BOTH_END,
    TWICE + "{% set x = sections|string %}" + BOTH_END,
    TWICE + "{{ range(999)|map('string')|join }}" + BOTH_END,
    "{% set a0 = 'xxxxxxxxxx' %}" + "".join(f"{{% set a{n + 1} = a{n} ~ a{n} %}}" for n in range(40)),
    "{% set a0 = 'xxxxxxxxxx' %}" + "".join(f"{{% set a{n + 1} = a{n} + a{n} %}}" for n in range(40)),
    "{% set a0 = 7 %}" + "".join(f"{{% set a{n + 1} = a{n} * a{n} %}}" for n in range(40)),
    "{% set a0 = [1] %}" + "".join(f"{{% set a{n + 1} = [a{n}, a{n}] %}}" for n in range(40)) + "{{ a40 }}",
    "{% set a0 = {} %}" + "".join(f"{{% set a{n + 1} = {{1: a{n}, 2: a{n}}} %}}" for n in range(40)),
    "{% set a0 = 'x' %}"
    + "".join(f"{{% set a{n + 1} = a{n}|replace('x', 'xxxxxxxxxx') %}}" for n in range(40)),
    "{% set a0 %}{% for a in range(999) %}xxxxxxxxxxxxxxxxxxxx{% endfor %}{% endset %}"
    + "".join(f"{{% set a{n + 1} %}}{{{{ a{n} }}}}{{{{ a{n} }}}}{{% endset %}}" for n in range(40)),
    VARARGS + "{{ m(40, 1, 1) }}",
]


@pytest.mark.usefixtures("few_steps")
@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_what_a_template_must_not_do_is_told_in_chinese(
    view: QuarterView, tmp_path: Path, text: str, why: str
) -> None:
    plain, office = _files(tmp_path, text)
    with pytest.raises(PaperError, match=rf"模板“own\.md”.*({why})"):
        markdown.render(view, plain)
    with pytest.raises(PaperError, match=rf"模板“own\.docx”.*({why})"):
        word.render(view, office)


@pytest.mark.usefixtures("few_steps")
@pytest.mark.parametrize("text", ENDLESS)
def test_a_template_that_would_not_end_is_stopped(view: QuarterView, tmp_path: Path, text: str) -> None:
    plain = _plain(tmp_path, text)
    begun = time.process_time()
    with pytest.raises(PaperError, match=r"太多|太长|太大"):
        markdown.render(view, plain)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("text", [ENDLESS[0], ENDLESS[1], ENDLESS[9]])
def test_a_word_template_that_would_not_end_is_stopped(view: QuarterView, tmp_path: Path, text: str) -> None:
    """With all the steps that a user's template may take."""
    office = _office(tmp_path, text)
    begun = time.process_time()
    with pytest.raises(PaperError, match=r"太多|太长"):
        word.render(view, office)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{% for s in sittings[:2] %}{{ s.id }}{% if not loop.last %}，{% endif %}{% endfor %}", "S1，S2"),
        ("{{ sittings|map(attribute='id')|join('、') }}", "S1、S2、S3、S4、S5、S6、S7"),
        ("{{ sittings|selectattr('late')|list|length }}场补录", "1场补录"),
        ("{% for s in sittings if s.late %}{{ s.id }}共{{ loop.length }}{% endfor %}", "S7共1"),
        ("{% for s in sittings[:2] %}{{ loop.cycle('单', '双') }}{% endfor %}", "单双"),
        ("{% for n in range(3) %}{{ n + 1 }}{% endfor %}", "123"),
        ("{% for k, v in {'甲': 1, '乙': 2}.items() %}{{ k ~ v }}{% endfor %}", "甲1乙2"),
        ("{% macro m(x) %}{{ x|upper }}{% endmacro %}{{ m('ab') ~ 'c' }}", "ABc"),
        ("{{ '%s有%d名' % ('支部', figures.members.number * 2) }}", "支部有20名"),
        ("{{ '%.1f'|format(2**3 / 3) }}", "2.7"),
        ("{{ '=' * 5 }}", "====="),
        ("{{ as_of.strftime('%Y/%m/%d') }}", "2026/10/08"),
        ("{{ branch.removeprefix('市数据局') }}", "机关第一党支部"),
        ("{{ addressee|default('无', true)|replace('：', '') }}", "中共市数据局机关委员会"),
        ("{% set x %}甲{% endset %}{{ x }}{% filter lower %}AB{% endfilter %}", "甲ab"),
    ],
)  # fmt: skip
def test_what_templates_are_for_still_goes(view: QuarterView, tmp_path: Path, text: str, shown: str) -> None:
    plain, office = _files(tmp_path, text)
    assert markdown.printed(markdown.render(view, plain)) == shown
    assert word.printed(word.render(view, office)).strip() == shown
