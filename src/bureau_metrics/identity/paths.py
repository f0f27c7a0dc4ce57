"""The path of the page that a site prints over a report: 首页 > 政务公开 > 嵩县水利局."""

from __future__ import annotations

import re

from bureau_metrics.identity.pieces import Line

_MARK = re.compile(r"\s*(?:>+|＞+|»|›|→|&gt;)\s*")
_SIGNS = (">", "＞", "»", "›", "→", "&gt;", "首页")
_SLASH = re.compile(r"\s*/\s*")
_HOME_FIRST = re.compile("(?:.{0,8}[:：]\\s*)?(?:网站)?首页")
_ENDS_IN_A_MARK = re.compile(r"(?:^|\n)[>＞»›→]+$")
_LABEL_ENDS = "：:|｜"
_SENTENCE_END = re.compile("[。；]")
_LONGEST_STEP = 40


def find_paths(head: str, lines: list[Line]) -> tuple[list[Line], dict[Line, tuple[Line, ...]]]:
    """Return the lines of a document's head, and those of them that hold a path, each with its steps, the site first.

    A path that is printed step by step, its marks on lines of their own, is made one line.
    """
    if not any(sign in head for sign in _SIGNS):
        return lines, {}
    joined = _joined(lines)
    found = ((line, _steps(line)) for line in joined)
    return joined, {line: steps for line, steps in found if len(steps) > 1}


def _joined(lines: list[Line]) -> list[Line]:
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and (_MARK.fullmatch(line.text) or _ENDS_IN_A_MARK.search(before.text)):
            gap = "\n" * (line.start - before.end)
            joined[-1] = Line(before.start, line.end, f"{before.text}{gap}{line.text}")
        else:
            joined.append(line)
    return joined


def _steps(line: Line) -> tuple[Line, ...]:
    """Return the steps of the path that a line holds, without a label before the first (当前位置：)."""
    mark = _SLASH if _HOME_FIRST.match(line.text) and not _MARK.search(line.text) else _MARK
    marks = [found.span() for found in mark.finditer(line.text)]
    if not marks or _SENTENCE_END.search(line.text):
        return ()
    steps: list[Line] = []
    start = 0
    for end, following in [*marks, (len(line.text),) * 2]:
        begins = max(start, *(line.text.rfind(label_end, start, end) + 1 for label_end in _LABEL_ENDS))
        step = line.text[begins:end].strip()
        if step and len(step) <= _LONGEST_STEP:
            at = line.start + line.text.index(step, begins)
            steps.append(Line(at, at + len(step), step))
        start = following
    return tuple(steps)
