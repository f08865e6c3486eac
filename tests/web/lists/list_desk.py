"""A list, its form, and what a page says: what tests of the list pages share."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from linli.records.lists.models import List
from linli.records.places.models import Area
from small_street import PEOPLE_HEADER, person_line, resident_id

WANG, LI = resident_id("19500101", 1), resident_id("19600202", 2)
PEOPLE = (
    PEOPLE_HEADER.replace("\n", ",网格员\n")
    + person_line("王建国", WANG, first=("2021-05-01", "BIBP")).replace("\n", ",李\n")
    + person_line("=cmd()", LI).replace("\n", ",李\n")
    + person_line("陈大文", resident_id("19700101", 3), building="新昌路9号").replace("\n", ",李\n")
)


def upload(client: Client, content: str | bytes = PEOPLE, name: str = "居民.csv", **changes: object) -> List:
    """Load a list by the form; gives the list."""
    form = form_of(content, name) | changes
    answer = client.post("/lists/new/", form)
    assert answer.status_code == 302, answer.context["form"].errors
    return List.objects.get(public_id=answer.url.split("/")[2])


def form_of(content: str | bytes = PEOPLE, name: str = "居民.csv") -> dict[str, object]:
    """The filled-in form."""
    data = content.encode() if isinstance(content, str) else content
    return {
        "file": SimpleUploadedFile(name, data),
        "area": Area.objects.get(code="S").public_id,
        "source": "committee",
        "covers_doses": "yes",
        "as_of": "2021-06-20",
        "basis": "living",
    }


def text(answer: HttpResponse) -> str:
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
