"""Registers around branch life: 放假安排, the days off and made up that a calendar on disk may lack."""

from __future__ import annotations

from zhibu_cli.model.declare import Field, FieldType, Kind, Register, Term

DAY_NATURES = (
    Term(code="off", label="放假", aliases=("休息", "放假日", "法定节假日", "节假日", "调休放假")),
    Term(code="work", label="调休上班", aliases=("上班", "调休", "补班", "调休上班日", "工作日")),
)

_CALENDAR_DAY = Register(
    name="calendar_day",
    title="放假安排",
    aliases=("节假日安排", "放假调休安排", "放假和调休安排"),
    prefix="H",
    identity=("date",),
    date_field="date",
    fields=(
        Field(name="date", label="日期", type=FieldType.DATE, required=True, help="放假或者调休上班的那一天，一天一行。"),
        Field(name="nature", label="性质", type=FieldType.CHOICE, terms=DAY_NATURES, required=True, help="放假，或者调休上班。"),
        Field(name="name", label="名称", aliases=("节日", "节假日", "节日名称"), help="节日的名称，如 春节。"),
    ),
)  # fmt: skip

MORE_REGISTERS = (_CALENDAR_DAY,)

MORE_KINDS = (Kind(name="calendar_day", label="放假安排", register="calendar_day", command="calendar-day"),)
