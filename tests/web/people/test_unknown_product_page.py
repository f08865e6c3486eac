"""A dose of which nobody knows the product: offered last, said on the page, found out by a correction."""

from __future__ import annotations

from collections.abc import Callable

from writing_desk import Desk

from linli.records.doses.models import Dose

AtDesk = Callable[..., Desk]
DOSE = {"vaccine": "unknown", "given_on": "2021-05-20", "evidence": "told", "where": "elsewhere", "place": "杭州"}
WHO = "乙应种"


def test_nobody_knows_which_it_was(desk: AtDesk) -> None:
    office = desk()
    form = office.client.get(office.address(WHO, "doses/new/")).content.decode()
    options = form.split('name="vaccine"', 1)[1].split("</select>", 1)[0]
    assert options.count("<option") > 3
    assert options.rsplit("<option", 1)[1].startswith(' value="unknown">Not known which')
    text = office.said(WHO, "doses/new/", **DOSE)
    assert "The dose is written down." in text
    assert "Left out: the product is not known. Ask which one it was." in text
    assert "Not known which" in text
    assert "1 dose of an unknown product is on record. It counts for nothing" in text
    assert office.state(WHO) == "due"
    assert "Dose 1 " in text
    assert "unknown product" not in office.page(WHO, on="2021-05-19")
    # Found out: the correction of a wrong product names it, and does not offer not to know it.
    wrong = f"doses/{office.dose(WHO).public_id}/corrections/new/product/"
    again = office.client.get(office.address(WHO, wrong)).content.decode()
    assert ('value="unknown"' in again, 'value="CoronaVac"' in again) == (False, True)
    text = office.said(WHO, wrong, vaccine="CoronaVac", note="")
    assert "Counts as dose 1." in text
    assert "unknown product" not in text


def test_what_follows_of_a_product_nobody_knows(desk: AtDesk) -> None:
    text = desk().said(WHO, "doses/new/", **DOSE, preview="1")
    assert "Stays on the due list." in text
    assert not Dose.objects.filter(person__name=WHO).exists()


def test_a_register_names_the_product(desk: AtDesk) -> None:
    text = desk().said(WHO, "doses/new/", **DOSE | {"evidence": "record"})
    assert "Product: A register that shows a dose names its product too." in text
    assert not Dose.objects.filter(person__name=WHO).exists()
