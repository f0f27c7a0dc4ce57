"""What the audit finds in reports as they are written, and the nearest sentences that it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_warehouse_audit import CASES as STAGED

from bureau_metrics.pipeline import RunRequest, run_direct
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import audit_checks, run_query

# fmt: off
CITIES = [
    "阜阳", "亳州", "宿州", "蚌埠", "淮南", "滁州", "六安", "芜湖", "宣城", "铜陵", "池州", "安庆", "黄山", "淮北",
    "马鞍山", "合肥", "济南", "青岛", "淄博", "枣庄", "东营", "烟台", "潍坊", "济宁", "泰安", "威海", "日照", "临沂",
    "德州", "聊城", "滨州", "菏泽", "郑州", "开封", "洛阳", "平顶山", "安阳", "鹤壁", "新乡", "焦作", "濮阳", "许昌",
    "漯河", "三门峡", "南阳", "商丘", "信阳", "周口", "驻马店", "武汉", "黄石", "十堰", "宜昌", "襄阳", "鄂州", "荆门",
    "孝感", "荆州", "黄冈", "咸宁", "随州", "长沙", "株洲", "湘潭", "衡阳", "邵阳", "岳阳", "常德", "张家界", "益阳",
    "郴州", "永州", "怀化", "娄底", "广州", "韶关", "深圳", "珠海", "汕头", "佛山", "江门", "湛江", "茂名", "肇庆",
    "惠州", "梅州", "汕尾", "河源", "阳江", "清远", "东莞", "中山", "潮州", "揭阳", "云浮",
]
# fmt: on

PARTS, SHORT, SUM = "parts_against_whole error", "closed_list_of_parts warning", "parts_against_whole warning"
RATE, GROWTH, CHANGE = (
    "rate_against_counts warning",
    "growth_against_levels warning",
    "change_against_levels warning",
)
STEP, TWICE, BOUND = "direction_against_levels error", "same_metric_differs warning", "bound_excludes_figure warning"

# check and severity, or nothing → texts of one report each
ONE_REPORT: dict[str, tuple[str, ...]] = {
    PARTS: (
        "现有高新技术企业100家，其中规模以上企业120家。",
        "全年办理行政处罚案件60件，其中简易程序75件。",
        "现有高新技术企业100家，同比增长4%，其中上市企业120家。",
    ),
    SUM: (
        "现有行政权力事项共93项，其中行政许可1项、行政处罚11项、行政检查1项、其他权力81项。",
        "现有行政权力事项共5项，其中行政许可3项、行政处罚2项、其他权力1项。",
        "全年办理行政处罚案件200件，其中一般程序120件、简易程序90件。",
        "社会组织共1643个，其中社会团体702个、民办非企业单位925个、基金会17个。",
    ),
    SHORT: (
        "现有行政权力事项共5项，其中行政许可2项、行政处罚1项、其他权力1项。",
        "现有行政权力事项共93项，其中行政许可1项、行政处罚11项、行政检查1项、其他权力30项。",
        "共有行政权力事项5项，分别为行政确认2项、行政许可2项。",
    ),
    "closed_list_of_parts notice": ("登记在册的社会组织1208家，其中社会团体523家、民办非企业单位664家、基金会12家。",),
    "parts_before_total warning": ("全年办理人大建议5件、政协提案9件，共计15件。",),
    RATE: (
        "收到投诉举报200件，办结180件，办结率95%。",
        "全局执法人员836人，其中持有执法证659人，持证率88.52%。",
        "全年受理投诉举报200件。办结180件，办结率96%。",
        "办理行政处罚案件120件，其中一般程序72件，占比50%。",
    ),
    GROWTH: (
        "高新技术企业由100家增加到120家，增长25%。",
        "2024年高新技术企业达120家，比上年的100家增长25%。",
        "高新技术企业达120家，增长25%。2023年高新技术企业为100家。",
    ),
    CHANGE: (
        "高新技术企业由100家增加到120家，增加25家。",
        "2023年高新技术企业100家，2024年120家，较上年增加30家。",
        "高新技术企业120家，较上年的100家减少20家。",
    ),
    STEP: (
        "高新技术企业由120家减少到130家。",
        "高新技术企业由120家增加到110家。",
        "位次由全省第5位上升到第7位。",
    ),
    "rate_out_of_range warning": ("群众满意率105%。", "法律考试合格率达120%。"),
    "shares_above_whole warning": ("投诉类型中，食品类占45%，药品类占35%，其他占30%。",),
    "shares_above_whole notice": ("第一产业占10%、第二产业占50%、第三产业占45%。",),
    TWICE: (
        "全年召开党组会议24次。全年共召开党组会议27次。",
        "全市高新技术企业达18家。年末，全市高新技术企业总数为28家。",
    ),
    "same_metric_differs notice": ("技术合同成交额21.7亿元。全年技术合同成交额达28.68亿元。",),
    BOUND: ("高新技术企业近500家。全市高新技术企业512家。", "高新技术企业超过500家。高新技术企业总数498家。"),
    "zero_beside_figure warning": ("全年未发生行政复议案件。办理行政复议案件3件，均已审结。",),
    "part_year_above_whole warning": (
        "上半年召开党组会议30次。全年召开党组会议24次。",
        "截至9月底，召开党组会议26次。全年共召开党组会议24次。",
    ),
    "part_year_against_full_year notice": ("1—9月办理行政处罚案件90件，较上年全年下降25%。",),
    "added_above_total warning": ("全市新增高新技术企业500家，总数达400家。",),
    "rank_below_one error": ("高新技术企业数居全省第0位。",),
    "": (
        # full, open and overlapping lists of parts
        "现有行政权力事项共5项，其中行政许可2项、行政处罚2项、其他权力1项。",
        "现有行政权力事项共93项，其中行政许可1项、行政处罚11项、行政检查1项、其他权力80项。",
        "主动公开信息153条，其中政策文件80条、工作动态65条等。",
        "全年召开党组会议24次，其中专题研究法治工作6次。",
        "全局现有干部120人，其中党员80人、女性50人、35岁以下30人。",
        "现有高新技术企业100家，其中规模以上企业60家，上市企业50家。",
        "全市经营主体78.9万户，其中企业17.5万户、个体工商户60.1万户、其他1.2万户。",
        "现有高新技术企业100家，其中上市企业5家，较上年增加120家。",
        # rates with other denominators, and roundings
        "收到投诉举报200件，办结180件，办结率90%，按期办结率100%。",
        "全局执法人员836人，其中持有执法证659人，持证率78.83%。",
        "参加考试120人，合格118人，参考率100%，合格率98.3%。",
        "收到投诉举报200件，含上年结转20件，办结198件，办结率90%。",
        "收到12345工单6420件，办结率99.5%。办理建议5件，办结率100%。",
        "办理行政处罚案件120件，其中一般程序72件，占60%。",
        "完成全年目标任务的118%，任务完成率达125%。",
        "全年办理人大建议5件、政协提案9件，共计14件，办结率100%。",
        # growth against other years, rounded levels, growth of a part
        "高新技术企业由100家增加到120家，增长20%。",
        "高新技术企业达120家，较2022年增长25%。2023年高新技术企业为100家。",
        "技术合同成交额由16.8亿元增加到21.7亿元，增长29.5%。",
        "高新技术企业120家，较上年的100家增加20家。",
        "办理事项由16项压减至14项。",
        "位次由全省第7位上升到第5位。",
        # figures of other things, occasions, stages and scopes
        "全年召开党组会议24次。召开党组会议3次，专题研究党建工作。",
        "技术合同成交额21.7亿元。全年技术合同成交额达21.68亿元。",
        "全年收到行政复议申请3216件；审结2987件。",
        "高新技术企业近500家。高新技术企业总数498家。",
        "全年没有因执法不当引起的行政诉讼案件。办理行政诉讼案件2件。",
        "上半年召开党组会议12次。全年召开党组会议24次。",
        "全市新增高新技术企业100家，总数达400家。",
        "职工中女性占60%，党员占55%，本科以上占80%。",
        "投诉类型中，食品类占45.3%，药品类占35.4%，其他占19.3%。",
        "新认定科技型中小企业590家、增长18.0%；高新技术企业总数755家、增长18.28%。",
    ),
}

# (2023, 2024, plan of 2023) → check and severity, or nothing
TWO_REPORTS: dict[tuple[str, str, str], str] = {
    ("全市高新技术企业达100家。", "全市高新技术企业达120家，增长25%。", ""): GROWTH,
    ("全市高新技术企业达100家。", "全市高新技术企业达120家，增长20%。", ""): "",
    ("全市高新技术企业达100家。", "全市高新技术企业达120家，较上年增加25家。", ""): CHANGE,
    ("全市高新技术企业达100家。", "全市高新技术企业达120家，较上年增加20家。", ""): "",
    ("全市高新技术企业达100家。", "全市高新技术企业达120家，2023年为103家。", ""): "documents_differ warning",
    ("全市高新技术企业达100家。", "全市高新技术企业达120家，2023年为100家。", ""): "",
    ("技术合同成交额达21.68亿元。", "技术合同成交额达30亿元，2023年为21.7亿元。", ""): "",
    ("技术合同成交额达21.7亿元。", "技术合同成交额达26.1元。", ""): "unit_slip warning",
    ("罚没款共5624元。", "罚没款共5893万元。", ""): "unit_slip warning",
    (
        "召开党组会议24次。",
        "全年组织普法活动12场。",
        "计划新增高新技术企业30家，组织普法活动10场。",
    ): "plan_without_result notice",
    ("召开党组会议24次。", "全年新增高新技术企业28家。", "计划新增高新技术企业30家。"): "",
}


def written(city: str, year: int, text: str, plan: str = "") -> str:
    body = f"一、工作情况\n\n{year}年，我局认真履职。\n\n{text}\n\n"
    ahead = f"二、下一步打算\n\n{plan}\n\n" if plan else ""
    return f"{city}市科学技术局\n{year}年法治政府建设年度报告\n\n{body}{ahead}{city}市科学技术局\n{year + 1}年1月21日\n"


SINGLE = [(text, finding) for finding, texts in ONE_REPORT.items() for text in texts]
FILES = {f"one-{n}": [(2024, text, "")] for n, (text, _) in enumerate(SINGLE)} | {
    f"two-{n}": [(2023, before, plan), (2024, now, "")] for n, (before, now, plan) in enumerate(TWO_REPORTS)
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The findings of each case, each case told by a bureau of its own."""
    folder = tmp_path_factory.mktemp("texts")
    (folder / "reports").mkdir()
    for city, (name, reports) in zip(CITIES, FILES.items(), strict=False):
        for year, text, plan in reports:
            (folder / "reports" / f"{name}-{year}.txt").write_text(written(city, year, text, plan), encoding="utf-8")
    run_direct(RunRequest((str(folder / "reports"),), folder / "home"))
    rows = run_query(Home(folder / "home"), "SELECT document_id, check_name, severity FROM audit_finding").rows
    findings: dict[str, list[str]] = {name: [] for name in FILES}
    for document, check, severity in rows:
        findings[str(document).rsplit("-", 1)[0]].append(f"{check} {severity}")
    return findings


