"""Addresses of the due list, of people, and of what is written down of them."""

from django.urls import path

from linli.web.people import due, views, whole
from linli.web.people.writing import (
    contraindications,
    correcting,
    corrections,
    deferrals,
    departures,
    doses,
    endings,
    moves,
    refusals,
    undoing,
)

app_name = "people"
ONE = "people/<str:public_id>/"
DOSE = f"{ONE}doses/<str:dose_id>/"
urlpatterns = [
    path("due/", due.index, name="due"),
    path("due/search/", due.search, name="search"),
    path("due/export.csv", due.export_csv, name="export-csv"),
    path("due/export.xlsx", due.export_xlsx, name="export-xlsx"),
    path(ONE, views.person, name="person"),
    path(f"{ONE}number/", views.number, name="number"),
    path(f"{ONE}looks/", views.looks, name="looks"),
    path(f"{ONE}whole/", whole.page, name="whole"),
    path(f"{ONE}whole.json", whole.file, name="whole-file"),
    path(f"{ONE}doses/new/", doses.new, name="dose"),
    path(f"{ONE}refusals/new/", refusals.new, name="refusal"),
    path(f"{ONE}deferrals/new/", deferrals.new, name="deferral"),
    path(f"{ONE}contraindications/new/", contraindications.new, name="contraindication"),
    path(f"{ONE}moves/new/", moves.new, name="move"),
    path(f"{ONE}departures/new/", departures.new, name="departure"),
    path(f"{ONE}statuses/<str:status_id>/end/", endings.new, name="ending"),
    path(f"{DOSE}corrections/new/", corrections.new, name="corrections"),
    path(f"{DOSE}corrections/new/<str:reason>/", correcting.one, name="correction"),
    path(f"{ONE}undo/", undoing.undo, name="undo"),
]
