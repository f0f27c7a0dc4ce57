"""What kind of figure: level, flow, growth, change, ratio or rank, and what it is measured against."""

import pytest
from stated_facts import Stated, found, said

LEVELS = [
    pytest.param("召开党组会议37次。", [said("37次", "party_group_meetings", measure="flow")], id="done in the period"),
    pytest.param("现有高新技术企业120家。", [said("120家", "high_tech_enterprises", measure="stock")], id="现有"),
    pytest.param("高新技术企业总数达120家。", [said("120家", "high_tech_enterprises", measure="stock")], id="总数达"),
    pytest.param("新增高新技术企业12家。", [said("12家", "high_tech_enterprises", measure="flow")], id="新增"),
    pytest.param("新认定高新技术企业12家。", [said("12家", "high_tech_enterprises", measure="flow")], id="新认定"),
    pytest.param(
        "全年累计开展普法宣传活动52场。", [said("52场", "outreach_events", measure="flow")], id="累计 in the year"
    ),
    pytest.param("聘请法律顾问4名。", [said("4名", "legal_counsel", measure="stock")], id="people in post: 聘请"),
    pytest.param("配备公职律师2名。", [said("2名", "public_lawyers", measure="stock")], id="people in post: 配备"),
    pytest.param(
        "制定规范性文件3件，现行有效规范性文件26件。",
        [
            said("3件", "normative_documents_issued", measure="flow"),
            said("26件", "normative_documents_in_force", measure="stock"),
        ],
        id="made, and in force",
    ),
    pytest.param("目前共有口袋公园28个。", [said("28个", None, measure="stock")], id="open, held"),
    pytest.param(
        "截至2024年底，累计培育科技型企业6728家。",
        [said("6728家", "tech_enterprises", measure="stock")],
        id="累计 up to a day is all that there are",
    ),
    pytest.param(
        "全年累计培育科技型企业28家。", [said("28家", "tech_enterprises", measure="flow")], id="累计 of a year is not"
    ),
    pytest.param(
        "发现问题320个。",
        [said("320个", None, measure="flow")],
        id="open, found",
    ),
    pytest.param(
        "为企业降低成本3000余万元。",
        [said("3000余万元", None, measure="flow")],
        id="open, saved",
    ),
    pytest.param("拆除违法建筑28处。", [said("28处", None, measure="flow")], id="open, acted upon"),
    pytest.param(
        "新增国家级小巨人企业3家，专精特新企业45家。",
        [
            said("3家", "little_giant_enterprises", measure="flow"),
            said("45家", "specialised_new_enterprises", measure="flow"),
        ],
        id="a list goes on with its first verb",
    ),
    pytest.param(
        "培育的独角兽企业已有5家。",
        [said("5家", "unicorn_enterprises", measure="stock")],
        id="a relative clause describes",
    ),
    pytest.param(
        "3家产业技术创新联盟获批筹建。",
        [said("3家", "industry_research_alliances", measure="flow")],
        id="the verb stands behind the noun",
    ),
    pytest.param(
        "市属国有企业资产总额同比下降4%，为920亿元。",
        [
            said("4%", "soe_total_assets", measure="growth", value="-4"),
            said("920亿元", "soe_total_assets", measure="stock"),
        ],
        id="the level behind its growth",
    ),
    pytest.param(
        "败诉率由15.4%降为8.2%。",
        [
            said("15.4%", "loss_rate", measure="ratio", year=2023),
            said("8.2%", "loss_rate", measure="ratio", year=2024),
        ],
        id="降为 gives a level",
    ),
    pytest.param("出栏生猪11.34万头。", [said("11.34万头", None, measure="flow")], id="an open figure without a verb"),
    pytest.param("现有床位320张。", [said("320张", None, measure="stock")], id="an open figure that is held"),
]

