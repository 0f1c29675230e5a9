"""The addresses of the rounds."""

from django.urls import URLPattern, path

from exclusions.views.public.rounds import one_round, rounds

urlpatterns: list[URLPattern] = [
    path("rounds/", rounds, name="rounds"),
    path("rounds/<slug:slug>/", one_round, name="round"),
]
