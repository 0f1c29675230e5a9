"""The exclusions registry's API addresses."""

from django.urls import URLPattern, path

from exclusions.api.exclusions import ExclusionDetail, ExclusionList

urlpatterns: list[URLPattern] = [
    path("exclusions/", ExclusionList.as_view(), name="api-exclusions"),
    path("exclusions/<str:reference>/", ExclusionDetail.as_view(), name="api-exclusion"),
]
