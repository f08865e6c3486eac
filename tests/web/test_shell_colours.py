"""Colours that can be read by everyone, in light and in dark."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from linli.web.shell.statuses import LOOKS

CSS = (Path(__file__).resolve().parents[2] / "src/linli/web/shell/static/shell/linli.css").read_text()


def tokens(opening: str) -> dict[str, str]:
    """The colour tokens of the first rule that begins with `opening`."""
    rule = CSS[CSS.index(opening) :]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rule[: rule.index("}")]))


LIGHT = tokens(":root {")
DARK = tokens(':root:not([data-theme="light"]) {')
THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]
STATUS_TONES = sorted({look.tone for look in LOOKS.values()})
READ = [
    *itertools.product(("ink", "ink-2", "accent"), ("ground", "surface", "sunken", "accent-bg")),
    *((f"s-{tone}", ground) for tone in STATUS_TONES for ground in ("ground", "surface", f"s-{tone}-bg")),
    *(("ink", f"s-{tone}-bg") for tone in STATUS_TONES),
    ("accent-hover", "ground"),
    ("accent-hover", "surface"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-danger", "danger"),
    ("on-danger", "danger-hover"),
    *((f"cov-text-{step}", f"cov-{step}") for step in range(1, 7)),
]
SEEN = [  # not words: 3 to 1 is enough
    ("line-strong", "surface"),
    ("line-strong", "ground"),
    ("focus", "surface"),
    ("focus", "ground"),
    *((f"series-{number}", "surface") for number in range(1, 5)),
    ("cov-line", "sunken"),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_the_known_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), READ, ids=lambda name: str(name))
def test_words_can_be_read(theme: dict[str, str], text: str, ground: str) -> None:
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("line", "ground"), SEEN, ids=lambda name: str(name))
def test_lines_can_be_seen(theme: dict[str, str], line: str, ground: str) -> None:
    assert contrast(theme[line], theme[ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_coverage_colours_step_evenly_one_way(theme: dict[str, str]) -> None:
    """Lightness alone orders the scale, so it holds for every kind of colour blindness and in grey print."""
    steps = [luminance(theme[f"cov-{step}"]) for step in range(1, 7)]
    assert steps == sorted(steps, reverse=theme is LIGHT)
    for one, other in itertools.pairwise(range(1, 7)):
        assert contrast(theme[f"cov-{one}"], theme[f"cov-{other}"]) >= 1.25


def test_both_ways_into_the_dark_give_the_same_colours() -> None:
    assert tokens(':root[data-theme="dark"] {') == DARK
    assert DARK.keys() == LIGHT.keys()
