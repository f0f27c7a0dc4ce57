"""Words of the frame around an article on a government site: what is no part of it, and the line that dates it."""

from __future__ import annotations

import re

_LONGEST_FURNITURE = 160
_SENTENCE_END = "。"
LONGEST_LABEL = 4
"""Up to so many characters, the words of a button may be the label of a table's row or column."""

_BUTTON = (
    r"(?:打印|关闭|收藏|分享|转发|复制|下载|朗读|语音|播放|纠错)(?:本页|此页|本文|此文|全文|文章|页面|窗口|内容|链接)?|"
    r"(?:我要)?(?:纠错|分享|打印|收藏)|网页纠错|加入收藏|设为首页|收藏本站|保存|返回(?:顶部|首页|列表|上一页|上页)|(?:网站)?首页|TOP|"
    r"(?:微信|QQ|新浪)?(?:微博|空间|好友|朋友圈)|微信|无障碍(?:浏览|阅读|模式)?|(?:长者|关怀|老年|适老化?)(?:模式|版|助手)|"
    r"(?:简体|繁体|繁體)(?:中文|版)?|简[\s|/]*繁|English|登录|注册|搜索|网站地图|联系我们|关于我们|网站声明|隐私声明|手机版|客户端|"
    r"A[+-]|[特超]?大[\s|/｜]*中[\s|/｜]*小|默认|字[号体](?:大小)?|更多|展开|收起|全文"
)
_BETWEEN_BUTTONS = r"[\s\[\]【】()（）|｜/·•:：>»<+-]*+"
_BUTTONS = re.compile(rf"{_BETWEEN_BUTTONS}(?:(?:{_BUTTON}){_BETWEEN_BUTTONS})++", re.IGNORECASE)
_PLACE = r"(?:您|你)?(?:现在|目前|当前|所在)?(?:的|所在|所处)?(?:的)?位置(?:是)?"
_LINE = re.compile(
    rf"(?:{_PLACE}\s*[:：>»]|首页\s*[>»›/\-－→]|.{{0,20}}分享[到至]\s*(?:[:：]|$|微信|微博|QQ|新浪)|.{{0,10}}扫一扫[^\d，；]{{0,25}}$"
    r"|.{0,12}扫.{0,6}二维码[^\d，；]{0,20}$|用?手机(?:打开|查看|阅读)(?:当前|本)页.{0,10}$"
    r"|今天是\s*\d|(?:您|你)是(?:本站)?第?\s*\d+\s*位|.{0,20}ICP备(?:案号)?\s*[:：]?\s*\d|.{0,20}公网安备|网站标识码|[^，；]{0,40}版权所有|版权\s*[:：©]|copyright|©"
    r"|(?:主办|承办|技术支持|运行维护)(?:单位)?\s*[:：]|网站(?:维护)?(?:热线|电话)\s*[:：]"
    r"|建议(?:您)?使用.{0,40}(?:浏览|分辨率)"
    r"|[(（【\[]?(?:责任编辑|责编|编辑|校对|审核|初审|复审|终审|录入|信息员)\s*[:：][^\d，；]{0,20}(?:\s\d{1,6})?[)）】\]]?$"
    r"|(?:原文链接|本文(?:链接|网址|地址)|网页?址)\s*[:：][!-~\s]*$|(?:https?://|www\.)[!-~]+$"
    r"|[^，；]{0,20}举报(?:电话|热线|邮箱)\s*[:：][!-~\s、]*$"
    r"|请?(?:输入关键[字词]|在此输入)|正在加载|加载中)",
    re.IGNORECASE,
)
_COUNTED = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?![\d.,万亿])"
_COUNTER = re.compile(
    r"(?:本文|本页|文章|信息|页面|累计|今日|昨日|总)?(?:浏览|点击|阅读|访问|查看|点阅|评论|点赞|人气|热度|下载)(?:次数|量|数|人数)?\s*[:：]"
    rf"\s*[\[【(（]?\s*(?:{_COUNTED})?\s*[\]】)）]?\s*[次条]?"
    rf"|(?:本文|本页|文章|页面)?(?:已被?|共)?(?:浏览|阅读|点击|访问)了?\s*{_COUNTED}\s*次(?!.*。)"
    rf"|(?:(?:点赞|收藏|评论|转发|赞)\s*[(（]?{_COUNTED}[)）]?(?:\s+|$))++"
    rf"|已下载\s*{_COUNTED}?\s*次|(?:浏览|阅读|点击|访问)\s*[(（]\s*{_COUNTED}?\s*次?\s*[)）]|已有\s*{_COUNTED}\s*[人次]+(?:浏览|阅读)"
)
_COUNTERS = re.compile(rf"(?:(?:{_COUNTER.pattern})[\s|｜]*+)++")
_CLOSING = re.compile(
    r"[\s\[【<＜«■●▲▼◆]*(?:上一?[篇条]|下一?[篇条]|前一篇|后一篇|上一页|下一页|相关(?:链接|文章|新闻|信息|阅读|推荐|稿件|解读)|"
    r"(?:推荐|热点|延伸)(?:阅读|推荐|信息)|热门(?:文章|新闻)|最新(?:文章|信息))(?:[\s\]】>＞»:：].*)?$"
)
# The line over a list of other articles, or over what readers wrote: whatever stands below it is another text.
_OTHERS = re.compile(
    r"[\s\[【<＜«■●▲▼◆|｜]*(?:相关(?:链接|文章|新闻|信息|阅读|推荐|稿件|报道|资讯|文档|内容)|(?:推荐|热点|延伸)(?:阅读|推荐|文章|新闻)"
    r"|热门(?:文章|新闻|推荐)|猜你喜欢|(?:网友|读者|最新|热门|全部|精彩)(?:评论|留言)|评论列表|发表评论|我要评论)"
    r"\s*(?:[(（]?\d*条?[)）]?)[\s\]】>＞»:：…]*"
)
_TOOLS = re.compile(
    r"(?:【|\[)?\s*字[号体](?:大小)?\s*[:：]?\s*[\[【(（]?\s*(?:[特超]?大|中|小|默认)(?:[\s|｜/]*(?:[特超]?大|中|小|默认))*\s*[\]】)）]*"
    r"|[\[【(（]\s*(?:打印|关闭|收藏|分享|纠错|大|中|小)(?:本页|此页|本文|窗口|页面)?\s*[\]】)）]|(?:分享到|分享至).*$"
    r"|(?:打印|关闭|收藏)(?:本页|此页|本文|窗口|页面)|(?<=\s)(?:打印|分享|收藏|关闭|纠错)(?=\s|$)"
)

