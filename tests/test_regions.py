"""Divisions by GB/T 2260 code: the table itself, names of all lengths, and names that several divisions bear."""

import pytest

from bureau_metrics.regions import (
    ancestors,
    by_code,
    corps_divisions,
    division_history,
    divisions,
    find_division,
    in_year,
    parent,
)

# (what a person writes, year, what it means)
MEANT = [
    ("411281", 2024, ["河南省三门峡市义马市"]),
    ("义马市", 2024, ["河南省三门峡市义马市"]),
    ("河南省三门峡市义马市", 2024, ["河南省三门峡市义马市"]),
    ("九龙坡区", 2024, ["重庆市九龙坡区"]),
    ("重庆九龙坡", 2024, ["重庆市九龙坡区"]),
    ("重庆市 九龙坡区", 2024, ["重庆市九龙坡区"]),
    ("浙江杭州西湖区", 2024, ["浙江省杭州市西湖区"]),
    ("南昌市西湖区", 2024, ["江西省南昌市西湖区"]),
    ("新疆", 2024, ["新疆维吾尔自治区"]),
    ("恩施州", 2024, ["湖北省恩施土家族苗族自治州"]),
    ("积石山县", 2024, ["甘肃省临夏回族自治州积石山保安族东乡族撒拉族自治县"]),
    ("鄂温克旗", 2024, ["内蒙古自治区呼伦贝尔市鄂温克族自治旗"]),
    ("济源市", 2024, ["河南省济源市"]),
    ("济源市", 1990, ["河南省焦作市济源市"]),
    ("第三师", 2024, ["新疆维吾尔自治区图木舒克市"]),
    ("第三师图木舒克市", 2024, ["新疆维吾尔自治区图木舒克市"]),
    ("重庆市", 1990, ["四川省重庆市"]),
    ("两江新区", 2026, ["重庆市两江新区"]),
    ("渝北区", 2024, ["重庆市渝北区"]),
    ("台湾省", 2024, ["台湾省"]),
    ("朝阳区", 2024, ["北京市朝阳区", "吉林省长春市朝阳区"]),
    ("江北区", 2024, ["浙江省宁波市江北区", "重庆市江北区"]),
    ("江北区", None, ["浙江省宁波市江北区"]),
    ("吉林", 2024, ["吉林省", "吉林省吉林市"]),
    ("马义市", 2024, []),
    ("常德市义马市", 2024, []),
    ("999999", 2024, []),
    ("", 2024, []),
]


@pytest.mark.parametrize(("text", "year", "full_names"), MEANT)
def test_what_a_person_may_mean(text, year, full_names):
    assert [division.full_name for division in find_division(text, year)] == full_names


def test_the_table_of_today_is_complete():
    today = [division for division in divisions() if division.valid_to is None]
    levels = {
        level: sum(division.level == level for division in today) for level in ("province", "prefecture", "county")
    }
    assert levels == {"province": 34, "prefecture": 333, "county": 2847}


def test_codes_are_unique_well_formed_and_hang_together():
    codes = [division.code for division in divisions()]
    assert len(codes) == len(set(codes))
    assert codes == sorted(codes)
    for division in division_history():
        assert len(division.code) == 6
        assert division.code.isdigit()
        assert (division.parent_code is None) == (division.level == "province")
        assert division.full_name.endswith(division.name)
        assert division.valid_to is None or division.valid_from <= division.valid_to
        year = division.valid_to or 2026
        assert division.parent_code is None or parent(division, year) is not None


def test_the_chain_upwards():
    (yima,) = find_division("411281")
    assert [division.name for division in ancestors(yima)] == ["三门峡市", "河南省"]


def test_a_code_keeps_its_last_bearer():
    jiangbei = by_code("500105")
    assert jiangbei is not None
    assert (jiangbei.name, jiangbei.valid_to) == ("江北区", 2025)
    assert by_code("000000") is None


def test_a_name_counts_in_the_year_and_in_the_next():
    (new,) = [division for division in division_history() if division.code == "500157"]
    assert new.valid_from == 2026
    assert in_year([new], 2025) == (new,)  # printed in 2026 about 2025
    assert in_year([new], 2024) == ()


def test_each_division_of_the_corps_stands_with_its_city():
    with_city = [corps for corps in corps_divisions() if corps.code]
    assert {corps.name for corps in corps_divisions()} - {corps.name for corps in with_city} == {"第十一师", "第十二师"}
    for corps in with_city:
        division = by_code(corps.code or "")
        assert division is not None
        assert (division.name, division.parent_code) == (corps.city, "650000")
        assert corps.printed_name == f"{corps.name}{corps.city}"
