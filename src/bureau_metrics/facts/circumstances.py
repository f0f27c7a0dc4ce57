"""When, of whom and with what status a figure is said: year and period, scope, actual, planned or required."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bureau_metrics.catalogue.vocabulary import Role
from bureau_metrics.facts.view import Draft, View
from bureau_metrics.lexicon import words
from bureau_metrics.models import Measure, Qualifier, Scope, Status
from bureau_metrics.periods import TimeMark
from bureau_metrics.structure import SectionKind

_BOUNDED = (Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.LESS_THAN, Qualifier.RANGE)


@dataclass(frozen=True, slots=True)
class Time:
    """What the document says of time at large: the report's year and its date of publication."""

    report_year: int | None
    published: date | None


def governing(view: View, draft: Draft, marks: list[TimeMark], time: Time) -> TimeMark | None:
    """Return the last word of time before the figure; one of a year to come only behind the last ； before it."""
    segment = _before(view, draft)[0]
    found = None
    for mark in marks:
        if _to_come(mark, time.report_year) and mark.end < segment:
            continue
        if any(start <= mark.start and mark.end <= end for start, end in view.years_apart):
            continue
        if mark.end <= draft.statement_start and (mark.year is not None or mark.period_end or mark.as_of):
            if found is not None and mark.as_of and mark.year is None:
                continue
            found = mark
    return found


def status_of(view: View, draft: Draft, mark: TimeMark | None, time: Time) -> Status:
    """Return planned in plan sections and behind 力争 or 计划, required behind 每年…不少于, else actual."""
    if view.section.kind is SectionKind.PLANS:
        past = (
            mark is not None
            and mark.printed
            and mark.year is not None
            and time.report_year is not None
            and mark.year <= time.report_year
        )
        return Status.ACTUAL if past and not view.with_role(*_before(view, draft), Role.PLANNED) else Status.PLANNED
    if _intended(view, draft):
        return Status.PLANNED
    if mark is not None and mark.until and _to_come(mark, time.report_year):
        return Status.PLANNED
    if draft.measure is not Measure.RANK and _demanded(view, draft):
        return Status.REQUIRED
    return Status.ACTUAL


def _to_come(mark: TimeMark, report_year: int | None) -> bool:
    return mark.year is not None and report_year is not None and mark.year > report_year


def _before(view: View, draft: Draft) -> tuple[int, int]:
    """Return the stretch from the last ； before the draft to its end: a plan word holds for all of it."""
    semicolon = view.folded.rfind("；", view.start, draft.start)
    return max(view.start, semicolon + 1), draft.end


def _intended(view: View, draft: Draft) -> bool:
    """Whether a word of intention stands before the figure and none of fulfilment behind it (计划12场,实际完成15场)."""
    start, end = _before(view, draft)[0], draft.statement_start
    if _AIM_BEFORE.search(view.folded, max(start, end - 8), end) or _AIM_BEHIND.match(view.folded, draft.end):
        return True
    planned = [hit[0] for hit in view.with_role(start, end, Role.PLANNED) if not _intends_nothing(view, hit)]
    if not planned:
        return False
    met = view.with_role(planned[-1], draft.start, Role.MET)
    return not any(view.vocabulary.words[hit[2]] not in ("全年", "累计") for hit in met)


# 落实监管计划14项: a plan that is carried out or made.
_PLAN_CARRIED_OUT = re.compile(r"(?:落实|完成|执行|实施|制定|编制|下达|印发)[^，。；、]{1,12}$")
# 科技计划, 按计划 and 计划管理 name a plan; 计划开展 and 计划2025年 intend.
_PLAN_VERB = re.compile(r"(?:于|在|到|用)?(?:年内|全年|[0-9])")


