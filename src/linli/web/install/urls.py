"""Addresses of the root certificate for phones and computers."""

from django.urls import path

from linli.web.install import views

app_name = "install"
urlpatterns = [
    path("", views.page, name="page"),
    path("linli-root.crt", views.root, name="root"),
]
