"""Documents say what the code says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from house import NOUNS
from linli.domain.eligibility import REASONS

ROOT = Path(__file__).resolve().parents[2]


def test_every_reason_code_stands_in_the_contracts() -> None:
    text = (ROOT / "docs/contracts.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| ([\w ]+) \| (.*?) \| (.*) \|$", text, re.MULTILINE)
    written = {code: (kind, tuple(re.findall(r"`(\w+)`", params)), words) for code, kind, params, words in rows}
    assert written == {code.text: tuple(meaning) for code, meaning in REASONS.items()}


def test_nouns_stand_in_the_architecture_in_their_order() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    block = text.split("## Nouns are ordered too")[1].split("```")[1]
    found = [word for line in block.strip().splitlines() for word in line.split("  ")[0].split(" | ")]
    assert sorted(found) == sorted(NOUNS)
    beside = ("people", "programme")
    assert [noun for noun in found if noun not in beside] == [noun for noun in reversed(NOUNS) if noun not in beside]


def test_floors_stand_in_the_architecture_in_their_order() -> None:
    """The imports that import-linter allows are the ones that a newcomer reads of."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["name"].startswith("The floors"))
    held = [{name.strip().removeprefix("linli.") for name in layer.split("|")} for layer in layers]
    block = (ROOT / "ARCHITECTURE.md").read_text().split("## Floors, one direction")[1].split("```")[1]
    told = [re.match(r"\w+(?: \| \w+)*", line) for line in block.strip().splitlines()]
    assert [set(found[0].split(" | ")) for found in told if found] == held
    folders = {path.name for path in (ROOT / "src/linli").iterdir() if (path / "__init__.py").exists()}
    assert set().union(*held) == folders


@pytest.mark.parametrize("path", sorted((ROOT / "docs/decisions").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_is_accepted_or_replaced(path: Path) -> None:
    text = path.read_text()
    number = int(path.stem[:4])
    assert text.startswith(f"# {number}. ")
    assert re.search(r"^(Accepted|Replaced by \d+)\.$", text, re.MULTILINE)


def test_the_readme_names_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text()
    assert "make demo" in text
    assert "make test" in text


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "docs/tour.md", "docs/contracts.md"])
def test_every_file_a_document_names_is_there(name: str) -> None:
    text = (ROOT / name).read_text()
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    missing = [link for link in links if not ((ROOT / name).parent / link).exists()]
    code = re.findall(r"`((?:src|docs|tests|bench|tools)/[\w/.-]+)`", text)
    missing += [path for path in code if not (ROOT / path).exists()]
    assert missing == []


@pytest.mark.parametrize("pattern", ["*.lock", "*.toml"])
def test_lock_files_hold_no_addresses(pattern: str) -> None:
    files = list(ROOT.glob(pattern))
    assert files
    assert [path.name for path in files if re.search(r"https?://", path.read_text())] == []
