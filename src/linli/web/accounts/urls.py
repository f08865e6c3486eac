"""Addresses of signing in and out, of one's own account, and of the office's logins."""

from django.urls import path

from linli.web.accounts import entering, logins, one, own, phone

app_name = "accounts"
urlpatterns = [
    path("sign-in/", entering.sign_in, name="sign-in"),
    path("sign-in/code/", entering.code, name="code"),
    path("sign-in/password/", entering.choose_password, name="choose-password"),
    path("sign-in/set-up/", entering.set_up, name="set-up"),
    path("sign-in/pin/", phone.pin, name="pin"),
    path("sign-out/", entering.sign_out, name="sign-out"),
    path("demo/<str:username>/", entering.demo_sign_in, name="demo-sign-in"),
    path("slip/", phone.enrol, name="slip"),
    path("slip/<str:token>/", phone.open_from_paper, name="open-slip"),
    path("account/", own.account, name="account"),
    path("account/password/", own.change_password, name="change-password"),
    path("account/code/", own.change_code, name="change-code"),
    path("account/code/without/", own.do_without, name="do-without"),
    path("account/codes/", own.codes, name="codes"),
    path("account/codes/new/", own.renew_codes, name="renew-codes"),
    path("account/sessions/", own.end_sessions, name="end-my-sessions"),
    path("accounts/", logins.index, name="logins"),
    path("accounts/search/", logins.search, name="search"),
    path("accounts/new/", logins.new, name="new"),
    path("accounts/<str:public_id>/", one.one, name="login"),
    path("accounts/<str:public_id>/grant/", one.grant, name="grant"),
    path("accounts/<str:public_id>/revoke/", one.revoke, name="revoke"),
    path("accounts/<str:public_id>/loan/", one.lend, name="lend"),
    path("accounts/<str:public_id>/password/", one.give_password, name="give-password"),
    path("accounts/<str:public_id>/handed-over/", one.handed_over, name="handed-over"),
    path("accounts/<str:public_id>/reset-code/", one.reset_code, name="reset-code"),
    path("accounts/<str:public_id>/slip/", one.print_slip, name="print-slip"),
    path("accounts/<str:public_id>/slip/print/", one.slip, name="print"),
    path("accounts/<str:public_id>/end-phone/", one.end_phone, name="end-phone"),
    path("accounts/<str:public_id>/end-sessions/", one.end_sessions, name="end-sessions"),
    path("accounts/<str:public_id>/close/", one.close, name="close"),
    path("accounts/<str:public_id>/reopen/", one.reopen, name="reopen"),
]
