"""The ledger: no numeral is lost, each ends with exactly one disposition, and a fact's numeral names the fact."""

import re
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bureau_metrics.catalogue import load_catalogue
from bureau_metrics.extraction import extract_document, text_document
from bureau_metrics.identity import identify
from bureau_metrics.lexicon import lexicon, words
from bureau_metrics.models import Extraction, LedgerEntry

NUMERAL_RUN = re.compile("[0-9０-９〇零一二两三四五六七八九十百千万亿廿]+")


def read(text: str) -> Extraction:
    document = text_document(text)
    return extract_document(document, identify(document))


def entry_of(text: str, numeral: str) -> LedgerEntry:
    """Return the one ledger entry of a numeral that stands once in the text."""
    (entry,) = (entry for entry in read(text).ledger if entry.text == numeral)
    return entry


DISPOSITIONS = {
    "fact": [
        ("全年总阅读量10万余次。", "10万"),
        ("2024年，召开党组会议37次。", "37"),
        ("2024年，办结行政处罚案件1.2万件。", "1.2万"),
        ("2024年，完成整改率100％。", "100"),
        ("2024年，共有法律顾问四名。", "四"),
        ("2024年，组织普法宣传活动十余场。", "十"),
        ("2024年，走访企业数百家次。", "百"),
        ("2024年，技术合同成交额位居全省第三位。", "三"),
        ("2024年，校外培训实现零投诉。", "零"),  # the 零 of 零投诉 belongs to the stated absence
        ("2024年，行政诉讼零败诉。", "零"),
        ("2024年，收到行政复议申请0件。", "0"),
    ],
    "date": [
        ("今年四季度情况良好。", "四"),
        ("一季度情况良好。", "一"),
        ("2024年，召开会议37次。", "2024"),
        ("截至9月底，办理案件12件。", "9"),
        ("二〇二四年全市经济平稳运行。", "二〇二四"),
        ("2025年3月28日印发。", "28"),
        ("公布时间：2025-03-28", "28"),
        ("活动于14：30开始。", "14"),
        ("2021—2025年工作回顾。", "2025"),
        ("第三季度情况良好。", "三"),
        ("今年二季度情况良好。", "二"),
    ],
    "ordinal": [
        ("公布第一批名单。", "一"),
        ("公布第三批名单。", "三"),
        ("学习党的二十届三中全会精神。", "二十"),
        ("学习党的二十届三中全会精神。", "三"),
        ("召开第五届理事会。", "五"),
        ("落实第一议题制度。", "一"),
        ("履行第一责任人职责。", "一"),
    ],
    "enumerator": [
        ("二是强化监管。", "二"),
        ("办好实事。\n4.2024年共受理举报36件。", "4"),
        ("一是强化学习。", "一"),
        ("（二）加强监管", "二"),
        ("三、存在的问题", "三"),
        ("3.加强监督检查", "3"),
        ("（4）完善制度", "4"),
    ],
    "name": [
        ("实行7×24小时值守。", "7"),
        ("打造15分钟服务圈。", "15"),
        ("新建110千伏变电站。", "110"),
        ("举办6.26禁毒宣传。", "6.26"),
        ("严格执行三重一大制度。", "三"),
        ("完善“1+10”制度体系。", "1"),
        ("办理12345热线工单。", "12345"),
        ("落实“八五”普法规划。", "八五"),
        ("推进5G基站建设。", "5"),
        ("开展12·4宪法宣传。", "12"),
        ("推进双随机、一公开监管。", "一"),
        ("印发《九项措施》。", "九"),
    ],
    "reference": [
        ("按照市政发〔2023〕6号要求", "6"),
        ("按照市政发〔2023〕6号要求", "2023"),
        ("依据条例第二十三条办理。", "二十三"),
        ("公布政府令第36号。", "36"),
    ],
    "page_furniture": [
        ("电话：0571-88886666", "88886666"),
        ("浏览：1260次", "1260"),
        ("浏览次数：1126", "1126"),
        ("联系电话：0998-5721203", "5721203"),
        ("邮编：844000", "844000"),
    ],
    "indefinite": [
        ("推出一批典型案例。", "一"),
        ("出台一系列措施。", "一"),
    ],
    "unreadable": [
        ("规章\n行政许可6233440\n", "6233440"),
        ("合计21710000218", "21710000218"),
    ],
    "condition": [
        ("帮扶60岁以上老年人。", "60"),
        ("重点关注判处五年以上刑期人员。", "五"),
        ("实施投资500万元以上项目建设。", "500万"),
    ],
    "lexical": [
        ("统一思想认识。", "一"),
        ("进一步加强管理。", "一"),
        ("千方百计稳就业。", "千"),
        ("建设一支高素质执法队伍。", "一"),
        ("把普法作为一项工作抓实。", "一"),
        ("其中前两项分别下降3%、5%。", "两"),
    ],
    "unresolved": [
        ("目前为356。", "356"),
        # 分别 with two names and three numbers is never guessed
        ("2024年，行政许可、行政确认分别为3项、5项、8项。", "5"),
    ],
}


