"""Whose number: the noun and the metric that a quantity belongs to, its label, and what stays open or unresolved."""

import pytest
from stated_facts import Stated, facts_of, found, read, said, wrong

NOUNS = [
    pytest.param("召开党组会议37次。", [said("37次", "party_group_meetings", value="37")], id="noun before"),
    pytest.param("召开37次党组会议。", [said("37次", "party_group_meetings", value="37")], id="noun behind"),
    pytest.param(
        "党组会议37次，议题356个。",
        [said("37次", "party_group_meetings"), said("356个", "party_group_topics")],
        id="nouns before, no verb",
    ),
    pytest.param(
        "聘请4名法律顾问，配备公职律师2名。",
        [said("4名", "legal_counsel", unit="人"), said("2名", "public_lawyers", unit="人")],
        id="one behind, one before",
    ),
    pytest.param(
        "高新技术企业20家科技型中小企业30家。",
        [said("20家", "high_tech_enterprises"), said("30家", "tech_smes")],
        id="a chain without commas: each number to the noun before it",
    ),
    pytest.param("高新技术企业：35家。", [said("35家", "high_tech_enterprises")], id="noun before a colon"),
    pytest.param(
        "高新技术企业（国家级）：35家。", [said("35家", "high_tech_enterprises")], id="noun before brackets and a colon"
    ),
    pytest.param(
        "高新技术企业（含培育库）：35家。",
        [said("35家", "high_tech_enterprises")],
        marks=wrong("a bracket closed before the number is looked over, whatever words stand in it"),
        id="含 inside the bracket",
    ),
    pytest.param(
        "党组会议37次，议题356。",
        [said("37次", "party_group_meetings"), said("356", "party_group_topics")],
        id="a number without counter takes the metric's unit",
    ),
    pytest.param(
        "全年罚没款12.6万。", [said("12.6万", "fines_amount", value="126000", unit="元")], id="money without 元"
    ),
    pytest.param(
        "办理12345热线工单8210件。",
        [said("8210件", "hotline_orders", value="8210")],
        id="the number in a name counts nothing",
    ),
    pytest.param("建设一支高素质执法队伍。", [], id="一 with a counter as an article"),
    pytest.param(
        "实施投资500万元以上项目20个。",
        [said("20个", None, value="20")],
        id="a threshold says which projects are counted",
    ),
    pytest.param(
        "新增高新技术企业10家，总数已达17家。",
        [
            said("10家", "high_tech_enterprises", measure="flow"),
            said("17家", "high_tech_enterprises", measure="stock"),
        ],
        id="总数 without a noun goes back to the subject",
    ),
    pytest.param(
        "召开党组会议37次。全年共召开党组会议37次。",
        [said("37次", "party_group_meetings"), said("37次", "party_group_meetings")],
        id="the same figure said twice is two facts",
    ),
]

SEVERAL = [
    pytest.param(
        "举办业务培训15期1200余人次。",
        [
            said("15期", "training_sessions", value="15", unit="场"),
            said("1200余人次", "training_participants", value="1200", lower="1200", unit="人次"),
        ],
        id="two numbers side by side are two facts",
    ),
    pytest.param(
        "审查合同、协议及文件260余份。",
        [said("260余份", "contracts_reviewed", value="260", unit="件")],
        id="one count of mixed things goes to the first named",
    ),
    pytest.param(
        "开展集中学习及中心组学习10余次。",
        [said("10余次", "collective_study_sessions", value="10")],
        id="the same for sessions",
    ),
    pytest.param(
        "学法考试参考率、合格率均达100%。",
        [said("100%", "law_exam_participation_rate"), said("100%", "law_exam_pass_rate")],
        id="one numeral said of two rates is two facts on one span",
    ),
    pytest.param(
        "执法人员学法考试的合格率和参考率均达到100%。",
        [said("100%", "law_exam_pass_rate"), said("100%", "law_exam_participation_rate")],
        id="in the order in which they are named",
    ),
]

