"""The engine's answer for somebody who asks, in words: nothing is stored and nothing looked up."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.domain.calendar import Period, as_days, date_of
from linli.domain.eligibility import Offer, Patients, Reason, Schedule, Status, assess, explain, products_for
from linli.web.check.forms import Told
from linli.web.check.offered import on_offer, open_series, open_to
from linli.web.shell.days import day, days_left, is_long_past
from linli.words.reasons import age_words, in_language, product_name, sentence

HEADLINES: dict[Status, Promise] = {
    Status.COMPLETE: gettext_lazy("All doses done"),
    Status.NOT_ELIGIBLE: gettext_lazy("Not yet"),
    Status.WAITING: gettext_lazy("Not yet"),
    Status.OVERDUE: gettext_lazy("Yes, please come soon"),
    Status.DUE: gettext_lazy("Yes, you may come"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page says, big things first."""

    state: str
    headline: str
    next_step: str
    products: list[str]
    others: list[str]
    latest: str
    why: list[str]
    doses: list[str]


@dataclass(frozen=True, slots=True)
class Offered:
    """One row of what is open today."""

    name: str
    ages: str
    products: list[str]


def answer(rules: Schedule, *, birth: date, told: list[Told], on: date) -> Answer:
    """Judge one person on a day from what they tell."""
    patient = Patients(
        birth=as_days([birth]),
        sex=np.zeros(1, np.int8),
        offsets=np.array([0, len(told)], np.int64),
        given_on=as_days([dose.given_on for dose in told]),
        vaccine=np.array([dose.vaccine for dose in told], np.int16),
        supply_ended=np.zeros(len(told), np.bool_),
    )
    judged = assess(rules, patient, on=on)
    reasons = explain(rules, patient, judged, person=0)
    say = functools.partial(sentence, rules=rules, say_day=functools.partial(day, beside=on))
    status = Status(int(judged.status[0]))
    series, begun = int(judged.series[0]), int(judged.first_product[0])
    number = int(judged.next_dose[0])
    offer = products_for(
        rules,
        series=rules.series[series].code if series >= 0 else None,
        started_with=rules.vaccine_codes[begun] if begun >= 0 else None,
        on=on,
        birth=birth,
    )
    may_come = status in (Status.DUE, Status.OVERDUE, Status.WAITING)
    shown = offer if number and may_come else Offer((), ())
    latest = date_of(judged.latest_on[0])
    return Answer(
        state=status.text,
        headline=str(HEADLINES[status]),
        next_step=_next_step(status, number, date_of(judged.earliest_on[0]), on),
        products=[product_name(rules, code) for code in shown.preferable],
        others=[product_name(rules, code) for code in shown.allowable],
        latest=f"{day(latest, beside=on)} ({days_left(latest, on=on)})" if latest else "",
        why=[say(reasons.status), *(say(reason) for reason in reasons.dates if _is_told(reason, status, on))],
        doses=[_dose(reason, say(reason), rules, on) for reason in reasons.doses],
    )


def _is_told(reason: Reason, status: Status, on: date) -> bool:
    """A date long past says nothing, and one that the open ages forbid misleads."""
    return status is not Status.NOT_ELIGIBLE and not is_long_past(reason.params.get("date"), on=on)


def _dose(reason: Reason, said: str, rules: Schedule, on: date) -> str:
    given, product = reason.params.get("given_on"), reason.params.get("product")
    parts = [day(given, beside=on) if isinstance(given, date) else "", product_name(rules, str(product or ""))]
    return " · ".join([*filter(None, parts), said])


def offered_today(rules: Schedule, on: date) -> list[Offered]:
    """Which ages may come today, and for which products."""
    if rules.group:
        ages = open_to(rules, on)
        products = [product_name(rules, code) for code in on_offer(rules, on)]
        name = in_language(rules.names.zh, rules.names.en)
        return [Offered(name=name, ages=_ages(*ages), products=products)] if ages else []
    return [
        Offered(
            name=in_language(row.series.names.zh, row.series.names.en),
            ages=_ages(row.from_age, row.below_age),
            products=[product_name(rules, code) for code in row.products],
        )
        for row in open_series(rules, on)
    ]


def _next_step(status: Status, number: int, earliest: date | None, on: date) -> str:
    if status is Status.COMPLETE:
        return _("You need no further dose now.")
    if status in (Status.DUE, Status.OVERDUE):
        return _("Dose {number} can be given today.").format(number=number)
    if earliest is None:
        return _("You are outside the ages open now.")
    return _("Dose {number} can be given from {day} ({left}).").format(
        number=number, day=day(earliest, beside=on), left=days_left(earliest, on=on)
    )


def _ages(low: Period | None, high: Period | None) -> str:
    if low is None and high is None:
        return _("all ages")
    if high is None and low is not None:
        return _("from {low}").format(low=age_words(low))
    if low is None and high is not None:
        return _("under {high}").format(high=age_words(high))
    assert low is not None and high is not None  # noqa: S101, PT018  # the three cases above are gone
    return _("from {low}, under {high}").format(low=age_words(low), high=age_words(high))
