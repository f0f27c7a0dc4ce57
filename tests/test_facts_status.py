"""Actual, planned or required; and whose figure it is: the jurisdiction's, the bureau's, or unsaid."""

import pytest
from stated_facts import Stated, found, said

PLANNED = [
    pytest.param(
        "力争全年新增高新技术企业12家。", [said("12家", "high_tech_enterprises", status="planned")], id="力争"
    ),
    pytest.param("计划新增高新技术企业12家。", [said("12家", "high_tech_enterprises", status="planned")], id="计划"),
    pytest.param(
        "预计技术合同成交额达20亿元。", [said("20亿元", "technology_contract_value", status="planned")], id="预计"
    ),
    pytest.param(
        "到2025年，高新技术企业力争达到150家。",
        [said("150家", "high_tech_enterprises", status="planned", year=2025, value="150")],
        id="a plan for another year",
    ),
    pytest.param(
        "明年计划召开党组会议40次。",
        [said("40次", "party_group_meetings", status="planned", year=2025)],
        id="明年",
    ),
    pytest.param(
        "三、2025年工作计划\n（一）强化学习\n开展普法宣传活动60场。",
        [said("60场", "outreach_events", status="planned", year=2025)],
        id="a section of plans, down to its lower headings",
    ),
    pytest.param(
        "三、下一步工作打算\n开展普法宣传活动60场。",
        [said("60场", "outreach_events", status="planned", year=2025)],
        id="a section of plans without a year: the year to come",
    ),
    pytest.param(
        "开展普法宣传活动52场。下一步，将开展普法宣传活动60场。",
        [
            said("52场", "outreach_events", status="actual", year=2024),
            said("60场", "outreach_events", status="planned", year=2025),
        ],
        id="下一步 in mid-paragraph",
    ),
    pytest.param(
        "三、2025年工作计划\n2024年已开展普法宣传活动52场，2025年开展60场。",
        [
            said("52场", "outreach_events", status="actual", year=2024),
            said("60场", "outreach_events", status="planned", year=2025),
        ],
        id="what a section of plans looks back on is actual",
    ),
    pytest.param(
        "三、2025年工作计划\n全年实现零投诉。",
        [said("投诉", "complaint_cases", value="0", status="planned")],
        id="a zero that is only hoped for",
    ),
    pytest.param(
        "新入规企业建库目标19家。", [said("19家", None, status="planned")], id="an aim right before its number"
    ),
    pytest.param(
        "提前完成下达的30亿元的任务。", [said("30亿元", None, status="planned")], id="an aim right behind its number"
    ),
    pytest.param(
        "技术交易额增速超出高线目标105个百分点。",
        [said("105个百分点", None, status="actual")],
        id="a distance to an aim is none",
    ),
    pytest.param(
        "面对预期不稳的压力，召开党组会议40次。",
        [said("40次", "party_group_meetings", status="actual")],
        id="预期 as a noun intends nothing",
    ),
    pytest.param(
        "组织模拟审批，召开党组会议40次。",
        [said("40次", "party_group_meetings", status="actual")],
        id="模拟 is no 拟",
    ),
    pytest.param(
        "全年立项火炬计划7项。", [said("7项", "science_projects", status="actual")], id="火炬计划 names a plan"
    ),
    pytest.param(
        "主要做法如下。我局将进一步强化宣传。全年开展普法宣传活动60场。",
        [said("60场", "outreach_events", status="planned")],
        id="what a bureau will do opens plans",
    ),
    pytest.param(
        "2025年预期目标是：培育高新技术企业12家；召开党组会议40次。",
        [
            said("12家", "high_tech_enterprises", status="planned", year=2025),
            said("40次", "party_group_meetings", status="planned", year=2025),
        ],
        id="aims are of the year that they name",
    ),
]

REQUIRED = [
    pytest.param(
        "执法人员每年接受培训不少于60学时。",
        [said("不少于60学时", "training_hours_per_officer", status="required", value="60", lower="60", upper=None)],
        id="每年…不少于",
    ),
    pytest.param(
        "按规定每年组织集中学习不少于4次。",
        [said("不少于4次", "collective_study_sessions", status="required", lower="4")],
        id="按规定",
    ),
    pytest.param(
        "落实执法人员年培训60学时制度。",
        [said("60学时", "training_hours_per_officer", status="required")],
        id="the rule stands behind",
    ),
]

