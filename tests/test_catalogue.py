"""The catalogue: a broken entry is told with file, metric, key and line; the packaged metrics are the code book's."""

import csv
from pathlib import Path

import pytest

from bureau_metrics.catalogue import CatalogueError, load_catalogue, parse_term
from bureau_metrics.catalogue_examples import Problem, check

ENTRY = """\
[[metric]]
id = "libraries_open"
name_zh = "开放图书馆数"
name_en = "Libraries open"
unit = "个"
measure = "stock"
scope = "jurisdiction"
additive = true
terms = ["开放图书馆"]
[[metric.example]]
text = "2024年，全市开放图书馆12个。"
value = "12"
[[metric.example]]
text = "2023年，开放图书馆9个。"
value = "9"
[[metric.counter_example]]
text = "2024年，全市开放公园12个。"
"""


def folder_with(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_complete_entry_is_a_metric_with_its_defaults(tmp_path: Path) -> None:
    (metric,) = load_catalogue(folder_with(tmp_path, culture=ENTRY)).metrics
    assert (metric.id, metric.family, metric.unit, metric.measure, metric.scope) == (
        "libraries_open",
        "culture",
        "个",
        "stock",
        "jurisdiction",
    )
    assert metric.counters == {"个"}
    assert (metric.file, metric.line) == ("culture.toml", 1)
    assert [example.line for example in metric.examples] == [10, 13]
    assert metric.examples[0].expected == {"value": "12"}
    assert load_catalogue(tmp_path).metric("no_such_metric") is None


# what is done to the entry → file, metric, key, line and a word of the message
BROKEN = [
    pytest.param(ENTRY.replace('unit = "个"', "unit = 个"), ("", "", 5, "not valid TOML"), id="no TOML"),
    pytest.param(
        ENTRY.replace('unit = "个"', 'units = "个"'),
        ("libraries_open", "unit", 1, "required"),
        id="a key is missing: told at the metric, for there is no line of it",
    ),
    pytest.param(
        ENTRY.replace("additive = true", 'additive = true\ncolour = "red"'),
        ("libraries_open", "colour", 9, "not permitted"),
        id="an unknown key",
    ),
    pytest.param(
        ENTRY.replace('measure = "stock"', 'measure = "level"'),
        ("libraries_open", "measure", 6, "'stock'"),
        id="a measure that is none",
    ),
    pytest.param(
        ENTRY.replace('id = "libraries_open"', 'id = "Libraries-Open"'),
        ("Libraries-Open", "id", 2, "pattern"),
        id="an id in capitals",
    ),
    pytest.param(
        ENTRY.replace('[[metric.example]]\ntext = "2023年，开放图书馆9个。"\nvalue = "9"\n', ""),
        ("libraries_open", "example", 1, "at least 2"),
        id="one example only",
    ),
    pytest.param(
        ENTRY[: ENTRY.index("[[metric.counter_example]]")],
        ("libraries_open", "counter_example", 1, "required"),
        id="no counter-example",
    ),
    pytest.param(
        ENTRY.replace('value = "9"', 'values = "9"'),
        ("libraries_open", "example", 1, "not permitted"),
        id="an unknown key of an example",
    ),
    pytest.param(
        ENTRY.replace('terms = ["开放图书馆"]', "terms = []"),
        ("libraries_open", "terms", 9, "at least 1"),
        id="no term",
    ),
    pytest.param(
        ENTRY.replace('开放图书馆"]', '开放图书馆|"]'),
        ("libraries_open", "terms", 9, "empty word"),
        id="an empty word beside |",
    ),
    pytest.param(
        ENTRY.replace('开放图书馆"]', '开放图书馆 + |图书"]'),
        ("libraries_open", "terms", 9, "empty word"),
        id="an empty word behind +",
    ),
    pytest.param("[metrics]\n" + ENTRY, ("", "metrics", 1, r"\[\[metric\]\]"), id="a table that does not belong here"),
]


@pytest.mark.parametrize(("source", "told"), BROKEN)
def test_a_broken_entry_is_told_with_its_place(tmp_path: Path, source: str, told: tuple[str, str, int, str]) -> None:
    metric, key, line, message = told
    with pytest.raises(CatalogueError, match=message) as caught:
        load_catalogue(folder_with(tmp_path, culture=source))
    error = caught.value
    assert (error.file, error.metric, error.key, error.line) == ("culture.toml", metric, key, line)
    assert str(error).startswith(f"culture.toml:{line}: ")
    assert "\n" not in str(error)
    # `catalogue check` tells the same as a problem, and raises nothing
    assert check(tmp_path) == [Problem("culture.toml", line, metric, key, error.message)]


def test_an_id_may_stand_only_once_over_all_files(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"stands already in a\.toml") as caught:
        load_catalogue(folder_with(tmp_path, a=ENTRY, b="# a second family\n" + ENTRY))
    assert (caught.value.file, caught.value.key, caught.value.line) == ("b.toml", "id", 2)


def test_a_second_entry_of_a_file_is_told_with_its_own_lines(tmp_path: Path) -> None:
    second = ENTRY.replace("libraries_open", "museums_open").replace('scope = "jurisdiction"', 'scope = "town"')
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder_with(tmp_path, culture=ENTRY + second))
    assert (caught.value.metric, caught.value.key) == ("museums_open", "scope")
    assert caught.value.line == ENTRY.count("\n") + 7


