"""What answers people: search, does mine fit, refunds, watching, statistics, context, help."""

from django.urls import URLPattern, path

from exclusions.views.answers import fit

urlpatterns: list[URLPattern] = [
    path("fit/", fit.fit, name="fit"),
]
