"""Addresses of likely duplicates: the queue, a pair side by side, the merges that were done."""

from django.urls import path

from linli.web.duplicates import merges, pair, queue

app_name = "duplicates"
urlpatterns = [
    path("", queue.index, name="index"),
    path("find/", queue.find, name="find"),
    path("merges/", merges.index, name="merges"),
    path("merges/<str:public_id>/", merges.one, name="merge"),
    path("merges/<str:public_id>/undo/", merges.undo, name="undo"),
    path("<str:public_id>/", pair.one, name="pair"),
    path("<str:public_id>/join/", pair.join, name="join"),
    path("<str:public_id>/apart/", pair.apart, name="apart"),
]
