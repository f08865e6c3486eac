"""Whatever is sent, the answer is an answer or a refusal, both of them FHIR, and never a fault."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from django.test import Client
from fhir.resources.R4B.operationoutcome import OperationOutcome
from fhir.resources.R4B.parameters import Parameters

from forecasts import (
    ADDRESS,
    FHIR,
    NDJSON,
    Resource,
    as_body,
    coded,
    condition,
    immunization,
    observation,
    parameters,
    patient,
)

WHOLE = parameters(
    "2025-05-01",
    patient("1850-01-01", extension=[{"url": "http://x", "valueAddress": {"country": "US"}}]),
    immunization(1, "2020-03-15T10:00:00+08:00", "901", manufacturer={"reference": "#m"}, isSubpotent=False,
                 contained=[{"resourceType": "Organization", "id": "m", "identifier": [{"value": "SKB"}]}]),
    immunization(2, "2020-03", "931", expirationDate="2020-04", identifier=[{"value": "1"}],
                 subpotentReason=[coded("recall")]),
    condition("S201", clinicalStatus=coded("active"), onsetPeriod={"start": "2020"}, abatementDateTime="2030-01-01"),
    observation("101", valueCodeableConcept=coded("Y"), interpretation=[coded("POS")], effectiveDateTime="2020"),
    {"name": "group", "valueString": "Redpox"},
    {"name": "schedule", "valueString": "cdc"},
)  # fmt: skip
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1e400, "", " ", "\0", "9999-12-31", "0001-01-01", "2024-02-30", "2199-12-31", "x" * 3_000,
    "😀", [], {}, [[]], [None], {"a": None}, [{}], {"coding": []}, {"coding": [{}]}, {"extension": [{"url": "x"}]},
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inside:
        yield from places(child, (*path, key))


def changed(path: tuple[Any, ...], odd: Any, *, gone: bool = False) -> Resource:
    copy: Resource = json.loads(json.dumps(WHOLE))
    inside: Any = copy
    for key in path[:-1]:
        inside = inside[key]
    if gone:
        del inside[path[-1]]
    else:
        inside[path[-1]] = odd
    return copy


def test_every_element_may_be_missing_or_odd() -> None:
    """Each in turn, as lines of one request; infinite numbers are written as JSON has none."""
    chance = random.Random(4)
    bodies = [changed(path, None, gone=True) for path in places(WHOLE)]
    bodies += [changed(path, odd) for path in places(WHOLE) for odd in chance.sample(ODD, 5)]
    lines = [as_body(body).replace(b"Infinity", b"1e400") for body in bodies]
    answer = Client().post(ADDRESS, b"\n".join(lines), content_type=NDJSON, HTTP_ACCEPT_LANGUAGE="en")
    kinds = {"Parameters": 0, "OperationOutcome": 0}
    for body, line in zip(bodies, b"".join(answer.streaming_content).splitlines(), strict=True):
        found = json.loads(line)
        kinds[found["resourceType"]] += 1
        if found["resourceType"] == "Parameters":
            Parameters.model_validate(found)
        else:
            OperationOutcome.model_validate(found)
            assert {one["severity"] for one in found["issue"]} == {"error"}, (body, found)
    assert min(kinds.values()) > 100


def test_the_whole_one_is_answered() -> None:
    answer = Client().post(ADDRESS, as_body(WHOLE), content_type=FHIR)
    assert answer.status_code == 200


def test_bytes_made_by_chance_are_refused() -> None:
    chance = random.Random(5)
    whole = as_body(WHOLE)
    for _turn in range(150):
        cut = bytearray(whole)
        for _byte in range(chance.randrange(1, 6)):
            cut[chance.randrange(len(cut))] = chance.randrange(256)
        assert Client().post(ADDRESS, bytes(cut), content_type=FHIR).status_code in (200, 400)
