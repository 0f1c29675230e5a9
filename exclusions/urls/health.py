"""Probes for whatever watches the service."""

from django.urls import path

from exclusions.views.frame import health

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
