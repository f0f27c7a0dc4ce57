"""The same report gives the same facts, whatever format it comes in."""

import html
import io
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph as Typeset
from reportlab.platypus import SimpleDocTemplate
from word_files import docx, paragraph

from bureau_metrics.extraction import extract_document
from bureau_metrics.identity import identify
from bureau_metrics.models import Document
from bureau_metrics.reading import document_from_bytes

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def as_web_page(text: str, charset: str = "utf-8") -> bytes:
    title, *rest = lines_of(text)
    body = "\n".join(f"<p>　　{html.escape(line)}</p>" for line in rest)
    page = f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title>
<style>.hidden {{ display: none }}</style><script>var visits = 98765;</script></head><body>
<div class="nav"><a href="/">首页</a> <a href="/xxgk">信息公开</a> <a href="/zmhd">政民互动</a></div>
<div class="crumbs">您当前的位置：<a href="/">首页</a> &gt; <a href="/xxgk">法治政府建设</a></div>
<h1>{title}</h1><div class="info">浏览次数：<span id="hits">1286</span>　字号：大 中 小　打印本页</div>
<div class="TRS_Editor">{body}<p style="display:none">秘密数字4321家</p></div>
<div class="related">上一篇：<a href="1.html">2022年工作总结</a></div>
<div class="footer">主办单位：某某局　备案号：京ICP备05083456号　网站标识码3201000012</div></body></html>"""
    return page.encode(charset)


def as_word(text: str) -> bytes:
    return docx(*(paragraph(html.escape(line)) for line in lines_of(text)))


def as_pdf(text: str) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    target = io.BytesIO()
    document = SimpleDocTemplate(target, pagesize=A4, leftMargin=90, rightMargin=90)
    document.build([Typeset(html.escape(line), style) for line in lines_of(text)])
    return target.getvalue()


def as_workbook(text: str) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        sheet = workbook.add_worksheet("报告")
        for row, line in enumerate(lines_of(text)):
            sheet.write_string(row, 0, line)
    return target.getvalue()


FORMATS: dict[str, tuple[Callable[[str], bytes], str]] = {
    "GB18030": (lambda text: text.encode("gb18030"), "txt"),
    "UTF-16": (lambda text: text.encode("utf-16"), "txt"),
    "a web page": (as_web_page, "html"),
    "a web page in GB18030": (lambda text: as_web_page(text, "gb18030"), "html"),
    "docx": (as_word, "docx"),
    "PDF": (as_pdf, "pdf"),
    "xlsx": (as_workbook, "xlsx"),
}


def facts_of(document: Document) -> list[tuple[object, ...]]:
    extraction = extract_document(document, identify(document))
    return [
        (f.value, f.lower, f.upper, f.unit, f.metric, f.measure, f.status, f.year, f.period_end)
        for f in extraction.facts
    ]


def read(data: bytes) -> Document:
    return document_from_bytes(data, name="report", document_id="report")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", FORMATS)
def test_the_same_facts_and_the_same_bureau(name: str, sample: Path) -> None:
    text = sample.read_text(encoding="utf-8")
    convert, expected_format = FORMATS[name]
    plain, other = read(text.encode()), read(convert(text))
    assert other.format == expected_format
    assert facts_of(other) == facts_of(plain)
    first, second = identify(plain), identify(other)
    assert (second.bureau, second.division_code, second.report_year, second.published, second.kind) == (
        first.bureau,
        first.division_code,
        first.report_year,
        first.published,
        first.kind,
    )


def test_there_is_a_sample_of_each_format(sample_documents: list[Document]) -> None:
    formats = {document.format for document in sample_documents}
    assert formats == {"txt", "md", "html", "docx", "doc", "pdf", "xlsx", "csv", "ofd"}
    assert [document.document_id for document in sample_documents if "zip/" in document.document_id]
