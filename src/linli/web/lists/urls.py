"""Addresses of lists: load, look through, mend, apply."""

from django.urls import path

from linli.web.lists import downloads, excel, loading, pages, rows

app_name = "lists"
urlpatterns = [
    path("", pages.index, name="index"),
    path("new/", loading.new, name="new"),
    path("templates/<str:kind>.<str:ending>", downloads.template_file, name="template"),
    path("excel/", excel.index, name="excel"),
    path("excel/out/", excel.out, name="take-out"),
    path("excel/back/", excel.back, name="bring-back"),
    path("<str:public_id>/", pages.one, name="one"),
    path("<str:public_id>/progress/", pages.progress_part, name="progress"),
    path("<str:public_id>/stage/", loading.stage, name="stage"),
    path("<str:public_id>/apply/", loading.apply, name="apply"),
    path("<str:public_id>/stop/", loading.stop, name="stop"),
    path("<str:public_id>/decide/", rows.decide_all, name="decide-all"),
    path("<str:public_id>/set-aside/", loading.set_aside, name="set-aside"),
    path("<str:public_id>/rows.xlsx", downloads.rows_file, name="rows-file"),
    path("<str:public_id>/rows/<int:line>/", rows.one, name="row"),
    path("<str:public_id>/rows/<int:line>/decide/", rows.decide, name="decide"),
]
