"""Contact sheets of every page: phone and desktop, both languages, light and dark, in one picture a page.

    make pictures          writes var/pictures/PAGE.png, and docs/board.png for the README

The pages are those of a small demo, looked at as the office; lists of other sizes come from `linli demo --people N`.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent))
from browser import ARGUMENTS, CHROMIUM, served_demo  # beside this file

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"phone": (390, 844), "desktop": (1440, 900)}
LANGUAGES = ("zh-hans", "en")
THEMES = ("light", "dark")
# Each page: where to start, then the links to follow, as CSS selectors.
PAGES: dict[str, tuple[str, ...]] = {
    "check": ("/check/",),
    "sign-in": ("/sign-in/",),
    "install": ("/install/",),
    "board": ("/board/",),
    "board-committee": ("/board/", "main table tbody th a[href*='/board/']"),
    "building": ("/board/", "main a[href*='/board/buildings/']"),
    "due": ("/due/",),
    "person": ("/due/", "main tbody a[href*='/people/']"),
    "lists": ("/lists/",),
    "list-new": ("/lists/new/",),
    "list": ("/lists/", "main tbody a[href*='/lists/']"),
    "list-row": ("/lists/", "main tbody a[href*='/lists/']", "main a[href*='/rows/']"),
    "journal": ("/journal/",),
}


def shoot(browser: Browser, address: str, folder: Path) -> dict[str, list[Path]]:
    """One picture of each page in each form."""
    taken: dict[str, list[Path]] = {page: [] for page in PAGES}
    for language, theme, (size, (width, height)) in product(LANGUAGES, THEMES, SIZES.items()):
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=language, color_scheme=theme, base_url=address
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": address}])
        page = context.new_page()
        page.goto("/demo/office/")
        for name, (start, *links) in PAGES.items():
            page.goto(start)
            for link in links:
                page.goto(page.locator(link).first.get_attribute("href") or start)
            page.wait_for_load_state("networkidle")
            file = folder / f"{name}-{size}-{language}-{theme}.png"
            page.screenshot(path=file, full_page=size == "phone", clip=None)
            taken[name].append(file)
        context.close()
    return taken


def sheet(browser: Browser, name: str, files: list[Path], target: Path) -> None:
    """All pictures of one page side by side."""
    images = "".join(f'<figure><img src="{file.name}"><figcaption>{file.stem}</figcaption></figure>' for file in files)
    style = "body{display:flex;gap:12px;flex-wrap:wrap;font:12px sans-serif}img{max-height:900px;border:1px solid #999}"
    page_file = files[0].parent / f"{name}.html"
    page_file.write_text(f"<!doctype html><style>{style}figure{{margin:0}}</style>{images}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 2960, "height": 1000})
    page.goto(page_file.as_uri())
    page.screenshot(path=target, full_page=True)
    page.close()


def main() -> None:
    target = ROOT / "var/pictures"
    parts = target / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    with served_demo(people=2000) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, files in shoot(browser, address, parts).items():
            sheet(browser, name, files, target / f"{name}.png")
            print(target / f"{name}.png")
        board = parts / "board-desktop-zh-hans-light.png"
        (ROOT / "docs/board.png").write_bytes(board.read_bytes())
        browser.close()


if __name__ == "__main__":
    main()
