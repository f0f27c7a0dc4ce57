"""The workbook, read back from its XML: numbers that are numbers, text that is text, a sentence behind each figure."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from staged_records import report, run, said, stage

from bureau_metrics.exports import ExportError
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import open_read_only
from bureau_metrics.workbook import export_workbook, sheet

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HTE = "high_tech_enterprises"
ALPHA = report(
    "alpha",
    "=1+1市科学技术局",
    said("现有高新技术企业1218家。", "1218家", HTE, 1218),
    said("高新技术企业同比增长9.3%。", "9.3%", HTE, "9.3", measure="growth"),
    said("科技型中小企业1000余家。", "1000余家", "tech_smes", 1000, lower=1000, qualifier="more_than"),
    said("投入研发经费12345678901234567.89元。", "12345678901234567.89元", "rnd_expenditure", "12345678901234567.89"),
    said("没有发生\x00行政诉讼案件。", "行政诉讼案件", "administrative_litigation_cases", 0),
)
BETA = report(
    "beta",
    "乙市科学技术局",
    said("举办培训3—5场。", "3—5场", "training_sessions", None, lower=3, upper=5, qualifier="range"),
    said("投入研发经费21.7亿元。", "21.7亿元", "rnd_expenditure", "2170000000"),
    division_code="650200",
)


@dataclass(frozen=True)
class Cell:
    """A cell as a spreadsheet reads it: its text or number as written, whether it is a number, its number format."""

    text: str
    is_number: bool
    number_format: str


@dataclass(frozen=True)
class Sheet:
    """A worksheet: cells by reference, comments by reference, and the whole XML."""

    cells: dict[str, Cell]
    comments: dict[str, str]
    xml: str

    def row(self, number: int) -> dict[str, Cell]:
        """The cells of a row, by what stands in the same column of row 2."""
        names = {
            re.sub(r"\d", "", place): cell.text for place, cell in self.cells.items() if re.fullmatch("[A-Z]+2", place)
        }
        return {names[column]: self.cells[f"{column}{number}"] for column in names if f"{column}{number}" in self.cells}

    def place(self, name: str, row: int) -> str:
        (column,) = (
            re.sub(r"\d", "", place)
            for place, cell in self.cells.items()
            if re.fullmatch("[A-Z]+2", place) and cell.text == name
        )
        return f"{column}{row}"


def read(path: Path) -> dict[str, Sheet]:
    """All sheets by name. ElementTree is strict: what it cannot parse, Excel would call damaged."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees = {name: ET.fromstring(data) for name, data in parts.items() if name.endswith((".xml", ".vml"))}
    strings = ["".join(item.itertext()) for item in trees["xl/sharedStrings.xml"]]
    names = [sheet.get("name", "") for sheet in trees["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    formats = number_formats(trees["xl/styles.xml"])
    sheets = {}
    for number, name in enumerate(names, start=1):
        xml = parts[f"xl/worksheets/sheet{number}.xml"].decode()
        assert "<f>" not in xml
        cells = {
            cell.get("r", ""): Cell(
                strings[int(value)] if cell.get("t") == "s" else value,
                cell.get("t") is None,
                formats[int(cell.get("s", "0"))],
            )
            for cell in trees[f"xl/worksheets/sheet{number}.xml"].iter(f"{MAIN}c")
            if (value := cell.findtext(f"{MAIN}v")) is not None
        }
        notes = trees.get(f"xl/comments{number}.xml", ET.Element("none"))
        comments = {note.get("ref", ""): "".join(note.itertext()) for note in notes.iter(f"{MAIN}comment")}
        sheets[name] = Sheet(cells, comments, xml)
    return sheets


def number_formats(styles: ET.Element) -> list[str]:
    own = {item.get("numFmtId"): item.get("formatCode", "") for item in styles.iter(f"{MAIN}numFmt")}
    built_in = {"0": "General", "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "49": "@"}
    used = styles.find(f"{MAIN}cellXfs")
    assert used is not None
    return [{**built_in, **own}[style.get("numFmtId")] for style in used]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("workbook")
    home = Home.at(folder / "home")
    run(home, stage(folder / "batch", ALPHA, BETA, report("silent", "丙局", division_code="650300", content=b"-")))
    return home


def write(home: Home, path: Path) -> Path:
    with open_read_only(home) as connection:
        assert export_workbook(connection, path) == 3
    return path


@pytest.fixture(scope="module")
def book(home: Home, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sheet]:
    return read(write(home, tmp_path_factory.mktemp("written") / "cross_bureau.xlsx"))


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        (3, "bureau", Cell("=1+1市科学技术局", False, "General")),
        (3, "year", Cell("2024", True, "0")),
        (3, "division_code", Cell("650100", False, "General")),
        (3, HTE, Cell("1218", True, "#,##0")),
        (3, f"{HTE}:growth", Cell("9.3", True, "#,##0.0")),
        (3, "tech_smes", Cell("1000", True, "#,##0")),
        (3, "tech_smes:bound", Cell("超过", False, "General")),
        (3, "rnd_expenditure", Cell("12345678901234567.89", False, "@")),
        (3, "administrative_litigation_cases", Cell("0", True, "#,##0")),
        (4, "rnd_expenditure", Cell("2170000000", True, "#,##0")),
        (4, "training_sessions:bound", Cell("3～5", False, "General")),
        (4, "training_sessions", None),
        (4, HTE, None),
        (5, "bureau", Cell("丙局", False, "General")),
        (5, HTE, None),
    ],
)
def test_a_figure_is_a_number_where_a_spreadsheet_keeps_it_exactly(
    book: dict[str, Sheet], row: int, column: str, expected: Cell | None
) -> None:
    assert book["横向对照"].row(row).get(column) == expected


@pytest.mark.parametrize(
    ("column", "heading"),
    [
        (HTE, f"{HTE}(中文)（家）"),
        (f"{HTE}:growth", f"{HTE}(中文)·增速（%）"),
        ("tech_smes:bound", "读法"),
        ("bureau", "单位"),
    ],
)
def test_above_each_code_stands_what_it_is_called(book: dict[str, Sheet], column: str, heading: str) -> None:
    table = book["横向对照"]
    assert table.cells[table.place(column, 1)].text == heading


@pytest.mark.parametrize(
    ("column", "row", "sentence", "document"),
    [
        (HTE, 3, "现有高新技术企业1218家。", "alpha"),
        ("administrative_litigation_cases", 3, "没有发生 行政诉讼案件。", "alpha"),
        ("training_sessions:bound", 4, "举办培训3—5场。", "beta"),
    ],
)
def test_behind_each_figure_stands_its_sentence(
    book: dict[str, Sheet], column: str, row: int, sentence: str, document: str
) -> None:
    table = book["横向对照"]
    lines = table.comments[table.place(column, row)].split("\n")
    assert lines[0] == sentence
    assert lines[2] == f"— {document}"
    assert re.fullmatch("— [0-9a-f]{16}", lines[3])
    assert len(table.comments) == 7


def test_headers_stay_in_sight_and_filter(book: dict[str, Sheet]) -> None:
    xml = book["横向对照"].xml
    assert '<pane xSplit="2" ySplit="2" topLeftCell="C3"' in xml
    assert re.search(r'<autoFilter ref="A2:[A-Z]+5"/>', xml)


def test_each_sheet_prints_across_with_its_headers_on_each_page(book: dict[str, Sheet]) -> None:
    for sheet_xml in (listing.xml for name, listing in book.items() if name != "说明"):
        assert 'orientation="landscape"' in sheet_xml
        assert "<oddFooter>&amp;C&amp;P / &amp;N</oddFooter>" in sheet_xml


def test_the_notes_say_what_a_reading_means_and_how_the_csv_writes_it(book: dict[str, Sheet]) -> None:
    notes = [cell.text.strip() for cell in book["说明"].cells.values()]
    assert "超过（more_than）：超过该数" in notes
    assert "3～5（range 3..5）：没有单一数值，只有上下限" in notes


def test_the_code_book_has_a_sheet(book: dict[str, Sheet]) -> None:
    assert list(book) == ["横向对照", "核查发现", "指标代码本", "来源", "说明"]
    codes = book["指标代码本"]
    rows = {cell.text: place[1:] for place, cell in codes.cells.items() if place.startswith("B")}
    line = [codes.cells[f"{column}{rows['law_exam_pass_rate']}"].text for column in "ABCDEFGH"]
    assert line == [
        "理论与法治学习 study", "law_exam_pass_rate", "law_exam_pass_rate(中文)", "Law exam pass rate", "%",
        "比率 ratio", "本部门 bureau", "否",
    ]  # fmt: skip
    assert codes.cells[f"J{rows['rnd_expenditure']}"] == Cell("2", True, "#,##0")


def test_beyond_the_limit_figures_have_no_comment_and_the_notes_say_so(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, book: dict[str, Sheet]
) -> None:
    assert not any("批注共" in cell.text for cell in book["说明"].cells.values())
    monkeypatch.setattr(sheet, "COMMENTS_AT_MOST", 2)
    limited = read(write(home, tmp_path / "limited.xlsx"))
    assert len(limited["横向对照"].comments) == 2
    assert any("批注共 2 条" in cell.text and "其余 5 个" in cell.text for cell in limited["说明"].cells.values())


def test_equal_warehouses_give_equal_bytes(home: Home, tmp_path: Path) -> None:
    assert write(home, tmp_path / "a.xlsx").read_bytes() == write(home, tmp_path / "b.xlsx").read_bytes()


def test_a_workbook_without_figures_is_a_header(tmp_path: Path) -> None:
    home = Home.at(tmp_path / "home")
    run(home, stage(tmp_path / "batch"))
    with open_read_only(home) as connection:
        assert export_workbook(connection, tmp_path / "empty.xlsx") == 0
    assert [cell.text for cell in read(tmp_path / "empty.xlsx")["横向对照"].row(2).values()][:2] == ["bureau", "year"]


def test_a_workbook_that_cannot_be_written_leaves_nothing_behind(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken.xlsx").mkdir()
    monkeypatch.setattr(sheet, "COLUMNS_AT_MOST", 9)
    with open_read_only(home) as connection, pytest.raises(ExportError, match="too many for a worksheet"):
        export_workbook(connection, tmp_path / "wide.xlsx")
    monkeypatch.undo()
    with open_read_only(home) as connection, pytest.raises(ExportError, match=r"cannot write .*taken\.xlsx"):
        export_workbook(connection, tmp_path / "taken.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["taken.xlsx"]


GAMMA = report(
    "=1+1.txt",
    "丙市科学技术局",
    said("＝现有高新技术企业18家。", "18家", HTE, 18),
    said("-目前高新技术企业达25家。", "25家", HTE, 25),
    said("研发经费-5.25元。", "-5.25元", "rnd_expenditure", "-5.25"),
)
# The sheets in the order of the workbook, as LibreOffice names their CSV files.
SHEETS = ("横向对照", "核查发现", "指标代码本", "来源", "说明")


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audited")
    home = Home.at(folder / "home")
    run(home, stage(folder / "batch", GAMMA, BETA), audited=True)
    with open_read_only(home) as connection:
        export_workbook(connection, folder / "audited.xlsx")
    return folder / "audited.xlsx"


def under_headings(listing: Sheet, row: int) -> dict[str, str]:
    """The cells of a row by what stands above them in the first."""
    columns = {re.sub(r"\d", "", place): cell.text for place, cell in listing.cells.items() if place[1:] == "1"}
    return {
        name: listing.cells[f"{column}{row}"].text
        for column, name in columns.items()
        if f"{column}{row}" in listing.cells
    }


def test_a_finding_has_both_figures_and_both_sentences(audited: Path) -> None:
    findings = read(audited)["核查发现"]
    assert '<pane xSplit="3" ySplit="1"' in findings.xml
    found = under_headings(findings, 2)
    assert (found["问题"], found["单位"], found["年度"]) == ("同一文件前后不一", "丙市科学技术局", "2024")
    assert (found["数值与单位"], found["原句"]) == ("18 家", "＝现有高新技术企业18家。")
    assert (found["与之不符的数值"], found["与之不符的原句"]) == ("25 家", "-目前高新技术企业达25家。")
    assert re.fullmatch("[0-9a-f]{16}", found["事实编号"])


def test_a_row_is_as_high_as_its_longest_text(tmp_path: Path) -> None:
    long = f"现有高新技术企业18家，{'其中本年新认定的企业运行平稳、' * 5}比上年多。"
    home = Home.at(tmp_path / "home")
    said_twice = (said(long, "18家", HTE, 18), said("高新技术企业达25家。", "25家", HTE, 25))
    run(home, stage(tmp_path / "batch", report("long", "丁市科学技术局", *said_twice)), audited=True)
    with open_read_only(home) as connection:
        export_workbook(connection, tmp_path / "long.xlsx")
    findings = read(tmp_path / "long.xlsx")["核查发现"].xml
    assert re.search(
        '<row r="2" [^>]*ht="80[.0-9]*" customHeight="1">', findings
    )  # 182 half characters in lines of 42: five


def test_each_document_is_a_source_with_the_hash_of_its_bytes(audited: Path) -> None:
    sources = read(audited)["来源"]
    assert '<pane xSplit="1" ySplit="1"' in sources.xml
    rows = [under_headings(sources, row) for row in (2, 3)]
    assert sorted(row["文件编号"] for row in rows) == ["=1+1.txt", "beta"]
    assert all(re.fullmatch("[0-9a-f]{64}", row["文件内容哈希（SHA-256）"]) for row in rows)


def test_text_that_looks_like_a_formula_stays_text_even_when_it_is_edited(audited: Path) -> None:
    with zipfile.ZipFile(audited) as archive:
        styles = ET.fromstring(archive.read("xl/styles.xml")).find(f"{MAIN}cellXfs")
        assert styles is not None
        quoted = {number for number, style in enumerate(styles) if style.get("quotePrefix") == "1"}
        strings = ["".join(item.itertext()) for item in ET.fromstring(archive.read("xl/sharedStrings.xml"))]
        cells = [
            (strings[int(cell.findtext(f"{MAIN}v") or "")], int(cell.get("s", "0")) in quoted)
            for name in archive.namelist()
            if name.startswith("xl/worksheets/sheet")
            for cell in ET.fromstring(archive.read(name)).iter(f"{MAIN}c")
            if cell.get("t") == "s"
        ]
    marked = {text for text, is_quoted in cells if is_quoted}
    assert marked == {"=1+1.txt", "=1+1.txt.txt", "＝现有高新技术企业18家。", "-目前高新技术企业达25家。"}
    assert not marked & {text for text, is_quoted in cells if not is_quoted}


def opened_in_libreoffice(path: Path, folder: Path) -> dict[str, list[list[str]]]:
    """Each sheet as LibreOffice reads it; skips where there is none, or one without its spreadsheet."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    # Comma, double quote, UTF-8, from the first row, text quoted, as shown, no formulas, all sheets.
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--norestore", "--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=False, capture_output=True, timeout=120)
    if not list(folder.glob("*.csv")) and not list(Path(program).resolve().parent.glob("libsclo.*")):
        pytest.skip("this LibreOffice has no spreadsheet program")
    sheets = {}
    for name in SHEETS:
        with (folder / f"{path.stem}-{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            sheets[name] = list(csv.reader(file))
    return sheets


def test_it_opens_in_libreoffice(audited: Path, tmp_path: Path) -> None:
    sheets = opened_in_libreoffice(audited, tmp_path)
    names, codes, *rows = sheets["横向对照"]
    gamma = dict(zip(codes, next(row for row in rows if row[0] == "丙市科学技术局"), strict=True))
    assert names[:2] == ["单位", "年度"]
    assert (gamma["year"], gamma[HTE], gamma["rnd_expenditure"]) == ("2024", "18", "-5.25")
    beta = dict(zip(codes, next(row for row in rows if row[0] == "乙市科学技术局"), strict=True))
    assert beta["rnd_expenditure"].replace(",", "") == "2170000000"  # the comma is a matter of its language
    assert "＝现有高新技术企业18家。" in sheets["核查发现"][1]
    assert "=1+1.txt" in [row[0] for row in sheets["来源"]]
    assert len(sheets["指标代码本"]) == 9
