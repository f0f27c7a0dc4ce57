"""The review workbook, out and back: what is doubtful, what a person fills in, and what is refused."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import CommandLine

from bureau_metrics.pipeline import RunRequest, apply_review, run_direct
from bureau_metrics.review import ReviewError, export_review_workbook
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import open_read_only, run_query

REPORT = """常德市科学技术局2024年法治政府建设年度报告
一、主要工作
2024年，全年召开局党组会29次。受理投诉举报140件。事项办结率为103%。行政处罚案件30件。
"""
UNKNOWN = (
    "市民政局2024年工作总结\n一、情况\n2024年，我局召开党组会12次。检查养老机构96家次，各项任务按期完成，"
    "群众对低保、养老和殡葬服务的评价稳步向好，基层工作人员的业务能力有了明显提高。\n"
)
FIGURES, DOCUMENTS = "数字", "单位与年度"
NAME = {"reviewer": "王"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two reports, a home with them, and a workbook of its doubts and all figures of the first report."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "sources").mkdir()
    (folder / "sources" / "a.txt").write_text(REPORT, encoding="utf-8")
    (folder / "sources" / "b.txt").write_text(UNKNOWN, encoding="utf-8")
    run_direct(RunRequest((str(folder / "sources"),), folder / "home"))
    exported(Home.at(folder / "home"), folder / "review.xlsx", documents=["a.txt"])
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of all that."""
    return shutil.copytree(made, tmp_path / "copy", symlinks=True)


@pytest.fixture
def home(folder: Path) -> Home:
    return Home.at(folder / "home")


def exported(home: Home, path: Path, **options: Any) -> Path:
    with open_read_only(home) as connection:
        export_review_workbook(connection, path, **options)
    return path


