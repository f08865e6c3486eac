"""Invented documents, phones and credit codes: right in form, and recognisable as invented (`data/README.md`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Texts = NDArray[np.object_]

RESIDENT, PASSPORT, HK_MACAO, TAIWAN = 0, 1, 2, 3

# Codes of whole cities: real numbers name a district or county instead.
SHANGHAI = 310100
OTHER_CITIES = {
    210100: "辽宁省",
    230100: "黑龙江省",
    320100: "江苏省",
    330100: "浙江省",
    340100: "安徽省",
    350100: "福建省",
    360100: "江西省",
    370100: "山东省",
    410100: "河南省",
    420100: "湖北省",
    430100: "湖南省",
    510100: "四川省",
}

WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])  # GB 11643-1999
CHECK = np.array(list("10X98765432"), object)


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers that one group of people is given, so that no two groups share any."""

    serial_from: int  # of resident ids; odd for men, even for women
    serials: int
    phone_from: int
    permit_from: int


RESIDENTS = Range(serial_from=900, serials=70, phone_from=19_700_000_000, permit_from=10_000)
WORKERS = Range(serial_from=970, serials=20, phone_from=19_700_100_000, permit_from=55_000)
PERMITS, PHONES = 45_000, 100_000

CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015


def resident_ids(
    region: NDArray[np.int64],
    birth: NDArray[np.datetime64],
    female: NDArray[np.bool_],
    numbers: Range,
    rng: np.random.Generator,
) -> Texts:
    """Eighteen-digit resident identity numbers, all different, with a right check digit and a serial of the range."""
    day = _yyyymmdd(birth)
    serial = np.zeros(len(region), np.int64)
    todo = np.arange(len(region))
    while len(todo):
        serial[todo] = numbers.serial_from + 2 * rng.integers(0, numbers.serials // 2, len(todo)) + ~female[todo]
        key = (region * 100_000_000 + day) * 1000 + serial
        _, first = np.unique(key, return_index=True)
        todo = np.setdiff1d(np.arange(len(region)), first)
    body = (region * 100_000_000 + day) * 1000 + serial
    digits = body[:, None] // 10 ** np.arange(16, -1, -1) % 10
    check = CHECK[(digits * WEIGHTS).sum(axis=1) % 11]
    made: Texts = body.astype(str).astype(object) + check
    return made


def fifteen_digits(number: str) -> str:
    """The number as it was written before 1999: no century, no check digit."""
    return number[:6] + number[8:17]


def other_numbers(kind: NDArray[np.int64], numbers: Range, rng: np.random.Generator) -> Texts:
    """Numbers of passports and travel permits, all different, each with its mark of invention."""
    serial = numbers.permit_from + rng.permutation(PERMITS)[: len(kind)]
    letter = {PASSPORT: "X00", HK_MACAO: "H00", TAIWAN: "000"}
    width = {PASSPORT: 6, HK_MACAO: 6, TAIWAN: 5}
    pairs = zip(kind.tolist(), serial.tolist(), strict=True)
    return np.array([f"{letter[of]}{number:0{width[of]}d}" for of, number in pairs], object)


def phones(count: int, numbers: Range, rng: np.random.Generator) -> NDArray[np.int64]:
    """So many different mobile numbers, all starting with 19700."""
    return numbers.phone_from + rng.permutation(PHONES)[:count]


def credit_code(serial: int) -> str:
    """A unified social credit code with right check digits and the mark YY."""
    organisation = f"MAYY{serial:04d}"
    values = [int(letter, 36) for letter in organisation]
    rest = 11 - sum(value * weight for value, weight in zip(values, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    body = f"91310100{organisation}{'X' if rest == 10 else rest % 11}"
    total = sum(CREDIT_LETTERS.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return body + CREDIT_LETTERS[-total % 31]


def _yyyymmdd(birth: NDArray[np.datetime64]) -> NDArray[np.int64]:
    year = birth.astype("datetime64[Y]").astype(np.int64) + 1970
    month = birth.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day = (birth - birth.astype("datetime64[M]")).astype(np.int64) + 1
    result: NDArray[np.int64] = year * 10_000 + month * 100 + day
    return result
