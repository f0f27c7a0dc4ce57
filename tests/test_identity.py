"""Who publishes a report, for which place, about which year: small texts, and the five real reports where they are."""

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bureau_metrics.identity import identify, objection
from bureau_metrics.manifest import ManifestRow
from bureau_metrics.models import Confidence, Document
from bureau_metrics.reading import read_document

PROSE = "全年召开会议12次，办理事项340件。群众满意率达到98.6%，各项任务按期完成。"


def document(text: str, document_id: str = "report.txt") -> Document:
    return Document(document_id=document_id, name="report.txt", text=text, content_hash="0" * 64)


# (what it shows, text, bureau_id, bureau, report year)
PLACED = [
    (
        "title, session and report on one line",
        f"政府工作报告 ——二○二四年一月九日在嵩县第十七届人民代表大会第三次会议上 县长 李某 各位代表：{PROSE}",
        "410325-人民政府",
        "嵩县人民政府",
        2023,
    ),
    (
        "the name in brackets behind the title",
        f"2024年政府信息公开工作年度报告 (洛阳市嵩县车村镇人民政府)\n{PROSE}\n",
        "410325-车村镇人民政府",
        "嵩县车村镇人民政府",
        2024,
    ),
    (
        "a title behind the page's year",
        f"【2022年】嵩县水利局2022年度法治政府建设报告\n{PROSE}\n",
        "410325-水利局",
        "嵩县水利局",
        2022,
    ),
    (
        "a notice to visitors over the title is no part of the report",
        (
            "IE版本过低，为了您的浏览效果，请升级浏览器！\n"
            f"洛阳市嵩县人民政府2021年法治政府建设情况报告\n来源：嵩县司法局 发布时间：2022-02-28\n{PROSE}\n"
        ),
        "410325-人民政府",
        "嵩县人民政府",
        2021,
    ),
    (
        "a title between the borders of a table's row",
        f"| 洛阳高新区管理委员会2025年政府信息公开工作年度报告 |\n{PROSE}\n",
        "410300-高新区管理委员会",
        "洛阳高新区管理委员会",
        2025,
    ),
    (
        "government legal work is by custom the office's",
        f"镇江市2013年政府法制工作总结及2014年工作打算\n2013年，我办坚持服务大局。{PROSE}\n",
        "321100-人民政府法制办公室",
        "镇江市人民政府法制办公室",
        2013,
    ),
    (
        "a congress that a line breaks off",
        (
            "政 府 工 作 报 告\n——2025年2月18日在西宁市城东区第十九届\n人民代表大会第五次会议上\n"
            f"区长 李某\n各位代表：\n{PROSE}\n"
        ),
        "630102-人民政府",
        "西宁市城东区人民政府",
        2024,
    ),
    (
        "the name over the report's own title, under the page's",
        (
            "2009年度政府信息公开工作年度报告\n来源： 农发局 发布时间：2013-06-17\n"
            f"2009年度启东市农业资源开发局\n政府信息公开工作总结\n{PROSE}\n"
        ),
        "320681-农业资源开发局",
        "启东市农业资源开发局",
        2009,
    ),
    (
        "a county by its short name before a body",
        f"平湖应急管理局2023年法治政府建设工作总结\n{PROSE}\n",
        "330482-应急管理局",
        "平湖市应急管理局",
        2023,
    ),
    (
        "and before a zone",
        f"太仓高新区2023年法治政府建设工作总结\n{PROSE}\n",
        "320585-高新区管理委员会",
        "太仓高新区管理委员会",
        2023,
    ),
    (
        "a zone whose party committee reports beside it",
        f"中共郑州航空港经济综合实验区工作委员会\n郑州航空港经济综合实验区管委会\n关于2022年度法治政府建设情况的报告\n{PROSE}\n",
        "410100-航空港经济综合实验区管理委员会",
        "郑州航空港经济综合实验区管理委员会",
        2022,
    ),
    (
        "a summary in the page's filing is no title",
        f"内容概述: | 六、其他需要报告的事项无。 |\n嵩县水利局\n2023年政府信息公开工作年度报告\n{PROSE}\n",
        "410325-水利局",
        "嵩县水利局",
        2023,
    ),
    (
        "a name that is written in two ways keeps its own",
        "辽宁省民族和宗教事务委员会2023年工作总结",
        "210000-民族宗教事务委员会",
        "辽宁省民族和宗教事务委员会",
        2023,
    ),
    (
        "a short form that is the full name in some provinces",
        "重庆市交通局2022年工作总结",
        "500000-交通局",
        "重庆市交通局",
        2022,
    ),
    (
        "and a short form elsewhere",
        "嵩县交通局2022年工作总结",
        "410325-交通运输局",
        "嵩县交通运输局",
        2022,
    ),
    (
        "a title in traditional characters",
        f"嵩縣水利局2024年法治政府建設情況報告\n{PROSE}全年開展檢查、辦理許可。\n",
        "410325-水利局",
        "嵩县水利局",
        2024,
    ),
    (
        "an index of years over the title",
        f"统计公报年度索引: 2023 2022 2021 2020\n嵩县2022年国民经济和社会发展统计公报\n{PROSE}\n",
        "410325-统计局",
        "嵩县统计局",
        2022,
    ),
    (
        "a report of a session in a year, posted long after it",
        f"嵩县2009年政府工作报告\n时间:2023-05-19\n各位代表：我代表县政府作报告。2009年工作简要回顾 2009年，{PROSE}\n",
        "410325-人民政府",
        "嵩县人民政府",
        2009,
    ),
    (
        "a row of the page's filing with a semicolon in it is no sentence",
        f"分 类: | 其他 ; 报告 | 发文日期: | 2024年2月1日 |\n嵩县水利局2023年工作总结及2024年工作安排\n{PROSE}\n",
        "410325-水利局",
        "嵩县水利局",
        2023,
    ),
    (
        "the office of a zone's management publishes for itself",
        "常德高新技术产业开发区管委会办公室2024年政府信息公开工作年度报告",
        "430700-高新技术产业开发区管理委员会办公室",
        "常德高新技术产业开发区管理委员会办公室",
        2024,
    ),
    (
        "a line of the page's filing, whatever it is filed under, is no title",
        f"内容分类:年度报告 发文日期:2025-02-11 09:04:16\n嵩县水利局2024年工作总结和2025年工作安排的报告\n{PROSE}\n",
        "410325-水利局",
        "嵩县水利局",
        2024,
    ),
    (
        "nor with blanks in its label",
        f"索  引  号:/2025-0415 公文目录:部门法治政府建设年度报告\n嵩县水利局2024年度法治政府建设情况报告\n{PROSE}\n",
        "410325-水利局",
        "嵩县水利局",
        2024,
    ),
    (
        "but what stands behind the label of a title is one",
        f"内容分类:年度报告\n名称：嵩县水利局2024年度法治政府建设情况报告\n{PROSE}\n",
        "410325-水利局",
        "嵩县水利局",
        2024,
    ),
    (
        "the office of a government keeps its whole name",
        "宁波市外办2022年工作总结",
        "330200-人民政府外事办公室",
        "宁波市人民政府外事办公室",
        2022,
    ),
    (
        "a county by its short name, the only one in the province",
        "浙江象山经济开发区管理委员会2022年政府信息公开工作年度报告",
        "330225-经济开发区管理委员会",
        "浙江象山经济开发区管理委员会",
        2022,
    ),
    (
        "a bureau of such a county",
        "四川仁寿水利局2022年工作总结",
        "511421-水利局",
        "仁寿县水利局",
        2022,
    ),
    (
        "a bureau that is gone is no short form of the one that followed",
        "嵩县畜牧局2012年工作总结",
        "410325-畜牧局",
        "嵩县畜牧局",
        2012,
    ),
    ("a short form of two names is one of neither", "嵩县审批局2021年工作总结", "410325-审批局", "嵩县审批局", 2021),
    (
        "a short form that was another body's once",
        "嵩县医保局2015年工作总结",
        "410325-医保局",
        "嵩县医保局",
        2015,
    ),
    ("and is this one's now", "嵩县医保局2021年工作总结", "410325-医疗保障局", "嵩县医疗保障局", 2021),
    (
        "a name in full that is no short form",
        "北京市交通委员会2021年工作总结",
        "110000-交通委员会",
        "北京市交通委员会",
        2021,
    ),
    (
        "a prefecture's bureau",
        "常德市科学技术局2024年法治政府建设年度报告",
        "430700-科学技术局",
        "常德市科学技术局",
        2024,
    ),
    (
        "the body's line under a title that names none",
        f"法治政府建设情况报告\n嵩县水利局（2024年度）\n县委依法治县办：\n2024年，{PROSE}\n",
        "410325-水利局",
        "嵩县水利局",
        2024,
    ),
    (
        "a merged bureau keeps the name that it prints",
        "嵩县教育科技局2024年工作总结",
        "410325-教育和科学技术局",
        "嵩县教育科技局",
        2024,
    ),
    (
        "a merged bureau's short name is written out",
        "嵩县教科局2024年工作总结",
        "410325-教育和科学技术局",
        "嵩县教育和科学技术局",
        2024,
    ),
    ("the short name is the same bureau", "常德市科技局2024年工作总结", "430700-科学技术局", "常德市科学技术局", 2024),
    (
        "a district by its full chain",
        "重庆市九龙坡区科技局2023年法治政府建设情况报告",
        "500107-科学技术局",
        "重庆市九龙坡区科学技术局",
        2023,
    ),
    (
        "a district by its own name",
        "九龙坡区司法局2023年法治政府建设情况报告",
        "500107-司法局",
        "重庆市九龙坡区司法局",
        2023,
    ),
    ("a county-level city", "义马市财政局2022年度部门工作总结", "411281-财政局", "义马市财政局", 2022),
    ("a county", "嵩县水利局关于2024年度法治政府建设情况的报告", "410325-水利局", "嵩县水利局", 2024),
    ("a county of a municipality", "重庆市城口县审计局2024年工作总结", "500229-审计局", "重庆市城口县审计局", 2024),
    ("a province", "河南省科学技术厅2023年法治政府建设年度报告", "410000-科学技术厅", "河南省科学技术厅", 2023),
    (
        "an autonomous region by its short name",
        "新疆科技厅2024年政府信息公开工作年度报告",
        "650000-科学技术厅",
        "新疆维吾尔自治区科学技术厅",
        2024,
    ),
    (
        "an autonomous prefecture",
        "恩施土家族苗族自治州民政局2024年工作总结",
        "422800-民政局",
        "恩施土家族苗族自治州民政局",
        2024,
    ),
    (
        "an autonomous prefecture, short",
        "恩施州民政局2024年工作总结",
        "422800-民政局",
        "恩施土家族苗族自治州民政局",
        2024,
    ),
    (
        "an autonomous county",
        "融水苗族自治县林业局2023年法治政府建设工作总结",
        "450225-林业局",
        "融水苗族自治县林业局",
        2023,
    ),
    ("a banner", "阿荣旗农牧局2024年度法治政府建设报告", "150721-农牧局", "阿荣旗农牧局", 2024),
    ("an autonomous banner", "鄂温克族自治旗教育局2024年工作总结", "150724-教育局", "鄂温克族自治旗教育局", 2024),
    ("a league", "锡林郭勒盟行政公署2023年政府信息公开工作年度报告", "152500-行政公署", "锡林郭勒盟行政公署", 2023),
    ("a prefecture (地区)", "阿克苏地区统计局2024年工作总结", "652900-统计局", "阿克苏地区统计局", 2024),
    (
        "a county right below a province",
        "济源市应急管理局2024年度工作总结",
        "419001-应急管理局",
        "济源市应急管理局",
        2024,
    ),
    (
        "a division of the corps",
        "第八师石河子市科技局2024年法治政府建设工作报告",
        "659001-科学技术局",
        "第八师石河子市科学技术局",
        2024,
    ),
    (
        "the corps' division by its city",
        "可克达拉市教育局2024年工作总结",
        "659008-教育局",
        "第四师可克达拉市教育局",
        2024,
    ),
    (
        "a division of the corps without a city",
        "第十二师人社局2024年工作总结",
        "第十二师-人力资源和社会保障局",
        "第十二师人力资源和社会保障局",
        2024,
    ),
    (
        "the corps itself",
        "新疆生产建设兵团科技局2023年工作总结",
        "新疆生产建设兵团-科学技术局",
        "新疆生产建设兵团科学技术局",
        2023,
    ),
    (
        "a merged bureau keeps its name",
        "榆树市工业信息化和科学技术局2024年工作总结",
        "220182-工业信息化和科学技术局",
        "榆树市工业信息化和科学技术局",
        2024,
    ),
    (
        "a merged bureau that no list has",
        "嵩县林业和科技局2024年工作总结",
        "410325-林业和科学技术局",
        "嵩县林业和科学技术局",
        2024,
    ),
    (
        "a bureau that no list has",
        "嵩县蔬菜产业发展中心2024年工作总结",
        "410325-蔬菜产业发展中心",
        "嵩县蔬菜产业发展中心",
        2024,
    ),
    ("a government", "嵩县人民政府2023年法治政府建设年度报告", "410325-人民政府", "嵩县人民政府", 2023),
    ("a government, short", "义马市政府2023年政府信息公开工作年度报告", "411281-人民政府", "义马市人民政府", 2023),
    (
        "a place without a body is its government",
        "2024年嵩县法治政府建设情况报告",
        "410325-人民政府",
        "嵩县人民政府",
        2024,
    ),
    (
        "a communiqué is its statistics bureau's",
        "2023年常德市国民经济和社会发展统计公报",
        "430700-统计局",
        "常德市统计局",
        2023,
    ),
    (
        "a town keeps its name in the body",
        "嵩县车村镇人民政府2024年工作总结",
        "410325-车村镇人民政府",
        "嵩县车村镇人民政府",
        2024,
    ),
    (
        "a street office",
        "重庆市九龙坡区杨家坪街道办事处2024年工作总结",
        "500107-杨家坪街道办事处",
        "重庆市九龙坡区杨家坪街道办事处",
        2024,
    ),
    (
        "a development zone is no city bureau",
        "常德市经济技术开发区科技局2024年工作总结",
        "430700-经济技术开发区科学技术局",
        "常德市经济技术开发区科学技术局",
        2024,
    ),
    (
        "a branch of a national body",
        "国家税务总局常德市税务局2024年法治政府建设情况报告",
        "430700-税务局",
        "常德市税务局",
        2024,
    ),
    (
        "province and city before the district",
        "江苏省南京市鼓楼区教育局2024年工作总结",
        "320106-教育局",
        "南京市鼓楼区教育局",
        2024,
    ),
    ("short names as parents", "浙江杭州西湖区商务局2024年工作总结", "330106-商务局", "杭州市西湖区商务局", 2024),
    ("a prefecture without its ending", "长沙科技局2024年工作总结", "430100-科学技术局", "长沙市科学技术局", 2024),
    (
        "a party group writes for its bureau",
        "中共嵩县教育局党组关于2024年工作情况的报告",
        "410325-教育局",
        "嵩县教育局",
        2024,
    ),
    ("the year between place and body", "嵩县2024年科技局工作总结", "410325-科学技术局", "嵩县科学技术局", 2024),
    ("a two-line title", "嵩县民政局\n2023年度法治政府建设工作报告", "410325-民政局", "嵩县民政局", 2023),
    (
        "a title over four lines, with spaces",
        "嵩 县 民 政 局\n关于2023年度法治政府\n建设情况的\n报 告",
        "410325-民政局",
        "嵩县民政局",
        2023,
    ),
    (
        "a title without the word report",
        "嵩县医保局2024年法治政府建设情况",
        "410325-医疗保障局",
        "嵩县医疗保障局",
        2024,
    ),
    (
        "a title that breaks off",
        "嵩县文旅局关于2024年法治政府建设情况的",
        "410325-文化和旅游局",
        "嵩县文化和旅游局",
        2024,
    ),
    (
        "the site's name is not the bureau's",
        "嵩县人民政府\n嵩县发改委2024年工作总结",
        "410325-发展和改革委员会",
        "嵩县发展和改革委员会",
        2024,
    ),
    (
        "a division that has gone since",
        "杭州市下城区科技局2019年工作总结",
        "330103-科学技术局",
        "杭州市下城区科学技术局",
        2019,
    ),
    (
        "an autonomous county by the name it had before",
        "宽甸县林业局2023年工作总结",
        "210624-林业局",
        "宽甸满族自治县林业局",
        2023,
    ),
    (
        "a short form whose namesake has gone",
        "东乡县教育局2023年工作总结",
        "622926-教育局",
        "东乡族自治县教育局",
        2023,
    ),
    ("that name in its own time", "宽甸县林业局1987年工作总结", "210624-林业局", "宽甸县林业局", 1987),
    (
        "an autonomous county without its peoples",
        "双江自治县水务局2020年工作总结",
        "530925-水务局",
        "双江拉祜族佤族布朗族傣族自治县水务局",
        2020,
    ),
    ("a banner by the name in use", "科左后旗教育局2022年工作总结", "150522-教育局", "科尔沁左翼后旗教育局", 2022),
    (
        "a county in the year in which it became a district",
        "双流县商务局2015年工作总结",
        "510122-商务局",
        "双流县商务局",
        2015,
    ),
    (
        "a district in the year before the lists have it",
        "南通市通州区教育局2008年工作总结",
        "320612-教育局",
        "南通市通州区教育局",
        2008,
    ),
    (
        "a bureau under the name of its government",
        "嵩县人民政府水利局2024年工作总结",
        "410325-水利局",
        "嵩县水利局",
        2024,
    ),
    (
        "an office that a government owns",
        "常德市人民政府法制办公室2014年依法行政工作报告",
        "430700-人民政府法制办公室",
        "常德市人民政府法制办公室",
        2014,
    ),
    (
        "the government's own office",
        "嵩县人民政府办公室2024年工作总结",
        "410325-人民政府办公室",
        "嵩县人民政府办公室",
        2024,
    ),
    (
        "a street office of a government",
        "鲤城区人民政府金龙街道办事处2022年法治政府建设情况的报告",
        "350502-金龙街道办事处",
        "泉州市鲤城区金龙街道办事处",
        2022,
    ),
    ("the place said twice", "嵩县县水利局2024年工作总结", "410325-水利局", "嵩县水利局", 2024),
    (
        "a place with an aside",
        "哈尔滨市松北区（哈尔滨新区江北一体发展区）统计局2022年工作总结",
        "230109-统计局",
        "哈尔滨市松北区统计局",
        2022,
    ),
    (
        "a short name inside a longer one stays",
        "嵩县经济发展科技局2024年工作总结",
        "410325-经济发展科技局",
        "嵩县经济发展科技局",
        2024,
    ),
    (
        "a city bureau's branch in a county",
        "洛阳市生态环境局嵩县分局2024年工作总结",
        "410325-生态环境局嵩县分局",
        "洛阳市生态环境局嵩县分局",
        2024,
    ),
    (
        "a branch whose city is not named",
        "市生态环境局嵩县分局2024年工作总结",
        "410325-生态环境局嵩县分局",
        "洛阳市生态环境局嵩县分局",
        2024,
    ),
    (
        "a branch by its district's short name",
        "上海市公安局浦东分局2024年工作总结",
        "310115-公安局浦东分局",
        "上海市公安局浦东分局",
        2024,
    ),
    (
        "a branch whose short name is a city's elsewhere",
        "北京市规划和自然资源委员会朝阳分局2024年工作总结",
        "110105-规划和自然资源委员会朝阳分局",
        "北京市规划和自然资源委员会朝阳分局",
        2024,
    ),
    (
        "a branch in a zone",
        "洛阳市生态环境局高新区分局2024年工作总结",
        "410300-生态环境局高新区分局",
        "洛阳市生态环境局高新区分局",
        2024,
    ),
    (
        "a unit of a bureau is not the bureau",
        "嵩县公安局交通警察大队2024年工作总结",
        "410325-公安局交通警察大队",
        "嵩县公安局交通警察大队",
        2024,
    ),
    ("a bureau's office speaks for it", "嵩县水利局办公室2024年工作总结", "410325-水利局", "嵩县水利局", 2024),
    (
        "a ministry",
        "人力资源社会保障部2023年法治政府建设情况报告",
        "national-人力资源和社会保障部",
        "人力资源和社会保障部",
        2023,
    ),
    (
        "a zone that is named alone is its committee's",
        "常德高新区2024年法治政府建设情况报告",
        "430700-高新区管理委员会",
        "常德高新区管理委员会",
        2024,
    ),
    (
        "a zone behind the short name of a city in the province that is named",
        "浙江嘉兴经济技术开发区管理委员会2024年工作总结",
        "330400-经济技术开发区管理委员会",
        "浙江嘉兴经济技术开发区管理委员会",
        2024,
    ),
    (
        "a centre that a government owns",
        "2021年嵩县人民政府行政服务中心部门决算",
        "410325-人民政府行政服务中心",
        "嵩县人民政府行政服务中心",
        2021,
    ),
    (
        "an office that manages dikes",
        "嵩县河道堤防建设管理处2021年度决算公开说明",
        "410325-河道堤防建设管理处",
        "嵩县河道堤防建设管理处",
        2021,
    ),
    (
        "customs and what they cover",
        "广州海关关区2021年政府信息公开工作年度报告",
        "440100-海关",
        "广州海关",
        2021,
    ),
    (
        "a police bureau of the police",
        "常德市公安局交通警察局2024年工作总结",
        "430700-公安局交通警察局",
        "常德市公安局交通警察局",
        2024,
    ),
    (
        "two bureaus together: the first",
        "嵩县教育局嵩县财政局关于2024年助学工作情况的报告",
        "410325-教育局",
        "嵩县教育局",
        2024,
    ),
    ("an association by its short name", "嵩县科协2024年工作总结", "410325-科学技术协会", "嵩县科学技术协会", 2024),
    ("a regiment of the corps", "第三师五十三团2024年工作总结", "659003-五十三团", "第三师五十三团", 2024),
    ("what is now a short form was the name then", "嵩县交通局2008年工作总结", "410325-交通局", "嵩县交通局", 2008),
    ("and is a short form since", "嵩县交通局2022年工作总结", "410325-交通运输局", "嵩县交通运输局", 2022),
    (
        "a paper passed on is the one's who wrote it",
        "转发嵩县水利局2024年法治政府建设情况报告",
        "410325-水利局",
        "嵩县水利局",
        2024,
    ),
    (
        "the name of a file is no title beside one",
        "2021年度决算公开说明-水利局.pdf\n嵩县教育局2021年度决算公开说明",
        "410325-教育局",
        "嵩县教育局",
        2021,
    ),
    (
        "a label before the title",
        "标题： | 嵩县林业局2024年政府信息公开年度报告",
        "410325-林业局",
        "嵩县林业局",
        2024,
    ),
    (
        "a ministry's office speaks for it",
        "财政部办公厅2023年政府信息公开工作年度报告",
        "national-财政部",
        "财政部",
        2023,
    ),
    ("an association", "高邮市供销合作总社2024年工作总结", "321084-供销合作总社", "高邮市供销合作总社", 2024),
    ("the code of the report's year", "襄樊市财政局2008年工作总结", "420600-财政局", "襄樊市财政局", 2008),
]


