"""Wholes and parts: a figure is a part only where the text says so, and points to its total."""

import pytest
from stated_facts import Stated, found, said

PARTS = [
    pytest.param(
        "行政权力事项共5项，其中行政确认事项2项、公共服务事项3项。",
        [
            said("5项", "power_list_items", part_of=None),
            said("2项", "administrative_confirmation_items", part_of="5项"),
            said("3项", "public_service_items", part_of="5项"),
        ],
        id="其中, parts with metrics of their own",
    ),
    pytest.param(
        "接待群众来访98批，其中集体访6批。",
        [said("98批", "petition_cases"), said("6批", "petition_cases", part_of="98批", narrowed=True)],
        id="其中, a part of the same metric is narrowed",
    ),
    pytest.param(
        "2024年，收到政府信息公开申请54件，上年结转3件，结转下年度2件。",
        [
            said("54件", "disclosure_requests", narrowed=False),
            said("3件", "disclosure_requests", narrowed=True, status="actual"),
            said("2件", "disclosure_requests", narrowed=True, status="actual"),
        ],
        id="what is carried over is no figure of all the year's cases, and no plan",
    ),
    pytest.param(
        "召开党组会议37次（其中专题研究法治建设工作3次），局长办公会15次。",
        [
            said("37次", "party_group_meetings", part_of=None),
            said("3次", "rule_of_law_work_reviews", part_of="37次"),
            said("15次", "director_office_meetings", part_of=None),
        ],
        id="the bracket closes the list of parts",
    ),
    pytest.param(
        "受理行政许可申请86件（含上年结转27件）。",
        [
            said("86件", "licences_granted", part_of=None),
            said("27件", "licences_granted", part_of="86件", narrowed=True),
        ],
        id="含上年结转 is a part too",
    ),
    pytest.param(
        "主动公开信息356条，包括机构职能12条、工作动态296条。",
        [
            said("356条", "disclosed_items", part_of=None),
            said("12条", "disclosed_items", part_of="356条"),
            said("296条", "disclosed_items", part_of="356条"),
        ],
        id="包括",
    ),
    pytest.param(
        "行政权力事项8项，分别为行政许可事项3项、行政确认事项5项。",
        [
            said("8项", "power_list_items"),
            said("3项", "administrative_licence_items", part_of="8项"),
            said("5项", "administrative_confirmation_items", part_of="8项"),
        ],
        id="分别为 behind a total",
    ),
    pytest.param(
        "行政权力事项8项：行政许可事项3项、行政确认事项5项。",
        [
            said("8项", "power_list_items"),
            said("3项", "administrative_licence_items", part_of="8项"),
            said("5项", "administrative_confirmation_items", part_of="8项"),
        ],
        id="a list of named kinds right behind the total",
    ),
    pytest.param(
        "受理投诉举报310件，其中住宿投诉62件，占20%。",
        [
            said("310件", "complaint_cases", part_of=None),
            said("62件", "complaint_cases", part_of="310件", narrowed=True),
            said("20%", None, part_of=None, measure="ratio"),
        ],
        id="a share is no part",
    ),
    pytest.param(
        "公开信息309条。其中，工作情况63条，通知公告13条。",
        [
            said("309条", "disclosed_items"),
            said("63条", "disclosed_items", part_of="309条", narrowed=True),
            said("13条", "disclosed_items", part_of="309条", narrowed=True),
        ],
        id="其中 at the head of the next sentence",
    ),
    pytest.param(
        "2418项政务服务事项中，2331项进驻大厅。",
        [said("2418项", "government_service_items"), said("2331项", "government_service_items", part_of="2418项")],
        id="so many of so many",
    ),
    pytest.param(
        "兑现科技奖补2180万元，其中高企认定960万、平台奖励350万。",
        [
            said("2180万元", "science_subsidies", value="21800000"),
            said("960万", "science_subsidies", value="9600000", unit="元", part_of="2180万元"),
            said("350万", "science_subsidies", value="3500000", unit="元", part_of="2180万元"),
        ],
        id="元 is said once",
    ),
    pytest.param(
        "查处违法案件56起，按照案件类型分，改变用途20起、毁坏林地36起，按违法主体划分：企业5起，公民51起。",
        [
            said("56起", "violation_cases", part_of=None),
            said("20起", "violation_cases", part_of="56起"),
            said("36起", "violation_cases", part_of="56起"),
            said("5起", "violation_cases", part_of="56起"),
            said("51起", "violation_cases", part_of="56起"),
        ],
        id="two divisions of one total",
    ),
]

