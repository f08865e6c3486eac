"""Addresses of the coverage board."""

from django.urls import path

from linli.web.reports import exports, shapes, views

app_name = "reports"
urlpatterns = [
    path("", views.home, name="home"),
    path("buildings/<str:public_id>/", views.building, name="building"),
    path("<str:public_id>/", views.area, name="area"),
    path("<str:public_id>/areas.geojson", shapes.areas, name="areas-geojson"),
    path("<str:public_id>/buildings.geojson", shapes.buildings, name="buildings-geojson"),
    path("<str:public_id>/export.<str:form>", exports.export, name="export"),
]