@pytest.mark.parametrize(
    ("text", "bureau_id", "bureau", "year"), [case[1:] for case in PLACED], ids=[c[0] for c in PLACED]
)
def test_a_title_names_bureau_place_and_year(text, bureau_id, bureau, year):
    identity = identify(document(f"{text}\n\n一、工作情况\n{PROSE}\n"))
    assert (identity.bureau_id, identity.bureau, identity.report_year) == (bureau_id, bureau, year)
    assert identity.doubts == ()
    assert identity.confidence != Confidence.LOW


# (what it shows, text, bureau_id, division, year, confidence)
ELSEWHERE = [
    (
        "a publisher in a table that lost its lines",
        f"2023年工作总结\n索引号 43/2023 发布机构 嵩县水利局 发文日期 2023-12-19\n今年，县水利局抓防汛。{PROSE}\n",
        "410325-水利局",
        "河南省洛阳市嵩县",
        2023,
        Confidence.HIGH,
    ),
    (
        "a farm of the corps by the paper of its division",
        f"106团2022年法治政府建设年度报告\n在师市党委领导下，106团落实《第六师五家渠市法治建设方案》。{PROSE}\n",
        "659004-106团",
        "新疆维吾尔自治区五家渠市",
        2022,
        Confidence.MEDIUM,
    ),
    (
        "the sign before the number of a paper that it follows",
        f"市科技局2018年法治政府建设情况报告\n2018年，市科技局落实市委文件（津党发〔2016〕24号）。{PROSE}\n",
        "120000-科学技术局",
        "天津市",
        2018,
        Confidence.MEDIUM,
    ),
    (
        "a town whose first sentence names one county",
        f"车村镇2022年法治政府建设工作总结\n2022年，车村镇围绕嵩县法治建设目标，落实县委部署。{PROSE}\n",
        "410325-车村镇人民政府",
        "河南省洛阳市嵩县",
        2022,
        Confidence.MEDIUM,
    ),
    (
        "an office of a province that names no other",
        f"2023年法治政府建设情况的报告\n2023年，省水利厅坚持依法行政。\n评估辽宁省水利规划。{PROSE}\n修订辽宁省条例。",
        "210000-水利厅",
        "辽宁省",
        2023,
        Confidence.MEDIUM,
    ),
    (
        "a bureau that asks its readers to write to it",
        f"2014年环境保护局信息公开年报\n如有疑问，请与清远市环保局联系（地址：和平路8号）。{PROSE}\n",
        "441800-环境保护局",
        "广东省清远市",
        2014,
        Confidence.MEDIUM,
    ),
    (
        "the sign before a paper's number, for an office of the province's level",
        f"市水务局2023年法治政府建设情况报告\n沪水务〔2024〕8号\n{PROSE}\n",
        "310000-水务局",
        "上海市",
        2023,
        Confidence.MEDIUM,
    ),
    (
        "a slogan and a paper that name the city",
        f"2022年法治政府建设工作总结\n2022年，市教育局落实法治岳阳建设要点，宣传《岳阳市家庭教育办法》。{PROSE}\n",
        "430600-教育局",
        "湖南省岳阳市",
        2022,
        Confidence.MEDIUM,
    ),
    (
        "a town whose county is the source",
        f"车村镇2022年法治政府建设工作总结\n来源:嵩县 发布时间: 2023-01-12 11:02\n{PROSE}\n",
        "410325-车村镇人民政府",
        "河南省洛阳市嵩县",
        2022,
        Confidence.MEDIUM,
    ),
    (
        "a town's name in the source with what the page prints behind it",
        f"车村镇2022年工作总结\n发布时间:2023-01-12 10:12信息来源: 嵩县车村镇阅读次数:编辑:李\n{PROSE}\n",
        "410325-车村镇人民政府",
        "河南省洛阳市嵩县",
        2022,
        Confidence.MEDIUM,
    ),
    (
        "a street in the lower of two places whose papers it names",
        f"虹桥街道办事处2025年工作总结\n贯彻《昆明市2025年工作计划》《五华区法治建设方案》。\n{PROSE}\n",
        "530102-虹桥街道办事处",
        "云南省昆明市五华区",
        2025,
        Confidence.MEDIUM,
    ),
    (
        "a bureau of the only prefecture of its kind that is named",
        f"州民宗局2023年度法治政府建设情况报告\n深入学习湘西州法治建设方案。\n{PROSE}\n",
        "433100-民族宗教事务局",
        "湖南省湘西土家族苗族自治州",
        2023,
        Confidence.MEDIUM,
    ),
    (
        "a ministry that is the subject of the first sentence",
        f"2022年，司法部坚持依法行政，法治政府建设取得新成效。\n{PROSE}\n",
        "national-司法部",
        None,
        2022,
        Confidence.MEDIUM,
    ),
    (
        "the subject of the first sentence, a place's government beside its committee",
        f"2024年，河南省委、省政府扎实推进法治政府建设。有关情况报告如下：\n{PROSE}\n",
        "410000-人民政府",
        "河南省",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a report read aloud, without a title",
        f"2023年1月15日在嵩县第十六届人民代表大会第一次会议上\n各位代表：\n我代表县人民政府作工作报告，请审议。\n{PROSE}\n",
        "410325-人民政府",
        "河南省洛阳市嵩县",
        2022,
        Confidence.MEDIUM,
    ),
    (
        "a session that is broken over two lines",
        f"政府工作报告\n——2023年1月15日在嵩县\n第十六届人民代表大会第一次会议上\n各位代表：\n{PROSE}\n",
        "410325-人民政府",
        "河南省洛阳市嵩县",
        2022,
        Confidence.MEDIUM,
    ),
    (
        "a title on the line of the text",
        f"2022年嵩县国民经济和社会发展统计公报 2022年，嵩县经济稳中有进。一、综合 {PROSE}",
        "410325-统计局",
        "河南省洛阳市嵩县",
        2022,
        Confidence.MEDIUM,
    ),
    (
        "a title on the line of the text, day and source behind it",
        f"嵩县水利局2022年工作总结 发布时间：2023-01-09 10:30 来源：嵩县水利局 2022年，我局抓好防汛。{PROSE}",
        "410325-水利局",
        "河南省洛阳市嵩县",
        2022,
        Confidence.HIGH,
    ),
    (
        "a bare title, the name in full in the first sentence",
        f"国土资源局2011年第一季度工作总结\n2011年，嵩县国土资源局在县委、县政府的领导下履行职责。{PROSE}\n",
        "410325-国土资源局",
        "河南省洛阳市嵩县",
        2011,
        Confidence.MEDIUM,
    ),
    (
        "a bare title with a name that no list has",
        f"库区管理局2011年工作总结\n2011年，嵩县库区管理局在县委的领导下履行职责。{PROSE}\n",
        "410325-库区管理局",
        "河南省洛阳市嵩县",
        2011,
        Confidence.MEDIUM,
    ),
    (
        "the speaker's title, where the report is one of the county's government",
        f"2011年县政府工作报告\n——2011年1月13日在县人民代表大会会议上\n嵩县常务副县长\n现在，我代表县人民政府报告。\n{PROSE}\n",
        "410325-人民政府",
        "河南省洛阳市嵩县",
        2010,
        Confidence.MEDIUM,
    ),
    (
        "the speaker's title, where nothing else names the place",
        f"政府工作报告\n（2019年1月15日）\n义马市代市长 张某\n现在，我报告工作。一、2018年工作回顾\n{PROSE}\n",
        "411281-人民政府",
        "河南省三门峡市义马市",
        2018,
        Confidence.MEDIUM,
    ),
    (
        "the report that a notice issues",
        f"关于印发《嵩县水利局2021年工作总结》的通知\n各单位：\n现将该总结印发给你们。\n2021年，{PROSE}\n",
        "410325-水利局",
        "河南省洛阳市嵩县",
        2021,
        Confidence.MEDIUM,
    ),
    (
        "a title without a name, signed",
        f"关于2024年法治政府建设情况的报告\n\n县委依法治县办：\n一、工作情况\n{PROSE}\n\n嵩县市场监管局\n2025年1月20日\n",
        "410325-市场监督管理局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.HIGH,
    ),
    (
        "name and date of the signature on one line",
        f"法治政府建设工作总结\n一、工作情况\n{PROSE}\n嵩县审计局 2024年2月3日\n",
        "410325-审计局",
        "河南省洛阳市嵩县",
        2023,
        Confidence.MEDIUM,
    ),
    (
        "a short title, the whole name under it",
        f"县水利局2024年工作总结\n一、工作情况\n{PROSE}\n嵩县水利局\n2025年1月3日\n",
        "410325-水利局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.HIGH,
    ),
    (
        "a source line of a web page",
        f"2025\n01/16\n10:32\n来源：\n嵩县交通运输局\n扫一扫\n2024年，我局依法行政，{PROSE}\n一、2024年工作开展情况\n{PROSE}\n",
        "410325-交通运输局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.HIGH,
    ),
    (
        "labels side by side on one line",
        (
            "发布时间：2025-01-16 10:32 来源：嵩县交通运输局 浏览次数：263\n"
            f"2024年法治政府建设工作总结\n一、工作情况\n{PROSE}我局加强队伍建设。\n"
        ),
        "410325-交通运输局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.HIGH,
    ),
    (
        "the site's name over a title without a bureau",
        f"嵩县人民政府\n2024年工作总结\n来源：嵩县水利局\n2024年，我局依法治水。{PROSE}\n",
        "410325-水利局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.HIGH,
    ),
    (
        "a government over the title of its own report",
        f"嵩县人民政府\n2024年法治政府建设情况报告\n来源：嵩县司法局\n2024年，全县依法行政。{PROSE}\n",
        "410325-人民政府",
        "河南省洛阳市嵩县",
        2024,
        Confidence.HIGH,
    ),
    (
        "a communiqué of one trade is its bureau's",
        f"2023年民政事业发展统计公报\n嵩县民政局\n2023年，全县民政事业发展。{PROSE}\n",
        "410325-民政局",
        "河南省洛阳市嵩县",
        2023,
        Confidence.HIGH,
    ),
    (
        "a branch in the source line",
        f"2024年工作总结\n来源：海东市生态环境局民和县分局\n2024年，我局依法治污。{PROSE}\n",
        "630222-生态环境局民和县分局",
        "青海省海东市民和回族土族自治县",
        2024,
        Confidence.HIGH,
    ),
    (
        "a bureau that guides its branches is none of them",
        f"2024年工作总结\n2024年，嵩县公安局指导各分局工作。嵩县公安局抓好各分局工作。{PROSE}\n",
        "410325-公安局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "the addressee is not the bureau",
        f"2024年法治政府建设情况报告\n常德市司法局：\n2024年，津市市教育局严格落实各项要求。现将情况报告如下。\n{PROSE}\n",
        "430781-教育局",
        "湖南省常德市津市市",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "nor is the body that leads it",
        f"2024年法治政府建设情况报告\n2024年，在河南省教育厅的指导下，嵩县教育局依法治教。{PROSE}\n",
        "410325-教育局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a district by the titles of its own papers",
        f"区科技局2024年法治政府建设工作总结\n一、工作情况\n落实《重庆市九龙坡区科普工作办法》，对接重庆市科技局。{PROSE}\n",
        "500107-科学技术局",
        "重庆市九龙坡区",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a county by its government",
        f"县林业局2024年工作总结\n一、工作情况\n在嵩县人民政府领导下，{PROSE}\n",
        "410325-林业局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "an ambiguous district by the city that it names",
        f"鼓楼区民政局2024年工作总结\n一、工作情况\n按照福州市委部署，{PROSE}\n",
        "350102-民政局",
        "福建省福州市鼓楼区",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "an ambiguous district by its province",
        f"城关区财政局2024年工作总结\n一、工作情况\n落实《甘肃省行政执法监督条例》，{PROSE}\n",
        "620102-财政局",
        "甘肃省兰州市城关区",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "one of two districts of a name has gone since",
        f"江北区商务局2024年工作总结\n一、工作情况\n落实《重庆市优化营商环境条例》，{PROSE}\n",
        "500105-商务局",
        "重庆市江北区",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a municipality is never the one above a city bureau",
        f"市科技局2018年工作总结\n一、工作情况\n落实《天津市科技计划管理办法》。{PROSE}\n",
        "120000-科学技术局",
        "天津市",
        2018,
        Confidence.MEDIUM,
    ),
    (
        "a district by the city that the report is sent to",
        f"江北区司法局2024年工作总结\n宁波市司法局：\n2024年，我局依法履职。{PROSE}\n",
        "330205-司法局",
        "浙江省宁波市江北区",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a government by the congress that it reports to",
        f"政府工作报告\n——2025年1月8日在常德市第八届人民代表大会第五次会议上\n市长 刘某\n各位代表：\n{PROSE}\n",
        "430700-人民政府",
        "湖南省常德市",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a survey team that signs below the statistics bureau",
        f"2024年嵩县国民经济和社会发展统计公报\n2024年，经济稳中有进。{PROSE}\n嵩县统计局\n国家统计局嵩县调查队\n",
        "410325-统计局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.HIGH,
    ),
    (
        "a survey team that signs alone",
        f"2024年工作总结\n2024年，我队开展调查。{PROSE}\n国家统计局嵩县调查队\n",
        "410325-调查队",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a line of the page's header",
        f"2026-01-20 17:01  |  武汉市水务局\n市水务局2025年度法治政府建设情况报告\n2025年，我局治水兴水。{PROSE}\n",
        "420100-水务局",
        "湖北省武汉市",
        2025,
        Confidence.HIGH,
    ),
    (
        "no title at all: the body that is named most",
        (
            f"一、总体情况\n2021年，我局落实条例，{PROSE}市教育局高度重视。建立《铜仁市教育局公开制度》《铜仁市教育局审查制度》。"
            f"\n二、主动公开\n市教育局主动公开信息20条，市财政局给予支持。{PROSE}\n"
        ),
        "520600-教育局",
        "贵州省铜仁市",
        2021,
        Confidence.MEDIUM,
    ),
    (
        "a district with a noun's name in running text",
        f"2025年以来，城中区应急管理局依法履职，落实《青海省安全生产条例》。{PROSE}\n",
        "630103-应急管理局",
        "青海省西宁市城中区",
        2025,
        Confidence.MEDIUM,
    ),
    (
        "the government that only leads is not the one that reports",
        f"2024年，在县委、县政府坚强领导下，嵩县水利局依法治水。县政府、县政府办多次调研，县政府常务会议听取汇报。{PROSE}\n",
        "410325-水利局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a bureau over a report that is by custom its government's",
        f"嵩县司法局\n2024年嵩县法治政府建设年度报告\n2024年，全县依法行政。{PROSE}\n",
        "410325-司法局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "the zone of another place beside a district",
        f"广州市黄埔区 广州开发区2024年法治政府建设报告\n{PROSE}\n",
        "440112-广州开发区管理委员会",
        "广东省广州市黄埔区",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "the body in the page's path",
        f"嵩县人民政府 > 部门信息公开 > 嵩县水利局\n2024年，我局依法治水。{PROSE}\n",
        "410325-水利局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a path that is printed step by step",
        f"您的位置：\n首页\n>\n政务公开\n>\n嵩县水利局\n2024年，我局依法治水。{PROSE}\n",
        "410325-水利局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "the path says where, the first sentence who",
        f"嵩县人民政府 > 专题专栏 > 法治政府建设\n2024年，县水利局依法治水。{PROSE}\n",
        "410325-水利局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "another body's path under the one that speaks",
        f"嵩县人民政府 > 县司法局 > 法治政府建设\n2024年，县水利局依法治水。县水利局开展检查。{PROSE}\n",
        "410325-水利局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "the site's government, where nobody else speaks",
        f"嵩县人民政府 > 法治政府建设年度报告\n2024年，全县依法行政。现将法治政府建设情况报告如下。{PROSE}\n",
        "410325-人民政府",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a town in the path",
        f"嵩县人民政府 > 乡镇信息公开 > 车村镇\n2024年，我镇法治政府建设扎实推进。{PROSE}\n",
        "410325-车村镇人民政府",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a town that the first sentence is about, by the county whose site it is",
        f"嵩县人民政府门户网站\n2024年，车村镇在县委领导下推进法治政府建设。{PROSE}\n",
        "410325-车村镇人民政府",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a town right below a prefecture",
        f"长安镇2024年法治政府建设情况报告\n东莞市人民政府门户网站\n{PROSE}\n",
        "441900-长安镇人民政府",
        "广东省东莞市",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a place that the first sentence is about",
        f"2024年，嵩县坚持依法行政，法治政府建设取得成效。{PROSE}\n",
        "410325-人民政府",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a title that the first sentence quotes as the document's own",
        f"现发布《嵩县车村镇2024年政府信息公开工作年度报告》。\n2024年，我镇公开信息。{PROSE}\n",
        "410325-车村镇人民政府",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "the number under which the body is registered",
        f"索引号：11410325005412345X/2025-00009\n县水利局2024年工作总结\n{PROSE}\n",
        "410325-水利局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "that number decides between districts of one name",
        f"索引号：11320106MB1234567X/2025-001\n鼓楼区民政局2024年工作总结\n{PROSE}\n",
        "320106-民政局",
        "江苏省南京市鼓楼区",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "whom to ask, but not where the door is",
        (
            "本报告所列数据的统计期限为2024年1月1日至2024年12月31日。\n如有疑问，请与常德经济技术开发区党政办公室联系"
            f"（地址：常德市桃花产业园常德经济技术开发区管理委员会）。\n一、总体情况\n{PROSE}\n"
        ),
        "430700-经济技术开发区管理委员会",
        "湖南省常德市",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a paper of its own, where the text says 我局",
        f"2024年，我局依法治水。印发《嵩县水利局执法办法》，落实《洛阳市教育局工作要点》。{PROSE}\n",
        "410325-水利局",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "the government on whose behalf a report is read",
        f"嵩县政府信息公开 > 财政资金\n主任、各位委员：\n我受县人民政府的委托，作关于2024年决算的报告。{PROSE}\n",
        "410325-人民政府",
        "河南省洛阳市嵩县",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "the name line of a report that is read at a session",
        (
            "2024年12月24日在慈溪市十六届人大常委会第十七次会议上\n市人民政府\n各位委员：\n"
            f"现报告2024年依法行政情况，请予审议。市环保局、市工商局获创示范单位。{PROSE}\n"
        ),
        "330282-人民政府",
        "浙江省宁波市慈溪市",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a branch by the district's short name, which the text gives in full",
        f"2024年，市交通运输局龙岗管理局落实龙岗区委部署，依法治交。{PROSE}\n",
        "440307-交通运输局龙岗管理局",
        "广东省深圳市龙岗区",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a farm of the corps by the source line",
        f"红星二场2024年工作总结\n来源：第十三师新星市红星二场 发布时间：2025-01-06\n{PROSE}\n",
        "659011-红星二场",
        "新疆维吾尔自治区新星市",
        2024,
        Confidence.MEDIUM,
    ),
    (
        "a district that was made before the report was printed",
        f"通州区教育局2008年工作总结\n2008年，南通市通州区教育局推进课改。{PROSE}\n",
        "320612-教育局",
        "江苏省南通市通州区",
        2008,
        Confidence.MEDIUM,
    ),
    (
        "the corps' city by its level word",
        f"师市科技局2024年工作总结\n一、工作情况\n落实《第三师图木舒克市科技创新办法》，{PROSE}落实《第三师图木舒克市人才办法》。\n",
        "659003-科学技术局",
        "新疆维吾尔自治区图木舒克市",
        2024,
        Confidence.MEDIUM,
    ),
]


