"""What answers people: search, does mine fit, refunds, watching, statistics, context, help."""

from django.urls import URLPattern, path

from exclusions.views.lookup import (
    context,
    fit,
    help,
    refunds,
    robots,
    search,
    sitemap,
    statistics,
    watch,
    watch_feed,
)

urlpatterns: list[URLPattern] = [
    path("search/", search.search, name="search"),
    path("context/", context.context, name="context"),
    path("context/<slug:slug>.csv", context.context_table, name="context-table"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/<slug:slug>.csv", statistics.statistics_table, name="statistics-table"),
    path("fit/", fit.fit, name="fit"),
    path("refunds/", refunds.refunds, name="refunds"),
    path("help/", help.help_index, name="help"),
    path("help/describing-a-product/", help.describe, name="help-describe"),
    path("help/<slug:slug>/", help.help_on, name="help-page"),
    path("robots.txt", robots.robots_txt, name="robots"),
    path("favicon.ico", robots.favicon, name="favicon"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<str:name>.xml", sitemap.sitemap_part, name="sitemap-part"),
    path("watch/", watch.watch, name="watch"),
    path("watch/sent/", watch.sent, name="watch-sent"),
    path("watch/feed/", watch_feed.WatchFeed(), name="watch-feed"),
    path("watch/confirm/<str:token>/", watch.confirm, name="watch-confirm"),
    path("watch/stop/<str:token>/", watch.stop, name="watch-stop"),
]
