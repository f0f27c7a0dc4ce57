"""Web pages of government sites → the article alone: its sentences, tables, title, source and date."""

import base64
import random

import pytest

from bureau_metrics.models import RejectionReason
from bureau_metrics.reading import UnreadableDocument
from bureau_metrics.reading.content import Cell, Paragraph, Table
from bureau_metrics.reading.limits import Budget, ReadingLimits
from bureau_metrics.reading.web import WebPage, blocks_of_web_page, objection_to_page

PROSE = "全年新建水库12座，治理河道125公里，完成投资3.2亿元，各项任务圆满完成。"
MORE = "下一年计划改造灌区4处，新增灌溉面积6万亩，解决3200人的饮水困难。"


def read(markup: str | bytes, encoding: str = "utf-8") -> WebPage:
    data = markup.encode(encoding) if isinstance(markup, str) else markup
    return blocks_of_web_page(data, Budget(ReadingLimits()))


def texts(markup: str | bytes) -> list[str]:
    return [block.text if isinstance(block, Paragraph) else "<table>" for block in read(markup).blocks]


PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>县水利局2024年工作总结_工作总结_某县人民政府</title>
<meta name="ArticleTitle" content="县水利局2024年工作总结"><meta name="SiteName" content="某县人民政府">
<meta name="PubDate" content="2025-01-15 10:20"><meta name="ContentSource" content="县水利局">
<style>p {{ color: red }}</style><script>var text = "新建水库99座。";</script></head><body>
<div class="top"><a href="/">网站首页</a> <a href="/a">政务公开</a> <a href="/b">办事服务</a>
 今天是2025年3月5日 星期三</div>
<nav><ul><li><a href="1">首页</a></li><li><a href="2">新闻</a></li></ul></nav>
<div class="dqwz">您当前的位置：<a href="1">首页</a> &gt; <a href="2">工作总结</a></div>
<div class="article"><h1>县水利局2024年工作总结</h1>
<div class="info"><span>发布时间：2025-01-15</span><span>来源：县水利局</span><span>浏览次数：<b>1234</b>次</span>
 字号：[<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>] <a href="#">打印本页</a></div>
