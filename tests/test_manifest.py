"""The manifest: what a person may write, and the one line that says what is wrong with it."""

from datetime import date
from pathlib import Path

import pytest

from bureau_metrics.manifest import Manifest, ManifestError, ManifestRow, read_manifest

HEADER = "file,bureau,division,year,published\n"


def manifest(folder: Path, text: str, encoding: str = "utf-8") -> Manifest:
    path = folder / "manifest.csv"
    path.write_bytes(text.encode(encoding))
    return read_manifest(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_manifest_as_excel_saves_it(tmp_path, encoding, line_end):
    text = (
        HEADER + '2023/a.txt," 义马市科技局 ",411281,2023,2024/3/8\n\nb.txt,,九龙坡区,2024年,2025年1月20日\nc.txt,,,,\n'
    )
    rows = manifest(tmp_path, text.replace("\n", line_end), encoding).rows
    assert [(row.file, row.bureau, row.division, row.year, row.published, row.row) for row in rows] == [
        ("2023/a.txt", "义马市科技局", "411281", 2023, date(2024, 3, 8), 2),
        ("b.txt", None, "九龙坡区", 2024, date(2025, 1, 20), 4),
        ("c.txt", None, None, None, None, 5),
    ]


def test_addresses_and_ids(tmp_path):
    (row,) = manifest(tmp_path, "URL,id\nhttps://example.org/a.html,yima-2024\n").rows
    assert (row.source, row.id) == ("https://example.org/a.html", "yima-2024")


WRONG = [
    ("an unknown column", "file,city\na.txt,义马市\n", "row 1: unknown column 'city'"),
    ("a column twice", "file,year,year\na.txt,2024,2023\n", "row 1: a column occurs twice"),
    ("no column for the source", "bureau,year\n义马市科技局,2024\n", "row 1: no column file or url"),
    ("a row without a source", HEADER + ",义马市科技局,,2024,\n", "row 2: neither file nor url"),
    ("a bad year", HEADER + "a.txt,,,24,\n", "row 2: year: '24' is no year"),
    ("a year long ago", HEADER + "a.txt,,,1024,\n", "row 2: year: '1024' is no year"),
    ("a bad date", HEADER + "a.txt,,,,\nb.txt,,,,2025-02-30\n", "row 3: published: '2025-02-30' is no date"),
    ("a date of another style", HEADER + "a.txt,,,,28.3.2025\n", "row 2: published: '28.3.2025' is no date"),
    ("an unknown division", HEADER + "a.txt,,马义市,,\n", "row 2: division: '马义市' is no division"),
    ("an ambiguous division", HEADER + "a.txt,,朝阳区,,\n", "北京市朝阳区 110105"),
    ("a file twice", HEADER + "a.txt,,,2023,\n./a.txt,,,2024,\n", "row 3: file ./a.txt is already in row 2"),
    ("an id twice", "file,id\na.txt,x\nb.txt,x\n", "row 3: id x is already in row 2"),
    ("a comma without quotes", "file,bureau\na.txt,科技局,教育局\n", "row 2: more cells than columns"),
    ("nothing", "", "the file is empty"),
    ("a lone header", HEADER, None),
]


@pytest.mark.parametrize(("text", "message"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_a_wrong_manifest_says_where(tmp_path, text, message):
    if message is None:
        assert manifest(tmp_path, text).rows == ()
        return
    with pytest.raises(ManifestError) as caught:
        manifest(tmp_path, text)
    assert message in str(caught.value)
    assert "manifest.csv" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_manifest_that_is_not_there(tmp_path):
    with pytest.raises(ManifestError, match="no such file"):
        read_manifest(tmp_path / "manifest.csv")


SOURCES = ["reports/2023/a.txt", "reports/2024/a.txt", "reports/2024/b.txt", "https://example.org/c.html"]

# (file or address of the row, the source that it is about)
MATCHED = [
    ({"file": "reports/2023/a.txt"}, "reports/2023/a.txt"),
    ({"file": "2024/a.txt"}, "reports/2024/a.txt"),
    ({"file": "2024\\a.txt"}, "reports/2024/a.txt"),
    ({"file": "./b.txt"}, "reports/2024/b.txt"),
    ({"url": "https://example.org/c.html"}, "https://example.org/c.html"),
]


@pytest.mark.parametrize(("cells", "source"), MATCHED)
def test_a_row_finds_its_source(cells, source):
    row = ManifestRow(**cells, row=2)
    assert Manifest(Path("manifest.csv"), (row,)).match(SOURCES) == {source: row}


UNMATCHED = [
    ([{"file": "d.txt"}], "row 2: d.txt is not among the sources"),
    ([{"file": "4/b.txt"}], "row 2: 4/b.txt is not among the sources"),
    ([{"file": "a.txt"}], "row 2: a.txt fits 2 sources"),
    ([{"file": "b.txt"}, {"file": "2024/b.txt"}], "rows 2 and 3 are both about reports/2024/b.txt"),
]


@pytest.mark.parametrize(("cells", "message"), UNMATCHED)
def test_a_row_without_one_source_is_an_error(cells, message):
    rows = tuple(ManifestRow(**cell, row=number) for number, cell in enumerate(cells, start=2))
    with pytest.raises(ManifestError, match=message):
        Manifest(Path("manifest.csv"), rows).match(SOURCES)
