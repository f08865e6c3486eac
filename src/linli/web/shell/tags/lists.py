"""Tables with their sorting, counts, exports and pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from linli.web.shell import icons
from linli.web.shell.addresses import address, params

register = template.Library()
PARTS = "shell/components/"


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """This page's query string with some values changed; None removes one: `{% query page=2 sort=None %}`."""
    return address(params(context), changes)


@register.simple_block_tag(takes_context=True, end_name="end_data_table")
def data_table(
    context: Context,
    content: str,
    label: str,
    count: int | None = None,
    exports: Sequence[Mapping[str, str]] = (),
    page: Page[Any] | None = None,
    cards: bool = False,
    wide: bool = False,
    empty_title: str = "",
    empty_hint: str = "",
    empty_href: str = "",
    empty_action: str = "",
    ident: str = "",
) -> SafeString:
    """A table with its name, count, exports and pages around the `<thead>` and `<tbody>` written inside.

    `{% data_table _("Due list") count=n exports=links page=page cards=True empty_title=... %}...{% end_data_table %}`
    `cards` folds rows into cards on a phone (give each `<td>` a data-label); `wide` scrolls inside its own region.
    """
    part = context.template.engine.get_template(PARTS + "data_table.html")  # type: ignore[union-attr]
    return part.render(
        context.new(
            {
                "content": content,
                "label": label,
                "count": count,
                "exports": exports,
                "page": page,
                "css": "cards" if cards else "",
                "wide": wide,
                "empty_title": empty_title or _("Nothing here"),
                "empty_hint": empty_hint,
                "empty_href": empty_href,
                "empty_action": empty_action,
                "ident": ident,
                "request": context.get("request"),
            }
        )
    )


@register.simple_tag(takes_context=True)
def th(context: Context, name: str, label: str, css: str = "", key: str = "sort") -> SafeString:
    """A column's head that sorts by `name`, keeping the rest of the address: `{% th "age" _("Age") css="num" %}`.

    The address then carries sort=age, or sort=-age; the view reads it. An empty name gives a plain head.
    """
    if not name:
        return format_html('<th scope="col" class="{}">{}</th>', f"th-plain {css}".strip(), label)
    klass = format_html(' class="{}"', css) if css else ""
    values = params(context)
    now = values.get(key, "")
    if now == name:
        state, other, picture = "ascending", f"-{name}", icons.icon("up")
    elif now == f"-{name}":
        state, other, picture = "descending", name, icons.icon("down")
    else:
        state, other, picture = "", name, icons.icon("sortable", "icon-idle")
    sorted_by = format_html(' aria-sort="{}"', state) if state else ""
    href = address(values, {key: other, "page": None})
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="{}">{}{}</a></th>', klass, sorted_by, href, label, picture
    )


@register.inclusion_tag(PARTS + "pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], key: str = "page") -> dict[str, Any]:
    """Links to a list's other pages, keeping the rest of the address: `{% pagination page %}`; nothing for one page."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    numbers = [(n if isinstance(n, int) else None, address(params(context), {key: n})) for n in shown]
    at = page.number
    before = address(params(context), {key: at - 1}) if page.has_previous() else ""
    after = address(params(context), {key: at + 1}) if page.has_next() else ""
    return {"page": page, "numbers": numbers, "before": before, "after": after}
