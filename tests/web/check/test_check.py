"""The public question: answered from what is typed alone, kept nowhere, and asked of a server without names too."""

from __future__ import annotations

import html
import logging
import re

import pytest
from django.test import Client
from pytest_django import Settings

from linli.records.accounts.actions import enrol, grant
from linli.records.journal.actions import Who
from linli.records.places.actions import draw_areas
from linli.records.places.models import Area

BY = Who("", "test")
CHECK = "/check/"
BORN = {"year": "1938", "month": "6", "day": "21"}
BIBP = {"product_1": "BIBP", "given_1": "2021-05-20"}


@pytest.fixture(autouse=True)
def _the_day(settings: Settings) -> None:
    settings.TODAY = "2021-06-20"


@pytest.fixture
def public(settings: Settings) -> Client:
    """A browser at a server that serves the pages without names and nothing else; the database is out of reach."""
    settings.PUBLIC_ONLY = True
    settings.ROOT_URLCONF = "linli.config.public_urls"
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def text(answer: object) -> str:
    body = answer.content.decode()  # type: ignore[attr-defined]
    main = body.split("<main", 1)[-1].split("</main>", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


def ask(client: Client, **values: str) -> str:
    answer = client.post(CHECK, {**BORN, "doses": "0", **values})
    assert answer.status_code == 200
    return text(answer)


@pytest.mark.parametrize("address", ["/", CHECK])
def test_the_form_says_what_is_open_today(public: Client, address: str) -> None:
    said = text(public.get(address))
    assert "Am I due?" in said
    assert "Open on Sun 20 June" in said
    assert "Inactivated, two doses from 18 years of age BIBP inactivated · WIBP inactivated" in said
    assert "Sign in" not in said


CASES = {
    "first dose": ({}, ["Yes, you may come", "Dose 1 can be given today.", "May have the first dose now."]),
    "waiting": (
        {"doses": "1", "product_1": "BIBP", "given_1": "2021-06-10"},
        ["Not yet", "Dose 2 can be given from Thu 1 July (in 11 days).", "Last day on time Thu 5 August"],
    ),
    "due": (
        {"doses": "1", **BIBP},
        ["Yes, you may come", "Dose 2 can be given today.", "Thu 15 July (in 25 days)", "Counts as dose 1."],
    ),
    "overdue": (
        {"doses": "1", "product_1": "CoronaVac", "given_1": "2021-04-01"},
        ["Yes, please come soon", "Dose 2 can be given today.", "Products CoronaVac inactivated"],
    ),
    "complete": (
        {"doses": "2", **BIBP, "product_2": "WIBP", "given_2": "2021-06-15"},
        ["All doses done", "You need no further dose now."],
    ),
    "one dose is enough": (
        {"doses": "1", "product_1": "Ad5-nCoV", "given_1": "2021-06-01"},
        ["All doses done"],
    ),
    "too close": (
        {"doses": "2", **BIBP, "product_2": "BIBP", "given_2": "2021-06-01"},
        ["Not yet", "Does not count: 12 days after the one before, at least 14 days are needed"],
    ),
    "another vaccine": (
        {"doses": "1", "product_1": "other", "given_1": "2021-06-15"},
        ["Not yet", "Dose 1 can be given from Tue 29 June (in 9 days).", "The wait after another vaccine ends"],
    ),
    "unsure which": (
        {"doses": "1", "product_1": "unsure", "given_1": "2021-06-15"},
        ["Left out: the product is not known. Ask which one it was."],
    ),
    "a child": (
        {"year": "2010"},
        ["Not yet", "Dose 1 can be given from Wed 21 June 2028", "Too young for the ages open now"],
    ),
    "eighteen today": ({"year": "2003", "day": "20"}, ["Yes, you may come"]),
    "eighteen tomorrow": ({"year": "2003"}, ["Not yet", "Dose 1 can be given from Mon 21 June (tomorrow)."]),
}


@pytest.mark.parametrize(("values", "said"), CASES.values(), ids=CASES.keys())
def test_the_answer_is_the_engines(public: Client, values: dict[str, str], said: list[str]) -> None:
    answer = ask(public, **values)
    for words in said:
        assert words in answer


def test_the_answer_in_chinese_keeps_what_was_typed(public: Client) -> None:
    answer = public.post(CHECK, {**BORN, "doses": "1", **BIBP})
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.content.decode()))
    assert kept.items() >= {**BORN, "doses": "1", **BIBP}.items()
    chinese = public.post(CHECK, {**BORN, "doses": "1", **BIBP, "language": "zh-hans"})
    assert "可以，您能来接种" in text(chinese)
    assert "今天就可以接种第2剂。" in text(chinese)
    assert chinese.cookies["django_language"].value == "zh-hans"
    assert "我该接种了吗？" in text(public.get(CHECK))


