"""Registers around branch life: 学习任务, 年度计划, 发展党员, 培训学时, 述职评议, 放假安排."""

from __future__ import annotations

from zhibu_cli.model.declare import Field, FieldType, Kind, Register, Term
from zhibu_cli.model.life_sheets import LIFE_KINDS

_PLANNED = tuple(
    Term(code=kind.name, label=kind.label, aliases=kind.aliases)
    for kind in LIFE_KINDS
    if kind.register in {"sitting", "talk"}
)

TRAINING_FORMS = (
    Term(code="centralized", label="集中培训", aliases=("培训班",)),
    Term(code="collective", label="集体学习", aliases=("集中学习",)),
    Term(code="self", label="自学", aliases=("个人自学", "网络自学")),
)

TRAINING_PURPOSES = (
    Term(code="rotation", label="轮训", aliases=("集中轮训", "书记轮训")),
    Term(code="induction", label="任职培训", aliases=("新任书记培训",)),
    Term(code="new_member", label="新党员培训"),
    Term(code="other", label="其他"),
)

TRAINING_LEVELS = (
    Term(code="county_up", label="县级以上", aliases=("县级及以上", "市级", "省级", "县级")),
    Term(code="below", label="县级以下", aliases=("本单位", "支部")),
)

DEBRIEF_RESULTS = (
    Term(code="good", label="好"),
    Term(code="fairly_good", label="较好"),
    Term(code="fair", label="一般"),
    Term(code="poor", label="差"),
)

DAY_NATURES = (
    Term(code="off", label="放假", aliases=("休息", "放假日", "法定节假日", "节假日", "调休放假")),
    Term(code="work", label="调休上班", aliases=("上班", "调休", "补班", "调休上班日", "工作日")),
)

_STUDY_TASK = Register(
    name="study_task",
    title="学习任务",
    aliases=("学习任务清单", "学习文件"),
    prefix="K",
    identity=("title",),
    fields=(
        Field(name="title", label="文件名称", aliases=("文件", "学习内容", "文件标题"), required=True, help="文件全称，不加书名号也可。"),
        Field(name="number", label="文号", aliases=("发文字号",), help="发文字号。"),
        Field(name="issued", label="成文日期", aliases=("印发日期", "发布日期"), type=FieldType.DATE, help="文件本身的日期；在此以前的记录不可能学过它。"),
        Field(name="received", label="下发时间", aliases=("下发日期", "布置时间"), type=FieldType.DATE, help="上级布置学习的日期。"),
        Field(name="deadline", label="学习时限", aliases=("完成时限", "学习期限", "学习要求时限"), type=FieldType.DATE, help="上级要求学完的最后一天。"),
        Field(name="records", label="学习记录编号", aliases=("学习记录",), type=FieldType.NAMES, refers="sitting", help="学过它的记录编号，如 S12、S15；不填则在记录的主题、议题、内容中找文件名称。"),
        Field(name="note", label="备注", type=FieldType.NOTE, help="备注。"),
    ),
)  # fmt: skip

_PLAN_ITEM = Register(
    name="plan_item",
    title="年度计划",
    aliases=("工作计划", "全年计划"),
    prefix="J",
    identity=("year", "kind", "month", "day", "group", "theme"),
    fields=(
        Field(name="year", label="年度", aliases=("计划年度",), type=FieldType.YEAR, required=True, help="哪一年的计划。"),
        Field(name="kind", label="事项", aliases=("类型", "活动类型"), type=FieldType.CHOICE, terms=_PLANNED, required=True, help="支部党员大会、主题党日、党课、谈心谈话等。"),
        Field(name="month", label="月份", aliases=("计划月份",), type=FieldType.COUNT, help="1 至 12；写了计划日期的可以不写。"),
        Field(name="day", label="计划日期", aliases=("日期", "计划时间"), type=FieldType.DATE, help="打算在哪一天。"),
        Field(name="group", label="党小组", type=FieldType.GROUP, help="党小组会写明是哪个小组。"),
        Field(name="theme", label="主题", aliases=("主题内容", "计划内容"), help="打算的主题。"),
        Field(name="who", label="责任人", aliases=("负责人",), type=FieldType.NAMES, help="由谁准备。"),
        Field(name="note", label="备注", type=FieldType.NOTE, help="备注。"),
    ),
)  # fmt: skip

