"""Whatever lies in a folder ends in a stated outcome: what attacks is refused with its reason, what is odd is read."""

from __future__ import annotations

import base64
import gzip
import io
import os
import subprocess
import sys
import tarfile
import time
import tracemalloc
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from archive_files import raw_zip, stored, tarred, tarred_as, zipped
from conftest import CommandLine  # noqa: TC002 - as in the other tests
from word_files import docx, paragraph

from bureau_metrics import extract
from bureau_metrics.guarded_reading import guarded_document
from bureau_metrics.models import RejectionReason
from bureau_metrics.pipeline import RunRequest, RunSummary, State, run_direct
from bureau_metrics.reading import ReadingLimits, UnreadableDocument
from bureau_metrics.reading.archives.members import member_bytes

MEGABYTE = 1 << 20
GIGABYTE = 1 << 30
LINES = (
    "常州市科学技术局",
    "2024年法治政府建设年度报告",
    "2024年，我局全年召开局党组会29次，制定规范性文件3件，组织执法人员参加培训，依法履行各项职责。",
    "2025年1月21日",
)
REPORT = "\n".join(LINES)
PAGE = "<html><head><meta charset={}><title>报告</title></head><body>" + "".join(f"<p>{line}</p>" for line in LINES)
LIMITS = ReadingLimits(memory_bytes=128 * MEGABYTE)
IN_HASTE = ReadingLimits(seconds=0.3)
WORD = docx(*map(paragraph, LINES))


def refusal(data: bytes, limits: ReadingLimits = LIMITS) -> RejectionReason:
    with pytest.raises(UnreadableDocument) as caught:
        guarded_document(data, name="report", document_id="report", limits=limits)
    assert caught.value.detail.isprintable()
    assert caught.value.hint
    return caught.value.reason


def text_of(data: bytes) -> str:
    return guarded_document(data, name="report", document_id="report", limits=ReadingLimits()).text


def pdf(*objects: bytes) -> bytes:
    """A PDF file of objects numbered from 1; a reader finds them without a table of where they stand."""
    numbered = b"".join(b"%d 0 obj%s endobj\n" % (number, body) for number, body in enumerate(objects, 1))
    return b"%PDF-1.7\n" + numbered + b"trailer<</Root 1 0 R/Size 99>>"


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(content), content)


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
PAGE_OF_PDF = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %s/Resources<</XObject<</X 5 0 R>>>>>>"
BLANKS = zlib.compress(b" " * (10 * MEGABYTE), 9)


def pdf_of_one_stream_a_thousand_times() -> bytes:
    contents = b"[" + b"4 0 R " * 1000 + b"]"
    return pdf(CATALOGUE, ONE_PAGE, PAGE_OF_PDF % contents, stream(BLANKS, b"/Filter/FlateDecode"))


def pdf_with_its_filter_elsewhere() -> bytes:
    blanks = zlib.compress(b" " * (200 * MEGABYTE), 9)
    return pdf(CATALOGUE, ONE_PAGE, PAGE_OF_PDF % b"4 0 R", stream(blanks, b"/Filter 5 0 R"), b"/FlateDecode")


def pdf_of_forms_in_forms() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    forms = [stream(b"/X Do " * 10, form % (number + 1)) for number in range(5, 17)]
    last = stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return pdf(CATALOGUE, ONE_PAGE, PAGE_OF_PDF % b"4 0 R", stream(b"/X Do"), *forms, last)


def docx_that_begins(declaration: str, content: str) -> bytes:
    """A Word file whose text has a declaration before it."""
    changed = {}
    with zipfile.ZipFile(io.BytesIO(docx(paragraph(content)))) as archive:
        for name in archive.namelist():
            part = archive.read(name).decode()
            head, opened, rest = part.partition("<w:document")
            changed[name] = f"{head}{declaration}{opened}{rest}".encode() if opened else part.encode()
    return zipped(changed)


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(10))
    return docx_that_begins(f'<!DOCTYPE l [<!ENTITY l0 "ha">{entities}]>', "<w:r><w:t>&l10;</w:t></w:r>")


def outer_entity() -> bytes:
    return docx_that_begins('<!DOCTYPE l [<!ENTITY x SYSTEM "file:///dev/zero">]>', "<w:r><w:t>&x;</w:t></w:r>")