_VISITS = re.compile(
    r"(?:今日|昨日|本月|本年|累计|总|最高)?(?:访问|浏览|点击|在线)(?:次数|总?量|总?数|人数|人次)?[:：]?"
)

# 资金来源, 数据来源 and the like are no source of the article.
_SOURCE = (
    r"(?:(?:信息|文章|稿件|消息|(?<![金费据水热气料人生案线员户]))来源"
    r"|发布机构|发布单位|发文机关|发布部门|公开机构|公开主体|发文单位)"
)
_DAY = (
    r"(?:(?:信息)?(?:发布|发文|成文|公开|生成|印发|更新|录入)(?:时间|日期)"
    r"|(?:^|(?<=[\s\[【(（|｜]))(?:日\s*期|时\s*间))"
)
_LABEL = re.compile(rf"(?<=[^\s\[【(（|｜])(?=(?:{_SOURCE}|{_DAY}|作者|浏览次数|点击量|访问量|阅读量|字号)\s*[:：])")
_SOURCE_LABEL = re.compile(rf"{_SOURCE}\s*[:：]\s*([^\s|｜:：]{{2,40}})")
_DAY_LABEL = re.compile(rf"{_DAY}\s*[:：]\s*((?:19|20)\d\d)\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})")
_DAY_ALONE = re.compile(r"((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?")
_DAY_FIRST = re.compile(rf"\s*{_DAY_ALONE.pattern}\s")
_DAY_IN_LINE = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}")
_BLANKS = re.compile(r"\s+")


def is_furniture(line: str) -> bool:
    """Say whether a line belongs to the frame of the page: a path, a footer, buttons, a visit counter."""
    if len(line) > _LONGEST_FURNITURE or _SENTENCE_END in line.rstrip(_SENTENCE_END):
        return False
    bare = line.strip()
    return bool(_BUTTONS.fullmatch(bare) or _LINE.match(bare) or _CLOSING.match(bare) or _COUNTERS.fullmatch(bare))


def closes_article(line: str) -> bool:
    """Say whether a line opens what follows an article: 上一篇, 相关链接."""
    return len(line) <= _LONGEST_FURNITURE and bool(_CLOSING.match(line.strip()))


def opens_others(line: str) -> bool:
    """Say whether a line is the heading of other texts on the page: 相关报道, 网友评论."""
    return _OTHERS.fullmatch(line.strip()) is not None


def is_byline(line: str) -> bool:
    """Say whether a line is that with the source or the date of publication of the article."""
    if len(line) > _LONGEST_FURNITURE or _SENTENCE_END in line:
        return False
    return bool(_SOURCE_LABEL.search(line) or _DAY_LABEL.search(line))


def counts_readers(line: str) -> bool:
    """Say whether a line holds a day and the visits since then, and no sentence: 县民政局 2024-01-15 阅读(12)."""
    if len(line) > _LONGEST_FURNITURE or "，" in line or _SENTENCE_END in line:
        return False
    return bool(_COUNTER.search(line) and _DAY_IN_LINE.search(line))


def cleaned_byline(line: str) -> str:
    """Return a byline without counters and buttons, its statements apart: 来源：县水利局 发布时间：2024-01-15."""
    return _BLANKS.sub(" ", _TOOLS.sub(" ", _COUNTER.sub(" ", _LABEL.sub(" ", line)))).strip(" |｜")


def counts_visits(label: str) -> bool:
    """Say whether a label is that of a counter of the site: 今日访问, 在线人数."""
    return _VISITS.fullmatch(label) is not None


def source_in(line: str) -> str | None:
    """Return the source that a byline states."""
    found = _SOURCE_LABEL.search(cleaned_byline(line))
    return found[1] if found else None


def day_in(line: str) -> str | None:
    """Return the date of publication that a byline states, as 2024-01-15: behind its label, or first of all."""
    return _iso(_DAY_LABEL.search(line) or (_DAY_FIRST.match(line) if _SOURCE_LABEL.search(line) else None))


def day_alone(line: str) -> str | None:
    """Return the day, as 2024-01-15, that is all a line holds but for a time of day."""
    return _iso(_DAY_ALONE.fullmatch(line.strip()))


def _iso(found: re.Match[str] | None) -> str | None:
    return f"{found[1]}-{found[2].zfill(2)}-{found[3].zfill(2)}" if found else None