GROWTH = [
    pytest.param(
        "技术合同成交额18.28亿元，同比增长35.6%。",
        [
            said("18.28亿元", "technology_contract_value", measure="flow"),
            said("35.6%", "technology_contract_value", value="35.6", unit="%", measure="growth", of="18.28亿元"),
        ],
        id="growth of the figure before",
    ),
    pytest.param(
        "高新技术企业达590家、增长18.0%。",
        [
            said("590家", "high_tech_enterprises"),
            said("18.0%", "high_tech_enterprises", value="18", measure="growth", of="590家", relative_to=None),
        ],
        id="behind 、 too; the year before when unsaid",
    ),
    pytest.param(
        "技术合同成交额增长12%。",
        [said("12%", "technology_contract_value", measure="growth", of=None)],
        id="growth of a noun without a level",
    ),
    pytest.param(
        "技术合同成交额较上年增长12%。",
        [said("12%", "technology_contract_value", measure="growth", relative_to="上年")],
        id="较上年",
    ),
    pytest.param(
        "技术合同成交额比2020年增长1.2倍。",
        [said("1.2倍", "technology_contract_value", value="120", unit="%", measure="growth", relative_to="2020年")],
        id="a multiple of growth is in %, against the year that is printed",
    ),
    pytest.param(
        "投诉举报310件，同比下降3%。",
        [said("310件", "complaint_cases"), said("3%", "complaint_cases", value="-3", measure="growth", of="310件")],
        id="a fall is negative",
    ),
    pytest.param(
        "投诉举报310件，同比下降3%。",
        [said("310件", "complaint_cases"), said("3%", "complaint_cases", relative_to=None)],
        id="同比 alone names no year",
    ),
    pytest.param(
        "高新技术企业数量较2020年翻了一番。",
        [said("翻了一番", "high_tech_enterprises", value="100", measure="growth", relative_to="2020年")],
        id="翻了一番",
    ),
    pytest.param(
        "技术合同成交额增长2倍。",
        [said("2倍", "technology_contract_value", value="200", unit="%", measure="growth")],
        id="增长2倍 is 200",
    ),
    pytest.param(
        "技术合同成交额翻一番。",
        [said("翻一番", "technology_contract_value", value="100", unit="%", measure="growth")],
        id="翻一番 is 100",
    ),
    pytest.param(
        "技术合同成交额翻两番。",
        [said("翻两番", "technology_contract_value", value="300", unit="%", measure="growth")],
        id="翻两番 is 300",
    ),
    pytest.param(
        "技术合同成交额增长超过20%。",
        [said("超过20%", "technology_contract_value", value="20", lower="20", upper=None, measure="growth")],
        id="a bound on a growth",
    ),
    pytest.param(
        "投诉举报减少50%以上。",
        [
            said(
                "50%以上",
                "complaint_cases",
                value="-50",
                lower=None,
                upper="-50",
                qualifier="at_least",
                measure="growth",
            )
        ],
        id="a fall keeps the words' bound on its size",
    ),
    pytest.param(
        "投诉举报下降近三成。",
        [said("近三成", "complaint_cases", value="-30", lower="-30", upper=None, qualifier="nearly", measure="growth")],
        id="a fall of nearly: no lower than that",
    ),
]

