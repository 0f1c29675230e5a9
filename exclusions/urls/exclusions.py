"""The exclusions registry's addresses."""

from django.urls import URLPattern, path, re_path

from exclusions.views.public.exclusions import exclusion_detail, exclusion_export, exclusion_list

urlpatterns: list[URLPattern] = [
    path("exclusions/", exclusion_list, name="exclusions"),
    re_path(r"^exclusions\.(?P<kind>csv|xlsx|json)$", exclusion_export, name="exclusion-export"),
    path("exclusions/<str:reference>/", exclusion_detail, name="exclusion"),
]