ACTUAL = [
    pytest.param(
        "高新技术企业已达20家（目标30家）。",
        [
            said("20家", "high_tech_enterprises", status="actual"),
            said("30家", "high_tech_enterprises", status="planned", part_of=None),
        ],
        id="目标 in a bracket",
    ),
    pytest.param(
        "召开党组会议37次。下一步，我局将做好以下工作：一是开展普法活动60场；二是组织培训5场。",
        [
            said("37次", "party_group_meetings", status="actual", year=2024),
            said("60场", "outreach_events", status="planned", year=2025),
            said("5场", "training_sessions", status="planned", year=2025),
        ],
        id="a list behind 下一步",
    ),
    pytest.param(
        "确保全年投诉举报下降10%以上。",
        [said("10%以上", "complaint_cases", value="-10", status="planned")],
        id="确保",
    ),
    pytest.param(
        "年度目标任务15亿元，实际完成18亿元。",
        [said("15亿元", None, status="planned"), said("18亿元", None, status="actual")],
        id="目标任务",
    ),
    pytest.param(
        "每季度至少召开1次党组会议。",
        [said("1次", "party_group_meetings", status="required")],
        id="至少 before the verb",
    ),
    pytest.param(
        "目标任务：全年新增高新技术企业20家，实际新增25家。",
        [
            said("20家", "high_tech_enterprises", status="planned"),
            said("25家", "high_tech_enterprises", status="actual"),
        ],
        id="目标, and done",
    ),
    pytest.param(
        "执法人员人均完成培训60学时以上。",
        [said("60学时以上", "training_hours_per_officer", status="actual", lower="60")],
        id="a rule that was met",
    ),
    pytest.param(
        "年初计划开展普法宣传活动12场，实际完成15场。",
        [
            said("12场", "outreach_events", status="planned"),
            said("15场", "outreach_events", status="actual"),
        ],
        id="planned, and done",
    ),
    pytest.param("实施科技计划项目28项。", [said("28项", "science_projects", status="actual")], id="计划 in a name"),
    pytest.param(
        "按计划开展普法宣传活动12场。",
        [said("12场", "outreach_events", status="actual")],
        id="按计划 was carried out",
    ),
    pytest.param(
        "技术合同成交额突破20亿元。", [said("突破20亿元", "technology_contract_value", status="actual")], id="突破"
    ),
    pytest.param(
        "企业营收增长7.4%，低于年初预期0.6个百分点。",
        [said("7.4%", None, status="actual"), said("0.6个百分点", None, status="actual")],
        id="an expectation that was missed",
    ),
    pytest.param(
        "对拟出台的政策措施开展公平竞争审查312件。",
        [said("312件", "fair_competition_reviews", status="actual")],
        id="拟 inside a relative clause",
    ),
    pytest.param(
        "平均为每个项目节约时限10天以上。", [said("10天以上", None, status="actual")], id="an average is no rule"
    ),
    pytest.param(
        "应急管理局考试通过率95%以上。",
        [said("95%以上", "law_exam_pass_rate", status="actual")],
        id="应急 holds no duty",
    ),
    pytest.param(
        "牵头拟订规范性文件4件。", [said("4件", "normative_documents_issued", status="actual")], id="what was drafted"
    ),
    pytest.param(
        "获批省级重点研发计划项目27项。",
        [said("27项", "science_projects", status="actual")],
        id="计划 in the name of a plan",
    ),
]

SCOPE = [
    pytest.param("全市高新技术企业120家。", [said("120家", "high_tech_enterprises", scope="jurisdiction")], id="全市"),
    pytest.param(
        "全区现有高新技术企业120家。", [said("120家", "high_tech_enterprises", scope="jurisdiction")], id="全区"
    ),
    pytest.param(
        "师市共有高新技术企业12家。", [said("12家", "high_tech_enterprises", scope="jurisdiction")], id="师市"
    ),
    pytest.param("我局召开党组会议37次。", [said("37次", "party_group_meetings", scope="bureau")], id="我局"),
    pytest.param("我单位聘请法律顾问4名。", [said("4名", "legal_counsel", scope="bureau")], id="我单位"),
    pytest.param("召开党组会议37次。", [said("37次", "party_group_meetings", scope=None)], id="unsaid"),
    pytest.param(
        "全市各级复议机关收到行政复议申请3216件，同比增长38.4%。",
        [
            said("3216件", "administrative_reconsideration_cases", scope="jurisdiction"),
            said("38.4%", "administrative_reconsideration_cases", scope="jurisdiction"),
        ],
        id="复议机关 are not the bureau; the growth is that of the same cases",
    ),
]


@pytest.mark.parametrize(("text", "expected"), [*PLANNED, *REQUIRED, *ACTUAL, *SCOPE])
def test_status_and_scope_are_what_the_words_say(text: str, expected: list[Stated]) -> None:
    assert found(text, expected) == expected