@pytest.mark.parametrize(
    ("text", "bureau_id", "division", "year", "confidence"),
    [case[1:] for case in ELSEWHERE],
    ids=[c[0] for c in ELSEWHERE],
)
def test_what_the_title_lacks_is_read_elsewhere(text, bureau_id, division, year, confidence):
    identity = identify(document(text))
    assert (identity.bureau_id, identity.division, identity.report_year) == (bureau_id, division, year)
    assert (identity.confidence, identity.doubts) == (confidence, ())


# (what it shows, text, bureau, doubts)
DOUBTFUL = [
    (
        "a publisher that a table leaves out",
        f"2023年工作总结\n索引号 43/2023 发布机构 发布日期 2023-12-19\n{PROSE}\n",
        None,
        ("bureau", "division"),
    ),
    (
        "a county as the source of a bureau that is not named",
        f"2022年工作总结\n发布机构:云和\n2022年，我局坚持服务大局。{PROSE}\n",
        None,
        ("bureau",),
    ),
    (
        "a town whose first sentence names two counties",
        f"车村镇2022年工作总结\n2022年，车村镇与嵩县、汝阳县相邻。{PROSE}\n",
        "车村镇人民政府",
        ("division",),
    ),
    (
        "an office of a province that names one once",
        f"2023年法治政府建设情况的报告\n2023年，省水利厅坚持依法行政。\n一、情况\n赴浙江省学习。{PROSE}\n",
        "省水利厅",
        ("division",),
    ),
    (
        "an office of a province that names two",
        f"2023年法治政府建设情况的报告\n2023年，省水利厅坚持依法行政。\n一、情况\n与辽宁省、吉林省会商。{PROSE}\n",
        "省水利厅",
        ("division",),
    ),
    (
        "the sign before the number of a district's paper",
        f"区水务局2023年法治政府建设情况报告\n沪水务〔2024〕8号\n{PROSE}\n",
        "区水务局",
        ("division",),
    ),
    (
        "a slogan alone may name the city above",
        f"市教育局2022年法治政府建设工作总结\n落实法治岳阳建设要点。{PROSE}\n",
        "市教育局",
        ("division",),
    ),
    (
        "words that hold a city's name",
        f"市教育局2022年法治政府建设工作总结\n推进平安长治久安，促进健康长治久安。{PROSE}\n",
        "市教育局",
        ("division",),
    ),
    (
        "a county's name that is a word",
        f"资源规划局2022年法治政府建设工作总结\n{PROSE}\n",
        None,
        ("bureau", "division"),
    ),
    (
        "a street whose name begins like a phrase, and has no government",
        f"向阳街道政府信息公开工作年度报告（2023年）\n{PROSE}\n",
        "向阳街道办事处",
        ("division",),
    ),
    (
        "a town whose name begins like a phrase",
        f"对坊乡2023年政府信息公开工作年度报告\n{PROSE}\n",
        "对坊乡人民政府",
        ("division",),
    ),
    (
        "a zone may be called after a lake as a district is",
        f"东湖高新区2023年法治政府建设工作总结\n{PROSE}\n",
        "东湖高新区管理委员会",
        ("division",),
    ),
    (
        "half a bracket is no name",
        f"应急管理（人防办）2021年度工作总结\n来源：市应急管理局\n{PROSE}\n",
        "市应急管理局",
        ("division",),
    ),
    (
        "a party committee that reports beside its government",
        f"中共车村镇委员会 车村镇人民政府\n关于2025年法治政府建设情况的报告\n{PROSE}\n",
        "车村镇人民政府",
        ("division",),
    ),
    (
        "a zone that is the subject of the first sentence",
        f"2023年，龙腾高新区学习贯彻会议精神，法治政府建设取得新成效。\n{PROSE}\n",
        "龙腾高新区管理委员会",
        ("division",),
    ),
    (
        "a town is no subject behind a verb",
        f"2023年，清波镇学习贯彻会议精神，结合街道法治化改革，法治政府建设取得新成效。\n{PROSE}\n",
        "清波镇人民政府",
        ("division",),
    ),
    ("a district that no table has", f"呼北区教育局2024年工作总结\n{PROSE}\n", "呼北区教育局", ("division",)),
    ("half a year is no place", f"2024年上半年县林业局工作总结\n{PROSE}\n", None, ("bureau", "division")),
    (
        "a bare title and two counties' bureaus of the name",
        f"库区管理局2011年工作总结\n2011年，嵩县库区管理局、汝阳县库区管理局分设。{PROSE}\n",
        None,
        ("bureau", "division"),
    ),
    (
        "a bare title, the upper bureau's head on a visit",
        f"民政局2024年工作总结\n2024年，我局办理救助。{PROSE}\n洛阳市民政局党组书记、局长一行调研救助。\n",
        "民政局",
        ("division",),
    ),
    (
        "a bare title, the text says that the bureau is a county's",
        f"民政局2024年工作总结\n2024年，县民政局办理救助，洛阳市民政局予以表彰。{PROSE}\n",
        "民政局",
        ("division",),
    ),
    (
        "a speaker's title says nothing of a bureau's place",
        f"市水利局2023年工作总结\n义马市副市长 张某\n各位同志：\n2023年，{PROSE}\n",
        "市水利局",
        ("division",),
    ),
    (
        "a short name of two counties of the province",
        f"江苏鼓楼高新区管理委员会2022年政府信息公开工作年度报告\n一、总体情况\n{PROSE}\n",
        "江苏鼓楼高新区管理委员会",
        ("division",),
    ),
    (
        "a notice that passes on another's report",
        f"关于学习《嵩县水利局2021年工作总结》的通知\n各单位：\n2021年，{PROSE}\n",
        None,
        ("bureau", "division"),
    ),
    (
        "a city that is never named",
        f"市科技局2022年度法治政府建设工作总结\n市委法治建设办：\n一、情况\n{PROSE}\n",
        "市科学技术局",
        ("division",),
    ),
    (
        "a city that is only visited",
        f"市科技局2022年度工作总结\n一、情况\n赴常德市科技局考察学习。{PROSE}\n",
        "市科学技术局",
        ("division",),
    ),
    (
        "a city that may be the one above",
        f"市科技局2022年度工作总结\n一、情况\n落实《常德市人才办法》。{PROSE}\n",
        "市科学技术局",
        ("division",),
    ),
    (
        "two counties with equal right",
        f"县水利局2022年度工作总结\n一、情况\n学习《嵩县水利办法》《汝阳县水利办法》。{PROSE}\n",
        "县水利局",
        ("division",),
    ),
    ("a district of many cities", f"鼓楼区民政局2024年工作总结\n一、情况\n{PROSE}\n", "鼓楼区民政局", ("division",)),
    (
        "a district of two cities that are both named",
        f"朝阳区民政局2024年工作总结\n一、情况\n学习北京市、长春市经验。{PROSE}\n",
        "朝阳区民政局",
        ("division",),
    ),
    (
        "a district that no list has",
        f"常德市柳溪县科技局2024年工作总结\n一、情况\n{PROSE}\n",
        "常德市柳溪县科学技术局",
        ("division",),
    ),
    ("a year that is never named", f"嵩县水利局工作总结\n一、情况\n{PROSE}\n", "嵩县水利局", ("report_year",)),
    (
        "signed late in a year: about this or the last",
        f"嵩县水利局工作总结\n一、情况\n{PROSE}\n嵩县水利局\n2024年9月30日\n",
        "嵩县水利局",
        ("report_year",),
    ),
    (
        "a zone of no known city",
        f"望海新区科技局2024年工作总结\n一、情况\n{PROSE}\n",
        "望海新区科学技术局",
        ("division",),
    ),
    (
        "a government that is only quoted",
        f"2024年，司法厅依法履职。落实《四川省人民政府工作安排》。{PROSE}\n",
        None,
        ("bureau", "division"),
    ),
    (
        "a county and its namesake's short form",
        f"东乡县教育局2015年工作总结\n一、情况\n{PROSE}\n",
        "东乡县教育局",
        ("division",),
    ),
    (
        "a branch in no county of the city's",
        f"常德市生态环境局嵩县分局2024年工作总结\n一、情况\n{PROSE}\n",
        "常德市生态环境局嵩县分局",
        ("division",),
    ),
    (
        "departments of a trade are no ministry",
        f"2024年工作总结\n一、情况\n{PROSE}" + "\n生态环境部门加强监管。" * 4,
        None,
        ("bureau", "division"),
    ),
    (
        "a ministry whose demand is met",
        f"落实教育部要求2024年工作总结\n一、情况\n{PROSE}\n",
        None,
        ("bureau", "division"),
    ),
    (
        "the year of a session",
        f"嵩县2022年政府工作报告\n一、过去五年工作回顾\n{PROSE}\n",
        "嵩县人民政府",
        ("report_year",),
    ),
    (
        "a district by two cities that the report is sent to",
        f"江北区司法局2024年工作总结\n宁波市司法局、重庆市司法局：\n2024年，我局依法履职。{PROSE}\n",
        "江北区司法局",
        ("division",),
    ),
    (
        "a town of a district's short name",
        f"杏花岭镇2024年工作总结\n一、情况\n{PROSE}\n",
        "杏花岭镇人民政府",
        ("division",),
    ),
    (
        "a town's government by its short form",
        f"杏花岭镇政府2024年工作总结\n一、情况\n{PROSE}\n",
        "杏花岭镇人民政府",
        ("division",),
    ),
    (
        "a street of a district's short name",
        f"东湖街道办事处2024年工作总结\n一、情况\n{PROSE}\n",
        "东湖街道办事处",
        ("division",),
    ),
    (
        "a zone's own bureau",
        f"望海新区管委会财政局2024年工作总结\n一、情况\n{PROSE}\n",
        "望海新区管委会财政局",
        ("division",),
    ),
    (
        "a town's congress is not the county's",
        f"政府工作报告\n——2025年1月8日在嵩县车村镇第八届人民代表大会第五次会议上\n各位代表：\n{PROSE}\n",
        None,
        ("bureau", "division"),
    ),
    (
        "the site's government is not the bureau that speaks",
        f"嵩县人民政府 > 法治政府建设\n2024年，我局依法行政，现将法治政府建设情况报告如下。{PROSE}\n",
        None,
        ("bureau",),
    ),
    (
        "towns in general are no town",
        f"嵩县人民政府 > 乡镇街道 > 年度报告\n2024年，各乡镇坚持依法行政，我镇不断创新。{PROSE}\n",
        None,
        ("bureau",),
    ),
    ("nor is a pretty one", f"2024年，特色小镇坚持创新。{PROSE}\n", None, ("bureau", "division")),
    (
        "two towns in the first sentence",
        f"2024年，车村镇坚持创新，白河镇坚持绿色。{PROSE}\n",
        None,
        ("bureau", "division"),
    ),
    (
        "a town on a prefecture's site",
        f"洛阳市人民政府门户网站\n2024年，车村镇坚持依法行政。{PROSE}\n",
        "车村镇人民政府",
        ("division",),
    ),
    (
        "a bureau on the site of a district that it does not fit",
        f"市水利局2024年工作总结\n欢迎访问洛阳市孟津区人民政府网站！\n{PROSE}\n",
        "市水利局",
        ("division",),
    ),
    (
        "a registration number of another level",
        f"索引号：11410300005412345X/2025-001\n县水利局2024年工作总结\n{PROSE}\n",
        "县水利局",
        ("division",),
    ),
    (
        "a number that only begins like one",
        f"联系电话：1141032500541234567\n县水利局2024年工作总结\n{PROSE}\n",
        "县水利局",
        ("division",),
    ),
    ("a zone that is still to be", f"嵩县创建省级高新区2024年工作总结\n{PROSE}\n", None, ("bureau",)),
    (
        "a zone by which a bureau says where it is",
        f"常德高新区2024年法治政府建设情况报告\n我局依法行政。{PROSE}\n",
        None,
        ("bureau",),
    ),
    (
        "a zone somewhere in a province",
        f"海南省望海经济开发区2024年工作总结\n{PROSE}\n",
        "海南省望海经济开发区管理委员会",
        ("division",),
    ),
    (
        "customs of no known place",
        f"拱北海关2024年法治海关建设情况报告\n{PROSE}\n",
        "拱北海关",
        ("division",),
    ),
    (
        "a ministry's agency is not the ministry",
        f"水利部望海水利委员会2024年政府信息公开工作年度报告\n{PROSE}\n",
        "水利部望海水利委员会",
        ("division",),
    ),
    (
        "a body in a list is not the one that speaks",
        f"2024年，市环保局、市工商局获创示范单位，市生态环境局等开展检查。{PROSE}\n",
        None,
        ("bureau", "division"),
    ),
    (
        "what belongs to a bureau is not the bureau",
        f"嵩县水利局所属嵩县水利质量监督站2024年度部门决算\n{PROSE}\n",
        None,
        ("bureau",),
    ),
    (
        "papers of two bureaus",
        f"2024年，我局印发《嵩县水利局办法》，印发《汝阳县教育局办法》。{PROSE}\n",
        None,
        ("bureau", "division"),
    ),
    (
        "a quoted title that is only answered",
        f"现将《嵩县人民政府2023年法治政府建设情况报告》反馈意见整改情况报告如下。2024年，我局整改。{PROSE}\n",
        None,
        ("bureau", "division"),
    ),
    ("nobody is named", f"2024年工作总结\n一、情况\n{PROSE}\n", None, ("bureau", "division")),
]


