"""Which fields the form of a kind of record has: one home for the blank form and for the filled one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhibu_cli.model.declare import Register

DATE = "date"
CONTENT = "content"
_RECORDER = "记录人（签名）"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """Two short things side by side, each with what is known of it; or one over the whole width."""

    left: str
    left_text: str = ""
    right: str = ""
    right_text: str = ""
    size: str = ""
    """``tall``, ``large`` (what the others leave of a page) or ``flow`` (as long as the text, over pages)."""

    @property
    def wide(self) -> bool:
        """Whether it takes the whole width."""
        return not self.right

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of the left one; never none."""
        return tuple(self.left_text.split("\n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFields:
    """The fields of a form by name, or the labels of what no field holds."""

    pairs: tuple[tuple[str, str], ...]
    """Side by side."""
    boxes: tuple[str, ...]
    """Over the whole width, below the pairs."""
    large: str = CONTENT
    """The one among them that is as large as can be."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What the form calls a field otherwise than the register does."""
    prompts: Mapping[str, str] = field(default_factory=dict)
    """What the blank form asks for instead of the label."""
    caption: str = ""
    """A line over the blank form."""
    signing: tuple[str, ...] = ("主持人（签名）", _RECORDER)

    def named(self, register: Register) -> dict[str, str]:
        """Label of every field of the register in this form."""
        return {one.name: one.label for one in register.fields} | dict(self.labels)


_LEADERS = ("chair", "recorder")
_COUNT = ("expected", "present")
_WHO = ("attendees", "absentees")
"""Names, beside the head counts (forms.md §1 A, D and §2 to §4)."""
VOTERS = ("应到有表决权", "实到有表决权")
_HEAD = (("place", "ordinal"), _LEADERS, _COUNT)
_TAIL = (CONTENT, "resolution")
_BALLOTS, _VOTED = "测评票（发出、收回）", "表决结果"
_ORDER = ("theme", "topics", *_WHO, "observers", CONTENT, _BALLOTS, "resolution", _VOTED)
_MEETING = FormFields(pairs=_HEAD, boxes=("topics", *_WHO, "observers", *_TAIL))
_FORMS = {
    "general_meeting": FormFields(
        pairs=(*_HEAD, VOTERS),
        boxes=("topics", *_WHO, "observers", *_TAIL, _VOTED),
    ),
    "group_meeting": FormFields(
        pairs=(("group", "place"), ("ordinal", "hours"), _LEADERS, _COUNT),
        boxes=("topics", *_WHO, "observers", *_TAIL),
    ),
    "lecture": FormFields(
        pairs=(("place", "hours"), ("lecturer", "recorder"), _COUNT),
        boxes=("theme", *_WHO, "observers", CONTENT),
        labels={"theme": "课题"},
        signing=("主讲人（签名）", _RECORDER),
    ),
    "theme_day": FormFields(pairs=_HEAD, boxes=("theme", *_WHO, "observers", CONTENT)),
    "org_life_meeting": FormFields(
        pairs=(("assessment_year", "forms"), *_HEAD),
        boxes=(*_WHO, "observers", "上年度问题整改情况通报", *_TAIL),
        prompts={CONTENT: "发言（逐人记自我批评、相互批评）"},
    ),
    "appraisal": FormFields(
        pairs=(("assessment_year", "forms"), *_HEAD),
        boxes=(*_WHO, "observers", CONTENT, _BALLOTS, "resolution"),
        prompts={CONTENT: "个人自评、党员互评（逐人记）"},
    ),
    "talk": FormFields(
        pairs=(("talkers", "职务"), ("partners", "职务"), ("place", "category")),
        boxes=(CONTENT, "opinions", "problems", "measures"),
        caption="不宜录入电脑的，只留这份纸质记录",
        signing=("谈话人（签名）", "谈话对象（签名）"),
    ),
}
THEME_REPORT = FormFields(
    pairs=(_LEADERS, _COUNT),
    boxes=("place", "theme", "attendees", "absentees", "observers", CONTENT),
    labels={"attendees": "参会人员"},
)
"""主题党日活动纪实报告表 (forms.md §5: 时间 地点 主题 参会人员 内容 图片)."""


def form_of(kind: str) -> FormFields:
    """The form of one kind."""
    return _FORMS.get(kind, _MEETING)


def form_of_all(kinds: Sequence[str]) -> FormFields:
    """The form of a sitting that bears several kinds: every field of theirs, each once."""
    forms = [form_of(kind) for kind in kinds]
    if len(forms) == 1:
        return forms[0]
    voters = [pair for one in forms for pair in one.pairs if pair == VOTERS]
    single = _once(name for one in forms for pair in one.pairs if pair != VOTERS for name in pair)
    boxes = _once(name for one in forms for name in one.boxes)
    rank = {name: place for place, name in enumerate(_ORDER)}
    other = rank[CONTENT] - 0.5  # what no field holds stands before what was said
    signing = _once(name for one in forms for name in one.signing)
    return replace(
        forms[0],
        pairs=(*_paired(single), *voters[:1]),
        boxes=tuple(sorted(boxes, key=lambda name: rank.get(name, other))),
        labels={},
        prompts={},
        signing=tuple(sorted(signing, key=_RECORDER.__eq__)),  # who took the minutes signs last
    )


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _paired(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Two by two; the last may stand alone."""
    return tuple((names[n], names[n + 1] if n + 1 < len(names) else "") for n in range(0, len(names), 2))
