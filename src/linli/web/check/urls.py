"""Addresses of the public question; they carry no values."""

from django.urls import path

from linli.web.check import views

app_name = "check"
urlpatterns = [path("", views.check, name="check")]
