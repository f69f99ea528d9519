"""Registers of branch life: 组织生活 with 表决, 谈心谈话, 民主评议, 整改清单, 情况说明."""

from __future__ import annotations

from zhibu_cli.model.declare import (
    Chair,
    Expects,
    Field,
    FieldType,
    Kind,
    Need,
    Register,
    Term,
    When,
)

FORMS = (
    Term(code="on_site", label="现场", aliases=("线下",)),
    Term(code="online", label="线上", aliases=("视频", "视频会议", "线上会议")),
    Term(code="general", label="党员大会", aliases=("支部党员大会", "支部大会")),
    Term(code="committee", label="支委会", aliases=("支部委员会", "支委会会议")),
    Term(code="group", label="党小组会", aliases=("小组会",)),
)

MATTERS = (
    Term(code="general", label="一般议题", aliases=("一般", "议题")),
    Term(code="admission", label="接收预备党员", aliases=("接收", "发展党员")),
    Term(code="conversion", label="预备党员转正", aliases=("转正",)),
    Term(code="election", label="选举", aliases=("换届选举",)),
    Term(code="discipline", label="党纪处分", aliases=("处分",)),
    Term(code="disposal", label="组织处置", aliases=("处置",)),
    Term(code="other", label="其他"),
)

GRADES = (
    Term(code="excellent", label="优秀"),
    Term(code="qualified", label="合格"),
    Term(code="basic", label="基本合格"),
    Term(code="unqualified", label="不合格"),
    Term(code="ungraded", label="不定等次"),
    Term(code="not_listed", label="不列入"),
)

RECTIFICATION_SOURCES = (
    Term(code="org_life_meeting", label="组织生活会"),
    Term(code="appraisal", label="民主评议", aliases=("民主评议党员",)),
    Term(code="debriefing", label="述职评议", aliases=("述职评议考核", "述职")),
    Term(code="inspection", label="检查", aliases=("上级检查", "督查")),
)

_VOTE = Register(
    name="votes",
    title="表决",
    aliases=("表决情况",),
    prefix="V",
    link="组织生活编号",
    identity=("matter", "subject", "object"),
    fields=(
        Field(name="matter", label="事项类别", aliases=("类别",), type=FieldType.CHOICE, terms=MATTERS, required=True, help="一般议题、接收预备党员、选举等。"),
        Field(name="subject", label="事项", help="表决的事项。"),
        Field(name="object", label="对象", aliases=("候选人", "表决对象"), type=FieldType.NAMES, help="一行一人。"),
        Field(name="expected", label="应到", aliases=("应到人数", "应到有表决权", "应到有选举权"), type=FieldType.COUNT, help="应到会有表决权（选举为有选举权）的党员数。"),
        Field(name="present", label="实到", aliases=("实到人数", "实到有表决权", "实到有选举权"), type=FieldType.COUNT, help="实到会有表决权（选举为有选举权）的党员数。"),
        Field(name="method", label="表决方式", aliases=("方式",), help="举手或无记名投票。"),
        Field(name="issued", label="发出票", aliases=("发出选票",), type=FieldType.COUNT, help="发出票数。"),
        Field(name="returned", label="收回票", aliases=("收回选票",), type=FieldType.COUNT, help="收回票数。"),
        Field(name="valid", label="有效票", type=FieldType.COUNT, help="有效票数。"),
        Field(name="invalid", label="无效票", aliases=("废票",), type=FieldType.COUNT, help="无效票数。"),
        Field(name="in_favour", label="赞成", aliases=("同意", "赞成票"), type=FieldType.COUNT, help="赞成票数。"),
        Field(name="against", label="反对", aliases=("不同意", "反对票"), type=FieldType.COUNT, help="反对票数。"),
        Field(name="abstained", label="弃权", aliases=("弃权票",), type=FieldType.COUNT, help="弃权票数。"),
        Field(name="others", label="另选他人", type=FieldType.COUNT, help="另选他人的票数。"),
        Field(name="written", label="书面意见", aliases=("书面意见数",), type=FieldType.COUNT, help="会前正式书面意见数。"),
        Field(name="seats", label="应选名额", type=FieldType.COUNT, help="应选名额。"),
        Field(name="candidates", label="候选人数", type=FieldType.COUNT, help="正式候选人数。"),
        Field(name="scrutineer", label="监票人", type=FieldType.NAMES, help="监票人。"),
        Field(name="teller", label="计票人", type=FieldType.NAMES, help="计票人。"),
        Field(name="result", label="结果", aliases=("表决结果",), help="通过、未通过、当选、未当选。"),
    ),
)  # fmt: skip

