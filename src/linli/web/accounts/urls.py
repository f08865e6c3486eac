"""Addresses of signing in and out."""

from django.urls import path

from linli.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("demo/<str:username>/", views.demo_sign_in, name="demo-sign-in"),
]
