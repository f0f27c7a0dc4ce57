"""Characters that print like another one → the one that is meant: what fonts of PDF files call 长 is often ⻓."""

from __future__ import annotations

import unicodedata

# Property Equivalent_Unified_Ideograph of Unicode for the CJK Radicals Supplement, in pairs: NFKC leaves that block.
_SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵"
    "⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁"
    "⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶"
    "⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼"
    "⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
# The radical 63 stands for 户 in simplified fonts; NFKC makes the traditional 戶 of it.
_SIMPLIFIED = "⼾户"
_PAIRS = _SUPPLEMENT + _SIMPLIFIED
_UNIFIED = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
# Kangxi radicals, compatibility ideographs, ligatures, the supplement of compatibility ideographs. Full-width digits
# and letters are left: the text keeps what the page prints.
_FOLDED = ((0x2F00, 0x2FDF), (0xF900, 0xFAFF), (0xFB00, 0xFB06), (0x2F800, 0x2FA1F))


def unified(char: str) -> str:
    """Return the character that is meant: radicals and compatibility forms as ideographs, ligatures as letters."""
    if char < "\u2e80":
        return char
    if char in _UNIFIED:
        return _UNIFIED[char]
    code = ord(char)
    if any(first <= code <= last for first, last in _FOLDED):
        return unicodedata.normalize("NFKC", char)
    return char
