"""Text to quantities: numeral, unit and qualifier, with the bounds that they state; and what is no quantity."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bureau_metrics.models import Quantity
from bureau_metrics.numerals import parse_numeral
from bureau_metrics.quantities import find_quantities

Row = tuple[str, str | None, str | None, str | None, str, str]


def exact(text: str, value: str, unit: str) -> Row:
    return text, value, None, None, unit, "exact"


def more_than(text: str, value: str, unit: str) -> Row:
    return text, value, value, None, unit, "more_than"


def at_least(text: str, value: str, unit: str) -> Row:
    return text, value, value, None, unit, "at_least"


def nearly(text: str, value: str, unit: str) -> Row:
    return text, value, None, value, unit, "nearly"


def about(text: str, value: str, unit: str) -> Row:
    return text, value, None, None, unit, "about"


def at_most(text: str, value: str, unit: str) -> Row:
    return text, value, None, value, unit, "at_most"


def less_than(text: str, value: str, unit: str) -> Row:
    return text, value, None, value, unit, "less_than"


def between(text: str, lower: str, upper: str, unit: str) -> Row:
    return text, None, lower, upper, unit, "range"


def vague(text: str, lower: str, upper: str, unit: str) -> Row:
    return text, None, lower, upper, unit, "vague"


def rank(text: str, value: str) -> Row:
    return text, value, None, None, "位", "exact"


def top(text: str, upper: str) -> Row:
    return text, None, None, upper, "位", "at_most"


# Each row: a text, and its quantities as printed, with value, bounds, unit and qualifier.
PLAIN = [
    ("共受理一百零八件", exact("一百零八件", "108", "件")),
    ("总数达一百二十三万四千。", exact("一百二十三万四千", "1234000", "")),
    ("两千零五十", exact("两千零五十", "2050", "")),
    ("满意率高达98%", exact("98%", "98", "%")),
    ("召开会议37次", exact("37次", "37", "次")),
    ("办结案件1,206件", exact("1,206件", "1206", "件")),
    ("发放资料１２００份", exact("１２００份", "1200", "份")),
    ("培训学员3200人次", exact("3200人次", "3200", "人次")),
    ("服务企业85家次", exact("85家次", "85", "家次")),
    ("开展两次演练", exact("两次", "2", "次")),
    ("成立三个小组", exact("三个", "3", "个")),
    ("办理廿五件", exact("廿五件", "25", "件")),
    ("参训1.2万人", exact("1.2万人", "12000", "人")),
    ("完成0件", exact("0件", "0", "件")),
    ("议题 356 个", exact("356 个", "356", "个")),
    # several in one sentence, in order
    ("处罚11件19人", exact("11件", "11", "件"), exact("19人", "19", "人")),
    ("活动452次1.2万余人", exact("452次", "452", "次"), more_than("1.2万余人", "12000", "人")),
    ("A类3家、B类5家", exact("3家", "3", "家"), exact("5家", "5", "家")),
    ("会议37次,议题356个", exact("37次", "37", "次"), exact("356个", "356", "个")),
    ("四万万人", exact("四万万人", "400000000", "人")),
    ("三千五百万千瓦", exact("三千五百万千瓦", "35000000", "千瓦")),
    ("一百千瓦时电", exact("一百千瓦时", "100", "千瓦时")),
    ("二十五千克", exact("二十五千克", "25", "公斤")),
    ("两千米", exact("两千米", "2000", "米")),
    ("罚款三千三百八十元五角八分", exact("三千三百八十元五角八分", "3380.58", "元")),
    ("低保标准700元/月", exact("700元/月", "700", "元/月")),
    ("出栏2099.59万羽", exact("2099.59万羽", "20995900", "羽")),
    ("净利润负3.2亿元", exact("负3.2亿元", "-320000000", "元")),
]

UNITS = [
    # counters of people are one unit
    ("聘请律师4名", exact("4名", "4", "人")),
    ("选派干部6位", exact("6位", "6", "人")),
    # （次） behind a counter makes the 次 form; 人次 is not 人
    ("参加300人（次）", exact("300人（次）", "300", "人次")),
    ("检查120家(次)", exact("120家(次)", "120", "家次")),
    # money in 元
    ("罚款5000元", exact("5000元", "5000", "元")),
    ("罚款12.6万元", exact("12.6万元", "126000", "元")),
    ("成交额18.28亿元", exact("18.28亿元", "1828000000", "元")),
    ("总额1.5万亿元", exact("1.5万亿元", "1500000000000", "元")),
    ("投入三千万元", exact("三千万元", "30000000", "元")),
    ("投入六千余万元", more_than("六千余万元", "60000000", "元")),
    ("出口额3.5亿美元", exact("3.5亿美元", "350000000", "美元")),
    # spoken scales
    ("贷款2个亿", exact("2个亿", "200000000", "")),
    ("贷款2个亿元", exact("2个亿元", "200000000", "元")),
    # measures
    ("面积300㎡", exact("300㎡", "300", "平方米")),
    ("面积2.5万平方米", exact("2.5万平方米", "25000", "平方米")),
    ("播种52万亩", exact("52万亩", "520000", "亩")),
    ("道路12.5公里", exact("12.5公里", "12.5", "公里")),
    ("减排3.2万吨", exact("3.2万吨", "32000", "吨")),
    ("装机60千瓦", exact("60千瓦", "60", "千瓦")),
    ("管线35km", exact("35km", "35", "公里")),
    ("学习60学时", exact("60学时", "60", "学时")),
    ("为期3个工作日", exact("3个工作日", "3", "个工作日")),
]

PERCENTAGES = [
    ("增长18.0%", exact("18.0%", "18.0", "%")),
    ("办结率１００％", exact("１００％", "100", "%")),
    ("出生率6.5‰", exact("6.5‰", "0.65", "%")),
    ("覆盖面达九成", exact("九成", "90", "%")),
    ("减少三成", exact("三成", "30", "%")),
    ("近三成企业", nearly("近三成", "30", "%")),
    ("超五成学员", more_than("超五成", "50", "%")),
    ("三分之二的项目", exact("三分之二", "66.6666666667", "%")),
    ("占四分之一", exact("四分之一", "25", "%")),
    ("百分之八十", exact("百分之八十", "80", "%")),
    ("达百分之九十九点五", exact("百分之九十九点五", "99.5", "%")),
    ("压缩1/4", exact("1/4", "25", "%")),
    ("超过三分之一", more_than("超过三分之一", "33.3333333333", "%")),
    # a change of a rate is in points, never in %
    ("提高2.5个百分点", exact("2.5个百分点", "2.5", "个百分点")),
    ("下降0.3百分点", exact("0.3百分点", "0.3", "个百分点")),
    # a number before a list comma and a year stays whole
    ("增长20%,2025年开展", exact("20%", "20", "%")),
]

MULTIPLES = [
    ("增长2倍", exact("2倍", "2", "倍")),
    ("是上年的1.6倍", exact("1.6倍", "1.6", "倍")),
    # 翻番 is growth in %: doubled +100, quadrupled +300
    ("产值翻一番", exact("翻一番", "100", "%")),
    ("产值翻两番", exact("翻两番", "300", "%")),
]

MORE_THAN = [
    ("历时5个多月", more_than("5个多月", "5", "月")),
    ("企业1000余家", more_than("1000余家", "1000", "家")),
    ("服务3000多人次", more_than("3000多人次", "3000", "人次")),
    ("走访超500家", more_than("超500家", "500", "家")),
    ("走访超过500家", more_than("超过500家", "500", "家")),
    ("突破100亿元", more_than("突破100亿元", "10000000000", "元")),
    ("逾2万人次", more_than("逾2万人次", "20000", "人次")),
    ("宣讲十余场", more_than("十余场", "10", "场")),
    ("宣讲10余场次", more_than("10余场次", "10", "场次")),
    ("受众5万余人", more_than("5万余人", "50000", "人")),
    ("受众30余万人", more_than("30余万人", "300000", "人")),
    ("投入20多万元", more_than("20多万元", "200000", "元")),
    ("惠及百余人", more_than("百余人", "100", "人")),
    ("检查80家余", more_than("80家余", "80", "家")),
    # 余 wins over the 约 that only blurs
    ("约22000余条", more_than("约22000余条", "22000", "条")),
    ("完成投资3个多亿", more_than("3个多亿", "300000000", "")),
    ("惠及十多万人", more_than("十多万人", "100000", "人")),
]

AT_LEAST = [
    ("达到三分之二以上", at_least("三分之二以上", "66.6666666667", "%")),
    ("不少于60学时", at_least("不少于60学时", "60", "学时")),
    ("不低于95%", at_least("不低于95%", "95", "%")),
    ("至少2次", at_least("至少2次", "2", "次")),
    ("达到90%以上", at_least("90%以上", "90", "%")),
    ("完成60学时以上", at_least("60学时以上", "60", "学时")),
    ("上百家企业", at_least("上百家", "100", "家")),
    ("上千名学员", at_least("上千名", "1000", "人")),
    ("组织50+场", at_least("50+场", "50", "场")),
]

NEARLY = [
    ("企业近500家", nearly("近500家", "500", "家")),
    ("将近2万人", nearly("将近2万人", "20000", "人")),
    ("接近80%", nearly("接近80%", "80", "%")),
    ("近百家商户", nearly("近百家", "100", "家")),
]

ABOUT = [
    ("约300人", about("约300人", "300", "人")),
    ("大约50家", about("大约50家", "50", "家")),
    ("300人左右", about("300人左右", "300", "人")),
    ("约300人左右", about("约300人左右", "300", "人")),
    ("40场上下", about("40场上下", "40", "场")),
]

AT_MOST = [
    ("不超过3次", at_most("不超过3次", "3", "次")),
    ("至多5件", at_most("至多5件", "5", "件")),
    ("最多5件", at_most("最多5件", "5", "件")),
    ("控制在5%以内", at_most("控制在5%以内", "5", "%")),
    ("3件以下", at_most("3件以下", "3", "件")),
    ("5个工作日以内", at_most("5个工作日以内", "5", "个工作日")),
]

LESS_THAN = [
    ("不足10家", less_than("不足10家", "10", "家")),
    ("不到20%", less_than("不到20%", "20", "%")),
    ("低于3%", less_than("低于3%", "3", "%")),
]

RANGES = [
    ("每年3—5次", between("3—5次", "3", "5", "次")),
    ("培育3-5家", between("3-5家", "3", "5", "家")),
    ("培育3～5家", between("3～5家", "3", "5", "家")),
    ("培育3至5家", between("3至5家", "3", "5", "家")),
    ("组织三至五场", between("三至五场", "3", "5", "场")),
    ("组织两三场", between("两三场", "2", "3", "场")),
    ("投入3-5万元", between("3-5万元", "30000", "50000", "元")),
    ("投入3万—5万元", between("3万—5万元", "30000", "50000", "元")),
    ("增长5%—8%", between("5%—8%", "5", "8", "%")),
    ("增长5-8%", between("5-8%", "5", "8", "%")),
    ("参加七八十人", between("七八十人", "70", "80", "人")),
    ("十七八万人", between("十七八万人", "170000", "180000", "人")),
    ("三百二三十万元", between("三百二三十万元", "3200000", "3300000", "元")),
    ("八百到九百亿元", between("八百到九百亿元", "80000000000", "90000000000", "元")),
]

VAGUE = [
    ("数十家企业", vague("数十家", "20", "99", "家")),
    ("几十家企业", vague("几十家", "20", "99", "家")),
    ("数百人次", vague("数百人次", "200", "999", "人次")),
    ("几百件", vague("几百件", "200", "999", "件")),
    ("数千人", vague("数千人", "2000", "9999", "人")),
    ("数万元", vague("数万元", "20000", "99999", "元")),
    ("十几场活动", vague("十几场", "11", "19", "场")),
    ("二十几家", vague("二十几家", "21", "29", "家")),
    ("二十几万户", vague("二十几万户", "210000", "290000", "户")),
]

RANKS = [
    ("位居全省第三位", rank("第三位", "3")),
    ("居全市第5位", rank("第5位", "5")),
    ("排名全国第二", rank("第二", "2")),
    ("名列全市第一", rank("第一", "1")),
    ("居全省首位", rank("首位", "1")),
    ("进入全省前三", top("前三", "3")),
    ("位列全国前10名", top("前10名", "10")),
]

QUANTITIES = [
    *PLAIN,
    *UNITS,
    *PERCENTAGES,
    *MULTIPLES,
    *MORE_THAN,
    *AT_LEAST,
    *NEARLY,
    *ABOUT,
    *AT_MOST,
    *LESS_THAN,
    *RANGES,
    *VAGUE,
    *RANKS,
]


def rows(found: list[Quantity]) -> Iterator[tuple[object, ...]]:
    for quantity in found:
        yield (
            quantity.text,
            quantity.value,
            quantity.lower,
            quantity.upper,
            quantity.unit,
            quantity.qualifier.value,
        )


def decimals(row: Row) -> tuple[object, ...]:
    text, *numbers, unit, qualifier = row
    return (text, *(None if number is None else Decimal(number) for number in numbers), unit, qualifier)


@pytest.mark.parametrize(
    ("text", "expected"),
    [pytest.param(row[0], row[1:], id=row[0]) for row in QUANTITIES],
)
def test_quantities_are_read_with_their_bounds(text: str, expected: tuple[Row, ...]) -> None:
    found = find_quantities(text)
    assert list(rows(found)) == [decimals(row) for row in expected]
    assert all(text[quantity.start : quantity.end] == quantity.text for quantity in found)


# A character of a qualifier that ends another word bounds nothing.
NO_QUALIFIER = [
    ("附近3家单位", exact("3家", "3", "家")),
    ("最近2次会议", exact("2次", "2", "次")),
    ("预约30人", exact("30人", "30", "人")),
    ("节约5万元", exact("5万元", "50000", "元")),
    ("签约12家", exact("12家", "12", "家")),
    ("以上3项工作", exact("3项", "3", "项")),
    ("余款5万元", exact("5万元", "50000", "元")),
    ("12个多部门联合体", exact("12个", "12", "个")),
]


@pytest.mark.parametrize(("text", "expected"), NO_QUALIFIER, ids=[row[0] for row in NO_QUALIFIER])
def test_the_end_of_another_word_is_no_qualifier(text: str, expected: Row) -> None:
    assert list(rows(find_quantities(text))) == [decimals(expected)]


NOTHING = {
    "dates": [
        "2024年",
        "2024年3月28日",
        "二〇二四年一月二十七日",
        "2024-03-28",
        "2025/03/28 12:05",
        "截至9月底",
        "1—9月",
        "2021—2025年",
        "2023至2024年度",
        "12月4日国家宪法日",
        "第三季度",
    ],
    "references": [
        "市政办发〔2023〕6号",
        "市政办发[2023]15号",
        "政府令第36号",
        "《条例》第二十三条",
        "第十二条第（三）项",
    ],
    "ordinals": [
        "第一批名单",
        "二十届三中全会",
        "党的二十大精神",
        "第五届理事会",
        "第一责任人",
        "第一议题制度",
        "第二季普法课堂",
        "第一书记",
        "第一时间处置",
    ],
    "enumerators": [
        "一是强化学习",
        "二要抓好落实",
        "（二）依法行政",
        "（3）加强监管",
        "三、存在的问题",
        "3.加强监督",
        "4、完善制度",
    ],
    "names": [
        "三重一大事项",
        "“1+10”制度体系",
        "拨打12345热线",
        "“八五”普法规划",
        "5G基站建设",
        "12·4宪法宣传",
        "15分钟服务圈",
        "“3·15”晚会",
        "三会一课",
        "两学一做",
        "双随机、一公开",
        "“四最”营商环境",
        "G30高速",
        "PM2.5浓度",
        "“十四五”规划",
        "《2024年工作要点》",
        "“放心365”行动",
        "9·18活动",
    ],
    "slogans": [
        "进一步加强管理",
        "统一思想",
        "千方百计解难题",
        "万众一心",
        "一系列举措",
        "一批项目",
        "多次研究",
        "十分重视",
        "一支队伍",
        "一视同仁",
        "一带一路",
        "最后一公里",
        "五位一体",
    ],
    "page furniture": [
        "浏览次数：1126",
        "联系电话：0998-5721203",
        "邮编：844000",
        "第1页",
        "索引号 010203040",
    ],
}


@pytest.mark.parametrize(
    "text",
    [pytest.param(text, id=f"{kind}: {text}") for kind, texts in NOTHING.items() for text in texts],
)
def test_what_counts_nothing_is_no_quantity(text: str) -> None:
    assert find_quantities(text) == []


FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(1, 10**12), st.sampled_from(["件", "家次", "人次", "场", "万元", "%"]))
def test_a_number_is_read_however_its_digits_are_printed(number: int, counter: str) -> None:
    for printed in (str(number), f"{number:,}", str(number).translate(FULL_WIDTH)):
        (quantity,) = find_quantities(f"共计{printed}{counter}。")
        assert quantity.text == f"{printed}{counter}"
        assert quantity.value == number * (10000 if counter == "万元" else 1)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.sampled_from([("", "exact"), ("近", "nearly"), ("约", "about"), ("超过", "more_than"), ("不少于", "at_least")]),
    st.sampled_from(["37", "1,206", "3.6万", "2.17亿", "十二", "三百六十五", "两千"]),
    st.sampled_from(["件", "家", "人次", "万元", "%"]),
)
def test_a_qualifier_goes_with_any_numeral_and_any_counter(
    qualifier: tuple[str, str], numeral: str, counter: str
) -> None:
    word, name = qualifier
    number = parse_numeral(numeral)
    assert number is not None
    (quantity,) = find_quantities(f"达到{word}{numeral}{counter}。")
    assert (quantity.text, quantity.qualifier) == (f"{word}{numeral}{counter}", name)
    assert quantity.value == number.lower * (10000 if counter == "万元" else 1)


def test_offsets_are_code_points_of_the_text_itself() -> None:
    text = "\ufeff一、成效\n（１）全年培训１２００人次，满意率９８．５％。𠮷"
    assert [(q.start, q.end, q.text) for q in find_quantities(text)] == [
        (text.index("１２００"), text.index("，"), "１２００人次"),
        (text.index("９８"), text.index("。"), "９８．５％"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [("四亿", "400000000"), ("十五点七", "15.7"), ("负三十二", "-32"), ("2.3", "2.3"), ("四千万零六千", "40006000")],
)
def test_a_text_that_is_only_a_number_is_read(text: str, value: str) -> None:
    assert [(quantity.value, quantity.unit) for quantity in find_quantities(text)] == [(Decimal(value), "")]
