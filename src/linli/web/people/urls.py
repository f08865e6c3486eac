"""Addresses of the due list and of people."""

from django.urls import path

from linli.web.people import due, views

app_name = "people"
urlpatterns = [
    path("due/", due.index, name="due"),
    path("due/search/", due.search, name="search"),
    path("due/export.csv", due.export_csv, name="export-csv"),
    path("due/export.xlsx", due.export_xlsx, name="export-xlsx"),
    path("people/<str:public_id>/", views.person, name="person"),
]