OPEN = [
    pytest.param(
        "全国高新技术企业达46万家。", [said("46万家", None, value="460000", unit="家")], id="a figure of the nation"
    ),
    pytest.param("全省法院受理一审行政诉讼案件1250件。", [said("1250件", None)], id="a figure of other bodies"),
    pytest.param(
        "住宿投诉占投诉总量36.2%。", [said("36.2%", None, measure="ratio", unit="%")], id="a share of a metric"
    ),
    pytest.param(
        "技术合同成交额完成年度目标的118%。", [said("118%", None, measure="ratio")], id="a completion of a target"
    ),
    pytest.param(
        "技术合同成交额3.5亿美元。", [said("3.5亿美元", None, value="350000000", unit="美元")], id="foreign money"
    ),
    pytest.param(
        "从四方面推出12项措施。", [said("四方面", None), said("12项", None)], id="counts of the text's own lists"
    ),
    pytest.param("连续7年开展集中整治。", [said("7年", None, value="7", unit="年")], id="how long something was done"),
]

UNITS = [
    pytest.param(
        "罚没款12065000元。",
        [said("12065000元", "fines_amount", value="12065000")],
        marks=wrong("eight digits before 元 are an amount, no cells of a flattened table"),
        id="an amount in single 元",
    ),
    pytest.param(
        "走访企业35家。",
        [said("35家", "enterprises_visited", value="35", unit="家次")],
        id="家 is 家次 where the code book counts so",
    ),
    pytest.param(
        "参加业务培训1200人。",
        [said("1200人", "training_participants", value="1200", unit="人次")],
        id="人 is 人次 where the code book counts so",
    ),
    pytest.param(
        "粮食播种面积31.6万公顷。",
        [said("31.6万公顷", "grain_sown_area", value="4740000", unit="亩")],
        id="公顷 to 亩",
    ),
    pytest.param("粮食总产量4.36亿斤。", [said("4.36亿斤", "grain_output", value="218000", unit="吨")], id="斤 to 吨"),
    pytest.param(
        "技术合同成交额18.28亿元。",
        [said("18.28亿元", "technology_contract_value", value="1828000000", unit="元")],
        id="亿元 to 元",
    ),
]

LABELS = [
    pytest.param("建成口袋公园28个。", [said("28个", None, label="口袋公园")], id="open, noun before"),
    pytest.param("建成28个口袋公园。", [said("28个", None, label="口袋公园")], id="open, noun behind"),
    pytest.param(
        "国家高新技术企业120家。",
        [said("120家", "high_tech_enterprises", label="国家高新技术企业", narrowed=False)],
        id="a describing word stands in the label and narrows nothing",
    ),
    pytest.param(
        "省级重点实验室5个。",
        [said("5个", "key_laboratories", label="省级重点实验室", narrowed=True)],
        id="省级 restricts to a part",
    ),
    pytest.param(
        "受理住宿投诉310件。",
        [said("310件", "complaint_cases", label="住宿投诉", narrowed=True)],
        id="one trade's complaints are a part",
    ),
    pytest.param(
        "罚款35万元。",
        [said("35万元", "fines_amount", narrowed=True)],
        id="罚款 alone",
    ),
    pytest.param(
        "罚没款35万元。",
        [said("35万元", "fines_amount", narrowed=False)],
        id="罚没款 is the whole",
    ),
    pytest.param(
        "受理投诉举报310件。",
        [said("310件", "complaint_cases", narrowed=False)],
        id="all complaints",
    ),
    pytest.param(
        "召开党组会议37次。",
        [said("37次", "party_group_meetings", label="党组会议")],
        id="the label is the noun without its verb",
    ),
]

OWNERS = [
    pytest.param(
        "全国科技型中小企业60万家，我市560家。",
        [said("60万家", None), said("560家", "tech_smes", scope="jurisdiction")],
        marks=wrong("the figure belongs to the owner nearest to it: 我市 ends what 全国 began"),
        id="the nation's, and ours",
    ),
    pytest.param(
        "市人大常委会开展执法检查2次。",
        [said("2次", None)],
        marks=wrong("what 人大, 法院, 检察院, 公安机关 did is a figure of another body"),
        id="another body's inspections",
    ),
    pytest.param(
        "区人民法院审结行政诉讼案件56件，我局应诉3件。",
        [said("56件", None), said("3件", "administrative_litigation_cases", scope="bureau")],
        id="the court's cases, and ours",
    ),
    pytest.param(
        "获评全国科技创新先进集体1个。",
        [said("1个", "honours_received")],
        id="全国 in the name of an honour is no owner",
    ),
    pytest.param(
        "高新技术企业总量居全国同类城市第5位。",
        [said("第5位", "high_tech_enterprises", measure="rank", value="5")],
        id="全国 behind a word of rank is no owner",
    ),
]

