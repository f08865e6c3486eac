"""Addresses of the FHIR door; they carry no values."""

from django.urls import path

from linli.api.fhir import views

app_name = "fhir"
urlpatterns = [
    path("$immds-forecast", views.forecast, name="forecast"),
    path("metadata", views.metadata, name="metadata"),
    path("OperationDefinition/immds-forecast", views.definition, name="definition"),
]
