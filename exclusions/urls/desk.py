"""Pages for work on many cases. They come before those of the agency, which take any word for a case."""

from django.urls import URLPattern, path

from exclusions.views.desk import closings, many

ONE = "review/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("review/many/", many.many_cases, name="review-many"),
    path(f"{ONE}/close/<str:kind>/", closings.close, name="case-close"),
]
