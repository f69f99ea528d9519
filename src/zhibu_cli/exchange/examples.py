"""The one row of every sheet of a blank form that shows how it is filled in; import leaves it out.

Everybody and everything in these rows is invented. A register that has no row here shows an example
of every column that has to be filled in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.values import is_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.model.declare import Catalogue, Field, Register

NOTES = "填写说明"
"""The sheet of a blank form that says how to fill it in; import leaves it out as well."""
MARK = "示例"
"""What stands in the first cell of such a row."""

_DAY = "2026-03-05"
_ROWS: Mapping[str, Mapping[str, Any]] = {
    "member": {
        "sex": "female",
        "born": "1985-05",
        "ethnicity": "汉族",
        "education": "大学本科",
        "joined": "2010-07-01",
        "converted": "2011-07-01",
        "status": "full",
        "leader": False,
        "note": "没有的栏目空着；这一行导入时跳过，可以删去",
    },
    "member_event": {"matter": "conversion", "date": _DAY, "ground": "支部党员大会决议"},
    "post": {"post": "organisation", "since": "2024-03-01", "origin": "election"},
    "group": {"leader": "张三", "founded": "2024-03-01"},
    "sitting": {
        "kinds": ["general_meeting"],
        "date": _DAY,
        "start": "14:30",
        "end": "16:00",
        "place": "三楼会议室",
        "theme": "讨论全年学习计划",
        "chair": "张三",
        "recorder": "李四",
        "expected": 12,
        "present": 11,
        "absentees": [{"who": "王五", "reason": "病假", "leave": True}],
        "topics": ["讨论全年学习计划"],
        "content": "写会上实际讲了什么、谁讲的",
        "resolution": "写决定了什么；没有决议的空着",
        "votes": [
            {
                "matter": "general",
                "subject": "全年学习计划",
                "expected": 12,
                "present": 11,
                "method": "举手",
                "in_favour": 11,
                "against": 0,
                "abstained": 0,
                "result": "通过",
            }
        ],
    },
    "talk": {
        "date": _DAY,
        "talkers": ["张三"],
        "partners": ["李四"],
        "category": "书记与党员",
        "place": "二楼谈话室",
        "paper_at": "支部档案柜",
    },
    "appraisal_row": {"member": "张三", "grade": "qualified", "fed_back": _DAY},
    "rectification": {
        "assessment_year": 2025,
        "problem": "写发现的问题",
        "measures": "写打算怎样改",
        "responsible": ["张三"],
        "deadline": "2026-06-30",
    },
    "study_task": {"issued": "2026-02-20", "received": "2026-02-25", "deadline": "2026-03-31"},
    "plan_item": {"kind": "theme_day", "month": 3, "theme": "写打算的主题", "who": ["张三"]},
    "development": {"applied": "2024-06-03", "talked": "2024-06-20", "activist": "2025-01-10"},
    "training": {"date": _DAY, "hours": 8, "title": "写培训班次", "form": "centralized"},
    "debriefing": {"date": "2026-02-06", "member": "张三", "held_by": "机关党委", "result": "good"},
    "calendar_day": {"nature": "off", "name": "国庆节"},
}

_BY_TYPE: Mapping[FieldType, Any] = {
    FieldType.TEXT: "写在这里",
    FieldType.NOTE: "写在这里",
    FieldType.DATE: _DAY,
    FieldType.DATES: [_DAY, "2026-04-09"],
    FieldType.DAY_OR_MONTH: "1985-05",
    FieldType.TIME: "14:30",
    FieldType.MOMENT: f"{_DAY}T14:30",
    FieldType.YEAR: 2026,
    FieldType.COUNT: 1,
    FieldType.HEADCOUNT: 12,
    FieldType.HOURS: 2,
    FieldType.YESNO: True,
    FieldType.PERSON: "张三",
    FieldType.PEOPLE: ["张三", "李四"],
    FieldType.NAMES: ["张三"],
    FieldType.ABSENCES: [{"who": "王五", "reason": "病假"}],
    FieldType.GROUP: "第一党小组",
    FieldType.TOPICS: ["写在这里"],
}


def example(register: Register, catalogue: Catalogue) -> Mapping[str, Any]:
    """The payload of the example; every required field is in it. A child shows its line in the parent's."""
    needed = {one.name: _value(one, register, catalogue) for one in register.fields if one.required}
    lines = (lines[0] for row in _ROWS.values() if (lines := row.get(register.name)))
    return needed | {**(_ROWS.get(register.name) or next(lines, {}))}


def _value(field: Field, register: Register, catalogue: Catalogue) -> Any:
    if is_kinds(field):
        return [catalogue.kinds_of(register.name)[0].name]
    if field.terms:
        code = field.terms[0].code
        return [code] if field.type is FieldType.CHOICES else code
    return _BY_TYPE[field.type]
