"""What the planted neighbourhood is made of: names with their sounds, alike characters, counties, old calendars.

The finder's own tables are others: none of these is shared with it.
"""

from __future__ import annotations


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


SURNAMES = _pairs("""
王:wang 张:zhang 陈:chen 李:li 徐:xu 朱:zhu 周:zhou 沈:shen 陆:lu 顾:gu 吴:wu 杨:yang 黄:huang 刘:liu 金:jin 赵:zhao
俞:yu 潘:pan 钱:qian 曹:cao 蒋:jiang 孙:sun 唐:tang 胡:hu 施:shi 严:yan 姚:yao 许:xu 高:gao 郑:zheng 马:ma 倪:ni
何:he 林:lin 邵:shao 方:fang 冯:feng 秦:qin 龚:gong 叶:ye 韩:han 谢:xie 宋:song 瞿:qu 奚:xi 盛:sheng 毛:mao 余:yu
凌:ling 乔:qiao 计:ji 查:zha 单:shan 仇:qiu 曾:zeng 解:xie 区:ou 欧阳:ouyang 诸葛:zhuge
""")
RANKS = [1 / (4 + place) for place in range(len(SURNAMES))]
# Given names by the year from which they were usual: women's first and second characters, men's.
GIVEN = {
    1900: (
        "秀桂玉凤美金兰月素惠文淑翠雅爱",
        "英珍芳娣妹宝兰仙琴娥珠贞华",
        "根阿德金福永国志家宝友鸿祖兴",
        "发生祥福根林荣康庆昌元宝泉",
    ),
    1946: (
        "建秀惠玉美慧丽莉小国爱月佩雪",
        "华芳英珍萍琴娟娣敏芬妹珠",
        "建国志永德卫金伟正荣家新",
        "国平明华民强生忠良康兴根",
    ),
    1966: (
        "海晓丽雅慧静春燕红文琼雯",
        "燕红霞萍琳敏英蓉梅静芳珏",
        "海晓志伟建文永春立俊剑宏",
        "军峰东勇伟斌明华杰青刚辉",
    ),
    1982: (
        "佳晓雯思嘉静怡雨诗婷欣倩",
        "婷雯怡佳倩敏洁琳颖雪菲蕾",
        "佳晓嘉俊志文浩宇天一子晨",
        "杰伟骏磊超斌俊峰凯晨昊鑫",
    ),
    2000: (
        "梓子欣雨诗思语若依嘉可一",
        "涵萱怡彤琪瑶妍悦宁玥馨诺",
        "子梓浩宇俊嘉一天奕博睿泽",
        "轩涵宇豪辰睿泽霖阳铭然诚",
    ),
}
SOUNDS = _pairs("""
秀:xiu 桂:gui 玉:yu 凤:feng 美:mei 金:jin 兰:lan 月:yue 素:su 惠:hui 文:wen 淑:shu 翠:cui 雅:ya 爱:ai 英:ying
珍:zhen 芳:fang 娣:di 妹:mei 宝:bao 仙:xian 琴:qin 娥:e 珠:zhu 贞:zhen 华:hua 根:gen 阿:a 德:de 福:fu 永:yong 国:guo
志:zhi 家:jia 友:you 鸿:hong 祖:zu 兴:xing 发:fa 生:sheng 祥:xiang 林:lin 荣:rong 康:kang 庆:qing 昌:chang 元:yuan
泉:quan 建:jian 慧:hui 丽:li 莉:li 小:xiao 佩:pei 雪:xue 萍:ping 娟:juan 敏:min 芬:fen 卫:wei 伟:wei 正:zheng 新:xin
平:ping 明:ming 民:min 强:qiang 忠:zhong 良:liang 海:hai 晓:xiao 静:jing 春:chun 燕:yan 红:hong 琼:qiong 雯:wen
霞:xia 琳:lin 蓉:rong 梅:mei 珏:jue 立:li 俊:jun 剑:jian 宏:hong 军:jun 峰:feng 东:dong 勇:yong 斌:bin 杰:jie
青:qing 刚:gang 辉:hui 佳:jia 思:si 嘉:jia 怡:yi 雨:yu 诗:shi 婷:ting 欣:xin 倩:qian 洁:jie 颖:ying 菲:fei 蕾:lei
浩:hao 宇:yu 天:tian 一:yi 子:zi 晨:chen 骏:jun 磊:lei 超:chao 凯:kai 昊:hao 鑫:xin 梓:zi 语:yu 若:ruo 依:yi 可:ke
涵:han 萱:xuan 彤:tong 琪:qi 瑶:yao 妍:yan 悦:yue 宁:ning 玥:yue 馨:xin 诺:nuo 奕:yi 博:bo 睿:rui 泽:ze 轩:xuan
豪:hao 辰:chen 霖:lin 阳:yang 铭:ming 然:ran 诚:cheng
""")
VARIANT = _pairs("""
张:張 陈:陳 陆:陸 顾:顧 吴:吳 杨:楊 黄:黃 刘:劉 赵:趙 钱:錢 蒋:蔣 孙:孫 严:嚴 许:許 郑:鄭 马:馬 冯:馮 龚:龔 叶:葉
韩:韓 谢:謝 乔:喬 单:單 欧阳:歐陽 诸葛:諸葛 凤:鳳 兰:蘭 爱:愛 宝:寶 贞:貞 华:華 国:國 鸿:鴻 兴:興 发:發 荣:榮 庆:慶
丽:麗 卫:衛 伟:偉 强:強 晓:曉 红:紅 琼:瓊 剑:劍 军:軍 峰:峯 东:東 杰:傑 刚:剛 辉:輝 诗:詩 洁:潔 颖:穎 语:語 宁:寧
悦:悅 泽:澤 轩:軒 阳:陽 铭:銘 诚:誠 瑶:瑤 磊:磊 珍:珎 惠:恵 德:徳 静:靜 青:靑 明:朙 昌:昌
""")
HOMOPHONE = _pairs("""
秀:绣 桂:贵 玉:育 凤:奉 美:梅 金:锦 兰:岚 月:悦 素:苏 惠:慧 文:纹 淑:舒 英:瑛 珍:贞 芳:方 娣:弟 妹:美 琴:勤 珠:朱
贞:珍 华:桦 根:跟 德:得 福:富 永:勇 国:帼 志:智 家:嘉 鸿:红 兴:星 生:胜 祥:翔 荣:容 康:糠 庆:清 昌:长 元:园 建:健
慧:惠 丽:莉 莉:丽 佩:培 萍:平 娟:涓 敏:民 芬:纷 卫:伟 伟:维 正:政 新:欣 平:萍 明:铭 强:蔷 忠:中 海:孩 晓:小 静:敬
春:椿 燕:艳 红:虹 雯:文 霞:侠 琳:林 蓉:荣 梅:玫 立:力 俊:军 剑:健 宏:鸿 军:君 峰:锋 东:冬 勇:永 斌:彬 杰:洁 辉:晖
佳:家 思:斯 嘉:佳 怡:宜 雨:羽 诗:施 婷:亭 欣:新 洁:杰 颖:莹 浩:昊 宇:雨 天:添 晨:辰 骏:俊 磊:蕾 超:潮 鑫:欣 梓:子
语:宇 依:伊 涵:寒 萱:轩 彤:桐 琪:奇 瑶:遥 妍:言 悦:月 玥:悦 馨:心 奕:艺 博:柏 睿:锐 泽:则 轩:宣 豪:毫 辰:晨 霖:林
阳:杨 铭:明 然:燃 诚:成
""")
# New Year of the Chinese calendar and the lengths of its months, for the years in which old people were born.
LUNAR = {
    1930: ("0130", "29 29 30 29 30 30 29 29 30 29 30 30 30", 6),
    1938: ("0131", "30 30 29 29 30 29 30 29 29 30 30 29 30", 7),
    1942: ("0215", "30 29 30 29 30 29 29 30 29 30 29 30", 0),
    1945: ("0213", "29 29 30 29 29 30 29 30 30 30 29 30", 0),
    1950: ("0217", "29 30 30 29 30 30 29 30 29 29 30 29", 0),
    1954: ("0203", "29 30 29 30 29 30 30 29 30 29 30 29", 0),
    1960: ("0128", "30 29 30 29 30 29 29 30 29 30 29 30 29", 6),
    1963: ("0125", "30 29 30 30 29 30 29 30 29 30 29 30 29", 4),
    1970: ("0206", "30 29 29 30 30 29 30 29 30 30 29 30", 0),
}
_OTHERS = """
310101 310104 310105 310107 310109 310110 310112 310115 310113 310114 310116 310117 310118 310120
320586 320684 320923 320125 330602 330203 330481 340104 340881 340221 341124 350102 360124 370402
410123 420106 430104 500101 510104 610102 620102 230102 320682 321283 340822 411525
"""
COUNTIES = ["310106"] * 45 + _OTHERS.split()
