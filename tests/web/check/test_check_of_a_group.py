"""The public page where the drive is for a vaccine group of published files."""

from __future__ import annotations

import pytest
from django.test import Client

from invented import files
from linli.records.doses.actions import adopt
from linli.records.journal.actions import Who
from linli.records.programme.actions import import_library

BY = Who("", "test")


@pytest.fixture
def _redpox(db: None) -> None:
    import_library(by=BY, files=files(), version="1.0")
    adopt(by=BY, code="cdc-redpox")


@pytest.mark.usefixtures("_redpox")
def test_the_page_names_the_disease_and_asks_for_its_products(client: Client) -> None:
    page = client.get("/check/", headers={"accept-language": "en"}).content.decode()
    assert "<strong>Redpox</strong>" in page
    assert "Nothing is offered" not in page
    sent = {"year": "2020", "month": "1", "day": "15", "doses": "1"}
    form = client.post("/check/", sent, headers={"accept-language": "en"}).content.decode()
    assert 'value="901"' in form
    assert 'value="911"' not in form


@pytest.mark.usefixtures("_redpox")
def test_an_answer_says_which_dose_is_next(client: Client) -> None:
    sent = {"year": "2020", "month": "1", "day": "15", "doses": "1", "product_1": "901", "given_1": "2020-03-15"}
    answer = client.post("/check/", sent, headers={"accept-language": "en"}).content.decode()
    assert "Dose 2 can be given today." in answer
    assert "Counts as dose 1" in answer
