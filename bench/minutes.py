"""Invented minutes of real length, every one different: what a search for copies has to go through.

Sentences are drawn from a few hundred everyday words, so that two minutes have as little in common as
honest ones have; the set phrases around them are the same everywhere, as they are in life.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_WORDS = (
    "窗口排队复印清单叫号值班预约材料审批接口走访台阶扶手挂号库房卷宗水管翻晒派车里程供应合同验收发票茶水门卫"
    "展板照片稿件投递宣传栏目海报印刷仓储钥匙巡查灭火器材插座线路灯管电梯轮椅坡道雨棚车位闸机监控录像硬盘备份"
    "系统升级补丁账号口令邮箱表格模板编号归档借阅目录索引盘点漏项错字校对排版装订信封邮票快递回执电话录音转接"
    "投诉回访答复期限延期提醒短信公告栏杆花坛绿化树枝落叶积雪路面井盖下水管道维修报价询价采购食堂菜价米面油盐"
    "餐具消毒洗碗冰柜温度留样留言意见箱子评分排名奖品球赛跳绳拔河领队裁判医药箱包急救培训讲义课件投影音响话筒"
    "座签席卡签到迟到早退请教学徒师傅带班轮岗借调挂职驻村蔬菜果树苗木水渠泵站电表抄表欠费缴费票据核销预算决算"
    "差旅住宿车票油料保险年检轮胎刹车司机路线绕行堵点红灯斑马线索案卷询问笔录证人现场测量绘图标尺样本化验报告"
    "曲线统计口径误差修正抽样问卷访谈座谈居民楼栋门牌单元水箱屋顶防水裂缝沉降观测雨量汛期沙袋物资帐篷棉被分发"
    "登记核对签收剩余退库折旧报废拍卖资产标签扫码打印墨盒纸张裁切胶水剪刀图钉白板擦拭保洁垃圾分类投放桶位清运"
    "幼儿接送放学辅导作业书架捐书借还绘本手工剪纸书法老人理发量血压糖测听力眼镜假牙拐杖陪诊取药煎药送餐敲门"
)
WORDS = tuple(_WORDS[place : place + 2] for place in range(0, len(_WORDS) - 1, 2))
_SPEAK = ("说", "提出", "不同意，认为", "补充", "问起", "介绍", "反映")
_ORDER = ("由{}去办", "请{}先试", "交给{}核对", "让{}列出来", "等{}回话再定")
_OPENING = "会议由支部书记主持，传达学习了有关会议精神，与会党员结合岗位实际交流发言。"
_CLOSING = "会议要求，全体党员要提高政治站位，抓好落实，充分发挥先锋模范作用。"


def minutes(chance: random.Random, length: int) -> str:
    """Minutes of about so many characters, set phrases included where there is room for them."""
    room = length - len(_OPENING) - len(_CLOSING)
    if room < length // 2:
        return _sentences(chance, length)
    return _OPENING + _sentences(chance, room) + _CLOSING


def _sentences(chance: random.Random, length: int) -> str:
    parts: list[str] = []
    while sum(map(len, parts)) < length:
        parts.append(_sentence(chance))
    return "".join(parts)


def _sentence(chance: random.Random) -> str:
    who = f"样本{chance.randint(1, 48):02d}"
    first = "".join(chance.choices(WORDS, k=chance.randint(3, 6)))
    second = "".join(chance.choices(WORDS, k=chance.randint(3, 6)))
    order = chance.choice(_ORDER).format(f"样本{chance.randint(1, 48):02d}")
    return f"{who}{chance.choice(_SPEAK)}，{first}，{second}，{order}，{chance.randint(1, 12)}月底前有结果。"
