"""The icons, drawn in line so that a page needs no second request and prints as it looks.

Each is the inside of a 16 x 16 SVG: strokes take the text's colour, `solid` shapes are filled with it, and `cut`
strokes show the ground through a solid shape.
"""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

SHAPES: dict[str, str] = {
    # what a person's next dose stands at: each silhouette differs, so that none depends on colour
    "due": '<circle class="solid" cx="8" cy="8" r="7"/><path class="cut" d="M4.8 8h6M8.2 5.2 11 8l-2.8 2.8"/>',
    "waiting": '<circle cx="8" cy="8" r="6.2"/><path d="M8 4.5V8l2.4 1.6"/>',
    "overdue": '<path class="solid" d="M8 .9 15.6 14.6H.4z"/><path class="cut" d="M8 5.8v4M8 12v.3"/>',
    "complete": '<circle class="solid" cx="8" cy="8" r="7"/><path class="cut" d="m4.9 8.3 2.2 2.2 4.1-4.7"/>',
    "not_eligible": '<rect x="3" y="7" width="10" height="7.2" rx="1.4"/><path d="M5.2 7V4.7a2.8 2.8 0 0 1 5.6 0V7"/>',
    "refused": '<rect class="solid" x="1" y="1" width="14" height="14" rx="3"/>'
    '<path class="cut" d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2"/>',
    "unknown": '<circle cx="8" cy="8" r="6.4" stroke-dasharray="2.6 2.4"/>'
    '<path d="M6.3 6.3c.1-1 .8-1.6 1.8-1.6s1.7.7 1.7 1.5c0 1.2-1.7 1.4-1.7 2.5M8.1 11.2v.1"/>',
    "deferred": '<circle cx="8" cy="8" r="6.2"/><path d="M6.4 5.8v4.4M9.6 5.8v4.4"/>',
    "contraindicated": '<circle cx="8" cy="8" r="6.2"/><path d="m3.8 3.8 8.4 8.4"/>',
    "moved": '<path d="M7 2.5H3.2v11H7M7 8h6.5M11 5.2 13.8 8 11 10.8"/>',
    # what a notice is
    "info": '<circle class="solid" cx="8" cy="8" r="7"/><path class="cut" d="M8 7.4v4M8 4.7V4.8"/>',
    # plain controls
    "theme": '<circle cx="8" cy="8" r="6.2"/><path class="solid" d="M8 1.8a6.2 6.2 0 0 1 0 12.4z"/>',
    "person": '<circle cx="8" cy="5.2" r="3"/><path d="M2.4 14.2c.5-3 2.7-4.6 5.6-4.6s5.1 1.6 5.6 4.6"/>',
    "up": '<path d="M8 13V3M3.8 7.2 8 3l4.2 4.2"/>',
    "down": '<path d="M8 3v10M3.8 8.8 8 13l4.2-4.2"/>',
    "flat": '<path d="M3 8h10"/>',
    "sortable": '<path d="M5 6.5 8 3.5l3 3M5 9.5l3 3 3-3"/>',
    "previous": '<path d="m10 3.5-4.5 4.5 4.5 4.5"/>',
    "next": '<path d="m6 3.5 4.5 4.5L6 12.5"/>',
    "download": '<path d="M8 2v8.2M4.6 7 8 10.4 11.4 7M2.5 13.5h11"/>',
    "upload": '<path d="M8 10.4V2.2M4.6 5.6 8 2.2l3.4 3.4M2.5 13.5h11"/>',
    "search": '<circle cx="7" cy="7" r="4.6"/><path d="m10.5 10.5 3.7 3.7"/>',
    "print": '<path d="M4.5 6V2h7v4M4.5 11.5h-2v-4.5q0-1 1-1h9q1 0 1 1v4.5h-2M4.5 9.5h7V14h-7z"/>',
    "empty": '<path d="M2 9.5 4.2 3h7.6L14 9.5V13H2zM2 9.5h3.6q.4 1.8 2.4 1.8t2.4-1.8H14"/>',
}


def icon(name: str, css: str = "") -> SafeString:
    """One icon by name, hidden from screen readers: the word beside it says the same. Raises KeyError."""
    classes = f"icon {css}".strip()
    # every part comes from this module or a template's author, none from a person's input
    return mark_safe(  # noqa: S308
        f'<svg class="{classes}" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        f"{SHAPES[name]}</svg>"
    )
