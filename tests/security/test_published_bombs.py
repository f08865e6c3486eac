"""Published files made to fill memory or time: each is named with its reason, in little memory, and the rest comes in.

Each is read in a process of its own with a limit on its memory and time, as one upload must not end the server.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from two_committees import Ground, browser

from invented import files
from linli.records.programme.models import Library

MEMORY = 1_500_000_000  # of which the interpreter and its libraries take a part
SECONDS = 25
READ = """
import json, sys
from linli.domain.eligibility import ScheduleError
from linli.domain.eligibility.supporting_data import read_supporting_data
from linli.records.programme.files import received
try:
    given = received([(sys.argv[2], open(sys.argv[1], "rb").read())])
    read = read_supporting_data(given.files)
    told = [f"{one.file}: {one.message}" for one in (*given.aside, *read.problems)]
    print(json.dumps({"groups": len(read.schedule.groups), "told": told}))
except ScheduleError as error:
    print(json.dumps({"groups": 0, "told": [str(error)]}))
"""


def zipped(**more: bytes) -> bytes:
    """The invented files in a zip, with others beside them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in {**files(), **{f"{name}.xml": data for name, data in more.items()}}.items():
            archive.writestr(f"XML/{name}", data)
    return out.getvalue()


def laughs() -> bytes:
    entities = "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    entities += "".join(f"<!ENTITY a{k} '{f'&a{k - 1};' * 10}'>" for k in range(1, 12)) + "]>"
    return zipped(evil=f"{entities}<antigenSupportingData>&a11;</antigenSupportingData>".encode())


def outside() -> bytes:
    return zipped(
        evil=b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><antigenSupportingData>&e;</antigenSupportingData>'
    )


def huge() -> bytes:
    return zipped(evil=b" " * 600_000_000)


def many_huge() -> bytes:
    return zipped(**{f"evil{k}": b"<a>" + b" " * 15_000_000 for k in range(40)})


def deep() -> bytes:
    return zipped(
        evil=b"<antigenSupportingData>" + b"<a>" * 1_000_000 + b"</a>" * 1_000_000 + b"</antigenSupportingData>"
    )


def many_elements() -> bytes:
    return zipped(evil=b"<antigenSupportingData>" + b"<series/>" * 1_500_000 + b"</antigenSupportingData>")


def long_age() -> bytes:
    return zipped(evil=files()["antigen-Greypox.xml"].replace(b"40 years", b"9" * 1_000_000 + b" years"))


BOMBS: dict[str, tuple[Callable[[], bytes], str, int]] = {
    "entities of entities": (laughs, "evil.xml: has a document type or entities", 7),
    "a file of this computer": (outside, "evil.xml: has a document type or entities", 7),
    "one huge file": (huge, "evil.xml: larger than 16 MB", 7),
    "many huge files": (many_huge, "more than 500 files or 64 MB", 0),
    "deep XML": (deep, "evil.xml: ", 7),
    "many elements": (many_elements, "evil.xml: ", 7),
    "a long number": (long_age, "evil.xml: ", 7),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_named_within_memory_and_time_and_the_rest_comes_in(kind: str, tmp_path: Path) -> None:
    make, message, groups = BOMBS[kind]
    file = tmp_path / "file"
    file.write_bytes(make())
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))  # noqa: E731
    done = subprocess.run(
        [sys.executable, "-c", READ, str(file), "a.zip"],
        preexec_fn=limit,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-800:]
    found = json.loads(done.stdout)
    assert found["groups"] == groups, found["told"]
    assert [one[:80] for one in found["told"] if one.startswith(message)] != []
    assert "root:" not in done.stdout


@pytest.mark.parametrize("kind", ["entities of entities", "one huge file", "many huge files"])
def test_the_page_says_so_and_goes_on(kind: str, ground: Ground) -> None:
    """Uploaded by the office over everything: the answer names the fault, and the next upload works."""
    make, _message, groups = BOMBS[kind]
    client = browser("office")
    for content, status in ((make(), 200 if groups else 422), (zipped(), 200)):
        sent = SimpleUploadedFile("a.zip", content)
        answer = client.post("/programmes/published/new/", {"published": sent}, follow=True)
        assert answer.status_code == status
        assert len(answer.content) < 300_000
    assert Library.objects.count() == 1
