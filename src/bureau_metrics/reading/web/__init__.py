"""Web pages of government sites (HTML, MHTML): bytes → the article with its title, source and date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading.content import Block, Paragraph, Table
from bureau_metrics.reading.failure import UnreadableDocument
from bureau_metrics.reading.limits import Budget
from bureau_metrics.reading.web.blocks import blocks_of, is_prose
from bureau_metrics.reading.web.content import article_in, batched_by_two, lines_above, unmark
from bureau_metrics.reading.web.copies import without_copies
from bureau_metrics.reading.web.furniture import day_alone, day_in, is_byline, is_furniture, source_in
from bureau_metrics.reading.web.markup import markup_of
from bureau_metrics.reading.web.tree import Element, tree_of

_HEADINGS = ("h1", "h2", "h3", "h4")
_TITLE_NAME = re.compile(r"(?:^|[\s_-])\w*title\w*(?:$|[\s_-])|(?:^|\s)(?:bt|biaoti)(?:$|\s)")
_TITLE_END = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s*|[-–—]+(?=\D*$)")
_SITE_NAME = re.compile(r"(?:门户|政府|官方|政务)?(?:网站?|官网|平台|首页)$")
_SHORTEST_TITLE = 5
_LONGEST_TITLE = 200
_REPORT_TITLE = re.compile(r"(?:19|20)\d\d\s*年|年度|总结|报告|公报|要点|计划|情况")
_BLANKS = re.compile(r"\s+")
_DAY = re.compile(r"((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})")
_LINES_OF_HEAD = 12
_LINES_OF_END = 5
_LINES_OF_TITLE = 2
_LONGEST_OWN_TITLE = 50

_HAN = re.compile("[\u4e00-\u9fff]")
_LITTLE = 400
_HARDLY_ANY = 50
_ERROR = re.compile(
    r"(?:^|\D)(?:40[034]|50[0-4])\s?[-:：]?\s?(?:错误|页面|not found|forbidden|error|bad gateway|$)|not found"
    r"|access denied"
    r"|页面(?:不存在|没有找到|未找到|找不到|已被?删除|无法访问)|(?:您|你)?(?:所)?(?:访问|查找|请求|要找)的(?:页面|网页|内容|文件|资源|信息|栏目)"
    r".{0,12}(?:不存在|删除|找不到|不到|失效|移动|无法|下线)|无法找到(?:该|此|您)|访问被拒绝|请求(?:已)?被(?:拦截|拒绝|阻断)|(?:系统|网站)(?:正在)?维护"
    r"|安全验证|访问过于频繁|您访问的页面",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"(?:用户名|帐号|账号|手机号).{0,200}(?:密码|验证码)|(?:请先?|重新)登录|(?:统一)?身份认证", re.DOTALL
)
# With a vowel, as km and kg in brackets are none; in many different syllables.
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ"
_PINYIN = re.compile(rf"[\u4e00-\u9fff][(（]\s?((?=[a-z]{{0,3}}[aeiou{_TONES}])[a-z{_TONES}]{{1,6}})\s?[)）]")
_FEWEST_SYLLABLES = 5
_MOST_PINYIN = 8
_MOST_PINYIN_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a web page holds: its article's blocks, title, source and date among them, and signs of what else it is.

    `link_share` is the share of the visible text that is links; `pictures` counts those in the article, `scripts` those
    of the page; `asks_password` says that the page has a field for one.
    """

    blocks: list[Block]
    encoding: str
    title: str | None
    link_share: float = 0.0
    pictures: int = 0
    scripts: int = 0
    asks_password: bool = False


def blocks_of_web_page(data: bytes, budget: Budget) -> WebPage:
    """Return the article of a web page, without the page's frame.

    Raises UnreadableDocument (`undecodable`, `binary`, `damaged`, `unsafe`, `too_large`, `too_slow`, `no_text`).
    """
    markup, encoding = markup_of(data, budget)
    page = _parsed(markup)
    budget.page()
    body = tree_of(page, budget)
    article = article_in(body)
    content = blocks_of(article, budget)
    if not content:
        unmark(body)
        article, content = body, blocks_of(body, budget)
    scripts = len(page.css("script"))
    if not content:
        raise _no_text(body, scripts)
    title, head = _head_of(page, body, article, content)
    return WebPage(
        without_copies([*head, *_from_title_on(content, title)]),
        encoding,
        title,
        body.link_length / max(1, body.text_length),
        article.pictures,
        scripts,
        page.css_first("input[type=password]") is not None,
    )


def _parsed(markup: str) -> LexborHTMLParser:
    try:
        return LexborHTMLParser(markup)
    except SelectolaxError:  # it has run out of memory
        raise UnreadableDocument(
            RejectionReason.TOO_LARGE, "a web page that takes more memory than there is", "split it into several pages"
        ) from None


def _no_text(body: Element, scripts: int) -> UnreadableDocument:
    if body.pictures:
        detail, hint = "the page holds pictures only", "give a text version of the report"
    elif scripts:
        detail, hint = "the page is an empty shell that a script fills", "open it in a browser and save its text"
    else:
        detail, hint = "the page shows no text", "open it in a browser and check what it shows"
    return UnreadableDocument(RejectionReason.NO_TEXT, detail, hint)


