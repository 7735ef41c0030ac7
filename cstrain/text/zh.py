"""Chinese grammar of numbers and of times: patterns and what their parts mean."""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_PLACES: Final = {"十": 10, "百": 100, "千": 1000}
_GROUPS: Final = {"万": 10_000, "亿": 100_000_000}
MULTIPLIERS: Final = {"万": 1e4, "亿": 1e8, "千": 1e3, "百万": 1e6, "千万": 1e7, "十万": 1e5}

NUMERAL: Final = "[零〇一二两三四五六七八九十百千万亿]"
_COUNTERS: Final = (
    "件|个|次|张|篇|份|人|名|位|家|单|笔|条|通|分钟|分|元|块|例|起|宗|项|场|节|门|户|台|套|间|页|封|"
    "秒|小时|天|日|周|月|年|季度|倍|点|成|折|步|盆|本|组|班|层|楼|级|号|声|遍|轮|期|桌|床|辆|票|箱|袋|包|"
    "支|只|颗|星|档|批|科|课|处|道|款|把|座|席|杯|句|字|公里|米|平米|里|岁|百分点"
)
# A Chinese numeral alone is a number when a counter follows or a word of comparison stands before.
CHINESE_NUMBER: Final = re.compile(
    rf"(?:百分之(?P<percent>{NUMERAL}{{1,12}}(?:点{NUMERAL}{{1,12}})?|\d+(?:\.\d+)?))"
    rf"|(?P<all>百分百|百分之百)"
    rf"|(?:千分之(?P<mille>{NUMERAL}{{1,12}}|\d+(?:\.\d+)?))"
    rf"|(?:万分之(?P<bps>{NUMERAL}{{1,12}}|\d+(?:\.\d+)?))"
    rf"|(?:(?P<below>[一二两三四五六七八九十\d]{{1,6}})分之(?P<above>[一二两三四五六七八九十\d]{{1,6}}))"
    rf"|(?:(?P<tenths>[一二两三四五六七八九]|\d)成(?P<plus>[一二三四五六七八九半\d])?"
    rf"(?!功|为|立|本|员(?!工)|绩|果|交|效|熟|长|品|人|都|就|型))"
    rf"|(?P<half>一半|半数|过半)"
    rf"|(?P<number>(?:{NUMERAL}{{1,12}}点{NUMERAL}{{1,12}}|{NUMERAL}{{0,9}}[十百千万]{NUMERAL}{{0,9}}|[零一二两三四五六七八九])"
    rf"(?P<more>个半|多|来|几)?)(?=\s?(?:{_COUNTERS}))"
)
# A bare numeral after one of these is a number even without a counter.
AFTER_COMPARISON: Final = re.compile(
    rf"(?<=[到至为达于过])\s?(?P<number>{NUMERAL}{{1,12}}点{NUMERAL}{{1,12}}|{NUMERAL}{{2,}})"
)
NOT_NUMBERS: Final = re.compile(
    "一次性|一次|一线|二线|三线|一站式|一对一|一体化|一致|统一|一定|一些|一般|一起|一样|一直|一旦|一律|"
    "一切|一边|一流|第一|万一|唯一|单一|之一|进一步|一步|一下|一点|双十一|双十二|五一|十一|六一|八一|三八|"
    "七夕|九九|千万(?!元|[\\d])|十分|百姓|万科|百度|三包|四季|星期[一二三四五六日天]|周[一二三四五六日天]|"
    "礼拜[一二三四五六日天]|一个个|一一|逐一|一手|两手|一把|一句话|一家人|一视同仁|一把手|二维码|三方|五星"
)
# Behind a numeral of one character these make a name of it: floor two, group one.
ORDINAL_NOUNS: Final = frozenset("楼层线班组级号期届环审区科部院中小")
ONE: Final = "一"
SCALE_MARK: Final = "制"
# Counters that go with nearly everything that is counted in a service.
COMMON_COUNTERS: Final = frozenset("件个次起例宗单条人名张篇份位户家")
# A role or group by its last character: claims officer, night group.
ROLE: Final = re.compile(
    r"(?:[\u4e00-\u9fff]{0,2}(?:[^\W人会学全成动球务a-z0-9]员(?!工)|专席|专岗)|"
    r"[\u4e00-\u9fffa-z0-9]{1,3}(?:组(?!织|合|成|长)|岗|班(?!次|车|会))|技师|药师|店长)"
)
COMPARED_WITH: Final = re.compile(
    r"(?:比|较|与|和|同|从|由|\bthan|\bwith|\bover|\bfrom|\bon|\bto|\bversus|\bvs\.?)\s?$"
)
DONE: Final = "了"
HAN_ONLY: Final = re.compile(r"[\u4e00-\u9fff]+")
FACTOR: Final = re.compile(
    r"(?P<double>翻(?:一|了)?(?:一)?(?:番|倍)|加倍|翻倍)|翻(?P<times>[两二三四])番"
    r"|(?P<halve>减半|砍半|折半|腰斩|降半)"
)


