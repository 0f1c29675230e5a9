"""Pages for work on many cases. They come before those of the agency, which take any word for a case."""

from django.urls import URLPattern, path

from exclusions.views.desk import closings, many, next_case, saved_views

ONE = "review/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("review/many/", many.many_cases, name="review-many"),
    path("review/next/", next_case.next_case, name="review-next"),
    path("review/views/", saved_views.keep, name="review-views"),
    path("review/views/<int:view_id>/remove/", saved_views.remove, name="review-view-remove"),
    path(f"{ONE}/close/<str:kind>/", closings.close, name="case-close"),
]