SITTING_KIND_FIELD = Field(name="kinds", label="类型", aliases=("会议类型", "活动类型", "组织生活类型"), type=FieldType.CHOICES, required=True, option="--kind", help="支部党员大会、支部委员会、党小组会、党课、主题党日、组织生活会、民主评议党员等，一场含几项的用顿号分开。")  # fmt: skip

_SITTING = Register(
    name="sitting",
    title="组织生活",
    aliases=("组织生活记录", "三会一课", "会议记录", "组织生活台账"),
    prefix="S",
    numbered=True,
    identity=("date", "kinds", "start", "group", "theme"),
    date_field="date",
    texts=("content", "resolution"),
    children=(_VOTE,),
    fields=(
        SITTING_KIND_FIELD,
        Field(name="date", label="日期", aliases=("时间", "会议日期", "会议时间", "活动时间", "召开时间", "实际会议时间", "实际时间"), type=FieldType.DATE, required=True, help="召开的日期。"),
        Field(name="start", label="开始时间", aliases=("起始时间",), type=FieldType.TIME, help="开始的钟点，如 14:30。"),
        Field(name="end", label="结束时间", aliases=("终止时间",), type=FieldType.TIME, help="结束的钟点。"),
        Field(name="place", label="地点", aliases=("会议地点", "活动地点"), usual=True, help="召开的地点。"),
        Field(name="group", label="党小组", aliases=("所属党小组",), type=FieldType.GROUP, help="党小组会写明是哪个小组。"),
        Field(name="ordinal", label="第几次", aliases=("次数", "次序"), help="第几次会议。"),
        Field(name="theme", label="主题", aliases=("活动主题", "会议主题", "课题", "会议名称", "活动名称"), help="主题、会议名称或党课题目。"),
        Field(name="chair", label="主持人", aliases=("主持", "主持人姓名"), type=FieldType.PERSON, option="--host", usual=True, help="主持人。"),
        Field(name="recorder", label="记录人", aliases=("记录", "记录人姓名"), type=FieldType.PERSON, usual=True, help="记录人。"),
        Field(name="lecturer", label="主讲人", aliases=("授课人", "主讲"), type=FieldType.PERSON, help="党课主讲人。"),
        Field(name="expected", label="应到", aliases=("应到人数", "应到会人数", "应参加人数"), type=FieldType.HEADCOUNT, help="应到党员数。"),
        Field(name="present", label="实到", aliases=("实到人数", "实到会人数", "实际参加人数"), type=FieldType.HEADCOUNT, help="实到党员数。"),
        Field(name="attendees", label="出席人员", aliases=("参会人员", "出席", "参加人员", "参会人员姓名", "参会人员名单", "出席人员姓名"), type=FieldType.PEOPLE, option="--present-names", help="出席党员的姓名，用顿号分开；全体到会可写“全体”。"),
        Field(name="absentees", label="缺席人员及原因", aliases=("缺席人员", "缺席", "请假人员", "缺席人员姓名及缺席原因", "请假人员及原因"), type=FieldType.ABSENCES, option="--absent", repeat=True, help="如 张三=病假；不知原因只写姓名。"),
        Field(name="excused", label="经支部同意暂不参加人员及原因", aliases=("暂不参加人员", "经支部同意暂不参加人员"), type=FieldType.ABSENCES, option="--excused", repeat=True, help="经支部同意暂不参加的人员及原因；法定人数中照算。"),
        Field(name="uncounted", label="不计入应到会人数人员及批准依据", aliases=("不计入应到人员", "不计入应到会人数人员"), type=FieldType.ABSENCES, option="--uncounted", repeat=True, help="报上级同意且党员大会通过、不计入应到会人数的人员及批准依据。"),
        Field(name="observers", label="列席人员", aliases=("列席", "列席人", "列席人员姓名"), type=FieldType.NAMES, option="--observer", repeat=True, help="列席人员，不计到会。"),
        Field(name="topics", label="议题", aliases=("会议议题", "议程"), type=FieldType.TOPICS, option="--topic", repeat=True, help="议题，一行一项。"),
        Field(name="content", label="内容", aliases=("会议内容", "活动内容", "主要内容", "会议记录", "主要内容及特色"), type=FieldType.NOTE, help="会议内容。"),
        Field(name="resolution", label="决议", aliases=("会议决议", "会议决议/结论", "决定事项"), type=FieldType.NOTE, help="决议。"),
        Field(name="hours", label="学时", aliases=("折合学时",), type=FieldType.HOURS, help="学时。"),
        Field(name="assessment_year", label="所属年度", aliases=("年度", "评议年度"), type=FieldType.YEAR, help="组织生活会、民主评议所属的年度。"),
        Field(name="forms", label="形式", aliases=("召开形式", "会议形式"), type=FieldType.CHOICES, terms=FORMS, option="--form", help="现场或线上；组织生活会、民主评议以何种会议形式召开。"),
        Field(name="noticed", label="通知时间", aliases=("通知日期",), type=FieldType.MOMENT, help="通知发出的时间。"),
        Field(name="claimed_at", label="原台账登记时间", aliases=("登记时间",), type=FieldType.MOMENT, option="-", help="原台账写明的登记时间，作为声称另存。"),
        Field(name="note", label="备注", type=FieldType.NOTE, help="备注。"),
    ),
)  # fmt: skip

