"""Log lines without the secrets of addresses: what opens a page to whoever knows it is no matter for a log.

Which parts of an address are secret is read from the URL table: whatever stands for words, but for the names in OPEN.
So a new parameter is hidden until somebody says here that it may be read. Of a query nothing is written.
"""

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter
from django.utils.regex_helper import normalize

HIDDEN = "…"
# Words of addresses that open nothing: references, kinds, steps, numbers; and what the administration is asked for.
OPEN = frozenset(
    {"reference", "response", "slug", "kind", "verb", "step", "name", "criterion", "number", "provider_id"}
    | {"app_label", "object_id", "content_type_id", "url", "_0", "_1"}
)
ROWS = (IntConverter, UUIDConverter)  # name a row, which opens to whoever may read it
ENDS = r"\s\"'<>?#"  # no character of a path in a log line
QUERY = re.compile(rf"(?<=/)([^{ENDS}]*)[?#][^\s\"'<>]*")
# The net below the table: no address of ours has a word of this length, but a secret may stand in a mistyped one.
LONG = re.compile(rf"(?<=/)[^/{ENDS}]{{32,}}")
WORD = re.compile(r"[A-Za-z_-]+|[\w.@+-]+\.(?:py|so|js|css|svg|woff2)")
Entry = tuple[str, frozenset[str]]


def without_secrets(text: str) -> str:
    """Return a text without the queries and the secret words of the addresses in it."""
    if "/" not in text:
        return text
    text = QUERY.sub(rf"\1?{HIDDEN}", text)
    for pattern in _patterns():
        text = pattern.sub(_hide, text)
    return LONG.sub(_hide_long, text)


class WithoutSecrets(logging.Formatter):
    """Writes a line as another formatter would, or as its format says, without the secrets of addresses."""

    def __init__(self, *args: Any, inner: logging.Formatter | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with the traceback if there is one."""
        return without_secrets(self._inner.format(record) if self._inner else super().format(record))


def cover(*loggers: logging.Logger) -> None:
    """Have all that these loggers' own handlers write go through WithoutSecrets."""
    for handler in (handler for logger in loggers for handler in logger.handlers):
        if not isinstance(handler.formatter, WithoutSecrets):
            handler.setFormatter(WithoutSecrets(inner=handler.formatter or logging.Formatter()))


def cover_all() -> None:
    """Have every handler that there is write through WithoutSecrets."""
    cover(logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict)))


def secret_parts() -> Iterator[Entry]:
    """Yield each address that has secret words, as `a/%(name)s/` and the names of its secret parameters."""
    for regex, converters in _walk(get_resolver().url_patterns, "", {}):
        for template, names in normalize(regex):
            secret = frozenset(
                name for name in names if name not in OPEN and not isinstance(converters.get(name), ROWS)
            )
            if secret:
                yield template, secret


def _walk(entries: list[Any], before: str, outer: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in entries:
        regex = before + entry.pattern.regex.pattern.removeprefix("^")
        converters = {**outer, **entry.pattern.converters}
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, regex, converters)
        elif isinstance(entry, URLPattern):
            yield regex, converters


def _patterns() -> list[re.Pattern[str]]:
    """One pattern an address; none while the table is still being read, when nobody can have asked for any."""
    try:
        return _table() if apps.ready else []
    except (ImportError, AttributeError, ImproperlyConfigured):
        return []


@cache
def _table() -> list[re.Pattern[str]]:
    return [_pattern(template, secret) for template, secret in sorted(secret_parts(), reverse=True)]


def _pattern(template: str, secret: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern up to the last secret word: the rest of an address may be wrong or missing."""
    words = template.split("/")
    is_secret = [any(f"%({name})s" in word for name in secret) for word in words]
    last = max(place for place, found in enumerate(is_secret) if found)
    parts = []
    for word, found in zip(words[: last + 1], is_secret, strict=False):
        if found:
            parts.append(rf"([^/{ENDS}]+)")
        else:
            parts.append(rf"[^/{ENDS}]*".join(re.escape(piece) for piece in re.split(r"%\(\w+\)s", word)))
    return re.compile("(?<=/)" + "/+".join(parts))


def _hide(found: re.Match[str]) -> str:
    text, start = found.group(), found.start()
    for place in range(len(found.groups()), 0, -1):
        text = text[: found.start(place) - start] + HIDDEN + text[found.end(place) - start :]
    return text


def _hide_long(found: re.Match[str]) -> str:
    word = found.group()
    if WORD.fullmatch(word):
        return word
    try:
        return str(UUID(word))
    except ValueError:
        return HIDDEN
