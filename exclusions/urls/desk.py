"""The desk: a case on one screen. These stand before the pages of the staff, which take any word for a transition."""

from django.urls import URLPattern, path

from exclusions.views.desk import case_tabs

ONE = "review/<str:reference>"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/evidence/", case_tabs.evidence, name="case-evidence"),
    path(f"{ONE}/like/", case_tabs.like, name="case-like"),
    path(f"{ONE}/text/", case_tabs.text, name="case-text"),
    path(f"{ONE}/events/", case_tabs.events, name="case-events"),
]