@pytest.mark.parametrize(("text", "bureau", "doubts"), [case[1:] for case in DOUBTFUL], ids=[c[0] for c in DOUBTFUL])
def test_what_is_not_said_is_a_doubt_and_no_guess(text, bureau, doubts):
    identity = identify(document(text))
    assert (identity.bureau, identity.doubts, identity.confidence) == (bureau, doubts, Confidence.LOW)
    assert (identity.division_code is None) == ("division" in doubts)
    assert (identity.report_year is None) == ("report_year" in doubts)


def test_bureaus_without_a_place_are_never_pooled():
    text = f"市科技局2022年度工作总结\n一、情况\n{PROSE}\n"
    first, second = identify(document(text, "a.txt")), identify(document(text, "b.txt"))
    assert first.bureau_id.startswith("unplaced:市科学技术局:")
    assert first.bureau_id != second.bureau_id
    assert first.bureau_id == identify(document(text, "a.txt")).bureau_id


# (what it shows, text, year)
YEARS = [
    (
        "the day behind the title of a letter is not the year of the paper that it sends",
        f"嵩县民政局关于印发《2021年民政工作总结》的通知 ( 2022-02-16 )\n嵩县民政局\n{PROSE}\n",
        2021,
    ),
    (
        "five years since a year are not that year",
        "政府工作报告\n——2023年1月15日在嵩县第十六届人民代表大会第一次会议上\n2018年以来的五年极不平凡。我们推进各项工作。",
        2022,
    ),
    (
        "what became of the tasks of a government's report is about the year printed",
        f"嵩县体育局2023年市政府工作报告推进落实情况（12月）\n2023-12-31\n一、情况\n{PROSE}\n",
        2023,
    ),
    (
        "the report itself looks back",
        f"2023年政府工作报告\n嵩县人民政府\n（2023年1月12日）\n一、推进落实\n{PROSE}\n",
        2022,
    ),
    ("title before date", f"嵩县水利局2023年工作总结\n一、情况\n{PROSE}\n嵩县水利局\n2025年3月1日\n", 2023),
    ("Chinese numerals", f"嵩县水利局二〇二四年工作总结\n一、情况\n{PROSE}\n", 2024),
    ("Chinese numerals with a circle", f"嵩县水利局\n二○二三年度工作报告\n一、情况\n{PROSE}\n", 2023),
    ("full-width digits", f"嵩县水利局２０２４年工作总结\n一、情况\n{PROSE}\n", 2024),
    ("a year without 年", f"嵩县水利局2024法治政府建设报告\n一、情况\n{PROSE}\n", 2024),
    (
        "the plan of the next year does not count",
        f"嵩县水利局2024年工作总结及2025年工作计划\n一、情况\n{PROSE}\n",
        2024,
    ),
    ("wherever it stands", f"嵩县水利局2025年工作安排和2024年工作总结\n一、情况\n{PROSE}\n", 2024),
    ("a plan is about its own year", f"嵩县水利局2025年工作要点\n一、目标\n{PROSE}\n", 2025),
    (
        "the sentence that introduces",
        f"嵩县水利局工作总结\n按照《2025年工作要点》要求，现将2024年情况报告如下。\n{PROSE}\n",
        2024,
    ),
    ("the first words", f"嵩县水利局工作总结\n2024年以来，我局依法治水。{PROSE}\n", 2024),
    (
        "since a year long past: the year before the date",
        f"嵩县水利局工作总结\n2021年以来，我局依法治水。{PROSE}\n嵩县水利局\n2024年3月4日\n",
        2023,
    ),
    (
        "a session's report looks back on the year that its heading names",
        f"嵩县2021年政府工作报告\n一、2020年工作回顾\n{PROSE}\n",
        2020,
    ),
    (
        "or on the year before its date",
        f"嵩县2021年政府工作报告\n（2021年1月20日）\n各位代表：\n{PROSE}\n",
        2020,
    ),
    (
        "or on the year before its session, whenever it was put on the web",
        f"发布日期：2023-03-01\n政府工作报告\n——2021年1月20日在嵩县第九届人民代表大会第一次会议上\n各位代表：\n{PROSE}\n",
        2020,
    ),
    (
        "or on the year at whose end the session is",
        f"嵩县政府工作报告\n——2021年12月20日在嵩县第九届人民代表大会第一次会议上\n各位代表：\n{PROSE}\n",
        2021,
    ),
    (
        "a date is no first word",
        f"嵩县水利局工作总结\n2024年3月1日起施行新办法。{PROSE}\n嵩县水利局\n2024年3月5日\n",
        2023,
    ),
    (
        "the period that the figures cover",
        f"嵩县水利局政府信息公开年报\n本报告所列数据自2023年1月1日起至2023年12月31日止。{PROSE}\n",
        2023,
    ),
    (
        "a heading",
        f"嵩县水利局工作总结\n一、总体要求\n{PROSE}\n二、2024年主要工作完成情况\n{PROSE}\n三、2025年工作计划\n{PROSE}\n",
        2024,
    ),
    (
        "a plan's heading does not count",
        f"嵩县水利局工作总结\n一、情况\n{PROSE}\n二、2025年工作计划\n{PROSE}\n嵩县水利局\n2025年2月1日\n",
        2024,
    ),
    (
        "the coming year's plan in the sentence that introduces",
        f"嵩县水利局工作总结\n现将2024年工作情况及2025年工作计划报告如下：\n{PROSE}\n",
        2024,
    ),
    (
        "work that sounds like a plan but is reported",
        f"嵩县水利局工作总结\n现将2024年重点工作汇报如下：\n{PROSE}\n",
        2024,
    ),
    ("this year, signed in December", f"工作总结\n今年以来，我局治水。{PROSE}\n嵩县水利局\n2024年12月20日\n", 2024),
    ("this year, signed in January", f"工作总结\n今年以来，我局治水。{PROSE}\n嵩县水利局\n2025年1月8日\n", 2024),
    (
        "a session's day over two lines",
        f"嵩县2025年政府工作报告\n2025年3月21日在嵩县第十九届\n人民代表大会第四次会议上\n各位代表：\n{PROSE}\n",
        2024,
    ),
    ("signed in March: the year before", f"嵩县水利局工作总结\n一、情况\n{PROSE}\n嵩县水利局\n2025年3月28日\n", 2024),
    ("published in June: the year before", f"发布日期：2023-06-30\n嵩县水利局工作总结\n一、情况\n{PROSE}\n", 2022),
    ("a document's number is no year", f"嵩县水利局工作总结\n嵩水〔2025〕3号\n2024年，我局依法治水。{PROSE}\n", 2024),
    ("the year compared with is the one before", "嵩县水利局全年治理河道较2023年增加12公里。", 2024),
    ("a span of years is no year", f"嵩县水利局落实法治规划（2021—2025年）2023年情况报告\n一、情况\n{PROSE}\n", 2023),
]


