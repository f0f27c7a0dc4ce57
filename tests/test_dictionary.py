"""Everything in the warehouse says what it is, and the data dictionary says the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bureau_metrics.dictionary import FILE_NAME, dictionary
from bureau_metrics.warehouse import described

OBJECTS = described()


@pytest.fixture(scope="module")
def text() -> str:
    """The dictionary, made anew."""
    return dictionary()


def test_every_table_view_column_and_macro_carries_a_comment() -> None:
    silent = [f"{item.name} {item.column or ''}" for item in OBJECTS if not (item.comment or "").endswith(".")]
    assert len(OBJECTS) > 400
    assert not silent


def test_values_are_decimals_and_never_floats() -> None:
    assert not [item for item in OBJECTS if item.type in ("DOUBLE", "FLOAT")]
    assert {item.type for item in OBJECTS if item.column in ("value", "lower", "upper")} == {"DECIMAL(38,10)"}


def test_the_dictionary_in_the_checkout_is_fresh(checkout: Path, text: str) -> None:
    written = (checkout / "warehouse" / FILE_NAME).read_text(encoding="utf-8")
    assert written == text, "run: python -m bureau_metrics.dictionary"


def test_the_dictionary_names_every_object_and_metric(text: str) -> None:
    for item in OBJECTS:
        assert f"`{item.column or item.name}`" in text
    assert "| `high_tech_enterprises` | 高新技术企业数 |" in text


def test_the_dictionary_puts_every_exported_column_beside_its_chinese_header(text: str) -> None:
    assert "| `reading` | 读法 | How to read the value" in text
    assert "| `measure` | 默认量度 | Default measure" in text
    assert not re.findall(r"^\| `(\w+)` \| \1 \|", text, re.MULTILINE)
