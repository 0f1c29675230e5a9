"""The pages of the desk: what ends, asks or compares cases. They come before those that take any word for a case."""

from django.urls import URLPattern, path

from exclusions.views.desk import closings

ONE = "review/<str:reference>"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/close/<str:kind>/", closings.close, name="case-close"),
]
