"""What answers people: search, does mine fit, refunds, watching, statistics, context, help."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
