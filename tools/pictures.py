"""Contact sheets of every page: phone beside desktop, both languages, light and dark, in one picture a page.

    make pictures                 writes var/pictures/PAGE.png, and docs/board.png for the README
    tools/pictures.py board due   those pages alone

The pages are those of the demo as `make demo` shows it, and of one without people; each as the one who works with it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent))
from browser import ARGUMENTS, CHROMIUM, served_demo  # beside this file

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = 8000
LANGUAGES = ("zh-hans", "en")
THEMES = ("light", "dark")
SIZES = {"phone": (390, 844), "desktop": (1440, 900)}
README_HEIGHT = 1460
SETTLED_MS = 250  # the map draws after its shapes have come


@dataclass(frozen=True, slots=True)
class Look:
    """A page: where to start, the links to follow as CSS selectors, what to fill in; as whom, in which demo."""

    start: str
    links: tuple[str, ...] = ()
    filled: dict[str, str] = field(default_factory=dict)
    worker: str = "office"
    stage: str = "morning"


A_LIST, A_PERSON = "#lists tbody th a", "main tbody a[href*='/people/']"
PAGES: dict[str, Look] = {
    "check": Look("/check/", worker=""),
    "check-answer": Look("/check/", filled={"year": "1945", "month": "1", "day": "1"}, worker=""),
    "public": Look("/coverage/", worker=""),
    "public-office": Look("/coverage/"),
    "check-mistake": Look("/check/", filled={"year": "2045", "month": "1", "day": "1"}, worker=""),
    "sign-in": Look("/sign-in/", worker=""),
    "install": Look("/install/", worker=""),
    "no-page": Look("/nothing/", worker=""),
    "no-right": Look("/lists/", worker="leader"),
    "board": Look("/board/"),
    "board-committee": Look("/board/", ("#areas tbody th a",)),
    "board-leader": Look("/board/", worker="leader"),
    "board-empty": Look("/board/", stage="empty"),
    "building": Look("/board/", ("#buildings tbody th a",)),
    "tower": Look("/board/", ("main .segments a[href*='of=working']", "#buildings tbody th a")),
    "due": Look("/due/", worker="committee"),
    "due-overdue": Look("/due/?group=overdue&on=2021-06-27"),
    "due-nobody": Look("/due/?search=Nobody"),
    "due-empty": Look("/due/", stage="empty"),
    "person": Look("/due/?group=overdue", (A_PERSON,)),
    "person-waiting": Look("/due/?group=waiting", (A_PERSON,)),
    "person-refused": Look("/due/?group=refused", (A_PERSON,)),
    "person-told": Look("/due/?group=told_only", (A_PERSON,)),
    "person-looks": Look("/due/?group=refused", (A_PERSON, "a[href$='/looks/']")),
    "dose-new": Look("/due/", (A_PERSON, "a[href$='/doses/new/']"), worker="committee"),
    "deferral-new": Look("/due/", (A_PERSON, "a[href$='/deferrals/new/']"), worker="committee"),
    "correction-new": Look("/due/?group=complete", (A_PERSON, "a[href$='/corrections/new/']")),
    "lists": Look("/lists/"),
    "lists-empty": Look("/lists/", stage="empty"),
    "list-new": Look("/lists/new/"),
    "excel": Look("/lists/excel/", worker="committee"),
    "list-staged": Look("/lists/", (A_LIST,)),
    "list-applied": Look("/lists/", ("#lists tbody tr:nth-child(2) th a",)),
    "list-row": Look("/lists/", (A_LIST, "main a[href*='/rows/']")),
    "account": Look("/account/"),
    "logins": Look("/accounts/"),
    "login": Look("/accounts/", ("#logins tbody th a",)),
    "login-new": Look("/accounts/new/"),
    "programmes": Look("/programmes/"),
    "programmes-leader": Look("/programmes/", worker="leader"),
    "programmes-import": Look("/programmes/published/new/"),
    "drive-new": Look("/programmes/drives/new/"),
    "drive-end": Look("/programmes/", ("#drives a[href$='/close/']",)),
    "slip-spent": Look("/slip/nothing/", worker=""),
    "journal": Look("/journal/"),
}


def opened(page: Page, look: Look) -> None:
    """Go to a page as a person would."""
    page.goto(look.start)
    for link in look.links:
        page.goto(page.locator(link).first.get_attribute("href") or look.start)
    for name, value in look.filled.items():
        page.locator(f"main [name={name}]").fill(value)
    if look.filled:
        page.locator("main .button-primary").click()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLED_MS)


def whole(response: Response) -> None:
    """Raises RuntimeError: a page that failed is no picture."""
    if response.status >= 500:
        raise RuntimeError(f"{response.url} answered {response.status}")


def shoot(browser: Browser, addresses: dict[str, str], names: list[str], folder: Path) -> None:
    """One picture of each page in each form, as much of it as one screen shows."""
    visits = {(PAGES[name].stage, PAGES[name].worker) for name in names}
    for language, theme, size, (stage, worker) in product(LANGUAGES, THEMES, SIZES, sorted(visits)):
        address, (width, height) = addresses[stage], SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=language, color_scheme=theme, base_url=address
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": address}])
        page = context.new_page()
        page.on("response", whole)
        if worker:
            page.goto(f"/demo/{worker}/")
        for name in names:
            if (PAGES[name].stage, PAGES[name].worker) == (stage, worker):
                opened(page, PAGES[name])
                page.screenshot(path=folder / part(name, language, theme, size))
        context.close()


def for_readme(browser: Browser, address: str, target: Path) -> None:
    """The board down to its map and its line of doses."""
    page = browser.new_page(viewport={"width": 1440, "height": README_HEIGHT}, locale="zh-hans", base_url=address)
    page.on("response", whole)
    page.goto("/demo/office/")
    opened(page, PAGES["board"])
    page.screenshot(path=target)
    page.close()


def part(name: str, language: str, theme: str, size: str) -> str:
    """The file of one picture."""
    return f"{name}-{language}-{theme}-{size}.png"


def sheet(browser: Browser, name: str, folder: Path, target: Path) -> None:
    """The pictures of one page at their true size: a row a language, light beside dark, phone beside desktop."""
    figures = "".join(
        f"<figure><figcaption>{name} · {language} · {theme}</figcaption>"
        + "".join(f'<img src="{part(name, language, theme, size)}">' for size in SIZES)
        + "</figure>"
        for language, theme in product(LANGUAGES, THEMES)
    )
    style = (
        "body{margin:16px;display:grid;grid-template-columns:max-content max-content;gap:24px;background:#8a8a8a}"
        "figure{margin:0;display:grid;grid-template-columns:max-content max-content;gap:8px 12px;align-items:start}"
        "figcaption{grid-column:1/-1;font:600 20px sans-serif;color:#fff}"
    )
    drawn = folder / f"{name}.html"
    drawn.write_text(f'<!doctype html><meta charset="utf-8"><style>{style}</style>{figures}', encoding="utf-8")
    width = 2 * (sum(width for width, _ in SIZES.values()) + 12) + 24 + 32
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(drawn.as_uri())
    page.screenshot(path=target, full_page=True)
    page.close()


def served(stack: ExitStack, names: list[str]) -> Iterator[tuple[str, str]]:
    """The address of each demo that the pages need."""
    for stage in sorted({PAGES[name].stage for name in names}):
        yield stage, stack.enter_context(served_demo(stage=stage, people=PEOPLE))


def main() -> None:
    names = sys.argv[1:] or list(PAGES)
    if unknown := set(names) - set(PAGES):
        sys.exit(f"no such page: {', '.join(sorted(unknown))}; there are: {', '.join(PAGES)}")
    target = ROOT / "var/pictures"
    parts = target / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        addresses = dict(served(stack, names))
        if "board" in names:
            for_readme(browser, addresses["morning"], ROOT / "docs/board.png")
        shoot(browser, addresses, names, parts)
        for name in names:
            sheet(browser, name, parts, target / f"{name}.png")
            print(target / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
