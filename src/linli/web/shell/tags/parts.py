"""The small things on a page: statuses, figures, notices, buttons, ways to go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.template.defaultfilters import stringfilter
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from linli.web.shell import days, icons, statuses

register = template.Library()
register.simple_tag(icons.icon, name="icon")
PARTS = "shell/components/"
SHORT = 28  # letters that fit on a line of a narrow column; a Chinese character is as wide as two


@register.simple_tag
def status(code: str, detail: Any = "", size: str = "") -> SafeString:
    """A status as icon and word: `{% status "overdue" "3 days" %}`; size="big" on the public door. Raises KeyError."""
    look = statuses.LOOKS[code]
    more = format_html('<span class="detail">{}</span>', detail) if detail else ""
    css = f"tone-{look.tone}" + (f" status-{size}" if size else "")
    return format_html(
        '<span class="status {}">{}<span>{}</span>{}</span>', css, icons.icon(look.icon), look.word, more
    )


def _width(text: str) -> int:
    return sum(2 if letter >= "\u2e80" else 1 for letter in text)


@register.simple_tag
def parts(items: Sequence[Any]) -> SafeString:
    """Words in one line, a dot between: `{% parts words %}`; no line breaks inside a short one."""
    last = len(items) - 1
    rows = (
        ("nowrap" if _width(str(one)) <= SHORT else "", one, "\u00a0·" if at < last else "")
        for at, one in enumerate(items)
    )
    return format_html_join(" ", '<span class="{}">{}{}</span>', rows)


@register.simple_tag
def meter(
    share: float | None,
    label: str = "",
    of: str = "",
    target: float | None = None,
    wide: bool = False,
    places: int = 1,
    between: tuple[float, float] | None = None,
) -> SafeString:
    """A share as a bar and its number: `{% meter 0.63 "First dose" of="of 8,012" target=0.8 wide=True %}`.

    `between` draws and writes a range instead, as "62.1–64.0%".
    """
    low, high = between or (share or 0, share or 0)
    width, sure = (f"{max(0.0, min(1.0, float(end))) * 100:.1f}%" for end in (high, low))
    mark = (
        format_html('<rect class="target" x="{}" width="2" height="100%"/>', f"{target * 100:.1f}%") if target else ""
    )
    bar = format_html(
        '<svg class="meter-bar" aria-hidden="true" focusable="false"><rect class="ground" width="100%" height="100%"/>'
        '<rect class="told" width="{}" height="100%"/><rect class="fill" width="{}" height="100%"/>{}</svg>',
        width,
        sure,
        mark,
    )
    value = days.percent_between(between, places=places) if between else days.percent(share, places=places)
    if not wide:
        return format_html('<span class="meter">{}<span class="meter-value">{}</span></span>', bar, value)
    foot = format_html('<span class="meter-of">{}</span>', of) if of else ""
    text = '<div class="meter meter-wide"><span>{}</span><span class="meter-value">{}</span>{}{}</div>'
    return format_html(text, label, value, bar, foot)


@register.inclusion_tag(PARTS + "figure.html")
def figure(value: Any, label: str, of: str = "", change: str = "", trend: str = "", href: str = "") -> dict[str, Any]:
    """One number with what it counts, out of what, and what changed; trend is up, down or flat.

    `{% figure 6120 _("First dose") of="of 8,012 living here" change="112 more than yesterday" trend="up" href=url %}`
    """
    shown = days.number(value) if isinstance(value, int | Decimal) else days.NOTHING if value is None else value
    return {"value": shown, "label": label, "of": of, "change": change, "trend": trend, "href": href}


@register.inclusion_tag(PARTS + "breadcrumb.html")
def breadcrumb(items: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """The way down to this page; `items` of label and href, the last without href: `{% breadcrumb trail %}`."""
    return {"items": items}


@register.inclusion_tag(PARTS + "tabs.html")
def tabs(items: Sequence[Mapping[str, Any]], label: str) -> dict[str, Any]:
    """Links to the faces of one thing; `items` of label, href, current, maybe count: `{% tabs views _("Lists") %}`."""
    return {"items": items, "label": label, "css": "tabs"}


@register.inclusion_tag(PARTS + "tabs.html")
def segments(items: Sequence[Mapping[str, Any]], label: str) -> dict[str, Any]:
    """A choice between a few ways to count or see the same thing, as `tabs` but smaller."""
    return {"items": items, "label": label, "css": "segments"}


@register.inclusion_tag(PARTS + "facts.html")
def facts(items: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """What is known about one thing, as (term, value) pairs: `{% facts pairs %}`."""
    return {"items": items}


@register.inclusion_tag(PARTS + "empty.html")
def empty(title: str, hint: str = "", href: str = "", action: str = "") -> dict[str, Any]:
    """Why there is nothing here and what to do: `{% empty _("No one is overdue") hint=... href=url action=... %}`."""
    return {"title": title, "hint": hint, "href": href, "action": action}


NOTICES = {"info": "info", "success": "complete", "warning": "unknown", "error": "overdue"}
NOTICE_ICONS = {"info": "info", "success": "complete", "warning": "overdue", "error": "overdue"}


@register.simple_block_tag(end_name="end_notice")
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """Something to know before going on: `{% notice "warning" title=... %}...{% end_notice %}`; or success, error."""
    head = format_html('<p class="notice-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="notice tone-{}">{}<div class="notice-body">{}<div>{}</div></div></div>',
        NOTICES[kind],
        icons.icon(NOTICE_ICONS[kind]),
        head,
        content,
    )


@register.filter
@stringfilter
def notice_kind(tags: str) -> str:
    """The kind of notice for a Django message's tags."""
    return next((kind for kind in NOTICES if kind in tags.split()), "info")


@register.simple_tag
def button(
    label: str, kind: str = "primary", href: str = "", name: str = "", value: str = "", icon: str = ""
) -> SafeString:
    """A submit button, or a link that looks like one: `{% button _("Import") href=url icon="upload" %}`."""
    picture = icons.icon(icon) if icon else ""
    if href:
        return format_html('<a class="button button-{}" href="{}">{}{}</a>', kind, href, picture, label)
    sent = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html('<button class="button button-{}" type="submit"{}>{}{}</button>', kind, sent, picture, label)


@register.inclusion_tag(PARTS + "post_button.html", takes_context=True)
def post_button(
    context: Context, url: str, label: str, kind: str = "secondary", icon: str = "", **values: Any
) -> dict[str, Any]:
    """A button that does something, as its own POST form: `{% post_button url _("Undo") kind="danger" row=3 %}`."""
    token = context.get("csrf_token")
    return {"url": url, "label": label, "kind": kind, "picture": icon, "values": values, "csrf_token": token}
