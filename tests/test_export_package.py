"""datapackage.json against the rules of Data Package version 2, and against the files that it describes."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from staged_records import report, run, said, stage

from bureau_metrics.exports import (
    CsvStyle,
    ExportError,
    Licence,
    Selection,
    write_csv_files,
    write_package,
    write_parquet_files,
)
from bureau_metrics.settings import Home
from bureau_metrics.warehouse import described, open_for_export

if TYPE_CHECKING:
    from conftest import CommandLine

HTE = "high_tech_enterprises"
PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
# The patterns of the standard's own profiles.
PATH = r"^((?=[^./~])(?!file:)((?!\/\.\.\/)(?!\\)(?!:\/\/).)*|(http|ftp)s?:\/\/.*)$"
HASH = r"^([^:]+:[a-fA-F0-9]+|[a-fA-F0-9]{32}|)$"
LICENCE = r"^([-a-zA-Z0-9._])+$"
FIELD_TYPES = {"string", "number", "integer", "boolean", "date"}

ALPHA = report(
    "https://www.example.gov.cn/2024.html",
    "甲市科学技术局",
    said("现有高新技术企业18家。", "18家", HTE, 18),
    said("科技型中小企业1000余家。", "1000余家", "tech_smes", 1000, lower=1000, qualifier="more_than"),
    said("研发经费下降3.5%。", "3.5%", "rnd_expenditure", "-3.5", measure="growth"),
    said("接待来访9人。", "9人", None, 9, label="来访", year=None),
)
BETA = report("./odd.txt", "乙市科学技术局", said("高新技术企业20家。", "20家", HTE, 20), division_code="650200")
GAMMA = report(
    "县局/丙.docx", "丙市科学技术局", said("研发经费2元。", "2元", "rnd_expenditure", 2), division_code="650300"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("package")
    home = Home.at(folder / "home")
    run(home, stage(folder / "batch", ALPHA, BETA, GAMMA, rejected=(("scan.pdf", "no_text"),)))
    return home


def written(home: Home, folder: Path, style: CsvStyle, selection: Selection = Selection()) -> dict[str, Any]:
    with open_for_export(home) as connection:
        files = write_csv_files(connection, folder, selection, style)
        files += write_parquet_files(connection, folder, selection)
        write_package(connection, folder, files, selection)
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=[CsvStyle(), CsvStyle("crlf", "zh", "gb18030")], ids=["plain", "zh"])
def folder(request: pytest.FixtureRequest, home: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    written(home, folder, request.param)
    return folder


@pytest.fixture
def package(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def tables(package: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (resource for resource in package["resources"] if resource.get("type") == "table")


def csv_rows(folder: Path, resource: dict[str, Any]) -> list[dict[str, str]]:
    """Read as the descriptor says: encoding, line ends and header from it alone."""
    encoding = "utf-8-sig" if resource["encoding"] == "utf-8" else resource["encoding"]
    text = (folder / resource["path"]).read_bytes().decode(encoding)
    assert text.endswith(resource["dialect"]["lineTerminator"])
    return list(csv.DictReader(text.splitlines(keepends=True), quotechar=resource["dialect"]["quoteChar"]))


def test_the_package_has_the_properties_of_the_standard(package: dict[str, Any]) -> None:
    assert package["$schema"] == PROFILE.format("datapackage")
    assert re.fullmatch(r"[-a-z0-9._/]+", package["name"])
    assert {"title", "description", "version", "created", "licenses", "sources", "resources"} < set(package)
    assert package["licenses"] == [{"name": "notspecified"}]
    assert re.fullmatch(r"\d+\.\d+\.\d+\+run\.1", package["version"])


def test_it_was_made_when_the_run_was_and_not_now(package: dict[str, Any]) -> None:
    assert package["created"] == "2025-01-01T08:00:00+08:00"
    assert datetime.fromisoformat(package["created"]).utcoffset() is not None


def test_each_document_is_a_source_with_its_address_and_hash(package: dict[str, Any]) -> None:
    assert [(source["title"], source.get("path")) for source in package["sources"]] == [
        ("https://www.example.gov.cn/2024.html.txt", "https://www.example.gov.cn/2024.html"),
        ("./odd.txt.txt", None),  # no path that the standard allows
        ("县局/丙.docx.txt", "县局/丙.docx"),
    ]
    assert all(re.fullmatch("sha256:[0-9a-f]{64}", source["hash"]) for source in package["sources"])
    assert all(re.fullmatch(PATH, source["path"]) for source in package["sources"] if "path" in source)


def test_every_file_of_the_folder_is_a_resource_with_its_size_and_hash(folder: Path, package: dict[str, Any]) -> None:
    resources = package["resources"]
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {resource["path"] for resource in resources} == there - {"datapackage.json"}
    assert len({resource["name"] for resource in resources}) == len(resources)
    for resource in resources:
        data = (folder / resource["path"]).read_bytes()
        assert resource["$schema"] == PROFILE.format("dataresource")
        assert re.fullmatch(r"[-a-z0-9._/]+", resource["name"])
        assert re.fullmatch(PATH, resource["path"])
        assert resource["bytes"] == len(data)
        assert re.fullmatch(HASH, resource["hash"])
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert re.fullmatch(".+/.+", resource["mediatype"])
        assert resource["path"].endswith(f".{resource['format']}")
        assert resource["type"] == "table"


def test_the_fields_are_the_columns_of_the_file(folder: Path, package: dict[str, Any]) -> None:
    for resource in tables(package):
        schema = resource["schema"]
        names = [field["name"] for field in schema["fields"]]
        assert schema["$schema"] == PROFILE.format("tableschema")
        assert len(set(names)) == len(names)
        assert {field["type"] for field in schema["fields"]} <= FIELD_TYPES
        assert all(field["title"] and field["description"] for field in schema["fields"]), resource["name"]
        if resource["format"] == "csv":
            rows = csv_rows(folder, resource)
            assert rows == [] or list(rows[0]) == names


def test_every_cell_is_of_the_type_and_the_words_of_its_field(folder: Path, package: dict[str, Any]) -> None:
    readers = {
        "string": str,
        "number": Decimal,
        "integer": int,
        "boolean": {"true": True, "false": False}.__getitem__,
        "date": date.fromisoformat,
    }
    cells = 0
    for resource in tables(package):
        if resource["format"] != "csv":
            continue
        for row in csv_rows(folder, resource):
            for field in resource["schema"]["fields"]:
                cell, constraints = row[field["name"]], field.get("constraints", {})
                if cell == "":
                    assert not constraints.get("required"), (resource["name"], field["name"])
                    continue
                readers[field["type"]](cell)
                assert cell in constraints.get("enum", [cell])
                cells += 1
    assert cells > 200


def test_keys_are_unique_and_lead_to_rows_that_are_there(folder: Path, package: dict[str, Any]) -> None:
    by_name = {resource["name"]: resource for resource in tables(package)}
    references = 0
    for resource in by_name.values():
        if resource["format"] != "csv":
            continue
        rows = csv_rows(folder, resource)
        key = resource["schema"].get("primaryKey")
        if key:
            assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
        for foreign in resource["schema"].get("foreignKeys", []):
            target = csv_rows(folder, by_name[foreign["reference"]["resource"]])
            known = {tuple(row[name] for name in foreign["reference"]["fields"]) for row in target}
            own = {tuple(row[name] for name in foreign["fields"]) for row in rows}
            assert own - {("",)} <= known
            references += len(own)
    assert references > 5


def test_facts_and_figures_refer_to_the_code_book_of_their_format(package: dict[str, Any]) -> None:
    targets = {
        resource["name"]: sorted(key["reference"]["resource"] for key in resource["schema"].get("foreignKeys", []))
        for resource in tables(package)
    }
    assert targets == {
        "observations": ["codebook"],
        "cross-bureau": [],
        "cross-bureau-long": ["codebook", "observations"],
        "codebook": [],
        "rejected": [],
        "observations-year-2024-parquet": ["codebook-parquet"],
        "observations-year-hive-default-partition-parquet": ["codebook-parquet"],
        "cross-bureau-year-2024-parquet": ["codebook-parquet"],
        "codebook-parquet": [],
    }


def test_descriptions_are_the_comments_of_the_warehouse(package: dict[str, Any]) -> None:
    comments = {item.column: item.comment for item in described() if item.name == "observation"}
    (observations,) = (resource for resource in tables(package) if resource["name"] == "observations")
    assert [field["description"] for field in observations["schema"]["fields"]] == [
        comments[field["name"] if field["name"] in comments else field["title"]]
        for field in observations["schema"]["fields"]
    ]


def test_every_table_says_what_it_is(package: dict[str, Any]) -> None:
    said = {resource["name"]: resource["description"] for resource in package["resources"] if "description" in resource}
    assert {"observations", "cross-bureau"} <= set(said)
    assert all(said.values()), said


def test_a_part_has_its_own_code_book_and_sources(home: Home, tmp_path: Path) -> None:
    package = written(home, tmp_path, CsvStyle(), Selection((2024,), (HTE,), ("bureau-甲市科学技术局",)))
    found = {one["name"]: csv_rows(tmp_path, one) for one in tables(package) if one["format"] == "csv"}
    assert [row["metric"] for row in found["codebook"]] == [HTE]
    assert [source["title"] for source in package["sources"]] == ["https://www.example.gov.cn/2024.html.txt"]


def test_the_same_export_gives_the_same_bytes(home: Home, tmp_path: Path) -> None:
    for name in ("a", "b"):
        written(home, tmp_path / name, CsvStyle())
    assert (tmp_path / "a" / "datapackage.json").read_bytes() == (tmp_path / "b" / "datapackage.json").read_bytes()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("CC-BY-4.0", {"name": "CC-BY-4.0"}),
        ("https://data.example.gov.cn/licence", {"path": "https://data.example.gov.cn/licence"}),
        ("CC BY", None),
        ("", None),
    ],
)
def test_a_licence_is_an_id_or_an_address(word: str, expected: dict[str, str] | None) -> None:
    if expected is None:
        with pytest.raises(ExportError, match="write the id of a licence"):
            Licence.named(word)
        return
    licence = Licence.named(word)
    assert {licence.kind: licence.word} == expected
    assert licence.kind == "path" or re.fullmatch(LICENCE, licence.word)


@pytest.mark.parametrize(
    ("formats", "resources"),
    [
        (("datapackage",), 5),
        (("datapackage", "csv"), 5),
        (("datapackage", "xlsx", "html"), 2),
        (("parquet", "datapackage"), 4),
    ],
)
def test_it_describes_the_files_of_the_call(
    command_line: CommandLine, home: Home, tmp_path: Path, formats: tuple[str, ...], resources: int
) -> None:
    options = [part for name in formats for part in ("--format", name)]
    outcome = command_line("export", "--home", home.root, "--to", tmp_path, "--licence", "CC0-1.0", *options)
    assert outcome.code == 0
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert len(package["resources"]) == resources
    assert package["licenses"] == [{"name": "CC0-1.0"}]


@pytest.mark.parametrize("options", [("--licence", "CC BY", "-f", "datapackage"), ("--licence", "CC0-1.0")])
def test_a_wrong_licence_writes_nothing(
    command_line: CommandLine, home: Home, tmp_path: Path, options: tuple[str, ...]
) -> None:
    outcome = command_line("export", "--home", home.root, "--to", tmp_path, *options)
    assert (outcome.code, len(outcome.err.splitlines()), list(tmp_path.iterdir())) == (1, 1, [])
