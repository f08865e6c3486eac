"""What takes long to load is loaded when it is asked for, not when linli starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SLOW = ("numba", "highspy", "polars", "osmium", "pydantic", "fhir.resources")
START = """
import sys
import django
django.setup()
import linli.config.urls
import linli.records.doses.actions
import linli.records.lists.actions
print(*[name for name in sys.argv[1:] if name in sys.modules])
"""


def test_no_page_waits_at_the_start_for_what_few_ask_for(tmp_path: Path) -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "linli.config.settings", "LINLI_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", START, *SLOW], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
