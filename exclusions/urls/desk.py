"""The desk: work on many cases, and a case on one screen.

They come before the pages of the agency, which take any word for a case, and behind a case any word for a transition.
"""

from django.urls import URLPattern, path

from exclusions.views.desk import case_tabs, closings, independence, many, past, search

ONE = "review/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("review/search/", search.search_cases, name="review-search"),
    path("review/find/<str:reference>/", search.find_case, name="find-case"),
    path("review/past/<str:reference>/", past.past_case, name="past-case"),
    path("review/many/", many.many_cases, name="review-many"),
    path("review/agreement/", independence.agreement_report, name="review-agreement"),
    path("staff/blind-review/<slug:slug>/", independence.share, name="staff-round-sample"),
    path(f"{ONE}/own-view/", independence.own_view, name="case-own-view"),
    path(f"{ONE}/evidence/", case_tabs.evidence, name="case-evidence"),
    path(f"{ONE}/like/", case_tabs.like, name="case-like"),
    path(f"{ONE}/text/", case_tabs.text, name="case-text"),
    path(f"{ONE}/events/", case_tabs.events, name="case-events"),
    path(f"{ONE}/close/<str:kind>/", closings.close, name="case-close"),
]
