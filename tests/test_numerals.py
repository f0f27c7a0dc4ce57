"""Numeral text to exact decimals: every way in which reports write a number, and what is no number at all."""

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bureau_metrics.numerals import CHINESE, NUMERAL, fold, parse_numeral


def value(text: str) -> Decimal | None:
    """Return the one value of a numeral as printed, None where it has none; a range fails."""
    number = parse_numeral(fold(text))
    assert number is None or not number.is_range
    return None if number is None else number.lower


ARABIC = [
    ("0", "0"),
    ("00", "0"),
    ("7", "7"),
    ("37", "37"),
    ("365", "365"),
    ("2024", "2024"),
    ("158884", "158884"),
    ("0.5", "0.5"),
    ("3.6", "3.6"),
    ("18.28", "18.28"),
    ("468.2", "468.2"),
    ("0.123456789", "0.123456789"),
    ("100.00", "100"),
    # thousands separators, in groups of three
    ("1,000", "1000"),
    ("12,345", "12345"),
    ("1,234,567", "1234567"),
    ("1,132.92", "1132.92"),
    ("1，234", "1234"),
    # full-width digits and points
    ("１２", "12"),
    ("３．５", "3.5"),
    ("２０２４", "2024"),
    # more digits than a float can hold
    ("12345678901234567890", "12345678901234567890"),
    ("0.1234567890123456789", "0.1234567890123456789"),
]

SCALED = [
    ("1万", "10000"),
    ("3.6万", "36000"),
    ("0.8万", "8000"),
    ("12万", "120000"),
    ("120万", "1200000"),
    ("1.23456万", "12345.6"),  # nothing after the point is dropped
    ("1.2万", "12000"),
    ("127.23万", "1272300"),
    ("1,000万", "10000000"),
    ("１．５万", "15000"),
    ("1亿", "100000000"),
    ("2.17亿", "217000000"),
    ("21.7亿", "2170000000"),
    ("1,132.92亿", "113292000000"),
    ("0.05亿", "5000000"),
    ("1万亿", "1000000000000"),
    ("12.3万亿", "12300000000000"),
    ("1.56万亿", "1560000000000"),
    ("3千", "3000"),
    ("5百", "500"),
    ("2.5千", "2500"),
    ("3千万", "30000000"),
    ("5百万", "5000000"),
    ("6.5千万", "65000000"),
    ("2千亿", "200000000000"),
    ("3百亿", "30000000000"),
    ("2十万", "200000"),
    # two scales one after the other
    ("3亿5000万", "350000000"),
    ("1亿2千万", "120000000"),
    ("2万亿3000亿", "2300000000000"),
]

SPELLED_OUT = [
    ("零", "0"),
    ("〇", "0"),
    ("一", "1"),
    ("二", "2"),
    ("两", "2"),
    ("五", "5"),
    ("九", "9"),
    ("十", "10"),
    ("十一", "11"),
    ("十五", "15"),
    ("十九", "19"),
    ("二十", "20"),
    ("二十一", "21"),
    ("三十六", "36"),
    ("九十九", "99"),
    ("廿", "20"),
    ("廿五", "25"),
    ("一百", "100"),
    ("一百零一", "101"),
    ("一百一十", "110"),
    ("一百一十二", "112"),
    ("二百五", "250"),  # the place after a bare hundred
    ("两百", "200"),
    ("两百三十", "230"),
    ("三百六十五", "365"),
    ("一千", "1000"),
    ("一千零一", "1001"),
    ("一千零五十", "1050"),
    ("两千零五十", "2050"),
    ("两千五百", "2500"),
    ("一千二百三十四", "1234"),
    ("一万", "10000"),
    ("两万", "20000"),
    ("一万两千", "12000"),
    ("十二万", "120000"),
    ("十五万三千", "153000"),
    ("一百二十万", "1200000"),
    ("三千万", "30000000"),
    ("六千五百万", "65000000"),
    ("一亿", "100000000"),
    ("两亿", "200000000"),
    ("三亿五千万", "350000000"),
    ("十二亿", "1200000000"),
    ("一万亿", "1000000000000"),
    ("两万亿", "2000000000000"),
    # a leading one left unsaid: 百余家, 上千名
    ("百", "100"),
    ("千", "1000"),
    ("万", "10000"),
    ("亿", "100000000"),
    ("百万", "1000000"),
    ("千万", "10000000"),
    ("百亿", "10000000000"),
    ("千亿", "100000000000"),
    ("万亿", "1000000000000"),
    # digits read one by one
    ("二〇二四", "2024"),
    ("二零二三", "2023"),
    ("一九九八", "1998"),
    ("一二三四五", "12345"),
]