_TALK = Register(
    name="talk",
    title="谈心谈话",
    aliases=("谈心谈话记录", "谈话记录", "谈心谈话登记"),
    prefix="T",
    numbered=True,
    identity=("date", "talkers", "partners"),
    date_field="date",
    texts=("content", "opinions", "problems", "measures"),
    fields=(
        Field(name="date", label="日期", aliases=("时间", "谈话时间", "谈话日期"), type=FieldType.DATE, required=True, help="谈话日期。"),
        Field(name="talkers", label="谈话人", type=FieldType.PEOPLE, required=True, option="--talker", help="谈话人。"),
        Field(name="partners", label="谈话对象", aliases=("对象", "被谈话人"), type=FieldType.PEOPLE, required=True, option="--partner", help="谈话对象，一次一人；集体谈话不计入覆盖。"),
        Field(name="category", label="类别", aliases=("谈话类型", "谈话类别"), help="如 书记与委员、委员与党员、党员之间。"),
        Field(name="place", label="地点", aliases=("谈话地点",), usual=True, help="谈话地点。"),
        Field(name="content", label="内容要点", aliases=("谈话主要内容", "谈话内容", "内容"), type=FieldType.NOTE, confidential=True, help="要点；不宜录入的写“纸质记录存放处”。"),
        Field(name="paper_at", label="纸质记录存放处", aliases=("纸质记录", "存放处"), help="纸质记录在哪里。"),
        Field(name="opinions", label="意见建议", type=FieldType.NOTE, confidential=True, help="意见建议。"),
        Field(name="problems", label="问题", aliases=("存在问题",), type=FieldType.NOTE, confidential=True, help="谈出的问题。"),
        Field(name="measures", label="整改措施", type=FieldType.NOTE, confidential=True, help="整改措施。"),
        Field(name="claimed_at", label="原台账登记时间", aliases=("登记时间",), type=FieldType.MOMENT, option="-", help="原台账写明的登记时间，作为声称另存。"),
    ),
)  # fmt: skip