def _head_of(
    page: LexborHTMLParser, body: Element, article: Element, content: list[Block]
) -> tuple[str | None, list[Block]]:
    """Return the title, and as paragraphs what the article itself lacks of title, source and date of publication."""
    meta = _statements_of(page)
    above = list(lines_above(body, article))
    shown = [block.text for block in content[:_LINES_OF_HEAD] if isinstance(block, Paragraph)]
    title = _title_of(page, meta, above)
    head: list[Block] = []
    if title and _is_lacking(title, shown) and not _SITE_NAME.search(title):
        head.append(Paragraph(title, 1))
    stated = [text for block in (*content[:_LINES_OF_HEAD], *content[-_LINES_OF_END:]) for text in _lines_of(block)]
    bylines = sorted((text for _, text in above if is_byline(text)), key=_states_no_publication)
    source = next(filter(None, map(source_in, bylines)), None) or meta.get("contentsource")
    if source and not any(map(source_in, stated)):
        head.append(Paragraph(f"来源：{source}"))
    elif meta.get("sitename") and not any(map(source_in, stated)):
        head.append(Paragraph(f"网站名称：{meta['sitename']}"))
    days = (*map(day_in, bylines), _day_of(meta.get("pubdate")), *(day_alone(text) for _, text in above))
    day = next(filter(None, days), None)
    if day and not any(map(day_in, stated)):
        head.append(Paragraph(f"发布日期：{day}"))
    return title, head


def _states_no_publication(byline: str) -> bool:
    """Say whether a byline dates something else (生成日期, 成文日期): the day of publication goes first."""
    return "发布" not in byline


def _is_lacking(title: str, shown: list[str]) -> bool:
    """Say whether the article lacks the title; 信息公开 and 打印 are none where it opens with a title of its own."""
    has_own = any(_is_title(line) and len(line) <= _LONGEST_OWN_TITLE for line in shown[:_LINES_OF_TITLE])
    return _bare(title) not in _bare("".join(shown)) and (bool(_REPORT_TITLE.search(title)) or not has_own)


def _lines_of(block: Block) -> list[str]:
    """Return the lines that may state a source or date: a paragraph, or a row of a table as "label：value"."""
    if isinstance(block, Paragraph):
        return [block.text]
    rows: dict[int, list[str]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, []).append(cell.text.strip().rstrip("：:"))
    return ["：".join(pair) for row in rows.values() for pair in batched_by_two(row)]


def _statements_of(page: LexborHTMLParser) -> dict[str, str]:
    """Return what the meta elements state (ArticleTitle, PubDate, ContentSource, SiteName) by name in small letters."""
    stated: dict[str, str] = {}
    for meta in page.css("meta[name][content]"):
        name, content = (meta.attributes.get(key) or "" for key in ("name", "content"))
        if content.strip():
            stated.setdefault(name.strip().lower(), _BLANKS.sub(" ", content.strip()))
    return stated


def _day_of(stated: str | None) -> str | None:
    found = _DAY.match(stated or "")
    return f"{found[1]}-{found[2].zfill(2)}-{found[3].zfill(2)}" if found else None


def _title_of(page: LexborHTMLParser, meta: dict[str, str], above: list[tuple[Element, str]]) -> str | None:
    """Return the title: that stated, else a heading above the article that <title> has too, else <title> itself."""
    if meta.get("articletitle"):
        return meta["articletitle"]
    node = page.css_first("title")
    whole = _BLANKS.sub(" ", node.text()[:_LONGEST_TITLE] if node else "").strip()
    lines = [(line, text) for line, text in above if _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE]
    for line, text in lines:
        named = line.tag in _HEADINGS or _TITLE_NAME.search(line.names)
        if named and _bare(text) in _bare(whole) and not _SITE_NAME.search(text):
            return text
    parts = [part for part in _TITLE_END.split(whole) if part]
    named_parts = [part for part in parts if not _SITE_NAME.search(part)]
    if not any(map(_REPORT_TITLE.search, named_parts)):
        near = [text for line, text in lines[-_LINES_OF_HEAD:] if line.tag != "tr" and _is_title(text)]
        named_parts = near[-1:] or named_parts
    return next(iter(named_parts or parts), None)


def _is_title(text: str) -> bool:
    return bool(_REPORT_TITLE.search(text)) and not is_byline(text) and not is_furniture(text) and not day_alone(text)


def _from_title_on(content: list[Block], title: str | None) -> list[Block]:
    """Return the content without short lines that stand above the title in it: they are the frame's."""
    for index, block in enumerate(content[:_LINES_OF_HEAD]):
        if is_prose(block) or (isinstance(block, Paragraph) and is_byline(block.text)):
            return content
        if title and isinstance(block, Paragraph) and _bare(block.text) == _bare(title):
            return content[index:]
    return content


def _bare(text: str) -> str:
    return _BLANKS.sub("", text)


def objection_to_page(page: WebPage) -> str | None:
    """Return why a page is no report (an error, a login, a list of links, an empty shell, a garbled copy), or None."""
    texts = [text for block in page.blocks for text in _cells_of(block)]
    text = "\n".join(texts)
    han = len(_HAN.findall(text))
    pinyin = _PINYIN.findall(text)
    if len(pinyin) > max(_MOST_PINYIN, _MOST_PINYIN_SHARE * han) and len(set(pinyin)) >= _FEWEST_SYLLABLES:
        return "a garbled copy of a page: pinyin stands in brackets after its characters"
    if han < _LITTLE and _ERROR.search(f"{page.title or ''}\n{text}"):
        return "an error page: the site says that it could not show what was asked for"
    if han < _LITTLE and (page.asks_password or _LOGIN.search(text)):
        return "a login page"
    if any(is_prose(block) for block in page.blocks):
        return None
    if page.link_share > 0.5 and han >= _HARDLY_ANY:
        return "a list of links, no report"
    if han < _HARDLY_ANY:
        return _emptiness(page)
    return None


def _cells_of(block: Block) -> list[str]:
    return [cell.text for cell in block.cells] if isinstance(block, Table) else [block.text]


def _emptiness(page: WebPage) -> str | None:
    if page.pictures:
        return "hardly any text: the report is there as pictures"
    if page.scripts:
        return "an empty shell: the text is loaded by a script"
    return "hardly any text"