def chinese_value(words: str) -> float | None:
    """Return the value of a Chinese numeral, None when it is none.

    >>> chinese_value("\u4e8c\u767e\u4e94\u5341")
    250.0
    """
    whole, _, part = words.partition("点")
    if part and not all(c in DIGITS for c in part):
        return None
    value = _whole(whole)
    if value is None:
        return None
    return float(f"{value}.{''.join(str(DIGITS[c]) for c in part)}") if part else float(value)


def _whole(words: str) -> int | None:
    if words and all(c in DIGITS for c in words):
        return int("".join(str(DIGITS[c]) for c in words))
    total = group = 0
    digit: int | None = None
    last = 1
    for char in words:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in _PLACES:
            group += (1 if digit is None else digit) * _PLACES[char]
            digit, last = None, _PLACES[char]
        elif char in _GROUPS:
            total += (group + (digit or 0) or 1) * _GROUPS[char]
            group, digit, last = 0, None, _GROUPS[char]
        else:
            return None
    if digit:
        # "two hundred and five(ty)" is said without the last place: er bai wu is 250.
        group += digit * last // 10 if last >= 100 and words[-2:-1] in "百千万" else digit
    return total + group if words else None


_N: Final = rf"(?:\d+(?:\.\d+)?|{NUMERAL}{{1,12}}|半|两)"
_LENGTH: Final = (
    "个半月|年半|个?(?:工作日|自然日|分钟|小时|钟头|半月|星期|礼拜|季度|周|年|天|日|秒)|个月"
    "|(?<=[两俩])月"
)
DURATION: Final = re.compile(
    rf"(?P<lead>未来|接下来的?|今后的?|往后|之后的|随后|后续|用|花|再用|历时|为期|最近|近|过去的?|前|上|"
    rf"(?:期限|时限|截止|时间|周期|工期|限期)\s*(?:为|是|:)?\s*)?"
    rf"\s?(?P<n>{_N}|几)\s?(?P<half>个半)?(?P<unit>{_LENGTH})"
    rf"\s?(?P<tail>之内|以内|内|里|之后|以后|过后|后|的?时间|期限|为限|为期|以上|来|前|之前)?"
)
_YEAR: Final = (
    r"(?:(?P<y>(?:19|20)\d\d)\s*(?:年度?|财年)?|(?P<y2>\d\d)年|"
    r"(?P<ry>今年|明年|后年|去年|前年|本年度?|来年|次年|上一?年度?|下一?年度?|当年|年内))"
)
_MONTH: Final = r"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九正])\s*月(?:份)?"
DATE: Final = re.compile(
    rf"(?:{_YEAR}\s*的?\s*)?{_MONTH}\s*"
    r"(?:(?P<d>3[01]|[12]\d|0?[1-9]|[一二]?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])\s*[日号]"
    r"|(?P<part>上旬|中旬|下旬|初|底|末|中(?!心)|月底|月末))?"
)
MONTH_AND_DAY: Final = re.compile(
    r"(?:(?P<y>20\d\d)\s*年\s*)?(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]"
)
QUARTER: Final = re.compile(
    rf"(?:{_YEAR}\s*的?\s*)?(?:(?P<fy>财年)?\s*(?:第?(?P<q>[一二三四1-4])\s?季度|(?P<q2>[一二三四])季(?=末|底|前|内|度)"
    r"|q(?P<q3>[1-4])(?!\d)|(?P<h>上半年|下半年|h[12](?!\d))))(?P<part>末|底|初|中(?!心))?"
)
YEAR: Final = re.compile(
    rf"{_YEAR}(?P<part>全年|年底|年末|年终|年中|年初|底|末|终|中(?!心)|初|内|春天|春季|夏天|夏季|秋天|秋季|冬天|冬季)?"
)
RELATIVE: Final = re.compile(
    r"(?P<past>上个?|去)?(?P<this>本|这一?个?|当|此)?(?P<next>下下?一?个?|次)?(?P<unit>季度|财年|学期|季|月|周|星期|礼拜)"
    r"(?P<day>[一二三四五六日天](?!个))?(?P<part>末|底|初|中(?!心)|内)?"
)
BARE_END: Final = re.compile(
    r"(?P<unit>年|季度|季|月|周|财年|学期)(?P<part>底|末|终|内|中(?=前|之前|达到))"
)
SEASON: Final = re.compile(r"(?P<season>[春夏秋冬])(?:天|季)(?=前|之前|结束|内|里|到|来)")
DAY_WORD: Final = re.compile(
    r"大后天|后天|明天|今天|今晚|今日|明日|昨天|前天|当日|当天|次日|隔天|隔日|当场"
)
FREQUENCY: Final = re.compile(
    rf"每隔?(?:一|{_N})?\s?个?(?:工作日|自然日|季度|半年|小时|分钟|星期|礼拜|天|日|周|月|年|班|晚|早|晨|次)"
    rf"(?:[一二三四五六日天1-7](?=[的在上下、和及晨早晚,召开公通复检盘看例抽]|$))?(?:\d+[日号])?(?:前|之前|末|底)?"
    r"|天天|日均|周均|月均|年均|逐[日月周季]|按[日月周季]|每[季月周](?:度)?|(?:周|月|季|日)度|定期|(?:一周|一天|一个?月)[一两三四五\d]次"
)
SEASON_MONTHS: Final = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 2)}
WEEKDAYS: Final = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}
UNIT_DAYS: Final = {
    "天": 1, "日": 1, "自然日": 1, "周": 7, "星期": 7, "礼拜": 7, "半月": 15,
}  # fmt: skip
UNIT_MONTHS: Final = {"月": 1, "季度": 3, "年": 12}
SHORT_UNITS: Final = ("工作日", "分钟", "小时", "钟头", "秒")
DEADLINE_TAIL: Final = re.compile(
    r"\s?(?:结束|收官|完结|当天|放假|假期|长假|大促|到来|开始|节|里|的最后一天)?\s?(?P<mark>之前|以前|前|为止|止|起|开始|期间|内|之内|底前|时)"
)
DEADLINE_LEAD: Final = re.compile(
    r"(?:到|至|在|于|截至|截止到?|截止日期?|赶在|直到|从|自|由|争取|力争|最迟|最晚|不迟于|期限|时限|时间|完成时间|日期)\s?[:]?\s?$"
)
ENDED: Final = re.compile("结束|收官|完结|最后")
START_TAIL: Final = ("起", "开始")
BEFORE_TAIL: Final = ("之前", "以前", "前")
PAST_LEADS: Final = ("最近", "近", "过去", "前", "上")
EXPECTED_LEADS: Final = (
    "未来",
    "接下来",
    "今后",
    "往后",
    "之后的",
    "随后",
    "后续",
    "用",
    "花",
    "再用",
    "历时",
    "为期",
)
PARTS: Final = {
    "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10), "中": (11, 20),
    "底": (31, 31), "末": (31, 31), "月底": (31, 31), "月末": (31, 31),
}  # fmt: skip
