"""Collect, check and compile the translations; needs no gettext programs.

tools/messages.py             bring the .po files up to date with the code
tools/messages.py --check     fail on a missing, empty, fuzzy or left-over translation
tools/messages.py --compile   write the .mo files
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
SOURCE = Path(__file__).resolve().parent.parent / "src/linli"
LOCALES = {"zh_Hans": "zh_Hans_CN"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|%[sd]")

# Each language puts a date together from other parts ("21 June", "6月21日"); tests of the shell hold every form of it.
DATE = re.compile(r"\{(short_)?month\}")


def extracted() -> Catalog:
    """Every message in the code and the templates."""
    from django.utils.translation.template import templatize

    catalog = Catalog(project="linli", charset="utf-8", fuzzy=False)
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix not in (".py", ".html", ".txt") or "migrations" in path.parts:
            continue
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        code = text if path.suffix == ".py" else _flat(templatize(text, origin=str(path)))
        for function, message in _messages(code):
            context, ids = _split(function, message)
            if ids and (ids if isinstance(ids, str) else ids[0]):
                flags = ["python-format"] if PLACEHOLDER.search(ids if isinstance(ids, str) else ids[0]) else []
                catalog.add(ids, context=context, locations=[(str(path.relative_to(SOURCE)), 0)], flags=flags)
    return catalog


def _flat(code: str) -> str:
    """A template's calls without its indentation, which means nothing in Python."""
    return "\n".join(line.strip() for line in code.splitlines())


def _messages(code: str) -> Iterator[tuple[str, object]]:
    for _, function, message, _ in extract_python(io.BytesIO(code.encode()), list(KEYWORDS), [], {"encoding": "utf-8"}):
        yield function, message


def _split(function: str, message: object) -> tuple[str | None, str | tuple[str, str] | None]:
    parts = [message] if isinstance(message, str) else [part for part in message or () if part is not None]  # type: ignore[attr-defined]
    if not parts:
        return None, None
    if "pgettext" in function:
        return parts[0], parts[1] if not function.startswith("n") else (parts[1], parts[2])
    if function.startswith("ngettext"):
        return None, (parts[0], parts[1])
    return None, parts[0]


def po_file(locale: str) -> Path:
    return SOURCE / "locale" / locale / "LC_MESSAGES/django.po"


def load(locale: str) -> Catalog:
    file = po_file(locale)
    if not file.exists():
        return Catalog(locale=LOCALES[locale], fuzzy=False)
    with file.open("rb") as opened:
        return read_po(opened, locale=LOCALES[locale])


def update() -> None:
    """Add new messages, drop those that are gone."""
    for locale in LOCALES:
        catalog = load(locale)
        catalog.update(extracted(), no_fuzzy_matching=True)
        catalog.obsolete.clear()
        po_file(locale).parent.mkdir(parents=True, exist_ok=True)
        with po_file(locale).open("wb") as opened:
            write_po(opened, catalog, sort_output=True, no_location=True, omit_header=False, width=120)
        missing = [message.id for message in catalog if message.id and not _done(message)]
        print(f"{locale}: {len(catalog)} messages, {len(missing)} to translate")


def _done(message: object) -> bool:
    text = message.string  # type: ignore[attr-defined]
    return all(text) if isinstance(text, tuple) else bool(text)


def problems(locale: str) -> list[str]:
    """What is wrong with one language: missing, left over, or with other placeholders than the original."""
    found, code = [], extracted()
    catalog = load(locale)
    wanted = {(message.id, message.context) for message in code if message.id}
    have = {(message.id, message.context): message for message in catalog if message.id}
    found += [f"missing: {key[0]!r}" for key in sorted(wanted - set(have), key=str)]
    found += [f"left over: {key[0]!r}" for key in sorted(set(have) - wanted, key=str)]
    for message in have.values():
        first = message.id if isinstance(message.id, str) else message.id[-1]
        text = message.string if isinstance(message.string, str) else message.string[0]
        if not _done(message):
            found.append(f"not translated: {first!r}")
        elif message.fuzzy:
            found.append(f"fuzzy: {first!r}")
        elif not DATE.search(first) and sorted(PLACEHOLDER.findall(first)) != sorted(PLACEHOLDER.findall(text)):
            found.append(f"other placeholders: {first!r} -> {text!r}")
    return found


def compile_all() -> None:
    for locale in LOCALES:
        with po_file(locale).with_suffix(".mo").open("wb") as opened:
            write_mo(opened, load(locale))


if __name__ == "__main__":
    if "--check" in sys.argv:
        wrong = [f"{locale}: {line}" for locale in LOCALES for line in problems(locale)]
        print("\n".join(wrong) or "translations complete")
        sys.exit(bool(wrong))
    if "--compile" in sys.argv:
        compile_all()
    else:
        update()
        compile_all()
