"""Every address of an installation."""

from django.conf import settings
from django.urls import include, path

from linli.config.public_urls import urlpatterns as public

urlpatterns = [
    *public,
    path("", include("linli.web.accounts.urls")),
    path("board/", include("linli.web.reports.urls")),
    path("coverage/", include("linli.web.public.office_urls")),
    path("", include("linli.web.people.urls")),
    path("duplicates/", include("linli.web.duplicates.urls")),
    path("lists/", include("linli.web.lists.urls")),
    path("programmes/", include("linli.web.programmes.urls")),
    path("journal/", include("linli.web.journal.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("shell/", include("linli.web.shell.urls")))
