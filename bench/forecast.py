"""How many people the FHIR operation answers, one core.

    bench/forecast.py --json [--quick] [--data DIR]

Prints one JSON object: requests_per_s (one Parameters a request, through the whole of Django by its test client),
lines_per_s (the same people as one NDJSON body), machine, versions, seed, n, groups. The schedule is a folder of CDC's
XML files where one is given, else the one that comes with linli. All people are invented.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import tempfile
import time
from datetime import date, timedelta
from importlib.metadata import version

SEED, ON = 20251120, date(2025, 11, 20)
CHILD = (("08", 1), ("08", 45), ("110", 65), ("133", 65), ("119", 65), ("110", 130), ("133", 130), ("03", 380))
COVID = (("510", 18_000), ("510", 18_030))


def people(count: int, chance: random.Random, *, cdc: bool) -> list[bytes]:
    """Invented people: children with most of the doses of their age, or adults with one dose or two."""
    made = []
    for number in range(count):
        born = ON - timedelta(days=chance.randrange(2_000) if cdc else 20_000)
        given = [
            (code, born + timedelta(days=age + chance.randrange(40)))
            for code, age in (CHILD if cdc else COVID)
            if chance.random() < 0.8
        ]
        rows = [
            {
                "name": "immunization",
                "resource": {
                    "resourceType": "Immunization",
                    "id": f"d{place}",
                    "status": "completed",
                    "vaccineCode": {"coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": code}]},
                    "patient": {"reference": f"Patient/p{number}"},
                    "occurrenceDateTime": str(on),
                },
            }
            for place, (code, on) in enumerate(given)
            if on <= ON
        ]
        who = {"resourceType": "Patient", "id": f"p{number}", "gender": "female", "birthDate": str(born)}
        parameter = [{"name": "assessmentDate", "valueDate": str(ON)}, {"name": "patient", "resource": who}, *rows]
        made.append(json.dumps({"resourceType": "Parameters", "parameter": parameter}).encode())
    return made


def rates(bodies: list[bytes]) -> tuple[float, float, int]:
    from django.test import Client

    client, address = Client(), "/fhir/$immds-forecast"
    first = client.post(address, bodies[0], content_type="application/fhir+json")  # reads the schedule
    recommendation = next(row for row in first.json()["parameter"] if row["name"] == "recommendation")
    start = time.perf_counter()
    for body in bodies:
        assert client.post(address, body, content_type="application/fhir+json").status_code == 200
    alone = len(bodies) / (time.perf_counter() - start)
    start = time.perf_counter()
    answer = client.post(address, b"\n".join(bodies), content_type="application/fhir+ndjson")
    assert sum(line.count(b"\n") for line in answer.streaming_content) == len(bodies)
    return alone, len(bodies) / (time.perf_counter() - start), len(recommendation["resource"]["recommendation"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--data", default="")
    wanted = parser.parse_args()
    count = 100 if wanted.quick else 606
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as home:
        os.environ |= {"LINLI_HOME": home, "LINLI_SCHEDULE_DATA": wanted.data, "LINLI_PUBLIC_ONLY": "1"}
        os.environ |= {"LINLI_HOSTS": "testserver", "DJANGO_SETTINGS_MODULE": "linli.config.settings"}
        import django

        django.setup()
        alone, bulk, groups = rates(people(count, random.Random(SEED), cdc=bool(wanted.data)))
    found = {
        "requests_per_s": round(alone, 1),
        "lines_per_s": round(bulk, 1),
        "groups": groups,
        "n": count,
        "seed": SEED,
        "machine": f"{platform.machine()} x{os.cpu_count()} {platform.platform()}",
        "versions": {"linli": version("linli"), "fhir.resources": version("fhir.resources")},
    }
    print(json.dumps(found) if wanted.json else json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