def quadratic() -> bytes:
    return docx_that_begins(f'<!DOCTYPE l [<!ENTITY x "{"a" * 50_000}">]>', f"<w:r><w:t>{'&x;' * 50_000}</w:t></w:r>")


def xlsx(sheet: bytes) -> bytes:
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    workbook = b'<workbook %s xmlns:r="%s"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>'
    relation = b'<Relationships><Relationship Id="r1" Type="%s/worksheet" Target="s.xml"/></Relationships>'
    return zipped({
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.xml": workbook % (space, office),
        "xl/_rels/workbook.xml.rels": relation % office,
        "xl/s.xml": b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (space, sheet),
    })  # fmt: skip


def page(markup: str) -> bytes:
    return (PAGE.format("utf-8") + markup).encode()


HOSTILE: list[tuple[str, Callable[[], bytes], RejectionReason]] = [
    ("entities in entities", laughs, RejectionReason.UNSAFE),
    ("a long entity many times", quadratic, RejectionReason.UNSAFE),
    ("an entity from elsewhere", outer_entity, RejectionReason.UNSAFE),
    ("100,000 elements deep", lambda: docx("<w:p>" * 100_000 + "</w:p>" * 100_000), RejectionReason.DAMAGED),
    ("a million tags", lambda: docx("<w:p/>" * 1_000_000), RejectionReason.TOO_LARGE),
    ("cells without end", lambda: xlsx((b"<row>" + b"<c/>" * 16_000 + b"</row>") * 200), RejectionReason.TOO_SLOW),
    ("tags without end", lambda: page("<div>" * 510_000), RejectionReason.TOO_LARGE),
    ("a page of references", lambda: page("&lt" * 8_000_000), RejectionReason.TOO_LARGE),
    ("braces without end", lambda: b"{\\rtf1" + b"{}" * 2_000_000 + b"}", RejectionReason.TOO_SLOW),
    ("braces in braces", lambda: b"{\\rtf1" + b"{" * 1_000_000, RejectionReason.DAMAGED),
    ("data of any length", lambda: b"{\\rtf1\\bin999999999 a}", RejectionReason.DAMAGED),
    ("one stream a thousand times", pdf_of_one_stream_a_thousand_times, RejectionReason.TOO_LARGE),
    ("a filter that stands elsewhere", pdf_with_its_filter_elsewhere, RejectionReason.TOO_LARGE),
    ("pages in pages", lambda: pdf(CATALOGUE, b"<</Type/Pages/Count 9/Kids[2 0 R]>>"), RejectionReason.DAMAGED),
]


@pytest.mark.parametrize(("make", "reason"), [pytest.param(*case[1:], id=case[0]) for case in HOSTILE])
def test_a_hostile_file_is_refused_and_the_next_one_is_read(make: Callable[[], bytes], reason: RejectionReason) -> None:
    assert refusal(make(), IN_HASTE if reason is RejectionReason.TOO_SLOW else LIMITS) == reason
    assert text_of(WORD).split("\n")[: len(LINES)] == list(LINES)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of one process")
def test_what_no_budget_counts_is_stopped_by_the_system() -> None:
    limits = ReadingLimits(seconds=1, memory_bytes=128 * MEGABYTE)
    assert refusal(pdf_of_forms_in_forms(), limits) in (RejectionReason.TOO_LARGE, RejectionReason.TOO_SLOW)
    assert text_of(WORD)


WEB_ARCHIVE = (
    b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html\n'
    b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(PAGE.format("utf-8").encode()) + b"\n--x--\n"
)
ODDITIES: list[tuple[str, bytes]] = [
    ("a web page named .doc", PAGE.format("utf-8").encode()),
    ("a web page of another encoding than it says", PAGE.format("utf-8").encode("gbk")),
    ("a web page that says GB 2312 and is UTF-8", PAGE.format("gb2312").encode()),
    ("a web page that says Latin and is GBK", PAGE.format("iso-8859-1").encode("gbk")),
    ("a web page in UTF-16", PAGE.format("utf-8").encode("utf-16")),
    ("a web page in UTF-16 without its mark", PAGE.format("utf-8").encode("utf-16-le")),
    ("a web archive", WEB_ARCHIVE),
    ("rich text", b"{\\rtf1\\ansi\\ansicpg936 " + b"\\par ".join(
        b"".join(b"\\'%02x" % byte for byte in line.encode("gbk")) for line in LINES) + b"}"),
    ("a Word file", WORD),
    ("text", REPORT.encode("gb18030")),
    ("text in UTF-16", REPORT.encode("utf-16")),
]  # fmt: skip


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in ODDITIES])
def test_a_file_is_what_it_holds_whatever_its_name_and_declarations(data: bytes) -> None:
    assert [line for line in LINES if line not in text_of(data)] == []