<div class="TRS_Editor"><p>　　{PROSE}</p><h2>一、下一步打算</h2><p>&nbsp;&nbsp;{MORE}</p><p>县水利局</p></div>
<div class="share">分享到： <a href="#">微信</a><a href="#">微博</a></div><p>【打印本页】 【关闭窗口】</p>
<div>上一篇：<a href="x">县水利局2023年工作总结</a></div><div>下一篇：没有了</div></div>
<div class="right"><h3>相关信息</h3><ul>
<li><a href="1">2024年第1号通知</a></li><li><a href="1">2024年第2号通知</a></li></ul></div>
<div class="footer">主办单位：某县人民政府 京ICP备12345678号 网站标识码：1234567890</div></body></html>"""

ARTICLE = [
    Paragraph("县水利局2024年工作总结", 1),
    Paragraph("来源：县水利局"),
    Paragraph("发布日期：2025-01-15"),
    Paragraph(PROSE),
    Paragraph("一、下一步打算", 2),
    Paragraph(MORE),
    Paragraph("县水利局"),
]


def test_the_article_is_taken_out_of_the_frame_of_its_page():
    page = read(PAGE)
    assert page.blocks == ARTICLE
    assert (page.title, page.encoding) == ("县水利局2024年工作总结", "utf-8")
    assert objection_to_page(page) is None


def archived(markup: bytes, transfer: str = "base64") -> bytes:
    head = 'Content-Type: multipart/related; type="text/html"; boundary="XX"\r\n\r\n--XX\r\nContent-Type: text/html\r\n'
    body = base64.encodebytes(markup) if transfer == "base64" else markup
    return (
        f"MIME-Version: 1.0\r\n{head}Content-Transfer-Encoding: {transfer}\r\n\r\n".encode() + body + b"\r\n--XX--\r\n"
    )


ENCODED = [
    ("UTF-8", PAGE.encode(), "utf-8"),
    ("UTF-8 that declares GB2312", PAGE.replace("utf-8", "gb2312").encode(), "utf-8"),
    ("UTF-8 with byte-order mark", PAGE.encode("utf-8-sig"), "utf-8-sig"),
    ("GB18030 that declares UTF-8", PAGE.encode("gb18030"), "gb18030"),
    ("GB18030 that declares nothing", PAGE.replace('<meta charset="utf-8">', "").encode("gb18030"), "gb18030"),
    ("UTF-16", b"\xff\xfe" + PAGE.encode("utf-16-le"), "utf-16"),
    ("UTF-16 without its mark", PAGE.encode("utf-16-le"), "utf-16-le"),
    ("a broken character in the footer", PAGE.encode().replace("京".encode(), b"\xe4\xba"), "utf-8"),
    ("a broken byte in a GB18030 footer", PAGE.encode("gb18030").replace(b" \xbe\xa9ICP", b" \xff ICP"), "gb18030"),
    ("a NUL byte", PAGE.encode().replace(b"<nav>", b"<nav>\x00"), "utf-8"),
    ("a web archive in base64", archived(PAGE.encode()), "utf-8"),
    ("a web archive in 8 bits", archived(PAGE.encode("gb18030"), "8bit"), "gb18030"),
]


@pytest.mark.parametrize(("data", "encoding"), [case[1:] for case in ENCODED], ids=[case[0] for case in ENCODED])
def test_the_same_article_whatever_the_encoding(data, encoding):
    page = read(data)
    assert (page.blocks, page.encoding) == (ARTICLE, encoding)


# Markup of the body → its paragraphs.
LINES = [
    ("digits split by tags", "<p>建成1<span>2</span><b>3</b>.5公里", ["建成123.5公里"]),
    ("line ends of the source", "<p>建成水库\n  12\n座，投资\n3亿元", ["建成水库12座，投资3亿元"]),
    ("line ends between numbers", "<p>编号 12\n34", ["编号 12 34"]),
    ("blanks that the page shows", "<p>张 三", ["张 三"]),
    ("indentation", "<p>&nbsp;&nbsp;&emsp;　　建成12座", ["建成12座"]),
    ("invisible characters", "<p>建\u200b成1&shy;2\ufeff座", ["建成12座"]),
    (
        "<br> between paragraphs",
        "<p>建成12座。<br>　　整修8座。<br/><br/>投资3亿元",
        ["建成12座。", "整修8座。", "投资3亿元"],
    ),
    ("<br> in a sentence", "<p>建成水库12座，<br>整修渠道，投资<br>3亿元。", ["建成水库12座，整修渠道，投资3亿元。"]),
    ("<br> after headings", "<p>一、防汛，抗旱<br>建成12座", ["一、防汛，抗旱", "建成12座"]),
    ("<br> in a heading", "<h1>县水利局<br>2024年总结</h1>", ["县水利局2024年总结"]),
    ("comments", "<p>建成1<!-- 9 -->2座", ["建成12座"]),
    ("struck out", "<p>建成<del>9</del>12座", ["建成12座"]),
    ("powers and pronunciation", "<p>1200m<sup>2</sup><ruby>绿<rt>lǜ</rt></ruby>地", ["1200m²绿地"]),
    ("index of an abbreviation", "<p>PM<sub>2.5</sub>浓度", ["PM2.5浓度"]),
    ("text around blocks", "<div>建成12座<p>整修8座</p>投资3亿元</div>", ["建成12座", "整修8座", "投资3亿元"]),
    ("ordered list", "<ol start=3><li>建成12座<li>整修8座<li>4、投资</ol>", ["3. 建成12座", "4. 整修8座", "4、投资"]),
    ("unordered list", "<ul><li>建成12座<li>整修8座</ul>", ["建成12座", "整修8座"]),
    ("preformatted", "<pre>建成12座。\n整修8座。</pre>", ["建成12座。", "整修8座。"]),
    ("display:none", "<p>建成<i style='display: none'>9</i>12座", ["建成12座"]),
    ("visibility", "<p>建成<i style='visibility:hidden'>9</i>12座", ["建成12座"]),
    ("no size", "<p>建成<i style='font-size:0px;'>9</i>12座", ["建成12座"]),
    ("a size below one", "<p>建成<i style='font-size:0.9em'>9</i>12座", ["建成912座"]),
    ("hidden attribute", "<p>建成<i hidden>9</i>12座", ["建成12座"]),
    ("for readers aloud", "<p>建成<i class='sr-only'>9</i>12座", ["建成12座"]),
    ("not for readers aloud", "<p>建成<i aria-hidden=true>12</i>座", ["建成12座"]),
    (
        "frames and controls",
        "<p>建成12座<select><option>9</select><noscript>8</noscript><iframe>7</iframe>",
        ["建成12座"],
    ),
    ("a sentence about sharing", "<p>将经验分享到全市各乡镇", ["将经验分享到全市各乡镇"]),
    ("a sentence about visits", "<p>全年网站访问量：12万次", ["全年网站访问量：12万次"]),
    ("a sentence about hotlines", "<p>公布举报电话：全年受理举报56件", ["公布举报电话：全年受理举报56件"]),
    ("a day with its visits", "<p>县民政局 2025-01-08 阅读(1,234)", ["县民政局 2025-01-08"]),
    ("visits until a day", "<p>截至2024年12月31日，网站访问量：12000次", ["截至2024年12月31日，网站访问量：12000次"]),
    ("a sentence about readers", "<p>推文阅读120次以上", ["推文阅读120次以上"]),
    ("marks of notes", "<p>耕地12<sup>①</sup>万亩<sup>[2]</sup>，水面8m<sup>2</sup>", ["耕地12万亩，水面8m²"]),
    ("off the screen", "<p>建成<i style='position:absolute;left:-9999px'>9</i>12座", ["建成12座"]),
    ("no height", "<p>建成12座<div style='height:0;overflow:hidden'>建成9座</div>", ["建成12座"]),
    ("a height", "<p>建成12座<div style='height:300px;overflow:hidden'>整修8座</div>", ["建成12座", "整修8座"]),
    ("shown by a script", "<div id=js_content style='visibility: hidden'>建成12座</div>", ["建成12座"]),
    ("a sentence about codes", "<p>推行扫一扫缴费，覆盖12家医院", ["推行扫一扫缴费，覆盖12家医院"]),
]


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in LINES], ids=[case[0] for case in LINES])
def test_paragraphs_as_the_page_shows_them(body, expected):
    assert texts(f"<body>{body}") == expected


# What a sheet in the page hides, and what it does not: (what it shows, sheets, body, expected)
SHEETS = [
    ("by class", ".old{display:none}", "<p>建成<i class=old>9</i>12座", ["建成12座"]),
    ("by name and tag", "p > #old, b{visibility:hidden}", "<p>建成<i id=old>9</i>12<b>3</b>座", ["建成12座"]),
    ("another class", ".older{display:none}", "<p>建成<i class=old>9</i>12座", ["建成912座"]),
    ("the later rule", ".a{display:none} .a{display:inline}", "<p>建成<i class=a>12</i>座", ["建成12座"]),
    ("the closer rule", "i.a{display:inline} .a{display:none}", "<p>建成<i class=a>12</i>座", ["建成12座"]),
    ("an important rule", ".a{display:none!important} i.a{display:inline}", "<p>建<i class=a>9</i>12座", ["建12座"]),
    ("its own style", ".a{display:none}", "<p>建成<i class=a style='display:inline'>12</i>座", ["建成12座"]),
    ("on paper only", "@media print{.a{display:none}}", "<p>建成<i class=a>12</i>座", ["建成12座"]),
    ("under the mouse", "i:hover{display:none}", "<p>建成<i>12</i>座", ["建成12座"]),
    ("what is put before it", "i::before{display:none}", "<p>建成<i>12</i>座", ["建成12座"]),
    ("an article that a script shows", "#text{visibility:hidden}", "<div id=text>建成水库12座</div>", ["建成水库12座"]),
    (
        "a rule that is never closed",
        "p{display:none",
        "<p>建成9座</p><div>整修水库8座，投资3亿元</div>",
        ["整修水库8座，投资3亿元"],
    ),
    ("a broken sheet", "}}{{ .a{display:;} @", "<p>建成<i class=a>12</i>座", ["建成12座"]),
]


@pytest.mark.parametrize(("css", "body", "expected"), [case[1:] for case in SHEETS], ids=[case[0] for case in SHEETS])
def test_what_the_sheets_of_a_page_hide_is_not_read(css, body, expected):
    assert texts(f"<head><style>{css}</style></head><body>{body}") == expected


def test_a_sheet_for_paper_hides_nothing_on_the_screen():
    assert texts("<style media=print>i{display:none}</style><p>建成<i>12</i>座") == ["建成12座"]


def test_headings_have_the_level_of_their_tag():
    page = read(f"<body><h2>一、防汛</h2><p><b>（一）备汛</b></p><p>{PROSE}</p><h3>二、抗旱</h3>")
    assert [block.level for block in page.blocks] == [2, None, None, 3]


FURNITURE = [
    "当前位置：首页 &gt; 工作总结", "【打印本页】【关闭窗口】", "字号：大 中 小", "分享到：",
    "扫一扫在手机打开当前页", "浏览次数：1234",
    "ICP备12345678号-1", "版权所有：某县人民政府", "责任编辑：张三", "今天是2025年3月5日 星期三",
    "无障碍 长者模式 登录 注册",
    "本文已被浏览 567 次", "阅读：3,456 评论：12条", "点赞 88 收藏 12", "您是第 1234567 位访问者",
    "今日访问：123 总访问量：4567890", "（责任编辑：李四 2301）", "原文链接：http://www.example.cn/a1.html",
    "不良信息举报电话：0379-66310000",
    "上一篇：2023年工作总结", "<a href=1>政务公开</a> <a href=2>办事服务</a> <a href=3>互动交流</a>",
]  # fmt: skip


@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_of_the_frame_is_no_part_of_the_article(line):
    assert texts(f"<body><p>{PROSE}</p><p>{MORE}</p><p>{line}</p>") == [PROSE, MORE]


CONTAINERS = [
    ("a known name", f"<div id=zoom><p>{PROSE}</p></div>", [PROSE]),
    ("several of one name",
     f"<div class=content><p>{PROSE}</p></div><div class=content><p>{MORE}</p></div>", [PROSE, MORE]),
    ("halves side by side", f"<div><div><p>{PROSE}</p></div><div><p>{MORE}</p></div></div>", [PROSE, MORE]),
    ("text beside a container",
     f"<div id=zoom><p>{PROSE}</p></div><div><p>{PROSE + MORE}</p></div>", [PROSE, PROSE + MORE]),
    ("short lines around",
     f"<div>一、防汛</div><div><p>{PROSE}</p><p>{MORE}</p></div><div>2025年1月5日</div>",
     ["一、防汛", PROSE, MORE, "2025年1月5日"]),
    ("a menu never closed", f"<div class=nav><a href=1>首页</a><p>{PROSE}</p><p>{MORE}</p>", [PROSE, MORE]),
    ("a short report", "<div>建成水库12座</div>", ["建成水库12座"]),
    ("reports beside it",
     f"<p>{PROSE}</p><p>{MORE}</p><div><h3>相关报道</h3><p>2023年总结</p><p>上一年{PROSE}</p></div>", [PROSE, MORE]),
    ("news below it in the same place",
     f"<p>{PROSE}</p><p>{MORE}</p><h4>相关新闻</h4><p>上一年{PROSE}</p>", [PROSE, MORE]),
    ("links between its paragraphs",
     f"<p>{PROSE}</p><div><b>相关链接</b><a href=1>2023年总结</a></div><p>{MORE}</p>", [PROSE, MORE]),
    ("what readers wrote",
     f"<p>{PROSE}</p><p>{MORE}</p><div><b>网友评论(2)</b><p>去年{PROSE}</p><p>回复(2)</p></div>", [PROSE, MORE]),
    ("a chapter about links",
     f"<h2>一、相关工作</h2><p>{PROSE}</p><h2>相关内容</h2><p>{MORE}</p><p>今年{PROSE}</p>",
     ["一、相关工作", PROSE, "相关内容", MORE, f"今年{PROSE}"]),
    ("a copy for narrow screens",
     "".join(f"<div class={name}><h1>总结</h1><p>{PROSE}</p><p>{MORE}</p></div>" for name in ("pc", "m")),
     ["总结", PROSE, MORE]),
    ("a sentence said twice", f"<p>{PROSE}</p><p>{MORE}</p><p>{PROSE}</p><p>今年{MORE}</p>",
     [PROSE, MORE, PROSE, f"今年{MORE}"]),
    ("what follows it", f"<p>{PROSE}</p><p>{MORE}</p><p>相关链接</p><p>县民政局2023年工作总结</p>", [PROSE, MORE]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in CONTAINERS], ids=[case[0] for case in CONTAINERS])
def test_no_part_of_the_article_is_lost(body, expected):
    assert texts(f"<body><div class=menu><a href=1>政务公开</a></div>{body}") == expected


SHARE = "<div class=share>分享到：微信</div>"
HEADS = [
    ("labels in a line",
     f"<p>来源：县民政局　时间：2025年1月8日</p>{SHARE}", ["来源：县民政局", "发布日期：2025-01-08"]),
    ("two days",
     "<p>生成日期：2025-01-02</p><p>发布日期：2025-01-08</p>" + SHARE, ["发布日期：2025-01-08"]),
    ("a day and a time before the source",
     f"<p><i>2025-01-08 09:30:00</i> <i>来源：县民政局</i></p>{SHARE}", ["来源：县民政局", "发布日期：2025-01-08"]),
    ("a table of labels",
     "<table><tr><td>索引号：<td>01/2<td>发布机构：<td>县民政局<tr><td>发布日期：<td>2025-01-08</table>"
     + SHARE,
     ["来源：县民政局", "发布日期：2025-01-08"]),
    ("the date alone", f"<div>2025-01-08 10:20</div>{SHARE}", ["发布日期：2025-01-08"]),
    ("what is no byline", f"<p>资金来源：县财政</p><p>活动时间：2025-01-08</p>{SHARE}", []),
]  # fmt: skip


@pytest.mark.parametrize(("above", "expected"), [case[1:] for case in HEADS], ids=[case[0] for case in HEADS])
def test_source_and_date_above_the_article_are_kept(above, expected):
    assert texts(f"<body>{above}<div id=zoom><p>{PROSE}</p></div>") == [*expected, PROSE]


def test_a_byline_in_the_article_is_freed_of_counters_and_stays():
    line = "<span>发布时间：2025-01-08</span><span>来源：县民政局</span> 浏览次数：12 【字号：大 中 小】"
    meta = "<meta name=PubDate content=2024-12-01><meta name=ContentSource content=市民政局>"
    assert texts(f"<head>{meta}</head><body><p>{line}</p><p>{PROSE}</p>") == [
        "发布时间：2025-01-08 来源：县民政局",
        PROSE,
    ]


def test_without_any_source_the_site_is_named():
    assert texts(f"<meta name=SiteName content=某县政府网><body><p>{PROSE}</p>") == ["网站名称：某县政府网", PROSE]


TITLES = [
    ("of the window", "<title>县民政局2024年总结-某县人民政府网站</title>", "县民政局2024年总结"),
    ("with years in it", "<title>2023-2024年工作总结</title>", "2023-2024年工作总结"),
    ("above the article", f"<title>某县政府网</title><body><div>县民政局2024年总结</div>{SHARE}", "县民政局2024年总结"),
    ("of the site only", "<title>某县政府网</title>", "某县政府网"),
    ("none", "", None),
]


@pytest.mark.parametrize(("head", "title"), [case[1:] for case in TITLES], ids=[case[0] for case in TITLES])
def test_the_title(head, title):
    assert read(f"{head}<div id=zoom><p>{PROSE}</p></div>").title == title


def test_a_title_that_the_article_lacks_is_its_first_heading_and_a_site_name_is_none():
    zoom = f"<div id=zoom><p>{PROSE}</p></div>"
    assert read(f"<title>县民政局2024年总结</title>{zoom}").blocks[0] == Paragraph("县民政局2024年总结", 1)
    assert texts(f"<title>某县政府网</title>{zoom}") == [PROSE]
    assert texts(f"<title>县民政局2024年总结</title><body><p>县民政局2024年总结</p><p>{PROSE}</p>")[1:] == [PROSE]


@pytest.mark.parametrize("named", ["信息公开", "打印"])
def test_the_name_of_a_column_is_no_title_where_the_article_has_its_own(named):
    body = f"<title>{named}</title><body><center>县民政局2024年工作总结</center><p>{PROSE}</p><p>{MORE}</p>"
    assert texts(body) == ["县民政局2024年工作总结", PROSE, MORE]


def test_a_table_keeps_its_merged_cells():
    rows = (
        "<tr><th rowspan=2>指标<th colspan=2>数量<tr><td>2023年<td>2024年"
        "<tr><td><p>水库<br>数量</p><td>1<b>0</b><td>12<br>34<tr><td rowspan=0>微信<td></td><td>1,2<i>34</i>"
    )
    (table,) = read(f"<body><table>{rows}</table>").blocks
    assert table == Table(
        (
            Cell("指标", 1, 1, 2, 1),
            Cell("数量", 1, 2, 1, 2),
            Cell("2023年", 2, 2),
            Cell("2024年", 2, 3),
            Cell("水库数量", 3, 1),
            Cell("10", 3, 2),
            Cell("12 34", 3, 3),
            Cell("微信", 4, 1),
            Cell("", 4, 2),
            Cell("1,234", 4, 3),
        )
    )


VISITS = "<tr><td>今日访问<td>昨日访问<td>总访问量<tr><td>1<td>2<td>3<tr><td>4<td>5<td>6"
DAYS = "<tr><td>日<td>一<td>二<td>三<td>四<td>五<td>六<tr><td>1<td>2<td>3<td>4<td>5<td>6<td>7"
BRIDGES = "<tr><td>乡镇<td>桥梁<td>在线监测<tr><td>城关镇<td>1<td>2<tr><td>田湖镇<td>3<td>4<tr><td>合计<td>4<td>6"


@pytest.mark.parametrize(("rows", "kept"), [(VISITS, []), (DAYS, []), (BRIDGES, ["<table>"])])
def test_a_table_beside_the_article_is_part_of_it_unless_it_is_the_sites_own(rows, kept):
    assert texts(f"<body><div id=zoom><p>{PROSE}</p><p>{MORE}</p></div><table>{rows}</table>") == [PROSE, MORE, *kept]


def test_tables_that_only_place_text_are_paragraphs_and_the_table_in_them_stays():
    data = "<table><caption>表1 救助</caption><tr><td>低保<td>3456<tr><td>特困<td>234</table>"
    page = f"<body><table><tr><td><table><tr><td>{PROSE}<br>　　{MORE}{data}</table></table>"
    assert texts(page) == [PROSE, MORE, "表1 救助", "<table>"]


NO_REPORT = [
    ("not found", "<title>404 Not Found</title><h1>404 Not Found</h1>", "error page"),
    ("taken away", "<title>提示</title><p>您访问的页面不存在或已被删除。</p>", "error page"),
    ("blocked", "<p>您的请求已被拦截，请联系管理员。</p>", "error page"),
    ("login", "<form>用户名：<input> 密码：<input type=password></form>", "login"),
    (
        "links",
        "".join(f"<li><a href={n}>县水利局2024年第{n}号工作通知</a> 2024-01-{n}</li>" for n in range(10, 30)),
        "links",
    ),
    ("pinyin", "<p>推动发(fā)展(zhǎn)各项工(gōng)作(zuò)，比上年增(zēng)长(zhǎng)5%。</p>" * 5, "pinyin"),
    ("shell", "<div id=app>请稍候</div><script src=a.js></script>", "script"),
    ("pictures", "<p>附图</p><img src=1.jpg><img src=2.jpg>", "pictures"),
]


@pytest.mark.parametrize(("body", "said"), [case[1:] for case in NO_REPORT], ids=[case[0] for case in NO_REPORT])
def test_a_page_that_is_no_report_says_what_it_is(body, said):
    assert said in (objection_to_page(read(body)) or "")


REPORTS = [
    (
        "among many links",
        "".join(f"<a href={n}>县水利局第{n}号通知</a>" for n in range(99)) + f"<div id=zoom><p>{PROSE}</p></div>",
    ),
    ("on a site with a login", f"<form>用户名：<input> 密码：<input type=password></form><p>{(PROSE + MORE) * 8}</p>"),
    (
        "with words of error pages",
        f"<p>{PROSE}共受理404件，清理无法访问的网页12个，维护系统3次，网站维护到位。{(PROSE + MORE) * 8}</p>",
    ),
    ("with abbreviations", f"<p>{'国内生产总值(GDP)增长，细颗粒物(pm)下降，完成12公里(km)。' * 9}</p>"),
    ("short, of a table", "<table><tr><td>指标<td>数量<tr><td>水库<td>12</table><script>1</script>"),
]


@pytest.mark.parametrize("body", [case[1] for case in REPORTS], ids=[case[0] for case in REPORTS])
def test_no_objection_to_a_report(body):
    assert objection_to_page(read(body)) is None


REFUSED = [
    ("nothing to see", "<body><p>&nbsp;</p>", RejectionReason.NO_TEXT, "no text"),
    ("a shell", "<body><div id=app></div><script>1</script>", RejectionReason.NO_TEXT, "script"),
    ("a scan", "<body><img src=1.jpg>", RejectionReason.NO_TEXT, "pictures"),
    ("Big5", "<p>臺灣省政府施政報告與檢討說明".encode("big5"), RejectionReason.UNDECODABLE, "GB18030"),
    ("bytes", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20, RejectionReason.UNDECODABLE, "UTF-8"),
    ("very deep", "<div>" * 20_000, RejectionReason.DAMAGED, "2,000 deep"),
    (
        "a tag of attributes",
        "<div " + " ".join(map("a{}".format, range(20_000))) + ">",
        RejectionReason.DAMAGED,
        "attributes",
    ),
    ("very many tags", "<p>1" * 500_001, RejectionReason.TOO_LARGE, "tags"),
    ("a very wide table", "<table><tr><td>1<td colspan=999999>2</table>", RejectionReason.DAMAGED, "columns"),
    (
        "an archive without a page",
        archived(b"").replace(b"text/html\r", b"image/png\r"),
        RejectionReason.DAMAGED,
        "archive",
    ),
    ("parts in parts", b"Content-Type: multipart/mixed; boundary=a\n" * 99, RejectionReason.UNSAFE, "parts"),
]


@pytest.mark.parametrize(("data", "reason", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_says_why_and_what_to_do(data, reason, said):
    with pytest.raises(UnreadableDocument) as caught:
        read(data)
    assert caught.value.reason == reason
    assert said in caught.value.detail
    assert caught.value.hint


def test_an_archive_counts_what_it_unpacks():
    with pytest.raises(UnreadableDocument) as caught:
        blocks_of_web_page(archived(PAGE.encode()), Budget(ReadingLimits(unpacked_bytes=100)))
    assert caught.value.reason == RejectionReason.TOO_LARGE


def test_formatting_that_is_never_closed_does_not_multiply():
    fonts = "".join(f"<font color={n}>" for n in range(1500))
    assert texts(f"<body><p>{fonts}" + f"<p>{MORE}" * 2000) == [MORE] * 2000


def test_cut_and_corrupted_pages_are_read_or_refused():
    chance = random.Random(7)
    outcomes = set()
    for source in (PAGE.encode(), PAGE.encode("gb18030"), archived(PAGE.encode())):
        for _ in range(250):
            data = bytearray(source[: chance.randrange(1, len(source) + 1)])
            for _ in range(chance.choice((0, 1, 20))):
                data[chance.randrange(len(data))] = chance.randrange(256)
            try:
                outcomes.add(objection_to_page(read(bytes(data))))
            except UnreadableDocument as failure:
                outcomes.add(failure.reason)
    assert {None, RejectionReason.UNDECODABLE, RejectionReason.NO_TEXT} <= outcomes