BAD = {
    "no birth date": ({"year": "", "month": "", "day": ""}, "Write it in figures"),
    "letters": ({"year": "abcd"}, "Write it in figures"),
    "30 February": ({"month": "2", "day": "30"}, "This is no birth date"),
    "born tomorrow": ({"year": "2021"}, "This is no birth date"),
    "too long ago": ({"year": "1838"}, "This is no birth date"),
    "year 99999": ({"year": "99999"}, "This is no birth date"),
    "dose tomorrow": ({"doses": "1", "product_1": "BIBP", "given_1": "2021-06-21"}, "This day is still to come."),
    "dose without a day": ({"doses": "1", "product_1": "BIBP", "given_1": ""}, "This field is required"),
    "unknown product": ({"doses": "1", "product_1": "poison", "given_1": "2021-06-01"}, "Select a valid choice"),
    "nine doses": ({"doses": "9"}, "Select a valid choice"),
}


@pytest.mark.parametrize(("values", "said"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_read_is_named_and_kept(public: Client, values: dict[str, str], said: str) -> None:
    answer = public.post(CHECK, {**BORN, "doses": "0", **values})
    assert answer.status_code == 422
    assert said in text(answer)
    assert f'value="{values.get("year", "1938")}"' in answer.content.decode() or values.get("year") == ""


def test_ticking_a_number_of_doses_asks_for_them_before_anything_is_called_wrong(public: Client) -> None:
    answer = public.post(CHECK, {**BORN, "doses": "2"})
    assert answer.status_code == 200
    assert text(answer).count("Which vaccine?") == 2
    assert "Something needs to be put right" not in text(answer)
    part = public.post(CHECK, {**BORN, "doses": "3"}, headers={"HX-Request": "true"})
    assert text(part).count("On which day?") == 3
    assert "<html" not in part.content.decode()
    fewer = public.post(CHECK, {**BORN, "doses": "1", **BIBP}, headers={"HX-Request": "true"})
    assert 'value="2021-05-20"' in fewer.content.decode()


def test_nothing_personal_is_in_the_address_the_log_or_a_cookie(
    public: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = public.post(CHECK, {**BORN, "doses": "1", **BIBP})
    assert answer.request["QUERY_STRING"] == ""
    assert "no-store" in answer["Cache-Control"]
    assert not [record for record in caplog.records if "1938" in record.getMessage() or "BIBP" in record.getMessage()]
    assert not [name for name, morsel in public.cookies.items() if "1938" in morsel.value]


def test_a_script_typed_into_a_box_is_text(public: Client) -> None:
    evil = '"><script>alert(1)</script>'
    assert evil not in public.post(CHECK, {**BORN, "year": evil, "doses": "0"}).content.decode()
    assert evil not in public.post(CHECK, {**BORN, "doses": evil}).content.decode()


@pytest.mark.parametrize(("role", "start"), [("office", "/board/"), ("leader", "/board/"), (None, "")])
def test_the_first_page_takes_staff_to_their_own(db: None, role: str | None, start: str) -> None:
    areas = [{"code": "S", "name": "街道", "name_en": "", "kind": "other", "parent_code": "", "outline": None}]
    draw_areas(by=BY, areas=areas)
    worker = enrol(by=BY, username="worker", name="worker", password=None)
    if role:
        grant(by=BY, worker=worker, area=Area.objects.get(), role=role)
    client = Client()
    client.force_login(worker)
    answer = client.get("/")
    assert (answer.status_code, answer.get("Location", "")) == ((302, start) if role else (200, ""))


def test_strangers_may_sign_in_from_the_first_page(db: None) -> None:
    answer = Client().get("/")
    assert 'href="/sign-in/"' in answer.content.decode()


def test_a_birth_date_left_empty_is_one_mistake(public: Client) -> None:
    said = text(public.post(CHECK, {"doses": "0"}))
    assert said.count("Write it in figures") == 2  # in the summary, and at the boxes
