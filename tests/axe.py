"""What the browser tests share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]
AXE = ROOT / "tests/web/vendor/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds on a page, WCAG 2.2 A and AA: rule and the first elements."""
    page.evaluate(AXE.read_text())  # evaluated by the tester, so the page's own policy stays as strict as it is
    found = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}}})")["violations"]
    return [{"rule": one["id"], "where": [node["target"] for node in one["nodes"]][:5]} for one in found]
