"""Which lines of a document's head are its title, and which are the page's around it."""

from __future__ import annotations

import re
from itertools import takewhile

from bureau_metrics.identity.kinds import kind_of, words
from bureau_metrics.identity.pieces import Line

LONGEST_TITLE = 80
LONGEST_NAME_LINE = 40
_WORDS_OF_A_TITLE = 4
_YEARS_OF_A_TITLE = 3
_YEAR = re.compile("(?:19|20)[0-9]{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2}")
_BODY_LIKE = re.compile("[局厅委办]|政府|中心")
_BODY = "局|厅|委员会|委|人民政府|中心"
_NAME = rf"[一-鿿]{{1,20}}(?:{_BODY})"
# A bureau of statistics signs beside the nation's: 嵩县统计局 国家统计局嵩县调查队.
BODY_ALONE = re.compile(rf"{_NAME}(?:\s+国家统计局[一-鿿]{{1,12}}队)?\s*(?:[（(](?:19|20)[0-9]{{2}}年度?[）)])?")
BODY_WITH_YEAR = re.compile(rf"(?:(?:19|20)[0-9]{{2}}\s*年度?)?\s*{_NAME}")
PROSE = re.compile("[。；！，,;]")
_WORD = re.compile(r"\S+")
DAY_ALONE = re.compile("[0-9 :年月日-]+")
# When and where a report was read, behind its title: ——2024年1月9日在嵩县第十七届人民代表大会第三次会议上.
_SESSION = re.compile("[-—－]{1,2}[^，。；]{6,14}日在[^，。；]{4,40}会议上?")
# Where the next cell of a table begins: 名称： | 县水利局2023年工作总结 | 文号：.
_CELL_ENDS = re.compile(r"\s*[|｜]")
_NAMES_A_BODY = re.compile(_BODY)


def with_first_title_apart(lines: list[Line], prose: int) -> list[Line]:
    """Return the lines, the first of the prose split where it begins with the title (…统计公报 2022年，…).

    What a page prints under the title and stands on the line too, the day and the source, is split off with it.
    """
    split = [part for line in lines[prose : prose + 1] for part in _title_apart(line)]
    return [*lines[:prose], *split, *lines[prose + 1 :]]


def _title_apart(line: Line) -> list[Line]:
    """Return the title that begins a line, what stands under a title, and the rest; the line itself if none begins."""
    parts = [
        Line(line.start + part.start(), line.start + part.end(), part.group()) for part in _WORD.finditer(line.text)
    ]
    for count, last in enumerate(parts[:-1][:_WORDS_OF_A_TITLE], start=1):
        first = line.text[: last.end - line.start]
        if len(first) > LONGEST_TITLE or PROSE.search(first):
            break
        dated = _YEAR.search(first) or _SESSION.fullmatch(parts[count].text)
        if words().title_ends.search(first) and dated and kind_of(first):
            under = [*takewhile(_stands_under_a_title, parts[count:-1])]
            rest = parts[count + len(under)].start
            return [Line(line.start, last.end, first), *under, Line(rest, line.end, line.text[rest - line.start :])]
    return [line]


def _stands_under_a_title(line: Line) -> bool:
    return is_labelled(line) or any(form.fullmatch(line.text) for form in (DAY_ALONE, BODY_ALONE, _SESSION))


def title_lines(head: list[Line]) -> list[Line]:
    """Return the lines of the title: the best candidate and what it is continued by."""
    candidates = [line for line in head if _title_score(line) > 1]
    if not candidates:
        return []
    best = max(candidates, key=_title_score)
    at = head.index(best)
    title = [*_broken_off(head[:at], best), best]
    following = head[at + 1 :]
    while following and _continues(title, following[0]):
        title.append(following.pop(0))
    return title


def _title_score(line: Line) -> int:
    if is_addressee(line) or is_labelled(line) or words().other_label.match(line.text):
        return 0
    if is_index_of_years(line):
        return 0
    text = "".join(line.text.split())
    named = words().title.search(text) is not None
    score = 2 * named + 2 * (_YEAR.search(line.text) is not None and named) + (_BODY_LIKE.search(line.text) is not None)
    return min(score, 2) if words().file_name.search(text) else score


def is_index_of_years(line: Line) -> bool:
    """Say whether the line lists years for a reader to choose from (统计公报年度索引 2023 2022 2021 2020)."""
    return len(_YEAR.findall(line.text)) > _YEARS_OF_A_TITLE and not PROSE.search(line.text)


def _broken_off(before: list[Line], line: Line) -> list[Line]:
    """Return the line before the title's if a cue begins on it and ends on the next (…法治政府 / 建设情况报告)."""
    if not before or is_addressee(before[-1]) or is_labelled(before[-1]):
        return []
    first, rest = ("".join(part.text.split()) for part in (before[-1], line))
    found = kind_of(first + rest)
    return before[-1:] if found is not None and found[1] < len(first) < found[2] else []


def own_title(prose: list[Line]) -> list[Line]:
    """Return the title that the first sentence quotes as the document's own, if it is one of a report with its year."""
    match = next(
        (found for line in prose if (found := words().own_title.search(line.text, 0, LONGEST_TITLE * 2))), None
    )
    if (
        match is None
        or kind_of(match[1]) is None
        or not (words().title_done.search(match[1]) and _YEAR.search(match[1]))
    ):
        return []
    start = prose[0].start
    return [Line(start + match.start(1), start + match.end(1), match[1])]


def without_label(line: Line) -> Line:
    """Return the line without the label of a title (标题：), and without the table's cells behind the title."""
    label = words().title_label.match(line.text)
    if label is None or label.end() == len(line.text):
        return line
    cell_end = _CELL_ENDS.search(line.text, label.end())
    end = cell_end.start() if cell_end else len(line.text)
    return Line(line.start + label.end(), line.start + end, line.text[label.end() : end]) if end > label.end() else line


def _continues(title: list[Line], line: Line) -> bool:
    if is_addressee(line) or len(line.text) > LONGEST_NAME_LINE or len(title) > 2:
        return False
    broken = title[-1].text.endswith(words().unfinished)
    if broken or _names_who_reports(title, line):
        return True
    return _title_score(line) >= 2 and not _YEAR.search(line.text) and line.text[0] not in "(（"


def _names_who_reports(title: list[Line], line: Line) -> bool:
    """Say whether the line is a body's name alone, or with a year, under a title that names none."""
    return bool(BODY_ALONE.fullmatch(line.text)) and not names_a_body(title)


def names_a_body(title: list[Line]) -> bool:
    """Say whether the title has a body's name in it, as far as its ending tells."""
    return any(_NAMES_A_BODY.search(part.text) for part in title)


def is_addressee(line: Line) -> bool:
    """Say whether the line calls on the body that the report is sent to (市委法治建设办：)."""
    return line.text[-1] in "：:" and len(line.text) <= LONGEST_NAME_LINE and not _is_sentence(line)


def _is_sentence(line: Line) -> bool:
    return bool(PROSE.search(line.text) or words().introduces.search(line.text))


def is_labelled(line: Line) -> bool:
    """Say whether the line begins with a label of the page's header (发布时间：, 来源：)."""
    return bool(words().date_label.match(line.text) or words().source_label.match(line.text))
