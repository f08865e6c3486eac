"""Addresses of the public board."""

from django.urls import path

from linli.web.public import views

app_name = "public"
urlpatterns = [
    path("", views.board, name="board"),
    path("figures.<str:form>", views.figures, name="figures"),
]
