"""What no line of the program does: run what it reads, draw secrets from weak chance, keep things in the browser."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src/linli"
FILES = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
# Names that run text as a program or bring objects out of bytes, and what they belong to.
RUNS = {"eval", "exec", "compile", "__import__"}
UNPACKS = {"pickle", "marshal", "shelve", "dill", "yaml"}
SHELLS = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput", "os.execl", "os.spawnl"}
WEAK = {"md5", "sha1", "new"}
# Invented people are drawn by chance with a seed, not by secrets.
MAY_USE_CHANCE = ("demo",)


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a file by its dotted name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_nothing_that_is_read_is_run() -> None:
    """No eval, no shell, no objects out of bytes."""
    assert len(FILES) > 200
    found = [(path.name, name) for path in FILES for name, _ in calls(path) if name in RUNS | SHELLS]
    assert found == []
    shells = [
        path.name
        for path in FILES
        for _, call in calls(path)
        if any(word.arg == "shell" and getattr(word.value, "value", False) for word in call.keywords)
    ]
    assert shells == []
    assert [path.name for path in FILES if imported(path) & UNPACKS] == []


def test_commands_are_lists_of_words() -> None:
    """A program that is started gets its words one by one: no name or path can become an option or another command."""
    started = [
        (path.name, ast.unparse(call.args[0]))
        for path in FILES
        for name, call in calls(path)
        if name in ("subprocess.run", "subprocess.Popen", "subprocess.check_output", "subprocess.call")
    ]
    assert started
    strings = [one for one in started if one[1].startswith(("f'", "'", '"', 'f"'))]
    assert strings == []


def test_secrets_come_from_the_systems_chance() -> None:
    weak = {str(path.relative_to(SOURCE)) for path in FILES if "random" in imported(path)}
    assert {path for path in weak if not path.startswith(MAY_USE_CHANCE)} == set()
    assert any("secrets" in imported(path) for path in FILES)


def test_no_broken_hash_is_used() -> None:
    """SHA-256 and its kin alone, wherever something is hashed."""
    used = {name for path in FILES for name, _ in calls(path) if name.startswith("hashlib.")}
    assert used
    assert {name for name in used if name.rpartition(".")[2] in WEAK} == set()


def test_templates_are_files_of_ours() -> None:
    """No template is made of text that somebody wrote, and only the parts of pages themselves are marked as safe."""
    makers = ("Template", "Engine.from_string", "from_string")
    assert [path.name for path in FILES for name, _ in calls(path) if name in makers] == []
    marked = [path for path in FILES if "mark_safe(" in path.read_text()]
    assert [path.name for path in marked if "shell" not in path.parts] == []


@pytest.mark.parametrize("path", sorted((SOURCE / "web/shell/static/shell").glob("*.js")), ids=lambda path: path.name)
def test_scripts_keep_nothing_of_anybody_in_the_browser(path: Path) -> None:
    """The theme and nothing else, whatever form of storage."""
    text = path.read_text()
    kept = re.findall(r"(?:localStorage|sessionStorage)\.(?:setItem|getItem)\(([^,)]+)", text)
    assert set(kept) <= {'"theme"'}
    assert re.findall(r"indexedDB|caches\.open|serviceWorker|postMessage|eval\(|Function\(", text) == []
    assert re.findall(r"document\.cookie\s*=\s*\"(\w+)", text) in ([], ["theme"])


def test_no_secret_stands_in_the_source() -> None:
    """No key, no password, no token: each installation makes its own."""
    pattern = re.compile(r"(?i)(secret|password|token|api_?key)\s*=\s*[\"'][A-Za-z0-9+/_-]{16,}[\"']")
    assert [(path.name, found[0]) for path in FILES if (found := pattern.findall(path.read_text()))] == []