def test_a_folder_without_metrics_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"no \*\.toml file"):
        load_catalogue(tmp_path)


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "culture.toml").write_bytes(ENTRY.encode("gb18030"))
    with pytest.raises(CatalogueError, match="not valid TOML"):
        load_catalogue(tmp_path)


def test_a_term_is_heads_and_groups_of_cues() -> None:
    term = parse_term("粮食|稻谷 + 产量|总产 + 全年")
    assert (term.heads, term.cues) == (("粮食", "稻谷"), (("产量", "总产"), ("全年",)))


def test_any_edit_changes_the_fingerprint(tmp_path: Path) -> None:
    before = load_catalogue(folder_with(tmp_path, culture=ENTRY)).fingerprint
    other = tmp_path / "other"
    other.mkdir()
    assert load_catalogue(folder_with(other, culture=ENTRY + "# a note\n")).fingerprint != before


# Examples are tests: what is done to the entry → the problem's key and line.
PROBLEMS = [
    pytest.param(ENTRY, [], id="an entry whose examples hold"),
    pytest.param(ENTRY.replace('value = "9"', 'value = "8"'), [("example", 13)], id="an example with another value"),
    pytest.param(
        ENTRY.replace("2023年，开放图书馆9个。", "2023年，开放公园9个。"),
        [("example", 13)],
        id="an example that its metric does not find",
    ),
    pytest.param(
        ENTRY.replace("开放公园12个", "开放图书馆12个"),
        [("counter_example", 16)],
        id="a counter-example that is taken for the metric",
    ),
    pytest.param(
        ENTRY + 'metric = "libraries_closed"\n',
        [("counter_example", 16)],
        id="a counter-example that is not the metric it names",
    ),
    pytest.param(
        ENTRY.replace('terms = ["开放图书馆"]', 'terms = ["开放图书馆", "开放书屋"]'),
        [("terms", 1)],
        id="a term that no example needs",
    ),
]


@pytest.mark.parametrize(("source", "expected"), PROBLEMS)
def test_the_examples_of_a_catalogue_are_its_tests(
    tmp_path: Path, source: str, expected: list[tuple[str, int]]
) -> None:
    problems = check(folder_with(tmp_path, culture=source))
    assert [(problem.key, problem.line) for problem in problems] == expected
    assert all((problem.file, problem.metric) == ("culture.toml", "libraries_open") for problem in problems)


def test_two_metrics_may_not_claim_one_head_with_one_counter(tmp_path: Path) -> None:
    twin = ENTRY.replace("libraries_open", "libraries_public")
    problems = check(folder_with(tmp_path, culture=ENTRY + twin))
    assert any(problem.key == "terms" and "libraries_open" in problem.message for problem in problems)


def test_every_example_of_the_packaged_catalogue_holds() -> None:
    # Fails with each example of metrics/*.toml that is not read as it says there; file, line and metric are told.
    assert [str(problem) for problem in check()] == []


def test_the_packaged_catalogue_is_the_code_book(gold_folder: Path) -> None:
    with (gold_folder.parent / "codebook.csv").open(encoding="utf-8-sig", newline="") as file:
        book = {
            row["id"]: (
                row["family"],
                row["name_zh"],
                row["unit"],
                row["default_measure"],
                row["default_scope"],
                row["additive"] == "yes",
            )
            for row in csv.DictReader(file)
        }
    packaged = {
        metric.id: (
            metric.family,
            metric.name_zh,
            metric.unit,
            metric.measure.value,
            metric.scope.value,
            metric.additive,
        )
        for metric in load_catalogue().metrics
    }
    # New metrics may be added; none of these may be renamed.
    assert {metric_id: packaged.get(metric_id) for metric_id in book} == book
