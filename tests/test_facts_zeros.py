"""Stated absences: what is said not to have happened is a zero, what is not said is nothing, and what only looks so."""

import pytest
from stated_facts import Stated, facts_of, found, read, said


def none(text: str, metric: str | None, **fields: object) -> Stated:
    """State a zero, by the noun that is denied."""
    return said(text, metric, value="0", **fields)


ZEROS = [
    pytest.param(
        "没有发生行政复议案件。",
        [none("行政复议案件", "administrative_reconsideration_cases", unit="件", measure="flow", qualifier="exact")],
        id="没有发生",
    ),
    pytest.param("未发生行政诉讼案件。", [none("行政诉讼案件", "administrative_litigation_cases")], id="未发生"),
    pytest.param("全年无行政赔偿案件。", [none("行政赔偿案件", "state_compensation_cases")], id="无"),
    pytest.param("全年未收到检察建议。", [none("检察建议", "judicial_suggestions")], id="未收到"),
    pytest.param("校外培训实现零投诉。", [none("投诉", "complaint_cases")], id="零 before its noun"),
    pytest.param("行政诉讼零败诉。", [none("败诉", "lost_cases")], id="零败诉"),
    pytest.param("行政应诉案件无一败诉。", [none("败诉", "lost_cases")], id="无一败诉"),
    pytest.param(
        "行政复议零发生。", [none("行政复议", "administrative_reconsideration_cases")], id="零 behind its noun"
    ),
    pytest.param("全年投诉举报为零。", [none("投诉举报", "complaint_cases")], id="为零"),
    pytest.param("全年无案件发生。", [none("案件", "violation_cases")], id="案件 without a verb"),
    pytest.param(
        "未发生一起安全事故。",
        [none("安全事故", "major_incidents")],
        id="一起 inside a denial is no one",
    ),
    pytest.param(
        "收到行政复议申请0件。", [none("0件", "administrative_reconsideration_cases")], id="a printed 0 is a quantity"
    ),
    pytest.param(
        "行政败诉率连续三年为零。",
        [said("三年", None), said("零", "loss_rate", value="0", unit="%", measure="ratio")],
        id="a rate of zero",
    ),
    pytest.param(
        "未因政务公开被提起行政诉讼。",
        [said("行政诉讼", "administrative_litigation_cases")],
        id="what a reason did not lead to",
    ),
    pytest.param(
        "没有移送司法机关的案件。", [said("案件", "cases_transferred_to_police")], id="the words before 的 count"
    ),
    pytest.param(
        "未修改、废止规范性文件。",
        [said("修改", "normative_documents_amended"), said("废止规范性文件", "normative_documents_repealed")],
        id="the verb of the denial is the first of a list",
    ),
    pytest.param(
        "实现零投诉、零差错，行政赔偿案件零发生。",
        [said("投诉", "complaint_cases"), said("差错", None), said("行政赔偿案件", "state_compensation_cases")],
        id="零 before and behind in one sentence",
    ),
]

LISTS = [
    pytest.param(
        "行政复议、行政诉讼均为零。",
        [
            none("行政复议", "administrative_reconsideration_cases"),
            none("行政诉讼", "administrative_litigation_cases"),
        ],
        id="均为零",
    ),
    pytest.param(
        "实现安全生产零事故、信访零上访。",
        [none("事故", "major_incidents"), none("上访", "petition_cases")],
        id="零 in each item of a list",
    ),
    pytest.param(
        "本单位无行政许可事项。",
        [none("行政许可事项", "administrative_licence_items", measure="stock")],
        id="items, not cases",
    ),
    pytest.param(
        "未发生群体性事件、负面舆情、安全事故。",
        [none(noun, "major_incidents") for noun in ("群体性事件", "负面舆情", "安全事故")],
        id="full nouns: one zero each",
    ),
    pytest.param(
        "没有发生行政调解、行政复议案件。",
        [
            none("行政调解", "administrative_mediation_cases"),
            none("行政复议案件", "administrative_reconsideration_cases"),
        ],
        id="modifiers of one head under two metrics: two zeros",
    ),
    pytest.param(
        "全年无废止和失效文件。",
        [none("废止和失效文件", "normative_documents_repealed")],
        id="modifiers of one head under one metric: one zero on the whole phrase",
    ),
    pytest.param(
        "没有行政复议案件，没有行政诉讼案件，没有行政赔偿案件。",
        [
            none("行政复议案件", "administrative_reconsideration_cases"),
            none("行政诉讼案件", "administrative_litigation_cases"),
            none("行政赔偿案件", "state_compensation_cases"),
        ],
        id="one denial after the other",
    ),
    pytest.param(
        "召开党组会议37次，未发生行政复议案件，培训学员120人次。",
        [
            said("37次", "party_group_meetings", value="37"),
            none("行政复议案件", "administrative_reconsideration_cases"),
            said("120人次", "training_participants", value="120"),
        ],
        id="between figures",
    ),
]