@pytest.mark.parametrize(("text", "year"), [case[1:] for case in YEARS], ids=[c[0] for c in YEARS])
def test_the_report_year(text, year):
    identity = identify(document(text))
    assert identity.report_year == year
    evidence = identity.evidence["report_year"]
    assert evidence.start is not None
    assert text[evidence.start : evidence.end].strip()


# (what it shows, text, day)
DAYS = [
    (
        "with hour and minute in words",
        f"嵩县水利局2024年工作总结\n2025年01月09日 09时24分\n{PROSE}\n",
        date(2025, 1, 9),
    ),
    (
        "between a body and its source",
        f"嵩县水利局2024年工作总结\n嵩县水利局   2025-01-09 09:07:00   来源:办公室\n{PROSE}\n",
        date(2025, 1, 9),
    ),
    (
        "before the size of the letters",
        f"嵩县水利局2024年工作总结\n2025-01-09 10:30 字号:\n{PROSE}\n",
        date(2025, 1, 9),
    ),
    ("before a body's name alone", f"嵩县水利局2024年工作总结\n2025-01-09 嵩县统计局\n{PROSE}\n", date(2025, 1, 9)),
    ("before other words", f"嵩县水利局2024年工作总结\n2025-01-09 全县水利会议\n{PROSE}\n", None),
    (
        "in brackets behind the title",
        f"嵩县水利局2024年工作总结 ( 2025年01月09日 )\n{PROSE}\n",
        date(2025, 1, 9),
    ),
    (
        "with the hour beside the source's bare name",
        f"嵩县水利局2022年工作总结\n2023-11-24 11:54   县水利局办公室\n一、情况\n{PROSE}\n",
        date(2023, 11, 24),
    ),
    (
        "a day in a sentence is none",
        f"嵩县水利局2022年工作总结\n2023-11-24 11:54 县水利局接报险情，随即处置。\n一、情况\n{PROSE}\n",
        None,
    ),
    ("signature", f"嵩县水利局2024年工作总结\n一、情况\n{PROSE}\n嵩县水利局\n2025年3月28日\n", date(2025, 3, 28)),
    (
        "signature in Chinese numerals",
        f"嵩县水利局2024年工作总结\n{PROSE}\n嵩县水利局\n二〇二五年一月二十三日\n",
        date(2025, 1, 23),
    ),
    ("header label", f"嵩县水利局2024年工作总结\n发布时间：2025/2/7\n{PROSE}\n", date(2025, 2, 7)),
    ("header over three lines", f"2025\n03/28\n12:05\n嵩县水利局2024年工作总结\n{PROSE}\n", date(2025, 3, 28)),
    ("in brackets under the title", f"嵩县水利局2024年工作总结\n（2025年1月9日）\n{PROSE}\n", date(2025, 1, 9)),
    (
        "publication before signature",
        f"发布日期：2025-02-10\n嵩县水利局2024年工作总结\n{PROSE}\n嵩县水利局\n2025年1月20日\n",
        date(2025, 2, 10),
    ),
    ("before the source", f"嵩县水利局2024年工作总结\n2025-01-09 10:30 来源：水利局\n{PROSE}\n", date(2025, 1, 9)),
    ("behind the source", f"嵩县水利局2024年工作总结\n来源：水利局 2025-01-09\n{PROSE}\n", date(2025, 1, 9)),
    ("a day of something else", f"嵩县水利局2024年工作总结\n2025-01-09 例会：水利局\n{PROSE}\n", None),
    (
        "labels and days in the cells of a table",
        f"成文日期 | 2025-01-09 | 发布日期 | 2025-01-12\n嵩县水利局2024年工作总结\n{PROSE}\n",
        date(2025, 1, 12),
    ),
    (
        "a day before a counter of visits",
        f"嵩县水利局2024年工作总结\n2025年01月09日 (点击: )\n{PROSE}\n",
        date(2025, 1, 9),
    ),
    ("a label without a colon", f"成文日期 2025-01-09\n嵩县水利局2024年工作总结\n{PROSE}\n", date(2025, 1, 9)),
    (
        "a label right behind the author",
        f"嵩县水利局2024年工作总结\n作者：县水利局时间：2025年1月9日10时26分\n{PROSE}\n",
        date(2025, 1, 9),
    ),
    (
        "a day right before the source",
        f"嵩县水利局2024年工作总结\n2025年01月09日来源：本站\n{PROSE}\n",
        date(2025, 1, 9),
    ),
    (
        "a day behind the source, with more behind it",
        f"嵩县水利局2024年工作总结\n来源:县政府办 2025-01-09 10:57 阅读人数:1\n{PROSE}\n",
        date(2025, 1, 9),
    ),
    ("a day behind a body", f"嵩县水利局2024年工作总结\n县政府办公室 2025-01-09\n{PROSE}\n", date(2025, 1, 9)),
    ("a time of something else", f"嵩县水利局2024年工作总结\n会议时间：2025年1月9日\n{PROSE}\n", None),
    (
        "publication before writing",
        f"[ 成文日期 ]2025-01-09 [ 发布日期 ]2025-01-12\n嵩县水利局2024年工作总结\n{PROSE}\n",
        date(2025, 1, 12),
    ),
    ("behind the title as in a list", f"嵩县水利局2024年工作总结 2025-01-09\n{PROSE}\n", date(2025, 1, 9)),
    ("and with the hour", f"嵩县水利局2024年工作总结 发布日期: 2025-01-09 16:44\n{PROSE}\n", date(2025, 1, 9)),
    ("a label and a bar", f"成文日期： | 2025年1月9日\n嵩县水利局2024年工作总结\n{PROSE}\n", date(2025, 1, 9)),
    ("a day in a list of dots", f"• 水利局\n• 2025-01-09\n嵩县水利局2024年工作总结\n{PROSE}\n", date(2025, 1, 9)),
    (
        "publication at the foot of the page",
        f"嵩县水利局2024年工作总结\n{PROSE}\n发布时间：2025-01-09 09:40　来源：县政府办\n",
        date(2025, 1, 9),
    ),
    ("no such day", f"嵩县水利局2024年工作总结\n{PROSE}\n嵩县水利局\n2025年2月30日\n", None),
    ("a day in a sentence is none", f"嵩县水利局2024年工作总结\n2024年5月6日召开会议。{PROSE}\n", None),
]