_DEVELOPMENT = Register(
    name="development",
    title="发展党员",
    aliases=("发展党员台账", "党员发展"),
    prefix="F",
    identity=("name", "applied"),
    fields=(
        Field(name="name", label="姓名", required=True, help="申请人、积极分子或发展对象的姓名。"),
        Field(name="applied", label="申请日期", aliases=("提交书面申请书", "提交书面申请书时间", "申请入党时间"), type=FieldType.DATE, help="收到入党申请书的日期。"),
        Field(name="talked", label="谈话日期", aliases=("派人谈话日期",), type=FieldType.DATE, help="收到申请书后派人谈话的日期。"),
        Field(name="activist", label="确定积极分子日期", aliases=("积极分子", "确定为入党积极分子时间"), type=FieldType.DATE, help="确定为入党积极分子的日期。"),
        Field(name="mentors", label="培养联系人", type=FieldType.PEOPLE, help="一至二名正式党员，用顿号分开。"),
        Field(name="reviews", label="考察日期", aliases=("历次考察日期", "考察时间"), type=FieldType.DATES, help="历次考察的日期，用顿号分开。"),
        Field(name="candidate", label="确定发展对象日期", aliases=("发展对象", "确定为发展对象时间"), type=FieldType.DATE, help="确定为发展对象的日期。"),
        Field(name="sponsors", label="入党介绍人", aliases=("介绍人",), type=FieldType.PEOPLE, help="两名正式党员，用顿号分开。"),
        Field(name="training_days", label="培训天数", type=FieldType.COUNT, help="短期集中培训的天数。"),
        Field(name="training_hours", label="培训学时", type=FieldType.HOURS, help="短期集中培训的学时。"),
        Field(name="committee_review", label="支委会审查日期", type=FieldType.DATE, help="支委会审查的日期。"),
        Field(name="pre_review", label="党委预审日期", aliases=("预审日期",), type=FieldType.DATE, help="党委预审通过的日期。"),
        Field(name="publicity_from", label="公示开始", aliases=("公示起",), type=FieldType.DATE, help="公示的第一天。"),
        Field(name="publicity_to", label="公示结束", aliases=("公示止",), type=FieldType.DATE, help="公示的最后一天。"),
        Field(name="meeting", label="接收大会日期", aliases=("入党", "大会通过日期"), type=FieldType.DATE, help="党员大会通过接收为预备党员的日期。"),
        Field(name="approved", label="接收审批日期", aliases=("审批日期",), type=FieldType.DATE, help="党委审批接收的日期。"),
        Field(name="conversion_meeting", label="转正大会日期", aliases=("转正",), type=FieldType.DATE, help="党员大会讨论转正的日期。"),
        Field(name="conversion_approved", label="转正审批日期", type=FieldType.DATE, help="党委审批转正的日期。"),
        Field(name="ended", label="终止日期", aliases=("终止培养日期",), type=FieldType.DATE, help="不再培养、转出的日期；此后不再提醒。"),
        Field(name="note", label="备注", type=FieldType.NOTE, help="备注。"),
    ),
)  # fmt: skip

_TRAINING = Register(
    name="training",
    title="培训学时",
    aliases=("学时登记", "学时台账"),
    prefix="X",
    identity=("member", "date", "title"),
    date_field="date",
    fields=(
        Field(name="member", label="姓名", type=FieldType.PERSON, required=True, help="参加培训的党员。"),
        Field(name="date", label="日期", aliases=("时间", "培训日期", "结束日期"), type=FieldType.DATE, required=True, help="培训的日期；几天的写最后一天。"),
        Field(name="hours", label="学时", aliases=("折合学时",), type=FieldType.HOURS, required=True, help="折合学时；本支部组织生活的学时写在“组织生活”里，不在这里重复。"),
        Field(name="title", label="内容", aliases=("培训名称", "培训内容", "班次"), help="培训班次或内容。"),
        Field(name="form", label="形式", type=FieldType.CHOICE, terms=TRAINING_FORMS, help="集中培训、集体学习或自学。"),
        Field(name="purpose", label="种类", aliases=("培训种类",), type=FieldType.CHOICE, terms=TRAINING_PURPOSES, help="轮训、任职培训、新党员培训或其他。"),
        Field(name="level", label="举办级别", aliases=("级别",), type=FieldType.CHOICE, terms=TRAINING_LEVELS, help="县级以上或县级以下。"),
        Field(name="proof", label="证明", aliases=("证书", "证明材料"), help="结业证、通知等在哪里。"),
        Field(name="note", label="备注", type=FieldType.NOTE, help="备注。"),
    ),
)  # fmt: skip

_DEBRIEFING = Register(
    name="debriefing",
    title="述职评议",
    aliases=("述职评议考核",),
    prefix="D",
    identity=("assessment_year", "member"),
    date_field="date",
    fields=(
        Field(name="assessment_year", label="所属年度", aliases=("年度", "评议年度"), type=FieldType.YEAR, required=True, help="述的是哪一年的职。"),
        Field(name="date", label="日期", aliases=("时间", "评议日期"), type=FieldType.DATE, required=True, help="上级召开述职评议的日期。"),
        Field(name="member", label="述职人", aliases=("姓名",), type=FieldType.PERSON, help="述职的书记。"),
        Field(name="held_by", label="召开单位", aliases=("组织单位",), help="哪个上级党组织召开。"),
        Field(name="result", label="综合评价", aliases=("评价", "评议结果"), type=FieldType.CHOICE, terms=DEBRIEF_RESULTS, help="好、较好、一般或差。"),
        Field(name="note", label="备注", type=FieldType.NOTE, help="备注；指出的问题登记在“整改清单”。"),
    ),
)  # fmt: skip

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

WORK_REGISTERS = (_STUDY_TASK, _PLAN_ITEM, _DEVELOPMENT, _TRAINING, _DEBRIEFING, _CALENDAR_DAY)
WORK_KINDS = (
    Kind(name="study_task", label="学习任务", register="study_task", command="study-task"),
    Kind(name="plan_item", label="计划事项", register="plan_item", command="plan-item"),
    Kind(name="development", label="发展党员", register="development", command="development"),
    Kind(name="training", label="培训学时", register="training", command="training"),
    Kind(name="debriefing", label="述职评议", register="debriefing", command="debriefing"),
    Kind(name="calendar_day", label="放假安排", register="calendar_day", command="calendar-day"),
)
