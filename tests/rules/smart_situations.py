"""Seven situations of service teams, as a trainer would describe them."""

from __future__ import annotations

from cstrain.text.situation import Situation


def ctx(today, industry, team, objective, constraints, metrics):
    texts = {"industry": industry, "team": team, "objective": objective, "constraints": constraints}
    both = {
        f"{key}_{lang}": pair[i]
        for key, pair in texts.items()
        for i, lang in enumerate(("zh", "en"))
    }
    rows = [
        {
            "key": key, "zh": zh, "en": en, "now": now, "unit": unit, "better": better,
            "reach": dict(zip(("3m", "6m", "12m"), reach, strict=True)),
        }
        for key, zh, en, now, unit, better, reach in metrics
    ]  # fmt: skip
    return {"today": today, **both, "metrics": rows}


AIR = ctx(
    "2026-05-11",
    ("航空公司地面服务", "Airline ground service"),
    ("值机柜台40人、行李查询12人、贵宾室8人", "40 check-in staff, 12 baggage tracing, 8 lounge"),
    (
        "减少行李差错和旅客投诉，缩短值机排队，提高旅客满意度",
        "Reduce mishandled bags and passenger complaints, shorten check-in queues, raise passenger satisfaction",
    ),
    (
        "不得增加编制；柜台数量由机场分配，不能自行增开；赔偿标准由总部统一",
        "No extra headcount; counters are allocated by the airport and cannot be added; compensation rates are set by head office",
    ),
    [
        (
            "bag",
            "每千名旅客行李差错",
            "mishandled bags per 1,000 passengers",
            6.2,
            "bags",
            "down",
            (5.6, 4.9, 4.0),
        ),
        ("queue", "值机平均排队时间", "average check-in queue", 14, "min", "down", (12.5, 11, 9)),
        ("sat", "旅客满意度", "passenger satisfaction", 81, "%", "up", (83, 85, 88)),
        (
            "comp",
            "月均旅客投诉",
            "passenger complaints per month",
            95,
            "cases",
            "down",
            (85, 72, 55),
        ),
        ("otp", "首个航班准点率", "first-departure punctuality", 88, "%", "up", (89.5, 91, 93)),
    ],
)
RES = ctx(
    "2026-10-09",
    ("连锁餐厅", "Restaurant chain"),
    ("前厅60人、外卖组9人、客诉专员2人", "60 floor staff, 9 in delivery, 2 complaint officers"),
    (
        "缩短等位和上菜时间，减少差评，提高回头客比例",
        "Shorten waits for tables and dishes, cut bad reviews, win back more guests",
    ),
    (
        "不得打折或送券；菜单由总部统一；不招新人",
        "No discounts or vouchers; the menu is set by head office; no hiring",
    ),
    [
        ("wait", "平均等位时间", "average wait for a table", 32, "min", "down", (28, 24, 20)),
        ("dish", "上菜超时率", "late dish rate", 15, "%", "down", (13, 10.5, 8)),
        ("neg", "平台差评率", "negative review rate", 5.5, "%", "down", (4.9, 4.2, 3.2)),
        ("rep", "回头客比例", "returning guests", 34, "%", "up", (36, 39, 44)),
        ("del", "外卖准时率", "on-time delivery rate", 86, "%", "up", (89, 92, 95)),
    ],
)
INS = ctx(
    "2027-01-18",
    ("财产保险理赔服务", "Property insurance claims service"),
    (
        "报案坐席30人、查勘员45人、理赔审核20人",
        "30 claims call agents, 45 surveyors, 20 claim auditors",
    ),
    (
        "缩短结案周期，提高首次联系及时率和理赔满意度，减少诉讼与投诉",
        "Shorten claim settlement, raise on-time first contact and claims satisfaction, reduce lawsuits and complaints",
    ),
    (
        "不得委托第三方查勘；不得拒收材料；审核系统今年不改造",
        "Surveys may not be outsourced; documents may not be refused; the audit system is not rebuilt this year",
    ),
    [
        ("cyc", "平均结案周期", "average settlement cycle", 21, "days", "down", (18.5, 16, 12)),
        ("first", "30分钟首次联系率", "first contact within 30 min", 74, "%", "up", (79, 84, 90)),
        ("sat", "理赔满意度", "claims satisfaction", 83, "%", "up", (85, 87, 90)),
        ("law", "季度诉讼案件", "lawsuits per quarter", 18, "cases", "down", (16, 13, 9)),
    ],
)
GYM = ctx(
    "2026-08-03",
    ("健身俱乐部会员服务", "Fitness club member service"),
    ("前台10人、教练25人、会籍顾问12人", "10 reception staff, 25 trainers, 12 membership advisers"),
    (
        "提高续卡率和会员到店频次，减少退卡和投诉",
        "Raise membership renewal and visits, cut cancellations and complaints",
    ),
    (
        "不得降价；不得延长营业时间；不得泄露会员体测数据",
        "No price cuts; no longer opening hours; members' body data may not be disclosed",
    ),
    [
        ("ren", "续卡率", "membership renewal rate", 46, "%", "up", (49, 53, 60)),
        (
            "vis",
            "会员月均到店次数",
            "visits per member per month",
            5.1,
            "visits",
            "up",
            (5.6, 6.2, 7.2),
        ),
        ("can", "月退卡人数", "cancellations per month", 64, "members", "down", (57, 48, 36)),
        ("resp", "投诉首次回复时长", "first reply to complaints", 20, "h", "down", (16, 12, 6)),
    ],
)
BANK = ctx(
    "2027-03-01",
    ("银行网点与远程客服", "Bank branches and remote service"),
    ("网点柜员60人、大堂经理18人、远程坐席45人", "60 tellers, 18 lobby managers, 45 remote agents"),
    (
        "缩短客户等候，提升手机银行一次问题解决率，减少误操作差错和投诉升级",
        "Shorten customer waiting, raise first-time resolution on mobile banking, cut teller errors and escalated complaints",
    ),
    (
        "不得向客户收取额外费用；不得减少营业窗口；核心系统由总行维护，分行不能改动",
        "No extra fees for customers; no counters may be closed; the core system is maintained by head office and may not be changed by the branch",
    ),
    [
        ("wait", "柜面平均等候", "average counter wait", 17, "min", "down", (15, 13, 10)),
        (
            "ftr",
            "手机银行一次解决率",
            "mobile banking first-time resolution",
            63,
            "%",
            "up",
            (67, 72, 79),
        ),
        (
            "err",
            "万笔业务差错",
            "teller errors per 10,000 transactions",
            3.8,
            "errors",
            "down",
            (3.4, 2.9, 2.2),
        ),
        (
            "esc",
            "月均升级投诉",
            "escalated complaints per month",
            24,
            "cases",
            "down",
            (21, 17, 12),
        ),
    ],
)
GAME = ctx(
    "2026-06-01",
    ("游戏玩家支持", "Game player support"),
    ("玩家支持组34人", "34 player support agents"),
    (
        "缩短工单首次回复时间，提高玩家满意度，减少误封申诉",
        "Shorten first reply to tickets, raise player satisfaction, cut wrongful-ban appeals",
    ),
    ("不得赠送付费道具；不增员", "No paid items as gifts; no new staff"),
    [
        ("frt", "工单首次回复时间", "ticket first reply time", 9, "h", "down", (8, 6.5, 4)),
        ("csat", "玩家满意度", "player satisfaction", 76, "%", "up", (79, 82, 86)),
        ("ban", "误封申诉率", "wrongful-ban appeal rate", 2.4, "%", "down", (2.1, 1.8, 1.3)),
    ],
)
SCH = ctx(
    "2026-09-14",
    ("学校家长服务中心", "School parent service office"),
    ("接待岗6人、招生咨询5人", "6 reception staff, 5 admission advisers"),
    (
        "及时答复家长来信，提高家长满意度，减少重复询问",
        "Answer parents' letters on time, raise parent satisfaction, reduce repeated questions",
    ),
    (
        "不得公开学生成绩；不得占用教师课时；无额外经费",
        "Pupils' marks may not be published; no teaching time may be used; no extra funds",
    ),
    [
        ("ont", "来信3日答复率", "letters answered within 3 days", 70, "%", "up", (75, 81, 90)),
        ("sat", "家长满意度", "parent satisfaction", 84, "%", "up", (86, 88, 91)),
        ("rep", "重复询问占比", "share of repeated questions", 27, "%", "down", (24, 20, 15)),
    ],
)

PLAIN = {"AIR": AIR, "RES": RES, "INS": INS, "GYM": GYM, "BANK": BANK, "GAME": GAME, "SCH": SCH}
SITUATIONS = {name: Situation.from_dict(one) for name, one in PLAIN.items()}
