"""`{% load shell %}`: all tags and filters that the pages of the web door are built from."""

from __future__ import annotations

from django import template

from linli.web.shell.tags import forms, lists, parts, pictures, words

register = template.Library()
for kind in (words, parts, forms, lists, pictures):
    register.tags |= kind.register.tags
    register.filters |= kind.register.filters
