"""The city's export of doses: one line a dose, with the names a health record uses."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from linli.demo.doses import INFLUENZA, OTHER_PROGRAMMES, PNEUMOCOCCAL, PRODUCTS, RABIES
from linli.demo.ground import STREET_CODE
from linli.demo.neighbourhood import Neighbourhood
from linli.demo.people_lists import DOCUMENT_WORDS
from linli.demo.places_lists import title
from linli.demo.tables import CellRow, Entry, Table

# Vaccine and maker as a record prints them, in the order of doses.PRODUCTS; other vaccines go by their CVX code.
VERO = "新型冠状病毒灭活疫苗（Vero细胞）"
RECORD = (
    (VERO, "北京生物制品研究所有限责任公司"),
    (VERO, "武汉生物制品研究所有限责任公司"),
    (VERO, "北京科兴中维生物技术有限公司"),
    (VERO, "深圳康泰生物制品股份有限公司"),
    ("重组新型冠状病毒疫苗（5型腺病毒载体）", "康希诺生物股份公司"),
    ("重组新型冠状病毒疫苗（CHO细胞）", "安徽智飞龙科马生物制药有限公司"),
    *((PRODUCTS[other], "") for other in (INFLUENZA, PNEUMOCOCCAL, RABIES)),
)
PLACES = (
    "石门二路社区卫生服务中心",
    "国泰君安临时接种点",
    "嘉地中心临时接种点",
    "雕塑公园临时接种点",
    "仲益大厦临时接种点",
    "梅龙镇广场临时接种点",
    "阳光家园临时接种点",
    "东王居民区临时接种点",
    "外区接种点",
)
RECORDED = 0.97  # share of people whose doses the city knows; the others' were given elsewhere


def dose_list(n: Neighbourhood, rng: np.random.Generator) -> Table:
    """Doses of everybody whom the city knows, newest knowledge of the evening before the day."""
    columns = {
        "name": "受种者姓名",
        "id_kind": "证件类型",
        "id_number": "证件号码",
        "birth_date": "出生日期",
        "product": "疫苗名称",
        "maker": "生产企业",
        "dose_number": "剂次",
        "given_on": "接种时间",
        "lot": "疫苗批号",
        "place": "接种单位",
        "note": "备注",
    }
    people, doses = n.people, n.doses
    known = rng.random(len(people)) < np.where(people.works_for >= 0, 1.0, RECORDED)
    kept = np.flatnonzero(known[doses.person])
    person = doses.person[kept]
    minute = rng.integers(0, 630, len(kept))
    place = rng.integers(0, len(PLACES), len(kept))
    lot = rng.integers(1, 40, len(kept))
    product, number = doses.product[kept], doses.number[kept]
    rows: list[CellRow] = []
    for name, document, id_number, birth, which, ordinal, day, at, where, batch in zip(
        people.name[person].tolist(),
        people.document[person].tolist(),
        people.number[person].tolist(),
        people.birth[person].tolist(),
        product.tolist(),
        number.tolist(),
        doses.given_on[kept].astype(str).tolist(),
        minute.tolist(),
        place.tolist(),
        lot.tolist(),
        strict=True,
    ):
        vaccine, maker = RECORD[which]
        ours = which < OTHER_PROGRAMMES
        row: CellRow = [name, DOCUMENT_WORDS[document], id_number, birth.isoformat(), vaccine, maker]
        # An ordinal of another programme would be taken for one of ours.
        row += [str(ordinal) if ours else "", f"{day} {9 + at // 60:02d}:{at % 60:02d}:00"]
        row += [f"INV{day[2:4]}{day[5:7]}{batch:03d}", PLACES[where] if ours else "", "虚构"]
        rows.append(row)
    entry = Entry(
        "30-city-doses.invented.csv",
        "doses",
        STREET_CODE,
        "city-doses",
        "市级接种记录导出（虚构）",
        25,
        True,
        n.on - timedelta(1),
    )
    return Table(entry, title("接种记录导出"), tuple(columns), [list(columns.values())], rows, person.tolist())
