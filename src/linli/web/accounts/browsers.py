"""What people call a browser, so that they know it again in a list."""

from __future__ import annotations

# The first that stands in the user agent; others call themselves by these names too, so the order matters.
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"))
BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def browser_words(agent: str) -> str:
    """Such as "Android · Chrome"; nothing where the browser does not say."""
    found = [next((word for mark, word in known if mark in agent), "") for known in (SYSTEMS, BROWSERS)]
    return " · ".join(word for word in found if word)