# 建库目标19家, 完成年计划18亿元的100%
_AIM_BEFORE = re.compile(
    r"(?<![出过于超]高线)(?<![出过于超])(?:目标(?:值|数|任务)?|年度?计划(?:数|任务)?)(?:为|是|：|定为)?$|任务(?:数|量)?(?:为|是|：)$"
)
# 完成下达的30亿元的任务, 完成下降2%的目标: the figure is what was demanded.
_AIM_BEHIND = re.compile("的(?:(?:目标|年度|工作)?任务|(?:任务)?目标|计划)(?!的?[一-龥]{0,3}[0-9])")
# 预计全年实现, 初步预计, 全年预计: an estimate of the year's result, and no plan.
_ESTIMATED = re.compile(r"初步预计|预计(?:全年|今年|年内|年底|年末)|(?:全年|今年|年内)[^，。；]{0,6}预计")
# 低于年初预期, 完成年度目标: what is met or missed is no intention; nor is what qualifies a noun (拟出台的政策).
_MEASURED_AGAINST = re.compile(r"(?:于|超|超过|超出|较|比|完成|达到|达成|实现|围绕|对照|聚焦)[^，。；、]{0,8}$")
_QUALIFIES = re.compile(r"[一-龥]{1,4}的[一-龥]")


# 预期目标, 预期增长; 预期不稳 is a noun.
_EXPECTED = re.compile("(?:可|能|将)?(?:实现|达|完成|增|目标|为|值|指标|到|全年|年|今|投|新)")


def _intends_nothing(view: View, hit: tuple[int, int, int]) -> bool:
    word = view.vocabulary.words[hit[2]]
    before = max(view.start, hit[0] - 10)
    # 结转下年继续办理4件: what is left over at the end of the year.
    if word.startswith("下") and view.folded[before : hit[0]].endswith(("结转", "结转到", "结转至", "转入", "结转入")):
        return True
    if word == "预期" and not _EXPECTED.match(view.folded, hit[1]):
        return True
    if word.startswith(("预期", "目标")) and _MEASURED_AGAINST.search(view.folded, before, hit[0]):
        return True
    if word == "预计" and _ESTIMATED.search(view.folded[max(view.start, hit[0] - 8) : hit[1] + 4]):
        return True
    if word in ("拟", "计划") and _QUALIFIES.match(view.folded, hit[1]):
        return True
    # 拟订办法2个 drafted them; 审核拟出台文件52件 audited them.
    if word == "拟" and view.folded[hit[0] - 1 : hit[0]] in ("模", "虚", "草"):
        return True
    if word == "拟" and (
        view.folded[hit[1]] in "订定制稿" or any(o[1] == hit[0] for o in view.with_role(view.start, hit[0], Role.VERB))
    ):
        return True
    return _names_a_plan(view, hit)


def _names_a_plan(view: View, hit: tuple[int, int, int]) -> bool:
    word = view.vocabulary.words[hit[2]]
    if not word.startswith("计划"):
        return False
    if view.folded[max(view.start, hit[0] - 4) : hit[0]].endswith(("按", "按照", "根据", "依据", "对照", "依照")):
        return True
    if word != "计划":
        return False
    if view.folded.endswith(words("status", "plan_names"), view.start, hit[0]):
        return True
    if view.folded[hit[0] - 1 : hit[0]] in ("年", "度") and view.folded[hit[1] : hit[1] + 1].isdigit():
        # 完成年计划710亿元的89%: only that number is what was planned.
        return True
    if _PLAN_CARRIED_OUT.search(view.folded, max(view.start, hit[0] - 16), hit[0]):
        return True
    verbs = [other for other in view.with_role(hit[1], hit[1] + 6, Role.VERB) if other[0] == hit[1]]
    return not verbs and not _PLAN_VERB.match(view.folded, hit[1])


# 落实年培训60学时制度, 执行不少于60学时的要求
_RULE_BEHIND = re.compile(r"的?[一-龥]{0,4}(?:制度|规定|要求|标准)(?!化)")
_CARRIED_OUT = re.compile("落实|执行|按照|遵守|达到|依照")