CHANGE = [
    pytest.param(
        "高新技术企业达860家，比上年净增56家。",
        [
            said("860家", "high_tech_enterprises", measure="stock"),
            said("56家", "high_tech_enterprises", value="56", measure="change", of="860家", relative_to="上年"),
        ],
        id="净增",
    ),
    pytest.param(
        "办结率较去年提升3个百分点，达到99%。",
        [
            said("3个百分点", "completion_rate", value="3", measure="change", relative_to="去年"),
            said("99%", "completion_rate", value="99", measure="ratio"),
        ],
        id="the level behind the change",
    ),
    pytest.param(
        "申请材料减少60%。",
        [said("60%", None, value="-60", measure="growth")],
        id="a fall of what is cut is no growth of the cut",
    ),
    pytest.param(
        "与去年同期相比，投诉举报减少120件。",
        [said("120件", "complaint_cases", value="-120", measure="change", relative_to="去年")],
        id="the baseline in a clause of its own",
    ),
    pytest.param(
        "粮食播种面积35.2万亩，粮食总产量12.6万吨，分别较上年增加0.3万亩、0.2万吨。",
        [
            said("35.2万亩", "grain_sown_area"),
            said("12.6万吨", "grain_output"),
            said("0.3万亩", "grain_sown_area", value="3000", measure="change", of="35.2万亩", relative_to="上年"),
            said("0.2万吨", "grain_output", value="2000", measure="change", of="12.6万吨", relative_to="上年"),
        ],
        id="changes of several figures by order",
    ),
    pytest.param(
        "全年捧回各类荣誉十一项，比上年增加一项。",
        [
            said("十一项", "honours_received"),
            said("一项", "honours_received", value="1", measure="change", of="十一项", relative_to="上年"),
        ],
        id="a change is counted in the unit of its metric",
    ),
    pytest.param(
        "全年捧回各类荣誉十一项，投入较上年增加5万元。",
        [said("十一项", "honours_received"), said("5万元", None, value="50000", measure="change")],
        id="nearest other: no change of what is counted otherwise",
    ),
    pytest.param(
        "高新技术企业120家，较上年增加15家。",
        [
            said("120家", "high_tech_enterprises", measure="stock"),
            said("15家", "high_tech_enterprises", value="15", measure="change", relative_to="上年", of="120家"),
        ],
        id="more than the year before",
    ),
    pytest.param(
        "投诉举报310件，比上年减少5件。",
        [
            said("310件", "complaint_cases", measure="flow"),
            said("5件", "complaint_cases", value="-5", measure="change", relative_to="上年"),
        ],
        id="fewer",
    ),
    pytest.param(
        "办结率98%，提高2.5个百分点。",
        [
            said("98%", "completion_rate", measure="ratio"),
            said("2.5个百分点", "completion_rate", value="2.5", unit="个百分点", measure="change", of="98%"),
        ],
        id="a rate changes by points",
    ),
    pytest.param(
        "败诉率下降0.6个百分点。",
        [said("0.6个百分点", "loss_rate", value="-0.6", unit="个百分点", measure="change")],
        id="a rate falls",
    ),
    pytest.param(
        "技术合同成交额增速高于全省2个百分点。",
        [said("2个百分点", None, measure="change", relative_to="全省")],
        id="a distance to somebody else's figure is open",
    ),
    pytest.param(
        "新增法律顾问2名。", [said("2名", "legal_counsel", measure="flow")], id="新增 is what was added, no change"
    ),
]

YEAR_BEFORE = [
    pytest.param(
        "受理信访件126件，比去年的98件增加28件，增长28.6%。",
        [
            said("126件", "petition_cases", measure="flow", year=2024),
            said("98件", "petition_cases", measure="flow", year=2023),
            said("28件", "petition_cases", measure="change", of="126件"),
            said("28.6%", "petition_cases", measure="growth", of="126件"),
        ],
        id="the baseline's level is printed",
    ),
    pytest.param(
        "信访量126件，去年同期98件，上升28.6%。",
        [
            said("126件", "petition_cases", measure="flow", year=2024),
            said("98件", "petition_cases", measure="flow", year=2023),
            said("28.6%", "petition_cases", measure="growth", of="126件"),
        ],
        id="去年同期 and a level",
    ),
    pytest.param(
        "行政复议案件较2022年、2023年分别下降12%、8%。",
        [
            said("12%", "administrative_reconsideration_cases", value="-12", year=2024, relative_to="2022年"),
            said("8%", "administrative_reconsideration_cases", value="-8", year=2024, relative_to="2023年"),
        ],
        id="two baselines by order",
    ),
    pytest.param(
        "今年立案68件，去年同期立案75件。",
        [
            said("68件", "administrative_penalty_cases", year=2024),
            said("75件", "administrative_penalty_cases", year=2023),
        ],
        id="去年同期 at the head of its clause",
    ),
    pytest.param(
        "开展普法活动186场，其中2022年52场，受众共计3.4万人次。",
        [
            said("186场", "outreach_events", year=2024),
            said("52场", "outreach_events", year=2022),
            said("3.4万人次", "outreach_participants", year=2024),
        ],
        id="a year that belongs to one number",
    ),
    pytest.param(
        "办结率99.9%，与上年持平；满意度由95%升至98%。",
        [
            said("99.9%", "completion_rate", year=2024),
            said("95%", "satisfaction_rate", year=2023),
            said("98%", "satisfaction_rate", year=2024),
        ],
        id="与上年持平 is no time of the figure",
    ),
]

