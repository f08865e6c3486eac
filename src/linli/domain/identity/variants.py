"""One form for characters that are written in several: traditional and simplified, old and new, Japanese and Chinese.

Traditional characters are turned by OpenCC's table (opencc-py, Apache-2.0). It leaves alone what names alone keep, so
these are listed here: variants of the table of standard characters (《通用规范汉字表》, 2013, annex 1), old shapes of
printing types and Japanese shapes, each with the character that lists write instead.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from opencc import OpenCC

_VARIANTS = """
喆哲 堃坤 甦苏 邨村 甯宁 迺乃 犇奔 龢和 仝同 晳晰 濬浚 煇辉 燿耀 栢柏 栁柳 澂澄 畧略 凃涂 劒剑 珎珍 琹琴 碁棋 秊年
朙明 暎映 寳宝 冨富 槑梅 楳梅 喦岩 嵒岩 巗岩 崐昆 崘仑 絜洁 逰游 菓果 蘓苏 彊强 祐佑 皜皓 暠皓 晧皓 澔浩 叡睿 廸迪
逈迥 廻回 烱炯 翺翱 鵞鹅 蔴麻 鑛矿 囯国 圀国 媍妇 姪侄 悳德 麐麟 銕铁 啔启 鍳鉴 勣绩 祕秘 栞刊 訢欣 堦阶 偘侃 憇憩
箎篪 槀槁 峩峨 嵗岁 晻暗 汎泛 淼渺 衞卫 呉吴 値值 靑青 淸清 昻昂 髙高 﨑崎 尙尚 硏研 姸妍 愼慎 戸户 眞真 敎教 卽即
旣既 黒黑 內内 兪俞 吿告 彥彦 艶艳 暁晓 恵惠 徳德 竜龙 沢泽 広广 栄荣 亜亚 浄净 娯娱 鉄铁 覇霸 斉齐 斎斋 桜樱 関关
児儿 円圆 浜滨 渋涩 辺边 薫熏
"""
VARIANTS: Final = str.maketrans({pair[0]: pair[1] for pair in _VARIANTS.split()})


def one_form(text: str) -> str:
    """A text in simplified characters of their usual shape: `陳`, `陈` and `喆`, `哲` become one."""
    if text.isascii():
        return text
    return "".join([_one_form(character) for character in unicodedata.normalize("NFKC", text)])


@functools.cache
def _one_form(character: str) -> str:
    """Character by character: what stands beside one must not change its form, as it may in OpenCC's phrases."""
    return _simplifier().convert(character).translate(VARIANTS)


@functools.cache
def _simplifier() -> OpenCC:
    from opencc import OpenCC  # reads its tables: only when a name is compared

    return OpenCC("t2s")