def _demanded(view: View, draft: Draft) -> bool:
    """Whether a word of duty stands before a bound; 每个 and 每年 alone make no rule of a range (每个网格2—3名)."""
    start, _ = view.clause(draft.start)
    if _RULE_BEHIND.match(view.folded, draft.end) and _CARRIED_OUT.search(view.folded, start, draft.start):
        return True
    if draft.qualifier not in _BOUNDED:
        return False
    demands = view.with_role(start, draft.start, Role.REQUIRED)
    if draft.qualifier is Qualifier.RANGE:
        demands = [hit for hit in demands if not view.vocabulary.words[hit[2]].startswith(("每", "按"))]
    return bool(demands) and not view.with_role(start, draft.start, Role.MET)


def set_time(view: View, draft: Draft, mark: TimeMark | None, time: Time) -> None:
    """Set year and period of a draft whose status is known; `mark` is the word of time that governs it."""
    if draft.status is Status.PLANNED:
        default = view.section.year if view.section.kind is SectionKind.PLANS and view.section.year else None
        if default is None and time.report_year is not None:
            default = time.report_year + (1 if _next_year(view, draft) else 0)
    else:
        default = time.report_year
    if (
        mark is not None
        and draft.status is not Status.PLANNED
        and _to_come(mark, time.report_year)
        and any(hit[1] == mark.start for hit in view.with_role(view.start, mark.start, Role.VERB))
    ):
        # 申报2024年度项目10项 in a report on 2023: the year names the thing, not the time of the figure.
        mark = None
    year = default
    if (
        mark is not None
        and mark.year is not None
        and not (draft.status is Status.PLANNED and _is_report_year(mark, time))
    ):
        year = mark.year
    elif draft.status is not Status.PLANNED and view.section.year and view.section.kind is SectionKind.RESULTS:
        year = view.section.year
    draft.year = draft.year_said or (None if year is None else year - draft.years_back)
    _set_period(draft, mark, time)


def _next_year(view: View, draft: Draft) -> bool:
    """Whether a plan without a year is for the year to come: in a plan section, or behind 明年 and 下一步."""
    if view.section.kind in (SectionKind.PLANS, SectionKind.MIXED):
        return True
    start, _ = _before(view, draft)
    coming = words("sections", "plan_openers")
    return any(word in view.folded[start : draft.statement_start] for word in coming)


def _is_report_year(mark: TimeMark, time: Time) -> bool:
    return mark.year == time.report_year and not mark.since and not mark.printed


def _set_period(draft: Draft, mark: TimeMark | None, time: Time) -> None:
    year = draft.year
    same = mark is not None and (mark.year == year or mark.since) and not draft.years_back
    if draft.measure is Measure.FLOW:
        draft.period_start = date(year, 1, 1) if year else None
        draft.period_end = date(year, 12, 31) if year else None
        if same and mark is not None:
            if mark.since:
                draft.period_start, draft.period_end = mark.period_start, time.published
            elif mark.as_of:
                draft.period_end = time.published if mark.now else (mark.period_end or draft.period_end)
            elif mark.period_end is not None:
                draft.period_start, draft.period_end = mark.period_start or draft.period_start, mark.period_end
    elif same and mark is not None and (mark.as_of or mark.period_end):
        draft.period_end = time.published if mark.now else mark.period_end


def scope_of(view: View, draft: Draft) -> Scope | None:
    """Return jurisdiction or bureau where the clause says whose figure it is, else that of what it is of or part of."""
    start, _ = view.clause(draft.start)
    marks = view.with_role(start, draft.end, Role.JURISDICTION | Role.BUREAU)
    if not marks:
        whose = draft.subject or draft.whole
        return whose.scope if whose else None
    last = max(marks, key=lambda hit: (hit[1], hit[1] - hit[0]))
    return Scope.JURISDICTION if view.role(last) & Role.JURISDICTION else Scope.BUREAU
