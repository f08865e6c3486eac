"""Addresses of the journal."""

from django.urls import path

from linli.web.journal import views

app_name = "journal"
urlpatterns = [path("", views.index, name="index")]