RATIOS = [
    pytest.param(
        "办结率100%。", [said("100%", "completion_rate", value="100", unit="%", measure="ratio")], id="a rate"
    ),
    pytest.param(
        "负责人出庭应诉率提高到99.6%。",
        [said("99.6%", "court_appearance_rate", value="99.6", measure="ratio")],
        id="提高到 gives a level, no growth",
    ),
    pytest.param(
        "群众满意率达百分之九十八。",
        [said("百分之九十八", "satisfaction_rate", value="98", unit="%", measure="ratio")],
        id="百分之",
    ),
    pytest.param(
        "技术合同成交额8.4亿元，是2022年的1.6倍。",
        [
            said("8.4亿元", "technology_contract_value", year=2024),
            said("1.6倍", "technology_contract_value", value="1.6", unit="倍", measure="ratio", relative_to="2022年"),
        ],
        id="是…的N倍 is a ratio",
    ),
    pytest.param(
        "2023年全社会R&D经费占GDP比重2.19%。",
        [said("2.19%", "rnd_intensity", value="2.19", measure="ratio", year=2023)],
        id="a share that is a metric of its own, of the year printed",
    ),
    pytest.param(
        "办理时限压缩60%。",
        [said("60%", "time_limit_cut", value="60", measure="ratio")],
        id="a rate that is itself a cut",
    ),
]

RANKS = [
    pytest.param(
        "高新技术企业总数居全省第二位、西部第一位。",
        [
            said("第二位", "high_tech_enterprises", value="2", measure="rank", relative_to="全省"),
            said("第一位", "high_tech_enterprises", value="1", measure="rank", relative_to="西部", of=None),
        ],
        id="two ranks of one noun",
    ),
    pytest.param(
        "营商环境考核居全市第3名，比上年前进2位。",
        [
            said("第3名", None, value="3", measure="rank", label="营商环境考核"),
            said("2位", None, value="2", measure="change", relative_to="上年"),
        ],
        id="an open rank, and places gained",
    ),
    pytest.param(
        "综合排名由第八位上升至第五位。",
        [
            said("第八位", None, value="8", measure="rank", label="综合排名", year=2023),
            said("第五位", None, value="5", measure="rank", label="综合排名", year=2024),
        ],
        id="from one place to another",
    ),
    pytest.param(
        "技术合同成交额位居全省第三位。",
        [said("第三位", "technology_contract_value", value="3", unit="位", measure="rank", relative_to="全省")],
        id="rank of a noun",
    ),
    pytest.param(
        "技术合同成交额18.28亿元，位居全省第三位。",
        [
            said("18.28亿元", "technology_contract_value"),
            said("第三位", "technology_contract_value", value="3", measure="rank", of="18.28亿元", relative_to="全省"),
        ],
        id="rank of the figure before",
    ),
    pytest.param(
        "高新技术企业总数居全市首位。",
        [said("首位", "high_tech_enterprises", value="1", measure="rank", relative_to="全市")],
        id="首位 is rank 1",
    ),
    pytest.param(
        "高新技术企业总数进入全省前三。",
        [said("前三", "high_tech_enterprises", value=None, upper="3", qualifier="at_most", measure="rank")],
        id="前三 is at most 3",
    ),
    pytest.param(
        "高新技术企业总数居全省第5位，较上年上升2位。",
        [
            said("第5位", "high_tech_enterprises", value="5", measure="rank"),
            said("2位", "high_tech_enterprises", value="2", unit="位", measure="change", relative_to="上年"),
        ],
        id="places gained are a change",
    ),
]


@pytest.mark.parametrize(("text", "expected"), [*LEVELS, *GROWTH, *CHANGE, *YEAR_BEFORE, *RATIOS, *RANKS])
def test_words_say_what_kind_of_figure_it_is(text: str, expected: list[Stated]) -> None:
    assert found(text, expected) == expected
