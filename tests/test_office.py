"""LibreOffice as a converter: found on the path, held to its time, and its failures stated."""

import stat
import time
from pathlib import Path

import pytest

from bureau_metrics import office
from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget, ReadingLimits
from bureau_metrics.reading.word import blocks_of_word
from bureau_metrics.reading.word.old import blocks_of_old_word

TRACKED = (Path(__file__).parent / "data" / "tracked.doc").read_bytes()


def with_program(script: str, folder: Path, monkeypatch, name: str = "soffice"):
    """The converter that is found when this script is the only program on the path."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(office.shutil, "which", lambda wanted: str(program) if wanted == name else None)
    return office.libreoffice_converter()


# The last argument is the document, the one before it the folder for the result.
COPY = 'while [ $# -gt 2 ]; do shift; done; mkdir -p "$1"; { printf docx:; cat "$2"; } > "$1/source.docx"'


@pytest.mark.parametrize("name", ["soffice", "libreoffice"])
def test_the_program_gets_the_document_and_gives_its_docx(tmp_path, monkeypatch, name):
    convert = with_program(COPY, tmp_path, monkeypatch, name)
    assert convert(b"old", 30.0) == b"docx:old"


def test_every_conversion_has_a_profile_of_its_own_that_is_gone_afterwards(tmp_path, monkeypatch):
    convert = with_program(f'echo "$1" >> {tmp_path}/profiles; {COPY}', tmp_path, monkeypatch)
    convert(b"a", 30.0)
    convert(b"b", 30.0)
    first, second = (tmp_path / "profiles").read_text().split()
    assert first != second
    assert first.startswith("-env:UserInstallation=file:///")
    assert not Path(first.partition("file://")[2]).exists()


def test_without_the_program_there_is_no_converter(monkeypatch):
    monkeypatch.setattr(office.shutil, "which", lambda _: None)
    assert office.libreoffice_converter() is None


@pytest.mark.parametrize("script", ["exit 0", "exit 77", "kill -9 $$"])
def test_a_program_that_writes_nothing_has_not_understood_the_file(tmp_path, monkeypatch, script):
    with pytest.raises(UnreadableDocument) as caught:
        with_program(script, tmp_path, monkeypatch)(b"x", 30.0)
    assert caught.value.reason == RejectionReason.DAMAGED
    assert "docx" in caught.value.hint


def test_a_program_that_hangs_is_ended_with_what_it_started(tmp_path, monkeypatch):
    convert = with_program(f"(sleep 2; touch {tmp_path}/alive) & sleep 30", tmp_path, monkeypatch)
    begin = time.monotonic()
    with pytest.raises(UnreadableDocument) as caught:
        convert(b"x", 0.3)
    assert time.monotonic() - begin < 2
    assert caught.value.reason == RejectionReason.TOO_SLOW
    time.sleep(2)
    assert not (tmp_path / "alive").exists()


INSTALLED = office.libreoffice_converter()


@pytest.mark.skipif(INSTALLED is None, reason="LibreOffice is not installed")
def test_libreoffice_itself_reads_like_the_library():
    budget = Budget(ReadingLimits())
    assert blocks_of_word(INSTALLED(TRACKED, 60.0), budget) == blocks_of_old_word(TRACKED, budget)
