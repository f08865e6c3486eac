"""One schedule model: the programme of our own, judged in lockstep and by the chart that follows CDC's tables."""

from __future__ import annotations

import numpy as np
from histories import CN, crowd

from linli.domain.calendar import NO_DAY, date_of
from linli.domain.eligibility import EXEMPT_VACCINE, OTHER_VACCINE, Status, assess
from linli.domain.eligibility.chart import Dose, Person, SeriesStatus, judge_person, speaking, verdicts
from linli.domain.eligibility.histories import DoseStatus

OTHERS = {OTHER_VACCINE: "141", EXEMPT_VACCINE: CN.conflicts[0].except_cvx[0]}


def test_both_engines_judge_the_chinese_programme_alike() -> None:
    patients, on = crowd(3_000, seed=12)
    answer = assess(CN, patients, on=on)
    begun = waited = 0
    for person in range(len(patients)):
        birth, day = date_of(patients.birth[person]), date_of(on[person])
        if birth is None or day is None:
            continue
        places = range(int(patients.offsets[person]), int(patients.offsets[person + 1]))
        order = sorted(places, key=lambda k: (patients.given_on[k], patients.vaccine[k], patients.supply_ended[k]))
        doses = tuple(
            Dose(
                date_of(patients.given_on[k]),
                CN.vaccine_codes[which] if (which := int(patients.vaccine[k])) >= 0 else OTHERS.get(which, "?"),
                supply_ended=bool(patients.supply_ended[k]),
            )
            for k in order
        )
        forecasts = judge_person(CN, Person(birth, doses=doses), on=day).groups[CN.code]
        spoken, judged = speaking(forecasts), verdicts(forecasts)
        assert spoken is not None
        for place, k in enumerate(order):
            if answer.dose_status[k] <= DoseStatus.EXTRANEOUS and doses[place].on >= birth:  # type: ignore[operator]
                assert judged[place].status == answer.dose_status[k], (person, place)
            else:
                assert place not in judged, (person, place)
        assert spoken.valid_doses == answer.valid_doses[person], person
        assert (spoken.status is SeriesStatus.COMPLETE) == (answer.status[person] == Status.COMPLETE), person
        if answer.valid_doses[person] > 0 and spoken.status is SeriesStatus.NOT_COMPLETE:
            begun += 1
            days = (answer.earliest_on[person], answer.recommended_on[person], answer.latest_on[person])
            got = (spoken.earliest, spoken.recommended, spoken.past_due)
            assert tuple(NO_DAY if one is None else one for one in got) == days, person
            assert spoken.dose_number == answer.next_dose[person], person
        elif answer.status[person] == Status.WAITING:
            waited += 1
            assert spoken.earliest == answer.earliest_on[person], person
    assert begun > 300
    assert waited


def test_the_chinese_programme_is_one_antigen_in_one_group() -> None:
    assert [group.antigens for group in CN.groups] == [(CN.code,)]
    assert {series.antigen for series in CN.series} == {CN.code}
    assert np.array_equal(sorted(CN.associations_of_vaccine), sorted(CN.vaccine_codes))