OVERLOOKED = [
    pytest.param(
        "召开党组会议24次，其中专题研究法治工作4次；局长办公会18次。",
        [
            said("24次", "party_group_meetings"),
            said("4次", "rule_of_law_work_reviews", part_of="24次"),
            said("18次", "director_office_meetings", part_of=None),
        ],
        id="a semicolon closes the list",
    ),
    pytest.param(
        "现有工作人员36人，其中党员20人，女性12人，具有法律职业资格的5人。",
        [
            said("36人", None),
            said("20人", None, part_of="36人"),
            said("12人", None, part_of="36人"),
            said("5人", None, part_of="36人"),
        ],
        id="parts that overlap",
    ),
    pytest.param(
        "全市高新技术企业达300家，其中2024年新增30家。",
        [
            said("300家", "high_tech_enterprises", measure="stock"),
            said("30家", "high_tech_enterprises", measure="flow", part_of="300家"),
        ],
        id="a part that was added",
    ),
    pytest.param(
        "技术合同成交额18亿元，其中技术服务10亿元，增长20%。",
        [
            said("18亿元", "technology_contract_value"),
            said("10亿元", "technology_contract_value", part_of="18亿元", narrowed=True),
            said("20%", "technology_contract_value", measure="growth", of="10亿元", narrowed=True),
        ],
        id="growth of a part",
    ),
    pytest.param(
        "行政复议案件4件，撤销1件，维持3件。",
        [
            said("4件", "administrative_reconsideration_cases", narrowed=False),
            said("1件", "administrative_reconsideration_cases", part_of="4件", narrowed=True),
            said("3件", "administrative_reconsideration_cases", part_of="4件", narrowed=True),
        ],
        id="kinds right behind the total that add up to it",
    ),
    pytest.param(
        "行政诉讼案件3件，维持1件，另2件尚未作出判决。",
        [
            said("3件", "administrative_litigation_cases"),
            said("1件", "administrative_litigation_cases", part_of="3件"),
            said("2件", "administrative_litigation_cases", part_of="3件"),
        ],
        id="what is said behind the number is no noun",
    ),
    pytest.param(
        "受理投诉举报310件，办结305件。",
        [said("310件", "complaint_cases"), said("305件", "complaint_cases", part_of=None)],
        id="stages of one case are no kinds",
    ),
    pytest.param(
        "受理投诉举报310件（含信访转办12件），办结305件。",
        [
            said("310件", "complaint_cases"),
            said("12件", "petition_cases", part_of="310件"),
            said("305件", "complaint_cases", part_of=None),
        ],
        id="behind a bracket the subject is what it was before",
    ),
]

NO_PARTS = [
    pytest.param(
        "召开党组会议37次，局长办公会12次。",
        [said("37次", "party_group_meetings", part_of=None), said("12次", "director_office_meetings", part_of=None)],
        id="one after the other",
    ),
    pytest.param(
        "高新技术企业120家，新增12家。",
        [
            said("120家", "high_tech_enterprises", part_of=None, measure="stock"),
            said("12家", "high_tech_enterprises", part_of=None, measure="flow"),
        ],
        id="what was added is no part unless the text says so",
    ),
    pytest.param(
        "受理投诉举报310件，同比下降3%。",
        [said("310件", "complaint_cases", part_of=None), said("3%", "complaint_cases", part_of=None)],
        id="a growth",
    ),
    pytest.param(
        "举办业务培训15期、1200人次。",
        [said("15期", "training_sessions", part_of=None), said("1200人次", "training_participants", part_of=None)],
        id="two counts of one event",
    ),
    pytest.param(
        "行政权力事项5项，其中行政确认事项2项。办理信访件3件。",
        [
            said("5项", "power_list_items"),
            said("2项", "administrative_confirmation_items", part_of="5项"),
            said("3件", "petition_cases", part_of=None),
        ],
        id="the next sentence is no part",
    ),
]

AS_PRINTED = [
    pytest.param(
        "主动公开信息153条，其中机构职能12条、工作动态87条。",
        [
            said("153条", "disclosed_items", value="153"),
            said("12条", "disclosed_items", part_of="153条"),
            said("87条", "disclosed_items", part_of="153条"),
        ],
        id="an open list of parts is never filled up",
    ),
    pytest.param(
        "主动公开信息100条，其中机构职能80条、工作动态40条。",
        [
            said("100条", "disclosed_items", value="100"),
            said("80条", "disclosed_items", value="80"),
            said("40条", "disclosed_items", value="40"),
        ],
        id="a sum is never corrected",
    ),
    pytest.param(
        "办结836项中的659项，办结率88.52%。",
        [said("836项", None), said("659项", None), said("88.52%", "completion_rate", value="88.52")],
        id="a rate that contradicts its counts stays as printed",
    ),
    pytest.param(
        "行政许可事项3项、行政确认事项5项。",
        [said("3项", "administrative_licence_items"), said("5项", "administrative_confirmation_items")],
        id="a total is never invented",
    ),
]


@pytest.mark.parametrize(("text", "expected"), [*PARTS, *OVERLOOKED, *NO_PARTS, *AS_PRINTED])
def test_a_part_points_to_the_total_that_the_text_gives_it(text: str, expected: list[Stated]) -> None:
    assert found(text, expected) == expected
