"""The rounds' API addresses."""

from django.urls import URLPattern, path

from exclusions.api.rounds import OneRound, RoundList

urlpatterns: list[URLPattern] = [
    path("rounds/", RoundList.as_view(), name="api-rounds"),
    path("rounds/<slug:slug>/", OneRound.as_view(), name="api-round"),
]
