"""Coded terms in Chinese, as the workbooks and the page show them."""

import pytest

from bureau_metrics.models import Qualifier
from bureau_metrics.wording import finding_figure_in_words, reading_in_words, wording


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        ("", ""),
        ("more_than", "超过"),
        ("nearly part_year", "接近，不足全年"),
        ("range 3..5", "3～5"),
        ("vague 20000..99999", "大致 20000～99999"),
        ("at_most ..5 relative_to=全省", "至多 5，相对于全省"),
        ("at_least 5..", "至少 5"),
        ("relative_to=全国 省会城市", "相对于全国 省会城市"),
        ("parts_only more_than", "仅有部分，超过"),
    ],
)
def test_readings(reading: str, words: str) -> None:
    assert reading_in_words(reading) == words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("18 家", "18 家"),
        ("at_least 10 场", "至少 10 场"),
        ("range 3..5 次", "3～5 次"),
        ("3..5 次", "3～5 次"),
        ("not reported", "未提及"),
        ("39 to 51 = 12", "39 → 51 = 12"),
        ("median of 9: about 306 条", "中位数，单位数 9: 约 306 条"),
        ("0..100 %", "0～100 %"),
    ],
)
def test_figures_of_findings(figure: str, words: str) -> None:
    assert finding_figure_in_words(figure) == words


@pytest.mark.parametrize("kind", ["reading", "finding_figure"])
def test_every_qualifier_has_a_word(kind: str) -> None:
    assert set(Qualifier) - {Qualifier.EXACT} <= wording()[kind].keys()