LEFT_OUT = [
    pytest.param(
        "空气优良天数312天。",
        [said("312天", None, value="312", label="空气优良天数")],
        id="a count of days",
    ),
    pytest.param(
        "疫苗接种120万剂次。",
        [said("120万剂次", None, value="1200000", unit="剂次")],
        id="a counter that is missing",
    ),
    pytest.param(
        "对照实施纲要（2021—2025年）明确的35项任务。",
        [said("35项", None, value="35", year=2024)],
        marks=wrong("years in brackets behind a title belong to the title"),
        id="years in brackets",
    ),
]

# The label is the noun, whole, and nothing around it.
LABELS_ALONE = [
    pytest.param(
        "累计受理投诉举报310件。", [said("310件", "complaint_cases", label="投诉举报")], id="no verb, no adverb"
    ),
    pytest.param("1.召开党组会议37次。", [said("37次", "party_group_meetings", label="党组会议")], id="no enumerator"),
    pytest.param(
        "二是技术合同成交额突破20亿元。",
        [said("突破20亿元", "technology_contract_value", label="技术合同成交额")],
        marks=wrong("no 二是 either"),
        id="no 二是",
    ),
    pytest.param(
        "对12家企业罚款35万元。",
        [said("12家", None, label="企业"), said("35万元", "fines_amount", label="罚款")],
        marks=wrong("a noun between two numbers is one number's only, and 罚款 begins the second's"),
        id="each number its own noun",
    ),
    pytest.param(
        "学法考试平均分92.5分。",
        [said("92.5分", None, label="学法考试平均分")],
        marks=wrong("均 and 分 inside a noun are no connectors"),
        id="an average keeps its name",
    ),
    pytest.param(
        "承办全国性会议1次。",
        [said("1次", None, label="全国性会议")],
        marks=wrong("全国 with 性 is a part of the noun, no owner to be cut off"),
        id="an owner inside a noun",
    ),
    pytest.param(
        "报备率、及时率均为100%。",
        [said("100%", None, label="报备率"), said("100%", None, label="及时率")],
        marks=wrong("及 of 及时率 and 及格率 joins nothing"),
        id="a joining character inside a noun",
    ),
    pytest.param(
        "不予许可80件。",
        [said("80件", "licences_granted", label="不予许可")],
        marks=wrong("the label keeps a denial: 不予许可 is not 许可"),
        id="a label keeps its denial",
    ),
    pytest.param(
        "受理行政许可申请2100件，办结2086件。",
        [said("2100件", "licences_granted", narrowed=True), said("2086件", "licences_granted", narrowed=False)],
        marks=wrong("what was received is told apart from what was handled"),
        id="received is not handled",
    ),
    pytest.param(
        "建成基层服务站36个。",
        [said("36个", None, label="基层服务站")],
        marks=wrong("a verb inside a noun (服务站, 督查) does not cut it"),
        id="a verb inside a noun",
    ),
    pytest.param("一是召开党组会议37次。", [said("37次", "party_group_meetings", label="党组会议")], id="no 一是"),
    pytest.param("全市科技型中小企业560家。", [said("560家", "tech_smes", label="科技型中小企业")], id="no owner"),
    pytest.param(
        "审查合同120份，其中重大合同8份。",
        [said("120份", "contracts_reviewed", label="合同"), said("8份", "contracts_reviewed", label="重大合同")],
        id="no 其中",
    ),
    pytest.param(
        "隐患整改率95.2%。",
        [said("95.2%", None, label="隐患整改率")],
        id="a rate keeps its whole name",
    ),
    pytest.param(
        "口袋公园建成28个。",
        [said("28个", None, label="口袋公园")],
        marks=wrong("成 of 建成 is no connector: the verb behind the noun goes as a whole"),
        id="no verb behind the noun",
    ),
    pytest.param(
        "开展“宪法进万家”活动12场。",
        [said("12场", "outreach_events", label="“宪法进万家”活动")],
        marks=wrong("a label keeps both quotation marks of a pair or neither"),
        id="quotation marks in pairs",
    ),
]

