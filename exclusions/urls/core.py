"""The session of the signed-in person, and probes for whatever watches the service."""

from django.urls import path

from exclusions.views.core import health, session

urlpatterns = [
    path("start/", session.start, name="start"),
    path("accounts/session/", session.session, name="session"),
    path("accounts/session/signed-in/", session.signed_in_again, name="signed-in-again"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("metrics", health.metrics, name="health-metrics"),
]
