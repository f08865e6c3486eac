"""A select with hundreds of options."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """Django's select without a template for each option, which takes longer than the list itself."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """The options in their groups, the chosen one marked."""
        chosen = str(value or "")
        parts = [
            format_html('<optgroup label="{}">{}</optgroup>', label, _options(inner, chosen))
            if isinstance(inner, list | tuple)
            else _options([(label, inner)], chosen)
            for label, inner in self.choices
        ]
        all_attrs = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html(
            "<select{}>{}</select>", flatatt(all_attrs), format_html_join("", "{}", ((p,) for p in parts))
        )


def _options(options: Any, chosen: str) -> SafeString:
    rows = ((value, SafeString(" selected") if str(value) == chosen else "", label) for value, label in options)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)
