"""The docket's API addresses, the schema and its pages."""

from django.urls import URLPattern, path

from exclusions.api.docket import DocketList, DocketPetition

urlpatterns: list[URLPattern] = [
    path("docket/", DocketList.as_view(), name="api-docket"),
    path("docket/<str:reference>/", DocketPetition.as_view(), name="api-docket-petition"),
]
