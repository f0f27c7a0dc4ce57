"""Numerals that are no quantities: references, names, enumerators, page furniture.

Each rule looks at the characters around one numeral of a folded text. What no rule here disposes of goes on to the
grammar of quantities.
"""

from __future__ import annotations

import re
from functools import cache

from bureau_metrics.date_numerals import Ruling, printed_date, written_date
from bureau_metrics.lexicon import alternation, words
from bureau_metrics.models import Disposition
from bureau_metrics.units import printed_units

_ARABIC = "0123456789"
_BOUNDARY = "\n。！？；，、：（ 　”》)]"
_REFERENCE_AFTER = re.compile(r" ?号(?![召称码])|[〕\]] ?(?:第)?[0-9]+ ?号")
_REFERENCE_MARKS = (" ", "号", "〕", "]")
_BRACKETED_YEAR_BEHIND = re.compile(r"） ?(?:第)?[0-9]+ ?号")
# 第十四届全国人大二次会议
_SESSION_BEFORE = re.compile(r"届[^，。；、\n]{0,8}$")
_PLUS_NAME_BEFORE = re.compile(r"[0-9NXn][+·×]$")
_SERVICE_NUMBER = re.compile("1[12][0-9]{3}")
# 民营企业500强 names a list; 前100强 is a rank.
_LISTED = re.compile(r"强(?![化调制力])")
# 15分钟服务圈, 5公里生活圈
_CIRCLE = re.compile(r"(?:分钟|小时|公里)[一-龥]{0,6}圈")
# 千亿元级园区, 百亿级产业: a class of size, not an amount.
_SIZE_CLASS = re.compile(r"元级|(?<=[百千万亿])(?:斤|吨|亩|人)?级(?!别)")
_PLUS_NAME_AFTER = re.compile(r"[+·×][0-9NXn]|\+(?![家人项件场次个名户])[一-龥]")
_LATIN_AFTER = re.compile(r"[A-Za-z](?!m2|m²)")
_LATIN_UNIT = re.compile(r"(?:km|kg|GB|TB|MW|kW|m2|m²)(?![A-Za-z])")
_LATIN_BEFORE = re.compile(r"[A-Za-z][-.& ]?$")
_ENUMERATOR_AFTER = re.compile(r"是(?!否)|、|[.．](?![0-9])|）")
_ENUMERATOR_VERB = re.compile(r"要(?![求点素件])|抓|强化")
_WORD_AFTER = re.compile("[、/一-龥”]")
# 4.2024年…: an enumerator glued to a year.
_YEAR_BEHIND_POINT = re.compile(r"[.．](?:19|20)[0-9]{2}年")
_TELEPHONE_AFTER = re.compile(r"-[0-9]{7,8}(?![0-9])")
_LONG_RUN = 8
# x.xx亿元, *万元: a template whose figures were taken out.
_REDACTED = "xX*＊×○Ｘ_"


def dispose(folded: str, start: int, end: int) -> Ruling | None:
    """Return the disposition of the numeral `folded[start:end]` and the rule that gave it, or None for a quantity."""
    before = folded[start - 1] if start else ""
    if before == "每" and folded[start:end] != "一":
        return Disposition.LEXICAL, "rate_base"
    if before in _REDACTED and before and folded[start] in "十百千万亿":
        return Disposition.UNREADABLE, "redacted"
    ruling = _arabic(folded, start, end) if folded[start] in _ARABIC else _chinese(folded, start, end)
    return ruling or _ordinal(folded, start, end)


def _arabic(folded: str, start: int, end: int) -> Ruling | None:
    return (
        printed_date(folded, start, end)
        or _reference(folded, start, end)
        or _name(folded, start, end)
        or _enumerator(folded, start, end)
        or _furniture(folded, start, end)
    )


def _reference(folded: str, start: int, end: int) -> Ruling | None:
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if (
        (after in _REFERENCE_MARKS and _REFERENCE_AFTER.match(folded, end))
        or (before in ("〔", "[") and after in ("〕", "]"))
        or (before == "（" and _BRACKETED_YEAR_BEHIND.match(folded, end))
    ):
        return Disposition.REFERENCE, "document_number"
    return None


def _name(folded: str, start: int, end: int) -> Ruling | None:
    before = folded[max(0, start - 3) : start]
    if _PLUS_NAME_AFTER.match(folded, end) or _PLUS_NAME_BEFORE.search(before):
        return Disposition.NAME, "joined_numbers"
    if (_LATIN_AFTER.match(folded, end) and not _LATIN_UNIT.match(folded, end)) or _LATIN_BEFORE.search(before):
        return Disposition.NAME, "letters_and_digits"
    if end - start == 5 and _SERVICE_NUMBER.match(folded, start) and not _unit_after().match(folded, end):
        # 12345市民热线, 12329, 11185: service numbers.
        return Disposition.NAME, "service_number"
    is_known = folded[start:end] in words("contexts", "known_numbers") and _WORD_AFTER.match(folded, end)
    if is_known and not _unit_after().match(folded, end):
        return Disposition.NAME, "known_number"
    if _CIRCLE.match(folded, end):
        return Disposition.NAME, "circle"
    if _LISTED.match(folded, end) and before[-1:] != "前":
        return Disposition.NAME, "listed"
    if _SIZE_CLASS.match(folded, end):
        return Disposition.NAME, "size_class"
    if "." in folded[start:end] and folded.startswith("版", end):
        return Disposition.NAME, "version"
    if _name_after().match(folded, end) and not folded.startswith("个", end):
        return Disposition.NAME, "name_word"
    return None


