"""What answers people: search, does mine fit, refunds, watching, statistics, context, help."""

from django.urls import URLPattern, path

from exclusions.views.answers import number

urlpatterns: list[URLPattern] = [
    path("tariff/<str:number>/", number.tariff_number, name="tariff-number"),
]