SPOKEN_DECIMALS = [
    ("一点五", "1.5"),
    ("零点三", "0.3"),
    ("三点一四", "3.14"),
    ("十二点五", "12.5"),
    ("二十点零五", "20.05"),
    ("一百点二", "100.2"),
    ("九点〇八", "9.08"),
    ("一点五万", "15000"),
    ("一点五亿", "150000000"),
    ("三点二万亿", "3200000000000"),
    ("两点五亿", "250000000"),
]


@pytest.mark.parametrize(("text", "expected"), [*ARABIC, *SCALED, *SPELLED_OUT, *SPOKEN_DECIMALS], ids=str)
def test_a_numeral_has_one_exact_value(text: str, expected: str) -> None:
    found = value(text)
    assert found == Decimal(expected)
    assert isinstance(found, Decimal)


# Two neighbouring digits are the bounds of a range, at the place that the scales behind them name.
RANGES = [
    ("两三", "2", "3"),
    ("三四", "3", "4"),
    ("三五", "3", "5"),
    ("七八", "7", "8"),
    ("十七八", "17", "18"),
    ("二十三四", "23", "24"),
    ("三五十", "30", "50"),
    ("七八十", "70", "80"),
    ("两三百", "200", "300"),
    ("五六百", "500", "600"),
    ("三四千", "3000", "4000"),
    ("两三万", "20000", "30000"),
    ("七八十万", "700000", "800000"),
    ("一百二三十", "120", "130"),
]


@pytest.mark.parametrize(("text", "lower", "upper"), RANGES, ids=[row[0] for row in RANGES])
def test_two_digits_side_by_side_are_a_range(text: str, lower: str, upper: str) -> None:
    number = parse_numeral(text)
    assert number is not None
    assert (number.lower, number.upper, number.is_range) == (Decimal(lower), Decimal(upper), True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("1.2.3", id="two points"),
        pytest.param("十百", id="a greater scale behind a smaller one"),
        pytest.param("二十三十", id="two tens"),
        pytest.param("三万五万", id="one scale twice"),
    ],
)
def test_what_is_no_number_has_no_value(text: str) -> None:
    assert parse_numeral(text) is None


@settings(max_examples=300, deadline=None, derandomize=True)
@example("亿两")
@given(st.text(alphabet=CHINESE, min_size=1, max_size=8))
def test_any_run_of_chinese_numerals_is_read_or_refused(text: str) -> None:
    number = parse_numeral(text)
    assert number is None or 0 <= number.lower <= number.upper


# The numerals of a text, as the scan cuts them out.
TOKENS = [
    ("召开会议37次，议题356个", ["37", "356"]),
    ("完成1.2万件、3,560人次", ["1.2万", "3,560"]),
    ("三百六十五天", ["三百六十五"]),
    ("下降12.5%", ["12.5"]),
    ("3亿5000万元", ["3亿5000万"]),
    ("一点五亿元", ["一点五亿"]),
    ("一百零八件", ["一百零八"]),
    # 个亿 and 余万 stand between the digits and the scale: the grammar of quantities joins them
    ("2个亿", ["2", "亿"]),
    ("30余万", ["30", "万"]),
    # a half-width comma that groups no thousands parts two numbers
    ("1,20,3", ["1", "20", "3"]),
    ("37次,356个", ["37", "356"]),
    # 千 and 百 begin a unit: they are no scale of the digits before them
    ("60千瓦", ["60", "千"]),
    ("3百分点", ["3", "百"]),
    # the full stop of a sentence is no decimal point
    ("达到43.58%.全年", ["43.58"]),
    ("共计25.其中", ["25"]),
    # 点 without digits behind it is a word
    ("三点要求", ["三"]),
    # 半, 双, 首 and 几 are words, no numerals
    ("半数以上、双语、首次、几次", []),
]


@pytest.mark.parametrize(("text", "expected"), TOKENS, ids=[row[0] for row in TOKENS])
def test_numerals_are_cut_out_whole(text: str, expected: list[str]) -> None:
    assert [match.group() for match in NUMERAL.finditer(fold(text))] == expected


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１２３％", "123%"),
        ("（一）；：", "（一）；："),
        ("(一);:", "（一）；："),
        ("3–5次，3—5次，3～5次", "3-5次，3-5次，3~5次"),
        ("12・4，12•4", "12·4，12·4"),
        ("37次,议题", "37次，议题"),
        ("1,234件", "1,234件"),
        ("共\u3000计\u00a05\t项", "共 计 5 项"),
    ],
)
def test_folding_never_moves_an_offset(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert len(fold(text)) == len(text)
