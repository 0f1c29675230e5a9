"""What answers people: search, does mine fit, refunds, watching, statistics, context, help."""

from django.urls import URLPattern, path, re_path

from exclusions.views.answers import context, watch, watch_feed

urlpatterns: list[URLPattern] = [
    path("context/", context.context, name="context"),
    re_path(r"^context/(?P<slug>[a-z-]{1,40})\.csv$", context.context_table, name="context-table"),
    path("watch/", watch.watch, name="watch"),
    path("watch/sent/", watch.sent, name="watch-sent"),
    path("watch/feed/", watch_feed.WatchFeed(), name="watch-feed"),
    path("watch/confirm/<str:token>/", watch.confirm, name="watch-confirm"),
    path("watch/stop/<str:token>/", watch.stop, name="watch-stop"),
]
