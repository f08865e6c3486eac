"""Addresses by which the office shows or hides the public board; a server without names has none of them."""

from django.urls import path

from linli.web.public import office

app_name = "publishing"
urlpatterns = [
    path("publish/", office.publish, name="publish"),
    path("withdraw/", office.withdraw, name="withdraw"),
]