@pytest.mark.parametrize(("text", "day"), [case[1:] for case in DAYS], ids=[c[0] for c in DAYS])
def test_the_day_of_publication_or_signature(text, day):
    assert identify(document(text)).published == day


KINDS = [
    ("2012年嵩县气象局政府信息公开工作年报", "政府信息公开工作年度报告"),
    ("嵩县水利局2025年政府信息公开年度工作报告", "政府信息公开工作年度报告"),
    ("嵩县审计局2025年政务信息公开工作开展年度报告", "政府信息公开工作年度报告"),
    ("嵩县气象局2021年度法治政府年度报告", "法治政府建设年度报告"),
    ("嵩县交通运输局2008年政务信息公开情况报告", "政府信息公开工作年度报告"),
    ("嵩县民政局2014年政府信息公开工作情况报告", "政府信息公开工作年度报告"),
    ("嵩县水利局关于2022年政府信息公开工作的年度报告", "政府信息公开工作年度报告"),
    ("嵩县车村镇2010年政府信息公开报告", "政府信息公开工作年度报告"),
    ("2022年嵩县政府工作报告目标任务半年完成情况", "年度报告"),
    ("2022年嵩县政府工作报告", "政府工作报告"),
    ("名称： | 嵩县水利局2023年工作总结及2024年工作安排 | 文号： | |", "工作总结"),
    ("名称： | | 文号： | 水利〔2023〕5号工作总结 |\n嵩县水利局2023年依法行政情况", "法治政府建设年度报告"),
    ("嵩县水利局2024年法治政府建设年度报告", "法治政府建设年度报告"),
    ("嵩县水利局2024年工作总结", "工作总结"),
    ("嵩县水利局2024年政府信息公开工作年度报告", "政府信息公开工作年度报告"),
    ("嵩县2024年国民经济和社会发展统计公报", "国民经济和社会发展统计公报"),
    ("嵩县水利局2025年工作要点", "工作要点"),
    ("嵩县水利局2025年工作思路", "工作要点"),
    ("嵩县2024年民政事业发展统计公报", "年度报告"),
    ("嵩县关于2024年国民经济和社会发展的统计公报", "国民经济和社会发展统计公报"),
    ("述职述法报告\n局长 张某\n2024年，本人履行推进法治建设职责，现将情况报告如下：", "述职述廉报告"),
    ("本报告根据《中华人民共和国政府信息公开条例》编制，是嵩县水利局2024年度报告。", "政府信息公开工作年度报告"),
    ("2024年，嵩县水利局根据《中华人民共和国政府信息公开条例》总结经验。", "工作总结"),
    ("嵩县2024年统计公报", "国民经济和社会发展统计公报"),
    ("工 作 总 结", "工作总结"),
    ("嵩县水利局2024年工作总结及2025年工作计划", "工作总结"),
    ("嵩县水利局2024年度部门决算", "预算决算"),
    ("嵩县水利局2024年建议提案办理情况的报告", "建议提案办理报告"),
    ("嵩县水利局关于2024年抗旱工作情况的报告", "年度报告"),
    ("嵩县水利局关于2024年法治政府\n建设工作情况的报告", "法治政府建设年度报告"),
    ("嵩县水利局关于2024年法治\n宣传周\n情况的报告", "年度报告"),
    ("嵩县水利局2024年法治政府部门建设工作情况", "法治政府建设年度报告"),
    ("嵩县水利局2024年度项目支出绩效单位自评报告", "绩效自评报告"),
    ("本年度报告所列数据的统计期限为2024年1月1日至12月31日。", "政府信息公开工作年度报告"),
    ("2024年，嵩县水利局统计期限内的报告共12份。", "年度报告"),
    ("首页 > 工作总结\n嵩县水利局2024年法治政府建设年度报告", "法治政府建设年度报告"),
    ("首页 > 建议提案办理\n2024年，嵩县水利局共办理代表建议。", "建议提案办理报告"),
]


