"""A server that judges by an invented schedule."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from forecasts import ADDRESS, FHIR, Resource, as_body
from invented import files


@pytest.fixture(scope="session")
def invented_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invented")
    for name, data in files().items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(autouse=True)
def _invented(settings: Settings, invented_folder: Path) -> None:
    settings.SCHEDULE_DATA = str(invented_folder)


@pytest.fixture
def ask() -> Callable[..., Resource]:
    """Posts a request and gives the answer, which is of a status and of FHIR's type."""

    def ask(body: Resource | bytes, status: int = 200, language: str = "en", **headers: Any) -> Resource:
        data = body if isinstance(body, bytes) else as_body(body)
        sent = {"content_type": FHIR, "HTTP_ACCEPT_LANGUAGE": language} | headers
        answer = Client(enforce_csrf_checks=True).post(ADDRESS, data, **sent)
        assert answer.status_code == status, answer.content[:2000]
        assert answer["Content-Type"] == "application/fhir+json; charset=utf-8"
        assert answer["Cache-Control"] == "no-store"
        found: Resource = answer.json()
        assert found["resourceType"] == ("Parameters" if status == 200 else "OperationOutcome")
        return found

    return ask