_APPRAISAL_ROW = Register(
    name="appraisal_row",
    title="民主评议",
    aliases=("民主评议结果", "民主评议党员"),
    prefix="A",
    identity=("assessment_year", "member"),
    fields=(
        Field(name="assessment_year", label="所属年度", aliases=("年度", "评议年度"), type=FieldType.YEAR, required=True, help="评议所属年度。"),
        Field(name="member", label="姓名", type=FieldType.PERSON, required=True, help="党员姓名。"),
        Field(name="self_review", label="自评", aliases=("个人自评",), help="个人自评。"),
        Field(name="peer_review", label="互评", aliases=("党员互评",), help="党员互评。"),
        Field(name="votes_excellent", label="测评优秀票数", aliases=("优秀票数",), type=FieldType.COUNT, confidential=True, help="测评优秀票数。"),
        Field(name="votes_qualified", label="测评合格票数", aliases=("合格票数",), type=FieldType.COUNT, confidential=True, help="测评合格票数。"),
        Field(name="votes_basic", label="测评基本合格票数", aliases=("基本合格票数",), type=FieldType.COUNT, confidential=True, help="测评基本合格票数。"),
        Field(name="votes_unqualified", label="测评不合格票数", aliases=("不合格票数",), type=FieldType.COUNT, confidential=True, help="测评不合格票数。"),
        Field(name="grade", label="评定等次", aliases=("等次", "评议结果"), type=FieldType.CHOICE, terms=GRADES, required=True, help="优秀、合格、基本合格、不合格、不定等次、不列入。"),
        Field(name="fed_back", label="反馈日期", type=FieldType.DATE, help="结果反馈本人的日期。"),
        Field(name="follow_up", label="教育帮助或处置措施", aliases=("处置措施",), type=FieldType.NOTE, help="教育帮助或处置措施。"),
        Field(name="note", label="备注", type=FieldType.NOTE, help="备注。"),
    ),
)  # fmt: skip

_RECTIFICATION = Register(
    name="rectification",
    title="整改清单",
    aliases=("问题整改清单", "整改台账"),
    prefix="R",
    identity=("source", "assessment_year", "problem"),
    fields=(
        Field(name="source", label="来源", type=FieldType.CHOICE, terms=RECTIFICATION_SOURCES, required=True, help="组织生活会、民主评议、述职评议或检查。"),
        Field(name="assessment_year", label="所属年度", aliases=("年度",), type=FieldType.YEAR, help="所属年度。"),
        Field(name="problem", label="问题", aliases=("存在问题",), type=FieldType.NOTE, required=True, help="问题。"),
        Field(name="measures", label="措施", aliases=("整改措施",), type=FieldType.NOTE, help="整改措施。"),
        Field(name="responsible", label="责任人", type=FieldType.NAMES, help="责任人。"),
        Field(name="deadline", label="时限", aliases=("整改时限",), type=FieldType.DATE, help="整改时限。"),
        Field(name="progress", label="完成情况", aliases=("整改情况",), type=FieldType.NOTE, help="完成情况。"),
        Field(name="done_on", label="完成日期", type=FieldType.DATE, help="完成日期。"),
    ),
)  # fmt: skip

_WAIVER = Register(
    name="waiver",
    title="情况说明",
    prefix="W",
    identity=("key",),
    date_field="date",
    fields=(
        Field(name="key", label="核对项", required=True, help="核对结果中的编号，如 committee-meeting-monthly@2026-03。"),
        Field(name="reason", label="情况说明", type=FieldType.NOTE, required=True, help="实际情况。"),
        Field(name="by", label="说明人", required=True, help="说明人。"),
        Field(name="date", label="说明日期", type=FieldType.DATE, required=True, help="说明日期。"),
        Field(name="approval", label="上级批准文号", help="上级批准的文号。"),
        Field(name="approved_on", label="批准日期", type=FieldType.DATE, help="批准日期。"),
    ),
)  # fmt: skip

LIFE_REGISTERS = (_SITTING, _TALK, _APPRAISAL_ROW, _RECTIFICATION, _WAIVER)