@pytest.mark.parametrize(("text", "expected"), [*ZEROS, *LISTS])
def test_what_is_denied_is_zero(text: str, expected: list[Stated]) -> None:
    assert found(text, expected) == expected


LOOKALIKES = [
    pytest.param("没有专门的法制机构。", id="lacking a body"),
    pytest.param("没有专职执法人员。", id="lacking staff"),
    pytest.param("暂未建立评估体系。", id="lacking a system"),
    pytest.param("暂无信息化平台。", id="lacking a platform"),
    pytest.param("没有专项经费。", id="lacking means"),
    pytest.param("办事群众无需提交证明材料。", id="无需"),
    pytest.param("监管无死角。", id="无死角"),
    pytest.param("干部无一不严格要求自己。", id="无一不"),
    pytest.param("加强未成年人保护。", id="未成年人"),
    pytest.param("建设无障碍设施。", id="无障碍"),
    pytest.param("实现服务零距离。", id="零距离"),
    pytest.param("对违法行为零容忍。", id="零容忍"),
    pytest.param("信访积案动态清零。", id="清零"),
    pytest.param("创新平台从无到有。", id="从无到有"),
    pytest.param("实现独角兽企业零的突破。", id="零的突破"),
    pytest.param("未按期完成整改。", id="a thing done late"),
    pytest.param(
        "没有定期开展培训。",
        id="a thing done seldom",
    ),
    pytest.param("加强行政复议工作。", id="nothing said is no zero"),
    pytest.param("取消无谓证明。", id="无谓"),
    pytest.param("“零距离”服务企业成为常态。", id="零距离"),
    pytest.param("主要短板是：部分乡镇没有开展普法活动。", id="a shortcoming inside a sentence"),
    pytest.param("一年内未发生事故的企业方可参评。", id="a condition"),
    pytest.param("三无产品一律下架。", id="三无"),
    pytest.param("对没有法律依据、能够核验的证明一律取消。", id="which things are meant"),
]


@pytest.mark.parametrize("text", LOOKALIKES)
def test_what_only_looks_like_a_denial_is_no_zero(text: str) -> None:
    assert facts_of(text) == []


@pytest.mark.parametrize(
    "heading",
    ["二、存在的主要问题", "三、存在的问题和下一步打算"],
)
def test_nothing_in_a_section_of_shortcomings_is_a_stated_zero(heading: str) -> None:
    text = "一、主要成效\n办理信访件5件。\n{}\n全年未开展执法培训，没有行政调解案件。\n"
    assert [fact.text for fact in facts_of(text.format(heading))] == ["5件"]
    assert len(facts_of(text.format("二、其他情况"))) > 1


def test_a_denied_one_is_no_count() -> None:
    extraction = read("全年没有开展一场法治讲座。")
    assert [fact.value for fact in extraction.facts if fact.value] == []


def test_a_zero_stands_on_the_denied_noun_and_in_its_sentence() -> None:
    text = "一、主要成效\n全年没有发生行政复议案件。"
    (fact,) = facts_of(text)
    assert text[fact.start : fact.end] == fact.text == fact.label == "行政复议案件"
    assert text[fact.sentence_start : fact.sentence_end] == "全年没有发生行政复议案件。"
    assert (fact.lower, fact.upper, fact.section) == (None, None, "一、主要成效")