CUT_OFF = (RejectionReason.DAMAGED, RejectionReason.UNSUPPORTED_FORMAT)  # the latter before it says what it is


def test_a_file_that_was_cut_off_anywhere_is_refused() -> None:
    for end in range(len(b"PK\x03\x04"), len(WORD), 97):
        assert refusal(WORD[:end], ReadingLimits()) in CUT_OFF


def table_of_one_cell_a_row(rows: int) -> bytes:
    return xlsx(b"".join(b"<row><c><v>%d</v></c></row>" % number for number in range(rows)))


ENDLESS: list[tuple[str, bytes]] = [
    ("one numeral", f"{REPORT}\n{'亿' * 50_000}".encode()),
    ("a number with scales", f"{REPORT}\n9{'亿' * 200_000}".encode()),
    ("rows", table_of_one_cell_a_row(10_000)),
]


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in ENDLESS])
def test_what_goes_on_without_end_is_searched_in_proportion(data: bytes) -> None:
    document = guarded_document(data, name="report", document_id="report", limits=ReadingLimits())
    before = time.process_time()
    extract(document)
    assert time.process_time() - before < 5


def run(home: Path, *sources: Path, **limits: float) -> RunSummary:
    return run_direct(RunRequest(tuple(map(str, sources)), home, limits=ReadingLimits(**limits)))  # type: ignore[arg-type]


def outcomes(summary: RunSummary) -> dict[str, str]:
    return {Path(outcome.document_id).name: outcome.reason or outcome.state.value for outcome in summary.documents}


class TestRuns:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "reports"
        folder.mkdir()
        (folder / "good.txt").write_text(REPORT, encoding="utf-8")
        return folder

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")
    def test_what_is_no_file_is_named_and_the_rest_is_loaded(self, folder: Path, tmp_path: Path) -> None:
        os.mkfifo(folder / "pipe.txt")
        (folder / "device.txt").symlink_to("/dev/zero")
        (folder / "loop.txt").symlink_to("loop.txt")
        (folder / "folder.docx").mkdir()
        assert outcomes(run(tmp_path / "home", folder)) == {
            "good.txt": State.LOADED,
            "pipe.txt": RejectionReason.UNREADABLE,
            "device.txt": RejectionReason.UNREADABLE,
            "loop.txt": RejectionReason.UNREADABLE,
        }

    def test_a_file_beyond_the_limit_is_never_read(self, folder: Path, tmp_path: Path) -> None:
        for name in ("zeros.txt", "zeros.docx", "zeros.zip"):
            with (folder / name).open("wb") as file:
                file.write(b"PK\x03\x04" if name.endswith("zip") else b"")
                file.truncate(GIGABYTE)
        tracemalloc.start()
        found = outcomes(run(tmp_path / "home", folder))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert Counter(found.values()) == {State.LOADED: 1, RejectionReason.TOO_LARGE: 3}
        assert peak < 100 * MEGABYTE

    def test_tricks_with_paths_are_refused_and_nothing_is_written(self, folder: Path, tmp_path: Path) -> None:
        tricks = {
            "up.zip": zipped({"../../up.txt": b"x"}),
            "root.zip": zipped({"/tmp/root.txt": b"x"}),
            "drive.zip": raw_zip([stored(b"C:\\x.txt", b"x")]),
            "nul.zip": raw_zip([stored(b"a\0b.txt", b"x")]),
            "long.zip": raw_zip([stored(b"a" * 10_000, b"x")]),
            "link.zip": raw_zip([stored(b"a.txt", b"/etc/passwd", mode=0o120777)]),
            "up.tar": tarred({"../up.txt": b"x"}),
            "link.tar": tarred_as(tarfile.SYMTYPE),
            "hard.tar": tarred_as(tarfile.LNKTYPE),
            "device.tar": tarred_as(tarfile.CHRTYPE),
            "up.tar.gz": gzip.compress(tarred({"a/../../up.txt": b"x"})),
        }
        for name, data in tricks.items():
            (folder / name).write_bytes(data)
        before = set(tmp_path.rglob("*"))
        found = outcomes(run(tmp_path / "home", folder))
        assert found == {"good.txt": State.LOADED, **dict.fromkeys(tricks, RejectionReason.UNSAFE)}
        written = {path for path in set(tmp_path.rglob("*")) - before if tmp_path / "home" not in (path, *path.parents)}
        assert written == set()

    def test_names_that_are_honest_are_kept(self, folder: Path, tmp_path: Path) -> None:
        members = [
            stored("市科技局.txt".encode("gbk"), REPORT.encode()),
            stored(b"A.TXT", b"x"),
            stored(b"a.txt", b"y"),
        ]
        (folder / "names.zip").write_bytes(raw_zip(members))
        assert set(outcomes(run(tmp_path / "home", folder))) == {"good.txt", "市科技局.txt", "A.TXT", "a.txt"}