_PLACE = Need(fields=("place",), label="地点")
_CHAIR = Need(fields=("chair",), label="主持人")
_LECTURER = Need(fields=("lecturer",), label="主讲人")
_RECORDER = Need(fields=("recorder",), label="记录人")
_EXPECTED = Need(fields=("expected", "attendees"), label="应到")
_PRESENT = Need(fields=("present", "attendees"), label="实到")
_ABSENTEES = Need(fields=("absentees", "excused"), label="缺席人员及原因", when=When.SOMEONE_ABSENT)
_TOPIC = Need(fields=("topics", "theme"), label="议题或主题")
_THEME = Need(fields=("theme", "topics"), label="议题或主题")
"""The first of several fields is asked for first."""
_CONTENT = Need(fields=("content",), label="内容")
_YEAR = Need(fields=("assessment_year",), label="所属年度")

_HEADS = (_EXPECTED, _PRESENT, _ABSENTEES)
_MEETING_NEEDS = (_PLACE, _CHAIR, _RECORDER, *_HEADS, _TOPIC, _CONTENT)
_LECTURE_NEEDS = (_PLACE, _LECTURER, *_HEADS, _THEME, _CONTENT)
_THEME_DAY_NEEDS = (_PLACE, _CHAIR, _RECORDER, *_HEADS, _THEME, _CONTENT)

LIFE_KINDS = (
    Kind(
        name="general_meeting",
        label="支部党员大会",
        aliases=("党员大会", "支部大会", "党支部党员大会"),
        register="sitting",
        command="meeting",
        expects=Expects.MEMBERS,
        chair=Chair.COMMITTEE,
        needs=_MEETING_NEEDS,
        excludes=("committee_meeting",),
    ),
    Kind(
        name="committee_meeting",
        label="支部委员会",
        aliases=("支委会", "支部委员会会议", "支委会会议", "党支部委员会", "支部委员会议"),
        register="sitting",
        command="meeting",
        expects=Expects.COMMITTEE,
        chair=Chair.COMMITTEE,
        needs=_MEETING_NEEDS,
        excludes=("general_meeting",),
    ),
    Kind(
        name="group_meeting",
        label="党小组会",
        aliases=("小组会", "党小组会议"),
        register="sitting",
        command="meeting",
        expects=Expects.GROUP,
        chair=Chair.GROUP_LEADER,
        needs=(Need(fields=("group",), label="党小组"), *_MEETING_NEEDS),
    ),
    Kind(
        name="lecture",
        label="党课",
        aliases=("上党课",),
        register="sitting",
        command="lecture",
        expects=Expects.MEMBERS,
        needs=_LECTURE_NEEDS,
    ),
    Kind(
        name="theme_day",
        label="主题党日",
        aliases=("党日", "党日活动", "主题党日活动", "支部主题党日"),
        register="sitting",
        command="theme-day",
        expects=Expects.MEMBERS,
        needs=_THEME_DAY_NEEDS,
    ),
    Kind(
        name="org_life_meeting",
        label="组织生活会",
        register="sitting",
        command="org-life",
        expects=Expects.BY_FORM,
        needs=(*_MEETING_NEEDS, _YEAR),
    ),
    Kind(
        name="appraisal",
        label="民主评议党员",
        aliases=("民主评议", "民主评议会"),
        register="sitting",
        command="appraisal",
        expects=Expects.BY_FORM,
        needs=(*_MEETING_NEEDS, _YEAR),
    ),
    Kind(
        name="democratic_life_meeting",
        label="民主生活会",
        aliases=("领导班子民主生活会",),
        register="sitting",
        command="meeting",
        branch_life=False,
    ),
    Kind(
        name="core_group_study",
        label="中心组学习",
        aliases=("理论学习中心组学习", "党组中心组学习", "理论中心组学习"),
        register="sitting",
        command="meeting",
        branch_life=False,
    ),
    Kind(
        name="talk",
        label="谈心谈话",
        aliases=("谈心", "谈话"),
        register="talk",
        command="talk",
        needs=(_PLACE, Need(fields=("content", "paper_at"), label="内容要点或纸质记录存放处")),
    ),
    Kind(name="appraisal_row", label="评议等次", register="appraisal_row", command="grade"),
    Kind(name="rectification", label="整改事项", register="rectification", command="rectification"),
    Kind(name="waiver", label="情况说明", register="waiver"),
)
