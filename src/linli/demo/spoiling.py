"""Ways in which a row of a list goes wrong: each changes the row, and gives False where the row cannot go wrong so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import numpy as np

from linli.demo.tables import Cell, CellRow, Table

Rng = np.random.Generator
Way = Callable[[Table, CellRow, Rng], bool]

FORMULAS = ("=1+1", '=HYPERLINK("#","王芳")', "@SUM(A1:A9)", "+A1+A2")


def _get(table: Table, row: CellRow, field: str) -> str:
    value = row[table.column(field)]
    return value.isoformat() if isinstance(value, date | datetime) else "" if value is None else str(value)


def _set(table: Table, row: CellRow, field: str, value: Cell) -> bool:
    row[table.column(field)] = value
    return True


def _long_id(table: Table, row: CellRow) -> str:
    """The row's resident id if it has eighteen digits."""
    number = _get(table, row, "id_number")
    return number if len(number) == 18 else ""


def check_digit(table: Table, row: CellRow, rng: Rng) -> bool:
    """Another last character."""
    number = _long_id(table, row)
    wrong = str((int(number[17]) + 1) % 10) if number[17:].isdigit() else "0"
    return bool(number) and _set(table, row, "id_number", number[:17] + wrong)


def excel(table: Table, row: CellRow, rng: Rng) -> bool:
    """Excel keeps fifteen digits of a number."""
    number = _long_id(table, row)
    if not number:
        return False
    rounded = int(number[:15] + "000")
    return _set(table, row, "id_number", rounded if table.entry.form == "xlsx" else f"{rounded:.5E}")


def short_id(table: Table, row: CellRow, rng: Rng) -> bool:
    """A digit left out."""
    number = _long_id(table, row)
    return bool(number) and _set(table, row, "id_number", number[:8] + number[9:])


def masked_id(table: Table, row: CellRow, rng: Rng) -> bool:
    """The birthday hidden by stars."""
    number = _long_id(table, row)
    return bool(number) and _set(table, row, "id_number", f"{number[:6]}********{number[14:]}")


def formula(table: Table, row: CellRow, rng: Rng) -> bool:
    """A formula where the name should be."""
    return _set(table, row, "name", FORMULAS[int(rng.integers(0, len(FORMULAS)))])


def no_name(table: Table, row: CellRow, rng: Rng) -> bool:
    """No name."""
    return _set(table, row, "name", "")


def other_birthday(table: Table, row: CellRow, rng: Rng) -> bool:
    """Another birthday than the number's."""
    number, born = _long_id(table, row), _get(table, row, "birth_date")
    if not number or not born:
        return False
    day = date.fromisoformat(born)
    return _set(table, row, "birth_date", day.replace(year=day.year - 1, day=min(day.day, 28)).isoformat())


def other_sex(table: Table, row: CellRow, rng: Rng) -> bool:
    """Another sex than the number's."""
    words = {"男": "女", "女": "男", "Male": "Female", "Female": "Male"}
    return bool(_long_id(table, row)) and _set(table, row, "sex", words[_get(table, row, "sex")])


def short_phone(table: Table, row: CellRow, rng: Rng) -> bool:
    """Two digits left out."""
    phone = _get(table, row, "phone")
    return len(phone) == 11 and _set(table, row, "phone", phone[:9])


def again(table: Table, row: CellRow, rng: Rng) -> bool:
    """The same row once more."""
    return True


def again_otherwise(table: Table, row: CellRow, rng: Rng) -> bool:
    """The same person with another phone."""
    phone = _get(table, row, "phone") if "phone" in table.fields else ""
    return bool(_long_id(table, row)) and len(phone) == 11 and _set(table, row, "phone", f"197009{phone[6:]}")


def nowhere(field: str) -> Way:
    """A building that nobody knows."""
    return lambda table, row, rng: _set(table, row, field, _no_building(rng))


def _no_building(rng: Rng) -> str:
    return f"北京西路9999弄{rng.integers(1, 100_000)}号"


def no_address(table: Table, row: CellRow, rng: Rng) -> bool:
    """Only where the address is all that a list says of the place."""
    return "building" not in table.fields and _set(table, row, "registered_address", f"{_no_building(rng)}101室")


def _day_of(field: str) -> Callable[[Table, CellRow], date | None]:
    def day(table: Table, row: CellRow) -> date | None:
        text = _get(table, row, field)[:10].replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-")
        parts = text.split("-")
        return date(*(int(part) for part in parts)) if len(parts) == 3 and parts[0].isdigit() else None

    return day


