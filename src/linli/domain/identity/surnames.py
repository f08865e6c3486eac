"""Chinese surnames that one character does not tell: those of two characters, and those read in a way of their own.

Source: the surnames of pinyin-pro 3.29.4 (MIT), held against pypinyin 0.55.0, which reads each character of `READINGS`
otherwise; compound surnames still borne are added, with their traditional forms.
"""

from __future__ import annotations

from typing import Final

_COMPOUND = """
南宫 第五 万俟 司马 上官 欧阳 夏侯 诸葛 闻人 东方 赫连 皇甫 尉迟 公羊 澹台 公冶 宗政 濮阳 淳于 太叔 申屠 公孙 仲孙
轩辕 令狐 钟离 宇文 长孙 慕容 鲜于 闾丘 司徒 司空 亓官 司寇 仉督 子车 颛孙 端木 巫马 公西 漆雕 乐正 壤驷 公良 拓跋
夹谷 宰父 榖梁 谷梁 段干 百里 东郭 南门 呼延 羊舌 梁丘 左丘 东门 西门 句龙 毌丘 独孤 单于 纳兰 贺兰 叶赫 归海 微生
即墨 达奚 褚师 南宮 萬俟 司馬 歐陽 諸葛 聞人 東方 赫連 尉遲 澹臺 濮陽 淳於 公孫 仲孫 軒轅 鍾離 鐘離 長孫 鮮于 閭丘
亓官 子車 顓孫 巫馬 樂正 夾谷 穀梁 東郭 南門 東門 西門 獨孤 單于 納蘭 賀蘭 葉赫 歸海 達奚 褚師
"""
COMPOUND: Final = frozenset(_COMPOUND.split())

_READINGS = """
乐 yue|卜 bu|缪 miao|解 xie|单 shan|隗 wei|仇 qiu|薄 bo|能 nai|翟 zhai|都 du|阚 kan|曾 zeng|乜 nie|查 zha|盖 ge
区 ou|覃 qin|朴 piao|繁 po|员 yun|句 gou|折 she|召 shao|六 lu|万俟 mo qi|尉迟 yu chi|澹台 tan tai|长孙 zhang sun
子车 zi ju|乐正 yue zheng|句龙 gou long|单于 chan yu|宰父 zai fu
"""
READINGS: Final[dict[str, tuple[str, ...]]] = {
    surname: tuple(sounds)
    for line in _READINGS.split("\n")
    for entry in filter(None, line.split("|"))
    for surname, *sounds in (entry.split(),)
}


def surname_of(name: str) -> str:
    """The surname of a name in Chinese characters; of two characters alone the first is the surname."""
    return name[:2] if len(name) > 2 and name[:2] in COMPOUND else name[:1]
