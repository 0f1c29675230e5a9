"""The tariff look-up's addresses."""

from django.urls import URLPattern, path

from exclusions.views.public.tariff import tariff_number, tariff_search

urlpatterns: list[URLPattern] = [
    path("tariff/", tariff_search, name="tariff"),
    path("tariff/<str:number>/", tariff_number, name="tariff-number"),
]
