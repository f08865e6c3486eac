"""Fetch the few browser libraries we ship, and prove later that nobody changed them.

`tools/vendor.py` packs each library with the npm client, copies the files we serve and writes their licences and
hashes into VENDORED.toml. `tools/vendor.py --check` compares the files with that list and needs no network.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVED = Path("src/linli/web/shell/static/vendor")
TESTS = Path("tests/web/vendor")
LIST = ROOT / SERVED / "VENDORED.toml"


@dataclass(frozen=True)
class Library:
    """One library: its name and version in the registry, and which of its files go where."""

    name: str
    version: str
    licence: str
    use: str
    files: dict[str, Path]  # path in the package -> path in this repository


LEAFLET = SERVED / "leaflet"
LIBRARIES = (
    Library(
        "htmx.org",
        "2.0.11",
        "0BSD",
        "pages that refresh a part of themselves",
        {"dist/htmx.min.js": SERVED / "htmx" / "htmx.min.js", "LICENSE": SERVED / "htmx" / "LICENSE"},
    ),
    Library(
        "leaflet",
        "1.9.4",
        "BSD-2-Clause",
        "the map of buildings",
        {
            "dist/leaflet.js": LEAFLET / "leaflet.js",
            # named by a comment in leaflet.js: hashed static storage refuses a name it cannot find
            "dist/leaflet.js.map": LEAFLET / "leaflet.js.map",
            "dist/leaflet.css": LEAFLET / "leaflet.css",
            "dist/images/layers.png": LEAFLET / "images" / "layers.png",
            "dist/images/layers-2x.png": LEAFLET / "images" / "layers-2x.png",
            "dist/images/marker-icon.png": LEAFLET / "images" / "marker-icon.png",
            "LICENSE": LEAFLET / "LICENSE",
        },
    ),
    Library(
        "axe-core",
        "4.14.1",
        "MPL-2.0",
        "accessibility tests only; never served",
        {"axe.min.js": TESTS / "axe.min.js", "LICENSE": TESTS / "LICENSE.axe-core"},
    ),
)


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(library: Library, folder: Path) -> str:
    """Copy the library's files into place and return the integrity string that the registry gave for its package."""
    command = ["npm", "pack", "--json", "--silent", f"{library.name}@{library.version}"]
    answer = json.loads(subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout)[0]
    with tarfile.open(folder / answer["filename"]) as package:
        declared = json.loads(_read(package, "package/package.json"))["license"]
        if declared != library.licence:
            raise SystemExit(f"{library.name}: the package says licence {declared!r}, we expected {library.licence!r}")
        for source, target in library.files.items():
            (ROOT / target).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / target).write_bytes(_read(package, f"package/{source}"))
    return str(answer["integrity"])


def _read(package: tarfile.TarFile, name: str) -> bytes:
    member = package.extractfile(name)
    if member is None:
        raise SystemExit(f"{name} is not a file")
    return member.read()


def describe(library: Library, integrity: str) -> str:
    """The library's entry in VENDORED.toml."""
    lines = ["[[library]]"]
    entry = {"name": library.name, "version": library.version, "licence": library.licence, "use": library.use}
    lines += [f'{key} = "{value}"' for key, value in {**entry, "integrity": integrity}.items()]
    lines.append("[library.sha256]")
    lines += [f'"{target.as_posix()}" = "{sha256(ROOT / target)}"' for target in library.files.values()]
    return "\n".join(lines) + "\n"


def fetch_all() -> None:
    """Fetch every library anew and write the list."""
    if shutil.which("npm") is None:
        raise SystemExit("npm is needed to fetch; --check works without it")
    entries = []
    for library in LIBRARIES:
        with tempfile.TemporaryDirectory() as folder:
            entries.append(describe(library, fetch(library, Path(folder))))
    LIST.write_text("# Written by tools/vendor.py; checked by `tools/vendor.py --check`.\n\n" + "\n".join(entries))


def problems() -> list[str]:
    """What differs between the list and the files: changed, missing or unlisted files. Empty when all is well."""
    listed: dict[str, str] = {}
    for library in tomllib.loads(LIST.read_text())["library"]:
        listed |= library["sha256"]
    found = [
        path.relative_to(ROOT).as_posix()
        for folder in (SERVED, TESTS)
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and path != LIST
    ]
    missing = [f"missing: {name}" for name in listed if name not in found]
    unlisted = [f"not listed: {name}" for name in found if name not in listed]
    changed = [f"changed: {name}" for name in found if name in listed and sha256(ROOT / name) != listed[name]]
    return missing + unlisted + changed


def main() -> int:
    """Fetch, or with --check compare; 1 when a file differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare files with VENDORED.toml, offline")
    if not parser.parse_args().check:
        fetch_all()
    for problem in (found := problems()):
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
