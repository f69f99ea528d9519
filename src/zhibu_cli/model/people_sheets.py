"""Registers of the branch and its people: 支部信息, 党员名册, 党员变动, 职务任期, 党小组."""

from __future__ import annotations

from zhibu_cli.model.declare import Field, FieldType, Kind, Layout, Register, Term

BRANCH_TYPES = (
    Term(code="branch", label="党支部", aliases=("支部", "机关党支部")),
    Term(code="joint", label="联合党支部", aliases=("联合支部",)),
    Term(code="temporary", label="临时党支部", aliases=("临时支部",)),
)

MEMBER_STATUS = (
    Term(code="full", label="正式", aliases=("正式党员", "中共党员")),
    Term(code="probationary", label="预备", aliases=("预备党员", "中共预备党员")),
)

MEMBER_EVENTS = (
    Term(code="conversion", label="转正"),
    Term(code="extension", label="延长预备期"),
    Term(code="revocation", label="取消预备资格", aliases=("取消预备党员资格",)),
    Term(code="probation_in_party", label="留党察看"),
    Term(code="rights_restored", label="恢复权利", aliases=("恢复党员权利",)),
    Term(code="rights_suspended", label="权利中止", aliases=("中止权利", "中止党员权利")),
    Term(code="membership_suspended", label="停止党籍"),
    Term(code="membership_restored", label="恢复党籍"),
    Term(code="group_changed", label="调整党小组"),
    Term(code="transferred_out", label="转出", aliases=("组织关系转出",)),
    Term(code="transferred_in", label="转入", aliases=("组织关系转入",)),
    Term(code="died", label="去世", aliases=("逝世",)),
    Term(code="other", label="其他"),
)

POSTS = (
    Term(code="secretary", label="书记", aliases=("支部书记", "党支部书记")),
    Term(code="deputy", label="副书记", aliases=("支部副书记", "党支部副书记")),
    Term(code="organisation", label="组织委员"),
    Term(code="publicity", label="宣传委员"),
    Term(code="discipline", label="纪检委员", aliases=("纪律检查委员",)),
    Term(code="youth", label="青年委员", aliases=("青工委员",)),
    Term(code="united_front", label="统战委员"),
    Term(code="mass_work", label="群众委员", aliases=("群工委员", "群众工作委员")),
    Term(code="study", label="学习委员"),
    Term(code="welfare", label="生活委员"),
    Term(code="culture", label="文体委员"),
    Term(code="secrecy", label="保密委员"),
    Term(code="commissioner", label="委员", aliases=("支部委员", "支委", "支委委员")),
)

POST_ORIGINS = (
    Term(code="election", label="换届选举", aliases=("换届", "选举")),
    Term(code="by_election", label="补选", aliases=("增补", "增选")),
    Term(code="appointment", label="上级指派", aliases=("指派", "任命", "上级任命")),
)

_BRANCH = Register(
    name="branch",
    title="支部信息",
    aliases=("支部基本信息", "支部情况"),
    prefix="B",
    layout=Layout.PAIRS,
    identity=(),
    fields=(
        Field(name="name", label="支部名称", aliases=("名称", "党支部名称"), required=True, help="支部全称。"),
        Field(name="superior", label="上级党组织", aliases=("上级", "所属党组织"), help="直接上级党组织全称。"),
        Field(name="founded", label="成立时间", aliases=("成立日期", "批复时间"), type=FieldType.DATE, required=True, help="上级批复成立的日期。"),
        Field(name="type", label="支部类型", aliases=("类型",), type=FieldType.CHOICE, terms=BRANCH_TYPES, help="党支部、联合党支部或临时党支部。"),
        Field(name="theme_day", label="主题党日固定日", aliases=("固定日", "党日固定日"), help="如“每月20日”“每月第一个星期五”。"),
        Field(name="packs", label="适用规定", aliases=("规定",), option="--pack", repeat=True, help="按哪些规定核对，用顿号分开；不填用默认。"),
        Field(name="ledger_from", label="台账起始日", aliases=("起始日",), type=FieldType.DATE, help="这一天以前的事不作判断。"),
    ),
)  # fmt: skip
STARTS = "starts"
"""Key of the payload of 支部信息 for the rows 台账起始日·REGISTER-TITLE (or ·KIND-TERM), which set the
start of one register or kind: {"talk": "2026-01-01"}."""

