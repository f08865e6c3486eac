"""The rules of the house that no other tool holds."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from django.utils import translation

import linli.records
from house import NOUNS
from linli.words.verbs import VERBS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/linli"
RANK = {noun: rank for rank, noun in enumerate(NOUNS)} | {"programme": NOUNS.index("people")}
LONGEST = 400
OUR_MODELS = list(apps.get_app_config("records").get_models())
# One data table each, said in their first lines.
EXEMPT: set[str] = set()


def noun(module: str) -> str:
    return module.split(".")[2]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_foreign_keys_point_down_and_leave_no_name_behind(model: type) -> None:
    keys = [field for field in model._meta.get_fields() if isinstance(field, ForeignKey)]  # type: ignore[attr-defined]
    for key in keys:
        target = key.related_model
        assert target.__module__.startswith("linli.records."), f"{model.__name__}.{key.name} leaves records"
        assert RANK[noun(target.__module__)] <= RANK[noun(model.__module__)], f"{model.__name__}.{key.name} points up"
        assert key.remote_field.related_name == "+", f"{model.__name__}.{key.name} needs related_name='+'"


def test_every_noun_has_its_place() -> None:
    folders = {path.name for path in (SOURCE / "records").iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert folders - {"migrations"} == set(NOUNS)


def action_modules() -> list[str]:
    found = [name for _, name, _ in pkgutil.walk_packages(linli.records.__path__, "linli.records.")]
    return [name for name in found if ".actions" in name]


@pytest.mark.parametrize("name", action_modules())
def test_every_public_action_is_keyword_only_atomic_and_journaled(name: str) -> None:
    module = importlib.import_module(name)
    if name == "linli.records.journal.actions":
        return  # the journal itself: `write` is what all others call
    functions = [
        f
        for key, f in inspect.getmembers(module, inspect.isfunction)
        if f.__module__ == name and not key.startswith("_")
    ]
    loose = [function.__name__ for function in functions if not getattr(function, "is_action", False)]
    assert loose == []


def test_every_verb_of_the_journal_has_words() -> None:
    verbs = set()
    for path in (*(SOURCE / "records").rglob("*.py"), *(SOURCE / "cli").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "write":
                verbs |= {k.value.value for k in node.keywords if k.arg == "verb" and isinstance(k.value, ast.Constant)}
    assert verbs == set(VERBS)


@pytest.mark.parametrize("folder", ["src", "tests", "bench", "tools"])
def test_no_module_is_too_long(folder: str) -> None:
    files = [path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]
    long = {
        str(path.relative_to(ROOT)): lines for path in files if (lines := len(path.read_text().splitlines())) > LONGEST
    }
    assert files
    assert {name for name in long if name not in EXEMPT} == set(), long


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "manager", "base"])
def test_no_missing_noun_hides_behind_a_word(word: str) -> None:
    assert not [path for path in SOURCE.rglob("*.py") if path.stem == word or path.parent.name == word]


def test_command_groups_are_words_of_the_house() -> None:
    from linli.cli import COMMANDS

    nouns = set(NOUNS) | {path.name for path in (SOURCE / "domain").iterdir() if path.is_dir()}
    assert set(COMMANDS) <= nouns | {"demo", "serve", "backup", "restore"}


def test_menu_words_stand_in_the_glossary() -> None:
    from linli.web.context import MENU

    glossary = (ROOT / "docs/glossary.md").read_text().lower()
    with translation.override("en"):
        words = [str(label).lower() for *_, label in MENU]
    assert [word for word in words if f"**{word}**" not in glossary] == []
