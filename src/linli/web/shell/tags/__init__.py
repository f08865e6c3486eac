"""The template tags, one module for each kind of thing on a page; `templatetags/shell.py` gathers them."""