_MEMBER = Register(
    name="member",
    title="党员名册",
    aliases=("党员花名册", "花名册", "党员信息"),
    prefix="M",
    identity=("name",),
    fields=(
        Field(name="name", label="姓名", aliases=("党员姓名",), required=True, help="姓名。"),
        Field(name="sex", label="性别", type=FieldType.CHOICE, terms=(Term(code="male", label="男"), Term(code="female", label="女")), help="男或女。"),
        Field(name="born", label="出生日期", aliases=("出生年月日", "出生年月"), type=FieldType.DAY_OR_MONTH, help="出生日期；只知道年月的写到月，如 1985-05。"),
        Field(name="ethnicity", label="民族", help="民族。"),
        Field(name="education", label="学历", aliases=("最高学历",), help="学历。"),
        Field(name="id_number", label="身份证号", aliases=("身份证号码", "公民身份号码"), confidential=True, help="只存本机，默认不导出。"),
        Field(name="phone", label="手机号", aliases=("手机", "联系电话", "电话"), confidential=True, help="只存本机，默认不导出。"),
        Field(name="joined", label="入党时间", aliases=("入党日期", "入党年月日", "入党年月", "加入党组织日期", "接收预备党员日期"), type=FieldType.DATE, required=True, help="支部大会通过接收为预备党员之日。"),
        Field(name="converted", label="转正时间", aliases=("转正日期", "转为正式党员日期", "正式转正日期"), type=FieldType.DATE, help="支部大会通过转正后预备期满之日。"),
        Field(name="status", label="党员类别", aliases=("党籍状态", "类别"), type=FieldType.CHOICE, terms=MEMBER_STATUS, required=True, help="正式或预备。"),
        Field(name="group", label="党小组", aliases=("所属党小组", "所在党小组"), type=FieldType.GROUP, help="所在党小组。"),
        Field(name="home", label="组织关系所在", aliases=("组织关系所在地", "组织关系"), help="空白即在本支部；在别处的（挂职、借调等）写清在哪里。"),
        Field(name="arrived", label="转入时间", aliases=("转入日期", "组织关系转入时间"), type=FieldType.DATE, help="组织关系转入本支部之日。"),
        Field(name="left", label="转出时间", aliases=("转出日期", "组织关系转出时间"), type=FieldType.DATE, help="对方接收之日，当日起不计入本支部。"),
        Field(name="left_why", label="转出原因", help="转出原因。"),
        Field(name="leader", label="是否领导干部", aliases=("党员领导干部", "领导干部"), type=FieldType.YESNO, help="是或否。"),
        Field(name="rank", label="职级", help="职级。"),
        Field(name="office", label="行政职务", aliases=("岗位职务", "现任职务"), help="行政职务。"),
        Field(name="retired", label="离退休", aliases=("是否离退休",), type=FieldType.YESNO, help="是或否。"),
        Field(name="floating", label="流动", aliases=("流动党员", "是否流动党员"), type=FieldType.YESNO, help="是或否。"),
        Field(name="note", label="备注", type=FieldType.NOTE, help="备注。"),
        Field(name="mark", label="同名区分", help="与同名党员怎样区分，如 女、第二党小组；显示为 张三（女）。"),
    ),
)  # fmt: skip

_MEMBER_EVENT = Register(
    name="member_event",
    title="党员变动",
    aliases=("党员变动情况",),
    prefix="E",
    identity=("member", "matter", "date"),
    date_field="date",
    fields=(
        Field(name="member", label="姓名", type=FieldType.PERSON, required=True, help="党员姓名。"),
        Field(name="matter", label="事项", aliases=("变动事项",), type=FieldType.CHOICE, terms=MEMBER_EVENTS, required=True, help="变动的种类。"),
        Field(name="date", label="日期", aliases=("时间", "变动日期", "变动时间"), type=FieldType.DATE, required=True, help="生效日期。"),
        Field(name="until", label="截止", aliases=("截止日期", "截止时间"), type=FieldType.DATE, help="有期限的写截止日。"),
        Field(name="old", label="原值", help="变动前。"),
        Field(name="new", label="新值", help="变动后。"),
        Field(name="ground", label="依据", help="文号或决议。"),
    ),
)  # fmt: skip

_POST = Register(
    name="post",
    title="职务任期",
    aliases=("支委任期", "委员名单", "职务任职"),
    prefix="P",
    identity=("member", "post", "since"),
    date_field="since",
    fields=(
        Field(name="member", label="姓名", type=FieldType.PERSON, required=True, help="任职人。"),
        Field(name="post", label="职务", aliases=("党内职务",), type=FieldType.CHOICE, terms=POSTS, required=True, help="书记、副书记、组织委员等。"),
        Field(name="since", label="任职时间", aliases=("任职日期", "任命时间"), type=FieldType.DATE, required=True, help="任职之日。"),
        Field(name="until", label="离任时间", aliases=("离任日期", "免职时间"), type=FieldType.DATE, help="离任之日；在任不填。"),
        Field(name="origin", label="产生方式", type=FieldType.CHOICE, terms=POST_ORIGINS, help="换届选举、补选或上级指派；只有换届选举起算届期。"),
    ),
)  # fmt: skip

_GROUP = Register(
    name="group",
    title="党小组",
    aliases=("党小组名单",),
    prefix="G",
    identity=("name",),
    date_field="founded",
    fields=(
        Field(name="name", label="党小组", aliases=("小组名称", "党小组名称"), required=True, help="党小组名称。"),
        Field(name="leader", label="组长", aliases=("负责人", "党小组组长"), type=FieldType.PERSON, help="党小组组长。"),
        Field(name="founded", label="成立时间", aliases=("成立日期",), type=FieldType.DATE, help="成立之日。"),
        Field(name="dissolved", label="撤销时间", aliases=("撤销日期",), type=FieldType.DATE, help="撤销之日。"),
    ),
)  # fmt: skip

PEOPLE_REGISTERS = (_BRANCH, _MEMBER, _MEMBER_EVENT, _POST, _GROUP)
PEOPLE_KINDS = (
    Kind(name="branch", label="支部信息", register="branch"),
    Kind(name="member", label="党员", register="member"),
    Kind(name="member_event", label="党员变动", register="member_event"),
    Kind(name="post", label="职务任期", register="post"),
    Kind(name="group", label="党小组", register="group"),
)
