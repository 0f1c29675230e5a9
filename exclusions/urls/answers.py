"""What answers people: search, does mine fit, refunds, watching, statistics, context, help."""

from django.urls import URLPattern, path, re_path

from exclusions.views.answers import context, fit

urlpatterns: list[URLPattern] = [
    path("context/", context.context, name="context"),
    re_path(r"^context/(?P<slug>[a-z-]{1,40})\.csv$", context.context_table, name="context-table"),
    path("fit/", fit.fit, name="fit"),
]
