"""The register at the size of a subdistrict: import, due list, board, queries a page, on SQLite and PostgreSQL.

    bench/register.py --json            40,000 people with 50,000 doses
    bench/register.py --json --quick    8,000 people

Prints one JSON object: {"sqlite": {...}, "postgresql": {...}, "n": ..., "seed": ..., "machine": ..., "versions": ...}.
Seconds are wall time of one process: import_40k_s is staging and applying the one list of people (the key keeps its
name with --quick; `n` says how many), due_list_40k_s the first page of fifty with its count and the engine's answers,
board_s the board of the whole area. All people are invented.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SEED, ON, BUILDINGS, COMMITTEES = 20210620, date(2021, 6, 20), 200, 15
WEIGHTS, CHECK = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"


def areas_csv() -> str:
    lines = [f"C{i:02d},居委{i},居委会,S" for i in range(COMMITTEES)]
    return "\n".join(["区域代码,区域名称,类型,上级代码", "S,石门二路街道,街道,", *lines])


def buildings_csv() -> str:
    lines = [f"B{i:03d},新闸路{i + 1}号,新闸路{i + 1}号,C{i % COMMITTEES:02d},住宅" for i in range(BUILDINGS)]
    return "\n".join(["楼栋代码,楼栋名称,地址,居委会,类型", *lines])


def people_csv(count: int) -> str:
    """A committee's list in wide form: five doses to four people, as in the middle of a drive."""
    rng, used = random.Random(SEED), set[str]()
    lines = ["姓名,身份证号,联系电话,楼栋,室号,第一针时间,第一针疫苗,第二针时间,第二针疫苗"]
    for i in range(count):
        first17 = ""
        while not first17 or first17 in used:  # two people of one order code may draw one birthday
            birth = date(1931, 1, 1) + timedelta(days=rng.randrange(365 * 88))
            first17 = f"310106{birth:%Y%m%d}{i % 999:03d}"
        used.add(first17)
        number = first17 + CHECK[sum(int(c) * w for c, w in zip(first17, WEIGHTS, strict=True)) % 11]
        first = date(2021, 3, 1) + timedelta(days=rng.randrange(100))
        second = first + timedelta(days=21 + rng.randrange(30))
        doses = ("", "", "", "")
        if rng.random() < 0.8:
            has_second = second <= ON
            doses = (str(first), "科兴", str(second) if has_second else "", "科兴" if has_second else "")
        name = f"{rng.choice('王李张刘陈杨黄赵')}{rng.choice('秀建国淑志玉')}{rng.choice('英华平芳明兰')}"
        room = f"{i // BUILDINGS // 4 + 1}{i // BUILDINGS % 4 + 1:02d}"
        lines.append(",".join((name, number, f"138{i:08d}", f"B{i % BUILDINGS:03d}", room, *doses)))
    return "\n".join(lines)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return round(time.perf_counter() - start, 3), result


def median(work: Callable[[], Any], runs: int = 5) -> float:
    work()
    return sorted(timed(work)[0] for _ in range(runs))[runs // 2]


def measure(count: int) -> dict[str, Any]:
    """Everything on the database that LINLI_DATABASE_URL names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "linli.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from linli.records.accounts import actions as accounts
    from linli.records.doses.models import Dose
    from linli.records.journal.actions import Who
    from linli.records.keys.ring import make
    from linli.records.keys.sealing import key_file
    from linli.records.lists import actions as lists
    from linli.records.people import actions as people
    from linli.records.places.models import Area
    from linli.records.programme import actions as programme
    from linli.records.reports.queries import DueFilter, board, due_page, due_rows, with_engine

    call_command("migrate", verbosity=0)
    make(key_file())
    bench = Who("", "bench")
    source = people.open_source(by=bench, code="committee", name="居委会", rank=20, covers_doses=True)
    drive = programme.adopt(by=bench, code="covid-19-cn-2021")

    def load(name: str, text: str, area: Area | None) -> None:
        received = lists.receive(by=bench, file_name=name, content=text.encode(), source=source, area=area, as_of=ON)
        staged = lists.stage(by=bench, of=received, on=ON)
        applied = lists.apply(by=bench, of=staged, on=ON)
        if applied.counts["bad"] or applied.counts["doubt"]:
            raise SystemExit(f"{name}: {applied.counts}")

    load("areas.csv", areas_csv(), None)
    top = Area.objects.get(code="S")
    load("buildings.csv", buildings_csv(), top)
    text = people_csv(count)
    imported, _ = timed(lambda: load("people.csv", text, top))
    programme.open_drive(by=bench, name="bench", programme=drive, area=top, starts_on=date(2021, 3, 1))
    office = accounts.enrol(by=bench, username="office", name="Office", password=None)
    accounts.grant(by=bench, worker=office, area=top, role="office")

    def first_page() -> None:
        rows = due_rows(programme=drive, paths=[top.path], want=DueFilter(on=ON))
        rows.count()
        with_engine(due_page(rows, start=0, stop=50), programme=drive, on=ON)

    return {
        "import_40k_s": imported,
        "due_list_40k_s": median(first_page),
        "board_s": median(lambda: board(area=top, programme=drive, on=ON, of="living")),
        "queries_per_page": queries_per_page(office, top),
        "people": count,
        "doses": Dose.objects.count(),
        "database": f"{connection.vendor} {'.'.join(map(str, connection.get_database_version()))}",
    }


def queries_per_page(worker: Any, top: Any) -> dict[str, int]:
    """How many queries each page of the office makes, sign-in session included."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from linli.records.people.models import Person

    client = Client()
    client.force_login(worker)
    person = Person.objects.order_by("id").first()
    pages = {
        "board": f"/board/{top.public_id}/",
        "due": "/due/",
        "person": f"/people/{person.public_id if person else ''}/",
        "lists": "/lists/",
        "journal": "/journal/",
    }
    found = {}
    for name, address in pages.items():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(address, headers={"host": "localhost"})
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
        found[name] = len(queries)
    return found


def run(count: int, command: list[str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as home:
        env = {**os.environ, "LINLI_HOME": home, "LINLI_TODAY": ON.isoformat()}
        done = subprocess.run(
            [*command, sys.executable, __file__, "--measure", str(count)],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(done.stderr)
    return dict(json.loads(done.stdout))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.measure:
        print(json.dumps(measure(wanted.measure)))
        return
    count = 8_000 if wanted.quick else 40_000
    from importlib.metadata import version

    os.environ.pop("LINLI_DATABASE_URL", None)
    result = {
        "sqlite": run(count, []),
        "postgresql": run(count, [sys.executable, str(ROOT / "tools/postgres.py")]),
        "n": count,
        "seed": SEED,
        "machine": f"{platform.machine()} x{os.cpu_count()} {platform.platform()}",
        "versions": {name: version(name) for name in ("django", "numpy", "psycopg")}
        | {"python": platform.python_version()},
    }
    print(json.dumps(result) if wanted.json else json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
