"""The addresses without names: they may be served apart from all others (LINLI_PUBLIC_ONLY)."""

from django.urls import include, path

from linli.web.check.views import home

urlpatterns = [
    path("", home, name="home"),
    path("check/", include("linli.web.check.urls")),
    path("coverage/", include("linli.web.public.urls")),
    path("install/", include("linli.web.install.urls")),
    path("fhir/", include("linli.api.fhir.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