def later(field: str) -> Way:
    """The year typed ten too high."""

    def spoil(table: Table, row: CellRow, rng: Rng) -> bool:
        day = _day_of(field)(table, row)
        return day is not None and _set(table, row, field, f"{day.year + 10}-{day.month:02d}-{day.day:02d}")

    return spoil


def earlier(field: str) -> Way:
    """The year typed a hundred too low."""

    def spoil(table: Table, row: CellRow, rng: Rng) -> bool:
        day = _day_of(field)(table, row)
        born = _get(table, row, "birth_date")
        return (
            day is not None
            and born > f"{day.year - 99}"
            and _set(table, row, field, f"{day.year - 100}-{day.month:02d}-{day.day:02d}")
        )

    return spoil


def ambiguous(field: str) -> Way:
    """Day and month that can be read two ways."""

    def spoil(table: Table, row: CellRow, rng: Rng) -> bool:
        day = _day_of(field)(table, row)
        if day is None or day.day > 12 or day.day == day.month:
            return False
        return _set(table, row, field, f"{day.day:02d}/{day.month:02d}/{day.year}")

    return spoil


def impossible(field: str) -> Way:
    """The 31st of June."""

    def spoil(table: Table, row: CellRow, rng: Rng) -> bool:
        day = _day_of(field)(table, row)
        return day is not None and _set(table, row, field, f"{day.year}-06-31")

    return spoil


def unknown_product(field: str, maker: str = "") -> Way:
    """A vaccine without its maker."""

    def spoil(table: Table, row: CellRow, rng: Rng) -> bool:
        if not _get(table, row, field) or (maker and not _get(table, row, maker)):
            return False
        if maker:
            _set(table, row, maker, "")
        return _set(table, row, field, "新冠疫苗（厂家不详）")

    return spoil


def two_in_one(table: Table, row: CellRow, rng: Rng) -> bool:
    """Both doses in the first one's cell."""
    one, two = _day_of("dose1_on")(table, row), _day_of("dose2_on")(table, row)
    if one is None or two is None:
        return False
    for field in ("dose2_on", "dose2_product"):
        _set(table, row, field, "")
    return _set(table, row, "dose1_on", f"{one.isoformat()}、{two.isoformat()}")


def first_again(table: Table, row: CellRow, rng: Rng) -> bool:
    """A second first dose, a week after the other."""
    day = _day_of("given_on")(table, row)
    if day is None or _get(table, row, "dose_number") != "1":
        return False
    return _set(table, row, "given_on", date.fromordinal(day.toordinal() - 7).isoformat())


def swapped(table: Table, row: CellRow, rng: Rng) -> bool:
    """The second dose before the first."""
    one, two = row[table.column("dose1_on")], row[table.column("dose2_on")]
    return bool(one and two) and _set(table, row, "dose1_on", two) and _set(table, row, "dose2_on", one)


def no_product(table: Table, row: CellRow, rng: Rng) -> bool:
    """A day without a vaccine."""
    return bool(_get(table, row, "dose1_on")) and _set(table, row, "dose1_product", "")


def last_one(table: Table, row: CellRow, rng: Rng) -> bool:
    """ "The last dose" instead of a number."""
    return bool(_get(table, row, "dose_number")) and _set(table, row, "dose_number", "末次")


def stranger(table: Table, row: CellRow, rng: Rng) -> bool:
    """Somebody whom no list of the neighbourhood names."""
    return (
        _set(table, row, "name", "查无此")
        and _set(table, row, "id_kind", "护照")
        and _set(table, row, "id_number", f"X009{int(rng.integers(10_000, 99_999))}")
    )


def credit_code(table: Table, row: CellRow, rng: Rng) -> bool:
    """Another last character."""
    code = _get(table, row, "employer_code")
    return _set(table, row, "employer_code", code[:17] + ("1" if code[17] != "1" else "2"))


def other_name(table: Table, row: CellRow, rng: Rng) -> bool:
    """A building once more under another name."""
    return _set(table, row, "building_name", f"{_get(table, row, 'building_name')}（旧名）")


def no_area(table: Table, row: CellRow, rng: Rng) -> bool:
    """A building in an area that nobody knows."""
    return (
        _set(table, row, "building_code", "999-99-99")
        and _set(table, row, "building_name", "无名楼（虚构）")
        and _set(table, row, "address", "无名路1号（虚构）")
        and _set(table, row, "area", "310106011999")
    )