CASES = [
    pytest.param("立案查处案件56件。", [said("56件", "administrative_penalty_cases")], id="立案"),
    pytest.param("办结行政处罚案件56件。", [said("56件", "administrative_penalty_cases")], id="处罚"),
    pytest.param("办结案件56件。", [said("56件", "administrative_penalty_cases")], id="办结案件"),
    pytest.param("查处侵权行为56起。", [said("56起", "violation_cases")], id="查处侵权行为 without 立案"),
    pytest.param("查处违法行为56起。", [said("56起", "violation_cases")], id="查处违法行为"),
]


@pytest.mark.parametrize(
    ("text", "expected"), [*NOUNS, *SEVERAL, *OPEN, *UNITS, *LABELS, *OWNERS, *LEFT_OUT, *LABELS_ALONE, *CASES]
)
def test_a_number_belongs_to_its_noun(text: str, expected: list[Stated]) -> None:
    assert found(text, expected) == expected


RESPECTIVELY = [
    pytest.param(
        "一次性告知率、按时办结率、群众满意率分别达到100%、99.8%和99.5%。",
        [
            said("100%", None, measure="ratio", label="一次性告知率"),
            said("99.8%", "on_time_rate"),
            said("99.5%", "satisfaction_rate"),
        ],
        marks=wrong("a name that ends in a noun of its own (…率) borrows no noun from the last name"),
        id="a name that is no metric stays open",
    ),
    pytest.param(
        "农业、工业、服务业增加值分别增长3.5%、7.8%、6.1%。",
        [
            said("3.5%", None, measure="growth", label="农业增加值"),
            said("7.8%", None, measure="growth", label="工业增加值"),
            said("6.1%", None, measure="growth", label="服务业增加值"),
        ],
        marks=wrong("the label of a shared noun is the name with that noun; 服务 of 服务业 is no verb"),
        id="open names with a shared noun",
    ),
    pytest.param(
        "行政许可事项、行政确认事项分别为3项、5项。",
        [said("3项", "administrative_licence_items"), said("5项", "administrative_confirmation_items")],
        id="two names, two numbers",
    ),
    pytest.param(
        "高新技术企业、科技型中小企业和瞪羚企业分别达到120家、300家和8家。",
        [
            said("120家", "high_tech_enterprises"),
            said("300家", "tech_smes"),
            said("8家", "gazelle_enterprises"),
        ],
        id="three names joined by 、 and 和",
    ),
    pytest.param(
        "国家级、省级和市级创新平台分别为2、9和17个。",
        [
            said("2", "innovation_platforms", value="2", unit="个"),
            said("9", "innovation_platforms", value="9", unit="个"),
            said("17个", "innovation_platforms", value="17", unit="个"),
        ],
        id="the last name's noun and the last number's counter are everyone's",
    ),
    pytest.param(
        "高新技术企业120家、科技型中小企业300家，同比分别增长10%、20%。",
        [
            said("120家", "high_tech_enterprises", measure="stock"),
            said("300家", "tech_smes", measure="stock"),
            said("10%", "high_tech_enterprises", measure="growth", of="120家"),
            said("20%", "tech_smes", measure="growth", of="300家"),
        ],
        id="growth of as many figures before",
    ),
    pytest.param(
        "高新技术企业、科技型中小企业分别增长10%、20%。",
        [
            said("10%", "high_tech_enterprises", measure="growth"),
            said("20%", "tech_smes", measure="growth"),
        ],
        id="growth of names without figures",
    ),
    pytest.param(
        "2023年、2024年分别办理行政许可1200件、1350件。",
        [
            said("1200件", "licences_granted", year=2023),
            said("1350件", "licences_granted", year=2024),
        ],
        id="years by order",
    ),
    pytest.param(
        "2022年、2023年、2024年行政许可办件量分别为1100件、1200件、1350件。",
        [
            said("1100件", "licences_granted", year=2022),
            said("1200件", "licences_granted", year=2023),
            said("1350件", "licences_granted", year=2024),
        ],
        marks=wrong("a list of years before the noun goes by order too"),
        id="years by order, the noun before 分别",
    ),
]


