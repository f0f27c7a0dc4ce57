"""Labels: the words of the document that a number counts, and whether they are only a part of the metric."""

import pytest
from stated_facts import Stated, found, said, wrong

NARROWED = [
    pytest.param("建成口袋公园28个。", [said("28个", None, label="口袋公园")], id="open, noun before"),
    pytest.param("社会组织1643个。", [said("1643个", None, label="社会组织")], id="a noun that is made with a verb"),
    pytest.param("社区组织活动43场。", [said("43场", None, label="活动")], id="the same verb as a verb"),
    pytest.param("加固山塘32座。", [said("32座", None, label="山塘", measure="flow")], id="what is built is no stock"),
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


# The label is the noun, whole, and nothing around it.
NOUNS = [
    pytest.param(
        "累计受理投诉举报310件。", [said("310件", "complaint_cases", label="投诉举报")], id="no verb, no adverb"
    ),
    pytest.param("1.召开党组会议37次。", [said("37次", "party_group_meetings", label="党组会议")], id="no enumerator"),
    pytest.param(
        "二是技术合同成交额突破20亿元。",
        [said("突破20亿元", "technology_contract_value", label="技术合同成交额")],
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
        id="an average keeps its name",
    ),
    pytest.param(
        "承办全国性会议1次。",
        [said("1次", None, label="全国性会议")],
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
        id="no verb behind the noun",
    ),
    pytest.param(
        "开展“宪法进万家”活动12场。",
        [said("12场", "outreach_events", label="“宪法进万家”活动")],
        id="quotation marks in pairs",
    ),
]


@pytest.mark.parametrize(("text", "expected"), [*NARROWED, *NOUNS])
def test_a_label_is_the_noun_that_is_counted(text: str, expected: list[Stated]) -> None:
    assert found(text, expected) == expected
