"""Numbers that share nouns: A、B分别为x、y by order, and 由X至Y as two levels."""

import pytest
from stated_facts import Stated, found, read, said, wrong

RESPECTIVELY = [
    pytest.param(
        "行政复议、行政诉讼均为0件。",
        [said("0件", "administrative_reconsideration_cases"), said("0件", "administrative_litigation_cases")],
        id="均: one number, said of each thing",
    ),
    pytest.param(
        "行政复议、行政诉讼共3件。",
        [said("3件", "administrative_reconsideration_cases", confidence="low")],
        id="共: one number of all together is doubtful for one of them",
    ),
    pytest.param(
        "全年起草、审核、备案规范性文件分别为4件、11件、49件。",
        [
            said("4件", "normative_documents_issued"),
            said("11件", "normative_documents_reviewed"),
            said("49件", "normative_documents_filed"),
        ],
        id="verbs by order with one noun, each a metric of its own",
    ),
    pytest.param(
        "受理、审结行政复议案件分别为12件、10件。",
        [said("10件", "administrative_reconsideration_cases")],
        id="verbs that make no two metrics of the noun: the first number stays open",
    ),
    pytest.param(
        "一次性告知率、按时办结率、群众满意率分别达到100%、99.8%和99.5%。",
        [
            said("100%", None, measure="ratio", label="一次性告知率"),
            said("99.8%", "on_time_rate"),
            said("99.5%", "satisfaction_rate"),
        ],
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
        "办理代表建议、政协提案分别为5件、9件。",
        [
            said("5件", "proposals_handled", narrowed=True),
            said("9件", "proposals_handled", narrowed=True),
        ],
        id="two kinds of one metric are parts of it",
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
        id="years by order, the noun before 分别",
    ),
    pytest.param(
        "新增专精特新中小企业62家、国家级“小巨人”5家，保有量分别增至274家和31家。",
        [
            said("62家", "specialised_new_enterprises", measure="flow"),
            said("5家", "little_giant_enterprises", measure="flow"),
            said("274家", "specialised_new_enterprises", measure="stock"),
            said("31家", "little_giant_enterprises", measure="stock"),
        ],
        id="levels behind 分别 take the nouns of the figures before",
    ),
    pytest.param(
        "粮食总产量突破100万吨，而2022年、2023年分别为93.6万吨和97.1万吨。",
        [
            said("突破100万吨", "grain_output", year=2024),
            said("93.6万吨", "grain_output", year=2022),
            said("97.1万吨", "grain_output", year=2023),
        ],
        id="years behind 而",
    ),
    pytest.param(
        "拥有重点实验室、工程技术研究中心和产学研联盟8个、21个和5个。",
        [
            said("8个", "key_laboratories"),
            said("21个", "engineering_research_centres"),
            said("5个", "industry_research_alliances"),
        ],
        id="nouns listed before their numbers, without 分别",
    ),
    pytest.param(
        "行政复议、行政诉讼和信访案件分别为21件、8件和66件，前两项分别下降12.5%、20%。",
        [
            said("21件", "administrative_reconsideration_cases"),
            said("8件", "administrative_litigation_cases"),
            said("66件", "petition_cases"),
            said("12.5%", "administrative_reconsideration_cases", value="-12.5", of="21件"),
            said("20%", "administrative_litigation_cases", value="-20", of="8件"),
        ],
        id="the first two of the list",
    ),
    pytest.param(
        "涉及行政复议、行政诉讼案件分别为2件、1件。",
        [said("2件", "administrative_reconsideration_cases"), said("1件", "administrative_litigation_cases")],
        id="涉及 joins nothing",
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
