"""The tariff look-up's API addresses."""

from django.urls import URLPattern, path

from exclusions.api.tariff import TariffLines, TariffNumber

urlpatterns: list[URLPattern] = [
    path("tariff/lines/", TariffLines.as_view(), name="api-tariff-lines"),
    path("tariff/lines/<str:number>/", TariffNumber.as_view(), name="api-tariff-line"),
]
