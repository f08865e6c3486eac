"""The gallery's addresses, for demonstrations only."""

from __future__ import annotations

from django.urls import path

from linli.web.shell.gallery import gallery, public_sample

urlpatterns = [
    path("", gallery, name="gallery"),
    path("public/", public_sample, name="gallery_public"),
]