class Workbook:
    """An exported workbook that somebody fills in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def rows(self, sheet: str) -> list[dict[str, Any]]:
        names = [cell.value for cell in self.book[sheet][2]]
        return [
            dict(zip(names, row, strict=True)) | {"row": number}
            for number, row in enumerate(self.book[sheet].iter_rows(min_row=3, values_only=True), start=3)
        ]

    def fill(self, sheet: str, row: int, **cells: Any) -> None:
        names = [cell.value for cell in self.book[sheet][2]]
        for name, value in cells.items():
            self.book[sheet].cell(row, names.index(name) + 1).value = value

    def row_of(self, figure: str, sheet: str = FIGURES) -> int:
        return next(row["row"] for row in self.rows(sheet) if row["figure"] == figure)

    def saved(self) -> Path:
        self.book.save(self.path)
        return self.path


@pytest.fixture
def workbook(folder: Path) -> Workbook:
    return Workbook(folder / "review.xlsx")


def figure(home: Home, text: str, columns: str = "CAST(value AS VARCHAR)") -> list[tuple[object, ...]]:
    return run_query(home, f"SELECT {columns} FROM observation WHERE text = $text", {"text": text}).rows


class TestExport:
    def test_holds_what_is_doubtful_and_why(self, home: Home, tmp_path: Path) -> None:
        rows = Workbook(exported(home, tmp_path / "r.xlsx")).rows(FIGURES)
        said = {row["figure"]: (row["document_id"], row["sentence"], row["doubt"].partition("：")[0]) for row in rows}
        assert said["103%"] == ("a.txt", "事项办结率为103%。", "比率超出 0～100%")
        assert "29次" not in said

    def test_says_which_identity_is_in_doubt(self, workbook: Workbook) -> None:
        (row,) = workbook.rows(DOCUMENTS)
        assert (row["document_id"], row["doubt"], row["report_year"]) == ("b.txt", "行政区划不明", 2024)

    def test_answers_are_chosen_from_lists(self, workbook: Workbook) -> None:
        lists = [rule.formula1 for rule in workbook.book[FIGURES].data_validations.dataValidation]
        assert '"接受,剔除,更正,撤销"' in lists
        assert '"存量,当年量,增速,增减,比率,位次"' in lists

    def test_equal_warehouses_give_equal_bytes(self, home: Home, tmp_path: Path) -> None:
        first, second = (exported(home, tmp_path / name).read_bytes() for name in ("1.xlsx", "2.xlsx"))
        assert first == second

    def test_text_never_runs_as_a_formula(self, tmp_path: Path) -> None:
        folder = tmp_path / "s"
        folder.mkdir()
        (folder / "=1+1.txt").write_text(UNKNOWN, encoding="utf-8")
        run_direct(RunRequest((str(folder),), tmp_path / "h"))
        book = openpyxl.load_workbook(exported(Home.at(tmp_path / "h"), tmp_path / "r.xlsx"))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert any(cell.value == "=1+1.txt" for cell in cells)
        assert {cell.data_type for cell in cells} <= {"s", "n"}


class TestApply:
    def test_a_correction_changes_the_tables(self, home: Home, workbook: Workbook) -> None:
        row = workbook.row_of("140件")
        workbook.fill(FIGURES, row, decision="更正", value_new=1400, year_new=2023, reason="原件是1400", **NAME)
        apply_review(home, workbook.saved())
        columns = "CAST(value AS INTEGER), year, review, confidence"
        assert figure(home, "140件", columns) == [(1400, 2023, "corrected", "high")]
        assert "1400" in (home.exports / "observations.csv").read_text(encoding="utf-8-sig")

    def test_a_rejected_figure_leaves_the_tables(self, home: Home, workbook: Workbook) -> None:
        workbook.fill(FIGURES, workbook.row_of("29次"), decision="剔除", reason="是计划", **NAME)
        apply_review(home, workbook.saved())
        assert figure(home, "29次") == []

    def test_an_accepted_figure_leaves_the_queue(self, home: Home, workbook: Workbook, tmp_path: Path) -> None:
        workbook.fill(FIGURES, workbook.row_of("103%"), decision="接受", **NAME)
        apply_review(home, workbook.saved())
        again = Workbook(exported(home, tmp_path / "again.xlsx"))
        assert "103%" not in [row["figure"] for row in again.rows(FIGURES)]
        decided = Workbook(exported(home, tmp_path / "all.xlsx", with_decided=True))
        doubts = {row["figure"]: row["doubt"] for row in decided.rows(FIGURES)}
        assert doubts["103%"].endswith("已处理：接受")

    def test_a_decision_can_be_taken_back(self, home: Home, workbook: Workbook) -> None:
        row = workbook.row_of("29次")
        workbook.fill(FIGURES, row, decision="剔除", reason="是计划", **NAME)
        apply_review(home, workbook.saved())
        workbook.fill(FIGURES, row, decision="撤销", reason=None)
        apply_review(home, workbook.saved())
        assert figure(home, "29次") == [("29.0000000000",)]

    def test_applying_twice_changes_nothing(self, home: Home, workbook: Workbook) -> None:
        workbook.fill(FIGURES, workbook.row_of("29次"), decision="更正", value_new=28, reason="漏记", **NAME)
        first = apply_review(home, workbook.saved())
        second = apply_review(home, workbook.path)
        assert (first.published, first.counts.new, second.published, second.counts.changed) == (True, 1, False, False)

    def test_an_open_figure_is_given_its_metric(self, home: Home, workbook: Workbook) -> None:
        row = workbook.row_of("140件")
        workbook.fill(FIGURES, row, decision="更正", metric_new="信访件数", reason="是信访", **NAME)
        apply_review(home, workbook.saved())
        assert figure(home, "140件", "metric, unit") == [("petition_cases", "件")]

    def test_a_decided_identity_is_taken_by_the_next_run(self, home: Home, workbook: Workbook, folder: Path) -> None:
        workbook.fill(DOCUMENTS, 3, decision="更正", division_new="嵩县", year_new=2023, reason="来函", **NAME)
        assert apply_review(home, workbook.saved()).documents == 1
        run_direct(RunRequest((str(folder / "sources"),), home.root))
        sql = "SELECT bureau, division_code, report_year FROM extraction_shown WHERE document_id = 'b.txt'"
        assert run_query(home, sql).rows == [("嵩县民政局", "410325", 2023)]

    def test_a_manifest_overrules_a_decision(self, home: Home, workbook: Workbook, folder: Path) -> None:
        workbook.fill(DOCUMENTS, 3, decision="更正", division_new="嵩县", year_new=2023, reason="来函", **NAME)
        apply_review(home, workbook.saved())
        (folder / "m.csv").write_text("file,division\nb.txt,义马市\n", encoding="utf-8")
        run_direct(RunRequest((str(folder / "sources"),), home.root, manifest=folder / "m.csv"))
        sql = "SELECT division_code, report_year FROM extraction_shown WHERE document_id = 'b.txt'"
        assert run_query(home, sql).rows == [("411281", 2023)]


def _damage_the_key(book: Workbook) -> None:
    row = book.row_of("29次")
    key = book.rows(FIGURES)[row - 3]["key"]
    book.fill(FIGURES, row, decision="接受", key=key.replace("a.txt", "b.txt"), **NAME)


def _twice(book: Workbook) -> None:
    rows = [book.row_of("29次"), book.row_of("103%")]
    key = book.rows(FIGURES)[rows[0] - 3]["key"]
    for row in rows:
        book.fill(FIGURES, row, decision="接受", key=key, **NAME)


def _in_no_division(book: Workbook) -> None:
    book.fill(DOCUMENTS, 3, decision="更正", division_new="桃源乡", reason="x", **NAME)


def filling(figure_: str, **cells: Any) -> Callable[[Workbook], None]:
    return lambda book: book.fill(FIGURES, book.row_of(figure_), **{**NAME, **cells})


WRONG: list[tuple[str, Callable[[Workbook], None], str]] = [
    ("an unknown decision", filling("29次", decision="接收"), "'接收' is no decision: choose one of 接受、剔除、更正"),
    ("a correction of nothing", filling("29次", decision="更正", reason="x"), "nothing is corrected"),
    ("a correction without its decision", filling("29次", value_new=3), "处理 is empty"),
    ("a correction under another decision", filling("29次", decision="接受", value_new=3), "处理 is not 更正"),
    ("words for a number", filling("29次", decision="更正", value_new="许多", reason="x"), "'许多' is no number"),
    ("too many decimals", filling("29次", decision="更正", value_new="0.12345678901", reason="x"), "more digits"),
    ("no year", filling("29次", decision="更正", year_new=24, reason="x"), "24 is no year"),
    ("no metric", filling("29次", decision="更正", metric_new="会", reason="x"), "会 is no metric"),
    ("another unit", filling("29次", decision="更正", metric_new="投诉举报件数", reason="x"), "in 件, the figure"),
    ("no measure", filling("29次", decision="更正", measure_new="总量", reason="x"), "'总量' is none of 存量、当年量"),
    ("no reason", filling("29次", decision="剔除"), "理由 is empty"),
    ("nobody's decision", filling("29次", decision="接受", reviewer=None), "审核人 is empty"),
    ("a damaged key", _damage_the_key, "its last column was changed"),
    ("the same figure twice", _twice, "is about the same"),
    ("a wrong division", _in_no_division, "no division"),
]  # fmt: skip


@pytest.mark.parametrize(("fill", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_mistake_is_named_with_its_row_and_nothing_is_applied(
    home: Home, workbook: Workbook, fill: Callable[[Workbook], None], said: str
) -> None:
    workbook.fill(FIGURES, workbook.row_of("140件"), decision="剔除", reason="x", **NAME)  # a good row beside it
    fill(workbook)
    with pytest.raises(ReviewError, match=r"nothing was applied: sheet (?:数字|单位与年度), row \d+: ") as error:
        apply_review(home, workbook.saved())
    assert said in str(error.value)
    assert run_query(home, "SELECT count(*) FROM review_decision").rows == [(0,)]


def test_another_warehouse_has_no_such_figure(home: Home, workbook: Workbook, tmp_path: Path) -> None:
    workbook.fill(FIGURES, workbook.row_of("29次"), decision="接受", **NAME)
    other = tmp_path / "other"
    other.mkdir()
    (other / "c.txt").write_text(REPORT, encoding="utf-8")
    run_direct(RunRequest((str(other),), tmp_path / "elsewhere"))
    with pytest.raises(ReviewError, match="has no such figure"):
        apply_review(Home.at(tmp_path / "elsewhere"), workbook.saved())


def _a_column_is_gone(book: Workbook) -> None:
    book.book[FIGURES].delete_cols(19)


BROKEN: list[tuple[str, Callable[[Path], None], str]] = [
    ("no file", lambda path: path.unlink(), "no such file"),
    ("a text", lambda path: path.write_bytes(b"figures") and None, "no Excel workbook"),
    ("a cut workbook", lambda path: path.write_bytes(path.read_bytes()[:3000]) and None, "no Excel workbook"),
]


@pytest.mark.parametrize(("damage", "said"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_file_changes_nothing(
    home: Home, workbook: Workbook, damage: Callable[[Path], None], said: str
) -> None:
    damage(workbook.path)
    with pytest.raises(ReviewError, match=said):
        apply_review(home, workbook.path)


def test_bureau_figure_and_sentence_stay_in_sight(workbook: Workbook) -> None:
    sheet = workbook.book[FIGURES]
    assert [cell.value for cell in sheet[2]][:3] == ["bureau", "figure", "sentence"]
    assert sheet.freeze_panes == "D3"
    assert sheet.print_title_rows == "$1:$2"


def test_a_column_that_is_gone_is_named(home: Home, workbook: Workbook) -> None:
    _a_column_is_gone(workbook)
    with pytest.raises(ReviewError, match="row 2: the column decision is gone"):
        apply_review(home, workbook.saved())


def test_the_verbs(home: Home, tmp_path: Path, command_line: CommandLine) -> None:
    path = tmp_path / "r.xlsx"
    assert command_line("review", "export", "--to", path, "--home", home.root).err.endswith(" to look at\n")
    book = Workbook(path)
    book.fill(FIGURES, book.row_of("103%"), decision="接受")
    outcome = command_line("review", "apply", book.saved(), "--reviewer", "李", "--home", home.root)
    assert (outcome.code, outcome.err) == (0, "1 decided, 1 rows new, 0 replaced\n")
    assert run_query(home, "SELECT reviewer FROM review_decision").rows == [("李",)]
    broken = command_line("review", "apply", tmp_path / "absent.xlsx", "--home", home.root)
    assert (broken.code, broken.err.count("\n")) == (1, 1)