@pytest.mark.parametrize(("title", "kind"), KINDS)
def test_the_kind_of_document(title, kind):
    assert identify(document(f"{title}\n一、情况\n{PROSE}\n")).kind == kind


def test_evidence_points_at_the_words():
    text = f"市民政局\n2024年法治政府建设情况报告\n一、情况\n{PROSE}\n常德市民政局\n2025年1月8日\n"
    identity = identify(document(text))
    said = {field: (e.source, text[e.start : e.end]) for field, e in identity.evidence.items()}
    assert said == {
        "bureau": ("above_title", "市民政局"),
        "division": ("signature", "常德市"),
        "report_year": ("title", "2024"),
        "published": ("signature", "2025年1月8日"),
        "kind": ("title", "法治政府建设"),
    }


# (field of the manifest, its value, field of the identity, what it becomes)
OVERRULED = [
    ({"year": "2021"}, {"report_year": 2021}),
    ({"published": "2022-02-03"}, {"published": date(2022, 2, 3)}),
    ({"division": "411281"}, {"division_code": "411281", "bureau": "义马市科学技术局", "doubts": ()}),
    ({"division": "义马市"}, {"division_code": "411281", "bureau_id": "411281-科学技术局"}),
    ({"bureau": "义马市科技局"}, {"division_code": "411281", "bureau": "义马市科学技术局", "doubts": ()}),
    ({"bureau": "财政局", "division": "重庆九龙坡区"}, {"bureau_id": "500107-财政局", "level": "county"}),
    ({"bureau": "创新促进会", "division": "第三师"}, {"bureau": "第三师图木舒克市创新促进会", "level": "prefecture"}),
]


