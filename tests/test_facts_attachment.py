"""Whose number: the noun and the metric that a quantity belongs to, its unit, and what stays open."""

import pytest
from stated_facts import Stated, found, said

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
    pytest.param(
        "4家企业入选省级瞪羚企业。",
        [said("4家", "gazelle_enterprises", measure="flow")],
        id="what the enterprises became is counted",
    ),
    pytest.param(
        "3件行政应诉案件无一败诉。",
        [said("3件", "administrative_litigation_cases"), said("败诉", "lost_cases", value="0")],
        id="what is denied of the noun behind is no part of it",
    ),
    pytest.param(
        "法律顾问到14个村授课。", [said("14个", None)], id="a preposition hands the number to the noun behind"
    ),
    pytest.param(
        "召开党委会、局办会41次。",
        [said("41次", "party_group_meetings")],
        id="one count of joined nouns of a kind goes to the first",
    ),
    pytest.param(
        "重大行政决策0项、政策文件1份、合法性审查1件。",
        [said("0项", "major_decisions"), said("1份", None), said("1件", "legality_reviews")],
        id="a noun that has its own number is no cue of another",
    ),
    pytest.param(
        "一审行政应诉案件14件，二审6件。",
        [
            said("14件", "administrative_litigation_cases"),
            said("6件", "administrative_litigation_cases", narrowed=True),
        ],
        id="a kind alone takes the noun before",
    ),
    pytest.param(
        "城市低保标准提高到700元/月。",
        [said("700元/月", None, value="700", unit="元/月")],
        id="an amount by the month is no amount",
    ),
    pytest.param(
        "对公民处以1万元以上罚款、对法人处以10万元以上罚款的案件，须集体讨论。",
        [],
        id="amounts that say which cases are meant",
    ),
    pytest.param("争创千亿元级园区。", [], id="a class of size is a name"),
    pytest.param("三门县、九龙坡区和六盘水市派员参加。", [], id="a numeral in the name of a place"),
    pytest.param(
        "执法培训2期，培训480人；政策宣讲10场，上百家企业参加；专项执法行动452次1.2万余人次。",
        [
            said("2期", "enforcement_training_sessions"),
            said("480人", "enforcement_training_participants", unit="人次"),
            said("10场", "policy_briefings"),
            said("上百家", "briefed_enterprises"),
            said("452次", "enforcement_actions"),
            said("1.2万余人次", "officers_deployed"),
        ],
        id="who came, came to the event just named",
    ),
    pytest.param(
        "政策宣讲6场，培训企业1500家次。",
        [said("6场", "policy_briefings"), said("1500家次", "training_enterprises")],
        id="a verb of another event names its own audience",
    ),
    pytest.param(
        "48项行政处罚权被写入权力清单。",
        [said("48项", "administrative_penalty_items")],
        id="what the noun went into is not what is counted",
    ),
    pytest.param(
        "对8个采购合同、3件行政规范性文件和5项重大决策进行了合法性审查。",
        [
            said("8个", "contracts_reviewed"),
            said("3件", "normative_documents_reviewed"),
            said("5项", "legality_reviews"),
        ],
        id="a joint right before a number",
    ),
    pytest.param("建成纠纷调解室12个。", [said("12个", None)], id="rooms are no disputes"),
    pytest.param(
        "培训企业460家次，约谈企业两家。",
        [said("460家次", "training_enterprises"), said("两家", None)],
        id="a verb of its own carries no earlier one on",
    ),
    pytest.param(
        "公示行政许可类“防空地下室审批”1项。",
        [said("1项", "administrative_licence_items")],
        id="the name of the one thing stands between",
    ),
    pytest.param(
        "提请市人大常委会审议法规草案3件。",
        [said("3件", "local_legislation")],
        id="whom it was laid before is not whose figure it is",
    ),
    pytest.param(
        "全省负责人出庭应诉率92%；我市负责人出庭应诉率100%。",
        [said("92%", None), said("100%", "court_appearance_rate")],
        id="a rate of the province",
    ),
    pytest.param(
        "（二）依申请公开\n本年收到申请6件。", [said("6件", "disclosure_requests")], id="the heading gives the topic"
    ),
    pytest.param("长三角、二期工程、三标段和985高校各有安排。", [], id="names and stages"),
    pytest.param("一分部署，九分落实。", [], id="a saying"),
    pytest.param("完成投资3个多亿。", [said("3个多亿", "investment_completed", value="300000000")], id="个多亿"),
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


OWNERS = [
    pytest.param(
        "全国科技型中小企业60万家，我市560家。",
        [said("60万家", None), said("560家", "tech_smes", scope="jurisdiction")],
        id="the nation's, and ours",
    ),
    pytest.param(
        "市人大常委会开展执法检查2次。",
        [said("2次", None)],
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


OPEN = [
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
        id="years in brackets",
    ),
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


CASES = [
    pytest.param("立案查处案件56件。", [said("56件", "administrative_penalty_cases")], id="立案"),
    pytest.param("办结行政处罚案件56件。", [said("56件", "administrative_penalty_cases")], id="处罚"),
    pytest.param("办结案件56件。", [said("56件", "administrative_penalty_cases")], id="办结案件"),
    pytest.param("查处侵权行为56起。", [said("56起", "violation_cases")], id="查处侵权行为 without 立案"),
    pytest.param("查处违法行为56起。", [said("56起", "violation_cases")], id="查处违法行为"),
    pytest.param(
        "开展4次（每季度安排）执法检查。", [said("4次", "administrative_inspections")], id="a noun behind a bracket"
    ),
    pytest.param(
        "行政给付5项行政奖励2项。",
        [said("5项", None), said("2项", "administrative_reward_items")],
        id="the noun behind is the next number's, in a list without commas",
    ),
    pytest.param(
        "建成4家重点实验室、技术创新中心。",
        [said("4家", "key_laboratories")],
        id="the noun at the number is counted first",
    ),
    pytest.param("我局仅有一人持证。", [said("一人", "certified_officers", value="1")], id="仅有一人 counts"),
    pytest.param(
        "研发投入强度达3.68%，居全省第3位；创新指数集群排名，居全球第14位。",
        [said("3.68%", "rnd_intensity"), said("第3位", "rnd_intensity"), said("第14位", None)],
        id="a rank of its own subject",
    ),
    pytest.param(
        "收到信息公开申请20件。“同意公开”3件，“部分公开”0件。",
        [said("20件", "disclosure_requests"), said("3件", "disclosure_requests"), said("0件", "disclosure_requests")],
        id="outcomes in a sentence of their own",
    ),
]


@pytest.mark.parametrize(("text", "expected"), [*NOUNS, *SEVERAL, *OWNERS, *OPEN, *UNITS, *CASES])
def test_a_number_belongs_to_its_noun(text: str, expected: list[Stated]) -> None:
    assert found(text, expected) == expected
