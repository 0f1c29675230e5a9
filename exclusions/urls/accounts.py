"""The account pages that the account library does not bring: the time of a session."""

from django.urls import path

from exclusions.views import session_time

urlpatterns = [
    path("accounts/session/", session_time.session, name="session"),
    path("accounts/session/signed-in/", session_time.signed_in_again, name="signed-in-again"),
]