@cache
def _unit_after() -> re.Pattern[str]:
    return re.compile(rf" ?(?:[余多万亿]|(?!市民|区民|人民|单位)(?:{printed_units()}))")


@cache
def _name_after() -> re.Pattern[str]:
    return re.compile(alternation(words("contexts", "name_after")))


def _enumerator(folded: str, start: int, end: int) -> Ruling | None:
    boundary = start == 0 or folded[start - 1] in _BOUNDARY
    if not boundary or end - start > 3:
        return None
    line_start = (
        folded[:start].rstrip(" ")[-1:] in ("", "\n")
        if start < 40
        else folded[start - 8 : start].rstrip(" ")[-1:] == "\n"
    )
    after = folded[end : end + 2]
    if folded[start - 1 : start] == "（" and after[:1] == "）":
        return Disposition.ENUMERATOR, "bracketed"
    if (
        after[:1] in ".．"
        and (not after[1:2].isdigit() or _YEAR_BEHIND_POINT.match(folded, end))
        and (line_start or folded[start - 1 : start] in "。；：，")
    ):
        return Disposition.ENUMERATOR, "numbered"
    if after[:1] in "、）" and line_start:
        return Disposition.ENUMERATOR, "numbered"
    return None


@cache
def _furniture_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(words('contexts', 'furniture_before'))})[ ：:为]*$")


def _furniture(folded: str, start: int, end: int) -> Ruling | None:
    before = folded[max(0, start - 10) : start]
    if folded.startswith("页", end) and before.rstrip().endswith(("第", "共", "阅读", "已读", "页码")):
        # 已阅读5页, 第3页
        return Disposition.PAGE_FURNITURE, "page_number"
    match = _furniture_before().search(before)
    # 浏览次数: 12 at the head of a line is furniture; 总阅读量10万次 in a sentence is a figure.
    if match and "一" <= before[: match.start()][-1:] <= "龥" and not match.group().startswith(("第", "共")):
        match = None
    if match and (match.group().rstrip(" ：:为") not in ("第", "共") or folded.startswith(("页", "頁"), end)):
        return Disposition.PAGE_FURNITURE, "page_furniture"
    digits = folded[start:end].replace(",", "")
    if (digits.isdigit() and len(digits) >= 7 and re.search(r"[0-9]{3}-$", before)) or (
        len(digits) >= 3 and _TELEPHONE_AFTER.match(folded, end)
    ):
        return Disposition.PAGE_FURNITURE, "telephone"
    if digits.isdigit() and len(digits) >= _LONG_RUN and folded.startswith(("年", "月", "日", "号"), end):
        # 20212025年 lost its dash; an amount of eight digits before 元 is whole.
        return Disposition.UNREADABLE, "long_run_of_digits"
    return None


def _chinese(folded: str, start: int, end: int) -> Ruling | None:
    text = folded[start:end]
    after = folded[end : end + 3]
    before = folded[start - 1 : start]
    boundary = start == 0 or before in _BOUNDARY
    if before == "（" and after[:1] == "）":
        return Disposition.ENUMERATOR, "bracketed"
    enumerator = _chinese_enumerator(folded, start, text, after, boundary)
    if enumerator:
        return enumerator
    date = written_date(folded, start, end)
    if date:
        return date
    if _session(folded, start, after):
        return Disposition.ORDINAL, "session"
    if _PLUS_NAME_AFTER.match(folded, end) or before in ("·", "+"):
        return Disposition.NAME, "joined_numbers"
    if _SIZE_CLASS.match(folded, end):
        return Disposition.NAME, "size_class"
    return _stage_or_saying(folded, start, end)


# 已签约亿元产业项目2个: scales alone, with 元 and a noun behind, name a size.
_SIZE_OF_NOUN = re.compile(r"元(?![以左上的整])(?=[一-龥A-Za-z])")
# 营收过亿元企业: whatever stands before, an amount right before such a noun says which ones.
_SIZE_OF_BODY = re.compile(r"元(?:产业)?(?:企业|项目|园区|镇|村|乡|产业|平台|集群|单品|工程)")
# （单位：万元）, 金额（亿元）
_UNIT_OF_TABLE = re.compile(r"(?:单位(?:：| )*|[^，。；]（)$")
# 产值共亿元，同比增长%: the figures were taken out.
_BLANKED = re.compile(r"元(?=[，。；、）]|$)")
# 近亿元 and 约亿元 are amounts, 签约亿元产业项目 are projects.
_AMOUNT_BEFORE = re.compile("(?:[上近超数几逾破过达]|(?<![签合履])约)$")
_SCALES_ALONE = re.compile("[十百千万亿]+")
# 二期工程, 三标段: which one, not how many.
_STAGE = re.compile(
    r"期(?=工程|项目|建设|改造|扩建|用地|地块|规划)|标段|号(?=楼|馆|线|码头|仓|院)|车间|分队|大队|支队|中队"
)
# 一分部署，九分落实; 九层之台
_SAYING = re.compile(r"分(?=[一-龥]{2})(?!分?之)|(?!分)[一-龥]之[一-龥]")
_SCORED = re.compile(r"[得评均满扣加减积计总考]分?[为达是]?$")