@pytest.mark.parametrize(("text", "expected"), RESPECTIVELY)
def test_numbers_behind_respectively_go_by_order(text: str, expected: list[Stated]) -> None:
    assert found(text, expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("行政许可事项、行政确认事项分别为3项、5项、8项。", id="more numbers than names"),
        pytest.param("高新技术企业、科技型中小企业和瞪羚企业分别达到120家、300家。", id="fewer numbers than names"),
    ],
)
def test_a_list_of_another_length_is_never_guessed(text: str) -> None:
    extraction = read(text)
    assert extraction.facts == ()
    assert {entry.disposition.value for entry in extraction.ledger} == {"unresolved"}


FROM_AND_TO = [
    pytest.param(
        "行政许可事项由16项减至14项。",
        [
            said("16项", "administrative_licence_items", measure="stock", year=2023),
            said("14项", "administrative_licence_items", measure="stock", year=2024),
        ],
        id="the first is the year before's",
    ),
    pytest.param(
        "高新技术企业从2020年的120家增加到300家。",
        [
            said("120家", "high_tech_enterprises", measure="stock", year=2020),
            said("300家", "high_tech_enterprises", measure="stock", year=2024),
        ],
        id="unless another year is said",
    ),
    pytest.param(
        "高新技术企业由2022年的80家、2023年的100家增加到120家。",
        [
            said("80家", "high_tech_enterprises", year=2022),
            said("100家", "high_tech_enterprises", year=2023),
            said("120家", "high_tech_enterprises", year=2024),
        ],
        marks=wrong("each level keeps the year in front of it; the last is the report's"),
        id="several levels with years of their own",
    ),
    pytest.param(
        "负责人出庭应诉率由98.7%提高到99.6%。",
        [
            said("98.7%", "court_appearance_rate", measure="ratio", year=2023),
            said("99.6%", "court_appearance_rate", measure="ratio", year=2024),
        ],
        id="rates too",
    ),
]


@pytest.mark.parametrize(("text", "expected"), FROM_AND_TO)
def test_from_and_to_are_two_levels_of_one_metric(text: str, expected: list[Stated]) -> None:
    assert found(text, expected) == expected


def test_identifiers_survive_edits_elsewhere_in_the_document() -> None:
    sentence = "全年召开党组会议37次，研究议题356个。"
    before = facts_of(f"一、主要成效\n{sentence}\n")
    after = facts_of(f"一、主要成效\n新写的一句话，办理信访件5件。\n又一段。\n{sentence}另加一句。\n")
    kept = {fact.text: fact for fact in after}
    assert [(fact.fact_id, fact.mention_id) for fact in before] == [
        (kept[fact.text].fact_id, kept[fact.text].mention_id) for fact in before
    ]
    assert all(kept[fact.text].start != fact.start for fact in before)


def test_equal_sentences_and_two_facts_on_one_span_are_told_apart() -> None:
    twice = facts_of("召开党组会议37次。\n召开党组会议37次。\n")
    assert len({fact.fact_id for fact in twice}) == len({fact.mention_id for fact in twice}) == 2
    rates = facts_of("学法考试参考率、合格率均达100%。")
    assert len({fact.fact_id for fact in rates}) == 2
    assert len({fact.mention_id for fact in rates}) == 1


def test_an_edit_inside_the_sentence_changes_its_identifiers() -> None:
    (before,) = facts_of("召开党组会议37次。")
    (after,) = facts_of("召开党组会议38次。")
    assert before.fact_id != after.fact_id
    assert before.mention_id != after.mention_id
