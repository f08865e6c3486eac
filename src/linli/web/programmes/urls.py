"""Addresses of programmes and drives. A drive is named by its programme's code and its area."""

from django.urls import path

from linli.web.programmes import adopting, drives, index, loading

app_name = "programmes"
urlpatterns = [
    path("", index.index, name="index"),
    path("published/new/", loading.new, name="import"),
    path("adopt/", adopting.adopt, name="adopt"),
    path("adopt/<str:code>/progress/", adopting.progress_part, name="progress"),
    path("adopt/<str:code>/stop/", adopting.stop, name="stop"),
    path("drives/new/", drives.new, name="open"),
    path("drives/<str:code>/<str:public_id>/choose/", drives.choose, name="choose"),
    path("drives/<str:code>/<str:public_id>/close/", drives.close, name="close"),
    path("drives/<str:code>/<str:public_id>/reopen/", drives.reopen, name="reopen"),
]