@pytest.mark.parametrize(("cells", "expected"), OVERRULED, ids=",".join)
def test_a_manifest_overrules_the_document(cells, expected):
    row = ManifestRow(file="report.txt", **cells)
    identity = identify(document(f"市科技局2022年度工作总结\n一、情况\n{PROSE}\n"), row)
    assert {field: getattr(identity, field) for field in expected} == expected
    fields = {"year": "report_year"}
    assert all(identity.evidence[fields.get(name, name)].source == "manifest" for name in cells)


REPORTS = [
    (
        "嵩县水利局2024年工作总结\n全年新建水库3座，治理河道12公里，完成投资2.3亿元。"
        "下一步继续努力做好工作，服务群众生产生活。"
    ),
    f"嵩县水利局2024年法治政府建设年度报告\n一、工作情况\n{PROSE}\n第一条渠道已经疏通。\n",
    "嵩县水利局2024年工作总结\n" + "".join(f"{i}.新建泵站{i}座；\n" for i in range(1, 30)),
]


@pytest.mark.parametrize("text", REPORTS)
def test_reports_pass(text):
    assert objection(document(text), identify(document(text))) is None


def test_a_report_that_names_nobody_passes_for_a_person_to_see():
    text = f"2024年，全县上下攻坚克难，经济稳中有进。{PROSE}\n一、农业\n粮食总产量20.2万吨，比上年增长2.5%。\n"
    identity = identify(document(text))
    assert identity.doubts == ("bureau", "division")
    assert objection(document(text), identity) is None


def test_a_report_that_is_mostly_a_table_passes():
    rows = "".join(f"第二十条第（{n}）项\n{n}\n0\n" for n in range(1, 40))
    text = f"嵩县水利局2024年政府信息公开工作年度报告\n一、总体情况\n{PROSE * 3}\n二、主动公开\n{rows}"
    assert objection(document(text), identify(document(text))) is None


NO_REPORTS = [
    (
        "source code",
        "def main():\n    return [x for x in range(10)]\n" * 40
        + "# 这里是程序的注释，用来说明程序的功能和使用方法。" * 3,
    ),
    ("English", "The bureau held twelve meetings in 2024 and settled all complaints in time. " * 20),
    (
        "an error page",
        "您访问的页面不存在或已被删除，请检查输入的地址是否正确，或者返回网站首页查看其他栏目的内容，谢谢您的理解。",
    ),
    (
        "a login page",
        "用户登录 请输入账号和密码进行操作，如果忘记密码请点击找回密码，未注册的用户请先注册账号，谢谢您的配合与支持。",
    ),
    (
        "a list of links",
        "".join(f"嵩县水利局{year}年法治政府建设年度报告 {year + 1}-01-20\n" for year in range(2005, 2025)),
    ),
    (
        "a law",
        "嵩县水利管理办法\n"
        + "".join(f"第{n}条　单位和个人应当依法用水，节约用水。\n" for n in "一二三四五六七八九十"),
    ),
    ("a mirror with pinyin", "嵩县水利局2024年工作总结\n" + "全(quán)年(nián)召(zhào)开(kāi)会(huì)议(yì)" * 20 + "。"),
    ("nothing but a line", "嵩县水利局2024年工作总结"),
    (
        "a story",
        "从前有一座山，山里有一座庙，庙里有一个老和尚在讲故事。他讲的是从前有一座山的故事，小和尚听得很认真。" * 5,
    ),
]


@pytest.mark.parametrize("text", [case[1] for case in NO_REPORTS], ids=[case[0] for case in NO_REPORTS])
def test_what_is_no_report_is_said_in_a_sentence(text):
    reason = objection(document(text), identify(document(text)))
    assert reason is not None
    assert reason.startswith(("it ", "only "))


def test_a_town_and_a_zone_have_no_level_of_their_own():
    titles = [
        "嵩县水利局2024年工作总结",
        "嵩县车村镇2024年工作总结",
        "长沙高新区管委会2024年工作总结",
        "科学技术部2024年工作总结",
    ]
    levels = [identify(document(f"{title}\n{PROSE}\n")).level for title in titles]
    assert levels == ["county", "unknown", "unknown", "national"]


WORDS = [
    "嵩县",
    "市",
    "区",
    "水利局",
    "政府",
    "2024年",
    "工作总结",
    "《",
    "》",
    "：",
    "来源：",
    "报告",
    "\n",
    "，",
    "。",
    " ",
    "第三师",
    "城区",
    "2025-01-02",
    "一、",
]


@given(st.lists(st.sampled_from(WORDS), max_size=60).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_an_identity_whose_evidence_lies_within_it(text):
    identity = identify(document(text))
    objection(document(text), identity)
    assert all(0 <= e.start < e.end <= len(text) for e in identity.evidence.values() if e.start is not None)
    assert (identity.confidence == Confidence.LOW) == bool(identity.doubts)


def test_a_long_text_costs_no_more_than_its_head_and_end():
    text = "嵩县水利局2024年工作总结" + "水" * 3_000_000 + "\n嵩县水利局\n2025年1月8日\n"
    identity = identify(document(text))
    assert identity.published == date(2025, 1, 8)


GOLD = {
    "000": ("659003-科学技术局", "第三师图木舒克市科学技术局", 2024, None, ()),
    "001": ("411281-科学技术局", "义马市科学技术局", 2024, None, ()),
    "002": ("650100-科学技术局", "乌鲁木齐市科学技术局", 2024, date(2025, 3, 28), ()),
    "003": (None, "市科学技术局", 2022, None, ("division",)),
    "004": ("500107-科学技术局", "重庆市九龙坡区科学技术局", 2024, None, ()),
}


@pytest.mark.skipif("BUREAU_METRICS_GOLD" not in os.environ, reason="BUREAU_METRICS_GOLD names no gold folder")
@pytest.mark.parametrize("number", GOLD)
def test_the_real_reports(number):
    bureau_id, bureau, year, published, doubts = GOLD[number]
    (path,) = (Path(os.environ["BUREAU_METRICS_GOLD"]) / "reports").glob(f"{number}_*.txt")
    real = read_document(path)
    identity = identify(real)
    assert (identity.bureau, identity.report_year, identity.published, identity.doubts) == (
        bureau,
        year,
        published,
        doubts,
    )
    assert identity.bureau_id == bureau_id if bureau_id else identity.bureau_id.startswith("unplaced:")
    assert objection(real, identity) is None