def _stage_or_saying(folded: str, start: int, end: int) -> Ruling | None:
    if folded[start - 1 : start] == "前" and folded[end : end + 1] in ("项", "者", "类", "种"):
        # 前两项分别下降: which of the list.
        return Disposition.LEXICAL, "pronoun"
    if _STAGE.match(folded, end):
        return Disposition.ORDINAL, "stage"
    if folded[end : end + 1] == "元" and _SCALES_ALONE.fullmatch(folded, start, end):
        if _UNIT_OF_TABLE.search(folded, max(0, start - 6), start):
            return Disposition.LEXICAL, "unit"
        amount = _AMOUNT_BEFORE.search(folded, max(0, start - 2), start)
        if _SIZE_OF_BODY.match(folded, end) or (not amount and _SIZE_OF_NOUN.match(folded, end)):
            return Disposition.NAME, "size_class"
        if not amount and folded[end - 1] in "万亿" and _BLANKED.match(folded, end):
            return Disposition.UNREADABLE, "redacted"
    if _SAYING.match(folded, end) and not _SCORED.search(folded[max(0, start - 3) : start]):
        return Disposition.LEXICAL, "saying"
    return None


def _session(folded: str, start: int, after: str) -> bool:
    """Whether the number names a session: 八届七次, 三中全会, 十四届全国人大二次会议."""
    if after[:1] == "届" or after == "中全会" or after[:2] == "次全":
        return True
    return after == "次会议" and _SESSION_BEFORE.search(folded[max(0, start - 12) : start]) is not None


def _chinese_enumerator(folded: str, start: int, text: str, after: str, boundary: bool) -> Ruling | None:
    """Dispose of 一是, 二要 and 三、 at the head of a line or a clause."""
    if len(text) <= 3 and after[:1] == "是" and _ENUMERATOR_AFTER.match(after):
        return Disposition.ENUMERATOR, "spoken"
    listed = after[:1] != "、" or start == 0 or folded[start - 1] in "\n。 ；："
    if len(text) <= 3 and boundary and listed and _ENUMERATOR_AFTER.match(after):
        return Disposition.ENUMERATOR, "numbered"
    if len(text) <= 2 and boundary and _ENUMERATOR_VERB.match(after):
        return Disposition.ENUMERATOR, "spoken"
    return None


def _ordinal(folded: str, start: int, end: int) -> Ruling | None:
    """Dispose of 第N: a reference or an ordinal; 第N位 and 第N名 go on to the grammar as ranks."""
    before = folded[max(0, start - 2) : start]
    if before[-1:] in ("、", "和") and _ORDINAL_ROW.search(folded, max(0, start - 8), start):
        return Disposition.ORDINAL, "ordinal"
    if "第" not in before or not before.endswith(("第", "第 ", "第（")):
        return None
    rest = folded[end : end + 2].lstrip("）")
    if rest.startswith(words("contexts", "reference_after_ordinal")):
        return Disposition.REFERENCE, "article"
    placed = rest.startswith(words("contexts", "rank_units")) or (
        _PLACE_END.match(folded, end) is not None and ranked(folded, start)
    )
    if before.endswith("第") and placed:
        return None
    return Disposition.ORDINAL, "ordinal"


# 第二、三批
_ORDINAL_ROW = re.compile("第[一二三四五六七八九十0-9]{1,3}[、和]$")
# 获评第三批案例 names a batch; a place without 位 ends its phrase: 居全省第三，全省第二的水平.
_PLACE_END = re.compile(r"[^一-龥]|$|[和与及的]|并列|以?来|(?:水平|以?内|左右)")


@cache
def _rank_before() -> re.Pattern[str]:
    return re.compile(alternation(words("contexts", "rank_before")))


def ranked(folded: str, start: int) -> bool:
    """Whether a word of rank (位居, 排名, 列 …) stands before 第N in its clause."""
    clause = re.split(r"[，。；！？\n、]", folded[max(0, start - 24) : start])[-1]
    return bool(_rank_before().search(clause)) or bool(_owner_end().search(clause))


@cache
def _owner_end() -> re.Pattern[str]:
    """全省第二 is a rank without a verb."""
    return re.compile(rf"(?:{alternation(words('grammar', 'rank_owners'))})(?:[一-龥]{{0,4}})第$")
