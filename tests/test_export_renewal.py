"""The CSV files of a run: what did not change is taken over, and the bytes are as if all were made anew."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from staged_records import METRICS, decide, report, run, said, stage

from bureau_metrics.exports import export_all, renew_csv_files, renewal
from bureau_metrics.exports.parts import parts_of
from bureau_metrics.settings import Home

RENEWED = ("observations.csv", "cross_bureau.csv")
PLACES = ("650100", "650200", "650300")


def figures(number: int, *others: Any, **fields: Any):
    """A report of its own bureau; every fourth has a sentence with quotes, a comma and a line end."""
    words = f"举办培训{number}场。" if number % 4 else f'举办“培训”,\n"{number}场"。'
    name = f"市{number}局"
    place = PLACES[number % 3]
    return report(
        f"{number:02}",
        name,
        said(words, f"{number}场", "training_sessions", number),
        *others,
        division_code=place,
        **fields,
    )


def growth(number: int):
    return said(f"高新技术企业增长{number}%。", f"{number}%", "high_tech_enterprises", number, measure="growth")


def at_least(number: int):
    return said(
        f"科技型中小企业{number}余家。", f"{number}余家", "tech_smes", number, lower=number, qualifier="more_than"
    )


class Written:
    """A home whose files are renewed after each run, beside the same warehouse written anew."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self.folder, self.batches = Home.at(folder / "home"), folder, 0
        self.made_anew: list[str] = []
        for name in ("_all_observations", "_all_side_by_side"):
            monkeypatch.setattr(renewal, name, self._noted(name, getattr(renewal, name)))

    def _noted(self, name: str, write: Any) -> Any:
        def noted(*arguments: Any) -> Any:
            self.made_anew.append(name)
            return write(*arguments)

        return noted

    def run(self, *reports: Any, **options: Any) -> Written:
        self.batches += 1
        run(self.home, stage(self.folder / str(self.batches), *reports), **options)
        return self

    def renewed(self) -> Sequence[str]:
        """Renew the files; return which were made anew as a whole."""
        self.made_anew.clear()
        renew_csv_files(self.home)
        export_all(self.home, self.folder / "anew")
        for name in RENEWED:
            assert (self.home.exports / name).read_bytes() == (self.folder / "anew" / name).read_bytes(), name
        return [name.removeprefix("_all_") for name in self.made_anew]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Written:
    return Written(tmp_path, monkeypatch)


MANY = [figures(number, at_least(number), growth(3)) for number in range(12)]
BOTH = ["observations", "side_by_side"]


def test_the_first_time_all_is_made_and_then_what_changed(written: Written) -> None:
    assert written.run(*MANY).renewed() == BOTH
    assert written.run(figures(5, at_least(50), growth(4)), figures(7)).renewed() == []


def test_what_did_not_change_is_not_written_again(written: Written) -> None:
    written.run(*MANY).renewed()
    before = [(written.home.exports / name).stat().st_mtime_ns for name in RENEWED]
    assert written.renewed() == []
    assert [(written.home.exports / name).stat().st_mtime_ns for name in RENEWED] == before


def test_another_column_is_for_all(written: Written) -> None:
    written.run(*MANY).renewed()
    more = said("投入研发经费2万元。", "2万元", "rnd_expenditure", 20000)
    assert written.run(figures(5, at_least(5), growth(3), more)).renewed() == ["side_by_side"]
    assert written.run(figures(5, at_least(5), growth(3))).renewed() == ["side_by_side"]


def test_a_column_that_one_figure_reads_with_words(written: Written) -> None:
    written.run(*(figures(number) for number in range(12)), figures(20, at_least(3))).renewed()
    exact = said("科技型中小企业3家。", "3家", "tech_smes", 3)
    assert written.run(figures(20, exact)).renewed() == ["side_by_side"]


def test_documents_that_are_gone_and_new_bureaus(written: Written) -> None:
    written.run(*MANY).renewed()
    assert written.run(figures(13, at_least(13)), gone=("05",)).renewed() == []


def test_a_decision_changes_the_lines_of_its_document(written: Written) -> None:
    written.run(*MANY).renewed()
    decide(written.home, "document_id = '05' AND metric = 'training_sessions'", "reject")
    assert written.renewed() == []


def test_where_much_has_changed_all_is_made_anew(written: Written) -> None:
    written.run(*MANY).renewed()
    assert written.run(*(figures(number) for number in range(5))).renewed() == BOTH


def test_a_file_that_somebody_touched_is_made_anew(written: Written) -> None:
    written.run(*MANY).renewed()
    path = written.home.exports / "observations.csv"
    path.write_bytes(path.read_bytes().replace(b"5", b"6"))
    assert written.renewed() == ["observations"]
    path.unlink()
    assert written.renewed() == ["observations"]


def test_another_catalogue_makes_all_anew(written: Written) -> None:
    class Renamed(type(METRICS[0])):  # type: ignore[misc]
        name_zh = "培训次数"

    written.run(*MANY).renewed()
    renamed = tuple(Renamed(metric.id) if metric.id == "training_sessions" else metric for metric in METRICS)
    assert written.run(*MANY, metrics=renamed).renewed() == BOTH


def test_a_damaged_list_costs_time_and_no_figure(written: Written) -> None:
    written.run(*MANY).renewed()
    (written.home.staging / "exports" / "observations.json").write_text('{"made_by": 3', encoding="utf-8")
    assert written.renewed() == ["observations"]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_any_changes_give_the_bytes_of_all_made_anew(written: Written, seed: int) -> None:
    chance = random.Random(seed)
    written.run(*MANY).renewed()
    for _ in range(3):
        numbers = chance.sample(range(16), 2)
        extra = [chance.choice([at_least, growth])(chance.randrange(1, 99)) for _ in range(chance.randrange(3))]
        gone = [f"{number:02}" for number in chance.sample(range(16), 1) if number not in numbers]
        written.run(*(figures(number, *extra) for number in numbers), gone=gone).renewed()


def test_a_file_of_other_lines_has_no_parts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'a,b\n1,"x\ny"\n2,z\n')
    assert [(part.start, part.length) for part in parts_of(path, [("p", "", 1), ("q", "", 1)]).values()] == [
        (4, 8),
        (12, 4),
    ]
    with pytest.raises(ValueError, match="more lines"):
        parts_of(path, [("p", "", 1)])