SETTINGS: list[tuple[str, str, str, bytes, str]] = [
    ("BYTES", "100", "report.txt", REPORT.encode(), "more than the limit of 100"),
    ("CHARACTERS", "20", "report.txt", REPORT.encode(), "more than the limit of 20"),
    ("UNPACKED_BYTES", "1000", "report.docx", WORD, "more than 1,000 bytes once unpacked"),
    ("UNPACKED_BYTES", "50", "reports.zip", zipped({"a.txt": REPORT.encode()}), "more than 50 bytes once unpacked"),
    ("PAGES", "1", "report.pdf", pdf(CATALOGUE, b"<</Type/Pages/Count 2/Kids[3 0 R 3 0 R]>>",
     PAGE_OF_PDF % b"4 0 R", stream(b"")), "more than 1 pages"),
    ("SECONDS", "0.2", "report.rtf", b"{\\rtf1" + b"{}" * 1_000_000 + b"}", "not read within 0.2 seconds"),
    ("MEMORY", str(64 * MEGABYTE), "report.docx", docx("<w:p/>" * 600_000), "more than 67,108,864 bytes of memory"),
]  # fmt: skip


def test_of_several_archives_one_is_held(tmp_path: Path) -> None:
    archives = [tmp_path / "a.zip", tmp_path / "b.zip"]
    for archive in archives:
        archive.write_bytes(zipped({f"{number}.txt": bytes(5 * MEGABYTE) for number in range(8)}))
    tracemalloc.start()
    for archive in archives:
        assert len(member_bytes(archive, archive / "7.txt", ReadingLimits())) == 5 * MEGABYTE
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60 * MEGABYTE


RUN, EXTRACT = ("run", "--direct"), ("extract",)


@pytest.mark.parametrize(
    ("verb", "name", "value", "file", "data", "said"),
    [
        pytest.param(verb, *case, id=f"{verb[0]} {case[0]} {case[2]}")
        for case in SETTINGS
        for verb in ((EXTRACT, RUN) if case[0] in ("BYTES", "SECONDS", "UNPACKED_BYTES") else (EXTRACT,))
    ],
)
def test_the_limits_that_a_person_sets_hold(
    verb: tuple[str, ...],
    name: str,
    value: str,
    file: str,
    data: bytes,
    said: str,
    command_line: CommandLine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / file).write_bytes(data)
    monkeypatch.setenv(f"BUREAU_METRICS_MAX_{name}", value)
    outcome = command_line(*verb, tmp_path / file, "--home", tmp_path / "home")
    assert said in outcome.out + outcome.err
    assert "Traceback" not in outcome.err
    assert outcome.code == 1


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no file without end")
def test_standard_input_without_end_is_given_up(tmp_path: Path) -> None:
    with Path("/dev/zero").open("rb") as zeros:
        done = subprocess.run(
            [sys.executable, "-m", "bureau_metrics", "extract", "-"],
            stdin=zeros,
            capture_output=True,
            timeout=20,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "BUREAU_METRICS_MAX_BYTES": "1000"},
            cwd=tmp_path,
        )
    assert b"more than the limit of 1,000" in done.stderr
    assert done.returncode == 1