@pytest.mark.parametrize(
    ("text", "numeral", "disposition"),
    [
        pytest.param(text, numeral, disposition, id=f"{disposition}: {text}")
        for disposition, pairs in DISPOSITIONS.items()
        for text, numeral in pairs
    ]
    + [
        pytest.param(
            "培训不少于2场次的单位达到95%。",
            "2",
            "condition",
            id="condition: 培训不少于2场次的单位达到95%。",
        ),
        pytest.param("含80名学生以上的教学点92个。", "80", "condition", id="condition: a bound behind its noun"),
        pytest.param("营收过亿元企业12家。", "亿", "name", id="name: a class of size"),
        pytest.param("签约亿元项目2个。", "亿", "name", id="name: 签约 is no 约"),
        pytest.param("产值共亿元，同比增长%。", "亿", "unreadable", id="unreadable: a figure that was taken out"),
        pytest.param("3家企业入选民营企业500强。", "500", "name", id="name: a list named by its length"),
        pytest.param("完成第二、三批项目评审。", "三", "ordinal", id="ordinal: one of several"),
    ],
)
def test_every_numeral_has_its_disposition(text: str, numeral: str, disposition: str) -> None:
    entry = entry_of(text, numeral)
    assert entry.disposition == disposition
    assert bool(entry.fact_ids) is (disposition == "fact")
    assert entry.rule


def test_a_fact_is_named_by_its_numeral() -> None:
    extraction = read("2024年，召开党组会议37次，行政诉讼零败诉。")
    by_text = {entry.text: entry.fact_ids for entry in extraction.ledger}
    assert {fact.metric: (fact.fact_id,) for fact in extraction.facts} == {
        "party_group_meetings": by_text["37"],
        "lost_cases": by_text["零"],
    }


def test_one_numeral_said_of_two_rates_names_both_facts() -> None:
    extraction = read("2024年，学法考试参考率、合格率均达100%。")
    (entry,) = (entry for entry in extraction.ledger if entry.text == "100")
    assert len(entry.fact_ids) == 2
    assert set(entry.fact_ids) == {fact.fact_id for fact in extraction.facts}


def test_a_range_names_its_fact_at_both_ends() -> None:
    extraction = read("2024年，每季度组织普法宣传活动3—5场。")
    (fact,) = extraction.facts
    assert [(entry.text, entry.fact_ids) for entry in extraction.ledger if entry.disposition == "fact"] == [
        ("3", (fact.fact_id,)),
        ("5", (fact.fact_id,)),
    ]


@cache
def _pieces() -> list[str]:
    qualifiers = lexicon("qualifiers")
    phrases = lexicon("phrases")
    heads = [head for metric in load_catalogue().metrics for head in metric.terms[0].heads[:2]]
    return [
        *"0123456789０５９〇零一二两三四五六七八九十百千万亿廿",
        *[
            "1,234",
            "3.6",
            "2024年",
            "9月底",
            "二〇二四年",
            "2021—2025年",
            "12345",
            "6233440",
            "1/4",
            "三分之二",
            "百分之",
        ],
        *"，。；：、（）()“”《》〔〕,.;:-—~+%％·/\n 第前每近约超余多来几数翻番点号成",
        *words("units", "counters"),
        *lexicon("units")["money"],
        *(word for group in (*qualifiers["before"].values(), *qualifiers["after"].values()) for word in group),
        *(word for name in ("name", "ordinal", "lexical", "indefinite") for word in phrases[name][::7]),
        *words("zeros", "negations")[::2],
        *words("zeros", "countable")[::3],
        *(
            word
            for name in ("new", "total", "up", "down", "base", "parts", "respectively", "connectors", "verbs")
            for word in words("grammar", name)[::3]
        ),
        *words("sections", "plans")[::4],
        *heads,
    ]


TEXTS = st.deferred(lambda: st.lists(st.sampled_from(_pieces()), max_size=25).map("".join))


@settings(max_examples=250, deadline=None, derandomize=True)
@example("")
@example("零")
@example("由三百由3—5")
@example("2个亿、30余万元，其中：")
@example("\u0000一\ufeff二")
@given(TEXTS)
def test_no_numeral_is_lost_whatever_the_text(text: str) -> None:
    extraction = read(text)
    entries = extraction.ledger
    # in order, without overlaps, each with the text that it points to
    assert [entry.start for entry in entries] == sorted({entry.start for entry in entries})
    assert all(before.end <= after.start for before, after in pairwise(entries))
    assert all(text[entry.start : entry.end] == entry.text for entry in entries)
    # every numeral character stands in exactly one of them
    covered = [offset for entry in entries for offset in range(entry.start, entry.end)]
    in_runs = {offset for run in NUMERAL_RUN.finditer(text) for offset in range(*run.span())}
    assert in_runs <= set(covered)
    assert len(covered) == len(set(covered))
    # facts are named, exist, and stand where they say
    named = {fact_id for entry in entries for fact_id in entry.fact_ids}
    assert named <= {fact.fact_id for fact in extraction.facts}
    assert all((entry.disposition == "fact") is bool(entry.fact_ids) for entry in entries)
    assert all(text[fact.start : fact.end] == fact.text for fact in extraction.facts)
    assert [fact.start for fact in extraction.facts] == sorted(fact.start for fact in extraction.facts)


def test_half_a_surrogate_pair_is_a_character_like_any_other() -> None:
    assert [entry.text for entry in read("会议3次\ud800，培训5场").ledger] == ["3", "5"]
