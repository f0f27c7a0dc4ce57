"""The HTML report, parsed: well formed, nothing from elsewhere, a sentence behind each figure, nothing left unsaid."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from staged_records import report, run, said, stage

from bureau_metrics.exports import ExportError
from bureau_metrics.models import Confidence, Measure, Qualifier, RejectionReason, Scope
from bureau_metrics.report import content, export_report
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import audit_checks, open_read_only
from bureau_metrics.wording import wording

HTE, SME, LIT = "high_tech_enterprises", "tech_smes", "administrative_litigation_cases"
VOID = {"meta", "br"}
FETCHES = {"src", "srcset", "action", "data", "poster", "background", "formaction", "cite", "xlink:href"}


def hte(text: str, value: int, **fields: object):
    return said(f"全区高新技术企业{text}。", text, HTE, value, **fields)


ALPHA = report(
    "alpha",
    "甲市科技局",
    hte("1218家", 1218),
    said("没有发生行政诉讼案件。", "行政诉讼案件", LIT, 0),
    said("其中住宿类7家，全部入库7家。", "7家", SME, 7, narrowed=True),
    said(
        "创新排名位居全省前三。", "前三", "innovation_ranking", None, upper=3, qualifier="at_most", relative_to="全省"
    ),
)
BETA = report(
    "beta",
    "乙市科技局",
    hte("18家", 18),
    said("科技型中小企业1000余家。", "1000余家", SME, 1000, lower=1000, qualifier="more_than"),
    said("举办培训3—5场。", "3—5场", "training_sessions", None, lower=3, upper=5, qualifier="range"),
    said("行政诉讼2件。", "2件", LIT, 2),
    said("行政诉讼案件共5件。", "5件", LIT, 5),
    division_code="650200",
)
GAMMA = report("gamma", "<script>alert(1)</script>局", hte("30家", 30), division_code="650300")
NAMELESS = report("nameless", "市科技局", hte("40家", 40), division_code=None, doubts=("division",))
OUTSIDE = said("<img src=http://evil.test/a.png>企业9家。", "9家", SME, 9)
EVIL = report("evil", "丁市科技局", OUTSIDE, division_code="650400", content=b"evil")


@dataclass
class Page(HTMLParser):
    """A parsed page: its tags with attributes, its text by id of the element around it, and what is left open."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.tags.append((tag, attributes))
        if tag not in VOID:
            self.open.append((tag, attributes.get("id", "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag, f"</{tag}> at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        for _tag, identity in self.open:
            if identity:
                self.texts[identity] = self.texts.get(identity, "") + data
        if self.open and self.open[-1][0] == "a":
            self.links[self.tags[-1][1].get("href", "")] = data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def entry(self, sentence: str) -> str:
        """What stands in the list of sentences for the one figure of a sentence, as one line."""
        (entry,) = (text for name, text in self.texts.items() if name.startswith("f-") and sentence in text)
        return " ".join(entry.split())


def parsed(text: str) -> Page:
    page = Page()
    page.feed(text)
    page.close()
    assert page.open == []
    return page


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("report")
    home = Home.at(folder / "home")
    batch = stage(folder / "batch", ALPHA, BETA, GAMMA, NAMELESS, EVIL, rejected=(("photo.txt", "binary"),))
    run(home, batch, audited=True)
    return home


def written(home: Home, path: Path) -> str:
    with open_read_only(home) as connection:
        figures = export_report(connection, path)
    text = path.read_text(encoding="utf-8")
    assert figures == text.count('<li id="f-')
    return text


@pytest.fixture(scope="module")
def text(home: Home, tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(home, tmp_path_factory.mktemp("written") / "report.html")


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return parsed(text)


def test_the_page_needs_nothing_from_elsewhere(page: Page, text: str) -> None:
    assert not {"script", "link", "img", "iframe", "object", "embed", "base"} & {tag for tag, _ in page.tags}
    assert not [name for _, attributes in page.tags for name in attributes if name in FETCHES or name.startswith("on")]
    assert {attributes["href"][:1] for attributes in page.all("a")} == {"#"}
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text


def test_what_a_report_says_is_text_and_never_markup(page: Page) -> None:
    assert "<img src=http://evil.test/a.png>企业" in page.entry("evil.test")
    assert "<script>alert(1)</script>局 2024" in page.entry("30家")


def test_what_a_report_says_is_no_formula_where_the_page_is_opened_in_a_spreadsheet(tmp_path: Path) -> None:
    home = Home.at(tmp_path / "home")
    formula = report("=1+1.txt", "=2+2局", said("=3+3高新技术企业18家。", "18家", HTE, 18), division_code="650400")
    run(home, stage(tmp_path / "batch", formula))
    text = written(home, tmp_path / "report.html")
    starts = re.findall(r"(?:<td[^>]*>|<th[^>]*>|<br>|<b>|<q>|<span class=\"where\">)\s*([^<\s]+)", text)
    assert {unescape(start) for start in starts if "+" in start} >= {"'=1+1.txt", "'=2+2局", "'=3+3高新技术企业"}
    assert [start for start in starts if start.startswith("=")] == []


def test_every_link_leads_somewhere_and_every_id_is_there_once(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {attributes["href"] for attributes in page.all("a")} <= {f"#{name}" for name in ids}


@pytest.mark.parametrize(
    ("sentence", "figure", "entry"),
    [
        ("全区高新技术企业1218家。", "1,218", "甲市科技局 2024 high_tech_enterprises(中文)：1,218 家"),
        ("没有发生行政诉讼案件。", "0", "甲市科技局 2024 administrative_litigation_cases(中文)：0 件"),
        ("其中住宿类7家", "仅有部分", "甲市科技局 2024 tech_smes(中文)：仅有部分"),
        ("科技型中小企业1000余家。", "超过 1,000", "乙市科技局 2024 tech_smes(中文)：超过 1,000 家"),
        ("举办培训3—5场。", "3～5", "乙市科技局 2024 training_sessions(中文)：3～5 场"),
        ("创新排名位居全省前三。", "至多 3", "甲市科技局 2024 innovation_ranking(中文)：至多 3 位"),
    ],
)
def test_each_figure_is_linked_to_its_sentence(page: Page, sentence: str, figure: str, entry: str) -> None:
    assert page.entry(sentence).startswith(f"{entry} {sentence}")
    (anchor,) = (name for name, said_ in page.texts.items() if name.startswith("f-") and sentence in said_)
    assert page.links[f"#{anchor}"] == figure
    assert any(sentence in link.get("title", "") for link in page.all("a") if link["href"] == f"#{anchor}")


def test_the_quantity_is_marked_where_it_stands_in_the_sentence(text: str) -> None:
    assert "<q>全区高新技术企业<mark>1218家</mark>。</q>" in text
    assert "<q>没有发生<mark>行政诉讼案件</mark>。</q>" in text


def test_what_was_read_is_counted_by_state_and_doubts_are_named(page: Page) -> None:
    sources = " ".join(page.texts["sources"].split())
    assert "4 已读取 1 已读取，身份待核 1 未能读取" in sources
    assert sources.index("photo.txt") < sources.index("nameless") < sources.index("alpha")
    assert "未能读取：不是文本" in sources
    assert "已读取，身份待核：行政区划不明" in sources


def test_what_is_not_said_is_no_zero_and_what_conflicts_is_marked(page: Page, text: str) -> None:
    assert '<td class="number none" title="未提及">·</td>' in text
    assert '<span class="mark" title="另有 1 处提法不一致">≠</span>' in text
    findings = " ".join(page.texts["findings"].split())
    assert "同一文件前后不一 乙市科技局 2024" in findings
    assert "行政诉讼2件。" in findings
    assert "行政诉讼案件共5件。" in findings


def test_bars_compare_exact_figures_of_settled_bureaus(page: Page) -> None:
    assert len(page.all("svg")) == 1
    assert [bar["width"] for bar in page.all("rect")] == ["300", "7", "4"]


def test_wide_families_are_cut_into_tables_and_long_ones_say_what_they_left_out(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "COLUMNS_AT_ONCE", 1)
    monkeypatch.setattr(content, "LINES_AT_MOST", 2)
    monkeypatch.setattr(content, "SOURCES_AT_MOST", 4)
    monkeypatch.setattr(content, "FINDINGS_AT_MOST", 0)
    page = parsed(written(home, tmp_path / "cut.html"))
    enterprises = page.texts["family-enterprises"]
    assert enterprises.count("年度") == 3  # the heads of two tables, and the notice
    assert "另有 3 行（单位和年度）未列" in enterprises
    assert "另有 2 份来源未列" in page.texts["sources"]
    assert "另有 1 条未列" in page.texts["findings"]


def test_equal_warehouses_give_equal_bytes(home: Home, tmp_path: Path, text: str) -> None:
    assert written(home, tmp_path / "again.html") == text


def test_an_empty_warehouse_gives_a_page_that_says_so(tmp_path: Path) -> None:
    home = Home.at(tmp_path / "home")
    run(home, stage(tmp_path / "batch"))
    page = parsed(written(home, tmp_path / "empty.html"))
    assert "没有发现相互矛盾的数值" in page.texts["findings"]
    assert "0 已读取" in " ".join(page.texts["sources"].split())


def test_a_page_that_cannot_be_written_leaves_nothing_behind(home: Home, tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    with open_read_only(home) as connection, pytest.raises(ExportError, match=r"cannot write .*report\.html"):
        export_report(connection, tmp_path / "report.html")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize(
    ("kind", "terms"),
    [
        ("measure", set(Measure)),
        ("scope", set(Scope)),
        ("qualifier", set(Qualifier)),
        ("confidence", set(Confidence)),
        ("rejection", {*RejectionReason, "duplicate_document"}),
        ("check", {file.name for file in audit_checks()}),
        ("family", {path.stem for path in (Path(__file__).parent.parent / "src").rglob("catalogue/metrics/*.toml")}),
    ],
)
def test_every_coded_term_has_a_chinese_word(kind: str, terms: set[str]) -> None:
    assert terms
    assert wording()[kind].keys() == terms
