"""Where a page's messages wait for the next page: in a signed cookie that, over https, is this very host's own."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookie(CookieStorage):
    """The cookie, by the name that browsers take over https from the host itself alone."""

    cookie_name = "__Host-messages" if settings.SECURE else "messages"


class MessageStorage(FallbackStorage):
    """The cookie, and the session for what it cannot hold."""

    storage_classes = (HostCookie, SessionStorage)
