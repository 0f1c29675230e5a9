"""The desk: work on many cases, and a case on one screen.

They come before the pages of the agency, which take any word for a case, and behind a case any word for a transition.
"""

from django.urls import URLPattern, path

from exclusions.views.desk import at_desk, case_tabs, closings, many

ONE = "review/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("review/many/", many.many_cases, name="review-many"),
    path(f"{ONE}/findings/", at_desk.findings, name="case-findings"),
    path(f"{ONE}/agree/", at_desk.agree, name="case-agree"),
    path(f"{ONE}/evidence/", case_tabs.evidence, name="case-evidence"),
    path(f"{ONE}/like/", case_tabs.like, name="case-like"),
    path(f"{ONE}/text/", case_tabs.text, name="case-text"),
    path(f"{ONE}/events/", case_tabs.events, name="case-events"),
    path(f"{ONE}/close/<str:kind>/", closings.close, name="case-close"),
]
