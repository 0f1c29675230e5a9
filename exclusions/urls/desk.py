"""Pages for work on many cases. They come before those of the agency, which take any word for a case."""

from django.urls import URLPattern, path

from exclusions.views.desk import closings, independence, many

ONE = "review/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("review/many/", many.many_cases, name="review-many"),
    path("review/agreement/", independence.agreement_report, name="review-agreement"),
    path("staff/blind-review/<slug:slug>/", independence.share, name="staff-round-sample"),
    path(f"{ONE}/own-view/", independence.own_view, name="case-own-view"),
    path(f"{ONE}/close/<str:kind>/", closings.close, name="case-close"),
]