def test_every_case_has_a_bureau_of_its_own() -> None:
    assert len(CITIES) == len(set(CITIES)) >= len(FILES)


@pytest.mark.parametrize(("number", "text", "finding"), [(n, *case) for n, case in enumerate(SINGLE)])
def test_one_report(found: dict[str, list[str]], number: int, text: str, finding: str) -> None:
    assert found[f"one-{number}"] == ([finding] if finding else [])


@pytest.mark.parametrize(("number", "texts", "finding"), [(n, *case) for n, case in enumerate(TWO_REPORTS.items())])
def test_two_years(found: dict[str, list[str]], number: int, texts: tuple[str, ...], finding: str) -> None:
    assert found[f"two-{number}"] == ([finding] if finding else [])


def test_every_check_is_shown_to_find_something() -> None:
    shown = {finding.split()[0] for finding in [*ONE_REPORT, *TWO_REPORTS.values()] if finding}
    staged = {case[1][0] for case in STAGED.values() if case[1]}
    elsewhere = {"outlier_against_peers", "regional_total_differs"}  # they need many bureaus
    assert shown | staged | elsewhere == {file.name for file in audit_checks()}


def findings_of(source: Path, home: Path) -> list[tuple[object, ...]]:
    run_direct(RunRequest((str(source),), home))
    return run_query(Home(home), "SELECT check_name, document_id, figure FROM audit_finding ORDER BY ALL").rows


def test_real_reports_have_no_finding(gold_folder: Path, tmp_path: Path) -> None:
    assert findings_of(gold_folder / "reports", tmp_path / "home") == []


def test_the_findings_of_the_samples(samples: Path, tmp_path: Path) -> None:
    assert findings_of(samples, tmp_path / "home") == [
        ("closed_list_of_parts", "遵义市市场监督管理局2023.txt", "746000 户"),
        ("plan_without_result", "常州市科学技术局2023.txt", "8 个"),
        ("plan_without_result", "常州市科学技术局2023.txt", "at_least 10 场"),
    ]
