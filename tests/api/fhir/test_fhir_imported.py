"""Without a folder of its own the server judges by the published files that were brought in last."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django import Settings

from forecasts import Resource, parameters, patient
from invented import files
from linli.records.journal.actions import Who
from linli.records.programme.actions import import_library

BY = Who("", "test")


@pytest.mark.django_db
def test_published_files_judge_once_they_are_brought_in(ask: Callable[..., Resource], settings: Settings) -> None:
    settings.SCHEDULE_DATA = ""
    asked = parameters("2021-06-01", patient("2020-01-15"))
    assert "COVID-19" in authority(ask(asked))
    import_library(by=BY, files=files(), version="2.5")
    assert authority(ask(asked)) == "CDC schedule 2.5"


def authority(answer: Resource) -> str:
    (found,) = [one["resource"] for one in answer["parameter"] if one["name"] == "recommendation"]
    return str(found["authority"]["display"])
