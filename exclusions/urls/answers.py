"""What answers people: search, does mine fit, refunds, watching, statistics, context, help."""

from django.urls import URLPattern, path, re_path

from exclusions.views.answers import context, search

urlpatterns: list[URLPattern] = [
    path("search/", search.search, name="search"),
    path("context/", context.context, name="context"),
    re_path(r"^context/(?P<slug>[a-z-]{1,40})\.csv$", context.context_table, name="context-table"),
]
